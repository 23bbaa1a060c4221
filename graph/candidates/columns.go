package candidates

import (
	"context"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/landing"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// Candidates are ranked by columns of points, in 10,000ths as [gaps.Round] rounds
// them, so that their sum is exact; sentences are made only for those shown.

// pointsOf returns the points of a value in 10,000ths.
func pointsOf(weight, value float64) int32 { return int32(math.Round(weight * value * 1e4)) }

// linkColumns hold the part of the scores that does not depend on the region: made
// once for a picture, link, grade and weights.
type linkColumns struct {
	fixed []int32      // fit, size and expansion of the companies at the link, in their order
	sizes [2][]float64 // of the link's companies, ascending, by measure
}

// maxPoints is the most companies at links whose points a picture caches.
const maxPoints = 16_000_000

func columnsOf(ctx context.Context, s *scout) (*linkColumns, error) {
	type key struct {
		settings tuning.Key
		grade    graph.Grade
		link     projection.Vertex
	}
	type memoKey struct{}
	memo := s.Picture.Memo(memoKey{}, func() any {
		return projection.NewMemo(max(4, min(256, maxPoints/max(1, s.Picture.Count(projection.Company)))))
	}).(*projection.Memo)
	found, err := memo.Try(ctx, key{s.settings.Key(), s.Grade, s.link}, func() (any, error) {
		return newColumns(ctx, s)
	})
	if err != nil {
		return nil, err
	}
	return found.(*linkColumns), nil
}

func newColumns(ctx context.Context, s *scout) (*linkColumns, error) {
	at := s.Presence.At(s.link)
	c := &linkColumns{fixed: make([]int32, len(at))}
	for m := range c.sizes {
		for _, v := range at {
			if x := s.Picture.Size(v, m == 0); !math.IsNaN(x) {
				c.sizes[m] = append(c.sizes[m], x)
			}
		}
		slices.Sort(c.sizes[m])
	}
	s.columns = c
	spread, err := expansions(ctx, s.Picture)
	if err != nil {
		return nil, err
	}
	below, w := s.Picture.CountedAt(s.link), s.settings.Candidates
	first, _ := s.Picture.Range(projection.Company)
	for i, v := range at {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		grade, share := s.stated(v, below)
		fit := fitOf(grade, share)
		if s.trades(v) {
			fit = 0
		}
		c.fixed[i] = pointsOf(w.Fit, fit) + pointsOf(w.Expansion, spread[v-first]) + s.sizePoints(v)
	}
	return c, nil
}

// sizePoints returns the points of a company's size, 0 where it is not known.
func (s *scout) sizePoints(company projection.Vertex) int32 {
	return pointsOf(s.settings.Candidates.Size, s.sizeOf(company).share)
}

// stated returns the best grade of the statements that put a company at one of
// some links, ascending, and the largest revenue share stated.
func (s *scout) stated(company projection.Vertex, below []projection.Vertex) (graph.Grade, gaps.Figure) {
	best, share := graph.Grade(""), gaps.Missing(gaps.NoShare)
	arcs := s.Picture.Out(projection.OperatesIn, company)
	for i, at := range arcs.Others {
		if _, ok := slices.BinarySearch(below, at); !ok || !s.Picture.Current(projection.OperatesIn, arcs.Edges[i]) {
			continue
		}
		edge, _, _ := s.Picture.Edge(projection.OperatesIn, arcs.Edges[i])
		grade := edge.Grade()
		if grade > s.Grade {
			continue
		}
		if best == "" || grade < best {
			best = grade
		}
		value, _ := edge.Get("revenue_share")
		if x, ok := value.(float64); ok && x >= share.Or(0) {
			share = gaps.Known(min(x, 1))
		}
	}
	return best, share
}

// expansions returns the value of the expansion of every company, 0 where it is
// not known. It is made once for a picture.
func expansions(ctx context.Context, p *projection.Projection) ([]float64, error) {
	type key struct{}
	found, err := p.TryMemo(ctx, key{}, func() (any, error) {
		first, end := p.Range(projection.Company)
		found := make([]float64, end-first)
		for v := first; v < end; v++ {
			if v%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			found[v-first] = landing.SignsOf(p, v).Value(p.AsOf())
		}
		return found, nil
	})
	if err != nil {
		return nil, err
	}
	return found.([]float64), nil
}

// placeRun are companies of one place, which follow each other in a picture.
type placeRun struct {
	code string
	end  projection.Vertex
}

// placeRuns returns the places of companies in their order, found once for a
// picture.
func placeRuns(p *projection.Projection) []placeRun {
	type key struct{}
	return p.Memo(key{}, func() any {
		var runs []placeRun
		first, end := p.Range(projection.Company)
		for v := first; v < end; v++ {
			code := p.PlaceOf(v)
			if n := len(runs); n == 0 || runs[n-1].code != code {
				runs = append(runs, placeRun{code: code})
			}
			runs[len(runs)-1].end = v + 1
		}
		return runs
	}).([]placeRun)
}
