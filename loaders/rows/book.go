package rows

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Sheet is a sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   int // rows that hold cells
}

// Sheets lists the sheets of a workbook in their order. It returns false for
// an archive that is not a workbook.
func Sheets(r io.ReaderAt, size int64) ([]Sheet, bool, error) {
	r, size, err := standardised(r, size)
	if err != nil {
		return nil, false, err
	}
	b, err := newBook(r, size)
	if err != nil || b == nil {
		return nil, false, err
	}
	var sheets []Sheet
	for _, s := range b.sheets {
		scan, err := scanSheet(s.part)
		if err != nil {
			return nil, true, err
		}
		sheets = append(sheets, Sheet{Name: s.name, Hidden: s.hidden, Rows: scan.rows})
	}
	return sheets, true, nil
}

// book is a workbook that is within the limits.
type book struct {
	parts  *zip.Reader
	sheets []bookSheet
}

type bookSheet struct {
	name   string
	hidden bool
	part   *zip.File
}

// newBook checks the parts of a workbook; nil for an archive that is not one.
func newBook(r io.ReaderAt, size int64) (*book, error) {
	parts, err := OpenArchive(r, size)
	if err != nil {
		return nil, err
	}
	b := &book{parts: parts}
	if b.part("xl/workbook.xml") == nil {
		return nil, nil
	}
	for _, p := range parts.File {
		if !isSheetPart(p.Name) && p.UncompressedSize64 > MaxPart {
			return nil, &ParseError{Reason: fmt.Sprintf("the part %s of the workbook has %d bytes; %d are read", p.Name, p.UncompressedSize64, MaxPart), Err: ErrLimit}
		}
	}
	return b, b.list()
}

// isSheetPart reports whether a part is read row by row.
func isSheetPart(name string) bool {
	return strings.HasPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "xl/worksheets/sheet")
}

// OpenArchive reads the directory of an archive and checks it against the limits.
// That parts unpack to no more than they state is checked when they are read. The
// error is a *ParseError.
func OpenArchive(r io.ReaderAt, size int64) (*zip.Reader, error) {
	if size > MaxPacked {
		return nil, &ParseError{Reason: fmt.Sprintf("the file has more than %d bytes; save the rows as CSV, or split it", MaxPacked), Err: ErrLimit}
	}
	parts, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &ParseError{Reason: fmt.Sprintf("the file begins as a zip archive or workbook but is damaged: %v", err), Err: ErrFormat}
	}
	if len(parts.File) > MaxParts {
		return nil, &ParseError{Reason: fmt.Sprintf("the file has %d parts; %d are read", len(parts.File), MaxParts), Err: ErrLimit}
	}
	total := uint64(0)
	for _, p := range parts.File {
		if total += p.UncompressedSize64; p.UncompressedSize64 > MaxUnpacked || total > MaxUnpacked {
			return nil, &ParseError{Reason: fmt.Sprintf("the file unpacks to more than %d bytes", MaxUnpacked), Err: ErrLimit}
		}
	}
	return parts, nil
}

