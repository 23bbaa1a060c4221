package projection

import "slices"

// Links of several chains may be one link (SAME_AS, 同一环节), in both directions and along
// others. What is stated of one of them, such as that a company is there, counts at all of
// them and at all links above any of these. What a link is part of, what it feeds, and how
// deep it lies is of the link alone.

// sameRows lays out which links are one, and what counts where. Where no two are, it takes
// no memory of its own: what is stated of a link counts there and above.
func (in *industry) sameRows(p *Projection, up, down func(Vertex) []Vertex, isLink func(Vertex) bool) {
	in.counts, in.counted = in.atOrAbove, in.below
	same := in.sameEdges(p)
	if len(same) == 0 {
		return
	}
	n := len(in.depth)
	and := func(steps func(Vertex) []Vertex) func(Vertex) []Vertex {
		return func(v Vertex) []Vertex { return append(steps(v), same[v]...) }
	}
	in.same = newRows(n, func(i int) []Vertex {
		return reach(in.firstLink+Vertex(i), func(v Vertex) []Vertex { return same[v] }, isLink)
	})
	in.counts = newRows(n, func(i int) []Vertex { return reach(in.firstLink+Vertex(i), and(up), isLink) })
	in.counted = newRows(n, func(i int) []Vertex { return reach(in.firstLink+Vertex(i), and(down), isLink) })
}

// sameEdges returns the current SAME_AS edges in both directions. One between a link and
// itself, or a link above or below it, is left out: a part is not the whole.
func (in *industry) sameEdges(p *Projection) map[Vertex][]Vertex {
	found := map[Vertex][]Vertex{}
	for number := range int32(p.EdgeCount(SameAs)) {
		_, a, b := p.Edge(SameAs, number)
		if !p.Current(SameAs, number) || slices.Contains(in.atOrAbove.at(int(a-in.firstLink)), b) || slices.Contains(in.below.at(int(a-in.firstLink)), b) {
			continue
		}
		found[a], found[b] = append(found[a], b), append(found[b], a)
	}
	return found
}

// Same returns a link and the links that are the same by SAME_AS edges, in ascending order.
// An edge between a link and one above it or below it counts for nothing.
func (p *Projection) Same(link Vertex) []Vertex {
	in, i := &p.industry, int(link-p.industry.firstLink)
	if in.same.offsets == nil {
		return []Vertex{link}
	}
	return in.same.at(i)
}

// CountsAt returns the links at which what is stated of a link counts: the link, those that
// are the same, and all above any of these, in ascending order.
func (p *Projection) CountsAt(link Vertex) []Vertex {
	return p.industry.counts.at(int(link - p.industry.firstLink))
}

// CountedAt returns the links of which what is stated counts at a link: the link, those that
// are the same, and all below any of these, in ascending order.
func (p *Projection) CountedAt(link Vertex) []Vertex {
	return p.industry.counted.at(int(link - p.industry.firstLink))
}

// The values of the property holds of a link but that of companies, which is the meaning of
// none.
const (
	HoldsCustomers = "CUSTOMERS" // 客户与应用: who buys, or a field of use
	HoldsActivity  = "ACTIVITY"  // 活动: what no company is at
	HoldsHeading   = "HEADING"   // 标题: it only orders the links below it
)

// HoldsOf returns what a link holds if that is not companies, else "".
func (p *Projection) HoldsOf(link Vertex) string {
	switch holds := p.Text(link, "holds"); holds {
	case HoldsCustomers, HoldsActivity, HoldsHeading:
		return holds
	}
	return ""
}

// Judged reports whether a link holds companies, so that questions judge it.
func (p *Projection) Judged(link Vertex) bool {
	return !p.industry.unjudged[link-p.industry.firstLink]
}

// JudgedIn returns those of [Projection.LinksIn] that hold companies.
func (p *Projection) JudgedIn(chain Vertex) []Vertex {
	links := p.LinksIn(chain)
	if !slices.ContainsFunc(links, func(v Vertex) bool { return !p.Judged(v) }) {
		return links
	}
	return slices.DeleteFunc(slices.Clone(links), func(v Vertex) bool { return !p.Judged(v) })
}
