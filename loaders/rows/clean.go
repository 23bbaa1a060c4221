package rows

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/message"
)

// cleaned returns the text of a cell as a spreadsheet shows it: without invisible
// characters and without what guards a text from being read as a number or a
// formula, ="…" or a leading apostrophe. A text without these is returned as it is.
func cleaned(text string) string {
	for text = visible(text); text != ""; { // a guard may stand in another one
		inner := text
		switch {
		case text[0] == '=':
			inner = unguarded(text)
		case text[0] == '\'' && isGuarded(text[1:]):
			inner = text[1:]
		}
		if len(inner) == len(text) {
			break
		}
		text = inner
	}
	return text
}

// unguarded returns the text of a guard ="…", in which quotation marks are doubled.
// Other formulas, such as ="a"&"b", are returned as they are.
func unguarded(text string) string {
	end := guardEnd([]byte(text))
	if end == 0 || strings.TrimSpace(text[end:]) != "" {
		return text
	}
	return strings.ReplaceAll(text[len(guard):end-1], `""`, `"`)
}

const guard = `="`

// guardEnd returns the length of the guard ="…" at the start of a text, 0 if
// there is none or its closing quotation mark is missing.
func guardEnd(text []byte) int {
	if len(text) < len(guard) || string(text[:len(guard)]) != guard {
		return 0
	}
	for i := len(guard); i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 == len(text) || text[i+1] != '"' {
			return i + 1
		}
		i++
	}
	return 0
}

// isGuarded reports whether an apostrophe before a text is the guard of a
// spreadsheet: the text begins with a digit or a Chinese character, or is a code
// of capitals and digits, and holds no apostrophe that would close the first. The
// apostrophe of 's-Hertogenbosch is a letter of the name. That before a sign such as = is
// removed where values are read.
func isGuarded(text string) bool {
	if strings.IndexByte(text, '\'') >= 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	return first >= '0' && first <= '9' || unicode.Is(unicode.Han, first) || isCode(text)
}

func isCode(text string) bool {
	digits := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case (c < 'A' || c > 'Z') && c != '-' && c != '.':
			return false
		}
	}
	return digits > 0
}

// visible returns a text without characters that nobody sees: soft hyphens, spaces
// and joiners without width, marks of direction, and marks of byte order.
func visible(text string) string {
	for i := 0; i < len(text); {
		switch c := text[i]; { // by the length of the character, for speed
		case c < utf8.RuneSelf:
			i++
		case c < 0xE0:
			if c == 0xC2 && invisibleAt(text[i:]) > 0 {
				return removed(text, i)
			}
			i += 2
		case c < 0xF0:
			if (c == 0xE2 || c == 0xEF) && invisibleAt(text[i:]) > 0 {
				return removed(text, i)
			}
			i += 3
		default:
			i += 4
		}
	}
	return text
}

// removed returns a text without its invisible characters, of which the first is
// at an offset.
func removed(text string, first int) string {
	var b strings.Builder
	b.WriteString(text[:first])
	for i := first; i < len(text); {
		if n := invisibleAt(text[i:]); n > 0 {
			i += n
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// invisibleAt returns the length of the invisible character at the start of a text,
// 0 for any other: U+00AD, U+200B to 200F, U+202A to 202E, U+2060 and U+FEFF.
func invisibleAt(text string) int {
	switch {
	case len(text) >= 2 && text[:2] == "\u00AD":
		return 2
	case len(text) < 3:
		return 0
	case text[:2] == "\xE2\x80" && (text[2] >= 0x8B && text[2] <= 0x8F || text[2] >= 0xAA && text[2] <= 0xAE),
		text[:3] == "\u2060", text[:3] == bom:
		return 3
	}
	return 0
}

// pure reads the next row of the source and cleans its cells. A row of which
// nothing is visible is blank.
func (g *grid) pure(rec *Record) ([]cell, error) {
	cells, err := g.read(rec)
	changed := false
	for i := range cells {
		c := &cells[i]
		if text := cleaned(c.text); len(text) < len(c.text) {
			c.text, changed = text, true
		}
	}
	if changed && rec.Err == nil {
		rec.Blank = blank(cells)
	}
	if g.blanks++; !rec.Blank {
		g.blanks = 0
	}
	if err == nil && g.blanks > MaxBlank {
		return nil, &ParseError{Line: rec.Line, Reason: message.New("more than %d blank rows follow one another; the rest is not read", MaxBlank), Err: ErrLimit}
	}
	return cells, err
}
