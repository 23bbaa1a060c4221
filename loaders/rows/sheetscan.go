package rows

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"liantu/message"
)

// sheetScan is what one pass over the XML of a sheet finds before it is parsed.
type sheetScan struct {
	rows   int // number of rows
	last   int // number of the last row
	merges []merge
}

// merge is a merged range, by numbers from 1.
type merge struct{ row, column, lastRow, lastColumn int }

// scanSheet reads the XML of a sheet, or of the texts that sheets share, and refuses
// what a parser would need unbounded memory for: cells and rows beyond the
// limits, and tags that no spreadsheet program writes. The parser used later
// skips damaged XML silently, so the rows are counted here.
func scanSheet(part *zip.File, texts bool) (*sheetScan, error) {
	in, err := part.Open()
	if err != nil {
		return nil, message.Errorf("part %s: %w", part.Name, err)
	}
	defer in.Close() //nolint:errcheck // nothing was written
	s := &scanner{in: bufio.NewReaderSize(in, 64<<10), shared: texts}
	for {
		if err := s.step(); errors.Is(err, io.EOF) {
			if s.depth > 0 {
				return nil, &ParseError{Reason: message.New("the part %s ends after row %d", part.Name, s.last), Err: ErrFormat}
			}
			return &s.sheetScan, nil
		} else if err != nil {
			return nil, err
		}
	}
}

type scanner struct {
	sheetScan
	in      *bufio.Reader
	shared  bool // the part holds strings, not cells
	cells   int  // of the open row
	size    int  // bytes since the open cell or string began
	depth   int  // elements that are open
	columns int  // the greatest number of a column in the open row
}

// step reads up to the end of the next tag.
func (s *scanner) step() error {
	for { // the text before the tag
		part, err := s.in.ReadSlice('<')
		if err := s.grow(len(part)); err != nil {
			return err
		}
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
	if mark, err := s.in.Peek(len(commentMark)); err == nil && string(mark) == commentMark {
		return s.comment()
	}
	tag, err := s.in.ReadSlice('>')
	if err := s.grow(len(tag)); err != nil {
		return err
	}
	head := tag[:min(len(tag), 4<<10)]
	if errors.Is(err, bufio.ErrBufferFull) {
		head = bytes.Clone(head)
		for errors.Is(err, bufio.ErrBufferFull) {
			if tag, err = s.in.ReadSlice('>'); err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
			if err := s.grow(len(tag)); err != nil {
				return err
			}
		}
	}
	if err != nil {
		if errors.Is(err, io.EOF) {
			s.depth = max(s.depth, 1) // in the middle of a tag
		}
		return err
	}
	return s.tag(head, len(tag) > 1 && tag[len(tag)-2] == '/')
}

func (s *scanner) grow(n int) error {
	if s.size += n; s.size > MaxCell && (s.shared || s.rows > 0) {
		return s.refuse(ErrLimit, "holds a cell or tag of more than %d bytes", MaxCell)
	}
	return nil
}

func (s *scanner) refuse(cause error, format string, args ...any) error {
	e := &ParseError{Line: s.last, Reason: message.New("the sheet %s", message.New(format, args...)), Err: cause}
	if s.shared {
		e.Reason = message.New("the workbook %s", message.New(format, args...))
	}
	return e
}

// tag handles a tag without its opening bracket.
func (s *scanner) tag(tag []byte, empty bool) error {
	switch {
	case tag[0] == '?':
		return nil
	case tag[0] == '!':
		return s.refuse(ErrFormat, "holds tags that no spreadsheet program writes: <%s", short(tag, 20))
	case tag[0] == '/':
		s.depth--
		return nil
	case !empty:
		s.depth++
	}
	name := tag
	if i := bytes.IndexAny(name, " \t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	switch string(name) {
	case "row":
		s.rows++
		s.cells, s.columns, s.size = 0, 0, 0
		s.last++
		if n, err := strconv.Atoi(attribute(tag, "r")); err == nil {
			s.last = n
		}
	case "c":
		s.cells++
		s.size = 0
		if s.cells > MaxColumns {
			return s.refuse(ErrLimit, "has a row of more than %d cells", MaxColumns)
		}
	case "si", "mergeCells":
		s.size = 0
	case "mergeCell":
		s.size = 0
		if len(s.merges) == MaxMerges {
			return s.refuse(ErrLimit, "has more than %d merged ranges", MaxMerges)
		}
		if m, ok := mergeOf(attribute(tag, "ref")); ok {
			s.merges = append(s.merges, m)
		}
	}
	if !s.shared && string(name) != "c" && string(name) != "row" && s.cells == 0 {
		s.size = 0 // between the rows and around them
	}
	return nil
}

func short(text []byte, n int) string {
	return strings.ToValidUTF8(string(text[:min(len(text), n)]), "")
}

// attribute returns an attribute of a tag, "" for none.
func attribute(tag []byte, name string) string {
	for at := 0; ; {
		i := bytes.Index(tag[at:], []byte(name+`="`))
		if i < 0 {
			return ""
		}
		at += i
		if at > 0 && (tag[at-1] == ' ' || tag[at-1] == '\n' || tag[at-1] == '\t') {
			value := tag[at+len(name)+2:]
			if end := bytes.IndexByte(value, '"'); end >= 0 {
				return string(value[:end])
			}
			return ""
		}
		at++
	}
}

// mergeOf reads a range such as A1:C3.
func mergeOf(ref string) (m merge, ok bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return m, false
	}
	m.column, m.row = cellOf(from)
	m.lastColumn, m.lastRow = cellOf(to)
	return m, m.row > 0 && m.column > 0 && m.lastRow >= m.row && m.lastColumn >= m.column
}

// cellOf reads the name of a cell such as B12; zeros for anything else.
func cellOf(name string) (column, row int) {
	name = strings.ReplaceAll(name, "$", "")
	i := 0
	for ; i < len(name) && i < 4 && name[i] >= 'A' && name[i] <= 'Z'; i++ {
		column = column*26 + int(name[i]-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	if err != nil {
		return 0, 0
	}
	return column, row
}
