package place

import "slices"

// Ranks returns, for each link of a list that [Placer.Place] gave, how many different links
// stand before it. Links that are the same are one; a link above another one says nothing
// that the finer one does not say, so that of a line only the finest that has been listed
// counts, and none of its own line counts before a link.
func (p *Placer) Ranks(list []Placement) []int {
	t := p.taxonomy
	out := make([]int, len(list))
	var before []int32 // the finest so far
	for i, pl := range list {
		link := t.byCode[pl.Link]
		wider := slices.ContainsFunc(before, func(o int32) bool { return slices.Contains(t.above[o], link) })
		before = slices.DeleteFunc(before, func(o int32) bool { return slices.Contains(t.above[link], o) })
		different := map[int32]bool{}
		for _, o := range before {
			if t.same[o] != t.same[link] && !slices.Contains(t.above[o], link) {
				different[t.same[o]] = true
			}
		}
		out[i] = len(different)
		if !wider {
			before = append(before, link)
		}
	}
	return out
}
