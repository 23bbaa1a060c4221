package guard

import (
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
// which hold the variables. It goes by position and not by name, so that a name
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
			if r := j.text(i, end); r != nil {
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

func (j *jsonScan) text(start, end int) *Refusal {
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
