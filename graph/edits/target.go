package edits

import (
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// SetTargetStatus returns the batch that states the status of a company with a
// task force, of which it becomes a target if it is none. Where a later statement
// stands in the way the error is [graph.ErrConflict].
func SetTargetStatus(p *projection.Projection, force, company projection.Vertex, status string, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	facts := []graph.Fact{{Provenance: by}, {Property: "status", Value: status, Provenance: by}}
	arcs := p.Out(projection.Targets, force)
	if i := slices.Index(arcs.Others, company); i >= 0 {
		edge, _, _ := p.Edge(projection.Targets, arcs.Edges[i])
		if err := stands(schema.Default().EdgeKind(projection.Targets), edge.Facts, facts); err != nil {
			return graph.Batch{}, err
		}
	}
	return graph.Batch{Edges: []graph.EdgeDraft{{
		Kind: projection.Targets, From: graph.IDKey(p.ID(force)), To: graph.IDKey(p.ID(company)), Facts: facts,
	}}}, nil
}
