package rows

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"liantu/message"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// encodings are the encodings that may be declared, by name.
var encodings = map[string]string{
	"utf-8": "utf-8", "utf8": "utf-8", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030",
	"utf-16le": "utf-16le", "utf-16": "utf-16le", "unicode": "utf-16le", "utf-16be": "utf-16be",
}

// decoders turn a legacy encoding into UTF-8.
var decoders = map[string]encoding.Encoding{
	"gb18030":  chinese,
	"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// byteOrderMarks override the declared encoding.
var byteOrderMarks = []struct{ mark, encoding string }{
	{"\xef\xbb\xbf", "utf-8"}, {"\x84\x31\x95\x33", "gb18030"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"},
}

// encodingOf decides the encoding by a rule: a byte order mark, else what is
// declared, else UTF-8 if the first bytes are UTF-8 except for single damaged
// ones. It never guesses; the error says what to declare. The declaration may
// come from inside an HTML file.
func encodingOf(head []byte, declared string, more bool) (string, error) {
	known, ok := encodings[strings.ToLower(declared)]
	if declared != "" && !ok {
		return "", &ParseError{Reason: message.New("unknown encoding %q; known are utf-8, gb18030 (also called gbk), utf-16le and utf-16be", declared), Err: ErrEncoding}
	}
	for _, b := range byteOrderMarks {
		if bytes.HasPrefix(head, []byte(b.mark)) {
			return b.encoding, nil
		}
	}
	if ok {
		return known, nil
	}
	if more { // the last character may be cut
		for range utf8.UTFMax - 1 {
			if n := len(head); n > 0 && !utf8.Valid(head) && head[n-1] >= utf8.RuneSelf {
				head = head[:n-1]
			}
		}
	}
	if utf8.Valid(head) {
		if looksUTF16(head) == "" {
			return "utf-8", nil
		}
	} else if mostlyUTF8(head) {
		return "utf-8", nil // the faulty lines will be reported
	}
	return "", &ParseError{Reason: notUTF8(head), Err: ErrEncoding}
}

// mostlyUTF8 reports whether a text is UTF-8 with few damaged places: ten
// characters beyond ASCII for each byte that is wrong, which text of another
// encoding never has.
func mostlyUTF8(head []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			good++
		}
		i += n
	}
	return good > 10*bad
}

// notUTF8 returns what the encoding of a file that is not UTF-8 may be and how to
// declare it.
func notUTF8(head []byte) message.Text {
	if order := looksUTF16(head); order != "" {
		return message.New("the file holds NUL bytes like UTF-16 without a byte order mark; if it is that, load it with --encoding %s", order)
	}
	decoded, err := chinese.NewDecoder().Bytes(head)
	if err == nil && bytes.Count(decoded, []byte("\uFFFD")) <= 1 { // the cut one
		sample := []rune(strings.Join(strings.Fields(string(decoded)), " "))
		return message.New("the file is not UTF-8; read as GB18030 (GBK) it begins %q; if that is right, load it with --encoding gb18030", string(sample[:min(len(sample), 30)]))
	}
	return message.New("the file is neither UTF-8 nor GB18030 (GBK); save it as UTF-8, or load it with --encoding utf-16le, utf-16be or gb18030 to have the faulty lines reported")
}

// looksUTF16 returns the encoding of a text in which every other byte of the
// first characters is NUL, as ASCII has in UTF-16; "" for others.
func looksUTF16(head []byte) string {
	var even, odd int
	for i, c := range head[:min(len(head), 512)] {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch {
	case odd > 2 && odd > 4*even:
		return "utf-16le"
	case even > 2 && even > 4*odd:
		return "utf-16be"
	}
	return ""
}

// decoded returns the text of a file in UTF-8.
func decoded(in io.Reader, name string) io.Reader {
	if e := decoders[name]; e != nil {
		return transform.NewReader(in, e.NewDecoder())
	}
	return in
}
