package rows

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"liantu/message"
)

// The kinds of JSON values, by the character with which they start.
const (
	jsonNull   = 'n'
	jsonBool   = 't'
	jsonNumber = '0'
	jsonString = '"'
	jsonList   = '['
	jsonObject = '{'
)

// jsonValue is one value of a JSON text.
type jsonValue struct {
	kind   byte
	name   string // of a member of an object
	offset int    // of the value in the text
	text   string // of a plain value: the string, the number as written, true or false
	kids   []jsonValue
}

// jsonError is an error at an offset.
type jsonError struct {
	offset int
	cause  error
	reason message.Text
}

func (f *jsonError) Error() string { return f.reason.String() }

// parseJSON reads a text that is one JSON value, strictly by RFC 8259, and
// refuses an object that has one name twice. The error is a *jsonError.
func parseJSON(text []byte) (jsonValue, error) {
	p := &jsonParser{text: text}
	v, err := p.value(0)
	if err != nil {
		return v, err
	}
	p.skip()
	if p.at < len(text) {
		return v, p.fail("%s after the end of the JSON value", p.here())
	}
	return v, nil
}

// jsonParser walks through a text. It refuses to nest deeper than MaxDepth or to
// read more than MaxValues.
type jsonParser struct {
	text   []byte
	at     int
	values int // read so far
}

func (p *jsonParser) fail(format string, args ...any) error {
	return &jsonError{p.at, ErrJSON, message.New(format, args...)}
}

// here quotes the text at the current position.
func (p *jsonParser) here() message.Text {
	if p.at >= len(p.text) {
		return message.New("end of text")
	}
	r, _ := utf8.DecodeRune(p.text[p.at:])
	return message.New("%s", strconv.QuoteRune(r))
}

func (p *jsonParser) skip() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *jsonParser) value(depth int) (jsonValue, error) {
	p.skip()
	v := jsonValue{offset: p.at}
	if depth > MaxDepth {
		return v, &jsonError{p.at, ErrTooLong, message.New("JSON is nested deeper than %d", MaxDepth)}
	}
	if p.values++; p.values > MaxValues {
		return v, &jsonError{p.at, ErrTooLong, message.New("JSON has more than %d values; use JSON lines", MaxValues)}
	}
	if p.at == len(p.text) {
		return v, p.fail("JSON value is missing at the end of text")
	}
	var err error
	switch c := p.text[p.at]; {
	case c == '{':
		v.kind = jsonObject
		v.kids, err = p.object(depth)
	case c == '[':
		v.kind = jsonList
		v.kids, err = p.list(depth)
	case c == '"':
		v.kind = jsonString
		v.text, err = p.str()
	case c == '-' || c >= '0' && c <= '9':
		v.kind = jsonNumber
		v.text, err = p.number()
	default:
		v.kind, v.text, err = p.word()
	}
	return v, err
}

func (p *jsonParser) word() (byte, string, error) {
	for _, w := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(p.text[p.at:], []byte(w)) {
			p.at += len(w)
			if w == "null" {
				return jsonNull, "", nil
			}
			return jsonBool, w, nil
		}
	}
	return 0, "", p.fail("%s where a JSON value should start", p.here())
}

func (p *jsonParser) list(depth int) ([]jsonValue, error) {
	var kids []jsonValue
	p.at++
	p.skip()
	if p.at < len(p.text) && p.text[p.at] == ']' {
		p.at++
		return nil, nil
	}
	for {
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		kids = append(kids, v)
		if more, err := p.more(']'); !more {
			return kids, err
		}
	}
}

