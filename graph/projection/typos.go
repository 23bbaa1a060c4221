package projection

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"liantu/schema"
)

// maxTypoLength is the length of the longest query in which typos are
// considered; longer ones share pairs of characters with what was meant.
const maxTypoLength = 24

// typos finds the texts that differ from a query by at most a third of its
// characters, and at least by one, as 杭洲 does from 杭州: a character that is
// different, missing or added. The fewest differences come first, then a text
// with the same first character, then the larger region, then the smaller
// vertex.
func (p *Projection) typos(ctx context.Context, query string, kinds []string) ([]Hit, error) {
	runes := []rune(query)
	if len(runes) < 2 || len(runes) > maxTypoLength {
		return nil, nil
	}
	limit := max(1, len(runes)/3)
	type typo struct {
		Hit
		differences int
		other, deep int // for the order
	}
	best := map[Vertex]typo{}
	index := p.textIndex()
	budget := searchBudget
	seen := map[int32]bool{}
	for _, r := range runes {
		list := index.list(string(r))
		list = list[:min(len(list), budget)]
		budget -= len(list)
		for i, number := range list {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			e := index.entry(number)
			if seen[number] || len(kinds) > 0 && !slices.Contains(kinds, p.Kind(e.vertex)) {
				continue
			}
			seen[number] = true
			text := []rune(e.normal)
			if len(text)-len(runes) > limit || len(runes)-len(text) > limit {
				continue
			}
			n := schema.EditDistance(runes, text)
			if old, ok := best[e.vertex]; n > limit || ok && old.differences <= n {
				continue
			}
			s := typo{Hit: Hit{Vertex: e.vertex, Score: overlapping * (1 - float64(n)/float64(len(runes)+1)), Property: e.property, Text: e.text}, differences: n}
			if text[0] != runes[0] {
				s.other = 1
			}
			if p.Kind(e.vertex) == Region {
				s.deep = len(strings.TrimRight(p.Code(e.vertex), "0"))
			}
			best[e.vertex] = s
		}
	}
	list := make([]typo, 0, len(best))
	for _, s := range best {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b typo) int {
		return cmp.Or(a.differences-b.differences, a.other-b.other, a.deep-b.deep, cmp.Compare(a.Vertex, b.Vertex))
	})
	hits := make([]Hit, len(list))
	for i, s := range list {
		hits[i] = s.Hit
	}
	return hits, nil
}
