package gaps

import (
	"context"
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// Candidates finds companies that would fill a link in a region. To attract:
// companies at the link (or below it) that are not known to be in the region.
// To grow: local companies that are not at the link but make a product that
// belongs to it, or are at a sibling (a link with the same parent) or at a
// link one FEEDS step away.
//
// The score is the sum of the points of the terms. A term that is not known
// gives no points and is listed under Unknowns. Errors are those of [Ask].
func Candidates(ctx context.Context, p *projection.Projection, settings Settings, q CandidateQuestion) (*CandidateAnswer, error) {
	grade, err := settings.ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	if q.Kind != "" && !slices.Contains(CandidateKinds(), q.Kind) {
		return nil, fmt.Errorf("kind %q: not one of %v: %w", q.Kind, CandidateKinds(), graph.ErrInvalid)
	}
	region, err := p.Lookup(q.Region, projection.Region)
	if err != nil {
		return nil, err
	}
	link, err := p.Lookup(q.Link, projection.Link)
	if err != nil {
		return nil, err
	}
	unwanted, err := lookupAll(p, q.Exclude, projection.Company)
	if err != nil {
		return nil, err
	}
	s, err := newScout(ctx, newView(p, grade, region), settings, link, q.Kind, unwanted)
	if err != nil {
		return nil, err
	}
	r, err := newRanking(ctx, s)
	if err != nil {
		return nil, err
	}
	return &CandidateAnswer{
		Version: p.Version(), DataDate: p.DataDate(), Region: region, Link: link, MinGrade: grade,
		Synthetic: synthetic(p, grade), SetBack: r.setBack, Excluded: r.excluded, ranking: r,
	}, nil
}

// scout looks for companies that would fill one link.
type scout struct {
	*View
	settings Settings
	link     projection.Vertex
	kinds    []CandidateKind     // that are looked for
	unwanted []projection.Vertex // by the question, ascending
	columns  *linkColumns
	bonds    *regionBonds
	near     *neighbourhood // nil if no local companies are looked for
}

// newScout gets ready what the picture keeps for the link and for the region.
func newScout(
	ctx context.Context, v *View, settings Settings, link projection.Vertex, kind CandidateKind, unwanted []projection.Vertex,
) (*scout, error) {
	s := &scout{View: v, settings: settings, link: link, unwanted: unwanted, kinds: CandidateKinds()}
	if kind != "" {
		s.kinds = []CandidateKind{kind}
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

// candidate works out a candidate with its reasons.
func (s *scout) candidate(kind CandidateKind, company projection.Vertex) *Candidate {
	return s.score(&Candidate{Kind: kind, Company: company, Through: projection.None, Pursuits: s.pursuits(company)})
}

// score works out the terms of one candidate.
func (s *scout) score(c *Candidate) *Candidate {
	if c.Kind == Grow {
		near := s.near.of(c.Company)
		c.Through = near.through
		c.Edges = append(c.Edges, near.edges...)
		if s.p.Kind(near.through) == projection.Link {
			c.Evidence = EvidenceOf(s.View, c.Company, near.through)
		}
	} else {
		c.Evidence = EvidenceOf(s.View, c.Company, s.link)
	}
	w := s.settings.Candidates
	parts := [7]struct {
		code   Code
		weight float64
		find   func(*Candidate) Valuation
	}{
		{TermFit, w.Fit, s.fit},
		{TermSupplyTie, w.SupplyTie, s.supplyTie},
		{TermSize, w.Size, s.size},
		{TermExpansion, w.Expansion, s.expansion},
		{TermProximity, w.Proximity, s.proximity},
		{TermReach, w.Reach, s.reach},
		{TermCommitment, -w.Commitment, s.commitment},
	}
	for i, part := range parts {
		f := part.find(c)
		term := Term{Code: part.code, Label: candidateTermLabels[part.code], Value: f.value, Weight: part.weight}
		term.Points = round(part.weight*f.value.Or(0)) + 0 // + 0 makes 0 of −0
		c.Terms[i] = term
		c.Score += term.Points
		c.Edges = append(c.Edges, f.edges...)
		if _, known := f.value.Get(); known {
			c.Reasons = append(c.Reasons, Reason{Code: part.code, Text: f.text, Points: term.Points})
		}
		if f.unknown != "" {
			c.Unknowns = append(c.Unknowns, f.unknown)
		}
	}
	c.Score = round(c.Score)
	slices.Sort(c.Edges)
	c.Edges = slices.Compact(c.Edges)
	return c
}
