package edits

import (
	"liantu/graph"
	"liantu/graph/projection"
)

// DeclareRole returns the batch that declares the role of a link: CORE, KEY or
// PROMINENT. Where a later statement stands in the way the error is
// [graph.ErrConflict].
func DeclareRole(p *projection.Projection, link projection.Vertex, role string, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	return setNode(p, link, []graph.Fact{{Property: "declared_role", Value: role, Provenance: by}})
}
