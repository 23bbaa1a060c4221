package api

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

// view is the part of a picture that somebody may know of: nodes, edges and
// values that the policy refuses are not in it, so that look-ups, searches,
// counts and answers cannot tell that there are any. What the policy masks or
// shows for a purpose is in it, and treated field by field.
type view struct {
	graph *projection.Projection
	scope *scope
}

// viewsKept bounds the views that are kept of one picture. Those of one role
// and scope share one.
const viewsKept = 16

// ViewOf returns the part of a picture that somebody may know of, for answers
// that are given without a server: no node, edge or value that the policy
// refuses is in it. What the policy masks is in it and must not be shown.
func ViewOf(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity) (*projection.Projection, error) {
	v, err := makeView(ctx, model, g, id)
	return v.graph, err
}

func makeView(ctx context.Context, model *schema.Model, g *projection.Projection, id *access.Identity) (view, error) {
	policy, _ := policyOf(Role(id.Role))
	w := &viewer{g: g, model: model, policy: policy, scope: newScope(g, id)}
	if w.seesAll() {
		return view{g, w.scope}, nil
	}
	part, err := g.Part(ctx, w.node, w.edge)
	return view{part, w.scope}, err
}

// viewOf returns the view of an identity, made once for a picture.
func (s *Server) viewOf(ctx context.Context, g *projection.Projection, id *access.Identity) (view, error) {
	type memoKey struct{}
	type made struct {
		view view
		err  error
	}
	memo := g.Memo(memoKey{}, func() any { return projection.NewMemo(viewsKept) }).(*projection.Memo)
	found := memo.Get(viewKey(id), func() any {
		// Others wait for the view, whatever becomes of this request.
		v, err := makeView(context.WithoutCancel(ctx), s.model, g, id)
		return made{v, err}
	}).(made)
	return found.view, found.err
}

// viewKey names a view: the role and the scope.
func viewKey(id *access.Identity) string {
	if id.Scope.IsZero() {
		return string(id.Role)
	}
	return fmt.Sprintf("%s %q %q %q", id.Role, id.Scope.Regions, id.Scope.Ecosystems, id.Scope.Intermediary)
}

// scope tells what of a picture belongs to an identity. The ids hold for the
// whole picture and for every part of it.
type scope struct {
	kind   schema.Scope
	of     access.Scope
	itself graph.ID // of the intermediary that asks
	g      *projection.Projection
}

func newScope(g *projection.Projection, id *access.Identity) *scope {
	s := &scope{kind: id.Policy().Scope, of: id.Scope, g: g}
	if s.kind == schema.ScopeItself {
		if v, err := g.Lookup(id.Scope.Intermediary, projection.Intermediary); err == nil {
			s.itself = g.ID(v)
		}
	}
	return s
}

// node reports whether a node belongs to who asks. For a task force these are
// the persons who come from its regions or are there, companies and parks
// placed there, intermediaries that cover any of it, and task forces in charge
// of any of it; what has no place belongs to nobody in particular.
func (s *scope) node(id graph.ID) bool {
	switch s.kind {
	case schema.ScopeEverything:
		return true
	case schema.ScopeItself:
		return s.itself != "" && s.itself == id
	}
	v := s.g.Vertex(id)
	switch s.g.Kind(v) {
	case projection.Company:
		return s.of.HasRegion(s.g.PlaceOf(v))
	case projection.Person:
		return s.any(v, projection.NativeOf, projection.LocatedIn) || s.native(v)
	case projection.Park:
		return s.any(v, projection.LocatedIn)
	case projection.Intermediary:
		return s.any(v, projection.Covers, projection.LocatedIn)
	case projection.TaskForce:
		return s.any(v, projection.InChargeOf)
	}
	return false
}

func (s *scope) native(v projection.Vertex) bool {
	region := s.g.Text(v, "native_region")
	return region != "" && s.of.HasRegion(region)
}

// any reports whether an edge of one of the kinds leads to a region of the
// scope or one that contains it, or to one of its ecosystems.
func (s *scope) any(v projection.Vertex, kinds ...string) bool {
	for _, kind := range kinds {
		for _, other := range s.g.Out(kind, v).Others {
			switch s.g.Kind(other) {
			case projection.Region:
				code := s.g.AreaOf(other)
				if s.of.HasRegion(code) || slices.ContainsFunc(s.of.Regions, func(own string) bool { return projection.Within(own, code) && code != projection.Country }) {
					return true
				}
			case projection.Ecosystem:
				if s.of.HasEcosystem(s.g.Code(other)) {
					return true
				}
			}
		}
	}
	return false
}

