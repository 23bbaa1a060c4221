// Package rows reads tables and documents as rows with positions: workbooks,
// CSV and TSV, tables of HTML, JSON and JSON lines, in UTF-8, UTF-16 or
// GB18030, packed with gzip or not. It knows nothing of graphs. A row that
// cannot be read is a row with an error, and the rows after it are read
// normally; memory is bounded by the constants below, whatever the file holds.
//
// Only package loaders imports it. It imports loaders/numfmt.
package rows

import (
	"strings"
	"unicode/utf8"

	"liantu/message"
)

// The limits that keep memory bounded.
const (
	MaxRecord   = 4 << 20  // bytes of one record or line in UTF-8
	MaxLines    = 1000     // lines of one CSV record
	MaxDocument = 64 << 20 // bytes of one JSON document that is not JSON lines
	MaxDepth    = 64       // nesting of JSON
	MaxValues   = 2 << 20  // values of one JSON document or line
	MaxColumns  = 4096     // columns of a table
	MaxBlank    = 1 << 20  // blank rows of a table one after the other, as many as a sheet has rows

	// Of workbooks and archives.
	MaxPacked   = 256 << 20 // bytes of the file
	MaxUnpacked = 1 << 30   // bytes of all its parts together, unpacked
	MaxParts    = 10_000    // parts
	MaxPart     = 64 << 20  // bytes of a part that is not a sheet, unpacked
	MaxCell     = 1 << 20   // bytes of a cell as they stand in the file; a workbook allows 32,767 characters
	MaxMerges   = 100_000   // merged ranges of a sheet
)

// The causes of errors. A [ParseError] wraps one of them.
var (
	ErrEmpty    = message.Errorf("the file is empty")
	ErrHeader   = message.Errorf("faulty header")
	ErrFormat   = message.Errorf("unknown format")
	ErrEncoding = message.Errorf("unknown encoding")
	ErrQuote    = message.Errorf("faulty quotes")
	// ErrSecondTable is the cause of the last row of a file or sheet that has a
	// second table below the first one, with other heads. It is not read.
	ErrSecondTable = message.Errorf("a second table")
	ErrRagged      = message.Errorf("fields do not match the header")
	ErrText        = message.Errorf("not text")
	ErrTooLong     = message.Errorf("too long")
	ErrLimit       = message.Errorf("beyond a limit")
	ErrJSON        = message.Errorf("faulty JSON")
	ErrDuplicate   = message.Errorf("one name twice in an object")
	ErrGraph       = message.Errorf("a faulty graph")
)

// ParseError states what is wrong with a row or a file, and where.
type ParseError struct {
	Line   int          // as an editor counts, from 1; 0 for the file as a whole
	Column int          // character within the line, from 1; 0 for the line as a whole
	Reason message.Text // what is wrong, with the text quoted
	Err    error        // one of the causes
}

// Error returns position and reason.
func (e *ParseError) Error() string { return e.In(message.English) }

// In returns position and reason in a language.
func (e *ParseError) In(language message.Language) string {
	switch {
	case e.Line == 0:
		return e.Reason.In(language)
	case e.Column == 0:
		return message.New("line %d: %s", e.Line, e.Reason).In(language)
	}
	return message.New("line %d, column %d: %s", e.Line, e.Column, e.Reason).In(language)
}

// Unwrap returns the cause.
func (e *ParseError) Unwrap() error { return e.Err }

// Options state how a file is read.
type Options struct {
	Format string // csv, tsv, html, xlsx, json, jsonl or graphml; "" decides by the content and the name
	// Encoding of text: utf-8, gb18030 (also called gbk), utf-16le or utf-16be.
	// With "" a byte order mark decides, else the file is UTF-8 if its first
	// 256 KiB are; anything else is an error that says what to declare.
	Encoding string
	// Sheet of a workbook by its name; "" stands for the first visible one that
	// is not empty.
	Sheet string
	// HeaderRow is the line of the header of a table as an editor or a
	// spreadsheet shows it; 0 finds it by Heads.
	HeaderRow int
	// Header is the header of a table of CSV that stands in another file, as its lines;
	// "" finds it in the table.
	Header string
	// Heads reports whether a text is a known column head. It finds the header
	// among the first rows; with nil the header is the first row that is not
	// blank.
	Heads func(text string) bool
	// Paths state what the rows of a nested JSON document are: elements of lists
	// such as 环节[].子环节[], and "" for the document itself or, if it is a
	// list, for its elements. None stands for "" alone, which also means the
	// elements of the list in an envelope such as {"code": 0, "data": {"list": []}}.
	Paths []string
	// Stop ends the reading with the error that it returns; nil is for no end but that of
	// the file. It is called for each piece of what is read, unpacked where it is packed.
	Stop func() error
}

