package area

import (
	"liantu/graph"
	"liantu/graph/projection"
)

// Synthetic reports whether an invented company or an invented statement is
// among those counted, anywhere in the picture.
func Synthetic(p *projection.Projection, grade graph.Grade) bool {
	type key struct{ grade graph.Grade }
	return p.Memo(key{grade}, func() any {
		presence := p.Presence(grade)
		first, end := p.Range(projection.Company)
		for v := first; v < end; v++ {
			if presence.Attributed(v, v+1) > 0 && (p.Synthetic(v) || invented(p, grade, v)) {
				return true
			}
		}
		return false
	}).(bool)
}

// invented reports whether a statement that puts a company at a link or at a
// place is marked as invented.
func invented(p *projection.Projection, grade graph.Grade, company projection.Vertex) bool {
	for _, kind := range []string{projection.OperatesIn, projection.LocatedIn} {
		for _, number := range p.Out(kind, company).Edges {
			edge, _, _ := p.Edge(kind, number)
			if kind == projection.OperatesIn && edge.Grade() > grade || !p.Current(kind, number) {
				continue
			}
			if value, _ := edge.Get("synthetic"); value == true {
				return true
			}
		}
	}
	return false
}
