package disclosure

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// base is what all callers of one role may know of a picture, whatever belongs to
// them, and which elements show more to whom they belong to. The view of a scope is
// the base with those of them that belong to it: it holds nothing that
// [viewer.node] and [viewer.edge] would not put into a view that is made alone.
type base struct {
	part  *projection.Projection
	nodes []*graph.Node // of the picture, of which more is in the view of who owns them
	edges []*graph.Edge
	// closed are the nodes of nodes that are not in the base.
	closed map[graph.ID]bool
	alone  bool // views have to be made alone, since a scope decides the order of vertices
}

// checkEvery is how many elements are visited between two looks at the deadline.
const checkEvery = 1 << 12

// makeBase makes the base of the role of a viewer.
func (w *viewer) makeBase(ctx context.Context) (*base, error) {
	b := &base{alone: w.scopeOrders(), closed: map[graph.ID]bool{}}
	var err error
	b.part, err = w.g.Part(ctx, func(v projection.Vertex) *graph.Node {
		n := w.g.Node(v)
		beyond := w.node(n, false)
		if w.nodeDiffers(n) {
			b.nodes = append(b.nodes, n)
			if beyond == nil {
				b.closed[n.ID] = true
			}
		}
		return beyond
	}, func(e *graph.Edge) *graph.Edge { return w.edge(e, false) })
	if err != nil {
		return nil, err
	}
	for _, kind := range w.model.Edges {
		for number := range int32(w.g.EdgeCount(kind.Name)) {
			if number%checkEvery == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if e, _, _ := w.g.Edge(kind.Name, number); b.closed[e.From] || b.closed[e.To] || w.edgeDiffers(kind, e) {
				b.edges = append(b.edges, e)
			}
		}
	}
	return b, nil
}

// derive makes the view of a scope of the base.
func (w *viewer) derive(ctx context.Context, b *base) (*projection.Projection, bool, error) {
	if b.alone {
		return nil, false, nil
	}
	var nodes []*graph.Node
	opened := map[graph.ID]bool{}
	for i, n := range b.nodes {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		if !w.scope.Node(n.ID) {
			continue
		}
		if shown := w.node(n, true); shown != nil {
			nodes = append(nodes, shown)
			opened[n.ID] = true
		}
	}
	holds := func(id graph.ID) bool { return opened[id] || b.part.Vertex(id) != projection.None }
	var edges []*graph.Edge
	for i, e := range b.edges {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		within := w.scope.Edge(e)
		if !within && !b.closed[e.From] && !b.closed[e.To] {
			continue // it is in the base as it is
		}
		if shown := w.edge(e, within); shown != nil && holds(e.From) && holds(e.To) {
			edges = append(edges, shown)
		}
	}
	part, ok := b.part.With(nodes, edges)
	return part, ok, nil
}

// differs reports whether a scope decides whether values of a sensitivity are in a view.
func (w *viewer) differs(s schema.Sensitivity) bool { return w.refuses(s, true) != w.refuses(s, false) }

// scopeOrders reports whether a scope decides values that the layout of a picture
// follows from, or takes away what is seen beyond it.
func (w *viewer) scopeOrders() bool {
	for _, s := range schema.Sensitivities {
		if w.refuses(s, true) && !w.refuses(s, false) {
			return true
		}
	}
	for _, kind := range w.model.Nodes {
		if w.differs(kind.Sensitivity) {
			continue // its nodes are new in a view, or the same in all
		}
		for _, p := range kind.Properties {
			if projection.Columned(p.Name) && w.differs(p.Sensitivity) {
				return true
			}
		}
	}
	return false
}

func (w *viewer) nodeDiffers(n *graph.Node) bool {
	kind := w.model.Node(n.Kind)
	return kind != nil && (w.differs(kind.Sensitivity) || w.factsDiffer(kind, n.Facts) ||
		slices.ContainsFunc(n.Keys, func(k graph.Key) bool { return w.discloses(kind, k, true) != w.discloses(kind, k, false) }))
}

func (w *viewer) edgeDiffers(kind *schema.Kind, e *graph.Edge) bool {
	return w.differs(kind.Sensitivity) || w.factsDiffer(kind, e.Facts)
}

func (w *viewer) factsDiffer(kind *schema.Kind, facts []graph.Fact) bool {
	return slices.ContainsFunc(facts, func(f graph.Fact) bool {
		p := kind.Property(f.Property)
		return p != nil && w.differs(p.Sensitivity)
	})
}
