package topics

import (
	"slices"
	"strings"
	"unicode"

	"liantu/schema"
)

// form is a text as it is compared.
type form struct {
	text   string
	starts []int // the offsets at which its words start, ascending
}

// formOf brings a text into its form.
func formOf(text string) form {
	var f form
	for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) {
		for _, word := range wordsOf(schema.SimplifiedName(piece)) {
			f.starts = append(f.starts, len(f.text))
			f.text += singular(word)
		}
	}
	return f
}

// wordsOf divides a text where Latin letters and digits meet other characters.
func wordsOf(text string) (words []string) {
	start, last := 0, false
	for i, r := range text {
		if latin := isLatin(r); i > 0 && latin != last {
			words = append(words, text[start:i])
			start = i
		}
		last = isLatin(r)
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}

// isLatin reports whether a character is a small Latin letter or a digit of ASCII.
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// singular is an English word in the singular; other words stay.
func singular(word string) string {
	switch {
	case len(word) <= 3 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "":
		return word
	case strings.HasSuffix(word, "ies"):
		return strings.TrimSuffix(word, "ies") + "y"
	case strings.HasSuffix(word, "ss"):
		return word
	}
	return strings.TrimSuffix(word, "s")
}

// tails are the words that add nothing, the longest first.
var tails = func() []string {
	list := []string{
		"产业链", "产业集群", "产业", "行业", "领域", "赛道", "企业", "公司", "厂商", "厂家", "项目", "产品", "技术", "疗法", "工具", "药物",
		"industry", "company", "sector", "product", "technology", "therapy", "tool",
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}()

// coreOf is a form without the tails at its end, the form itself if it is nothing else.
func coreOf(text string) string {
	core := text
	for {
		at := slices.IndexFunc(tails, func(tail string) bool { return strings.HasSuffix(core, tail) })
		if at < 0 {
			break
		}
		core = strings.TrimSuffix(core, tails[at])
	}
	if core == "" {
		return text
	}
	return core
}

// leastPart is how many characters a part of a text must have to say anything.
const leastPart = 2

// endsIn reports whether a text ends in w, or is w with tails behind it.
func (f form) endsIn(w string) bool {
	if len([]rune(w)) < leastPart {
		return false
	}
	if rest, ok := strings.CutPrefix(f.text, w); ok && rest != "" && f.cleanAt(len(w)) && isTails(rest) {
		return true
	}
	return strings.HasSuffix(f.text, w) && f.cleanAt(len(f.text)-len(w))
}

// holds reports whether w is a part of a text that cuts no Latin word.
func (f form) holds(w string) bool {
	for from := 0; len([]rune(w)) >= leastPart; {
		at := strings.Index(f.text[from:], w)
		if at < 0 {
			return false
		}
		if at += from; f.cleanAt(at) && f.cleanAt(at+len(w)) {
			return true
		}
		from = at + 1
	}
	return false
}

// cleanAt reports whether a cut at an offset divides no Latin word.
func (f form) cleanAt(at int) bool {
	if at == 0 || at == len(f.text) || !isLatin(rune(f.text[at-1])) || !isLatin(rune(f.text[at])) {
		return true
	}
	_, found := slices.BinarySearch(f.starts, at)
	return found
}

// isTails reports whether a text consists of tails.
func isTails(text string) bool {
	return slices.Contains(tails, text) || coreOf(text) != text && slices.Contains(tails, coreOf(text))
}
