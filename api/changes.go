package api

import (
	"context"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// graphChange is what an event tells: which picture came after which, and what
// became of the gaps of a region.
type graphChange struct {
	after  picture
	before int64         // the version of the picture before
	states []stateChange // nil when no region was asked for
}

// stateChange is how many links were and are in a state.
type stateChange struct {
	state         gaps.State
	before, after int
}

// subscription makes the root type of what can be subscribed to.
func (b *builder) subscription() *graphql.Object {
	integer := b.scalars.integer
	count := b.object("StateChange", both("A number of links that has changed.", "某一状态环节数的变化。"), func() graphql.Fields {
		return graphql.Fields{
			"state": b.field(required(b.enums["GapState"]), both("The state.", "状态。"),
				word(func(_ *request, c stateChange) gaps.State { return c.state })),
			"before": b.field(required(integer), both("Links in it in the picture before.", "变化前的环节数。"),
				get(func(_ *request, c stateChange) int { return c.before })),
			"after": b.field(required(integer), both("Links in it now.", "变化后的环节数。"),
				get(func(_ *request, c stateChange) int { return c.after })),
		}
	})
	change := b.object("GraphChange", both("A new picture of the graph.", "数据的一次更新。"), func() graphql.Fields {
		return graphql.Fields{
			"version": b.field(required(integer), both("The revision that is shown from now on.", "更新后的版本号。"),
				get(func(_ *request, c *graphChange) int { return int(c.after.version()) })),
			"previousVersion": b.field(required(integer),
				both("The revision of the event before, or of when the subscription began; revisions between the two are told together.",
					"上一次通知时（或订阅开始时）的版本号；其间的多次更新合并通知。"),
				get(func(_ *request, c *graphChange) int { return int(c.before) })),
			"dataDate": b.field(b.scalars.byType[schema.TypeDate], both("The newest day that any fact describes; null for an empty graph.", "最新的数据日期；无数据时为 null。"),
				get(func(_ *request, c *graphChange) string { return c.after.graph.DataDate() })),
			"states": b.field(graphql.NewList(required(count)),
				both("In how many links of the region the state has changed, by state, those alone whose number is another; null when no region was asked for.",
					"所问地区中数量有变化的状态及其环节数；未指定地区时为 null。"),
				compute(func(_ *request, c *graphChange, _ args) (any, error) {
					if c.states == nil {
						return nil, nil
					}
					return c.states, nil
				})),
		}
	})
	id := b.scalars.id
	fields := graphql.Fields{
		"graphChanged": b.field(required(change), both("Tells each time that the graph has changed.", "每当数据有更新时通知。"),
			resolver(func(rq *request, _ any, _ args) (any, error) { return rq.change, nil }),
			argument{"region", id, both("Count the gaps of this region. "+identifiedBy[projection.Region].En, "统计此地区的环节结论："+identifiedBy[projection.Region].Zh), nil},
			argument{"ecosystem", id, both("Only links of this ecosystem. "+identifiedBy[projection.Ecosystem].En, "仅此生态圈的环节："+identifiedBy[projection.Ecosystem].Zh), nil},
			argument{"sinceVersion", integer, both("Tell at once if the graph is later than this version already.", "若当前版本已晚于此版本，立即通知。"), nil},
		),
	}
	return graphql.NewObject(graphql.ObjectConfig{
		Name:        "Subscription",
		Description: both("What can be waited for, as a stream of events.", "可订阅的通知（事件流）。"),
		Fields:      b.of("Subscription", fields),
	})
}

// watch is what a subscription waits for.
type watch struct {
	region, ecosystem string
	since             *int
}

// watchOf reads the arguments of graphChanged.
func watchOf(a args) (watch, *fault) {
	w := watch{region: a.text("region"), ecosystem: a.text("ecosystem")}
	if n, ok := a.number("sinceVersion"); ok {
		w.since = &n
	}
	if w.ecosystem != "" && w.region == "" {
		return w, refuse(CodeInput, "the gaps of an ecosystem are counted in a region; give the argument region, too")
	}
	return w, nil
}

// count counts the links of the region by state.
func (w watch) count(ctx context.Context, s *Server, p picture) (map[gaps.State]int, error) {
	if w.region == "" {
		return nil, nil
	}
	q := gaps.Question{Region: w.region}
	if w.ecosystem != "" {
		v, err := p.graph.Lookup(w.ecosystem, projection.Ecosystem)
		if err != nil {
			return nil, err
		}
		q.Scope = []string{string(p.graph.ID(v))}
	}
	answer, err := gaps.Ask(ctx, p.graph, s.settings, q)
	if err != nil {
		return nil, err
	}
	counts := map[gaps.State]int{}
	for _, v := range answer.Verdicts {
		counts[v.State]++
	}
	return counts, nil
}

// compare lists the states whose numbers differ, in their usual order.
func compare(before, after map[gaps.State]int) []stateChange {
	if after == nil {
		return nil
	}
	out := []stateChange{}
	for _, state := range gaps.States() {
		if before[state] != after[state] {
			out = append(out, stateChange{state, before[state], after[state]})
		}
	}
	return out
}