// edge reports whether an edge belongs to who asks: if one of its ends does.
func (s *scope) edge(e *graph.Edge) bool { return s.node(e.From) || s.node(e.To) }

// viewer decides what is part of a view.
type viewer struct {
	g      *projection.Projection
	model  *schema.Model
	policy *schema.RolePolicy
	scope  *scope
}

// seesAll reports whether the policy refuses nothing anywhere.
func (w *viewer) seesAll() bool {
	for _, s := range []schema.Sensitivity{schema.Public, schema.Internal, schema.Personal} {
		if w.policy.See(s, true) == schema.Refuse || w.policy.See(s, false) == schema.Refuse {
			return false
		}
	}
	return true
}

func (w *viewer) refuses(s schema.Sensitivity, within bool) bool {
	a := w.policy.See(s, within)
	return a != schema.Show && a != schema.Mask && a != schema.Audit
}

// node returns what of a node is in the view.
func (w *viewer) node(v projection.Vertex) *graph.Node {
	n := w.g.Node(v)
	kind := w.model.Node(n.Kind)
	if kind == nil {
		return nil
	}
	within := w.scope.node(n.ID)
	if w.refuses(kind.Sensitivity, within) {
		return nil
	}
	facts, changed := w.facts(kind, n.Facts, within)
	if !changed {
		return n
	}
	part := *n
	part.Facts = facts
	part.Keys = slices.DeleteFunc(slices.Clone(n.Keys), func(k graph.Key) bool { return w.telling(kind, k, within) })
	return &part
}

// telling reports whether a key holds a value that the view must not hold.
func (w *viewer) telling(kind *schema.Kind, k graph.Key, within bool) bool {
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
	within := w.scope.edge(e)
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
func (w *viewer) facts(kind *schema.Kind, facts []graph.Fact, within bool) (kept []graph.Fact, changed bool) {
	refused := func(f graph.Fact) bool {
		p := kind.Property(f.Property)
		return p != nil && w.refuses(p.Sensitivity, within)
	}
	if !slices.ContainsFunc(facts, refused) {
		return facts, false
	}
	return slices.DeleteFunc(slices.Clone(facts), refused), true
}

// element is the element that a property of kind k is asked of.
func (rq *request) element(k *schema.Kind, source any) (id graph.ID, within bool) {
	if k.IsEdge() {
		at, err := sourceOf[pageEdge](source)
		if err != nil {
			return "", false
		}
		e := rq.arcEdge(k, at)
		return e.ID, rq.scope.edge(e)
	}
	v, err := sourceOf[projection.Vertex](source)
	if err != nil {
		return "", false
	}
	id = rq.picture.graph.ID(v)
	return id, rq.scope.node(id)
}

// within reports whether an element belongs to who asks.
func (rq *request) within(k *schema.Kind, source any) bool {
	_, within := rq.element(k, source)
	return within
}

// note remembers what is revealed.
func (rq *request) note(k *schema.Kind, p *schema.Property, source any) {
	id, _ := rq.element(k, source)
	rq.revealed.add(k.Name+"."+lowerCamel(p.Name), string(id))
}

// mayKnow refuses kinds of which the caller may know no node or edge.
func (rq *request) mayKnow(kinds ...string) error {
	refused := func(name string) bool {
		k := rq.server.model.Kind(name)
		return k != nil && treatment(rq.role, k.Sensitivity) == engine.Refuse
	}
	every := func(ends []string) bool {
		return !slices.ContainsFunc(ends, func(end string) bool { return !refused(end) })
	}
	for _, name := range kinds {
		k := rq.server.model.Kind(name)
		if refused(name) || k != nil && k.IsEdge() && (every(k.Edge.From) || every(k.Edge.To)) {
			return engine.ErrRefused
		}
	}
	return nil
}

// itself refuses an intermediary that asks for another one.
func (rq *request) itself(text string) error {
	if rq.scope.kind != schema.ScopeItself {
		return nil
	}
	v, err := rq.picture.graph.Lookup(text, projection.Intermediary)
	if err != nil {
		return err
	}
	if rq.picture.graph.ID(v) != rq.scope.itself {
		return engine.ErrRefused
	}
	return nil
}
