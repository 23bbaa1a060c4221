package gaps

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/newcomers"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
)

// WhatIfQuestion asks what would be if companies came or went. All texts may
// be codes, ids or names.
type WhatIfQuestion struct {
	Region   string      // required
	Peers    []string    // the reference; empty means the country
	MinGrade graph.Grade // "" means that of the settings
	// Land are companies from elsewhere that come to count in the region as
	// well, as a subsidiary would; Leave are local ones that move away and
	// exist elsewhere, Close local ones that cease to exist. At least one company.
	Land, Leave, Close []string
	// Newcomers are companies that the graph does not hold and that come.
	Newcomers []newcomers.Newcomer
}

// maxSupposed is the most companies that are supposed to come or go.
const maxSupposed = 100

// WhatIfAnswer states what would change. It belongs to one picture, which is not
// changed.
type WhatIfAnswer struct {
	Version   graph.Version
	DataDates *dates.Lazy // of the companies of the region at any link, now and as it would be
	Synthetic bool
	Region    projection.Vertex
	Newcomers []*newcomers.Found // as asked
	MinGrade  graph.Grade
	Before    Coverage
	After     Coverage
	// Shifts are the links at which the state, the action or the number of
	// companies would change: changes of state first, then the largest change of
	// priority, then by code. Numbers move a little at every link, since what is
	// expected of a larger region is more; [WhatIfAnswer.Verdict] returns them.
	Shifts []Shift
	// Nearer are the local companies that would get a supplier in the region
	// that they have to buy from elsewhere now, by company.
	Nearer []newcomers.Nearer

	after *Assessor
}

// Verdict returns the verdict on a link as it would be.
func (w *WhatIfAnswer) Verdict(link projection.Vertex) *Verdict { return w.after.Verdict(link) }

// Shift is a verdict now and as it would be.
type Shift struct {
	Link          projection.Vertex
	Before, After *Verdict
}

// WhatIf computes the verdicts as they would be. It recounts everything that
// depends on who is where: coverage, counts, sizes, anchors, pull, leaked
// purchases, chain presence and the reference. What is fitted to the whole country
// stays as it is, since a few companies hardly change it: the prior, relatedness,
// momentum, and the region's share of the areas above it.
//
// Errors are those of [Ask]; a company that is here already cannot land, one
// that is not here can neither leave nor close, and no company can do two
// things at once: [graph.ErrInvalid].
func WhatIf(ctx context.Context, p *projection.Projection, settings tuning.Settings, q WhatIfQuestion) (*WhatIfAnswer, error) {
	grade, err := settings.Ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	region, err := p.Lookup(q.Region, projection.Region)
	if err != nil {
		return nil, err
	}
	peers, err := area.LookupAll(p, q.Peers, projection.Region)
	if err != nil {
		return nil, err
	}
	before, err := AssessorOf(ctx, p, settings, grade, region, peers)
	if err != nil {
		return nil, err
	}
	s, err := before.suppose(q)
	if err != nil {
		return nil, err
	}
	after, err := before.after(ctx, s)
	if err != nil {
		return nil, err
	}
	answer := &WhatIfAnswer{
		Version: p.Version(), DataDates: after.DatesAt(area.LinksOf(p, nil)), Region: region, MinGrade: before.Grade, Newcomers: s.newcomers,
		Before: before.coverage, After: after.coverage, Synthetic: area.Synthetic(p, before.Grade), Nearer: newcomers.NearerOf(p, before.First, before.End, s.land, s.gone),
		after: after,
	}
	if err := answer.compare(ctx, before, after); err != nil {
		return nil, err
	}
	return answer, nil
}

// supposed are companies that come or go. All lists are ascending.
type supposed struct {
	land, gone []projection.Vertex // into the region, out of it
	closed     []projection.Vertex // of gone, those that cease to exist
	newcomers  []*newcomers.Found  // in the order of the question
}

