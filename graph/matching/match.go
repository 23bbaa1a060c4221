package matching

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// Match is an intermediary for a need.
type Match struct {
	Standing  *Standing
	Need      Need
	Score     float64       // the sum of the points of Terms
	Terms     []gaps.Term   // specialty, cover, grade, track record, free capacity
	Reasons   []gaps.Reason // one for each term that is known
	Edges     []graph.ID
	Unknowns  []gaps.Code
	Synthetic bool
}

// Question asks which intermediary fits which need. Which needs are
// considered follows from Region and Link, from TaskForce, or from Region alone; a
// question about one intermediary (see [Needs]) may leave all of them out.
type Question struct {
	Region, Link, TaskForce, Intermediary string // by code, id or name
	// Visible reports whether the caller may know of a vertex; no answer holds a
	// vertex for which it is false. The default, nil, hides nothing.
	Visible func(projection.Vertex) bool
	// Brief leaves out the terms, reasons, edges and unknowns of the matches, of which
	// there may be many more than anybody reads; see [Answer.Explain].
	Brief bool
}

// Answer holds matches, the highest score first.
type Answer struct {
	Version   graph.Version
	DataDate  string
	Synthetic bool
	Matches   []*Match

	matcher *matcher
}

// Explain returns a match of the answer with its terms, reasons, edges and unknowns. It
// is not safe for use by several goroutines.
func (a *Answer) Explain(i int) *Match {
	if x := a.Matches[i]; x.Reasons == nil {
		a.Matches[i] = a.matcher.match(x.Need, x.Standing, true)
	}
	return a.Matches[i]
}

// Ask finds the intermediaries for a need (a region and a link), or for
// each need of a task force or a region. An intermediary without a
// specialty in the ecosystem of the link is no match. Errors are those of [gaps.Ask].
func Ask(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*Answer, error) {
	m, err := newMatcher(ctx, p, settings, q)
	if err != nil {
		return nil, err
	}
	return m.answer(ctx, 0, !q.Brief)
}

// Needs finds the needs that fit an intermediary: of a task force, of a region,
// or of all task forces.
func Needs(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*Answer, error) {
	if q.Intermediary == "" {
		return nil, message.As(graph.ErrInvalid, "needs: no intermediary is given")
	}
	return Ask(ctx, p, settings, q)
}

// Standings returns all intermediaries with grade, track record and capacity, in
// the order of the picture.
func Standings(p *projection.Projection, settings tuning.Settings) []*Standing {
	return slices.Clone(intermediariesOf(p, settings.Matching))
}

// matcher matches the needs of one question.
type matcher struct {
	p              *projection.Projection
	set            tuning.MatchSettings
	needs          []Need
	intermediaries []*Standing
	special        map[projection.Vertex][]specialty // by intermediary
	spots          map[projection.Vertex]int         // numbers of what specialties name
	places         map[projection.Vertex][]placed    // by link, then by number of the spot

	// What is found for one need holds for others too.
	own      map[*Standing][3]gaps.Valuation // grade, track record and capacity
	covers   map[covered]gaps.Valuation
	wordings map[specialised]schema.Text
}

// covered is an intermediary and a region.
type covered struct {
	intermediary *Standing
	region       projection.Vertex
}

// specialised is a specialty and where it lies, seen from a link.
type specialised struct {
	edge  graph.ID
	where string
}

// specialty is one specialty of an intermediary.
type specialty struct {
	at        projection.Vertex // a link, chain or ecosystem
	spot      int               // the number of that
	level     string
	depth     float64    // what the level is worth
	edges     []graph.ID // the one that says it
	synthetic bool
}

func newMatcher(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*matcher, error) {
	if err := settings.Checked(p); err != nil {
		return nil, err
	}
	m := &matcher{
		p: p, set: settings.Matching, special: map[projection.Vertex][]specialty{},
		spots: map[projection.Vertex]int{}, places: map[projection.Vertex][]placed{},
		own: map[*Standing][3]gaps.Valuation{}, covers: map[covered]gaps.Valuation{}, wordings: map[specialised]schema.Text{},
	}
	visible := func(v projection.Vertex) bool { return q.Visible == nil || q.Visible(v) }
	only := projection.None
	if q.Intermediary != "" {
		v, err := p.Lookup(q.Intermediary, projection.Intermediary)
		if err == nil && !visible(v) {
			err = &projection.NotFoundError{Text: q.Intermediary, Kinds: []string{projection.Intermediary}}
		}
		if err != nil {
			return nil, err
		}
		only = v
	}
	for _, one := range intermediariesOf(p, m.set) {
		if visible(one.Intermediary) && (only == projection.None || only == one.Intermediary) {
			m.intermediaries = append(m.intermediaries, one)
			m.special[one.Intermediary] = m.specialtiesOf(one.Intermediary)
		}
	}
	var err error
	m.needs, err = needsOf(ctx, p, settings, q)
	m.needs = slices.DeleteFunc(m.needs, func(n Need) bool { return !visible(n.Link) || !visible(n.Region) })
	return m, err
}

