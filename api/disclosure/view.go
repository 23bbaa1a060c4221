package disclosure

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"liantu/access"
	"liantu/api/engine"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// View is the part of a picture that a caller may know of: nodes, edges and
// values that the policy refuses are not in it, so that look-ups, searches,
// counts and answers cannot show that there are any. What the policy masks or
// shows for a purpose is in it, and treated field by field.
type View struct {
	Graph *projection.Projection
	Scope *Scope
}

// ViewOf returns the part of a picture that a caller may know of, for answers
// that are computed without a server: no node, edge or value that the policy
// refuses is in it. What the policy masks is in it and must not be shown.
func ViewOf(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity) (*projection.Projection, error) {
	v, err := makeView(ctx, model, g, id)
	return v.Graph, err
}

// makeView makes a view of the whole picture, element by element. What [CachedView]
// derives of the view of a role is equal to it.
func makeView(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity) (View, error) {
	w := newViewer(model, g, id)
	if w.seesAll() {
		return View{g, w.scope}, nil
	}
	part, err := g.Part(ctx, w.seen, w.seenEdge)
	return View{part, w.scope}, err
}

// ViewKey names a view: the role and the scope.
func ViewKey(id *access.Identity) string {
	if id.Scope.IsZero() {
		return string(id.Role)
	}
	key := make([]byte, 0, 128)
	key = append(key, id.Role...)
	for _, list := range [...][]string{id.Scope.Regions, id.Scope.Ecosystems, {id.Scope.Intermediary}} {
		key = append(key, ' ')
		for _, text := range list {
			key = strconv.AppendQuote(key, text)
		}
	}
	return string(key)
}

// viewer decides what is part of a view.
type viewer struct {
	g      *projection.Projection
	model  *schema.Model
	policy *schema.RolePolicy
	scope  *Scope
}

func newViewer(model *schema.Model, g *projection.Projection, id *access.Identity) *viewer {
	policy, _ := Role(id.Role).row()
	return &viewer{g: g, model: model, policy: policy, scope: NewScope(g, id)}
}

// seesAll reports whether the policy refuses nothing anywhere.
func (w *viewer) seesAll() bool {
	for _, s := range schema.Sensitivities {
		if w.refuses(s, true) || w.refuses(s, false) {
			return false
		}
	}
	return true
}

func (w *viewer) refuses(s schema.Sensitivity, within bool) bool {
	return treated(w.policy.See(s, within), false) == engine.Refuse
}

// node returns what of a node is in the view, within the scope or beyond it.
func (w *viewer) node(n *graph.Node, within bool) *graph.Node {
	kind := w.model.Node(n.Kind)
	if kind == nil {
		return nil
	}
	if w.refuses(kind.Sensitivity, within) {
		return nil
	}
	facts, changed := w.facts(kind, n.Facts, within)
	if !changed {
		return n
	}
	part := *n
	part.Facts = facts
	part.Keys = slices.DeleteFunc(slices.Clone(n.Keys), func(k graph.Key) bool { return w.discloses(kind, k, within) })
	return &part
}

// seen returns what of a vertex of the picture is in the view.
func (w *viewer) seen(v projection.Vertex) *graph.Node {
	n := w.g.Node(v)
	return w.node(n, w.scope.Node(n.ID))
}

// seenEdge returns what of an edge of the picture is in the view.
func (w *viewer) seenEdge(e *graph.Edge) *graph.Edge { return w.edge(e, w.scope.Edge(e)) }

// discloses reports whether a key holds a value that the view must not hold.
func (w *viewer) discloses(kind *schema.Kind, k graph.Key, within bool) bool {
	_, values, _ := strings.Cut(string(k), "/")
	for pair := range strings.SplitSeq(values, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if p := kind.Property(name); p != nil && w.refuses(p.Sensitivity, within) {
			return true
		}
	}
	return false
}

// edge returns what of an edge is in the view, within the scope or beyond it.
func (w *viewer) edge(e *graph.Edge, within bool) *graph.Edge {
	kind := w.model.EdgeKind(e.Kind)
	if kind == nil {
		return nil
	}
	if w.refuses(kind.Sensitivity, within) {
		return nil
	}
	facts, changed := w.facts(kind, e.Facts, within)
	if !changed {
		return e
	}
	part := *e
	part.Facts = facts
	return &part
}

// facts leaves out the facts of properties that the policy refuses.
func (w *viewer) facts(kind *schema.Kind, facts []graph.Fact, within bool) (shown []graph.Fact, changed bool) {
	refused := func(f graph.Fact) bool {
		p := kind.Property(f.Property)
		return p != nil && w.refuses(p.Sensitivity, within)
	}
	if !slices.ContainsFunc(facts, refused) {
		return facts, false
	}
	return slices.DeleteFunc(slices.Clone(facts), refused), true
}
