package introductions

import (
	"cmp"
	"slices"

	"liantu/graph/projection"
)

// start is where a path may begin, one hop from the region.
type start struct {
	vertex projection.Vertex
	place  projection.Vertex // the region of that hop; None for a path that begins at a person
	kind   string            // of the hop
	number int32
	cost   cost
}

// startsOf returns where paths from a region begin, each vertex once, by its
// strongest tie to the region, in ascending order. Consent is not considered.
func (t *tieGraph) startsOf(region projection.Vertex) []start {
	return t.starts.Get(region, func() any { return t.findStarts(region) }).([]start)
}

func (t *tieGraph) findStarts(region projection.Vertex) []start {
	code := t.p.AreaOf(region)
	var all []start
	add := func(v, place projection.Vertex, kind string, number int32) {
		edge, _, _ := t.p.Edge(kind, number)
		if w, ok := t.weigh(kind, number); ok && edge.Grade() <= t.grade {
			all = append(all, start{v, place, kind, number, costOf(w.strength())})
		}
	}
	first, end := t.p.Range(projection.Region)
	for place := first; place < end; place++ {
		area := t.p.AreaOf(place)
		within := projection.Within(area, code)
		if within {
			for i, person := range t.p.In(projection.NativeOf, place).Others {
				add(person, place, projection.NativeOf, t.p.In(projection.NativeOf, place).Edges[i])
			}
		}
		if within || projection.Within(code, area) {
			for i, intermediary := range t.p.In(projection.Covers, place).Others {
				add(intermediary, place, projection.Covers, t.p.In(projection.Covers, place).Edges[i])
			}
		}
	}
	here, beyond := t.p.CompaniesIn(code)
	for company := here; company < beyond; company++ {
		if len(t.from(company)) == 0 {
			continue
		}
		places := t.p.Out(projection.LocatedIn, company)
		for i, place := range places.Others {
			if t.p.AreaOf(place) == t.p.PlaceOf(company) {
				add(company, place, projection.LocatedIn, places.Edges[i])
			}
		}
	}
	slices.SortFunc(all, func(x, y start) int {
		return cmp.Or(cmp.Compare(x.vertex, y.vertex), cmp.Compare(x.cost, y.cost), cmp.Compare(x.place, y.place), cmp.Compare(x.number, y.number))
	})
	return slices.CompactFunc(all, func(x, y start) bool { return x.vertex == y.vertex })
}

// reach returns the least cost at which each vertex is reached from the starts
// with one hop left.
func (n *introducer) reach() []cost {
	least := slices.Repeat([]cost{infinite}, n.p.Order())
	var frontier []projection.Vertex
	for _, s := range n.starts {
		if n.open(s.vertex) {
			least[s.vertex] = s.cost
			frontier = append(frontier, s.vertex)
		}
	}
	for range MaxHops - 2 {
		// A step uses the costs as they were before it, so that no way has more
		// hops than there were steps.
		before := make([]cost, len(frontier))
		for i, v := range frontier {
			before[i] = least[v]
		}
		var next []projection.Vertex
		for i, v := range frontier {
			for _, a := range n.from(v) {
				if c := before[i] + a.cost; c < least[a.to] && n.open(a.to) {
					least[a.to] = c
					next = append(next, a.to)
				}
			}
		}
		slices.Sort(next)
		frontier = slices.Compact(next)
	}
	return least
}
