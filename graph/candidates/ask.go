package candidates

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
)

// Ask finds companies that would fill a link in a region. To attract:
// companies at the link (or below it) that are not known to be in the region.
// To grow: local companies that are not at the link but make a product that
// belongs to it, or are at a sibling (a link with the same parent) or at a
// link one FEEDS step away.
//
// The score is the sum of the points of the terms. A term that is not known
// gives no points and is listed under Unknowns. Errors are those of [gaps.Ask].
func Ask(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*Answer, error) {
	grade, err := settings.Ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	if q.Kind != "" && !slices.Contains(Kinds(), q.Kind) {
		return nil, message.As(graph.ErrInvalid, "kind %q: not one of %v", q.Kind, Kinds())
	}
	region, err := p.Lookup(q.Region, projection.Region)
	if err != nil {
		return nil, err
	}
	link, err := p.Lookup(q.Link, projection.Link)
	if err != nil {
		return nil, err
	}
	unwanted, err := area.LookupAll(p, q.Exclude, projection.Company)
	if err != nil {
		return nil, err
	}
	s, err := newScout(ctx, area.New(p, grade, region), settings, link, q.Kind, unwanted)
	if err != nil {
		return nil, err
	}
	r, err := newRanking(ctx, s)
	if err != nil {
		return nil, err
	}
	return &Answer{
		Version: p.Version(), DataDate: p.DataDate(), Region: region, Link: link, MinGrade: grade,
		Synthetic: area.Synthetic(p, grade), SetBack: r.setBack, Excluded: r.excluded, ranking: r,
	}, nil
}

// scout searches for companies that would fill one link.
type scout struct {
	*area.View
	settings tuning.Settings
	link     projection.Vertex
	kinds    []Kind              // that the question asks for
	unwanted []projection.Vertex // by the question, ascending
	columns  *linkColumns
	bonds    *regionBonds
	near     *neighbourhood // nil if the question does not ask for local companies
}

// newScout prepares what the picture caches for the link and for the region.
func newScout(
	ctx context.Context, v *area.View, settings tuning.Settings, link projection.Vertex, kind Kind, unwanted []projection.Vertex,
) (*scout, error) {
	s := &scout{View: v, settings: settings, link: link, unwanted: unwanted, kinds: Kinds()}
	if kind != "" {
		s.kinds = []Kind{kind}
	}
	var err error
	if s.columns, err = columnsOf(ctx, s); err != nil {
		return nil, err
	}
	if s.bonds, err = bondsOf(ctx, v); err != nil {
		return nil, err
	}
	if slices.Contains(s.kinds, Grow) {
		s.near, err = newNeighbourhood(ctx, s)
	}
	return s, err
}

// candidate computes a candidate with its reasons.
func (s *scout) candidate(kind Kind, company projection.Vertex) *Candidate {
	return s.score(&Candidate{Kind: kind, Company: company, Through: projection.None, Pursuits: s.pursuits(company)})
}

// score computes the terms of one candidate.
func (s *scout) score(c *Candidate) *Candidate {
	if c.Kind == Grow {
		near := s.near.of(c.Company)
		c.Through = near.through
		c.Edges = append(c.Edges, near.edges...)
		if s.Picture.Kind(near.through) == projection.Link {
			c.Evidence = gaps.EvidenceOf(s.View, c.Company, near.through)
		}
	} else {
		c.Evidence = gaps.EvidenceOf(s.View, c.Company, s.link)
	}
	w := s.settings.Candidates
	parts := [7]struct {
		code   gaps.Code
		weight float64
		find   func(*Candidate) gaps.Valuation
	}{
		{gaps.TermFit, w.Fit, s.fit},
		{gaps.TermSupplyTie, w.SupplyTie, s.supplyTie},
		{gaps.TermSize, w.Size, s.size},
		{gaps.TermExpansion, w.Expansion, s.expansion},
		{gaps.TermProximity, w.Proximity, s.proximity},
		{gaps.TermReach, w.Reach, s.reach},
		{gaps.TermCommitment, -w.Commitment, s.commitment},
	}
	for i, part := range parts {
		f := part.find(c)
		term := gaps.Term{Code: part.code, Label: termLabels[part.code], Value: f.Value, Weight: part.weight}
		term.Points = gaps.Round(part.weight*f.Value.Or(0)) + 0 // + 0 makes 0 of −0
		c.Terms[i] = term
		c.Score += term.Points
		c.Edges = append(c.Edges, f.Edges...)
		if _, known := f.Value.Get(); known {
			c.Reasons = append(c.Reasons, gaps.Reason{Code: part.code, Text: f.Text, Points: term.Points})
		}
		if f.Unknown != "" {
			c.Unknowns = append(c.Unknowns, f.Unknown)
		}
	}
	c.Score = gaps.Round(c.Score)
	slices.Sort(c.Edges)
	c.Edges = slices.Compact(c.Edges)
	return c
}
