package area

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// Enlisted are the companies that are members of any frame that counts, seen by a grade of
// evidence.
type Enlisted struct {
	list       []projection.Vertex // ascending
	attributed []projection.Vertex // those at links, by anybody's statement
}

// EnlistedOf finds the members of the frames of a population, or of all frames for "", once
// for a picture and grade. It gives up when the context ends.
func EnlistedOf(ctx context.Context, p *projection.Projection, of Population, grade graph.Grade) (*Enlisted, error) {
	type key struct {
		of    Population
		grade graph.Grade
	}
	e, err := p.TryMemo(ctx, key{of, grade}, func() (any, error) { return newEnlisted(ctx, p, of, grade) })
	if err != nil {
		return nil, err
	}
	return e.(*Enlisted), nil
}

func newEnlisted(ctx context.Context, p *projection.Projection, of Population, grade graph.Grade) (*Enlisted, error) {
	var rosters []*roster
	for _, f := range FramesOf(p, of) {
		r, err := f.roster(ctx)
		if err != nil {
			return nil, err
		}
		rosters = append(rosters, r)
	}
	e, presence := &Enlisted{}, p.Presence(grade)
	first, end := p.Range(projection.Company)
	for v := first; v < end; v++ {
		if pause(ctx, v) {
			return nil, ctx.Err()
		}
		if !slices.ContainsFunc(rosters, func(r *roster) bool { return r.is[v-first] }) {
			continue
		}
		e.list = append(e.list, v)
		if presence.Attributed(v, v+1) > 0 {
			e.attributed = append(e.attributed, v)
		}
	}
	return e, nil
}

// Attributed returns how many of the companies first <= v < end are members of a frame
// and at a link.
func (e *Enlisted) Attributed(first, end projection.Vertex) int {
	return len(projection.Among(e.attributed, first, end))
}

// Among counts the members of any frame in an ascending list.
func (e *Enlisted) Among(list []projection.Vertex) int {
	n := 0
	for _, v := range list {
		if _, is := slices.BinarySearch(e.list, v); is {
			n++
		}
	}
	return n
}
