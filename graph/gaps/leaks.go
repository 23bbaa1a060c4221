package gaps

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
)

// leaks are the supplies to the companies of one region.
type leaks struct {
	supplied int
	leaked   map[projection.Vertex]int // by link of a supplier that is outside
}

// leaksOf counts the supplies to every region of a level in one pass over all of
// them, once for a picture.
func leaksOf(ctx context.Context, p *projection.Projection, grade graph.Grade, level projection.Level) (map[projection.Vertex]*leaks, error) {
	type key struct {
		grade graph.Grade
		level projection.Level
	}
	found, err := p.TryMemo(ctx, key{grade, level}, func() (any, error) { return newLeaks(ctx, p, grade, level) })
	if err != nil {
		return nil, err
	}
	return found.(map[projection.Vertex]*leaks), nil
}

func newLeaks(ctx context.Context, p *projection.Projection, grade graph.Grade, level projection.Level) (map[projection.Vertex]*leaks, error) {
	presence := p.Presence(grade)
	regions := p.RegionsAt(level, projection.Country)
	firstCompany, endCompany := p.Range(projection.Company)
	regionOf := make([]int32, endCompany-firstCompany) // one more than the place in regions
	for i, region := range regions {
		first, end := p.CompaniesIn(p.AreaOf(region))
		for v := first; v < end; v++ {
			regionOf[v-firstCompany] = int32(i) + 1
		}
	}
	found := make(map[projection.Vertex]*leaks, len(regions))
	for _, region := range regions {
		found[region] = &leaks{leaked: map[projection.Vertex]int{}}
	}
	for number := range int32(p.EdgeCount(projection.Supplies)) {
		if pause(ctx, int(number)) {
			return nil, ctx.Err()
		}
		_, supplier, buyer := p.Edge(projection.Supplies, number)
		i := regionOf[buyer-firstCompany]
		if i == 0 || !p.Current(projection.Supplies, number) {
			continue
		}
		l, code := found[regions[i-1]], p.AreaOf(regions[i-1])
		l.supplied++
		if area.Outside(p, supplier, code) {
			for _, link := range presence.LinksOf(supplier) {
				l.leaked[link]++
			}
		}
	}
	return found, nil
}

// findLeaks finds the supplies to the region: those that the picture caches for
// its level, else, for a second region of one area, its own count.
func (a *Assessor) findLeaks(ctx context.Context) error {
	all, err := leaksOf(ctx, a.Picture, a.Grade, a.Level)
	if err != nil {
		return err
	}
	if of := all[a.Region]; of != nil {
		a.supplied, a.leaked = of.supplied, of.leaked
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
