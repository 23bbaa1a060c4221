package fields

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/graph/projection"
)

// Tie is a kind of edge from nodes of one kind to those of another, neither of them
// personal, as an answer shows a single one of it: as an item of the list that the field
// of From is.
type Tie struct{ Kind, From, To string }

// TieType is the type of the edges of a tie; nil, with a fault, where the model has none.
func (b *Builder) TieType(t Tie) *graphql.Object {
	k := b.Model.EdgeKind(t.Kind)
	if k == nil || !slices.Equal(otherEnds(b.Model, k, t.From, true), []string{t.To}) {
		b.Fault("there are no edges %s from %s to %s alone", t.Kind, t.From, t.To)
		return b.Kinds[t.To]
	}
	b.edgeConnection(edgeSide{kind: k, others: []string{t.To}, out: true})
	return b.objects[upperCamel(t.Kind)+"To"+t.To+"Edge"]
}

// TieOf is the edge between two nodes, as the source of a [Builder.TieType]; nil where
// there is none that the caller may know of.
func (rq *Request) TieOf(t Tie, from, to projection.Vertex) any {
	g := rq.Picture.Graph
	arcs := g.Out(t.Kind, from)
	i := slices.Index(arcs.Others, to)
	if i < 0 {
		return nil
	}
	return pageEdge{i: i, page: &Page{
		Total: arcs.Len(), Version: int64(g.Version()), Question: QuestionOf(LowerCamel(t.Kind), string(g.ID(from)), nil), arcs: arcs,
		Vertex: func(i int) projection.Vertex { return arcs.Others[i] },
		ID: func(i int) string {
			e, _, _ := g.Edge(t.Kind, arcs.Edges[i])
			return string(e.ID)
		},
	}}
}
