package gaps

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
)

// Ask finds the state of every link in the scope of a question. The answer
// follows from the picture, the settings and the question alone. An unknown
// region, peer or scope gives a [*projection.NotFoundError]; an unknown grade,
// state, action or order, or settings out of range, give [graph.ErrInvalid].
// It stops with the context's error when the context ends.
func Ask(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*Answer, error) {
	grade, err := settings.Ready(p, q.MinGrade)
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
	peers, err := area.LookupAll(p, q.Peers, projection.Region)
	if err != nil {
		return nil, err
	}
	scope, err := area.LookupAll(p, q.Scope, projection.Ecosystem, projection.Chain, projection.Link)
	if err != nil {
		return nil, err
	}
	a, err := AssessorOf(ctx, p, settings, grade, region, peers)
	if err != nil {
		return nil, err
	}
	return a.answer(ctx, q, scope, peers)
}

func (q Question) check() error {
	for _, s := range q.States {
		if !slices.Contains(States(), s) {
			return message.As(graph.ErrInvalid, "state %q: not one of %v", s, States())
		}
	}
	for _, a := range q.Actions {
		if !slices.Contains(Actions(), a) {
			return message.As(graph.ErrInvalid, "action %q: not one of %v", a, Actions())
		}
	}
	if q.OrderBy != "" && !slices.Contains(allOrders, q.OrderBy) {
		return message.As(graph.ErrInvalid, "order %q: not one of %v", q.OrderBy, Orders())
	}
	return nil
}
