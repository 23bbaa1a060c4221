package fields

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// tie notes that a field leads along edges of persons, or names their sources. What the
// policy masks of them the field leaves out itself, one by one, so that the engine shows
// what is left; that it is subject to the policy keeps answers with it out of the cache
// where something may be revealed.
func (b *Builder) tie(f *graphql.Field, tied disclosure.Tied) {
	b.ties[f] = tied
	access := b.made[f]
	access.Mask = func(value any) any { return value }
	access.Treat = func(any, any) engine.Treatment { return engine.Show }
	b.made[f] = access
}

// hidden says which arcs are no items of a page: count of them from a place on, or all
// but some.
type hidden struct {
	first, count int
	kept         []int32 // the places that are items, where count does not say it
}

// tiesPage is a page of the edges of one kind at a node, of which some are edges of
// persons: those that the caller may see, each of them noted if it is revealed. Of a
// person whose values are masked these are edges that lead to provinces.
func (rq *Request) tiesPage(side edgeSide, v projection.Vertex, arcs projection.Arcs, question string, a Args) (any, error) {
	g := rq.Picture.Graph
	p := &Page{Version: int64(g.Version()), Question: question, arcs: arcs}
	if disclosure.Personal(g.Model(), g.Kind(v)) {
		rq.ownTies(p, side, v)
	} else {
		rq.tiesToPersons(p, side)
	}
	if p.coarse != nil {
		p.Total = len(p.coarse)
		p.Vertex = func(i int) projection.Vertex { return g.Vertex(p.coarse[i].To) }
		p.ID = func(i int) string { return string(p.coarse[i].ID) }
		return p, rq.Cut(p, a)
	}
	p.Vertex = func(i int) projection.Vertex { return arcs.Others[p.place(i)] }
	p.ID = func(i int) string {
		e, _, _ := g.Edge(side.kind.Name, arcs.Edges[p.place(i)])
		return string(e.ID)
	}
	err := rq.Cut(p, a)
	if !rq.Caller.RevealsTies(side.kind.Name) {
		return p, err
	}
	p.Uncounted = p.Uncounted || p.start >= p.end && p.Total > 0 // since nothing of them is noted
	for i := p.start; i < p.end; i++ {
		rq.Caller.Reveal(g, rq.tieOf(side, arcs.Edges[p.place(i)]), LowerCamel(side.kind.Name))
	}
	return p, err
}

// ownTies finds what the caller may see of the edges of a person.
func (rq *Request) ownTies(p *Page, side edgeSide, v projection.Vertex) {
	g := rq.Picture.Graph
	rq.keepWhole(p, side)
	seen := rq.Caller.SeesTies(g, v, side.kind.Name)
	p.Uncounted = seen != engine.Show && seen != engine.Reveal
	if !side.out {
		return
	}
	for _, number := range p.arcs.Edges {
		c := rq.tieOf(side, number).Coarse(g)
		if c != nil && !slices.ContainsFunc(p.coarse, func(x *graph.Edge) bool { return x.ID == c.ID }) {
			p.coarse = append(p.coarse, c)
		}
	}
}

// tiesToPersons finds which of the edges at a node that is no person the caller may
// see. Those it sees are counted as if there were no others, since a missing number would
// say that there are. The nodes of a kind are next to each other in a picture, and so are they here.
func (rq *Request) tiesToPersons(p *Page, side edgeSide) {
	g := rq.Picture.Graph
	masked := rq.Caller.MasksTies(side.kind.Name)
	p.Total, p.Uncounted = p.arcs.Len(), masked
	if !masked && !rq.Caller.RevealsTies(side.kind.Name) {
		return
	}
	for _, kind := range side.others {
		if !disclosure.Personal(g.Model(), kind) {
			continue
		}
		first, end := g.Range(kind)
		at, _ := slices.BinarySearch(p.arcs.Others, first)
		behind, _ := slices.BinarySearch(p.arcs.Others, end)
		switch {
		case masked && p.hidden.count == 0:
			p.hidden = hidden{first: at, count: behind - at}
			p.Total -= behind - at
		case masked || slices.ContainsFunc(p.arcs.Edges[at:behind], func(number int32) bool { return !rq.tieOf(side, number).Whole() }):
			rq.keepWhole(p, side)
			p.Uncounted = masked
			return
		}
	}
}

// keepWhole looks at every edge of a page for whether the caller sees it whole.
func (rq *Request) keepWhole(p *Page, side edgeSide) {
	kept := make([]int32, 0, p.arcs.Len())
	for i, number := range p.arcs.Edges {
		if rq.tieOf(side, number).Whole() {
			kept = append(kept, int32(i))
		}
	}
	p.hidden, p.Total, p.Uncounted = hidden{kept: kept}, len(kept), true
}

func (rq *Request) tieOf(side edgeSide, number int32) disclosure.Tie {
	e, _, _ := rq.Picture.Graph.Edge(side.kind.Name, number)
	return rq.Caller.TieOf(rq.Picture.Graph, e)
}

// sourcesOfPersons puts the fields of a personal kind that name sources under the policy:
// a source may be the list of one employer or a file with the name of a person.
func (b *Builder) sourcesOfPersons(k *schema.Kind, fields graphql.Fields) {
	for _, name := range []string{"facts", "sources", "conflicts"} {
		b.tie(fields[name], disclosure.Tied{All: true, Opened: func(p *schema.Purpose) bool { return p.Identifies(k) }})
	}
}

// veils reports whether the sources of a node are not to be named.
func (rq *Request) veils(v projection.Vertex) bool {
	return !rq.Caller.NamesSources(rq.Picture.Graph, v)
}

// veil hides the sources of some facts.
func veil(facts []factView) {
	for i := range facts {
		facts[i].fact.Source = disclosure.Veil(facts[i].fact.Source)
	}
}

func veiled(facts []graph.Fact) []graph.Fact {
	out := slices.Clone(facts)
	for i := range out {
		out[i].Source = disclosure.Veil(out[i].Source)
	}
	return out
}
