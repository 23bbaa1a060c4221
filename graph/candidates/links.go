package candidates

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/holds"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/graph/tuning"
	"liantu/message"
)

// lacking are the actions on links that a region lacks or is weak at.
func lacking() []gaps.Action {
	return []gaps.Action{gaps.Check, gaps.Build, gaps.Fill, gaps.Strengthen, gaps.Extend}
}

// understood adds to a question what its words mean: links are named, chains and
// ecosystems asked about.
func (q *Question) understood(ctx context.Context, p *projection.Projection) (*topics.Topic, error) {
	if q.About == "" {
		return nil, nil
	}
	topic, err := topics.Resolve(ctx, p, q.About)
	if err != nil {
		return nil, err
	}
	q.Links, q.Scope = slices.Clone(q.Links), slices.Clone(q.Scope)
	for _, v := range topic.Scope {
		if p.Kind(v) == projection.Link {
			q.Links = append(q.Links, string(p.ID(v)))
		} else {
			q.Scope = append(q.Scope, string(p.ID(v)))
		}
	}
	return topic, nil
}

// linksOf returns the links of a question, those for which no companies are sought, and how
// many of its scope are left out.
func linksOf(
	ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question, region projection.Vertex,
) (links []projection.Vertex, others []NotSought, left int, err error) {
	named := q.Links
	if q.Link != "" {
		named = append([]string{q.Link}, named...)
	}
	if len(named)+len(q.Scope) == 0 && q.Opportunity == "" {
		return nil, nil, 0, message.As(graph.ErrInvalid, "no link is given, nor a chain, an ecosystem or an opportunity")
	}
	if links, err = area.InOrder(p, named, projection.Link); err != nil {
		return nil, nil, 0, err
	}
	demanded, err := demandedBy(p, q.Opportunity)
	if err != nil {
		return nil, nil, 0, err
	}
	links, others = sought(p, unite(links, demanded))
	if len(links) > MaxLinks {
		return nil, nil, 0, message.As(graph.ErrInvalid, "%d links are given; at most %d are searched for at once", len(links), MaxLinks)
	}
	if len(q.Scope) == 0 {
		return links, others, 0, nil
	}
	missing, err := missingIn(ctx, p, settings, q, region)
	if err != nil {
		return nil, nil, 0, err
	}
	links = unite(links, missing)
	left = max(0, len(links)-MaxLinks)
	return links[:len(links)-left], others, left, nil
}

// sought takes the links that hold no companies out of a list.
func sought(p *projection.Projection, list []projection.Vertex) (links []projection.Vertex, others []NotSought) {
	for _, link := range list {
		if p.Judged(link) {
			links = append(links, link)
		} else {
			others = append(others, NotSought{link, holds.Why(p, link)})
		}
	}
	return links, others
}

// unite appends what a list does not hold.
func unite(list, more []projection.Vertex) []projection.Vertex {
	for _, v := range more {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// demandedBy returns the links that an opportunity demands, in the order of the picture.
func demandedBy(p *projection.Projection, text string) ([]projection.Vertex, error) {
	if text == "" {
		return nil, nil
	}
	opportunity, err := p.Lookup(text, projection.Opportunity)
	if err != nil {
		return nil, err
	}
	var links []projection.Vertex
	demands := p.Out(projection.Demands, opportunity)
	for i, link := range demands.Others {
		if p.Current(projection.Demands, demands.Edges[i]) {
			links = append(links, link)
		}
	}
	return links, nil
}

// missingIn returns the links of chains and ecosystems that the region lacks, in the order
// of their priority; one that is the same as an earlier one, or of which one below it is among them, is left out.
func missingIn(
	ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question, region projection.Vertex,
) ([]projection.Vertex, error) {
	scope, err := area.LookupAll(p, q.Scope, projection.Ecosystem, projection.Chain)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(scope))
	for i, v := range scope {
		ids[i] = string(p.ID(v))
	}
	answer, err := gaps.Ask(ctx, p, settings, gaps.Question{
		Region: string(p.ID(region)), Scope: ids, MinGrade: q.MinGrade, Actions: lacking(), Levels: lines.All,
	})
	if err != nil {
		return nil, err
	}
	taken := map[projection.Vertex]bool{}
	for _, v := range answer.Verdicts {
		taken[v.Link] = true
	}
	var links []projection.Vertex
	for _, v := range lines.Distinct(p, answer.Verdicts, func(v *gaps.Verdict) projection.Vertex { return v.Link }) {
		same := p.Same(v.Link)
		deeper := func(below projection.Vertex) bool { return taken[below] && !slices.Contains(same, below) }
		if !slices.ContainsFunc(p.CountedAt(v.Link), deeper) {
			links = append(links, v.Link)
		}
	}
	return links, nil
}
