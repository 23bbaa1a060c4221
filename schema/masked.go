package schema

import (
	"strings"
	"unicode"
)

// Masked reports whether a part of a value that may identify a person is hidden or
// left open, as in 张*, 138****1234, 王某某, 李XX and 某公司. Such a value fits many.
func Masked(text string) bool {
	if strings.ContainsAny(text, "*＊×✕✖●○■□▇█某") {
		return true
	}
	before := rune(0)
	for _, r := range text {
		if strings.ContainsRune("XxＸｘ", r) && (unicode.Is(unicode.Han, before) || strings.ContainsRune("XxＸｘ", before)) {
			return true
		}
		before = r
	}
	return false
}
