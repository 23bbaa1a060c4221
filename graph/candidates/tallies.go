package candidates

import (
	"context"
	"slices"

	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// Counter counts what [Ask] lists for many links, without ranking it.
type Counter struct {
	search  *search
	targets []target
}

// NewCounter prepares to count for a region, by the grade of the view.
func NewCounter(v *area.View, settings tuning.Settings) *Counter {
	c := &Counter{search: &search{View: v, settings: settings}}
	c.targets = c.find()
	return c
}

// Attract returns how many companies could be attracted to a link: as many as an answer for
// the link alone, by [Attract] and without filters, counts. None are sought for a link that
// holds no companies.
func (c *Counter) Attract(ctx context.Context, link projection.Vertex) (n int, sought bool, err error) {
	if err := ctx.Err(); err != nil || !c.search.Picture.Judged(link) {
		return 0, false, err
	}
	s := &scout{search: c.search, link: link}
	at := s.Presence.At(link)
	n = len(at) - len(s.Here(at))
	for _, v := range pursued(s.Picture) {
		if s.isAt(v) && !s.here(v) && exclusionOf(s.pursuits(v)) != nil {
			n--
		}
	}
	for _, v := range s.handed() {
		if !s.here(v) && exclusionOf(s.pursuits(v)) == nil {
			n++
		}
	}
	return n, true, nil
}

// TargetsAt returns how many companies are targets for a link.
func (c *Counter) TargetsAt(link projection.Vertex) int {
	below := c.search.Picture.CountedAt(link)
	return c.count(func(t *target) bool {
		return slices.ContainsFunc(t.wanted, func(scope projection.Vertex) bool {
			_, found := slices.BinarySearch(below, scope)
			return found
		})
	})
}

// TargetsIn returns how many companies are targets for a chain.
func (c *Counter) TargetsIn(chain projection.Vertex) int {
	p := c.search.Picture
	links, ecosystems := p.LinksIn(chain), p.EcosystemsOf(chain)
	return c.count(func(t *target) bool {
		scopes := t.wanted
		if len(scopes) == 0 {
			scopes = t.charged
		}
		return slices.ContainsFunc(scopes, func(scope projection.Vertex) bool {
			return scope == chain || slices.Contains(ecosystems, scope) || slices.Contains(links, scope)
		})
	})
}

// target is a company on the list of a task force of ours that does not exclude it.
type target struct {
	company         projection.Vertex
	wanted, charged []projection.Vertex // what it is wanted for; what the task force is in charge of
}

// find returns the targets in the order of their companies, one for each TARGETS edge.
func (c *Counter) find() []target {
	s := &scout{search: c.search}
	p, wanted := s.Picture, wantedFor(s.Picture)
	var found []target
	for _, company := range pursued(p) {
		arcs := p.In(projection.Targets, company)
		for i, force := range arcs.Others {
			if !p.Current(projection.Targets, arcs.Edges[i]) {
				continue
			}
			edge, _, _ := p.Edge(projection.Targets, arcs.Edges[i])
			charge := s.chargeOf(force)
			if status, _ := edge.Get("status"); charge.ours && status != statusExcluded && s.speaksOf(force, edge, company) {
				found = append(found, target{company, wanted[arcs.Edges[i]], charge.scopes})
			}
		}
	}
	return found
}

// count counts the companies of the targets of which something holds, each once.
func (c *Counter) count(holds func(*target) bool) int {
	n, last := 0, projection.None
	for i := range c.targets {
		if t := &c.targets[i]; t.company != last && holds(t) {
			n, last = n+1, t.company
		}
	}
	return n
}

// here reports whether a company is one of the region.
func (s *scout) here(company projection.Vertex) bool { return company >= s.First && company < s.End }

// pursued returns the companies that a task force has on its list, ascending, each once,
// found once for a picture.
func pursued(p *projection.Projection) []projection.Vertex {
	type key struct{}
	return p.Memo(key{}, func() any {
		var found []projection.Vertex
		for number := range int32(p.EdgeCount(projection.Targets)) {
			_, _, to := p.Edge(projection.Targets, number)
			found = append(found, to)
		}
		slices.Sort(found)
		return slices.Compact(found)
	}).([]projection.Vertex)
}
