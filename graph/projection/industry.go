package projection

import (
	"slices"

	"liantu/graph"
)

// industry holds the tree of links and what is known of their companies.
type industry struct {
	firstLink Vertex
	below     rows   // per link: itself and the links below it
	atOrAbove rows   // per link: itself and the links above it
	same      rows   // per link: itself and the links that are the same; none if no two are
	counts    rows   // per link: those at which what is stated of it counts
	counted   rows   // per link: those of which what is stated counts at it
	unjudged  []bool // by link: it holds no companies
	chains    rows   // per link: the chains it is part of
	inChain   rows   // per chain: the links that are part of it
	ecosystem rows   // per chain: the ecosystems it is part of
	depth     []int32
	feeds     [2]rows // per link: the links one step downstream, upstream
	holdings  []holding
	starts    []int32 // of each company's holdings
}

// holding is one current OPERATES_IN edge of a company.
type holding struct {
	link   int32 // number within its kind
	edge   int32
	grade  graph.Grade
	leader bool
}

// rows is a list of lists in two flat slices.
type rows struct {
	offsets []int32
	items   []Vertex
}

func (r rows) at(i int) []Vertex {
	lo, hi := r.offsets[i], r.offsets[i+1]
	return r.items[lo:hi:hi]
}

// newRows lays out n lists, each made by list, sorted and without repetition.
func newRows(n int, list func(i int) []Vertex) rows {
	r := rows{offsets: make([]int32, n+1)}
	for i := range n {
		items := list(i)
		slices.Sort(items)
		r.items = append(r.items, slices.Compact(items)...)
		r.offsets[i+1] = int32(len(r.items))
	}
	return r
}

func newIndustry(p *Projection) industry {
	first, end := p.Range(Link)
	n := int(end - first)
	in := industry{firstLink: first}
	isLink := func(v Vertex) bool { return v >= first && v < end }
	up := func(v Vertex) []Vertex { return p.neighbours(PartOf, v, true) }
	down := func(v Vertex) []Vertex { return p.neighbours(PartOf, v, false) }

	in.below = newRows(n, func(i int) []Vertex { return reach(first+Vertex(i), down, isLink) })
	in.atOrAbove = newRows(n, func(i int) []Vertex { return reach(first+Vertex(i), up, isLink) })
	in.chains = newRows(n, func(i int) []Vertex {
		var chains []Vertex
		for _, v := range in.atOrAbove.at(i) {
			for _, parent := range up(v) {
				if p.Kind(parent) == Chain {
					chains = append(chains, parent)
				}
			}
		}
		return chains
	})
	in.depth = depths(first, n, up, isLink)
	in.sameRows(p, up, down, isLink)
	in.unjudged = make([]bool, n)
	for i := range in.unjudged {
		in.unjudged[i] = p.HoldsOf(first+Vertex(i)) != ""
	}
	in.chainRows(p)
	in.feedRows(p, isLink)
	in.holdingRows(p)
	return in
}

// neighbours returns the other ends of the current edges of a kind at v.
func (p *Projection) neighbours(kind string, v Vertex, out bool) []Vertex {
	arcs := p.In(kind, v)
	if out {
		arcs = p.Out(kind, v)
	}
	found := make([]Vertex, 0, arcs.Len())
	for i, number := range arcs.Edges {
		if p.Current(kind, number) {
			found = append(found, arcs.Others[i])
		}
	}
	return found
}

// reach returns v and all vertices that any number of steps within the wanted
// vertices reach from it. Cycles are allowed.
func reach(v Vertex, step func(Vertex) []Vertex, wanted func(Vertex) bool) []Vertex {
	seen := map[Vertex]bool{v: true}
	found := []Vertex{v}
	for i := 0; i < len(found); i++ {
		for _, next := range step(found[i]) {
			if wanted(next) && !seen[next] {
				seen[next] = true
				found = append(found, next)
			}
		}
	}
	return found
}

// depths returns 1 for a link that is part of a chain or of nothing, and one
// more than the least depth of its parents for the others. Links with parents
// only in cycles have depth 0.
func depths(first Vertex, n int, up func(Vertex) []Vertex, isLink func(Vertex) bool) []int32 {
	depth := make([]int32, n)
	children := make([][]int32, n)
	var queue []int32
	for i := range n {
		parents := up(first + Vertex(i))
		root := len(parents) == 0
		for _, parent := range parents {
			if isLink(parent) {
				children[parent-first] = append(children[parent-first], int32(i))
			} else {
				root = true
			}
		}
		if root {
			depth[i] = 1
			queue = append(queue, int32(i))
		}
	}
	for i := 0; i < len(queue); i++ {
		for _, child := range children[queue[i]] {
			if depth[child] == 0 {
				depth[child] = depth[queue[i]] + 1
				queue = append(queue, child)
			}
		}
	}
	return depth
}

func (in *industry) chainRows(p *Projection) {
	first, end := p.Range(Chain)
	n := int(end - first)
	members := make([][]Vertex, n)
	for i := range in.depth {
		for _, chain := range in.chains.at(i) {
			members[chain-first] = append(members[chain-first], in.firstLink+Vertex(i))
		}
	}
	in.inChain = newRows(n, func(i int) []Vertex { return members[i] })
	in.ecosystem = newRows(n, func(i int) []Vertex {
		return slices.DeleteFunc(p.neighbours(PartOf, first+Vertex(i), true), func(v Vertex) bool { return p.Kind(v) != Ecosystem })
	})
}

