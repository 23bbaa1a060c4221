package resolve

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"liantu/hanzi"
)

// Fold returns a name in the form in which its parts are searched: Unicode
// normal form KC, lower case, simplified characters, all brackets round, no
// punctuation but &, + and *, and no spaces but single ones between words of
// Latin letters. Fold is idempotent.
func Fold(name string) string {
	if isFolded(name) {
		return name
	}
	for range 4 {
		next := foldStep(name)
		if next == name {
			break
		}
		name = next
	}
	return name
}

// isFolded reports whether a name has only characters that stay as they are
// whatever stands beside them. Most names have no others and take one pass.
func isFolded(name string) bool {
	for _, r := range name {
		switch {
		case r >= 0x4E00 && r <= 0x9FFF && hanzi.IsSimple(r), r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '(', r == ')':
		default:
			return false
		}
	}
	return true
}

// foldStep folds once; lower case can undo the normal form of rare letters,
// hence the repetition in Fold.
func foldStep(name string) string {
	name = hanzi.Simplify(norm.NFKC.String(strings.ToLower(norm.NFKC.String(name))))
	var b strings.Builder
	b.Grow(len(name))
	var last rune
	gap := false
	for _, r := range name {
		r = bracket(r)
		if r == '\'' || r == '’' || r == '‘' {
			continue // Xi'an is one word
		}
		if isGap(r) {
			gap = true
			continue
		}
		if gap && isWordRune(last) && isWordRune(r) {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// bracket turns all other brackets into round ones.
func bracket(r rune) rune {
	switch r {
	case '[', '【', '〔', '{', '〖', '﹝':
		return '('
	case ']', '】', '〕', '}', '〗', '﹞':
		return ')'
	}
	return r
}

func isGap(r rune) bool {
	switch r {
	case '(', ')', '&', '+', '*':
		return false
	}
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.In(r, unicode.Cf, unicode.Cc)
}

// isWordRune reports whether r belongs to a word that is separated by spaces: a
// letter of an alphabet or a digit.
func isWordRune(r rune) bool { return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !isHan(r) }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// isForeign reports whether a text has letters and none of them is Chinese.
func isForeign(text string) bool {
	letters := false
	for _, r := range text {
		if isHan(r) {
			return false
		}
		letters = letters || unicode.IsLetter(r)
	}
	return letters
}
