package rows

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/message"
)

// watch looks at the rows below a header for those that are no data of its table.
type watch struct {
	known func(string) bool // whether a head is known; with nil no second table is looked for
	heads [][]string        // by row of the header: its texts without spaces, "" for blank, serial for numbers
	named []int             // by row of the header: how many heads it has, without serial ones
	gap   bool              // a blank row stands above, or a row of one cell
	blank bool              // a blank row stands above
	above []string          // the texts above the header
	wide  []int16           // by column: how many columns the head covers
	later bool              // a row that is not blank was read
	ended error             // no row is read any more: io.EOF, or the error with which reading broke off
}

// serial stands for the head of a column that numbers the rows.
const serial = "#"

var serialHeads = map[string]bool{"序号": true, "编号": true, "No": true, "No.": true, "NO": true, "NO.": true, "no": true, "#": true, "№": true}

// tableTitle matches a title that numbers its table.
var tableTitle = regexp.MustCompile(`^[(（【]?(附?表|附件|附录)\s*[0-9一二三四五六七八九十]+`)

// addHeads adds a row of the header.
func (w *watch) addHeads(cells []cell) {
	texts, named := make([]string, len(cells)), 0
	for i, c := range cells {
		texts[i] = strings.Join(strings.Fields(c.text), "")
		if serialHeads[texts[i]] {
			texts[i] = serial
		} else if texts[i] != "" {
			named++
		}
	}
	w.heads, w.named = append(w.heads, texts), append(w.named, named)
}

// repeats reports whether a row repeats a row of the header: all its texts are the
// heads of their columns, spaces aside, whatever numbers the row.
func (w *watch) repeats(cells []cell) bool {
	for i, heads := range w.heads {
		if n := equalHeads(heads, cells); n >= 2 || n > 0 && n == w.named[i] {
			return true
		}
	}
	return false
}

// equalHeads counts the cells that have the heads of their columns; 0 if one has
// another text.
func equalHeads(heads []string, cells []cell) (n int) {
	for i := range cells {
		head := ""
		if i < len(heads) {
			head = heads[i]
		}
		switch text := cells[i].text; {
		case head == serial || isBlank(text):
		case head == "" || !sameButSpaces(text, head):
			return 0
		default:
			n++
		}
	}
	return n
}

// sameButSpaces compares a text with one that has no spaces.
func sameButSpaces(text, packed string) bool {
	for _, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		first, n := utf8.DecodeRuneInString(packed)
		if n == 0 || first != r {
			return false
		}
		packed = packed[n:]
	}
	return packed == ""
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// isAbove reports whether all texts of a row stand above the header, too.
func (w *watch) isAbove(cells []cell) bool {
	for i := range cells {
		if text := strings.TrimSpace(cells[i].text); text != "" && !slices.Contains(w.above, text) {
			return false
		}
	}
	return len(w.above) > 0
}

// covers reports whether a cell is merged over all columns, or all but one, and over
// more than its head.
func (w *watch) covers(c *cell) bool {
	return c.columns > 1 && int(c.columns)+1 >= len(w.wide) && c.columns > w.wide[min(c.offset, len(w.wide))-1]
}

// minNumbers is the least number of columns that a row is seen to number.
const minNumbers = 4

// areNumbers reports whether the cells are the numbers from 1 on.
func areNumbers(cells []cell) bool {
	cells = trimmed(cells, 0)
	for i, c := range cells {
		if strings.Trim(c.text, " ()（）") != strconv.Itoa(i+1) {
			return false
		}
	}
	return len(cells) >= minNumbers
}

// single returns the only cell of a row that has a text, or nil.
func single(cells []cell) *cell {
	var found *cell
	for i := range cells {
		if isBlank(cells[i].text) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &cells[i]
	}
	return found
}

// starts reports whether a row is the header of another table. All its texts look
// like heads, and at least two and half of them are known, unless a title numbers
// the table or a column numbers its rows.
func (w *watch) starts(cells []cell, numbered bool) bool {
	for _, c := range cells {
		text := strings.TrimSpace(c.text)
		if text != "" && !looksLikeHead(text) {
			return false
		}
		numbered = numbered || serialHeads[text]
	}
	return numbered || w.halfKnown(cells)
}

// halfKnown reports whether two texts, and half of them, are known heads.
func (w *watch) halfKnown(cells []cell) bool {
	known, unknown, filled := 0, 0, countFilled(cells)
	for _, c := range cells {
		switch name := headText(c.text); {
		case name == "":
		case w.known(name):
			known++
		default:
			if unknown++; 2*unknown > filled { // most rows of data end here
				return false
			}
		}
	}
	return known >= 2
}

