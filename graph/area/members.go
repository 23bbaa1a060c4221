package area

import (
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// Members are the companies of a frame, and who of them is at which link by the
// frame, by facts of one grade of evidence or a better one.
type Members struct {
	Presence *projection.Presence

	first  projection.Vertex
	is     []bool
	before []int32                             // members before each company
	unread []int32                             // those at no link by anybody's statement and without a placement
	deep   [projection.LevelCounty + 1][]int32 // those placed at a level or a deeper one
}

// Members returns the members by a grade of evidence, found once for a picture.
func (f *Frame) Members(grade graph.Grade) *Members {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.counted[grade]
	if m == nil {
		m = f.newMembers(grade)
		f.counted[grade] = m
	}
	return m
}

// places caches what counts at the places of companies: neighbouring companies are of
// one place.
type places struct {
	f       *Frame
	code    string
	current []*declaration
	sources []string // of the current lists and the placements
}

func (x *places) move(code string) {
	if code == x.code {
		return
	}
	x.code, x.current, x.sources = code, currentOf(x.f.lists, code), x.sources[:0]
	for _, d := range x.current {
		x.sources = append(x.sources, d.source)
	}
	for _, d := range x.f.placements {
		if d.covers(code) {
			x.sources = append(x.sources, d.source)
		}
	}
}

func (f *Frame) newMembers(grade graph.Grade) *Members {
	p := f.p
	first, end := p.Range(projection.Company)
	n := int(end - first)
	m := &Members{first: first, is: make([]bool, n), before: make([]int32, n+1), unread: make([]int32, n+1)}
	for level := range m.deep {
		m.deep[level] = make([]int32, n+1)
	}
	all, at := p.Presence(grade), places{f: f}
	for i := range n {
		v := first + projection.Vertex(i)
		at.move(p.PlaceOf(v))
		m.is[i] = len(at.current) > 0 && p.Active(v) && (f.Population == Registered ||
			slices.ContainsFunc(at.current, func(d *declaration) bool { return d.names(p, v) }))
		m.count(p, all, i)
	}
	at = places{f: f}
	m.Presence = p.PresenceWhere(grade, func(company projection.Vertex, number int32, link projection.Vertex) bool {
		if !m.Has(company) || !f.Has(link) {
			return false
		}
		at.move(p.PlaceOf(company))
		edge, _, _ := p.Edge(projection.OperatesIn, number)
		return slices.ContainsFunc(edge.Facts, func(fact graph.Fact) bool {
			return fact.Property == "" && fact.Grade <= grade && slices.Contains(at.sources, fact.Source)
		})
	})
	return m
}

// count adds the i-th company to the sums.
func (m *Members) count(p *projection.Projection, all *projection.Presence, i int) {
	v := m.first + projection.Vertex(i)
	one := int32(0)
	if m.is[i] {
		one = 1
	}
	m.before[i+1] = m.before[i] + one
	m.unread[i+1] = m.unread[i]
	if m.is[i] && m.isUnread(p, all, v) {
		m.unread[i+1]++
	}
	for level := range m.deep {
		m.deep[level][i+1] = m.deep[level][i]
		if m.is[i] && int(projection.LevelOf(p.PlaceOf(v))) >= level {
			m.deep[level][i+1]++
		}
	}
}

func (m *Members) isUnread(p *projection.Projection, all *projection.Presence, v projection.Vertex) bool {
	return all.Attributed(v, v+1) == 0 && p.Text(v, "placement") == ""
}

// Has reports whether a company is a member.
func (m *Members) Has(company projection.Vertex) bool { return m.is[company-m.first] }

// Among returns how many of the companies first <= v < end are members.
func (m *Members) Among(first, end projection.Vertex) int {
	return int(m.before[end-m.first] - m.before[first-m.first])
}

// Unread returns how many of the companies first <= v < end are members that are at no
// link by anybody's statement and that nobody has read.
func (m *Members) Unread(first, end projection.Vertex) int {
	return int(m.unread[end-m.first] - m.unread[first-m.first])
}

// PlacedBelow returns how many members placed in the area of a code or below it have a
// place of the given level or a deeper one.
func (m *Members) PlacedBelow(p *projection.Projection, code string, level projection.Level) int {
	first, end := p.CompaniesIn(code)
	return int(m.deep[level][end-m.first] - m.deep[level][first-m.first])
}

// Above returns the areas above a region that have members placed no deeper, with the
// share of the region among the members.
func (m *Members) Above(v *View) []Parent {
	var found []Parent
	for _, code := range v.Picture.Above(v.Region) {
		first, end := v.Picture.CompaniesAt(code)
		if m.Among(first, end) == 0 {
			continue
		}
		var share float64
		if placed := m.PlacedBelow(v.Picture, code, v.Level); placed > 0 {
			share = float64(m.PlacedBelow(v.Picture, v.Code, v.Level)) / float64(placed)
		} else {
			share = 1 / float64(max(1, len(v.Picture.RegionsAt(v.Level, code))))
		}
		found = append(found, Parent{Unplaced: Span{first, end}, Share: share})
	}
	return found
}
