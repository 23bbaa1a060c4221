package rows

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"liantu/message"
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
	b, err := newBook(r, size)
	if err != nil || b == nil {
		return nil, false, err
	}
	var sheets []Sheet
	for _, s := range b.sheets {
		scan, err := scanSheet(s.part, false)
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
	names  map[string]string // of parts, by the kinds of the relations that lead to them
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
	if b.find(); b.part(b.names[workbookPart]) == nil {
		return nil, nil
	}
	return b, b.list()
}

// OpenArchive reads the directory of an archive and checks it against the limits.
// That parts unpack to no more than they state is checked when they are read. The
// error is a *ParseError.
func OpenArchive(r io.ReaderAt, size int64) (*zip.Reader, error) {
	if size > MaxPacked {
		return nil, &ParseError{Reason: message.New("the file has more than %d bytes; save the rows as CSV, or split it", MaxPacked), Err: ErrLimit}
	}
	parts, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &ParseError{Reason: message.New("the file begins as a zip archive or workbook but is damaged: %v", err), Err: ErrFormat}
	}
	if len(parts.File) > MaxParts {
		return nil, &ParseError{Reason: message.New("the file has %d parts; %d are read", len(parts.File), MaxParts), Err: ErrLimit}
	}
	total := uint64(0)
	for _, p := range parts.File {
		if total += p.UncompressedSize64; p.UncompressedSize64 > MaxUnpacked || total > MaxUnpacked {
			return nil, &ParseError{Reason: message.New("the file unpacks to more than %d bytes", MaxUnpacked), Err: ErrLimit}
		}
	}
	return parts, nil
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
	links, folder, err := b.links()
	if err = errors.Join(b.parse(b.names[workbookPart], &workbook), err); err != nil {
		return damaged(err)
	}
	for _, s := range workbook.Sheets {
		for _, a := range s.Attrs {
			for i := range links.List {
				l := &links.List[i]
				if a.Name.Local != "id" || l.ID != a.Value || l.kind() != sheetPart && l.Type != "" {
					continue
				}
				if part := b.part(l.to(folder)); part != nil {
					b.sheets = append(b.sheets, bookSheet{s.Name, s.State != "" && s.State != "visible", part})
				}
			}
		}
	}
	if len(b.sheets) == 0 {
		return &ParseError{Reason: message.New("the workbook has no sheet"), Err: ErrEmpty}
	}
	return nil
}

// damaged is the error of a workbook of which a part cannot be read, that of a limit as
// it is.
func damaged(err error) error {
	if limit := new(ParseError); errors.As(err, &limit) {
		return limit
	}
	return &ParseError{Reason: message.New("the workbook is damaged: %v", err), Err: ErrFormat}
}

// within refuses a part that is read as a whole and is too long for it.
func within(part *zip.File) error {
	if part.UncompressedSize64 > MaxPart {
		return &ParseError{Reason: message.New("the part %s of the workbook has %d bytes; %d are read", part.Name, part.UncompressedSize64, MaxPart), Err: ErrLimit}
	}
	return nil
}

func (b *book) parse(name string, into any) error {
	part := b.part(name)
	if part == nil {
		return message.Errorf("it has no part %s", name)
	}
	if err := within(part); err != nil {
		return err
	}
	in, err := part.Open()
	if err != nil {
		return err
	}
	err = decoder(io.LimitReader(in, MaxPart)).Decode(into)
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
	if b.parse(b.names[corePart], &core) != nil {
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
	all, size := bytes.NewReader(data), int64(len(data))
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
		return &ParseError{Reason: message.New("the file is a zip archive with nothing that can be read"), Err: ErrFormat}
	}
	sheet, scan, err := b.choose(o.Sheet)
	if err != nil {
		return err
	}
	shared, err := b.cells()
	if err != nil {
		return damaged(err)
	}
	cells, err := newSheetRows(sheet, shared, scan)
	if err != nil {
		return &ParseError{Reason: message.New("part %s: %v", sheet.Name, err), Err: ErrFormat}
	}
	r.close, r.known, r.modified, r.base1904 = cells.part.Close, scan.rows, b.modified(), shared.base1904
	return r.openGrid(cells, o, true)
}

// choose finds the sheet of a name, or the first visible one that has rows.
func (b *book) choose(name string) (*zip.File, *sheetScan, error) {
	var names []string
	for _, s := range b.sheets {
		names = append(names, fmt.Sprintf("%q", s.name))
		if name != "" && s.name != name || name == "" && s.hidden {
			continue
		}
		scan, err := scanSheet(s.part, false)
		if err != nil {
			return nil, nil, err
		}
		if name != "" || scan.rows > 0 {
			return s.part, scan, nil
		}
	}
	if name == "" {
		return nil, nil, &ParseError{Reason: message.New("the workbook has no visible sheet with rows"), Err: ErrEmpty}
	}
	return nil, nil, &ParseError{Reason: message.New("the workbook has no sheet %q; it has %s", name, strings.Join(names, ", ")), Err: ErrHeader}
}
