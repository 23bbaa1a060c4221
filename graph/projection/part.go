package projection

import (
	"context"
	"time"

	"liantu/graph"
)

// Part returns a projection of part of the elements: those that keepNode and
// keepEdge return, which return nil for what is left out. They may return a
// changed copy, such as one with fewer facts, but not another id, kind or end;
// an edge with an end that is left out is left out too. Every method of the part
// answers as if the rest did not exist. Version, data date and day are those of
// the whole.
func (p *Projection) Part(ctx context.Context, keepNode func(Vertex) *graph.Node, keepEdge func(*graph.Edge) *graph.Edge) (*Projection, error) {
	part := &Projection{
		model: p.model, namer: p.namer, version: p.version, dataDate: p.dataDate, assumed: p.assumed, asOf: p.asOf, past: p.past, consentOn: p.consentOn,
		builtAt: time.Now(), memo: NewMemo(memoLimit),
	}
	nodes := make([]*graph.Node, 0, len(p.nodes))
	there := make(map[graph.ID]bool, len(p.nodes))
	for v := range Vertex(len(p.nodes)) {
		if n := keepNode(v); n != nil {
			nodes = append(nodes, n)
			there[n.ID] = true
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var edgeList []*graph.Edge
	for _, kind := range p.model.Edges {
		of := p.edges[kind.Name]
		if of == nil {
			continue
		}
		for _, e := range of.all {
			if !there[e.From] || !there[e.To] {
				continue
			}
			if shown := keepEdge(e); shown != nil {
				edgeList = append(edgeList, shown)
			}
		}
	}
	return part, part.arrange(ctx, nodes, edgeList)
}
