package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"liantu/schema"
)

// table is rows of text under localised heads. Its columns line up on a
// terminal also where Chinese characters, two cells wide, stand in them.
type table struct {
	columns []column
	rows    [][]cell

	title   schema.Text // of its sheet, where it goes with another table
	heading []string    // what a workbook says of it, line by line
	more    []*table    // what a workbook shows beside it
}

// cell is one value: as a program reads it, and as people do.
type cell struct{ raw, text string }

// word is a cell that reads the same everywhere.
func word(text string) cell { return cell{text, text} }

// count is a cell of a whole number.
func count(n int) cell { return word(strconv.Itoa(n)) }

// number is a cell of a decimal number, shown with the given decimals.
func number(x float64, decimals int) cell {
	return cell{strconv.FormatFloat(x, 'g', -1, 64), strconv.FormatFloat(x, 'f', decimals, 64)}
}

// column describes one column of a table.
type column struct {
	name  string              // in CSV: lower snake case, never localised
	head  schema.Text         // on the terminal
	code  schema.Text         // in a workbook: head of a column for the raw values before it
	note  schema.Text         // in a workbook: what it means
	right bool                // numbers
	file  bool                // is left out on the terminal
	flex  bool                // is shortened when the terminal is too narrow
	paint func(string) string // the style for a raw value, "" for none

	choices []string // in a workbook: what may be filled in
}

func (t *table) add(cells ...cell) { t.rows = append(t.rows, cells) }

// measure counts the cells of text as a terminal does. It is fixed, so that
// the output does not depend on the locale: ambiguous characters take one cell.
var measure = &runewidth.Condition{StrictEmojiNeutral: true}

// minFlex is the least width a shortened column keeps.
const minFlex = 12

// screen is what a table is drawn on.
type screen struct {
	width int  // in cells; 0 for no limit
	color bool // whether styles are written
}

// screenOf describes a writer: a terminal has a width and, unless NO_COLOR is
// set or the terminal is dumb, colours; anything else gets plain whole text.
func screenOf(w io.Writer) screen {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return screen{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 80
	}
	_, plain := os.LookupEnv("NO_COLOR")
	return screen{width: width, color: !plain && os.Getenv("TERM") != "dumb"}
}

// draw writes the table in aligned columns, two spaces apart.
func (a *app) draw(t *table, s screen) error {
	t = t.onScreen()
	widths := make([]int, len(t.columns))
	heads := make([]cell, len(t.columns))
	for i, c := range t.columns {
		heads[i] = cell{headRaw, a.text(c.head)}
		widths[i] = measure.StringWidth(heads[i].text)
		for _, row := range t.rows {
			widths[i] = max(widths[i], measure.StringWidth(row[i].text))
		}
	}
	t.fit(widths, s.width)
	var b strings.Builder
	t.line(&b, heads, widths, s.color)
	for _, row := range t.rows {
		t.line(&b, row, widths, s.color)
	}
	_, err := io.WriteString(a.stdout, b.String())
	return err
}

// onScreen is the table without the columns that only files have.
func (t *table) onScreen() *table {
	if !slices.ContainsFunc(t.columns, func(c column) bool { return c.file }) {
		return t
	}
	short := &table{rows: make([][]cell, len(t.rows))}
	for i, c := range t.columns {
		if c.file {
			continue
		}
		short.columns = append(short.columns, c)
		for r, row := range t.rows {
			short.rows[r] = append(short.rows[r], row[i])
		}
	}
	return short
}

// fit narrows the flexible columns, widest first, until the table fits.
func (t *table) fit(widths []int, limit int) {
	if limit == 0 {
		return
	}
	total := 2 * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for total > limit {
		widest := -1
		for i, c := range t.columns {
			if c.flex && widths[i] > minFlex && (widest < 0 || widths[i] > widths[widest]) {
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

func (t *table) style(column int, raw string) string {
	switch paint := t.columns[column].paint; {
	case raw == headRaw:
		return ansiBold
	case paint != nil:
		return paint(raw)
	default:
		return ""
	}
}

func (t *table) line(b *strings.Builder, row []cell, widths []int, color bool) {
	var line strings.Builder
	for i, c := range row {
		text := measure.Truncate(strings.ReplaceAll(c.text, "\n", " "), widths[i], "…")
		pad := strings.Repeat(" ", max(0, widths[i]-measure.StringWidth(text)))
		if code := t.style(i, c.raw); color && code != "" {
			text = code + text + ansiReset
		}
		if i > 0 {
			line.WriteString("  ")
		}
		if t.columns[i].right {
			text, pad = pad+text, ""
		}
		line.WriteString(text + pad)
	}
	b.WriteString(strings.TrimRight(line.String(), " "))
	b.WriteByte('\n')
}

// The styles a cell may have.
const (
	ansiReset  = "\x1b[0m"
	ansiBold   = "\x1b[1m"
	ansiDim    = "\x1b[2m"
	ansiRed    = "\x1b[31m"
	ansiGreen  = "\x1b[32m"
	ansiYellow = "\x1b[33m"
	ansiCyan   = "\x1b[36m"
)

func (a *app) printJSON(value any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	text, err := layOut(b.Bytes())
	if err != nil {
		return err
	}
	return a.deliver(func(w io.Writer, _ bool) error {
		_, err := io.WriteString(w, text+"\n")
		return err
	})
}
