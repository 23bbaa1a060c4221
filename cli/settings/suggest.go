package settings

import (
	"cmp"
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// DidYouMean ends a message with the nearest of the known words, or with
// nothing when none is similar.
func DidYouMean(word string, known []string) message.Text {
	if near := nearest(word, known, 1); len(near) > 0 {
		return message.New("; did you mean %q?", near[0])
	}
	return message.Text{}
}

// nearest returns up to n known words that differ from word by at most a
// third of its letters, nearest first, in the given order where equally near.
func nearest(word string, known []string, n int) []string {
	type near struct {
		word     string
		distance int
	}
	limit := max(1, len([]rune(word))/3)
	var found []near
	for _, k := range known {
		if d := schema.EditDistance([]rune(strings.ToLower(word)), []rune(strings.ToLower(k))); d <= limit {
			found = append(found, near{k, d})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	words := make([]string, 0, n)
	for _, f := range found[:min(n, len(found))] {
		words = append(words, f.word)
	}
	return words
}
