package introductions

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"sync"

	"liantu/graph/projection"
	"liantu/graph/statements"
)

// MaxHops is the greatest number of hops of an introduction, that to the region
// among them.
const MaxHops = 4

// pathFinder searches for paths. It serves one question.
type pathFinder struct {
	*tieGraph
	on      statements.Day // consent must hold on this day
	visible func(projection.Vertex) bool
	starts  []start // one for each vertex, ascending
}

// open reports whether a path may lead through a vertex.
func (d *pathFinder) open(v projection.Vertex) bool {
	return d.consents(v, d.on) && (d.visible == nil || d.visible(v))
}

// path is a path, or the first part of one.
type path struct {
	bound, cost cost // what it costs at least when it is complete, and so far
	place       projection.Vertex
	at          [MaxHops]projection.Vertex // without the region
	ties        [MaxHops - 1]int32
	length      int8 // vertices in at
	twin        bool // uses an arc that has a cheaper twin
}

func (x *path) last() projection.Vertex { return x.at[x.length-1] }

// comparePaths orders paths by bound, then by their vertices in turn, the
// shorter first.
func comparePaths(x, y *path) int {
	if c := cmp.Or(cmp.Compare(x.bound, y.bound), cmp.Compare(x.place, y.place)); c != 0 {
		return c
	}
	return cmp.Or(slices.Compare(x.at[:x.length], y.at[:y.length]), slices.Compare(x.ties[:x.length-1], y.ties[:y.length-1]))
}

// pathHeap has the next path to extend on top.
type pathHeap []path

func (h pathHeap) Len() int           { return len(h) }
func (h pathHeap) Less(i, k int) bool { return comparePaths(&h[i], &h[k]) < 0 }
func (h pathHeap) Swap(i, k int)      { h[i], h[k] = h[k], h[i] }
func (h *pathHeap) Push(x any)        { *h = append(*h, x.(path)) }
func (h *pathHeap) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}

// best returns the k strongest paths to a company, strongest first, equal ones
// in the order of their vertices. No vertex occurs twice in a path, and of paths
// that lead over the same vertices only the strongest is there.
//
// It is a best-first search (A*): a part of a path costs at least what it has
// cost so far and the cheapest way on that is left within the hops allowed,
// loops and the dates of posts aside. The parts come in the order of this
// bound, so that no path that is missed can be stronger.
func (d *pathFinder) best(ctx context.Context, target projection.Vertex, k int) ([]path, error) {
	s := d.scratch.take(d.p.Order())
	defer d.scratch.give(s)
	d.measure(s, target)
	h := make(pathHeap, 0, 256)
	cut := &cheapest{k: k}
	for _, at := range d.starts {
		if left := d.ahead(s, at.vertex, target); at.vertex != target && left < infinite && d.open(at.vertex) {
			h = append(h, path{
				bound: at.cost + left, cost: at.cost, place: at.place, at: [MaxHops]projection.Vertex{at.vertex}, length: 1,
			})
		}
	}
	heap.Init(&h)
	var found []path
	seen := map[[MaxHops]projection.Vertex]bool{}
	for popped := 0; len(h) > 0 && len(found) < k; popped++ {
		if popped%1024 == 1023 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		x := heap.Pop(&h).(path)
		if x.last() != target {
			d.extend(s, &h, &x, target, cut)
			continue
		}
		if !seen[x.at] {
			seen[x.at] = true
			found = append(found, x)
		}
	}
	return found, nil
}

// extend puts every path onto the heap that continues a path by one tie.
func (d *pathFinder) extend(s *scratch, h *pathHeap, x *path, target projection.Vertex, cut *cheapest) {
	left := MaxHops - int(x.length) // hops that x may still take
	for _, a := range d.from(x.last()) {
		onward := cost(0)
		if a.to != target {
			if onward = s.within(a.to, left-1); onward >= infinite {
				continue
			}
		}
		bound := x.cost + a.cost + onward
		if bound > cut.limit() || slices.Contains(x.at[:x.length], a.to) || !d.fits(x, a) {
			continue
		}
		y := *x
		y.at[y.length], y.ties[y.length-1] = a.to, a.tie
		y.length++
		y.cost += a.cost
		y.bound, y.twin = bound, x.twin || a.twin
		if a.to == target && !y.twin {
			cut.note(y.cost)
		}
		heap.Push(h, y)
	}
}

// fits reports whether an arc may follow a path: somebody who works at the same
// company is known only if both were there at the same time.
func (d *pathFinder) fits(x *path, a arc) bool {
	if x.length < 2 || d.p.Kind(x.last()) != projection.Company || !d.isPost(a.tie) {
		return true
	}
	before := x.ties[x.length-2]
	return !d.isPost(before) || d.overlap(before, a.tie)
}

// cheapest holds the costs of the k cheapest paths met so far.
type cheapest struct {
	k     int
	costs []cost // ascending
}

func (c *cheapest) note(x cost) {
	i, _ := slices.BinarySearch(c.costs, x)
	if c.costs = slices.Insert(c.costs, i, x); len(c.costs) > c.k {
		c.costs = c.costs[:c.k]
	}
}

// limit is the most that a path may cost to be among the k cheapest.
func (c *cheapest) limit() cost {
	if len(c.costs) < c.k {
		return infinite
	}
	return c.costs[c.k-1]
}

// scratch holds, for the vertices near a target, the least cost of a way to it
// of exactly one tie, and of one of two.
type scratch struct {
	costs   [2][]cost
	touched [2][]projection.Vertex
}

// scratches pools scratch for later use; all costs in it are infinite.
type scratches struct{ pool sync.Pool }

func (s *scratches) take(n int) *scratch {
	if pooled, ok := s.pool.Get().(*scratch); ok {
		return pooled
	}
	made := new(scratch)
	for i := range made.costs {
		made.costs[i] = slices.Repeat([]cost{infinite}, n)
	}
	return made
}

func (s *scratches) give(used *scratch) {
	for i := range used.costs {
		for _, v := range used.touched[i] {
			used.costs[i][v] = infinite
		}
		used.touched[i] = used.touched[i][:0]
	}
	s.pool.Put(used)
}

// lower records a cost if it is lower.
func (s *scratch) lower(i int, v projection.Vertex, c cost) {
	if c < s.costs[i][v] {
		if s.costs[i][v] == infinite {
			s.touched[i] = append(s.touched[i], v)
		}
		s.costs[i][v] = c
	}
}

// within returns the least cost of a way to the target of at most so many ties.
func (s *scratch) within(v projection.Vertex, ties int) cost {
	switch {
	case ties <= 0:
		return infinite
	case ties == 1:
		return s.costs[0][v]
	}
	return min(s.costs[0][v], s.costs[1][v])
}

// measure finds the costs of the vertices one or two ties from a target.
func (d *pathFinder) measure(s *scratch, target projection.Vertex) {
	for _, a := range d.from(target) {
		if a.to != target && d.open(a.to) {
			s.lower(0, a.to, a.cost)
		}
	}
	for _, v := range s.touched[0] {
		near := s.costs[0][v]
		for _, a := range d.from(v) {
			if a.to != target && near+a.cost < s.costs[1][a.to] && d.open(a.to) {
				s.lower(1, a.to, near+a.cost)
			}
		}
	}
}

// ahead returns the least cost from a start to the target within the hops that
// are left.
func (d *pathFinder) ahead(s *scratch, v, target projection.Vertex) cost {
	least := s.within(v, 2)
	for _, a := range d.from(v) {
		if a.to != target {
			least = min(least, a.cost+s.within(a.to, 2))
		}
	}
	return min(least, infinite)
}
