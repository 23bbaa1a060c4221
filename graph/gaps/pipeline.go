package gaps

import (
	"cmp"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/graph/tuning"
)

// InProgress is a project of the region that fills a link.
type InProgress struct {
	Project    projection.Vertex
	Link       projection.Vertex // that it fills: the link of the question, or one below it
	Edge       graph.ID          // of the FILLS edge
	Stage      string            // a value of the property stage of Project; "" if none is stated
	Alive      bool              // signed, with news of late
	News       string            // the day of its last news, an ISO date
	Due        string            // the day planned for production, else for what comes before; "" if none is
	Investment Figure            // planned, in 万元
	Companies  []projection.Vertex
	Synthetic  bool

	number int32 // of the FILLS edge
}

// progressIn collects the projects of which an area holds a region, by link.
func progressIn(p *projection.Projection, code string, settings *tuning.Settings) map[projection.Vertex][]InProgress {
	found := map[projection.Vertex][]InProgress{}
	since := projects.NewsSince(p.AsOf(), settings.NewsMonths)
	for _, x := range projects.Of(p) {
		if !x.In(code) {
			continue
		}
		one := InProgress{
			Project: x.Project, Stage: x.Stage, News: x.News, Due: x.Due, Companies: x.Companies, Synthetic: x.Synthetic,
			Investment: Missing(NoInvestment), Alive: x.Alive(since),
		}
		if !math.IsNaN(x.Investment) {
			one.Investment = Known(x.Investment)
		}
		for _, f := range x.Fills {
			edge, _, _ := p.Edge(projection.Fills, f.Edge)
			one.Link, one.Edge, one.number = f.Link, edge.ID, f.Edge
			for _, at := range p.CountsAt(f.Link) {
				found[at] = append(found[at], one)
			}
		}
	}
	for _, list := range found {
		slices.SortStableFunc(list, func(x, y InProgress) int {
			return cmp.Or(cmp.Compare(projects.Rank(y.Stage), projects.Rank(x.Stage)), cmp.Compare(x.Project, y.Project), cmp.Compare(x.Link, y.Link))
		})
	}
	return found
}

// producersIn collects who produces in projects of an area, by link: ascending, each once.
// What is supposed may be nil.
func producersIn(p *projection.Projection, code string, s *supposed) map[projection.Vertex][]projection.Vertex {
	found := map[projection.Vertex][]projection.Vertex{}
	for _, x := range projects.Of(p) {
		if x.Stage != projects.Producing || !x.In(code) {
			continue
		}
		for _, f := range x.Fills {
			for _, link := range p.CountsAt(f.Link) {
				found[link] = union(found[link], x.Without(s.isClosed))
			}
		}
	}
	return found
}

// producersOf is [producersIn] the country, found once for a picture.
func producersOf(p *projection.Projection) map[projection.Vertex][]projection.Vertex {
	p = p.Shared(projection.Person, projection.Intermediary)
	type key struct{}
	return p.Memo(key{}, func() any { return producersIn(p, projection.Country, nil) }).(map[projection.Vertex][]projection.Vertex)
}

// Pipeline returns the projects of the region that fill the link or one below it, those
// that have come furthest first, then in the order of the picture. Projects that were
// dropped are left out.
func (v *Verdict) Pipeline() []InProgress { return v.assessor.projects[v.Link] }

// alive reports whether a project of the region that fills a link is alive.
func (a *Assessor) alive(link projection.Vertex) bool {
	return slices.ContainsFunc(a.projects[link], func(x InProgress) bool { return x.Alive })
}

// producing returns who produces in the region at a link, as is supposed.
func (a *Assessor) producing(link projection.Vertex) []projection.Vertex { return a.producers[link] }

// present returns the n companies: those of the region at a link, and those that produce
// there, ascending.
func (a *Assessor) present(link projection.Vertex) []projection.Vertex {
	return union(a.local(a.Presence.At(link)), a.producing(link))
}

// leading returns those of [Assessor.present] that lead.
func (a *Assessor) leading(link projection.Vertex) []projection.Vertex {
	var leaders []projection.Vertex
	for _, v := range a.producing(link) {
		if a.Picture.Leads(v) {
			leaders = append(leaders, v)
		}
	}
	return union(a.local(a.Presence.Leading(link)), leaders)
}

// union merges two ascending lists; the first is returned as it is if it holds the
// second.
func union(list, more []projection.Vertex) []projection.Vertex {
	if len(more) == common(list, more) {
		return list
	}
	both := slices.Concat(list, more)
	slices.Sort(both)
	return slices.Compact(both)
}

// inCountry returns how many companies of the country are at a link or produce there,
// as is supposed.
func (a *Assessor) inCountry(link projection.Vertex) int {
	all := union(a.Presence.At(link), a.inAll[link])
	if a.supposed == nil {
		return len(all)
	}
	return len(all) - common(all, a.supposed.closed) + len(a.newcomersAt(link))
}
