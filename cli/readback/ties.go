package readback

import (
	"slices"

	"liantu/api/disclosure"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// tie is an edge of a node as the caller sees it.
type tie struct {
	disclosure.Tie
	edge  *graph.Edge
	other projection.Vertex
	holds bool
}

// tiesAt lists the edges of a kind at the node that the caller may see, and reports
// whether they may be counted. Of a person whose values are masked there are edges to
// provinces. A kind that is masked is noted as masked whether there are such edges or
// not, and what is left out for another reason is as if it were not there: else the
// answer would say that there is something.
func (n *nodeView) tiesAt(kind *schema.Kind, out bool, arcs projection.Arcs) (seen []tie, counted bool) {
	hidden := n.hides(kind, out)
	if hidden {
		n.masked[kind.Name] = true
	}
	for i, other := range arcs.Others {
		edge, _, _ := n.picture.Edge(kind.Name, arcs.Edges[i])
		x := tie{n.Caller.TieOf(n.picture, edge), edge, other, n.picture.Holds(kind.Name, arcs.Edges[i])}
		if x.Whole() {
			seen = append(seen, x)
			continue
		}
		coarse := x.Coarse(n.picture)
		if out && coarse != nil && !slices.ContainsFunc(seen, func(y tie) bool { return y.edge.ID == coarse.ID }) {
			seen = append(seen, tie{x.Tie, coarse, n.picture.Vertex(coarse.To), true})
		}
	}
	return seen, !hidden
}

// hides reports whether edges of persons of a kind at the node are masked: those of the
// node, if it is a person, else those of the persons at the other ends.
func (n *nodeView) hides(kind *schema.Kind, out bool) bool {
	own, others := kind.Edge.To, kind.Edge.From
	if out {
		own, others = others, own
	}
	switch {
	case !slices.Contains(own, n.picture.Kind(n.v)):
		return false
	case disclosure.Personal(n.model, n.picture.Kind(n.v)):
		return !disclosure.Tie{Seen: n.Caller.SeesTies(n.picture, n.v, kind.Name)}.Whole()
	}
	return disclosure.Personal(n.model, others...) && n.Caller.MasksTies(kind.Name)
}

// reveal notes that an edge is revealed.
func (r *Reading) reveal(t tie) {
	r.Caller.Reveal(r.picture, t.Tie, fields.LowerCamel(t.edge.Kind))
}

// sees reports whether the caller sees an edge whole.
func (r *Reading) sees(e *graph.Edge) bool { return r.Caller.TieOf(r.picture, e).Whole() }

// writes reports whether the caller sees an edge whole, so that it can be written into
// a file, and notes that it is revealed.
func (r *Reading) writes(e *graph.Edge) bool {
	t := r.Caller.TieOf(r.picture, e)
	r.Caller.Reveal(r.picture, t, fields.LowerCamel(e.Kind))
	return t.Whole()
}

// veils reports whether the sources of an element are not to be named, since they may
// name a person or an employer.
func (r *Reading) veils(e element) bool {
	return !e.kind.IsEdge() && !r.Caller.NamesSources(r.picture, r.picture.Vertex(e.ID))
}

// unsourced is a node with its sources as far as the caller may see them.
func (r *Reading) unsourced(n *graph.Node) *graph.Node {
	kind := r.model.Node(n.Kind)
	if !r.veils(element{kind, disclosure.Element{Kind: kind, ID: n.ID}}) {
		return n
	}
	veiled := *n
	veiled.Facts = slices.Clone(n.Facts)
	for i := range veiled.Facts {
		veiled.Facts[i].Source = disclosure.Veil(veiled.Facts[i].Source)
	}
	return &veiled
}
