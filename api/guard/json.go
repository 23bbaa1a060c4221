package guard

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"liantu/message"
)

// JSON holds the limits of the JSON text of a request. Each is the largest value
// that passes.
type JSON struct {
	Depth   int // objects and arrays within each other
	Text    int // bytes of the longest text at the first level: the document
	Members int // members of the objects at the second level, together: the variables
	Member  int // bytes of one of those members, its name included
}

// Body checks the JSON text of a request against the limits before anything is
// decoded: how deep it is, how long the texts of its first level are, one of which
// is the document, and how many and how long the members of the objects below are,
// which hold the variables. Texts with half of a pair of surrogates, which decoders replace
// by U+FFFD, are refused. It goes by position and not by name, so that a name
// that is escaped, repeated or in other case changes nothing. It does not check the
// text otherwise.
func Body(body []byte, limits JSON) *Refusal {
	if !utf8.Valid(body) {
		return &Refusal{Code: CodeEncoding, What: message.New("a body that is not valid UTF-8")}
	}
	j := jsonScan{limits: limits}
	for i := 0; i < len(body); i++ {
		switch c := body[i]; c {
		case '"':
			end := textEnd(body, i)
			if r := j.text(body[i:end], i, end); r != nil {
				return r
			}
			i = end
		case '{', '[':
			if r := j.opened(c, i); r != nil {
				return r
			}
		case '}', ']':
			if r := j.ended(i); r != nil {
				return r
			}
			j.depth--
		case ',':
			if r := j.ended(i); r != nil {
				return r
			}
			if j.depth == 2 {
				j.start = i + 1
			}
		}
	}
	return nil
}

// textEnd returns the position of the quote that closes the text that begins at
// start, the last position when there is none.
func textEnd(body []byte, start int) int {
	for i := start + 1; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(body) - 1
}

// jsonScan follows a JSON text.
type jsonScan struct {
	limits  JSON
	depth   int
	start   int // where the present member of the second level began
	members int
}

func (j *jsonScan) opened(c byte, at int) *Refusal {
	if j.depth++; j.depth > j.limits.Depth {
		return &Refusal{Code: CodeJSONDepth, What: message.New("levels of JSON"), Limit: j.limits.Depth, Offset: at}
	}
	if j.depth == 2 && c == '{' {
		j.start = at + 1
	}
	return nil
}

func (j *jsonScan) text(text []byte, start, end int) *Refusal {
	if loneSurrogate(text) {
		return &Refusal{Code: CodeEncoding, What: message.New("half of a pair of surrogates, which is no character"), Offset: start}
	}
	if j.depth == 1 && end-start-1 > j.limits.Text {
		return &Refusal{Code: CodeBytes, What: message.New("bytes in its document"), Limit: j.limits.Text, Offset: start}
	}
	return nil
}

// ended checks a member of the second level at the comma or bracket that ends it.
func (j *jsonScan) ended(at int) *Refusal {
	if j.depth != 2 {
		return nil
	}
	if j.members++; j.members > j.limits.Members {
		return &Refusal{Code: CodeVariables, What: message.New("variables"), Limit: j.limits.Members, Offset: at}
	}
	if at-j.start > j.limits.Member {
		return &Refusal{Code: CodeVariableBytes, What: message.New("bytes in one variable"), Limit: j.limits.Member, Offset: at}
	}
	return nil
}

// loneSurrogate reports whether a text of JSON has an escape from \ud800 to \udfff
// without the other half of its pair.
func loneSurrogate(text []byte) bool {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		r := escaped(text[i:])
		switch {
		case !utf16.IsSurrogate(r):
			i++ // the character after the backslash is no backslash of its own
		case utf16.DecodeRune(r, escaped(text[i+6:])) == utf8.RuneError:
			return true
		default:
			i += 11
		}
	}
	return false
}

// escaped is the number in an escape of four digits at the beginning of a text, else 0.
func escaped(text []byte) rune {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(n)
}
