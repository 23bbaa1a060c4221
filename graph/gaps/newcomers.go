package gaps

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/message"
)

// Newcomer is a company that the graph does not hold and that is supposed to come. Names need
// not be unique.
type Newcomer struct {
	Name  string   // required
	Links []string // at which it will be: codes, ids or names; at least one
	From  string   // the region that it comes from: code, id or name; "" if it is not stated
}

// Supposed is a [Newcomer] whose texts are found in the picture.
type Supposed struct {
	Name  string
	Links []projection.Vertex // ascending
	From  projection.Vertex   // projection.None if it is not stated

	above []projection.Vertex // the links and all above them, ascending
}

// maxNewcomerLinks is the most links that one newcomer may be at.
const maxNewcomerLinks = 50

// ParseNewcomer reads a newcomer from a line such as "name;link,link;region", of which the
// region may be left out. The error is [graph.ErrInvalid].
func ParseNewcomer(text string) (Newcomer, error) {
	parts := strings.Split(text, ";")
	if len(parts) < 2 || len(parts) > 3 {
		return Newcomer{}, message.As(graph.ErrInvalid, "newcomer %q: not of the form name;link,link or name;link,link;region", text)
	}
	n := Newcomer{Name: strings.TrimSpace(parts[0])}
	for _, link := range strings.Split(parts[1], ",") {
		if link = strings.TrimSpace(link); link != "" {
			n.Links = append(n.Links, link)
		}
	}
	if len(parts) == 3 {
		n.From = strings.TrimSpace(parts[2])
	}
	return n, nil
}

// ParseNewcomers is [ParseNewcomer] for several lines; the error is the first one's.
func ParseNewcomers(texts []string) ([]Newcomer, error) {
	newcomers := make([]Newcomer, len(texts))
	for i, text := range texts {
		var err error
		if newcomers[i], err = ParseNewcomer(text); err != nil {
			return nil, err
		}
	}
	return newcomers, nil
}

// find looks up what the texts of a newcomer mean.
func (n Newcomer) find(p *projection.Projection) (*Supposed, error) {
	switch {
	case strings.TrimSpace(n.Name) == "":
		return nil, message.As(graph.ErrInvalid, "newcomer: it has no name")
	case len(n.Links) == 0 || len(n.Links) > maxNewcomerLinks:
		return nil, message.As(graph.ErrInvalid, "newcomer %q: it is at %d links; give one to %d", n.Name, len(n.Links), maxNewcomerLinks)
	}
	s := &Supposed{Name: n.Name, From: projection.None}
	var err error
	if s.Links, err = area.LookupAll(p, n.Links, projection.Link); err != nil {
		return nil, err
	}
	if n.From != "" {
		if s.From, err = p.Lookup(n.From, projection.Region); err != nil {
			return nil, err
		}
	}
	for _, link := range s.Links {
		s.above = append(s.above, p.LinksAbove(link)...)
	}
	slices.Sort(s.above)
	s.above = slices.Compact(s.above)
	return s, nil
}

// newcomersAt returns the newcomers that would be at one of some links or below it, each
// once.
func (a *Assessor) newcomersAt(links ...projection.Vertex) []*Supposed {
	if a.supposed == nil {
		return nil
	}
	var found []*Supposed
	for _, n := range a.supposed.newcomers {
		at := func(link projection.Vertex) bool { _, is := slices.BinarySearch(n.above, link); return is }
		if slices.ContainsFunc(links, at) {
			found = append(found, n)
		}
	}
	return found
}

// count returns n: how many companies are at a link in the region, as is supposed.
func (a *Assessor) count(link projection.Vertex) int {
	return len(a.present(link)) + len(a.newcomersAt(link))
}

// Newcomers returns those among the companies at the link that the graph does not hold and
// that are only supposed, in the order of the question.
func (v *Verdict) Newcomers() []*Supposed { return v.assessor.newcomersAt(v.Link) }

// enlist makes the newcomers members of a register of the region: it holds whoever is known
// there. At a link by it they are not, since it states nothing of them.
func (b *basis) enlist(a *Assessor, s *supposed) {
	if b.frame.Population != area.Registered || !b.members.Frame.ListedIn(a.Code) {
		return
	}
	n := len(s.newcomers)
	b.shown.Coverage.Companies += n
	b.shown.Coverage.Unattributed += n
	if b.ref != nil && slices.ContainsFunc(a.codes, func(code string) bool { return projection.Within(a.Code, code) }) {
		ref := *b.ref
		ref.coverage.Companies += n
		ref.coverage.Unattributed += n
		b.ref, b.shown.Reference = &ref, ref.coverage
	}
}
