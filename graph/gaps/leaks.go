package gaps

import (
	"context"
	"slices"

	"liantu/graph/area"
	"liantu/graph/projection"
)

// findLeaks finds the supplies to the region: those that the picture caches for
// its level, else, for a second region of one area, its own count.
func (a *Assessor) findLeaks(ctx context.Context) error {
	all, err := area.LeaksOf(ctx, a.Picture, a.Grade, a.Level)
	if err != nil {
		return err
	}
	if of := all[a.Region]; of != nil {
		a.supplied, a.leaked = of.Supplied, of.Leaked
		return nil
	}
	a.leaked = map[projection.Vertex]int{}
	for buyer := a.First; buyer < a.End; buyer++ {
		if pause(ctx, int(buyer)) {
			return ctx.Err()
		}
		for _, number := range a.Picture.In(projection.Supplies, buyer).Edges {
			a.leak(number, 1)
		}
	}
	return nil
}

// leak counts one supply (1) or removes it (−1), if it goes to the region.
func (a *Assessor) leak(number int32, by int) {
	_, supplier, buyer := a.Picture.Edge(projection.Supplies, number)
	if !a.Picture.Current(projection.Supplies, number) || a.supposed.isClosed(supplier) || !a.isLocal(buyer) {
		return
	}
	a.supplied += by
	if a.outside(supplier) {
		for _, link := range a.Presence.LinksOf(supplier) {
			a.leaked[link] += by
		}
	}
}

// leaksAfter recounts the supplies from and to the companies that come or go.
func (a *Assessor) leaksAfter(before *Assessor) {
	a.supplied, a.leaked = 0, map[projection.Vertex]int{}
	was := &Assessor{View: a.View, leaked: map[projection.Vertex]int{}}
	seen := map[int32]bool{}
	for _, v := range slices.Concat(a.supposed.land, a.supposed.gone) {
		for _, number := range slices.Concat(a.Picture.Out(projection.Supplies, v).Edges, a.Picture.In(projection.Supplies, v).Edges) {
			if !seen[number] {
				seen[number] = true
				was.leak(number, -1)
				a.leak(number, 1)
			}
		}
	}
	a.supplied += before.supplied + was.supplied
	for _, counts := range []map[projection.Vertex]int{before.leaked, was.leaked} {
		for link, n := range counts {
			a.leaked[link] += n
		}
	}
}

// isLocal reports whether a company is in the region, as is supposed.
func (a *Assessor) isLocal(company projection.Vertex) bool {
	local := company >= a.First && company < a.End
	if s := a.supposed; s != nil {
		_, landed := slices.BinarySearch(s.land, company)
		_, gone := slices.BinarySearch(s.gone, company)
		return (local || landed) && !gone
	}
	return local
}
