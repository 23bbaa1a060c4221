package area

import (
	"context"

	"liantu/graph"
	"liantu/graph/projection"
)

// Leaks are the supplies to the companies of one region.
type Leaks struct {
	Supplied int
	Leaked   map[projection.Vertex]int // by link of a supplier that is outside
}

// LeaksOf counts the supplies to every region of a level in one pass over all of
// them, once for a picture. It gives up when the context ends.
func LeaksOf(ctx context.Context, p *projection.Projection, grade graph.Grade, level projection.Level) (map[projection.Vertex]*Leaks, error) {
	type key struct {
		grade graph.Grade
		level projection.Level
	}
	found, err := p.TryMemo(ctx, key{grade, level}, func() (any, error) { return newLeaks(ctx, p, grade, level) })
	if err != nil {
		return nil, err
	}
	return found.(map[projection.Vertex]*Leaks), nil
}

func newLeaks(ctx context.Context, p *projection.Projection, grade graph.Grade, level projection.Level) (map[projection.Vertex]*Leaks, error) {
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
	found := make(map[projection.Vertex]*Leaks, len(regions))
	for _, region := range regions {
		found[region] = &Leaks{Leaked: map[projection.Vertex]int{}}
	}
	for number := range int32(p.EdgeCount(projection.Supplies)) {
		if pause(ctx, projection.Vertex(number)) {
			return nil, ctx.Err()
		}
		_, supplier, buyer := p.Edge(projection.Supplies, number)
		i := regionOf[buyer-firstCompany]
		if i == 0 || !p.Current(projection.Supplies, number) {
			continue
		}
		l, code := found[regions[i-1]], p.AreaOf(regions[i-1])
		l.Supplied++
		if Outside(p, supplier, code) {
			for _, link := range presence.LinksOf(supplier) {
				l.Leaked[link]++
			}
		}
	}
	return found, nil
}
