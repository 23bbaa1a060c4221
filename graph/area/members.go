package area

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// roster are the companies of a frame, wherever they are.
type roster struct {
	is   []bool                                          // by company
	list []projection.Vertex                             // ascending
	deep [projection.LevelCounty + 1][]projection.Vertex // those placed at a level or a deeper one
}

// Members are the companies of a frame, and who of them is at which link by the
// frame, by facts of one grade of evidence or a better one.
type Members struct {
	Frame    *Frame
	Presence *projection.Presence

	*roster
	first  projection.Vertex
	unread []projection.Vertex // those at no link by anybody's statement and without a placement
}

// Members returns the members by a grade of evidence, found once for a picture. It gives
// up when the context ends.
func (f *Frame) Members(ctx context.Context, grade graph.Grade) (*Members, error) {
	m, err := f.lasting.Try(ctx, grade, func() (any, error) { return f.newMembers(ctx, grade) })
	if err != nil {
		return nil, err
	}
	return m.(*Members), nil
}

// roster returns the companies of the frame, found once for a picture.
func (f *Frame) roster(ctx context.Context) (*roster, error) {
	type key struct{}
	r, err := f.lasting.Try(ctx, key{}, func() (any, error) { return f.newRoster(ctx) })
	if err != nil {
		return nil, err
	}
	return r.(*roster), nil
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

// pause reports whether a loop over companies is to stop at one of them because its
// context has ended. It checks every 1,024 companies.
func pause(ctx context.Context, company projection.Vertex) bool {
	return company%1024 == 0 && ctx.Err() != nil
}

func (f *Frame) newRoster(ctx context.Context) (*roster, error) {
	p := f.p
	first, end := p.Range(projection.Company)
	r, at := &roster{is: make([]bool, end-first)}, places{f: f}
	for v := first; v < end; v++ {
		if pause(ctx, v) {
			return nil, ctx.Err()
		}
		at.move(p.PlaceOf(v))
		if len(at.current) == 0 || !p.Active(v) {
			continue
		}
		if f.Population == Registered || slices.ContainsFunc(at.current, func(d *declaration) bool { return d.names(p, v) }) {
			r.is[v-first] = true
			r.list = append(r.list, v)
		}
	}
	for level := range r.deep {
		r.deep[level] = placedAt(p, r.list, projection.Level(level))
	}
	return r, nil
}

// placedAt returns those of a list that are placed at a level or a deeper one; the list
// itself if all are.
func placedAt(p *projection.Projection, list []projection.Vertex, level projection.Level) []projection.Vertex {
	shallow := func(v projection.Vertex) bool { return projection.LevelOf(p.PlaceOf(v)) < level }
	if !slices.ContainsFunc(list, shallow) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), shallow)
}

func (f *Frame) newMembers(ctx context.Context, grade graph.Grade) (*Members, error) {
	r, err := f.roster(ctx)
	if err != nil {
		return nil, err
	}
	p := f.p
	m := &Members{Frame: f, roster: r}
	m.first, _ = p.Range(projection.Company)
	all := p.Presence(grade)
	for _, v := range r.list {
		if all.Attributed(v, v+1) == 0 && p.Text(v, "placement") == "" {
			m.unread = append(m.unread, v)
		}
	}
	at := places{f: f}
	m.Presence = p.PresenceWhere(grade, func(company projection.Vertex, number int32, link projection.Vertex) bool {
		if !m.Has(company) || !f.Has(link) && !slices.ContainsFunc(p.CountsAt(link), f.Has) {
			return false
		}
		at.move(p.PlaceOf(company))
		edge, _, _ := p.Edge(projection.OperatesIn, number)
		return slices.ContainsFunc(edge.Facts, func(fact graph.Fact) bool {
			return fact.Property == "" && fact.Grade <= grade && slices.Contains(at.sources, fact.Source)
		})
	})
	return m, ctx.Err()
}

// Has reports whether a company is a member.
func (m *Members) Has(company projection.Vertex) bool { return m.is[company-m.first] }

// Among returns how many of the companies first <= v < end are members.
func (m *Members) Among(first, end projection.Vertex) int {
	return len(projection.Among(m.list, first, end))
}

// Unread returns how many of the companies first <= v < end are members that are at no
// link by anybody's statement and that nobody has read.
func (m *Members) Unread(first, end projection.Vertex) int {
	return len(projection.Among(m.unread, first, end))
}

// placedBelow returns how many members placed in the area of a code or below it have a
// place of the given level or a deeper one.
func (m *Members) placedBelow(code string, level projection.Level) int {
	first, end := m.Frame.p.CompaniesIn(code)
	return len(projection.Among(m.deep[level], first, end))
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
		if placed := m.placedBelow(code, v.Level); placed > 0 {
			share = float64(m.placedBelow(v.Code, v.Level)) / float64(placed)
		} else {
			share = 1 / float64(max(1, len(v.Picture.RegionsAt(v.Level, code))))
		}
		found = append(found, Parent{Unplaced: Span{first, end}, Share: share})
	}
	return found
}