// Record is one row. It is valid until the next call of [Reader.Next].
type Record struct {
	Path string // which of Options.Paths it is an element of, "" for none
	// Line is its first line as an editor shows it, from 1. Where several rows of a
	// JSON document stand in one line, it is the number of the row, from 1.
	Line   int
	Blank  bool        // it is an empty line, or a line of empty fields
	Err    *ParseError // why it cannot be used; it has no fields then
	Fields []Field     // as they stand in the file; of a table one for each column
	Role   Role        // of a row of a table

	gap    bool   // blank rows that are no records stand above, or it begins a table
	cells  []cell // of a table, also of a row that cannot be used
	texts  []string
	locate *locator

	numbered bool // Line is the number of the row
	start    int  // offset of a numbered row
}

// Role says what a row of a table is by its form and place.
type Role uint8

// The roles of rows.
const (
	Data    Role = iota // data, or a row that cannot be told from it
	Heads               // the header again, as on top of a page
	Numbers             // the numbers of the columns, 1, 2, 3 and so on, right below the header
	// Title is one cell merged over the whole width of the table, one cell above a
	// row that repeats the header, or nothing but texts that stand above the header.
	Title
)

// Field is one value of a row.
type Field struct {
	// Name is the column, or the path through a JSON document from its top,
	// names joined by dots and lists left out. The number of an element among
	// its siblings, from 1, is a field with the name of the list and ".#".
	Name   string
	Text   string   // the value; "" for null
	List   []string // of a JSON list of plain values
	Nested bool     // it is a list of lists or objects, which is not read
	Number bool     // it is a cell of a workbook that stores a number, shown by its format

	offset int
}

// Position returns where a field starts: its line as an editor shows it and the
// character within the line, both from 1. Of a sheet or a table of HTML it is
// the row and the number of the column; of a row that is numbered, see
// [Record.Line], its number and the character within the row.
func (r *Record) Position(f *Field) (line, column int) { return r.place(f.offset) }

func (r *Record) place(offset int) (line, column int) {
	if r.numbered {
		return r.Line, 1 + utf8.RuneCount(r.locate.text[min(r.start, offset):offset])
	}
	if r.locate == nil {
		return r.Line, offset
	}
	return r.locate.at(offset)
}

// IsTable reports whether it is a row of a table.
func (r *Record) IsTable() bool { return r.cells != nil }

// Texts returns the cells of a row of a table as they stand in the file, also
// of one that cannot be used; of a line that cannot be split into cells it
// returns the line, of a row of JSON the texts of its fields. The list is valid
// until the next call of [Reader.Next].
func (r *Record) Texts() []string {
	texts := r.texts[:0]
	switch {
	case r.cells != nil:
		for _, c := range r.cells {
			texts = append(texts, c.text)
		}
	case r.Err != nil && r.locate != nil:
		texts = append(texts, strings.ToValidUTF8(string(r.locate.text[:min(len(r.locate.text), MaxCell)]), "\uFFFD"))
	default:
		for i := range r.Fields {
			texts = append(texts, r.Fields[i].Text)
		}
	}
	r.texts = texts
	return texts
}

// Get returns the field with the given name, or nil.
func (r *Record) Get(name string) *Field {
	for i := range r.Fields {
		if r.Fields[i].Name == name {
			return &r.Fields[i]
		}
	}
	return nil
}

