package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// gapFields adds the question which links are missing, weak, strong or
// unknown.
func (b *builder) gapFields(fields graphql.Fields) {
	for _, kind := range []string{projection.Ecosystem, projection.Chain, projection.Link, projection.Region, projection.Company} {
		if b.model.Node(kind) == nil {
			b.fault("model: no node kind %q, which the questions need", kind)
			return
		}
	}
	id := b.scalars.id
	by := func(kind, en, zh string) string {
		return both(en+" "+identifiedBy[kind].En, zh+identifiedBy[kind].Zh)
	}
	gapList := b.connection(connected{
		name: "Gap", description: both("What is at the links that were asked for.", "所问各环节的结论。"), node: b.makeGap(),
		of: func(item any) any { return item }, around: b.answerFields(),
	})
	fields["gaps"] = b.field(gapList,
		both("Which links are missing, weak, strong or unknown in a region, and why.", "某地区哪些环节缺失、薄弱、强势或不明，为什么。"),
		resolver(askGaps), append(b.paging(),
			argument{"region", required(id), by(projection.Region, "The region asked about.", "所问地区："), nil},
			argument{"ecosystem", id, by(projection.Ecosystem, "Only links of this ecosystem.", "仅此生态圈的环节："), nil},
			argument{"chain", id, by(projection.Chain, "Only links of this chain.", "仅此产业链的环节："), nil},
			argument{"link", id, by(projection.Link, "Only this link and those below it.", "仅此环节及其下级："), nil},
			argument{"peers", graphql.NewList(required(id)), by(projection.Region, "Regions to compare with; the whole country when not given.", "参照地区，不填则以全国为参照："), nil},
			b.minGrade(),
			argument{"states", graphql.NewList(required(b.enums["GapState"])), both("Only these states.", "仅这些状态。"), nil},
			argument{"actions", graphql.NewList(required(b.enums["GapAction"])), both("Only these actions.", "仅这些建议动作。"), nil},
			argument{"orderBy", b.enums["GapOrder"], both("How to sort; by priority when not given.", "排序方式，默认按优先级。"), nil},
		)...)
}

// minGrade declares the argument of the same name.
func (b *builder) minGrade() argument {
	return argument{
		"minGrade", b.enums["Grade"],
		both("The weakest grade of evidence that counts; the service's own when not given.", "计入的最低证据等级，不填按服务设置。"), nil,
	}
}

// askGaps asks for gaps and cuts the page.
func askGaps(rq *request, _ any, a args) (any, error) {
	q := gaps.Question{
		Region: a.text("region"), Peers: list[string](a, "peers"),
		States: list[gaps.State](a, "states"), Actions: list[gaps.Action](a, "actions"),
	}
	q.MinGrade, _ = a["minGrade"].(graph.Grade)
	q.OrderBy, _ = a["orderBy"].(gaps.Order)
	var err error
	if q.Scope, err = rq.scopeOf(a); err != nil {
		return nil, err
	}
	answer, err := gaps.Ask(rq.ctx, rq.picture.graph, rq.server.settings, q)
	if err != nil {
		return nil, err
	}
	g := rq.picture.graph
	p := &page{
		total: len(answer.Verdicts), version: int64(g.Version()), question: questionOf("gaps", "", a), around: answer,
		item: func(i int) any { return answer.Verdicts[i] },
		id:   func(i int) string { return string(g.ID(answer.Verdicts[i].Link)) },
	}
	return p, rq.server.cut(p, a)
}

