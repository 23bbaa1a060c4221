package area

import (
	"liantu/graph"
	"liantu/graph/projection"
)

// Enlisted are the companies that are members of any frame, seen by a grade of evidence.
type Enlisted struct {
	first      projection.Vertex
	is         []bool
	attributed []int32 // those at links, by anybody's statement, before each company
}

// EnlistedOf finds the members of all frames, once for a picture and grade.
func EnlistedOf(p *projection.Projection, grade graph.Grade) *Enlisted {
	type key struct{ grade graph.Grade }
	return p.Memo(key{grade}, func() any {
		first, end := p.Range(projection.Company)
		e := &Enlisted{first: first, is: make([]bool, end-first), attributed: make([]int32, end-first+1)}
		presence := p.Presence(grade)
		for _, f := range FramesOf(p) {
			members := f.Members(grade)
			for i := range e.is {
				e.is[i] = e.is[i] || members.is[i]
			}
		}
		for i := range e.is {
			e.attributed[i+1] = e.attributed[i]
			if v := first + projection.Vertex(i); e.is[i] {
				e.attributed[i+1] += int32(presence.Attributed(v, v+1))
			}
		}
		return e
	}).(*Enlisted)
}

// Attributed returns how many of the companies first <= v < end are members of a frame
// and at a link.
func (e *Enlisted) Attributed(first, end projection.Vertex) int {
	return int(e.attributed[end-e.first] - e.attributed[first-e.first])
}

// Among counts the members of any frame in a list.
func (e *Enlisted) Among(list []projection.Vertex) int {
	n := 0
	for _, v := range list {
		if e.is[v-e.first] {
			n++
		}
	}
	return n
}
