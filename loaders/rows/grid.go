package rows

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"liantu/message"
)

// source returns the rows of a table one after the other, as they stand in the
// file: its header and the rows above it are ordinary rows.
type source interface {
	// read reads the next row into the record, except its fields, and returns
	// its cells, valid until the next call; io.EOF after the last.
	read(rec *Record) ([]cell, error)
}

// cell is a field before it gets its name.
type cell struct {
	text   string
	offset int // in the text of the record; of a sheet the number of the column
	merged
	number bool // a workbook stores a number, not a text
}

// merged says how a cell of a sheet or of a table of HTML is merged with others.
type merged struct {
	columns int16 // that it covers, 0 for one
	upper   bool  // it belongs to a row above, which extends into this one
}

// grid is a source with its header found.
type grid struct {
	source
	loose   bool // cells at the end of a row may be missing
	columns []string
	twice   []RepeatedHead
	groups  []string  // by column: the texts of the header above its head
	ahead   []gridRow // rows read to find the header, next one first
	above   []gridRow // rows above the header that are not blank
	watch   watch     // for what is no data
	failed  error     // with which reading ahead broke off, or io.EOF
	pulled  Record    // the row last read ahead
	spare   []cell    // for the next row to be stored
	single  []cell    // of the row of one cell last returned
	blanks  int       // blank rows that were last read, one after the other
}

// gridRow is a row stored for later.
type gridRow struct {
	rec   Record
	cells []cell
}

// maxAhead is the most rows, without blank ones, that are searched for the
// header, and maxBlankAhead the most blank ones between these.
const (
	maxAhead      = 30
	maxBlankAhead = 1000
)

// openGrid finds the header of a table and lets the reader return its rows.
func (r *Reader) openGrid(s source, o Options, loose bool) error {
	g := &grid{source: s, loose: loose, watch: watch{known: o.Heads}}
	head, err := g.findHeader(o)
	if err != nil {
		return err
	}
	if g.columns, err = g.header(head, o.Heads); err != nil {
		return err
	}
	r.columns, r.headerRow, r.twice = g.columns, head.rec.Line, g.twice
	for i, group := range g.groups {
		if group != "" && i < len(g.columns) {
			if r.groups == nil {
				r.groups = map[string]string{}
			}
			r.groups[g.columns[i]] = group
		}
	}
	r.above = textsOf(g.above)
	g.watch.above = r.above
	for i := range g.columns {
		g.watch.wide = append(g.watch.wide, at(head.cells, i).columns)
	}
	r.next = g.next
	return nil
}

// findHeader returns the header, which may consist of several rows, and leaves
// the rows below it to be read.
func (g *grid) findHeader(o Options) (gridRow, error) {
	limit := maxAhead
	if o.HeaderRow > 0 || o.Heads == nil {
		limit = 1
	}
	var rows []gridRow
	for n := 0; n < limit && len(rows) < n+maxBlankAhead; {
		row, err := g.pull()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return gridRow{}, err
		}
		switch {
		case o.HeaderRow > 0 && row.rec.Line < o.HeaderRow:
			g.pass(row)
			continue
		case o.HeaderRow > 0 && row.rec.Line > o.HeaderRow:
			return gridRow{}, &ParseError{Line: o.HeaderRow, Reason: message.New("no row of the table starts in line %d", o.HeaderRow), Err: ErrHeader}
		case !row.rec.Blank || o.HeaderRow > 0:
			n++
		case n == 0:
			continue // there is nothing above it that it could end
		}
		rows = append(rows, row)
	}
	at := chooseHeader(rows, o.Heads)
	if at < 0 && o.HeaderRow > 0 || o.HeaderRow > 0 && rows[0].rec.Blank {
		return gridRow{}, &ParseError{Line: o.HeaderRow, Reason: message.New("the table has no header in row %d", o.HeaderRow), Err: ErrHeader}
	}
	if at < 0 {
		return gridRow{}, &ParseError{Reason: message.New("the file is empty"), Err: ErrEmpty}
	}
	if head := rows[at]; head.rec.Err != nil {
		head.rec.Err.Reason = message.New("header: %s", head.rec.Err.Reason)
		return head, head.rec.Err
	}
	top, bottom := at, at
	if o.Heads != nil && o.HeaderRow == 0 {
		top, bottom = headerBlock(rows, at, o.Heads)
	}
	for _, row := range rows[:top] {
		g.pass(row)
	}
	head := rows[top]
	g.watch.addHeads(head.cells)
	for _, row := range rows[top+1 : bottom+1] {
		if !row.rec.Blank {
			g.watch.addHeads(row.cells)
			g.group(head.cells, row.cells)
			head = joined(head, row)
		}
	}
	if bottom > top {
		g.watch.addHeads(head.cells)
	}
	g.ahead = rows[bottom+1:]
	return head, nil
}

