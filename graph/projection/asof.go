package projection

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Options says which projection to build.
type Options struct {
	// AsOf is an ISO date, possibly only a year or a month, which then means its
	// last day. The projection shows what was known by that day and held on it;
	// see [AsOf]. The default, "", shows all facts.
	AsOf string
}

// AsOf returns the options for the projection of a day, such as 2011-12-31: what
// was known then, and held then.
//
// Known. A fact is known from the last day of its as-of date on, so that one
// dated 2016 is not known in the middle of 2016; an assumed date counts alike,
// since by then it was known. Facts that were not known yet
// are hidden by the projection itself: no count and no question can see them. A
// property that is itself a date (founded, list_date) says when something
// happened, not when it was known, and hides nothing.
//
// An edge is there if a fact of it was known. A node is there if a fact of it
// was known, or if it is an end of an edge that was known, since who knew the
// edge knew its ends. Properties that identify a node are shown whatever their
// date, since they say which node it is and state nothing else about it; and so
// is the mark of invented data (synthetic), which no answer may lose.
//
// The frame of questions is that of today: regions, sources, ecosystems, chains
// and links, their order (PART_OF, FEEDS between links) and the assignment of
// products and patents to links (BELONGS_TO, APPLIES_TO) are not dated. What
// planners declared about a link (declared_role) is dated, since it is an assessment of its day, and so is the day
// as of which a list is whole (complete_on), since that of a later edition says nothing
// of an earlier one. Consent counts where it was given by the day and holds in all facts, so that
// nobody who has refused or withdrawn it since is named in a picture of an earlier day; the end
// of it is that of all facts.
//
// Held. Of the edges that were known those count that hold on the day by their
// valid_from and valid_to; see [Projection.Current].
func AsOf(day string) Options { return Options{AsOf: day} }

// On returns the projection of a day (see [AsOf]) that [Build] makes of the same version of
// the graph, without its store. The projection itself must be of all facts; that of a day, and an invalid
// day, give [graph.ErrInvalid].
func (p *Projection) On(ctx context.Context, day string) (*Projection, error) {
	if day == "" {
		return nil, message.As(graph.ErrInvalid, "no day is given")
	}
	if p.past || p.more != nil {
		return nil, message.As(graph.ErrInvalid, "a picture of an earlier day is made of one of all facts")
	}
	t := newTable(p.model)
	t.namer, t.version = p.namer, p.version
	for _, n := range p.nodes {
		t.nodes[n.ID] = n
	}
	for _, of := range p.edges {
		for _, e := range of.all {
			t.edges[e.ID] = e
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h, err := newHorizon(p.model, AsOf(day))
	if err != nil {
		return nil, err
	}
	return t.showOn(ctx, h, p)
}

// declaredRole and completeOn are the properties of the frame that are dated, synthetic
// the mark of invented data, consent and consentUntil what a person has agreed to, given if so, and how long.
const (
	given        = "GIVEN"
	declaredRole = "declared_role"
	completeOn   = "complete_on"
	synthetic    = "synthetic"
	consent      = "consent"
	consentUntil = "consent_until"
)

// inFrame reports whether nodes of a kind are part of the frame of questions.
func inFrame(kind string) bool {
	switch kind {
	case Region, Source, Ecosystem, Chain, Link:
		return true
	}
	return false
}

// horizon decides which facts a projection shows.
type horizon struct {
	model *schema.Model
	day   string // "" shows all
}

// newHorizon returns an error for options with an invalid date.
func newHorizon(model *schema.Model, options Options) (horizon, error) {
	if options.AsOf == "" {
		return horizon{model: model}, nil
	}
	day, err := schema.ParseDate(options.AsOf)
	if err != nil {
		return horizon{}, message.As(graph.ErrInvalid, "as-of date: %w", err)
	}
	return horizon{model: model, day: schema.LastDay(day)}, nil
}

// known reports whether a fact was known on the day.
func (h horizon) known(f graph.Fact) bool {
	return h.day == "" || schema.LastDay(f.AsOf) <= h.day
}

// elements returns the elements of a table that the projection shows, with the
// facts that it shows of them.
func (h horizon) elements(t *table) ([]*graph.Node, []*graph.Edge) {
	nodes := make([]*graph.Node, 0, len(t.nodes))
	edgeList := make([]*graph.Edge, 0, len(t.edges))
	if h.day == "" {
		for _, n := range t.nodes {
			nodes = append(nodes, n)
		}
		for _, e := range t.edges {
			edgeList = append(edgeList, e)
		}
		return nodes, edgeList
	}
	ends := map[graph.ID]bool{}
	for _, e := range t.edges {
		if shown := h.edge(t, e); shown != nil {
			edgeList = append(edgeList, shown)
			ends[e.From], ends[e.To] = true, true
		}
	}
	for _, n := range t.nodes {
		if inFrame(n.Kind) || ends[n.ID] || slices.ContainsFunc(n.Facts, h.known) {
			nodes = append(nodes, h.node(n))
		}
	}
	return nodes, edgeList
}

// edge returns an edge with the facts that are shown, nil if it was not known.
func (h horizon) edge(t *table, e *graph.Edge) *graph.Edge {
	from, to := t.nodes[e.From], t.nodes[e.To]
	frame := from != nil && to != nil && inFrame(from.Kind) && inFrame(to.Kind)
	if frame || e.Kind == BelongsTo || e.Kind == AppliesTo {
		return e
	}
	if !slices.ContainsFunc(e.Facts, h.known) {
		return nil
	}
	c := *e
	c.Facts = filter(e.Facts, func(f graph.Fact) bool { return h.known(f) || f.Property == synthetic })
	return &c
}

// node returns a node with the facts that are shown.
func (h horizon) node(n *graph.Node) *graph.Node {
	kind := h.model.Node(n.Kind)
	c := *n
	c.Facts = filter(n.Facts, func(f graph.Fact) bool {
		switch {
		case h.known(f), f.Property == synthetic, f.Property == consentUntil, f.Property == consent && !consents(n):
			return true
		case inFrame(n.Kind):
			return f.Property != declaredRole && f.Property != completeOn
		}
		return kind != nil && slices.ContainsFunc(kind.Identify, func(group []string) bool {
			return slices.Contains(group, f.Property)
		})
	})
	return &c
}

// consents reports whether a person consents by all that is known.
func consents(n *graph.Node) bool {
	agreed, _ := n.Get(consent)
	return agreed == given
}

// filter returns the facts that pass, in their order; the list itself if all
// of them do.
func filter(facts []graph.Fact, pass func(graph.Fact) bool) []graph.Fact {
	at := slices.IndexFunc(facts, func(f graph.Fact) bool { return !pass(f) })
	if at < 0 {
		return facts
	}
	passed := slices.Clone(facts[:at])
	for _, f := range facts[at+1:] {
		if pass(f) {
			passed = append(passed, f)
		}
	}
	return passed
}