func (b *book) part(name string) *zip.File {
	for _, p := range b.parts.File {
		if strings.EqualFold(strings.ReplaceAll(p.Name, `\`, "/"), name) {
			return p
		}
	}
	return nil
}

// list finds the sheets and their parts.
func (b *book) list() error {
	var workbook struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		Relation []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(b.parse("xl/workbook.xml", &workbook), b.parse("xl/_rels/workbook.xml.rels", &relations)); err != nil {
		return &ParseError{Reason: fmt.Sprintf("the workbook is damaged: %v", err), Err: ErrFormat}
	}
	for _, s := range workbook.Sheets {
		for _, a := range s.Attrs {
			for _, r := range relations.Relation {
				if a.Name.Local != "id" || r.ID != a.Value {
					continue
				}
				target := r.Target
				if !strings.HasPrefix(target, "/") {
					target = path.Join("xl", target)
				}
				if part := b.part(strings.TrimPrefix(target, "/")); part != nil && isSheetPart(part.Name) {
					b.sheets = append(b.sheets, bookSheet{s.Name, s.State != "" && s.State != "visible", part})
				}
			}
		}
	}
	if len(b.sheets) == 0 {
		return &ParseError{Reason: "the workbook has no sheet", Err: ErrEmpty}
	}
	return nil
}

func (b *book) parse(name string, into any) error {
	part := b.part(name)
	if part == nil {
		return fmt.Errorf("it has no part %s", name)
	}
	in, err := part.Open()
	if err != nil {
		return err
	}
	err = xml.NewDecoder(io.LimitReader(in, MaxPart)).Decode(into)
	return errors.Join(err, in.Close())
}

// emptyBook is the time of the empty workbook of Excel 2007, which programs copy.
const emptyBook = "2006-09-16T00:00:00Z"

// modified returns the day on which the workbook was last modified; "" if its
// properties are absent, damaged or only those of an empty workbook.
func (b *book) modified() string {
	var core struct {
		Modified string `xml:"modified"`
	}
	if b.parse("docProps/core.xml", &core) != nil {
		return "" // the rows can be read all the same
	}
	text := strings.TrimSpace(core.Modified)
	day := text[:min(len(text), len(time.DateOnly))]
	if _, err := time.Parse(time.DateOnly, day); err != nil || text == emptyBook {
		return ""
	}
	return day
}

// openBook starts reading a sheet of a workbook.
func (r *Reader) openBook(in io.Reader, o Options) error {
	data, err := io.ReadAll(io.LimitReader(in, MaxPacked+1))
	if err != nil {
		return err
	}
	all, size, err := standardised(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	b, err := newBook(all, size)
	if err != nil {
		return err
	}
	if b == nil {
		if parts, err := OpenArchive(all, size); err == nil {
			if err := foreignArchive(parts); err != nil {
				return err
			}
		}
		return &ParseError{Reason: "the file is a zip archive with nothing that can be read", Err: ErrFormat}
	}
	sheet, scan, err := b.choose(o.Sheet)
	if err != nil {
		return err
	}
	if shared := b.part("xl/sharedStrings.xml"); shared != nil {
		if _, err := scanSheet(shared); err != nil {
			return err
		}
	}
	file, err := excelize.OpenReader(io.NewSectionReader(all, 0, size), excelize.Options{
		UnzipSizeLimit: MaxUnpacked, UnzipXMLSizeLimit: inMemory,
	})
	if err != nil {
		return &ParseError{Reason: fmt.Sprintf("the workbook is damaged: %v", err), Err: ErrFormat}
	}
	r.close = file.Close
	plainNumbers(file)
	iterator, err := file.Rows(sheet)
	if err != nil {
		return &ParseError{Reason: fmt.Sprintf("sheet %q: %v", sheet, err), Err: ErrFormat}
	}
	r.close = func() error { return errors.Join(iterator.Close(), file.Close()) }
	r.known, r.modified = scan.rows, b.modified()
	return r.openGrid(newSheetRows(iterator, scan), o, true)
}

// inMemory is the size up to which a part of a workbook is unpacked in memory;
// larger sheets are unpacked into a temporary file.
const inMemory = 8 << 20

// choose finds the sheet of a name, or the first visible one that has rows.
func (b *book) choose(name string) (string, *sheetScan, error) {
	var names []string
	for _, s := range b.sheets {
		names = append(names, fmt.Sprintf("%q", s.name))
		if name != "" && s.name != name || name == "" && s.hidden {
			continue
		}
		scan, err := scanSheet(s.part)
		if err != nil {
			return "", nil, err
		}
		if name != "" || scan.rows > 0 {
			return s.name, scan, nil
		}
	}
	if name == "" {
		return "", nil, &ParseError{Reason: "the workbook has no visible sheet with rows", Err: ErrEmpty}
	}
	return "", nil, &ParseError{Reason: fmt.Sprintf("the workbook has no sheet %q; it has %s", name, strings.Join(names, ", ")), Err: ErrHeader}
}

// sheetRows reads the rows of a sheet that hold cells.
type sheetRows struct {
	in     *excelize.Rows
	scan   *sheetScan
	number int  // of the row last read
	blank  bool // blank rows stand above the next one
	merges []merge
	open   []openMerge
	cells  []cell
}

// openMerge is a merged range that extends into later rows.
type openMerge struct {
	merge
	text string
}

func newSheetRows(in *excelize.Rows, scan *sheetScan) *sheetRows {
	s := &sheetRows{in: in, scan: scan}
	for _, m := range scan.merges {
		if m.lastRow > m.row || m.lastColumn > m.column {
			s.merges = append(s.merges, m)
		}
	}
	slices.SortFunc(s.merges, func(a, b merge) int { return cmp.Or(a.row-b.row, a.column-b.column) })
	return s
}

// read returns the next row that holds a cell with a text. A merged cell is in
// each of its rows, in its first column.
func (s *sheetRows) read(rec *Record) ([]cell, error) {
	for s.in.Next() {
		s.number++
		texts, err := s.in.Columns()
		if err != nil {
			return nil, &ParseError{Line: s.number, Reason: fmt.Sprintf("the sheet is damaged: %v", err), Err: ErrFormat}
		}
		if len(texts) > MaxColumns {
			texts = texts[:max(MaxColumns, lastText(texts)+1)]
		}
		if len(texts) > MaxColumns {
			return nil, &ParseError{Line: s.number, Reason: fmt.Sprintf("the sheet has a row of more than %d columns", MaxColumns), Err: ErrLimit}
		}
		s.cells = s.cells[:0]
		for i, text := range texts {
			s.cells = append(s.cells, cell{text: text, offset: i + 1})
		}
		own := !blank(s.cells)
		s.spread()
		if !own {
			s.blank = true
			continue
		}
		rec.Line, rec.gap, s.blank = s.number, s.blank, false
		return s.cells, nil
	}
	if err := s.in.Error(); err != nil {
		return nil, &ParseError{Line: s.number, Reason: fmt.Sprintf("the sheet is damaged: %v", err), Err: ErrFormat}
	}
	if s.number < s.scan.last {
		return nil, &ParseError{Line: s.number, Reason: fmt.Sprintf("the sheet is damaged after row %d of %d", s.number, s.scan.last), Err: ErrFormat}
	}
	return nil, io.EOF
}

func lastText(texts []string) int {
	for i, text := range slices.Backward(texts) {
		if strings.TrimSpace(text) != "" {
			return i
		}
	}
	return -1
}

// spread writes the texts of merged cells into all of their rows, and into the
// cells how they are merged.
func (s *sheetRows) spread() {
	s.open = slices.DeleteFunc(s.open, func(m openMerge) bool { return m.lastRow < s.number })
	for _, m := range s.open {
		for len(s.cells) < m.column && m.column <= MaxColumns {
			s.cells = append(s.cells, cell{offset: len(s.cells) + 1})
		}
		if m.column <= len(s.cells) && s.cells[m.column-1].text == "" {
			s.cells[m.column-1].text = m.text
			s.cells[m.column-1].merged = merged{upper: true}
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
			s.open = append(s.open, openMerge{m, c.text})
		}
	}
}