// answerFields are what an answer on gaps says besides its gaps.
func (b *builder) answerFields() graphql.Fields {
	answer := func(p *page) *gaps.Answer { return p.around.(*gaps.Answer) }
	coverage := b.object("Coverage", both("How much is known of the companies of an area.", "对某地区企业的掌握程度。"), func() graphql.Fields {
		return graphql.Fields{
			"companies": b.field(required(b.scalars.integer), both("N, companies in the area.", "地区内企业数 N。"),
				get(func(_ *request, c gaps.Coverage) int { return c.Companies })),
			"attributed": b.field(required(b.scalars.integer), both("A, those that are at some link.", "已归入环节的企业数 A。"),
				get(func(_ *request, c gaps.Coverage) int { return c.Attributed })),
			"unattributed": b.field(required(b.scalars.integer), both("U = N − A, those that are at none.", "尚未归入环节的企业数 U。"),
				get(func(_ *request, c gaps.Coverage) int { return c.Unattributed })),
			"share": b.field(b.scalars.byType[schema.TypePercent], both("A/N; null when there is no company.", "A/N；无企业时为 null。"),
				get(func(_ *request, c gaps.Coverage) gaps.Figure { return c.Share() })),
		}
	})
	return graphql.Fields{
		"region": b.field(required(b.kinds[projection.Region]), both("The region asked about.", "所问地区。"),
			get(func(_ *request, p *page) projection.Vertex { return answer(p).Region })),
		"peers": b.field(listOf(b.kinds[projection.Region]), both("The regions compared with; empty for the whole country.", "参照地区；空表示全国。"),
			many(func(_ *request, p *page) []projection.Vertex { return answer(p).Peers })),
		"minGrade": b.field(required(b.enums["Grade"]), both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
			word(func(_ *request, p *page) graph.Grade { return answer(p).MinGrade })),
		"coverage": b.field(required(coverage), both("How much is known of the region.", "对所问地区的掌握程度。"),
			get(func(_ *request, p *page) gaps.Coverage { return answer(p).Coverage })),
		"reference": b.field(required(coverage), both("How much is known of the area compared with.", "对参照地区的掌握程度。"),
			get(func(_ *request, p *page) gaps.Coverage { return answer(p).Reference })),
		"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "计算中是否用到虚构数据。"),
			get(func(_ *request, p *page) bool { return answer(p).Synthetic })),
		"summaries": b.field(listOf(b.makeSummary()),
			both("Counts for each ecosystem and chain, before states and actions are applied.", "各生态圈、产业链的汇总（未按状态和动作筛选）。"),
			many(func(_ *request, p *page) []gaps.Summary { return answer(p).Summaries })),
	}
}

// makeSummary makes the type that counts the gaps of an ecosystem or a chain.
func (b *builder) makeSummary() *graphql.Object {
	type stateCount struct {
		state gaps.State
		count int
	}
	type actionCount struct {
		action gaps.Action
		count  int
	}
	count := both("How many links.", "环节数。")
	states := b.object("StateCount", both("How many links are in a state.", "某一状态的环节数。"), func() graphql.Fields {
		return graphql.Fields{
			"state": b.field(required(b.enums["GapState"]), both("The state.", "状态。"), word(func(_ *request, c stateCount) gaps.State { return c.state })),
			"count": b.field(required(b.scalars.integer), count, get(func(_ *request, c stateCount) int { return c.count })),
		}
	})
	actions := b.object("ActionCount", both("How many links call for an action.", "某一建议动作的环节数。"), func() graphql.Fields {
		return graphql.Fields{
			"action": b.field(required(b.enums["GapAction"]), both("The action.", "建议动作。"), word(func(_ *request, c actionCount) gaps.Action { return c.action })),
			"count":  b.field(required(b.scalars.integer), count, get(func(_ *request, c actionCount) int { return c.count })),
		}
	})
	return b.object("GapSummary", both("The gaps of one ecosystem or chain, counted on all levels.", "某一生态圈或产业链的结论汇总（含各级环节）。"), func() graphql.Fields {
		return graphql.Fields{
			"scope": b.field(required(b.node), both("The ecosystem or chain.", "生态圈或产业链。"),
				get(func(_ *request, s gaps.Summary) projection.Vertex { return s.Scope })),
			"links": b.field(required(b.scalars.integer), count, get(func(_ *request, s gaps.Summary) int { return s.Links })),
			"present": b.field(required(b.scalars.integer), both("Links with at least one local company.", "至少有一家本地企业的环节数。"),
				get(func(_ *request, s gaps.Summary) int { return s.Present })),
			"states": b.field(listOf(states), both("Links by state.", "按状态统计。"), many(func(_ *request, s gaps.Summary) []stateCount {
				var out []stateCount
				for _, state := range gaps.States() {
					out = append(out, stateCount{state, s.States[state]})
				}
				return out
			})),
			"actions": b.field(listOf(actions), both("Links by action.", "按建议动作统计。"), many(func(_ *request, s gaps.Summary) []actionCount {
				var out []actionCount
				for _, action := range gaps.Actions() {
					out = append(out, actionCount{action, s.Actions[action]})
				}
				return out
			})),
		}
	})
}