// suppose looks the companies up and checks that they can do what is supposed.
func (a *Assessor) suppose(q WhatIfQuestion) (*supposed, error) {
	var lists [3][]projection.Vertex
	for i, texts := range [3][]string{q.Land, q.Leave, q.Close} {
		var err error
		if lists[i], err = area.LookupAll(a.Picture, texts, projection.Company); err != nil {
			return nil, err
		}
	}
	all := slices.Concat(lists[0], lists[1], lists[2])
	slices.Sort(all)
	switch {
	case len(all)+len(q.Newcomers) == 0:
		return nil, message.As(graph.ErrInvalid, "companies: none is given to land, leave or close")
	case len(all)+len(q.Newcomers) > maxSupposed:
		return nil, message.As(graph.ErrInvalid, "companies: %d are more than the %d that may come and go at once", len(all)+len(q.Newcomers), maxSupposed)
	}
	for i, v := range all {
		if i > 0 && all[i-1] == v {
			return nil, message.As(graph.ErrInvalid, "company %q: it cannot do two things at once", a.Picture.Caption(v))
		}
	}
	for i, list := range lists {
		for _, v := range list {
			here := v >= a.First && v < a.End
			if here == (i == 0) {
				return nil, message.As(graph.ErrInvalid, "company %q: %s", a.Picture.Caption(v), [3]message.Text{
					message.New("it is in the region already and cannot land"), message.New("it is not in the region and cannot leave"),
					message.New("it is not in the region and cannot close there"),
				}[i])
			}
		}
	}
	for _, v := range all {
		if !a.Picture.Active(v) {
			return nil, message.As(graph.ErrInvalid, "company %q: by its status it is not active and is not counted", a.Picture.Caption(v))
		}
	}
	s := &supposed{land: lists[0], closed: lists[2], gone: slices.Concat(lists[1], lists[2])}
	slices.Sort(s.gone)
	for _, n := range q.Newcomers {
		found, err := n.Find(a.Picture)
		if err != nil {
			return nil, err
		}
		s.newcomers = append(s.newcomers, found)
	}
	return s, nil
}

// local returns the part of an ascending list of companies that would be in
// the region.
func (s *supposed) local(list []projection.Vertex, first, end projection.Vertex) []projection.Vertex {
	here := projection.Among(list, first, end)
	var came []projection.Vertex
	for _, v := range s.land {
		if _, ok := slices.BinarySearch(list, v); ok {
			came = append(came, v)
		}
	}
	left := func(v projection.Vertex) bool {
		_, gone := slices.BinarySearch(s.gone, v)
		return gone
	}
	if len(came) == 0 && (len(s.gone) == 0 || !slices.ContainsFunc(here, left)) {
		return here
	}
	found := append(slices.DeleteFunc(slices.Clone(here), left), came...)
	slices.Sort(found)
	return found
}

// isClosed reports whether a company would cease to exist.
func (s *supposed) isClosed(v projection.Vertex) bool {
	if s == nil {
		return false
	}
	_, closed := slices.BinarySearch(s.closed, v)
	return closed
}

// after returns the assessor as it would be.
func (a *Assessor) after(ctx context.Context, s *supposed) (*Assessor, error) {
	b := &Assessor{
		View: a.View, settings: a.settings, codes: a.codes, firstLink: a.firstLink, links: a.links,
		coverage: a.coverage, reference: a.reference, projects: a.projects, producers: a.producers, inAll: a.inAll, offers: a.offers,
		above: a.above, enlisted: a.enlisted, supposed: s, names: a.names, presences: makePresences(a.Picture),
	}
	b.verdicts = makeVerdicts(len(a.links))
	if len(s.closed) > 0 {
		b.producers, b.inAll = producersIn(a.Picture, a.Code, s), producersIn(a.Picture, projection.Country, s)
	}
	for _, v := range s.land {
		b.move(v, 1)
	}
	for _, v := range s.gone {
		b.move(v, -1)
	}
	b.coverage.Companies += len(s.newcomers)
	b.coverage.Attributed += len(s.newcomers)
	b.coverage.Unattributed = b.coverage.Companies - b.coverage.Attributed
	moved := map[*basis]*basis{nil: nil}
	for _, basis := range a.bases {
		moved[basis] = basis.after(a, s)
		b.bases = append(b.bases, moved[basis])
	}
	b.comparable = make([]*basis, len(a.comparable)) // as before, since only these are compared with
	for i, basis := range a.comparable {
		b.comparable[i] = moved[basis]
	}
	b.chooseNaming()
	if err := b.findReviews(ctx); err != nil {
		return nil, err
	}
	b.leaksAfter(a)
	return b, nil
}