func (m *matcher) specialtiesOf(v projection.Vertex) []specialty {
	var found []specialty
	arcs := m.p.Out(projection.SpecialisesIn, v)
	for i, at := range arcs.Others {
		if m.p.Current(projection.SpecialisesIn, arcs.Edges[i]) {
			edge, _, _ := m.p.Edge(projection.SpecialisesIn, arcs.Edges[i])
			invented, _ := edge.Get("synthetic")
			spot, known := m.spots[at]
			if !known {
				spot = len(m.spots)
				m.spots[at] = spot
			}
			level := statements.Text(edge, "level")
			found = append(found, specialty{at, spot, level, m.set.Level.Of(level), []graph.ID{edge.ID}, invented == true})
		}
	}
	return found
}

// answer matches every need with every intermediary.
func (m *matcher) answer(ctx context.Context, least float64, whole bool) (*Answer, error) {
	a := &Answer{Version: m.p.Version(), DataDate: m.p.DataDate(), matcher: m}
	for _, need := range m.needs {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, one := range m.intermediaries {
			if x := m.match(need, one, whole); x != nil && x.Score >= least {
				a.Matches = append(a.Matches, x)
				a.Synthetic = a.Synthetic || x.Synthetic
			}
		}
	}
	slices.SortStableFunc(a.Matches, func(x, y *Match) int { return cmp.Compare(y.Score, x.Score) })
	return a, nil
}

var termLabels = map[gaps.Code]schema.Text{
	gaps.TermSpecialty: {Zh: "专长", En: "specialty"},
	gaps.TermCover:     {Zh: "服务区域", En: "cover"},
	gaps.TermGrade:     {Zh: "等级", En: "grade"},
	gaps.TermTrack:     {Zh: "业绩", En: "track record"},
	gaps.TermCapacity:  {Zh: "可用余力", En: "free capacity"},
}

// match scores an intermediary for a need; nil if it has no specialty there. The
// whole match has terms, reasons, edges and unknowns, too.
func (m *matcher) match(need Need, one *Standing, whole bool) *Match {
	x := &Match{Standing: one, Need: need, Synthetic: one.Synthetic}
	first := m.specialty(x)
	if first.Value.Or(0) == 0 {
		return nil
	}
	w, own, cover := m.set.Weights, m.ownOf(one), m.coverOf(x)
	if whole {
		x.Terms, x.Reasons = make([]gaps.Term, 5), make([]gaps.Reason, 0, 5)
		x.Edges = make([]graph.ID, 0, len(first.Edges)+len(cover.Edges)+len(own[1].Edges))
	}
	for i, term := range []struct {
		code   gaps.Code
		weight float64
		value  gaps.Valuation
	}{
		{gaps.TermSpecialty, w.Specialty, first},
		{gaps.TermCover, w.Cover, cover},
		{gaps.TermGrade, w.Grade, own[0]},
		{gaps.TermTrack, w.Track, own[1]},
		{gaps.TermCapacity, w.Capacity, own[2]},
	} {
		f := term.value
		points := gaps.Round(term.weight * f.Value.Or(0))
		x.Score += points
		if !whole {
			continue
		}
		x.Terms[i] = gaps.Term{Code: term.code, Label: termLabels[term.code], Value: f.Value, Weight: term.weight, Points: points}
		x.Edges = append(x.Edges, f.Edges...)
		if _, known := f.Value.Get(); known {
			x.Reasons = append(x.Reasons, gaps.Reason{Code: term.code, Text: f.Text, Points: points})
		}
		if f.Unknown != "" {
			x.Unknowns = append(x.Unknowns, f.Unknown)
		}
	}
	x.Score = gaps.Round(x.Score)
	slices.Sort(x.Edges)
	x.Edges = slices.Compact(x.Edges)
	return x
}
