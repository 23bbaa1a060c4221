package edits

import (
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
)

// Declared is what is declared of a link. What is empty is not declared.
type Declared struct {
	Role  string // CORE, KEY, PROMINENT or RESTRICTED
	Owner string // the body or post that is to see the role through
	Due   string // ISO date, the day by which it is to be done
}

// DeclareRole returns the batch that declares the role of a link, who sees it through and
// by when. Without any of the three the error is [graph.ErrInvalid]; where a later
// statement of one of them stands in the way it is [graph.ErrConflict], and none is made.
func DeclareRole(p *projection.Projection, link projection.Vertex, d Declared, s Statement) (graph.Batch, error) {
	by, err := s.provenance()
	if err != nil {
		return graph.Batch{}, err
	}
	var facts []graph.Fact
	for _, stated := range []struct{ property, value string }{
		{"declared_role", d.Role}, {"declared_owner", d.Owner}, {"declared_due", d.Due},
	} {
		if stated.value != "" {
			facts = append(facts, graph.Fact{Property: stated.property, Value: stated.value, Provenance: by})
		}
	}
	if len(facts) == 0 {
		return graph.Batch{}, message.As(graph.ErrInvalid, "nothing is declared: a role, an owner or a due date is required")
	}
	return setNode(p, link, facts)
}
