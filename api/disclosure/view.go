package disclosure

import (
	"context"
	"fmt"
	"slices"
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

// viewsCached is the most views that are cached of one picture. Callers of one role
// and scope share one.
const viewsCached = 16

// ViewOf returns the part of a picture that a caller may know of, for answers
// that are computed without a server: no node, edge or value that the policy
// refuses is in it. What the policy masks is in it and must not be shown.
func ViewOf(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity) (*projection.Projection, error) {
	v, err := makeView(ctx, model, g, id)
	return v.Graph, err
}

func makeView(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity) (View, error) {
	policy, _ := Role(id.Role).row()
	w := &viewer{g: g, model: model, policy: policy, scope: NewScope(g, id)}
	if w.seesAll() {
		return View{g, w.scope}, nil
	}
	part, err := g.Part(ctx, w.node, w.edge)
	return View{part, w.scope}, err
}

// CachedView returns the view of an identity, made once for a picture. The
// error is that of making it.
func CachedView(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity) (View, error) {
	type memoKey struct{}
	type made struct {
		view View
		err  error
	}
	memo := g.Memo(memoKey{}, func() any { return projection.NewMemo(viewsCached) }).(*projection.Memo)
	found := memo.Get(ViewKey(id), func() any {
		// Other requests wait for the view even if this one ends early.
		v, err := makeView(context.WithoutCancel(ctx), model, g, id)
		return made{v, err}
	}).(made)
	return found.view, found.err
}

// ViewKey names a view: the role and the scope.
func ViewKey(id *access.Identity) string {
	if id.Scope.IsZero() {
		return string(id.Role)
	}
	return fmt.Sprintf("%s %q %q %q", id.Role, id.Scope.Regions, id.Scope.Ecosystems, id.Scope.Intermediary)
}

// viewer decides what is part of a view.
type viewer struct {
	g      *projection.Projection
	model  *schema.Model
	policy *schema.RolePolicy
	scope  *Scope
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

// node returns what of a node is in the view.
func (w *viewer) node(v projection.Vertex) *graph.Node {
	n := w.g.Node(v)
	kind := w.model.Node(n.Kind)
	if kind == nil {
		return nil
	}
	within := w.scope.Node(n.ID)
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

// edge returns what of an edge is in the view.
func (w *viewer) edge(e *graph.Edge) *graph.Edge {
	kind := w.model.EdgeKind(e.Kind)
	if kind == nil {
		return nil
	}
	within := w.scope.Edge(e)
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