// after returns a basis as it would be: companies that come count in the frame if they
// are members of it where they are.
func (b *basis) after(a *Assessor, s *supposed) *basis {
	c, shown := *b, *b.shown
	c.shown = &shown
	members := b.members
	move := func(v projection.Vertex, by int) {
		if !members.Has(v) {
			return
		}
		shown.Coverage.Companies += by
		c.unread += by * members.Unread(v, v+1)
		if b.presence.Attributed(v, v+1) == 0 {
			return
		}
		shown.Coverage.Attributed += by
		for m := range measures {
			if size := a.Picture.Size(v, m == 0); size > 0 {
				c.known[m] += by
			}
		}
	}
	for _, v := range s.land {
		move(v, 1)
	}
	for _, v := range s.gone {
		move(v, -1)
	}
	shown.Coverage.Unattributed = shown.Coverage.Companies - shown.Coverage.Attributed
	shown.Large = shown.Coverage.Attributed >= a.settings.MinPopulation
	if b.ref != nil {
		c.ref = b.ref.after(a, b, s)
		shown.Reference = c.ref.coverage
	}
	c.enlist(a, s)
	c.above = b.aboveAfter(s)
	return &c
}

// move counts a company that comes (1) or goes (−1).
func (a *Assessor) move(v projection.Vertex, by int) {
	a.coverage.Companies += by
	if a.Presence.Attributed(v, v+1) == 0 {
		return
	}
	a.coverage.Attributed += by
}

// aboveAfter leaves out the companies that land from an area above the
// region: where they are is known then.
func (b *basis) aboveAfter(s *supposed) []parent {
	if len(s.land) == 0 {
		return b.above
	}
	parents := slices.Clone(b.above)
	for i := range parents {
		q := &parents[i]
		q.landed = projection.Among(s.land, q.Unplaced.First, q.Unplaced.End)
	}
	return parents
}

// after returns the reference as it would be: without what closed; with what
// landed, if the region belongs to it and the company did not; without what left,
// if it belonged only by its place in the region. A reference that is the country
// loses only what closed.
func (r *reference) after(a *Assessor, of *basis, s *supposed) *reference {
	members := of.members
	var in, out []projection.Vertex
	belongs := func(code string) bool {
		return slices.ContainsFunc(r.codes, func(outer string) bool { return projection.Within(code, outer) })
	}
	country := slices.Contains(r.codes, projection.Country)
	for _, v := range s.land {
		if members.Has(v) && belongs(a.Code) && !belongs(a.Picture.PlaceOf(v)) {
			in = append(in, v)
		}
	}
	for _, v := range s.gone {
		if members.Has(v) && belongs(a.Picture.PlaceOf(v)) && (s.isClosed(v) || !country) {
			out = append(out, v)
		}
	}
	if len(in)+len(out) == 0 {
		return r
	}
	b := *r
	b.links = slices.Clone(r.links)
	for _, v := range in {
		b.move(a, of, v, 1)
	}
	for _, v := range out {
		b.move(a, of, v, -1)
	}
	b.coverage.Unattributed = b.coverage.Companies - b.coverage.Attributed
	return &b
}

// move counts a company that comes (1) or goes (−1).
func (r *reference) move(a *Assessor, of *basis, v projection.Vertex, by int) {
	r.coverage.Companies += by
	links := of.presence.LinksOf(v)
	if len(links) == 0 {
		return
	}
	r.coverage.Attributed += by
	for m := range measures {
		size := a.Picture.Size(v, m == 0)
		if !(size > 0) {
			continue
		}
		r.known[m] += by
		for _, link := range links {
			l := &r.links[link-a.firstLink]
			l.known[m] += by
			l.size[m] += float64(by) * size
		}
	}
	for _, link := range links {
		l := &r.links[link-a.firstLink]
		l.companies += by
		if _, leads := slices.BinarySearch(of.presence.Leading(link), v); leads {
			l.anchors += by
		}
	}
}

// compare records the verdicts that differ.
func (w *WhatIfAnswer) compare(ctx context.Context, before, after *Assessor) error {
	for i := range before.links {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		link := before.firstLink + projection.Vertex(i)
		x, y := before.Verdict(link), after.Verdict(link)
		if x.State == NotJudged {
			continue
		}
		if x.State != y.State || x.Action != y.Action || x.Numbers.Companies != y.Numbers.Companies {
			w.Shifts = append(w.Shifts, Shift{Link: link, Before: x, After: y})
		}
	}
	moved := func(s Shift) float64 {
		return max(s.After.Priority-s.Before.Priority, s.Before.Priority-s.After.Priority)
	}
	same := func(s Shift) int {
		if s.Before.State != s.After.State {
			return 0
		}
		return 1
	}
	slices.SortFunc(w.Shifts, func(x, y Shift) int {
		return cmp.Or(cmp.Compare(same(x), same(y)), cmp.Compare(moved(y), moved(x)), cmp.Compare(x.Link, y.Link))
	})
	return nil
}
