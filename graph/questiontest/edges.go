package questiontest

import (
	"liantu/graph"
	"liantu/graph/projection"
)

// NamedEdge is an edge that an answer names by its id.
type NamedEdge struct {
	Kind     string
	Edge     *graph.Edge
	From, To projection.Vertex
}

// EdgesByID finds every edge of a picture by its id, as a reader of an answer
// would look one up.
func EdgesByID(p *projection.Projection) map[graph.ID]NamedEdge {
	found := map[graph.ID]NamedEdge{}
	for _, kind := range p.Model().Edges {
		for number := range int32(p.EdgeCount(kind.Name)) {
			edge, from, to := p.Edge(kind.Name, number)
			found[edge.ID] = NamedEdge{kind.Name, edge, from, to}
		}
	}
	return found
}
