package ties

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
)

// AnchorQuestion asks which links stand behind an anchor (龙头, 链主) and which
// of them a region lacks (延链). All texts may be codes, ids or names.
type AnchorQuestion struct {
	Company  string // the anchor; required
	Region   string // "" means the place of the company
	Peers    []string
	MinGrade graph.Grade
}

// Basis says how a link was found to stand behind an anchor.
type Basis string

// The bases.
const (
	BySupplies Basis = "SUPPLIES" // known suppliers of the anchor are at the link
	ByFeeds    Basis = "FEEDS"    // the link feeds one at which the anchor is
)

// AnchorAnswer lists the links behind an anchor. It belongs to one picture.
type AnchorAnswer struct {
	Version   graph.Version
	DataDates *dates.Lazy // of the companies of the region at the links
	Synthetic bool
	Company   projection.Vertex
	Region    projection.Vertex
	MinGrade  graph.Grade
	// Suppliers is how many suppliers of the anchor are known; 0 means that none
	// is known and not that it has none.
	Suppliers int
	// Links are those with known suppliers first, then missing ones before
	// others, then by priority and code; of those that are the same the first. A link that
	// holds no companies is none of them.
	Links []AnchorLink
}

// AnchorLink is one link behind an anchor.
type AnchorLink struct {
	Verdict *gaps.Verdict
	Basis   Basis
	// Here and Elsewhere are the known suppliers of the anchor at the link, in
	// the region and outside of it or of unknown place, largest first.
	Here, Elsewhere []projection.Vertex
	Edges           []graph.ID // the SUPPLIES edges, ascending
	Through         projection.Vertex
}

// Anchor finds the links behind an anchor: those at which its known suppliers
// are, and those that feed a link at which it is itself. Errors are those of
// [gaps.Ask]; a company without a place gives [graph.ErrInvalid] if the question
// has no region.
func Anchor(ctx context.Context, p *projection.Projection, settings tuning.Settings, q AnchorQuestion) (*AnchorAnswer, error) {
	grade, err := settings.Ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	company, err := p.Lookup(q.Company, projection.Company)
	if err != nil {
		return nil, err
	}
	if q.Region == "" {
		if q.Region = p.PlaceOf(company); q.Region == projection.Country {
			return nil, message.As(graph.ErrInvalid, "company %q: its place is not known; name the region of the question", p.Caption(company))
		}
	}
	region, err := p.Lookup(q.Region, projection.Region)
	if err != nil {
		return nil, err
	}
	peers, err := area.LookupAll(p, q.Peers, projection.Region)
	if err != nil {
		return nil, err
	}
	a, err := gaps.AssessorOf(ctx, p, settings, grade, region, peers)
	if err != nil {
		return nil, err
	}
	answer := &AnchorAnswer{Version: p.Version(), Company: company, Region: region, MinGrade: a.Grade, Synthetic: area.Synthetic(p, a.Grade)}
	if err := answer.fill(ctx, a); err != nil {
		return nil, err
	}
	links := make([]projection.Vertex, len(answer.Links))
	for i, l := range answer.Links {
		links[i] = l.Verdict.Link
	}
	answer.DataDates = a.DatesAt(links)
	return answer, nil
}

// fill finds the links.
func (n *AnchorAnswer) fill(ctx context.Context, a *gaps.Assessor) error {
	found := map[projection.Vertex]*AnchorLink{}
	at := func(link projection.Vertex, basis Basis) *AnchorLink {
		if found[link] == nil {
			found[link] = &AnchorLink{Verdict: a.Verdict(link), Basis: basis, Through: projection.None}
		}
		return found[link]
	}
	w := &weaver{p: a.Picture, grade: a.Grade}
	suppliers := map[projection.Vertex]bool{}
	arcs := a.Picture.In(projection.Supplies, n.Company)
	for i, supplier := range arcs.Others {
		if !a.Picture.Current(projection.Supplies, arcs.Edges[i]) {
			continue
		}
		edge, _, _ := a.Picture.Edge(projection.Supplies, arcs.Edges[i])
		for _, link := range w.directLinks(supplier) {
			l := at(link, BySupplies)
			l.Edges = append(l.Edges, edge.ID)
			list := &l.Elsewhere
			if supplier >= a.First && supplier < a.End {
				list = &l.Here
			}
			if !slices.Contains(*list, supplier) {
				*list = append(*list, supplier)
			}
		}
		suppliers[supplier] = true
	}
	n.Suppliers = len(suppliers)
	own := w.linksOf(n.Company)
	for _, link := range own {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, up := range a.Picture.Upstream(link) {
			if l := at(up, ByFeeds); l.Through == projection.None && !slices.Contains(own, up) {
				l.Through = link
			}
		}
	}
	for link, l := range found {
		if l.Basis == ByFeeds && slices.Contains(own, link) || !a.Picture.Judged(link) {
			continue
		}
		slices.SortFunc(l.Here, a.Picture.LargestFirst)
		slices.SortFunc(l.Elsewhere, a.Picture.LargestFirst)
		slices.Sort(l.Edges)
		l.Edges = slices.Compact(l.Edges)
		n.Links = append(n.Links, *l)
	}
	slices.SortFunc(n.Links, compareAnchorLinks)
	n.Links = lines.Distinct(a.Picture, n.Links, func(l AnchorLink) projection.Vertex { return l.Verdict.Link })
	return nil
}

func compareAnchorLinks(x, y AnchorLink) int {
	first := func(yes bool) int {
		if yes {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(first(x.Basis == BySupplies), first(y.Basis == BySupplies)),
		cmp.Compare(first(x.Verdict.Numbers.Companies == 0), first(y.Verdict.Numbers.Companies == 0)),
		cmp.Compare(y.Verdict.Priority, x.Verdict.Priority), cmp.Compare(x.Verdict.Link, y.Verdict.Link),
	)
}
