package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// gapsField asks which links are missing, weak, strong or unknown.
func gapsField(b *builder) *graphql.Field {
	gapList := b.connection(connected{
		name: "Gap", description: both("What is at the links that were asked for.", "所问各环节的结论。"), node: gapType(b),
		around: answerFields(b),
	})
	arguments := append(b.paging(), idArgument(b, "region", projection.Region, true, "The region asked about.", "所问地区："))
	arguments = append(append(arguments, scopeArguments(b)...),
		idsArgument(b, "peers", projection.Region, false, "Regions to compare with; the whole country when not given.", "参照地区，不填则以全国为参照："),
		minGrade(b),
		arg("states", graphql.NewList(required(b.Enum("GapState"))), "Only these states.", "仅这些状态。"),
		arg("actions", graphql.NewList(required(b.Enum("GapAction"))), "Only these actions.", "仅这些建议动作。"),
		arg("orderBy", b.Enum("GapOrder"), "How to sort; by priority when not given.", "排序方式，默认按优先级。"))
	return b.field(gapList,
		both("Which links are missing, weak, strong or unknown in a region, and why.", "某地区哪些环节缺失、薄弱、强势或不明，为什么。"),
		resolver(askGaps), arguments...)
}

// askGaps asks for gaps and cuts the page.
func askGaps(rq *request, _ any, a args) (any, error) {
	q := gaps.Question{
		Region: a.Text("region"), Peers: list[string](a, "peers"),
		States: list[gaps.State](a, "states"), Actions: list[gaps.Action](a, "actions"),
	}
	q.MinGrade = a.Grade()
	q.OrderBy, _ = a["orderBy"].(gaps.Order)
	var err error
	if q.Scope, err = scopeOf(rq, a); err != nil {
		return nil, err
	}
	answer, err := gaps.Ask(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
	if err != nil {
		return nil, err
	}
	return listPage(rq, "gaps", a, answer, answer.Verdicts, func(v *gaps.Verdict) string { return string(rq.Picture.Graph.ID(v.Link)) })
}

// answerFields are what an answer on gaps says besides its gaps.
func answerFields(b *builder) graphql.Fields {
	answer := func(p *page) *gaps.Answer { return p.around.(*gaps.Answer) }
	coverage := coverageType(b)
	return graphql.Fields{
		"region": b.field(required(b.Kinds[projection.Region]), both("The region asked about.", "所问地区。"),
			get(func(_ *request, p *page) projection.Vertex { return answer(p).Region })),
		"peers": b.field(listOf(b.Kinds[projection.Region]), both("The regions compared with; empty for the whole country.", "参照地区；空表示全国。"),
			many(func(_ *request, p *page) []projection.Vertex { return answer(p).Peers })),
		"minGrade": b.field(required(b.Enum("Grade")), both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
			word(func(_ *request, p *page) graph.Grade { return answer(p).MinGrade })),
		"coverage": b.field(required(coverage), both("How much is known of the region.", "对所问地区的掌握程度。"),
			get(func(_ *request, p *page) gaps.Coverage { return answer(p).Coverage })),
		"reference": b.field(required(coverage), both("How much is known of the area compared with.", "对参照地区的掌握程度。"),
			get(func(_ *request, p *page) gaps.Coverage { return answer(p).Reference })),
		"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "计算中是否用到虚构数据。"),
			get(func(_ *request, p *page) bool { return answer(p).Synthetic })),
		"summaries": b.field(listOf(makeSummary(b)),
			both("Counts for each ecosystem and chain, before states and actions are applied.", "各生态圈、产业链的汇总（未按状态和动作筛选）。"),
			many(func(_ *request, p *page) []gaps.Summary { return answer(p).Summaries })),
	}
}

// makeSummary makes the type that counts the gaps of an ecosystem or a chain.
func makeSummary(b *builder) *graphql.Object {
	type stateCount struct {
		state gaps.State
		count int
	}
	type actionCount struct {
		action gaps.Action
		count  int
	}
	count := both("How many links.", "环节数。")
	states := b.makeObject("StateCount", both("How many links are in a state.", "某一状态的环节数。"), func() graphql.Fields {
		return graphql.Fields{
			"state": b.field(required(b.Enum("GapState")), both("The state.", "状态。"), word(func(_ *request, c stateCount) gaps.State { return c.state })),
			"count": b.field(required(b.Scalars.Integer), count, get(func(_ *request, c stateCount) int { return c.count })),
		}
	})
	actions := b.makeObject("ActionCount", both("How many links call for an action.", "某一建议动作的环节数。"), func() graphql.Fields {
		return graphql.Fields{
			"action": b.field(required(b.Enum("GapAction")), both("The action.", "建议动作。"), word(func(_ *request, c actionCount) gaps.Action { return c.action })),
			"count":  b.field(required(b.Scalars.Integer), count, get(func(_ *request, c actionCount) int { return c.count })),
		}
	})
	return b.makeObject("GapSummary", both("The gaps of one ecosystem or chain, counted on all levels.", "某一生态圈或产业链的结论汇总（含各级环节）。"), func() graphql.Fields {
		return graphql.Fields{
			"scope": b.field(required(b.Node), both("The ecosystem or chain.", "生态圈或产业链。"),
				get(func(_ *request, s gaps.Summary) projection.Vertex { return s.Scope })),
			"links": b.field(required(b.Scalars.Integer), count, get(func(_ *request, s gaps.Summary) int { return s.Links })),
			"present": b.field(required(b.Scalars.Integer), both("Links with at least one local company.", "至少有一家本地企业的环节数。"),
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

// coverageType is the type that says how much is known of the companies of an
// area.
func coverageType(b *builder) *graphql.Object {
	return b.Once("Coverage", func() *graphql.Object {
		return b.makeObject("Coverage", both("How much is known of the companies of an area.", "对某地区企业的掌握程度。"), func() graphql.Fields {
			return graphql.Fields{
				"companies": b.field(required(b.Scalars.Integer), both("N, companies in the area.", "地区内企业数 N。"),
					get(func(_ *request, c gaps.Coverage) int { return c.Companies })),
				"attributed": b.field(required(b.Scalars.Integer), both("A, those that are at some link.", "已归入环节的企业数 A。"),
					get(func(_ *request, c gaps.Coverage) int { return c.Attributed })),
				"unattributed": b.field(required(b.Scalars.Integer), both("U = N − A, those that are at none.", "尚未归入环节的企业数 U。"),
					get(func(_ *request, c gaps.Coverage) int { return c.Unattributed })),
				"share": b.field(b.Scalars.ByType[schema.TypePercent], both("A/N; null when there is no company.", "A/N；无企业时为 null。"),
					get(func(_ *request, c gaps.Coverage) gaps.Figure { return c.Share() })),
			}
		})
	})
}
