package projection

import (
	"cmp"
	"slices"
	"strings"

	"liantu/schema"
)

// longestSlip is the length of the longest text that slips of the pen are looked
// for in; longer ones share pairs of characters with what was meant.
const longestSlip = 24

// slips finds the texts that differ from a query by at most a third of its
// characters, one at least, as 杭洲 does from 杭州: a character another, missing
// or too many. The fewest differences come first, then a text with the same
// first character, then the wider region, then the smaller vertex.
func (p *Projection) slips(query string, kinds []string) []Hit {
	runes := []rune(query)
	if len(runes) < 2 || len(runes) > longestSlip {
		return nil
	}
	most := max(1, len(runes)/3)
	type slip struct {
		Hit
		differences int
		other, deep int // for the order
	}
	best := map[Vertex]slip{}
	index := p.textIndex()
	budget := searchBudget
	seen := map[int32]bool{}
	for _, r := range runes {
		list := index.grams[string(r)]
		list = list[:min(len(list), budget)]
		budget -= len(list)
		for _, number := range list {
			e := &index.entries[number]
			if seen[number] || len(kinds) > 0 && !slices.Contains(kinds, p.Kind(e.vertex)) {
				continue
			}
			seen[number] = true
			text := []rune(e.normal)
			if len(text)-len(runes) > most || len(runes)-len(text) > most {
				continue
			}
			n := schema.EditDistance(runes, text)
			if old, ok := best[e.vertex]; n > most || ok && old.differences <= n {
				continue
			}
			s := slip{Hit: Hit{Vertex: e.vertex, Score: overlapping * (1 - float64(n)/float64(len(runes)+1)), Property: e.property, Text: e.text}, differences: n}
			if text[0] != runes[0] {
				s.other = 1
			}
			if p.Kind(e.vertex) == Region {
				s.deep = len(strings.TrimRight(p.Code(e.vertex), "0"))
			}
			best[e.vertex] = s
		}
	}
	list := make([]slip, 0, len(best))
	for _, s := range best {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b slip) int {
		return cmp.Or(a.differences-b.differences, a.other-b.other, a.deep-b.deep, cmp.Compare(a.Vertex, b.Vertex))
	})
	hits := make([]Hit, len(list))
	for i, s := range list {
		hits[i] = s.Hit
	}
	return hits
}
