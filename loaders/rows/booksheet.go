package rows

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"liantu/message"
)

// sheetRows reads the rows of a sheet that hold cells.
type sheetRows struct {
	in     textReader
	part   io.Closer
	book   *bookCells
	scan   *sheetScan
	number int  // of the row last read
	inside bool // of the rows of the sheet
	blank  bool // blank rows stand above the next one
	merges []merge
	open   []openMerge
	cells  []cell
}

// openMerge is a merged range that extends into later rows.
type openMerge struct {
	merge
	cell cell
}

func newSheetRows(part *zip.File, shared *bookCells, scan *sheetScan) (*sheetRows, error) {
	in, err := part.Open()
	if err != nil {
		return nil, err
	}
	s := &sheetRows{in: textReader{Decoder: decoder(in)}, part: in, book: shared, scan: scan}
	for _, m := range scan.merges {
		if m.lastRow > m.row || m.lastColumn > m.column {
			s.merges = append(s.merges, m)
		}
	}
	slices.SortFunc(s.merges, func(a, b merge) int { return cmp.Or(a.row-b.row, a.column-b.column) })
	return s, nil
}

// read returns the next row that holds a cell with a text. A merged cell is in
// each of its rows, in its first column.
func (s *sheetRows) read(rec *Record) ([]cell, error) {
	for {
		above := s.number
		more, err := s.row()
		if limit := new(ParseError); errors.As(err, &limit) {
			return nil, limit
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, &ParseError{Line: s.number, Reason: message.New("the sheet is damaged: %v", err), Err: ErrFormat}
		}
		if !more {
			break
		}
		s.blank = s.blank || s.number > above+1
		own := !blank(s.cells)
		s.spread()
		if !own {
			s.blank = true
			continue
		}
		rec.Line, rec.gap, s.blank = s.number, s.blank, false
		return s.cells, nil
	}
	if s.number < s.scan.last {
		return nil, &ParseError{Line: s.number, Reason: message.New("the sheet is damaged after row %d of %d", s.number, s.scan.last), Err: ErrFormat}
	}
	return nil, io.EOF
}

// row reads the cells of the next row; it reports false after the last.
func (s *sheetRows) row() (bool, error) {
	for {
		token, err := s.in.RawToken()
		if err != nil {
			return false, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "sheetData":
				s.inside = true
			case "row":
				if s.inside {
					return true, s.cellsOf(token)
				}
			}
		case xml.EndElement:
			if token.Name.Local == "sheetData" {
				return false, nil
			}
		}
	}
}

// cellsOf reads the cells of a row that has just begun.
func (s *sheetRows) cellsOf(start xml.StartElement) error {
	s.number++
	for _, a := range start.Attr {
		if a.Name.Local != "r" {
			continue
		}
		n, err := strconv.Atoi(a.Value)
		if err != nil || n > maxRows {
			return message.Errorf("it has a row %q", short([]byte(a.Value), 20))
		}
		s.number = max(s.number, n)
	}
	s.cells = s.cells[:0]
	for column := 0; ; {
		token, err := s.in.RawToken()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local != "c" {
				continue
			}
			c, err := s.in.cell(token, column)
			if err == nil {
				column = c.column
				err = s.add(c)
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			if token.Name.Local == "row" {
				return nil
			}
		}
	}
}

// maxRows is how many rows a sheet may have.
const maxRows = 1 << 20

// add adds a cell to the row; one without a text adds nothing.
func (s *sheetRows) add(c bookCell) error {
	text, isNumber, err := s.book.shown(c)
	if err != nil || text == "" {
		return err
	}
	if c.column > MaxColumns {
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return &ParseError{Line: s.number, Reason: message.New("the sheet has a row of more than %d columns", MaxColumns), Err: ErrLimit}
	}
	s.fill(c.column)
	s.cells[c.column-1].text, s.cells[c.column-1].number = text, isNumber
	return nil
}

// fill adds blank cells up to a column.
func (s *sheetRows) fill(column int) {
	for len(s.cells) < column {
		s.cells = append(s.cells, cell{offset: len(s.cells) + 1})
	}
}

// spread writes the texts of merged cells into all of their rows, and into the
// cells how they are merged.
func (s *sheetRows) spread() {
	s.open = slices.DeleteFunc(s.open, func(m openMerge) bool { return m.lastRow < s.number })
	for _, m := range s.open {
		if m.column <= MaxColumns {
			s.fill(m.column)
		}
		if m.column <= len(s.cells) && s.cells[m.column-1].text == "" {
			c := &s.cells[m.column-1]
			c.text, c.number = m.cell.text, m.cell.number
			c.merged = merged{upper: true}
		}
	}
	for len(s.merges) > 0 && s.merges[0].row <= s.number {
		m := s.merges[0]
		s.merges = s.merges[1:]
		if m.row != s.number || m.column > len(s.cells) || s.cells[m.column-1].text == "" {
			continue
		}
		c := &s.cells[m.column-1]
		c.columns = int16(min(m.lastColumn-m.column+1, MaxColumns))
		if m.lastRow > m.row {
			s.open = append(s.open, openMerge{m, *c})
		}
	}
}
