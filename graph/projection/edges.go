package projection

import (
	"cmp"
	"slices"

	"liantu/graph"
	"liantu/schema"
)

// Arcs are the edges of one kind at one vertex: Others[i] is the vertex at the
// other end and Edges[i] the number of the edge among those of its kind, for
// [Projection.Edge]. They are in ascending order of Others, then of the edges'
// discriminators.
type Arcs struct {
	Others []Vertex
	Edges  []int32
}

// Len returns the number of arcs.
func (a Arcs) Len() int { return len(a.Others) }

// edges holds the edges of one kind in ascending order of subject, object and
// discriminator. A kind of vertex that has no such edge has no offsets.
type edges struct {
	all     []*graph.Edge
	from    []Vertex
	current []bool
	out, in map[string]*half // by kind of the vertex
	targets []Vertex         // of the edges in order
	numbers []int32          // 0, 1, 2 …
	sources []Vertex         // in the order of object, subject, discriminator
	inEdges []int32
}

// half holds the offsets of one direction for the vertices of one kind.
type half struct {
	first   Vertex
	offsets []int32
}

func (h *half) at(v Vertex) (lo, hi int32) {
	i := v - h.first
	return h.offsets[i], h.offsets[i+1]
}

// Out returns the edges of a kind that lead away from v.
func (p *Projection) Out(kind string, v Vertex) Arcs {
	e := p.edges[kind]
	if e == nil {
		return Arcs{}
	}
	h := e.out[p.Kind(v)]
	if h == nil {
		return Arcs{}
	}
	lo, hi := h.at(v)
	return Arcs{Others: e.targets[lo:hi:hi], Edges: e.numbers[lo:hi:hi]}
}

// In returns the edges of a kind that lead to v.
func (p *Projection) In(kind string, v Vertex) Arcs {
	e := p.edges[kind]
	if e == nil {
		return Arcs{}
	}
	h := e.in[p.Kind(v)]
	if h == nil {
		return Arcs{}
	}
	lo, hi := h.at(v)
	return Arcs{Others: e.sources[lo:hi:hi], Edges: e.inEdges[lo:hi:hi]}
}

// EdgeCount returns the number of edges of a kind.
func (p *Projection) EdgeCount(kind string) int {
	if e := p.edges[kind]; e != nil {
		return len(e.all)
	}
	return 0
}

// Edge returns all that is known about an edge, given its number among those
// of its kind, and its ends. The edge must not be changed.
func (p *Projection) Edge(kind string, number int32) (edge *graph.Edge, from, to Vertex) {
	e := p.edges[kind]
	if e == nil || number < 0 || int(number) >= len(e.all) {
		return nil, None, None
	}
	return e.all[number], e.from[number], e.targets[number]
}

// Current reports whether an edge holds on the day of the projection: its
// valid_from is not after [Projection.AsOf] and its valid_to not before it. A
// date that is only a year or a month means its first day (valid_from) or its
// last (valid_to). An edge of a company that is not [Projection.Active] is not
// current either. Edges that are not current can be read, but no count and no
// question uses them.
func (p *Projection) Current(kind string, number int32) bool {
	e := p.edges[kind]
	return e != nil && number >= 0 && int(number) < len(e.all) && e.current[number]
}

// Holds reports whether an edge holds on the day of the projection by its dates alone,
// whatever became of the companies at its ends.
func (p *Projection) Holds(kind string, number int32) bool {
	edge, _, _ := p.Edge(kind, number)
	return edge != nil && holds(edge, p.asOf)
}

// joined is an edge with its ends as vertices.
type joined struct {
	from, to Vertex
	edge     *graph.Edge
}

// compare orders edges by subject, object and discriminator.
func (a joined) compare(b joined) int {
	if a.from != b.from {
		return cmp.Compare(a.from, b.from)
	}
	if a.to != b.to {
		return cmp.Compare(a.to, b.to)
	}
	return cmp.Compare(a.edge.Discriminator, b.edge.Discriminator)
}

// newEdges sorts the edges of one kind and lays out both directions.
func newEdges(p *Projection, all []joined) *edges {
	slices.SortFunc(all, joined.compare)
	e := newColumns(len(all))
	for _, j := range all {
		e.all, e.from, e.targets = append(e.all, j.edge), append(e.from, j.from), append(e.targets, j.to)
		e.current = append(e.current, p.holdsNow(j))
	}
	e.layOut(p)
	return e
}

// newColumns makes room for n edges.
func newColumns(n int) *edges {
	return &edges{all: make([]*graph.Edge, 0, n), from: make([]Vertex, 0, n), targets: make([]Vertex, 0, n), current: make([]bool, 0, n)}
}

// holdsNow reports whether an edge is current; see [Projection.Current].
func (p *Projection) holdsNow(j joined) bool {
	return holds(j.edge, p.asOf) && p.Active(j.from) && p.Active(j.to)
}

// layOut makes the columns that follow from the edges, their ends in order.
func (e *edges) layOut(p *Projection) {
	n := len(e.all)
	e.numbers, e.sources = make([]int32, n), make([]Vertex, n)
	for i := range e.numbers {
		e.numbers[i] = int32(i)
	}
	e.inEdges = byTarget(e.targets)
	arrivals := make([]Vertex, n)
	for i, number := range e.inEdges {
		e.sources[i] = e.from[number]
		arrivals[i] = e.targets[number]
	}
	e.out = p.halves(e.from)
	e.in = p.halves(arrivals)
}

// byTarget returns the numbers of edges in the order of their targets, those of one target
// in their own order.
func byTarget(targets []Vertex) []int32 {
	numbers := make([]int32, len(targets))
	if len(targets) == 0 {
		return numbers
	}
	least, most := slices.Min(targets), slices.Max(targets)
	next := make([]int32, int(most-least)+2)
	for _, v := range targets {
		next[v-least+1]++
	}
	for i := 1; i < len(next); i++ {
		next[i] += next[i-1]
	}
	for i, v := range targets {
		numbers[next[v-least]] = int32(i)
		next[v-least]++
	}
	return numbers
}

// bytes is what the columns take.
func (e *edges) bytes() int64 {
	size := int64(len(e.all)) * (8 + 5*4 + 1)
	for _, halves := range []map[string]*half{e.out, e.in} {
		for _, h := range halves {
			size += int64(len(h.offsets)) * 4
		}
	}
	return size
}

// halves makes the offsets of every kind that occurs in ends, which are
// sorted.
func (p *Projection) halves(ends []Vertex) map[string]*half {
	found := map[string]*half{}
	for start := 0; start < len(ends); {
		kind := p.Kind(ends[start])
		first, end := p.Range(kind)
		h := &half{first: first, offsets: make([]int32, int(end-first)+1)}
		i := start
		for v := first; v < end; v++ {
			h.offsets[v-first] = int32(i)
			for i < len(ends) && ends[i] == v {
				i++
			}
		}
		h.offsets[end-first] = int32(i)
		found[kind] = h
		start = i
	}
	return found
}

// holds reports whether an edge is valid on a day.
func holds(e *graph.Edge, day string) bool {
	if day == "" {
		return true
	}
	if v, _ := e.Get("valid_to"); v != nil {
		if s, ok := v.(string); ok && s != "" && schema.LastDay(s) < day {
			return false
		}
	}
	if v, _ := e.Get("valid_from"); v != nil {
		if s, ok := v.(string); ok && s != "" && schema.FirstDay(s) > day {
			return false
		}
	}
	return true
}
