package rows

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"liantu/message"
)

// lineReader splits text into lines of limited length. Lines can be put back.
type lineReader struct {
	in     *bufio.Reader
	legacy bool   // the text was decoded; U+FFFD stands where that failed
	number int    // of the line last read from in
	back   []line // lines to be read again, next one last
}

// bom marks the byte order at the start of a file and is not part of its text.
const bom = "\uFEFF"

// line is one line without its end.
type line struct {
	number int
	text   []byte
	ended  bool // it has a line end; the last line of a file may lack it
	cut    bool // it was longer than MaxRecord and holds only its beginning
	legacy bool // as of its reader
}

func newLineReader(r io.Reader, legacy bool) *lineReader {
	in := bufio.NewReaderSize(r, 64<<10)
	if head, _ := in.Peek(in.Size()); endsInReturns(head) { // an error returns when it is reached
		in = bufio.NewReaderSize(&returns{in: in}, in.Size())
	}
	return &lineReader{in: in, legacy: legacy}
}

// endsInReturns reports whether the lines of a text end in carriage returns alone,
// as Excel for Mac writes them: more of them than line feeds are outside quotes.
func endsInReturns(text []byte) bool {
	if bytes.IndexByte(text, '\r') < 0 {
		return false
	}
	alone, feeds, quoted := 0, 0, false
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			feeds++
		case c == '\r' && (i+1 == len(text) || text[i+1] != '\n' && text[i+1] != '\r'):
			alone++
		}
	}
	return alone > feeds
}

// returns reads a text with every line end as a line feed.
type returns struct {
	in    io.Reader
	after bool // the last byte was a carriage return
}

func (r *returns) Read(p []byte) (int, error) {
	for {
		n, err := r.in.Read(p)
		out := p[:0]
		for _, c := range p[:n] {
			switch {
			case c == '\r':
				out = append(out, '\n')
			case c != '\n' || !r.after:
				out = append(out, c)
			}
			r.after = c == '\r'
		}
		if len(out) > 0 || err != nil || len(p) == 0 {
			return len(out), err
		}
	}
}

// read returns the next line, or io.EOF. The text belongs to the caller.
func (r *lineReader) read() (line, error) {
	if n := len(r.back); n > 0 {
		l := r.back[n-1]
		r.back = r.back[:n-1]
		return l, nil
	}
	var l line
	for {
		part, err := r.in.ReadSlice('\n')
		if room := MaxRecord - len(l.text); len(part) > room {
			part = part[:room]
			l.cut = true
		}
		l.text = append(l.text, part...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (!errors.Is(err, io.EOF) || len(l.text) == 0) {
			return line{}, err
		}
		r.number++
		l.number, l.legacy = r.number, r.legacy
		if text, ok := bytes.CutSuffix(l.text, []byte("\n")); ok {
			l.text, l.ended = text, true
		}
		l.text = bytes.TrimSuffix(l.text, []byte("\r"))
		if l.number == 1 {
			l.text = bytes.TrimPrefix(l.text, []byte(bom))
		}
		return l, nil
	}
}

// putBack makes the lines, in this order, the next to be read.
func (r *lineReader) putBack(lines ...line) {
	for i := len(lines) - 1; i >= 0; i-- {
		r.back = append(r.back, lines[i])
	}
}

// peek returns the first lines that are not blank, at most n, together with
// the blank ones between them, and puts all of them back.
func (r *lineReader) peek(n int) ([]line, error) {
	var all, full []line
	for len(full) < n && len(all) < MaxLines {
		l, err := r.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		all = append(all, l)
		if len(bytes.TrimSpace(l.text)) > 0 {
			full = append(full, l)
		}
	}
	r.putBack(all...)
	return full, nil
}

// jsonFormat distinguishes JSON lines from a JSON document.
func jsonFormat(lines *lineReader) (string, error) {
	full, err := lines.peek(2)
	if err != nil {
		return "", err
	}
	if len(full) == 0 {
		return "", &ParseError{Reason: message.New("the file is empty"), Err: ErrEmpty}
	}
	first := strings.TrimSpace(string(full[0].text))
	if !strings.HasPrefix(first, "{") {
		return "json", nil
	}
	if len(full) == 1 {
		return "json", nil
	}
	if _, err := parseJSON(full[0].text); err == nil || bytes.HasPrefix(full[1].text, []byte("{")) {
		return "jsonl", nil
	}
	return "json", nil
}
