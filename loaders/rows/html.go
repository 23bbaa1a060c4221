package rows

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"liantu/message"

	"golang.org/x/net/html"
)

// looksHTML reports whether a text begins as HTML, or as the XML that Excel
// 2003 wrote, and has a table near its beginning. Many systems save such files
// as .xls.
func looksHTML(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return false
	}
	head = bytes.ToLower(head[:min(len(head), 64<<10)])
	return bytes.Contains(head, []byte("<table")) || bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("office:spreadsheet"))
}

var charset = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9-]+)`)

// charsetOf returns the encoding that a text of HTML or XML declares, "" if it
// declares none or an unknown one.
func charsetOf(head []byte) string {
	m := charset.FindSubmatch(head[:min(len(head), 4<<10)])
	if m == nil || encodings[strings.ToLower(string(m[1]))] == "" {
		return ""
	}
	return string(m[1])
}

// tables reads the rows of all tables of an HTML text, or of the sheets of XML
// that Excel 2003 wrote, in order. A cell over several rows is in each of
// them, one over several columns in the first.
type tables struct {
	tokens  *html.Tokenizer
	line    int
	started int // the line of the row that is open, 0 for none
	cells   []cell
	filled  bool            // a cell of the open row has a text of its own
	begins  bool            // the open row is the first of a table
	down    map[int]rowSpan // by column: cells of rows above that extend down
	inCell  bool
	text    strings.Builder // of the open cell
	span    rowSpan         // of the open cell
	across  int             // columns of the open cell
}

// rowSpan is a cell that extends into rows below.
type rowSpan struct {
	rows int // remaining
	text string
}

// newHTML reads from a text in UTF-8.
func newHTML(in io.Reader) *tables {
	t := &tables{tokens: html.NewTokenizer(in), line: 1, down: map[int]rowSpan{}}
	t.tokens.SetMaxBuf(MaxCell)
	return t
}

// read reads the next row of a table. A row also ends where the next starts.
func (t *tables) read(rec *Record) ([]cell, error) {
	for {
		kind := t.tokens.Next()
		line := t.line
		t.line += bytes.Count(t.tokens.Raw(), []byte("\n"))
		var ended bool
		var err error
		switch kind {
		case html.ErrorToken:
			if err = t.tokens.Err(); errors.Is(err, io.EOF) && t.started > 0 {
				if err = t.put(); err == nil {
					return t.finish(rec, 0), nil
				}
			}
			if errors.Is(err, html.ErrBufferExceeded) {
				err = t.limit("a tag or text is longer than %d bytes", MaxCell)
			}
		case html.TextToken:
			err = t.add(string(t.tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			ended, err = t.tag(kind, line)
		}
		if err != nil {
			return nil, err
		}
		if ended {
			next := 0
			if kind == html.StartTagToken {
				next = line
			}
			return t.finish(rec, next), nil
		}
	}
}

func (t *tables) limit(format string, args ...any) error {
	return &ParseError{Line: t.line, Reason: message.New(format, args...), Err: ErrLimit}
}

// add adds to the text of the open cell.
func (t *tables) add(text string) error {
	if !t.inCell {
		return nil
	}
	if t.text.Len()+len(text) > MaxCell {
		return t.limit("a cell is longer than %d bytes", MaxCell)
	}
	t.text.WriteString(text)
	return nil
}

// tag handles a tag in a line, and reports whether the open row has ended with
// it.
func (t *tables) tag(kind html.TokenType, line int) (ended bool, err error) {
	tag, more := t.tokens.TagName()
	name := strings.TrimPrefix(string(tag), "ss:")
	starts := kind != html.EndTagToken
	switch name {
	case "tr", "row":
		if t.started > 0 {
			return true, t.put()
		}
		if starts && kind == html.StartTagToken {
			t.started = line
		}
	case "table":
		t.begins = t.begins || starts
		if !starts && t.started > 0 {
			return true, t.put()
		}
	case "td", "th", "cell":
		if err := t.put(); err != nil || !starts {
			return false, err
		}
		if t.started == 0 {
			t.started = line
		}
		t.inCell, t.across, t.span.rows = true, 1, 0
		if more {
			err = t.attributes()
		}
		if kind == html.SelfClosingTagToken {
			err = errors.Join(err, t.put())
		}
		return false, err
	case "br":
		return false, t.add("\n")
	case "p", "div", "li":
		if !starts {
			return false, t.add("\n")
		}
	}
	return false, nil
}

// attributes reads how far a cell extends, and in which column it is.
func (t *tables) attributes() error {
	for more := true; more; {
		var key, value []byte
		key, value, more = t.tokens.TagAttr()
		n, err := strconv.Atoi(string(value))
		if err != nil || n < 0 {
			continue
		}
		switch strings.TrimPrefix(string(key), "ss:") {
		case "colspan":
			t.across = max(n, 1)
		case "mergeacross":
			t.across = n + 1
		case "rowspan":
			t.span.rows = max(n-1, 0)
		case "mergedown":
			t.span.rows = n
		case "index":
			if n > MaxColumns {
				return t.limit("a row has more than %d columns", MaxColumns)
			}
			for len(t.cells) < n-1 {
				t.reach()
			}
		}
	}
	return nil
}

// reach adds the cell of a row above that extends into the next column, or a
// blank one.
func (t *tables) reach() (reached bool) {
	column := len(t.cells)
	s, reached := t.down[column]
	if s.rows--; reached && s.rows == 0 {
		delete(t.down, column)
	} else if reached {
		t.down[column] = s
	}
	t.cells = append(t.cells, cell{text: s.text, offset: column + 1, merged: merged{upper: reached}})
	return reached
}

// put ends the open cell.
func (t *tables) put() error {
	if !t.inCell {
		return nil
	}
	t.inCell = false
	for {
		if _, ok := t.down[len(t.cells)]; !ok {
			break
		}
		t.reach()
	}
	if len(t.cells)+t.across > MaxColumns {
		return t.limit("a row has more than %d columns", MaxColumns)
	}
	text := strings.TrimSpace(t.text.String())
	t.text.Reset()
	t.filled = t.filled || text != ""
	if t.span.text = text; t.span.rows > 0 {
		t.down[len(t.cells)] = t.span
	}
	t.cells = append(t.cells, cell{text: text, offset: len(t.cells) + 1, merged: merged{columns: int16(t.across)}})
	for range t.across - 1 {
		t.cells = append(t.cells, cell{offset: len(t.cells) + 1})
	}
	return nil
}

// finish ends the open row; the next one has started in a line, or not.
func (t *tables) finish(rec *Record, next int) []cell {
	last := -1
	for column := range t.down {
		last = max(last, column)
	}
	for len(t.cells) <= last {
		t.reach()
	}
	rec.Line, rec.Blank, rec.gap = t.started, !t.filled, t.begins
	t.started, t.filled, t.begins = next, false, false
	cells := t.cells
	t.cells = nil
	return cells
}
