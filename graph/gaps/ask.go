package gaps

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/topics"
	"liantu/graph/tuning"
	"liantu/message"
)

// Ask finds the state of every link in the scope of a question. The answer
// follows from the picture, the settings and the question alone. An unknown
// region, peer or scope, and words about which nothing or too much is known, give a [*projection.NotFoundError]; an unknown grade,
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
	scope, topic, err := scopeOf(ctx, p, q.Scope, q.About)
	if err != nil {
		return nil, err
	}
	a, err := AssessorOf(ctx, p, settings, grade, region, peers)
	if err != nil {
		return nil, err
	}
	answer, err := a.answer(ctx, q, scope, peers)
	if err != nil {
		return nil, err
	}
	answer.About = topic
	return answer, nil
}

// scopeOf finds what a question is limited to: ecosystems, chains and links by codes, ids
// or names, and what words mean, if there are any; ascending, each once.
func scopeOf(ctx context.Context, p *projection.Projection, texts []string, words string) ([]projection.Vertex, *topics.Topic, error) {
	scope, err := area.LookupAll(p, texts, projection.Ecosystem, projection.Chain, projection.Link)
	if err != nil || words == "" {
		return scope, nil, err
	}
	topic, err := topics.Resolve(ctx, p, words)
	if err != nil {
		return nil, nil, err
	}
	scope = append(scope, topic.Scope...)
	slices.Sort(scope)
	return slices.Compact(scope), topic, nil
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
	return checkLevels(q.Levels)
}

func checkLevels(l lines.Levels) error {
	if l != "" && !slices.Contains(lines.Choices(), l) {
		return message.As(graph.ErrInvalid, "levels %q: not one of %v", l, lines.Choices())
	}
	return nil
}
