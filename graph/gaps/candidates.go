package gaps

import (
	"cmp"
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
	if err := settings.Check(); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	if q.MinGrade != "" && !q.MinGrade.Valid() {
		return nil, fmt.Errorf("grade %q: not one of A, B, C and D: %w", q.MinGrade, graph.ErrInvalid)
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
	unwanted, err := companiesOf(p, q.Exclude)
	if err != nil {
		return nil, err
	}
	grade := cmp.Or(q.MinGrade, settings.MinGrade)
	a, err := askerOf(ctx, p, settings, grade, region, nil)
	if err != nil {
		return nil, err
	}
	s := newScout(a, link)
	answer := &CandidateAnswer{
		Version: p.Version(), DataDate: p.DataDate(), Region: region, Link: link, MinGrade: grade,
		Synthetic: synthetic(p, grade),
	}
	for _, kind := range CandidateKinds() {
		if q.Kind != "" && q.Kind != kind {
			continue
		}
		found, err := s.candidates(ctx, kind, unwanted, &answer.Excluded)
		if err != nil {
			return nil, err
		}
		answer.Candidates = append(answer.Candidates, found...)
	}
	slices.SortFunc(answer.Candidates, func(x, y *Candidate) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Kind, y.Kind), p.LargestFirst(x.Company, y.Company))
	})
	slices.SortFunc(answer.Excluded, func(x, y Exclusion) int { return cmp.Compare(x.Company, y.Company) })
	answer.SetBack = s.diversify(answer.Candidates[:min(len(answer.Candidates), DiverseTop)])
	return answer, nil
}

// companiesOf finds the companies that people name; an unknown one is an error.
func companiesOf(p *projection.Projection, names []string) (map[projection.Vertex]bool, error) {
	found := map[projection.Vertex]bool{}
	for _, name := range names {
		company, err := p.Lookup(name, projection.Company)
		if err != nil {
			return nil, err
		}
		found[company] = true
	}
	return found, nil
}

// scout looks for companies that would fill one link.
type scout struct {
	*asker
	link  projection.Vertex
	near  map[projection.Vertex]nearness // local companies next to the link
	sizes [2][]float64                   // of the link's companies, ascending, by measure
}

// nearness says how a local company is next to the link.
type nearness struct {
	fit     float64
	through projection.Vertex
	edges   []graph.ID
}

// How well a local company fits that is next to the link.
const (
	fitProduct = 0.9 // it makes a product that belongs to the link
	fitSibling = 0.6 // it is at a link with the same parent
	fitFeeds   = 0.5 // it is at a link that feeds this one or is fed by it
)

func newScout(a *asker, link projection.Vertex) *scout {
	s := &scout{asker: a, link: link, near: map[projection.Vertex]nearness{}}
	s.rankSizes()
	return s
}

// candidates scores all candidates of a kind, but for those that the question
// or a task force of ours excludes, which are noted.
func (s *scout) candidates(
	ctx context.Context, kind CandidateKind, unwanted map[projection.Vertex]bool, excluded *[]Exclusion,
) ([]*Candidate, error) {
	pool := s.abroad()
	if kind == Grow {
		pool = s.neighbours()
	}
	found := make([]*Candidate, 0, len(pool))
	for i, company := range pool {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if unwanted[company] {
			*excluded = append(*excluded, Exclusion{Company: company})
			continue
		}
		pursuits := s.pursuits(company)
		if i := slices.IndexFunc(pursuits, func(x Pursuit) bool { return x.Ours && x.Status == statusExcluded }); i >= 0 {
			*excluded = append(*excluded, Exclusion{company, &pursuits[i]})
			continue
		}
		found = append(found, s.score(&Candidate{Kind: kind, Company: company, Through: projection.None, Pursuits: pursuits}))
	}
	return found, nil
}

// abroad returns the companies at the link that are not known to be in the
// region.
func (s *scout) abroad() []projection.Vertex {
	return slices.DeleteFunc(slices.Clone(s.presence.At(s.link)), func(v projection.Vertex) bool {
		return v >= s.first && v < s.end
	})
}

// neighbours returns the local companies next to the link, ascending, and
// remembers how each is next to it, by its best fit.
func (s *scout) neighbours() []projection.Vertex {
	here := s.here(s.presence.At(s.link))
	note := func(company projection.Vertex, n nearness) {
		if company < s.first || company >= s.end {
			return
		}
		if _, already := slices.BinarySearch(here, company); already {
			return
		}
		if old, ok := s.near[company]; !ok || n.fit > old.fit {
			s.near[company] = n
		}
	}
	s.byProduct(note)
	for _, parent := range s.p.ParentsOf(s.link) {
		for _, sibling := range s.p.PartsOf(parent) {
			if sibling != s.link && s.p.Kind(sibling) == projection.Link {
				s.byLink(sibling, fitSibling, note)
			}
		}
	}
	for _, step := range slices.Concat(s.p.Downstream(s.link), s.p.Upstream(s.link)) {
		s.byLink(step, fitFeeds, note)
	}
	companies := make([]projection.Vertex, 0, len(s.near))
	for company := range s.near {
		companies = append(companies, company)
	}
	slices.Sort(companies)
	return companies
}

func (s *scout) byLink(link projection.Vertex, fit float64, note func(projection.Vertex, nearness)) {
	for _, company := range s.here(s.presence.At(link)) {
		note(company, nearness{fit: fit, through: link})
	}
}

func (s *scout) byProduct(note func(projection.Vertex, nearness)) {
	for _, link := range s.p.LinksBelow(s.link) {
		products := s.p.In(projection.BelongsTo, link)
		for i, product := range products.Others {
			if !s.p.Current(projection.BelongsTo, products.Edges[i]) {
				continue
			}
			belongs, _, _ := s.p.Edge(projection.BelongsTo, products.Edges[i])
			makers := s.p.In(projection.Makes, product)
			for k, company := range makers.Others {
				if makes, _, _ := s.p.Edge(projection.Makes, makers.Edges[k]); s.p.Current(projection.Makes, makers.Edges[k]) {
					note(company, nearness{fitProduct, product, []graph.ID{belongs.ID, makes.ID}})
				}
			}
		}
	}
}

// score works out the terms of one candidate.
func (s *scout) score(c *Candidate) *Candidate {
	if c.Kind == Grow {
		near := s.near[c.Company]
		c.Through = near.through
		c.Edges = append(c.Edges, near.edges...)
		if s.p.Kind(near.through) == projection.Link {
			c.Evidence = s.evidence(c.Company, near.through)
		}
	} else {
		c.Evidence = s.evidence(c.Company, s.link)
	}
	w := s.settings.Candidates
	parts := [7]struct {
		code   Code
		weight float64
		find   func(*Candidate) finding
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
