package chainmap

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/candidates"
	"liantu/graph/counts"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/ties"
	"liantu/graph/tuning"
	"liantu/message"
)

// The most links and ties of one map.
const (
	MaxLinks = 2_000
	MaxTies  = 2_000
)

// Question asks for the map of a chain. All texts may be codes, ids or names.
type Question struct {
	Region   string
	Chain    string
	Layer    ties.Layer  // "" means that of the industry
	Peers    []string    // regions to compare with; empty means the whole country
	MinGrade graph.Grade // "" means that of the settings
}

// Map is the answer to a question. It belongs to one picture.
type Map struct {
	*gaps.Answer // of all links; its verdicts are in the order of their codes
	Chain        projection.Vertex
	Links        []*Link // parents before their parts
	Leaves       *counts.Tally
	Layer        ties.Layer
	Ties         []ties.LayerTie // heaviest first, then by code of both ends
	TiesLeft     int             // lighter ones beyond [MaxTies]
	TiesOutside  int             // of the links to those of other chains

	settings tuning.Settings
	counter  *candidates.Counter
}

// Link is one link of a map.
type Link struct {
	*gaps.Verdict
	Parent projection.Vertex // the link that it is drawn below, projection.None for the chain
	Leaf   bool              // it has a row in a list of leaves

	of *Map
}

// Layer counts the ties of a layer.
type Layer struct {
	Layer         ties.Layer
	Ties, Outside int // those within the chain, those with one end in it alone
}

// Ask draws a map. An unknown region or chain gives a [*projection.NotFoundError]; a chain
// with more than [MaxLinks] links, an unknown layer or grade gives [graph.ErrInvalid].
func Ask(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*Map, error) {
	grade, err := settings.Ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	chain, err := p.Lookup(q.Chain, projection.Chain)
	if err != nil {
		return nil, err
	}
	if n := len(p.LinksIn(chain)); n > MaxLinks {
		return nil, message.As(graph.ErrInvalid, "chain: it has %d links, and a map draws at most %d; ask gaps for its verdicts page by page", n, MaxLinks)
	}
	m := &Map{Chain: chain, Layer: cmp.Or(q.Layer, ties.IndustryLayer), settings: settings}
	rows := gaps.Question{
		Region: q.Region, Scope: []string{string(p.ID(chain))}, Peers: q.Peers, MinGrade: grade,
		Levels: lines.Leaves, WithEmpty: true, OrderBy: gaps.ByCode,
	}
	leaves, err := gaps.Ask(ctx, p, settings, rows)
	if err != nil {
		return nil, err
	}
	rows.Levels = lines.All
	if m.Answer, err = gaps.Ask(ctx, p, settings, rows); err != nil {
		return nil, err
	}
	m.Leaves, m.Links = counts.Of(leaves.Verdicts), m.tree(p, leaves.Verdicts)
	m.counter = candidates.NewCounter(area.New(p, grade, m.Region), settings)
	all, err := m.layer(ctx, p, m.Layer)
	if err != nil {
		return nil, err
	}
	m.Ties, m.TiesOutside = all.ties, all.outside
	if m.TiesLeft = len(all.ties) - MaxTies; m.TiesLeft > 0 {
		m.Ties = all.ties[:MaxTies]
	}
	m.TiesLeft = max(m.TiesLeft, 0)
	return m, nil
}

// tree orders the verdicts of all links.
func (m *Map) tree(p *projection.Projection, leaves []*gaps.Verdict) []*Link {
	verdicts := map[projection.Vertex]*gaps.Verdict{}
	for _, v := range m.Verdicts {
		verdicts[v.Link] = v
	}
	own := map[projection.Vertex]bool{}
	for _, v := range leaves {
		own[v.Link] = true
	}
	drawn := map[projection.Vertex]bool{}
	var found []*Link
	var below func(whole, parent projection.Vertex)
	below = func(whole, parent projection.Vertex) {
		var parts []*gaps.Verdict
		for _, part := range direct(p, whole) {
			if v := verdicts[part]; v != nil {
				parts = append(parts, v)
			}
		}
		slices.SortFunc(parts, func(a, b *gaps.Verdict) int {
			return cmp.Or(cmp.Compare(rank(a.Position), rank(b.Position)), cmp.Compare(a.Link, b.Link))
		})
		for _, v := range parts {
			if drawn[v.Link] {
				continue
			}
			drawn[v.Link] = true
			found = append(found, &Link{Verdict: v, Parent: parent, Leaf: own[v.Link], of: m})
			below(v.Link, v.Link)
		}
	}
	below(m.Chain, projection.None)
	return found
}

// direct returns the parts of a node without those that are part of another of them, too.
func direct(p *projection.Projection, whole projection.Vertex) []projection.Vertex {
	parts := p.PartsOf(whole)
	deeper := map[projection.Vertex]bool{}
	for _, part := range parts {
		if p.Kind(part) != projection.Link {
			continue
		}
		for _, below := range p.LinksBelow(part) {
			_, circular := slices.BinarySearch(p.LinksBelow(below), part)
			deeper[below] = deeper[below] || !circular
		}
	}
	return slices.DeleteFunc(parts, func(part projection.Vertex) bool { return deeper[part] })
}

// rank orders the positions.
func rank(position string) int {
	order := []string{"UPSTREAM", "MIDSTREAM", "DOWNSTREAM"}
	if i := slices.Index(order, position); i >= 0 {
		return i
	}
	return len(order)
}
