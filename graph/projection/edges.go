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

// newEdges sorts the edges of one kind and lays out both directions.
func newEdges(p *Projection, all []joined) *edges {
	slices.SortFunc(all, func(a, b joined) int {
		if a.from != b.from {
			return cmp.Compare(a.from, b.from)
		}
		if a.to != b.to {
			return cmp.Compare(a.to, b.to)
		}
		return cmp.Compare(a.edge.Discriminator, b.edge.Discriminator)
	})
	n := len(all)
	e := &edges{
		all: make([]*graph.Edge, n), from: make([]Vertex, n), targets: make([]Vertex, n), numbers: make([]int32, n),
		current: make([]bool, n), sources: make([]Vertex, n), inEdges: make([]int32, n),
	}
	for i, j := range all {
		e.all[i], e.from[i], e.targets[i] = j.edge, j.from, j.to
		e.numbers[i], e.inEdges[i] = int32(i), int32(i)
		e.current[i] = holds(j.edge, p.asOf) && p.Active(j.from) && p.Active(j.to)
	}
	slices.SortStableFunc(e.inEdges, func(a, b int32) int { return cmp.Compare(e.targets[a], e.targets[b]) })
	arrivals := make([]Vertex, n)
	for i, number := range e.inEdges {
		e.sources[i] = e.from[number]
		arrivals[i] = e.targets[number]
	}
	e.out = p.halves(e.from)
	e.in = p.halves(arrivals)
	return e
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
