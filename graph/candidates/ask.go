package candidates

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/landing"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/graph/tuning"
	"liantu/message"
)

// Ask finds companies that would fill links in a region; the package documentation says
// which, and in which order.
//
// The score is the sum of the points of the terms. A term that is not known
// gives no points and is listed under Unknowns. Errors are those of [gaps.Ask]; a question
// without links, or with more than [MaxLinks] that are named, gives [graph.ErrInvalid].
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
	q.MinGrade = grade
	topic, err := q.understood(ctx, p)
	if err != nil {
		return nil, err
	}
	links, others, left, err := linksOf(ctx, p, settings, q, region)
	if err != nil {
		return nil, err
	}
	unwanted, err := area.LookupAll(p, q.Exclude, projection.Company)
	if err != nil {
		return nil, err
	}
	f, err := newFilter(p, q.Filters)
	if err != nil {
		return nil, err
	}
	search := &search{
		View: area.New(p, grade, region), settings: settings, unwanted: unwanted, kinds: Kinds(), filter: f,
		since: projects.NewsSince(p.AsOf(), settings.NewsMonths),
	}
	if q.Kind != "" {
		search.kinds = []Kind{q.Kind}
	}
	answer, err := search.answer(ctx, links, left)
	if err != nil {
		return nil, err
	}
	answer.About, answer.NotSought = topic, others
	return answer, nil
}

// Of finds companies that would fill the link of a verdict, in its region and by its
// evidence.
func Of(ctx context.Context, p *projection.Projection, settings tuning.Settings, v *gaps.Verdict, kind Kind) (*Answer, error) {
	return Ask(ctx, p, settings, Question{
		Region: string(p.ID(v.Region())), Link: string(p.ID(v.Link)), MinGrade: v.MinGrade(), Kind: kind,
	})
}

// search is what the searches for the links of one question share.
type search struct {
	*area.View
	settings tuning.Settings
	kinds    []Kind              // that the question asks for
	unwanted []projection.Vertex // by the question, ascending
	filter   *filter             // nil if there is none
	since    string              // the day since which news is late
	bonds    *regionBonds
}

// answer ranks the candidates for some links.
func (q *search) answer(ctx context.Context, links []projection.Vertex, left int) (*Answer, error) {
	var err error
	if q.bonds, err = bondsOf(ctx, q.View); err != nil {
		return nil, err
	}
	var from pool
	link := projection.None
	if len(links) == 1 {
		link = links[0]
		from, err = q.scoutOf(ctx, link)
	} else {
		from, err = newMerged(ctx, q, links)
	}
	if err != nil {
		return nil, err
	}
	r, err := newRanking(ctx, q.Picture, from)
	if err != nil {
		return nil, err
	}
	answer := &Answer{
		Version: q.Picture.Version(), DataDates: datesAt(q.View, links), Region: q.Region, Link: link, Links: links, LinksLeft: left,
		MinGrade: q.Grade, Synthetic: area.Synthetic(q.Picture, q.Grade), InHand: len(r.hands), SetBack: r.setBack,
		Excluded: r.excluded, ranking: r,
	}
	if q.filter != nil {
		answer.Filtered = q.filter.counted()
	}
	for i := range r.hands {
		answer.Synthetic = answer.Synthetic || r.candidate(i).InHand.Synthetic
	}
	return answer, nil
}

// datesAt returns the data dates of the companies at some links, wherever they are.
func datesAt(v *area.View, links []projection.Vertex) *dates.Lazy {
	return dates.Later(func(ctx context.Context) (dates.Dates, error) {
		first, end := v.Picture.Range(projection.Company)
		counter := dates.NewCounter(v.Picture, v.Grade, links)
		if len(links) == 1 {
			err := counter.Companies(ctx, v.Presence.At(links[0]))
			return counter.Dates(), err
		}
		err := counter.Range(ctx, first, end)
		return counter.Dates(), err
	})
}

// scout searches for companies that would fill one link.
type scout struct {
	*search
	link    projection.Vertex
	columns *linkColumns
	near    *neighbourhood // nil if the question does not ask for local companies
}

// scoutOf prepares what the picture caches for a link and for the region.
func (q *search) scoutOf(ctx context.Context, link projection.Vertex) (*scout, error) {
	s := &scout{search: q, link: link}
	var err error
	if s.columns, err = columnsOf(ctx, s); err != nil {
		return nil, err
	}
	if slices.Contains(s.kinds, Grow) {
		s.near, err = newNeighbourhood(ctx, s)
	}
	return s, err
}

// candidate computes a candidate with its reasons.
func (s *scout) candidate(kind Kind, company projection.Vertex) *Candidate {
	return s.score(&Candidate{Kind: kind, Company: company, Link: s.link, Through: projection.None, Pursuits: s.pursuits(company)})
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
		c.Landing = landing.Of(s.View, s.link, c.Company)
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
	c.Links = []Filling{{c.Link, c.Score}}
	return c
}