// group notes the heads above those of a lower row of the header. A head stands above
// the columns up to the next one.
func (g *grid) group(upper, lower []cell) {
	above := ""
	for i := range max(len(upper), len(lower)) {
		if text := headText(at(upper, i).text); text != "" {
			above = text
		}
		for len(g.groups) <= i {
			g.groups = append(g.groups, "")
		}
		if below := at(lower, i); headText(below.text) != "" && !below.upper {
			g.groups[i] = strings.TrimSpace(g.groups[i] + " " + above)
		}
	}
}

// pass adds a row to those above the header.
func (g *grid) pass(row gridRow) {
	if row.rec.Blank {
		return
	}
	if len(g.above) == maxAhead {
		g.above = append(g.above[:0], g.above[1:]...)
	}
	g.above = append(g.above, row)
}

// textsOf returns the texts of rows that are not blank.
func textsOf(rows []gridRow) []string {
	var texts []string
	for _, row := range rows {
		for _, c := range row.cells {
			if text := strings.TrimSpace(c.text); text != "" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

func at(cells []cell, i int) cell {
	if i < len(cells) {
		return cells[i]
	}
	return cell{}
}

// headText is a head in one line.
func headText(text string) string { return strings.Join(strings.Fields(text), " ") }

// header checks the heads and names columns without one by their position.
func (g *grid) header(head gridRow, known func(string) bool) ([]string, error) {
	cells := trimmed(head.cells, 1)
	fail := func(c cell, format string, args ...any) *ParseError {
		line, column := head.rec.place(c.offset)
		return &ParseError{Line: line, Column: column, Reason: message.New(format, args...), Err: ErrHeader}
	}
	if len(cells) > MaxColumns {
		return nil, fail(cells[0], "header has %d columns; %d are read", len(cells), MaxColumns)
	}
	columns := make([]string, len(cells))
	first := make(map[string]int, len(cells))
	for i, c := range cells {
		name := headText(c.text)
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		if at, ok := first[name]; ok {
			err := fail(c, "header has the column %q twice, as column %d and as column %d", name, at+1, i+1)
			if known == nil {
				return nil, err
			}
			g.twice = append(g.twice, RepeatedHead{name, err})
			name = fmt.Sprintf("%s (column %d)", name, i+1)
		}
		first[name] = i
		columns[i] = name
	}
	return columns, nil
}

// trimmed removes blank cells at the end, but leaves at least a number of cells.
func trimmed(cells []cell, least int) []cell {
	for len(cells) > least && strings.TrimSpace(cells[len(cells)-1].text) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// missing returns the offset of a cell that a row lacks at its end.
func (g *grid) missing(i int, cells []cell) int {
	if len(cells) == 0 {
		return i + 1
	}
	return cells[len(cells)-1].offset + i - len(cells) + 1
}

func blank(cells []cell) bool {
	for _, c := range cells {
		if strings.TrimSpace(c.text) != "" {
			return false
		}
	}
	return true
}