// Reader reads the rows of one file in order.
type Reader struct {
	format, encoding string
	columns          []string
	twice            []RepeatedHead
	headerRow        int
	above            []string
	modified         string
	base1904         bool
	groups           map[string]string
	known            int // rows, where their number is known beforehand
	next             func(*Record) error
	record           Record
	packed           bool
	graph            bool
	close            func() error
}

// Format returns csv, tsv, html, xlsx, json, jsonl or graphml, with .gz appended for a
// file packed with gzip.
func (r *Reader) Format() string { return r.format }

// Encoding returns utf-8, gb18030, utf-16le or utf-16be.
func (r *Reader) Encoding() string { return r.encoding }

// HeaderRow returns the line of the header of a table; 0 for JSON, and for a header that
// stands in another file. Of a header
// of two rows it is the lower one.
func (r *Reader) HeaderRow() int { return r.headerRow }

// Above returns the texts that stand above the header of a table, such as a title
// and a line of units, by rows and in file order, without blanks at their ends.
// Only the 30 rows nearest to the header count that are not blank. It returns nil
// for JSON and for a table that begins with its header.
func (r *Reader) Above() []string { return r.above }

// Groups returns the heads of groups of columns, by the heads of the columns in them:
// 投资（万元） for a column that the lower row of a header calls 总额. It is nil for a
// header of one row.
func (r *Reader) Groups() map[string]string { return r.groups }

// Graph reports, once a row was read, whether the file is a graph with ids of its own,
// which mean nothing in other files: GraphML or node-link JSON.
func (r *Reader) Graph() bool { return r.graph }

// Modified returns the day on which a workbook was last modified, such as
// 2026-03-31, as it states it, in UTC by most programs. It returns "" for other
// formats, and for a workbook that does not state it or has only the day of an
// empty workbook, 2006-09-16, as programs copy it from one.
func (r *Reader) Modified() string { return r.modified }

// Base1904 reports whether the number 0 is the day 1904-01-01 in a workbook, as in those
// of early Macintosh computers, instead of 1899-12-30.
func (r *Reader) Base1904() bool { return r.base1904 }

// Rows returns how many rows a sheet has, its header among them; 0 for other
// formats, for which it is unknown before they are read.
func (r *Reader) Rows() int { return r.known }

// Close frees what the reader holds. It does not close what it reads from.
func (r *Reader) Close() error {
	if r.close == nil {
		return nil
	}
	return r.close()
}

// Columns returns the heads of a table in file order; nil for JSON, whose
// names come with the rows.
func (r *Reader) Columns() []string { return r.columns }

// RepeatedHead is a head of two columns.
type RepeatedHead struct {
	Name string      // the first of the two columns has this name
	Err  *ParseError // the error to report if the column is needed
}

// RepeatedHeads returns the heads of several columns; the further columns get other
// names. Only with Options.Heads: without, such a header is an error.
func (r *Reader) RepeatedHeads() []RepeatedHead { return r.twice }

// Next returns the next row, or io.EOF after the last. Any other error means
// that the rest of the file cannot be read.
func (r *Reader) Next() (*Record, error) {
	r.record.Path, r.record.Line, r.record.Blank, r.record.Err = "", 0, false, nil
	r.record.Role, r.record.gap, r.record.numbered = Data, false, false
	r.record.Fields, r.record.locate, r.record.cells = r.record.Fields[:0], nil, nil
	if err := r.next(&r.record); err != nil {
		return nil, err
	}
	return &r.record, nil
}

// locator turns offsets in a text into lines and columns. Offsets in ascending
// order take one pass through the text.
type locator struct {
	text        []byte
	firstLine   int
	firstColumn int
	offset      int // last found
	line        int
	column      int
}

func newLocator(text []byte, line int) *locator {
	return &locator{text: text, firstLine: line, firstColumn: 1, line: line, column: 1}
}

func (l *locator) at(offset int) (line, column int) {
	if offset < l.offset {
		l.offset, l.line, l.column = 0, l.firstLine, l.firstColumn
	}
	for ; l.offset < offset && l.offset < len(l.text); l.offset++ {
		switch c := l.text[l.offset]; {
		case c == '\n':
			l.line++
			l.column = 1
		case c&0xC0 != 0x80: // the first byte of a character
			l.column++
		}
	}
	return l.line, l.column
}
