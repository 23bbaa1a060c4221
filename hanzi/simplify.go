// Package hanzi has the simplified form of traditional Chinese characters. It
// imports nothing of this program, so that every package that compares names may
// use it.
package hanzi

import (
	_ "embed" // for the table of characters
	"strings"
	"sync"
)

//go:generate node t2s.mjs

//go:embed t2s.txt
var t2sTable string

// The characters that have a simplified form lie between these two.
const (
	first = 0x3400
	last  = 0x9FFF
)

var simplified = sync.OnceValue(func() *[last - first + 1]rune {
	table := new([last - first + 1]rune)
	for line := range strings.Lines(t2sTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		pairs := []rune(strings.TrimSpace(line))
		for i := 0; i+1 < len(pairs); i += 2 {
			table[pairs[i]-first] = pairs[i+1]
		}
	}
	return table
})

// Simplify replaces every traditional character of a text by its simplified
// form, one by one. Simplify is idempotent; a text without traditional
// characters is returned as it is.
func Simplify(text string) string {
	table := simplified()
	return strings.Map(func(r rune) rune {
		if r >= first && r <= last {
			if s := table[r-first]; s != 0 {
				return s
			}
		}
		return r
	}, text)
}

// IsSimple reports whether Simplify leaves a character as it is.
func IsSimple(r rune) bool { return r < first || r > last || simplified()[r-first] == 0 }
