package gaps

import (
	"context"
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
)

// Ask finds the state of every link in the scope of a question. The answer
// follows from the picture, the settings and the question alone. An unknown
// region, peer or scope gives a [*projection.NotFoundError]; an unknown grade,
// state, action or order, or settings out of range, give [graph.ErrInvalid].
// It stops with the context's error when the context ends.
func Ask(ctx context.Context, p *projection.Projection, settings Settings, q Question) (*Answer, error) {
	grade, err := settings.ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	region, err := p.Lookup(q.Region, projection.Region)
	if err != nil {
		return nil, err
	}
	peers, err := lookupAll(p, q.Peers, projection.Region)
	if err != nil {
		return nil, err
	}
	scope, err := lookupAll(p, q.Scope, projection.Ecosystem, projection.Chain, projection.Link)
	if err != nil {
		return nil, err
	}
	a, err := askerOf(ctx, p, settings, grade, region, peers)
	if err != nil {
		return nil, err
	}
	return a.answer(ctx, q, scope, peers)
}

func (q Question) check() error {
	for _, s := range q.States {
		if !slices.Contains(States(), s) {
			return fmt.Errorf("state %q: not one of %v: %w", s, States(), graph.ErrInvalid)
		}
	}
	for _, a := range q.Actions {
		if !slices.Contains(Actions(), a) {
			return fmt.Errorf("action %q: not one of %v: %w", a, Actions(), graph.ErrInvalid)
		}
	}
	if q.OrderBy != "" && !slices.Contains(allOrders, q.OrderBy) {
		return fmt.Errorf("order %q: not one of %v: %w", q.OrderBy, Orders(), graph.ErrInvalid)
	}
	return nil
}

func lookupAll(p *projection.Projection, texts []string, kinds ...string) ([]projection.Vertex, error) {
	found := make([]projection.Vertex, 0, len(texts))
	for _, text := range texts {
		v, err := p.Lookup(text, kinds...)
		if err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// linksOf returns the links in a scope, ascending; all links for an empty one.
func linksOf(p *projection.Projection, scope []projection.Vertex) []projection.Vertex {
	var links []projection.Vertex
	if len(scope) == 0 {
		first, end := p.Range(projection.Link)
		for v := first; v < end; v++ {
			links = append(links, v)
		}
		return links
	}
	for _, v := range scope {
		switch p.Kind(v) {
		case projection.Link:
			links = append(links, p.LinksBelow(v)...)
		case projection.Chain:
			links = append(links, p.LinksIn(v)...)
		case projection.Ecosystem:
			for _, chain := range p.ChainsIn(v) {
				links = append(links, p.LinksIn(chain)...)
			}
		}
	}
	slices.Sort(links)
	return slices.Compact(links)
}
