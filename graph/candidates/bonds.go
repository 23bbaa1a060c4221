package candidates

import (
	"context"
	"slices"

	"liantu/graph/area"
	"liantu/graph/projection"
)

// regionBonds hold what connects companies with a region, as far as it is found
// from the region's side: made once for a picture and region.
type regionBonds struct {
	companies []projection.Vertex // with a bond, or with a project or pursuer anywhere; ascending
	supplies  []int32             // by company: known supplies from and to companies of the region
	reach     []float64
}

// maxBonds is the most regions whose bonds a picture caches.
const maxBonds = 256

func bondsOf(ctx context.Context, v *area.View) (*regionBonds, error) {
	type key struct{ region projection.Vertex }
	type memoKey struct{}
	memo := v.Picture.Memo(memoKey{}, func() any { return projection.NewMemo(maxBonds) }).(*projection.Memo)
	found, err := memo.Try(ctx, key{v.Region}, func() (any, error) { return newBonds(ctx, v) })
	if err != nil {
		return nil, err
	}
	return found.(*regionBonds), nil
}

func newBonds(ctx context.Context, v *area.View) (*regionBonds, error) {
	supplies := map[projection.Vertex]int32{}
	if v.Picture.EdgeCount(projection.Supplies) > 0 {
		for local := v.First; local < v.End; local++ {
			if local%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			for _, arcs := range [2]projection.Arcs{v.Picture.Out(projection.Supplies, local), v.Picture.In(projection.Supplies, local)} {
				for i, other := range arcs.Others {
					if v.Picture.Current(projection.Supplies, arcs.Edges[i]) {
						supplies[other]++
					}
				}
			}
		}
	}
	near := reachable(v)
	slices.Sort(near)
	b := &regionBonds{companies: slices.Concat(near, committed(v.Picture))}
	for company := range supplies {
		b.companies = append(b.companies, company)
	}
	slices.Sort(b.companies)
	b.companies = slices.Compact(b.companies)
	b.supplies, b.reach = make([]int32, len(b.companies)), make([]float64, len(b.companies))
	s := &scout{search: &search{View: v}}
	for i, company := range b.companies {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		b.supplies[i] = supplies[company]
		if _, ok := slices.BinarySearch(near, company); ok {
			b.reach[i] = s.reach(&Candidate{Company: company}).Value.Or(0)
		}
	}
	return b, nil
}

// reachable returns the companies where somebody from the region works or that
// are served by an intermediary that covers it, some of them more than once.
func reachable(v *area.View) []projection.Vertex {
	var found []projection.Vertex
	first, end := v.Picture.Range(projection.Region)
	for region := first; region < end; region++ {
		area := v.Picture.AreaOf(region)
		if projection.Within(area, v.Code) {
			for _, person := range v.Picture.In(projection.NativeOf, region).Others {
				found = append(found, v.Picture.Out(projection.WorksAt, person).Others...)
			}
		}
		if projection.Within(v.Code, area) {
			for _, intermediary := range v.Picture.In(projection.Covers, region).Others {
				found = append(found, v.Picture.Out(projection.Serves, intermediary).Others...)
			}
		}
	}
	return companiesAmong(v.Picture, found)
}

// committed returns the companies that a project involves or a task force
// pursues, found once for a picture; some of them more than once.
func committed(p *projection.Projection) []projection.Vertex {
	type key struct{}
	return p.Memo(key{}, func() any {
		var found []projection.Vertex
		for _, kind := range []string{projection.Involves, projection.Targets} {
			for number := range int32(p.EdgeCount(kind)) {
				_, _, to := p.Edge(kind, number)
				found = append(found, to)
			}
		}
		return companiesAmong(p, found)
	}).([]projection.Vertex)
}

func companiesAmong(p *projection.Projection, found []projection.Vertex) []projection.Vertex {
	first, end := p.Range(projection.Company)
	return slices.DeleteFunc(found, func(v projection.Vertex) bool { return v < first || v >= end })
}
