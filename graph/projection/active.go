package projection

import (
	"slices"

	"liantu/graph"
)

// Active reports whether a vertex counts: every one but a company whose shown status
// says that it does no business any more, see [graph.Inactive].
func (p *Projection) Active(v Vertex) bool {
	i := int(v - p.idle.first)
	return i < 0 || i >= len(p.idle.is) || !p.idle.is[i]
}

// idle says by company which ones are not active.
type idle struct {
	first Vertex
	is    []bool
}

func newIdle(p *Projection) idle {
	first, end := p.Range(Company)
	x := idle{first: first, is: make([]bool, end-first)}
	for i := range x.is {
		status, _ := p.nodes[first+Vertex(i)].Get("status")
		text, _ := status.(string)
		x.is[i] = graph.Inactive(text)
	}
	return x
}

// Inactive returns the companies that are not active and that an OPERATES_IN edge which
// holds on the day puts at a link or at one below it, by the grade of the presence
// or a better one: each once, in ascending order.
func (s *Presence) Inactive(link Vertex) []Vertex {
	type key struct{ grade graph.Grade }
	at := s.p.Memo(key{s.grade}, func() any { return newInactive(s.p, s.grade) }).(map[Vertex][]Vertex)
	return at[link]
}

func newInactive(p *Projection, grade graph.Grade) map[Vertex][]Vertex {
	at := map[Vertex][]Vertex{}
	first, end := p.Range(Company)
	for v := first; v < end; v++ {
		if p.Active(v) {
			continue
		}
		arcs := p.Out(OperatesIn, v)
		for i, number := range arcs.Edges {
			if e, _, _ := p.Edge(OperatesIn, number); e.Grade() > grade || !p.Holds(OperatesIn, number) {
				continue
			}
			for _, link := range p.CountsAt(arcs.Others[i]) {
				if list := at[link]; !slices.Contains(list[max(0, len(list)-1):], v) {
					at[link] = append(list, v)
				}
			}
		}
	}
	return at
}
