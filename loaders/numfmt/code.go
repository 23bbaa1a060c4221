package numfmt

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is an element of the code of a format.
type token struct {
	kind kind
	text string // of a mark of text or a date, and of a placeholder 0, # or ?
	when *condition
}

type kind uint8

const (
	mark     kind = iota // text that is shown as it stands
	digit                // a placeholder
	point                // of decimals
	comma                // of thousands, or a division by 1,000
	percent              // the sign, which multiplies by 100
	exponent             // of a scientific form
	fraction             // the bar of one
	general              // the number as it is
	text                 // the text of the cell
	date                 // a part of a date or a time
	when                 // a condition
)

// split returns the tokens of each section of a code.
func split(code string) [][]token {
	sections := [][]token{nil}
	for code != "" {
		if code[0] == ';' {
			sections, code = append(sections, nil), code[1:]
			continue
		}
		t, n := next(code)
		code = code[n:]
		if t.kind == mark && t.text == "" {
			continue
		}
		last := &sections[len(sections)-1]
		*last = append(*last, t)
	}
	return sections
}

// next reads the token at the beginning of a code and returns its length. A token
// without an influence on what is read is an empty mark.
func next(code string) (token, int) {
	r, size := utf8.DecodeRuneInString(code)
	switch r {
	case '"':
		end := strings.IndexByte(code[1:], '"')
		if end < 0 {
			return token{text: code[1:]}, len(code)
		}
		return token{text: code[1 : 1+end]}, end + 2
	case '\\', '!': // Excel in Chinese and Japanese writes the latter
		_, n := utf8.DecodeRuneInString(code[1:])
		return token{text: code[1 : 1+n]}, 1 + n
	case '_', '*': // a space of the width of the next character, or as many as fit
		_, n := utf8.DecodeRuneInString(code[1:])
		return token{}, 1 + n
	case '[':
		if end := strings.IndexByte(code, ']'); end > 0 {
			return bracket(code[1:end]), end + 1
		}
	case '0', '#', '?':
		return token{digit, code[:1], nil}, 1
	case '.':
		return token{point, ".", nil}, 1
	case ',':
		return token{comma, ",", nil}, 1
	case '%':
		return token{percent, "%", nil}, 1
	case '/':
		return token{fraction, "/", nil}, 1
	case '@':
		return token{text, "", nil}, 1
	}
	return word(code, size)
}

// words are the parts of a code that are more than one character, and what they are.
var words = []struct {
	text string
	kind kind
}{
	{"general", general},
	{"g/通用格式", general},
	{"am/pm", date},
	{"a/p", date},
	{"上午/下午", date},
	{"e+", exponent},
	{"e-", exponent},
}

// minWeekday is the least length of a weekday, aaa or aaaa.
const minWeekday = 3

// word reads a word or a letter of a date, else one character that is shown.
func word(code string, size int) (token, int) {
	for _, w := range words {
		if len(code) >= len(w.text) && strings.EqualFold(code[:len(w.text)], w.text) {
			return token{w.kind, "", nil}, len(w.text)
		}
	}
	if letter := code[0] | 0x20; strings.IndexByte("ymdhsbgea", letter) >= 0 && size == 1 {
		n := 1
		for n < len(code) && code[n]|0x20 == letter {
			n++
		}
		if letter != 'a' || n >= minWeekday {
			return token{date, code[:n], nil}, n
		}
	}
	return token{text: code[:size]}, size
}

// bracket reads what stands in brackets: a condition, a currency, the hours of a
// duration; colours, languages and the forms of numerals have no influence.
func bracket(inside string) token {
	lower := strings.ToLower(inside)
	switch {
	case inside == "":
		return token{}
	case inside[0] == '$':
		symbol, _, _ := strings.Cut(inside[1:], "-")
		return token{text: symbol}
	case strings.ContainsRune("<>=", rune(inside[0])):
		operator := inside[:1]
		if len(inside) > 1 && strings.ContainsRune(">=", rune(inside[1])) {
			operator = inside[:2]
		}
		if limit, err := strconv.ParseFloat(strings.TrimSpace(inside[len(operator):]), 64); err == nil {
			return token{kind: when, when: &condition{operator, limit}}
		}
	case strings.Trim(lower, "h") == "", strings.Trim(lower, "m") == "", strings.Trim(lower, "s") == "":
		return token{date, "[" + inside, nil}
	}
	return token{}
}

// newSection finds out what the tokens of a section show.
func newSection(tokens []token) section {
	s := section{tokens: tokens, form: literal}
	seconds := false // a part of a date stands before, where digits are parts of a second
	for i, t := range tokens {
		switch {
		case t.kind == when:
			s.when = t.when
		case t.kind == general || t.kind == digit && !seconds:
			s.form = number
		case t.kind == date && s.form == literal:
			s.form = clock
		}
		seconds = t.kind == point && i > 0 && tokens[i-1].kind == date || seconds && t.kind == digit
	}
	switch s.form {
	case number:
		s.measure()
	case clock:
		s.form, s.precision = precisionOf(tokens)
	}
	if s.form != number || s.has(general) {
		s.before, s.after = s.around()
		s.zero = true
	}
	return s
}

func (s *section) has(k kind) bool {
	for i := range s.tokens {
		if s.tokens[i].kind == k {
			return true
		}
	}
	return false
}

// isShown reports whether a token stands for the value itself.
func (t *token) isShown() bool { return t.kind == digit || t.kind == general || t.kind == text }

// around returns the marks before and behind what stands for the value.
func (s *section) around() (before, after string) {
	seen := false
	for i := range s.tokens {
		switch t := &s.tokens[i]; {
		case t.isShown():
			seen = true
		case t.kind != mark && t.kind != percent && (t.kind != date || s.form != number): // a letter among digits is none of a date
		case seen:
			after += t.text
		default:
			before += t.text
		}
	}
	return strings.TrimSpace(before), strings.TrimSpace(after)
}

// measure finds the digits of a section for numbers and what stands around and
// between them.
func (s *section) measure() {
	first, last := -1, -1
	for i := range s.tokens {
		if s.tokens[i].isShown() {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	s.before, _ = s.around()
	behind := section{form: number, tokens: s.tokens[last+1:]}
	s.after, _ = behind.around()
	for i := last + 1; i < len(s.tokens) && s.tokens[i].kind == comma; i++ {
		s.places -= 3
	}
	for i := range s.tokens {
		if s.tokens[i].kind == percent {
			s.places += 2
		}
	}
	if s.has(exponent) || s.has(fraction) || s.has(general) {
		s.zero = true
		return
	}
	if first > 0 && s.tokens[first-1].kind == point {
		first--
	}
	s.countDigits(s.tokens[first : last+1])
}

// countDigits counts the placeholders between the first and the last. A point that
// is a mark, as in 0!.0, moves the point of the number: the digits behind it are
// decimals for who sees them.
func (s *section) countDigits(tokens []token) {
	decimals, moved := false, -1
	for _, t := range tokens {
		switch t.kind {
		case point:
			decimals = true
		case digit:
			if moved >= 0 {
				moved++
			}
			s.zero = s.zero || t.text == "0"
			switch {
			case t.text != "0":
			case decimals:
				s.decimals++
			default:
				s.whole++
			}
		case mark:
			if t.text == "." && !decimals && moved < 0 {
				moved = 0
				continue
			}
			s.placed = true
		}
	}
	if moved >= 0 && !s.placed {
		s.places, s.whole = s.places-moved, 1
	} else if moved >= 0 {
		s.placed = true
	}
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("√×✓✔✗✘", r)
}
