package schema

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"liantu/hanzi"
)

// NormalName returns a name in the form in which names are compared and made
// into keys: Unicode normal form KC, lower case, without brackets, spaces and
// punctuation, so that 阿里巴巴（中国）有限公司, 阿里巴巴(中国)有限公司 and
// 阿里巴巴 (中国) 有限公司 are one. Between two digits one mark stays,
// because 1,3-丁二烯 and 13-丁二烯 differ. A name of nothing but punctuation
// stays as it is. NormalName is idempotent.
func NormalName(name string) string {
	for range 4 {
		if isPlain(name) {
			break
		}
		next := normalStep(name)
		if next == name {
			break
		}
		name = next
	}
	return name
}

// SimplifiedName returns a name as [NormalName] does, in simplified characters. Names
// are searched in this form, but no key is made of it: 廣東電子 and 广东电子 may be two
// companies.
func SimplifiedName(name string) string { return NormalName(hanzi.Simplify(name)) }

// isPlain reports whether a name has only characters that stay as they are
// whatever stands beside them: Chinese ones, and digits and lower-case letters
// of ASCII. Most names have no others and take one pass.
func isPlain(name string) bool {
	for _, r := range name {
		switch {
		case r >= 0x4E00 && r <= 0x9FFF, r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		default:
			return false
		}
	}
	return true
}

// normalStep normalises once. Lower case can undo the normal form of rare
// letters, hence the repetition in NormalName.
func normalStep(name string) string {
	folded := norm.NFKC.String(strings.ToLower(norm.NFKC.String(name)))
	var b strings.Builder
	b.Grow(len(folded))
	var mark, last rune // the mark that waits for a digit, and what was written last
	for _, r := range folded {
		r = oneDash(r)
		if isSeparator(r) {
			if mark == 0 || unicode.IsSpace(mark) {
				mark = r
			}
			continue
		}
		if mark != 0 && unicode.IsDigit(last) && unicode.IsDigit(r) {
			if unicode.IsSpace(mark) {
				mark = ' '
			}
			b.WriteRune(mark)
		}
		b.WriteRune(r)
		mark, last = 0, r
	}
	if b.Len() == 0 {
		return strings.TrimSpace(strings.Map(oneDash, folded))
	}
	return b.String()
}

// isSeparator reports whether r separates the words of a name. The marks # % &
// and @ are words of their own.
func isSeparator(r rune) bool {
	switch r {
	case '#', '%', '&', '@':
		return false
	}
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.In(r, unicode.Cf, unicode.Cc)
}
