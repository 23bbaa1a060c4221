package rows

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"liantu/message"
)

// table reads CSV by RFC 4180: fields divided by a separator; quoted ones may
// hold the separator, line ends and doubled quotes.
type table struct {
	lines  *lineReader
	mark   byte
	fields []cell
	held   []line // the lines of the record being read
}

// newTable finds the separator of the fields. A first line such as sep=; states
// it.
func newTable(lines *lineReader, format string) (*table, error) {
	t := &table{lines: lines, mark: ','}
	full, err := lines.peek(maxAhead)
	if err != nil {
		return nil, err
	}
	if len(full) == 0 {
		return nil, &ParseError{Reason: message.New("the file is empty"), Err: ErrEmpty}
	}
	if mark, ok := bytes.CutPrefix(full[0].text, []byte("sep=")); ok && len(mark) == 1 && full[0].number == 1 {
		_, err := lines.read()
		t.mark = mark[0]
		return t, err
	}
	if format == "tsv" {
		t.mark = '\t'
		return t, nil
	}
	for _, l := range full { // a line of one field, such as a title, does not count
		mark, n := markOf(l.text)
		if n > 0 {
			t.mark = mark
			break
		}
	}
	return t, nil
}

// markOf finds the separator of the fields of a line, and how often it occurs.
func markOf(text []byte) (best byte, most int) {
	best = ','
	for _, mark := range []byte(",\t;|") {
		quoted, n := false, 0
		for _, c := range text {
			switch {
			case c == '"':
				quoted = !quoted
			case c == mark && !quoted:
				n++
			}
		}
		if n > most {
			best, most = mark, n
		}
	}
	return best, most
}

// read reads the cells of the next record. A record that cannot be read ends with
// its first line; the lines after it are read as further records.
func (t *table) read(rec *Record) ([]cell, error) {
	l, err := t.lines.read()
	if err != nil {
		return nil, err
	}
	rec.Line = l.number
	t.held = append(t.held[:0], l)
	t.fields = t.fields[:0]
	text := l.text
	rec.locate = newLocator(text, l.number)
	if rec.Err = checkText(l, rec.locate); rec.Err != nil {
		return nil, nil
	}
	for at := 0; ; {
		if at < len(text) && text[at] == '"' {
			if text, at, err = t.quoted(rec, text, at); err != nil {
				return nil, err
			}
			if rec.Err != nil {
				t.lines.putBack(t.held[1:]...)
				return nil, nil
			}
		} else if at = t.plain(rec, text, at); rec.Err != nil {
			t.lines.putBack(t.held[1:]...)
			return nil, nil
		}
		if at == len(text) {
			break
		}
		at++ // the separator
	}
	rec.Blank = blank(t.fields)
	return t.fields, nil
}

// plain reads a field without quotes, or one guarded by ="…", and returns the
// offset of its end.
func (t *table) plain(rec *Record, text []byte, at int) int {
	end := bytes.IndexByte(text[at:], t.mark)
	if end < 0 {
		end = len(text)
	} else {
		end += at
	}
	if n := guardEnd(text[at:]); n > 0 && (at+n == len(text) || text[at+n] == t.mark) {
		end = at + n
	} else if i := bytes.IndexByte(text[at:end], '"'); i >= 0 {
		rec.fail(at+i, ErrQuote, message.New("quotation mark in a field that does not start with one"))
	}
	t.fields = append(t.fields, cell{text: string(text[at:end]), offset: at})
	return end
}

// quoted reads a field in quotes, which may span lines, and returns the text of
// the record so far and the offset of the field's end in it.
func (t *table) quoted(rec *Record, text []byte, at int) ([]byte, int, error) {
	start := at
	var value []byte
	for at++; ; {
		i := bytes.IndexByte(text[at:], '"')
		if i < 0 {
			value = append(value, text[at:]...)
			at = len(text)
			more, err := t.another(rec, text, start)
			if err != nil || rec.Err != nil {
				return text, at, err
			}
			value = append(value, '\n')
			text = more
			at++
			continue
		}
		value = append(value, text[at:at+i]...)
		at += i + 1
		switch {
		case at < len(text) && text[at] == '"':
			value = append(value, '"')
			at++
		case at == len(text) || text[at] == t.mark:
			t.fields = append(t.fields, cell{text: string(value), offset: start})
			return text, at, nil
		default:
			rec.fail(at-1, ErrQuote, message.New("quotation mark inside a quoted field; double it"))
			return text, at, nil
		}
	}
}

// another appends the next line to the text of a record.
func (t *table) another(rec *Record, text []byte, start int) ([]byte, error) {
	last := t.held[len(t.held)-1]
	if !last.ended {
		rec.fail(start, ErrQuote, message.New("unterminated quoted field"))
		return text, nil
	}
	l, err := t.lines.read()
	if errors.Is(err, io.EOF) {
		rec.fail(start, ErrQuote, message.New("unterminated quoted field"))
		return text, nil
	}
	if err != nil {
		return text, err
	}
	t.held = append(t.held, l)
	if len(t.held) > MaxLines || len(text)+len(l.text) >= MaxRecord {
		rec.fail(start, ErrTooLong, message.New("quoted field is longer than %d lines or %d bytes", MaxLines, MaxRecord))
		return text, nil
	}
	text = append(append(text, '\n'), l.text...)
	rec.locate = newLocator(text, rec.Line)
	rec.Err = checkText(l, newLocator(l.text, l.number))
	return text, nil
}

// fail sets the error of the record, at an offset in its text.
func (r *Record) fail(offset int, cause error, reason message.Text) {
	if r.Err == nil {
		line, column := r.locate.at(offset)
		r.Err = &ParseError{Line: line, Column: column, Reason: reason, Err: cause}
	}
}

// checkText refuses a line that is too long or not text.
func checkText(l line, at *locator) *ParseError {
	fail := func(offset int, cause error, reason message.Text) *ParseError {
		line, column := at.at(offset)
		return &ParseError{Line: line, Column: column, Reason: reason, Err: cause}
	}
	if l.cut {
		return &ParseError{Line: l.number, Reason: message.New("line is longer than %d bytes", MaxRecord), Err: ErrTooLong}
	}
	if i := bytes.IndexByte(l.text, 0); i >= 0 {
		return fail(i, ErrText, message.New("line holds a NUL byte"))
	}
	if utf8.Valid(l.text) && !l.legacy {
		return nil
	}
	for i := 0; i < len(l.text); {
		r, n := utf8.DecodeRune(l.text[i:])
		if r == utf8.RuneError && (n == 1 || l.legacy) {
			return fail(i, ErrText, message.New("line holds bytes that are not valid in the encoding of the file"))
		}
		i += n
	}
	return nil
}