// feedRows finds the links one step downstream and upstream of each link: the
// FEEDS edges of the link and of all links below it count, except those that
// join two of these. In the place of a link that holds no companies are those below it
// that do.
func (in *industry) feedRows(p *Projection, isLink func(Vertex) bool) {
	for side, out := range []bool{true, false} {
		in.feeds[side] = newRows(len(in.depth), func(i int) []Vertex {
			own := in.below.at(i)
			var found []Vertex
			for _, v := range own {
				for _, other := range p.neighbours(Feeds, v, out) {
					if _, inside := slices.BinarySearch(own, other); !inside && isLink(other) {
						found = in.appendJudged(found, other, own)
					}
				}
			}
			return found
		})
	}
}

// appendJudged appends a link, or those below it if it holds no companies, which do and
// are none of one's own.
func (in *industry) appendJudged(list []Vertex, link Vertex, own []Vertex) []Vertex {
	if !in.unjudged[link-in.firstLink] {
		return append(list, link)
	}
	for _, v := range in.below.at(int(link - in.firstLink)) {
		if _, inside := slices.BinarySearch(own, v); !inside && !in.unjudged[v-in.firstLink] {
			list = append(list, v)
		}
	}
	return list
}

func (in *industry) holdingRows(p *Projection) {
	first, end := p.Range(Company)
	in.starts = make([]int32, int(end-first)+1)
	for v := first; v < end; v++ {
		arcs := p.Out(OperatesIn, v)
		for i, number := range arcs.Edges {
			if p.Current(OperatesIn, number) {
				e, _, _ := p.Edge(OperatesIn, number)
				in.holdings = append(in.holdings, holding{
					link: int32(arcs.Others[i] - in.firstLink), edge: number, grade: e.Grade(), leader: truth(e.Get("leader")),
				})
			}
		}
		in.starts[v-first+1] = int32(len(in.holdings))
	}
}

// LinksBelow returns a link and all links that are part of it by any number
// of steps, in ascending order.
func (p *Projection) LinksBelow(link Vertex) []Vertex {
	return p.industry.below.at(int(link - p.industry.firstLink))
}

// LinksAbove returns a link and all links that it is part of by any number of
// steps, in ascending order.
func (p *Projection) LinksAbove(link Vertex) []Vertex {
	return p.industry.atOrAbove.at(int(link - p.industry.firstLink))
}

// ParentsOf returns the links and chains that a link is directly part of, or
// the ecosystems of a chain, in ascending order.
func (p *Projection) ParentsOf(v Vertex) []Vertex { return p.neighbours(PartOf, v, true) }

// PartsOf returns what is directly part of an ecosystem, a chain or a link, in
// ascending order.
func (p *Projection) PartsOf(v Vertex) []Vertex { return p.neighbours(PartOf, v, false) }

// ChainsOf returns the chains that a link is part of, directly or through the
// links above it, in ascending order of their codes.
func (p *Projection) ChainsOf(link Vertex) []Vertex {
	return p.industry.chains.at(int(link - p.industry.firstLink))
}

// ChainOf returns the first of [Projection.ChainsOf], or [None].
func (p *Projection) ChainOf(link Vertex) Vertex {
	return firstOf(p.ChainsOf(link))
}

// LinksIn returns the links that are part of a chain on any level, in
// ascending order of their codes.
func (p *Projection) LinksIn(chain Vertex) []Vertex {
	first, _ := p.Range(Chain)
	return p.industry.inChain.at(int(chain - first))
}

// ChainsIn returns the chains that are part of an ecosystem, in ascending
// order of their codes.
func (p *Projection) ChainsIn(ecosystem Vertex) []Vertex {
	return slices.DeleteFunc(p.neighbours(PartOf, ecosystem, false), func(v Vertex) bool { return p.Kind(v) != Chain })
}

// EcosystemsOf returns the ecosystems that a chain is part of, in ascending
// order of their codes.
func (p *Projection) EcosystemsOf(chain Vertex) []Vertex {
	first, _ := p.Range(Chain)
	return p.industry.ecosystem.at(int(chain - first))
}

// EcosystemOf returns the first of [Projection.EcosystemsOf], or [None]; the
// chain may be None.
func (p *Projection) EcosystemOf(chain Vertex) Vertex {
	if chain == None {
		return None
	}
	return firstOf(p.EcosystemsOf(chain))
}

func firstOf(list []Vertex) Vertex {
	if len(list) == 0 {
		return None
	}
	return list[0]
}

// Depth returns the level of a link in its tree: 1 for a link that is part of a
// chain directly or of nothing, else one more than the least depth of the links
// it is part of, and 0 for one with parents only in cycles.
func (p *Projection) Depth(link Vertex) int {
	return int(p.industry.depth[link-p.industry.firstLink])
}

// Downstream returns the links that a link feeds in one step, in ascending
// order. FEEDS edges of all layers count, also those of the links below it, but
// none within the link. One to a link that holds no companies leads to those below it
// that do.
func (p *Projection) Downstream(link Vertex) []Vertex {
	return p.industry.feeds[0].at(int(link - p.industry.firstLink))
}

// Upstream returns the links that feed a link in one step, as
// [Projection.Downstream] returns those it feeds.
func (p *Projection) Upstream(link Vertex) []Vertex {
	return p.industry.feeds[1].at(int(link - p.industry.firstLink))
}
