package questions

import (
	"context"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/schema"
)

// graphChange is what an event reports: which picture followed which, and how the
// states of the links of a region changed.
type graphChange struct {
	after  fields.Picture
	before int64         // the version of the picture before
	states []stateChange // nil when no region was asked for
}

// stateChange is how many links were and are in a state.
type stateChange struct {
	state         gaps.State
	before, after int
}

// SubscriptionRoot makes the root type of what can be subscribed to.
func SubscriptionRoot(b *fields.Builder) *graphql.Object {
	integer := b.Scalars.Integer
	count := b.MakeObject("StateChange", fields.Both("How the number of links in a state has changed.", "某一状态环节数的变化。"), func() graphql.Fields {
		return graphql.Fields{
			"state": b.Field(fields.Required(b.Enum("VerdictState")), fields.Both("The state.", "状态。"),
				fields.Word(func(_ *fields.Request, c stateChange) gaps.State { return c.state })),
			"before": b.Field(fields.Required(integer), fields.Both("Links in this state before.", "变化前的环节数。"),
				fields.Get(func(_ *fields.Request, c stateChange) int { return c.before })),
			"after": b.Field(fields.Required(integer), fields.Both("Links in this state now.", "变化后的环节数。"),
				fields.Get(func(_ *fields.Request, c stateChange) int { return c.after })),
		}
	})
	change := b.MakeObject("GraphChange", fields.Both("A new version of the graph.", "数据的一次更新。"), func() graphql.Fields {
		return graphql.Fields{
			"version": b.Field(fields.Required(integer), fields.Both("The version that is shown from now on.", "更新后的版本号。"),
				fields.Get(func(_ *fields.Request, c *graphChange) int { return int(c.after.Version()) })),
			"previousVersion": b.Field(fields.Required(integer),
				fields.Both("The version of the previous event, or at the start of the subscription; versions between the two are reported as one event.",
					"上一次通知时（或订阅开始时）的版本号；其间的多次更新合并通知。"),
				fields.Get(func(_ *fields.Request, c *graphChange) int { return int(c.before) })),
			"dataDate": b.Field(b.Scalars.ByType[schema.TypeDate], fields.Both("The newest day that any fact describes; null for an empty graph.", "最新的数据日期；无数据时为 null。"),
				fields.Get(func(_ *fields.Request, c *graphChange) string { return c.after.Graph.DataDate() })),
			"states": b.Field(graphql.NewList(fields.Required(count)),
				fields.Both("The states in which the number of links of the region has changed, with both numbers; null when no region was given.",
					"所问地区中数量有变化的状态及其环节数；未指定地区时为 null。"),
				fields.Compute(func(_ *fields.Request, c *graphChange, _ fields.Args) (any, error) {
					if c.states == nil {
						return nil, nil
					}
					return c.states, nil
				})),
		}
	})
	id := b.Scalars.ID
	root := graphql.Fields{
		"graphChanged": b.Field(fields.Required(change), fields.Both("Sends an event each time the graph changes.", "每当数据有更新时通知。"),
			fields.Resolver(func(rq *fields.Request, _ any, _ fields.Args) (any, error) { return rq.Event, nil }),
			fields.Arg("region", id, "Count the links of this region by state. "+identifiedBy[projection.Region].En, "统计此地区的环节结论："+identifiedBy[projection.Region].Zh),
			fields.Arg("ecosystem", id, "Only links of this ecosystem. "+identifiedBy[projection.Ecosystem].En, "仅此生态圈的环节："+identifiedBy[projection.Ecosystem].Zh),
			population(b),
			fields.Arg("sinceVersion", integer, "Send an event at once if the graph is already later than this version.", "若当前版本已晚于此版本，立即通知。"),
		),
	}
	return graphql.NewObject(graphql.ObjectConfig{
		Name:        disclosure.SubscriptionType,
		Description: fields.Both("The subscriptions, each a stream of events.", "可订阅的通知（事件流）。"),
		Fields:      b.Of(disclosure.SubscriptionType, root),
	})
}

// Watch is what a subscription waits for.
type Watch struct {
	region, ecosystem string
	population        area.Population // that the counts are of, "" for all
	since             *int
}

// WatchOf reads the arguments of graphChanged. The refusal has [fault.CodeInput].
func WatchOf(a fields.Args) (Watch, *fault.RefusalError) {
	w := Watch{region: a.Text("region"), ecosystem: a.Text("ecosystem")}
	w.population, _ = a["population"].(area.Population)
	if n, ok := a.Number("sinceVersion"); ok {
		w.since = &n
	}
	if w.ecosystem != "" && w.region == "" {
		return w, fault.Refuse(fault.CodeInput, "the links of an ecosystem are counted in a region; give the argument region, too")
	}
	return w, nil
}

// Before is the version that the first event is compared with, for a
// subscription that began at a version.
func (w Watch) Before(began int64) int64 {
	if w.since == nil {
		return began
	}
	return min(began, int64(*w.since))
}

// Counts says how many links of a region are in each state.
type Counts map[gaps.State]int

// Count counts the links of the region by state, nil where no region was given.
// The error is that of the question gaps.
func (w Watch) Count(ctx context.Context, settings tuning.Settings, p fields.Picture) (Counts, error) {
	if w.region == "" {
		return nil, nil
	}
	settings.Population = w.population
	q := gaps.Question{Region: w.region, Levels: lines.All}
	if w.ecosystem != "" {
		v, err := p.Graph.Lookup(w.ecosystem, projection.Ecosystem)
		if err != nil {
			return nil, err
		}
		q.Scope = []string{string(p.Graph.ID(v))}
	}
	answer, err := gaps.Ask(ctx, p.Graph, settings, q)
	if err != nil {
		return nil, err
	}
	counts := Counts{}
	for _, v := range answer.Verdicts {
		counts[v.State]++
	}
	return counts, nil
}

// Changed is the event that a picture followed the version before, with the counts
// that differ.
func Changed(p fields.Picture, before int64, old, counts Counts) any {
	return &graphChange{after: p, before: before, states: compare(old, counts)}
}

// compare lists the states whose numbers differ, in their usual order.
func compare(before, after Counts) []stateChange {
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
