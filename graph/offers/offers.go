// Package offers reads what regions offer at links: the parks that host them and the open
// city opportunities that demand them. The rules are in the documentation of package gaps.
//
// Package gaps and those above it, api, the program and tests may import offers; it
// imports projection, graph and schema.
package offers

import (
	"cmp"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Park is a park that hosts a link.
type Park struct {
	Park      projection.Vertex
	Hosts     projection.Vertex // the link, one above it, or a chain that it is part of
	Edge      graph.ID          // of the HOSTS edge
	Leading   bool              // as its leading industry
	Synthetic bool
}

// Opportunity is an open opportunity that demands a link.
type Opportunity struct {
	Opportunity projection.Vertex
	Link        projection.Vertex // that it demands: the link of the question, or one below it
	Edge        graph.ID          // of the DEMANDS edge
	Deadline    string            // the last day to respond, an ISO date as stated; "" if none is
	Synthetic   bool
}

// Offers are those of one area.
type Offers struct {
	p     *projection.Projection
	parks map[projection.Vertex][]Park        // by what they host
	open  map[projection.Vertex][]Opportunity // by link
}

// In collects the parks and the open opportunities of an area; of the country are also
// those of no region.
func In(p *projection.Projection, code string) *Offers {
	o := &Offers{p, map[projection.Vertex][]Park{}, map[projection.Vertex][]Opportunity{}}
	first, end := p.Range(projection.Park)
	for v := first; v < end; v++ {
		if within(p, v, code) {
			o.addPark(v)
		}
	}
	first, end = p.Range(projection.Opportunity)
	for v := first; v < end; v++ {
		if deadline := p.Text(v, "deadline"); (deadline == "" || schema.LastDay(deadline) >= p.AsOf()) && within(p, v, code) {
			o.addOpportunity(v, deadline)
		}
	}
	for _, list := range o.open {
		slices.SortStableFunc(list, func(x, y Opportunity) int {
			return cmp.Or(cmp.Compare(lastDay(x), lastDay(y)), cmp.Compare(x.Opportunity, y.Opportunity), cmp.Compare(x.Link, y.Link))
		})
	}
	return o
}

// within reports whether a region of a vertex is an area or lies in it.
func within(p *projection.Projection, v projection.Vertex, code string) bool {
	return code == projection.Country || slices.ContainsFunc(p.AreasFrom(projection.LocatedIn, v), func(area string) bool {
		return projection.Within(area, code)
	})
}

func (o *Offers) addPark(v projection.Vertex) {
	one := Park{Park: v, Synthetic: o.p.Synthetic(v)}
	arcs := o.p.Out(projection.Hosts, v)
	for i, hosted := range arcs.Others {
		if !o.p.Current(projection.Hosts, arcs.Edges[i]) {
			continue
		}
		edge, _, _ := o.p.Edge(projection.Hosts, arcs.Edges[i])
		leading, _ := edge.Get("leading")
		one.Hosts, one.Edge, one.Leading = hosted, edge.ID, leading == true
		o.parks[hosted] = append(o.parks[hosted], one)
	}
}

func (o *Offers) addOpportunity(v projection.Vertex, deadline string) {
	arcs := o.p.Out(projection.Demands, v)
	for i, link := range arcs.Others {
		if !o.p.Current(projection.Demands, arcs.Edges[i]) {
			continue
		}
		edge, _, _ := o.p.Edge(projection.Demands, arcs.Edges[i])
		one := Opportunity{v, link, edge.ID, deadline, o.p.Synthetic(v)}
		for _, above := range o.p.CountsAt(link) {
			o.open[above] = append(o.open[above], one)
		}
	}
}

// lastDay is the last day to respond, behind all days if none is stated.
func lastDay(x Opportunity) string {
	if x.Deadline == "" {
		return "none"
	}
	return schema.LastDay(x.Deadline)
}

// Parks returns the parks that host a link, one for each HOSTS edge: those of which it is
// the leading industry first, then those that host the link or one above it, the nearest
// first, then those that host a chain, then in the order of the picture.
func (o *Offers) Parks(link projection.Vertex) []Park {
	if len(o.parks) == 0 {
		return nil
	}
	var found []Park
	same := o.p.Same(link)
	for _, hosted := range slices.Concat(o.p.CountsAt(link), o.p.ChainsOf(link)) {
		found = append(found, o.parks[hosted]...)
	}
	far := func(x Park) int {
		switch {
		case slices.Contains(same, x.Hosts):
			return 0
		case o.p.Kind(x.Hosts) == projection.Link:
			return 1 + len(o.p.LinksBelow(x.Hosts))
		}
		return math.MaxInt
	}
	slices.SortStableFunc(found, func(x, y Park) int {
		leads := 0
		switch {
		case x.Leading && !y.Leading:
			leads = -1
		case y.Leading && !x.Leading:
			leads = 1
		}
		return cmp.Or(leads, cmp.Compare(far(x), far(y)), cmp.Compare(x.Park, y.Park), cmp.Compare(x.Hosts, y.Hosts))
	})
	return found
}

// Opportunities returns the open opportunities that demand a link or one below it, one for
// each DEMANDS edge: those with the earliest deadline first, those without any last, then in
// the order of the picture. The list is shared and must not be changed.
func (o *Offers) Opportunities(link projection.Vertex) []Opportunity { return o.open[link] }
