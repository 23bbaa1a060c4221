package guard

import "unicode/utf8"

// kind is the lexical class of a token.
type kind uint8

const (
	end     kind = iota // the end of the document
	name                // a name or keyword
	number              // an Int or Float
	text                // a string or block string
	joined              // a block string with a quote behind it
	spread              // ...
	punct               // any other punctuator; token.char says which
	illegal             // no token of GraphQL
)

// token is one lexical token; its text is document[start:end].
type token struct {
	kind       kind
	char       byte // the character of a punctuator, or the offending one
	start, end int
}

// scanner splits a document into tokens. It uses no stack and allocates nothing;
// its work is linear in the bytes that it reads.
type scanner struct {
	doc string
	pos int
}

// next returns the next token; after the last it always returns end.
func (s *scanner) next() token {
	s.skipIgnored()
	if s.pos >= len(s.doc) {
		return token{kind: end, start: len(s.doc), end: len(s.doc)}
	}
	start := s.pos
	c := s.doc[start]
	switch {
	case isNameStart(c):
		s.pos = skipWhile(s.doc, start+1, isNamePart)
		return token{kind: name, start: start, end: s.pos}
	case c == '-' || isDigit(c):
		s.pos = skipWhile(s.doc, start+1, isNumberPart)
		return token{kind: number, start: start, end: s.pos}
	case c == '"':
		return s.text(start)
	case c == '.':
		if len(s.doc)-start >= 3 && s.doc[start:start+3] == "..." {
			s.pos = start + 3
			return token{kind: spread, start: start, end: s.pos}
		}
	case isPunctuator(c):
		s.pos = start + 1
		return token{kind: punct, char: c, start: start, end: s.pos}
	}
	_, size := utf8.DecodeRuneInString(s.doc[start:])
	s.pos = start + size
	return token{kind: illegal, char: c, start: start, end: s.pos}
}

// skipIgnored skips white space, commas, comments and a byte order mark.
func (s *scanner) skipIgnored() {
	const mark = "\ufeff"
	for s.pos < len(s.doc) {
		switch c := s.doc[s.pos]; c {
		case ' ', '\t', '\n', '\r', ',':
			s.pos++
		case '#':
			for s.pos < len(s.doc) && s.doc[s.pos] != '\n' && s.doc[s.pos] != '\r' {
				s.pos++
			}
		case mark[0]:
			if len(s.doc)-s.pos < len(mark) || s.doc[s.pos:s.pos+len(mark)] != mark {
				return
			}
			s.pos += len(mark)
		default:
			return
		}
	}
}

// text reads a string or a block string that begins at start. A string that is not
// closed is illegal.
func (s *scanner) text(start int) token {
	if len(s.doc)-start >= 3 && s.doc[start:start+3] == `"""` {
		for i := start + 3; i < len(s.doc); i++ {
			switch {
			case s.doc[i] == '\\' && hasAt(s.doc, i+1, `"""`):
				i += 3
			case hasAt(s.doc, i, `""""`):
				s.pos = i + 3
				return token{kind: joined, start: start, end: s.pos}
			case hasAt(s.doc, i, `"""`):
				s.pos = i + 3
				return token{kind: text, start: start, end: s.pos}
			}
		}
		s.pos = len(s.doc)
		return token{kind: illegal, char: '"', start: start, end: s.pos}
	}
	for i := start + 1; i < len(s.doc); i++ {
		switch s.doc[i] {
		case '\\':
			i++
		case '"':
			s.pos = i + 1
			return token{kind: text, start: start, end: s.pos}
		case '\n', '\r':
			s.pos = i
			return token{kind: illegal, char: '"', start: start, end: s.pos}
		}
	}
	s.pos = len(s.doc)
	return token{kind: illegal, char: '"', start: start, end: s.pos}
}

func hasAt(doc string, i int, want string) bool {
	return i+len(want) <= len(doc) && doc[i:i+len(want)] == want
}

func skipWhile(doc string, i int, ok func(byte) bool) int {
	for i < len(doc) && ok(doc[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool     { return '0' <= c && c <= '9' }
func isNameStart(c byte) bool { return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isNamePart(c byte) bool  { return isNameStart(c) || isDigit(c) }

func isNumberPart(c byte) bool {
	return isDigit(c) || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-'
}

func isPunctuator(c byte) bool {
	switch c {
	case '!', '$', '&', '(', ')', ':', '=', '@', '[', ']', '{', '|', '}':
		return true
	}
	return false
}