// examine says what a row below the header is that is no data: the header again, a
// heading, or the start of a second table, with which reading ends.
func (g *grid) examine(rec *Record, cells []cell) {
	w := &g.watch
	one := single(cells)
	gap, blank := w.gap || rec.gap, w.blank || rec.gap
	first := !w.later
	w.gap, w.blank, w.later = one != nil, false, true
	switch {
	case w.repeats(cells):
		rec.Role = Heads
	case first && areNumbers(cells):
		rec.Role = Numbers
	case one != nil:
		g.single = append(g.single[:0], cells...) // reading ahead overwrites them
		rec.cells = g.single
		if w.covers(one) || w.isAbove(rec.cells) {
			rec.Role = Title
		}
		switch heads := g.headsBelowTitle(headText(one.text), blank); {
		case heads != nil && w.repeats(heads):
			rec.Role = Title
		case heads != nil:
			g.endAt(rec, heads)
		}
	case w.isAbove(cells):
		rec.Role = Title
	case w.known != nil && gap && w.starts(cells, false):
		g.endAt(rec, cells)
	}
}

// maxTitles is how many rows of one cell may stand above a second table.
const maxTitles = 4

// headsBelowTitle returns the header of which a row of one cell is the title: that
// of a second table, or the header again; nil if it is none. Below a title that
// has a blank row above it, or that numbers its table, blank rows and further
// titles may stand.
func (g *grid) headsBelowTitle(title string, blankAbove bool) []cell {
	if g.watch.known == nil || len(g.columns) < 2 {
		return nil
	}
	numbered := tableTitle.MatchString(title)
	for i := range maxTitles {
		if i == len(g.ahead) {
			row, err := g.pull()
			if err != nil {
				g.failed = err
				return nil
			}
			g.ahead = append(g.ahead, row)
		}
		row := &g.ahead[i]
		switch {
		case row.rec.Err != nil:
			return nil
		case row.rec.Blank || single(row.cells) != nil:
			if !blankAbove && !numbered {
				return nil
			}
		case g.watch.repeats(row.cells) || g.watch.starts(row.cells, numbered):
			return row.cells
		default:
			return nil
		}
	}
	return nil
}

// endAt makes a row the place of a fault, for a second table starts with it, and
// ends the reading. The rows of the second table are counted.
func (g *grid) endAt(rec *Record, heads []cell) {
	var names []string
	for _, c := range heads {
		if name := headText(c.text); name != "" {
			names = append(names, fmt.Sprintf("%q", name))
		}
	}
	rec.cells = append([]cell(nil), rec.cells...)
	rest := 0
	for g.watch.ended == nil {
		var next Record
		if _, err := g.take(&next); err != nil {
			g.watch.ended = err
		} else if !next.Blank {
			rest++
		}
	}
	count := message.New("it and the %d rows below were", rest)
	switch rest {
	case 0:
		count = message.New("it was")
	case 1:
		count = message.New("it and the row below were")
	}
	rec.Err = &ParseError{Line: rec.Line, Err: ErrSecondTable, Reason: message.New(
		"a second table starts in row %d, with the heads %s; %s not read: put it on a sheet or into a file of its own",
		rec.Line, message.ListOf(names), count)}
}

// take reads the next row: one that is stored, else the next of the source.
func (g *grid) take(rec *Record) ([]cell, error) {
	if len(g.ahead) > 0 {
		fields, texts := rec.Fields, rec.texts
		*rec = g.ahead[0].rec
		rec.Fields, rec.texts = fields, texts
		g.spare = g.ahead[0].cells // free again when a further row is stored
		copy(g.ahead, g.ahead[1:])
		g.ahead = g.ahead[:len(g.ahead)-1]
		return g.spare, nil
	}
	if g.failed != nil {
		return nil, g.failed
	}
	return g.pure(rec)
}

// pull reads a row that will be stored.
func (g *grid) pull() (gridRow, error) {
	if g.failed != nil {
		return gridRow{}, g.failed
	}
	g.pulled = Record{}
	cells, err := g.pure(&g.pulled)
	row := gridRow{rec: g.pulled, cells: append(g.spare[:0], cells...)}
	g.spare = nil
	return row, err
}

// next reads a record and names its fields.
func (g *grid) next(rec *Record) error {
	if g.watch.ended != nil {
		return g.watch.ended
	}
	cells, err := g.take(rec)
	if err != nil {
		return err
	}
	rec.cells = cells
	if rec.Blank {
		g.watch.gap, g.watch.blank = true, true
	}
	if rec.Err != nil || rec.Blank {
		return nil
	}
	if g.examine(rec, cells); rec.Err != nil {
		return nil
	}
	cells = trimmed(rec.cells, len(g.columns))
	if len(cells) != len(g.columns) && (!g.loose || len(cells) > len(g.columns)) {
		rec.Err = &ParseError{
			Line: rec.Line, Err: ErrRagged,
			Reason: message.New("row has %d fields, the header %d", len(cells), len(g.columns)),
		}
		return nil
	}
	for i, name := range g.columns {
		c := at(cells, i)
		if i >= len(cells) {
			c.offset = g.missing(i, cells)
		}
		rec.Fields = append(rec.Fields, Field{Name: name, Text: c.text, Number: c.number, offset: c.offset})
	}
	return nil
}