func (p *jsonParser) object(depth int) ([]jsonValue, error) {
	var kids []jsonValue
	p.at++
	p.skip()
	if p.at < len(p.text) && p.text[p.at] == '}' {
		p.at++
		return nil, nil
	}
	seen := names{}
	for {
		p.skip()
		if p.at == len(p.text) || p.text[p.at] != '"' {
			return nil, p.fail("%s where a name in quotes should start", p.here())
		}
		start := p.at
		name, err := p.str()
		if err != nil {
			return nil, err
		}
		if seen.add(name, kids) {
			return nil, &jsonError{start, ErrDuplicate, message.New("object has the name %q twice", name)}
		}
		p.skip()
		if p.at == len(p.text) || p.text[p.at] != ':' {
			return nil, p.fail("%s where a colon should stand after the name %q", p.here(), name)
		}
		p.at++
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		v.name = name
		kids = append(kids, v)
		if more, err := p.more('}'); !more {
			return kids, err
		}
	}
}

// names stores the names of an object. A few are compared one by one.
type names map[string]bool

const fewNames = 16

// add reports whether the name is known already.
func (n *names) add(name string, kids []jsonValue) bool {
	if len(kids) < fewNames {
		for i := range kids {
			if kids[i].name == name {
				return true
			}
		}
		return false
	}
	if len(*n) == 0 {
		for i := range kids {
			(*n)[kids[i].name] = true
		}
	}
	known := (*n)[name]
	(*n)[name] = true
	return known
}

// more reads a comma, or the end of a list or an object.
func (p *jsonParser) more(end byte) (bool, error) {
	p.skip()
	if p.at < len(p.text) {
		switch p.text[p.at] {
		case ',':
			p.at++
			return true, nil
		case end:
			p.at++
			return false, nil
		}
	}
	return false, p.fail("%s where a comma or %q should stand", p.here(), string(end))
}

func (p *jsonParser) number() (string, error) {
	start := p.at
	digits := func() bool {
		from := p.at
		for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
			p.at++
		}
		return p.at > from
	}
	if p.text[p.at] == '-' {
		p.at++
	}
	zero := p.at < len(p.text) && p.text[p.at] == '0'
	whole := p.at
	if !digits() || zero && p.at > whole+1 {
		return "", p.fail("faulty number %q", p.text[start:p.at])
	}
	if p.at < len(p.text) && p.text[p.at] == '.' {
		p.at++
		if !digits() {
			return "", p.fail("faulty number %q", p.text[start:p.at])
		}
	}
	if p.at < len(p.text) && p.text[p.at]|0x20 == 'e' {
		p.at++
		if p.at < len(p.text) && (p.text[p.at] == '+' || p.text[p.at] == '-') {
			p.at++
		}
		if !digits() {
			return "", p.fail("faulty number %q", p.text[start:p.at])
		}
	}
	return string(p.text[start:p.at]), nil
}

// str reads a string in quotes.
func (p *jsonParser) str() (string, error) {
	p.at++
	start := p.at
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			s := p.text[start:p.at]
			p.at++
			return string(s), nil
		case c == '\\':
			return p.escaped(start)
		case c < 0x20:
			return "", p.fail("control character %s in a string", p.here())
		}
		p.at++
	}
	return "", p.fail("unterminated string")
}

// escaped reads on in a string from its first backslash.
func (p *jsonParser) escaped(start int) (string, error) {
	s := append([]byte(nil), p.text[start:p.at]...)
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return string(s), nil
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			s = utf8.AppendRune(s, r)
		case c < 0x20:
			return "", p.fail("control character %s in a string", p.here())
		default:
			s = append(s, c)
			p.at++
		}
	}
	return "", p.fail("unterminated string")
}

var jsonEscapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *jsonParser) escape() (rune, error) {
	rest := p.text[p.at:]
	if len(rest) > 1 && rest[1] != 'u' {
		if r, ok := jsonEscapes[rest[1]]; ok {
			p.at += 2
			return r, nil
		}
		return 0, p.fail("unknown escape in a string")
	}
	r, ok := hex4(rest)
	if !ok {
		return 0, p.fail("faulty escape in a string")
	}
	if !utf16.IsSurrogate(r) {
		p.at += 6
		return r, nil
	}
	if low, ok := hex4(rest[6:]); ok {
		if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
			p.at += 12
			return r, nil
		}
	}
	return 0, p.fail("half a surrogate pair in a string")
}

// hex4 reads \uXXXX at the start of a text.
func hex4(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}
