package show

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"liantu/graph/gaps"
	"liantu/schema"
)

// Table is rows of text under localised heads. Its columns line up on a
// terminal also with Chinese characters, which are two cells wide.
type Table struct {
	Title   schema.Text // of its sheet, where it goes with another table
	Columns []Column
	Rows    [][]Cell
}

// Cell is one value: as a program reads it, and as people do.
type Cell struct{ Raw, Text string }

// Pair is a cell that reads otherwise for programs than for people.
func Pair(raw, text string) Cell { return Cell{raw, text} }

// Word is a cell that reads the same everywhere.
func Word(text string) Cell { return Cell{text, text} }

// Unknown is the cell of an unknown value: a dash, empty for programs.
func Unknown() Cell { return Cell{"", "–"} }

// Count is a cell of a whole number.
func Count(n int) Cell { return Word(strconv.Itoa(n)) }

// Number is a cell of a decimal number, shown with the given decimals.
func Number(x float64, decimals int) Cell {
	return Cell{strconv.FormatFloat(x, 'g', -1, 64), strconv.FormatFloat(x, 'f', decimals, 64)}
}

// Figure shows an unknown figure as a dash, never as zero; as data it is empty.
func Figure(f gaps.Figure, decimals int) Cell {
	x, known := f.Get()
	if !known {
		return Unknown()
	}
	return Number(x, decimals)
}

// Percent writes a share in whole percents.
func Percent(x float64) string { return strconv.FormatFloat(100*x, 'f', 0, 64) + "%" }

// Column describes one column of a table.
type Column struct {
	Name  string             // in CSV: lower snake case, never localised
	Head  schema.Text        // on the terminal
	Code  schema.Text        // in a workbook: head of a column for the raw values before it
	Note  schema.Text        // in a workbook: what it means
	Right bool               // numbers
	File  bool               // is left out on the terminal
	Flex  bool               // is shortened when the terminal is too narrow
	Paint func(string) Style // the style for a raw value

	Choices []string // in a workbook: what may be filled in
}

// Add adds a row.
func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, cells) }

// measure counts the cells of text as a terminal does. It is fixed, so that
// the output does not depend on the locale: ambiguous characters take one cell.
var measure = &runewidth.Condition{StrictEmojiNeutral: true}

// minFlex is the least width of a shortened column.
const minFlex = 12

// draw lays the table out in aligned columns, two spaces apart.
func (t *Table) draw(l Language, s screen) string {
	t = t.onScreen()
	widths := make([]int, len(t.Columns))
	heads := make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = Cell{headRaw, l.Text(c.Head)}
		widths[i] = measure.StringWidth(heads[i].Text)
		for _, row := range t.Rows {
			widths[i] = max(widths[i], measure.StringWidth(row[i].Text))
		}
	}
	t.fit(widths, s.width)
	var b strings.Builder
	t.line(&b, heads, widths, s.color)
	for _, row := range t.Rows {
		t.line(&b, row, widths, s.color)
	}
	return b.String()
}

// onScreen is the table without the columns that only files have.
func (t *Table) onScreen() *Table {
	if !slices.ContainsFunc(t.Columns, func(c Column) bool { return c.File }) {
		return t
	}
	short := &Table{Rows: make([][]Cell, len(t.Rows))}
	for i, c := range t.Columns {
		if c.File {
			continue
		}
		short.Columns = append(short.Columns, c)
		for r, row := range t.Rows {
			short.Rows[r] = append(short.Rows[r], row[i])
		}
	}
	return short
}

// fit narrows the flexible columns, widest first, until the table fits.
func (t *Table) fit(widths []int, limit int) {
	if limit == 0 {
		return
	}
	total := 2 * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for total > limit {
		widest := -1
		for i, c := range t.Columns {
			if c.Flex && widths[i] > minFlex && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
		total--
	}
}

// headRaw marks the cells of the head line, which are bold.
const headRaw = "\x00head"

func (t *Table) style(column int, raw string) Style {
	switch paint := t.Columns[column].Paint; {
	case raw == headRaw:
		return Bold
	case paint != nil:
		return paint(raw)
	default:
		return Plain
	}
}

func (t *Table) line(b *strings.Builder, row []Cell, widths []int, color bool) {
	var line strings.Builder
	for i, c := range row {
		text := measure.Truncate(strings.ReplaceAll(c.Text, "\n", " "), widths[i], "…")
		pad := strings.Repeat(" ", max(0, widths[i]-measure.StringWidth(text)))
		if color {
			text = t.style(i, c.Raw).paint(text)
		}
		if i > 0 {
			line.WriteString("  ")
		}
		if t.Columns[i].Right {
			text, pad = pad+text, ""
		}
		line.WriteString(text + pad)
	}
	b.WriteString(strings.TrimRight(line.String(), " "))
	b.WriteByte('\n')
}
