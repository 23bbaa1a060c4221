package api

import (
	"fmt"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// matchField asks which intermediaries fit a need.
func matchField(b *builder) *graphql.Field {
	arguments := append(matchScope(b), idArgument(b, "link", projection.Link, false, "The link.", "环节："))
	return b.field(matchesType(b), both(
		"Which intermediaries fit a need: a link of a region, or all that a region or a task force needs.",
		"哪些中介机构适合某项需求：某地区的某环节，或某地区、某专班的全部需求。"),
		resolver(func(rq *request, _ any, a args) (any, error) {
			answer, err := gaps.Matching(rq.Context, rq.Picture.Graph, rq.Service.Settings, gaps.MatchQuestion{
				Brief:  true,
				Region: a.Text("region"), Link: a.Text("link"), TaskForce: a.Text("taskForce"),
			})
			return matchPage(rq, "match", answer, err, a)
		}), append(b.paging(), arguments...)...)
}

// needsField asks which needs fit an intermediary.
func needsField(b *builder) *graphql.Field {
	arguments := append(matchScope(b),
		arg("intermediary", required(b.Scalars.ID), "The intermediary, by name, USCC or id.", "中介机构：名称、统一社会信用代码或标识。"))
	return b.field(matchesType(b), both("Which needs fit the specialties of an intermediary.", "哪些需求适合某中介机构的专长。"),
		resolver(func(rq *request, _ any, a args) (any, error) {
			if err := rq.Caller.Scope.Itself(rq.Picture.Graph, a.Text("intermediary")); err != nil {
				return nil, err
			}
			answer, err := gaps.Needs(rq.Context, rq.Picture.Graph, rq.Service.Settings, gaps.MatchQuestion{
				Brief:        true,
				Intermediary: a.Text("intermediary"), Region: a.Text("region"), TaskForce: a.Text("taskForce"),
			})
			return matchPage(rq, "needs", answer, err, a)
		}), append(b.paging(), arguments...)...)
}

// matchPlanField asks for intermediaries for all needs at once.
func matchPlanField(b *builder) *graphql.Field {
	return b.field(makePlan(b, matchType(b)), both(
		"Intermediaries for all needs at once, at the best total that is possible, nobody above capacity.",
		"一次性为全部需求安排中介机构：总分最高，且任何机构都不超过承接上限。"),
		resolver(askPlan), append(matchScope(b),
			arg("perNeed", b.Scalars.Integer, "Partners a need at most.", "每项需求最多安排几家。"),
			arg("minScore", b.Scalars.Float, "No match below, 0 to 1.", "得分下限，0 到 1。"))...)
}

// matchScope are the arguments that say whose needs are asked about.
func matchScope(b *builder) []argument {
	return []argument{
		idArgument(b, "region", projection.Region, false, "The region.", "地区："),
		arg("taskForce", b.Scalars.ID, "The task force, by code, name or id.", "专班：编号、名称或标识。"),
	}
}

// matchesType is the type of a list of matches.
func matchesType(b *builder) *graphql.Object {
	return b.Once("MatchConnection", func() *graphql.Object {
		return b.connection(connected{
			name: "Match", description: both("Intermediaries for needs, the best first.", "中介机构与需求的匹配，得分高者在前。"),
			node: matchType(b),
			around: graphql.Fields{
				"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "计算中是否用到虚构数据。"),
					get(func(_ *request, p *page) bool { return p.around.(*gaps.MatchAnswer).Synthetic })),
			},
		})
	})
}

// matchPage cuts the page of an answer.
func matchPage(rq *request, field string, answer *gaps.MatchAnswer, err error, a args) (any, error) {
	if err != nil {
		return nil, err
	}
	g := rq.Picture.Graph
	p := &page{
		total: len(answer.Matches), version: rq.Picture.Version(), question: questionOf(field, "", a), around: answer,
		item: func(i int) any { return answer.Explain(i) },
		id: func(i int) string {
			x := answer.Matches[i]
			return fmt.Sprint(g.ID(x.Partner.Intermediary), "/", g.ID(x.Need.TaskForce), "/", g.ID(x.Need.Region), "/", g.ID(x.Need.Link))
		},
	}
	return p, rq.Cut(p, a)
}

func askPlan(rq *request, _ any, a args) (any, error) {
	q := gaps.PlanQuestion{
		TaskForce: a.Text("taskForce"), Region: a.Text("region"), MinScore: gaps.Known(rq.Service.Settings.Matching.MinScore),
	}
	q.PerNeed, _ = a.Number("perNeed")
	if least, ok := a["minScore"].(float64); ok {
		q.MinScore = gaps.Known(least)
	}
	plan, err := gaps.MatchPlan(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// matchType is the type of an intermediary for a need.
func matchType(b *builder) *graphql.Object {
	return b.Once("Match", func() *graphql.Object { return makeMatch(b) })
}

func makeMatch(b *builder) *graphql.Object {
	need := b.makeObject("Need", both("A link of a region that wants companies.", "某地区需要引进企业的环节。"), func() graphql.Fields {
		return graphql.Fields{
			"region": b.field(required(b.Kinds[projection.Region]), both("The region.", "地区。"),
				get(func(_ *request, n gaps.Need) projection.Vertex { return n.Region })),
			"link": b.field(required(b.Kinds[projection.Link]), both("The link.", "环节。"),
				get(func(_ *request, n gaps.Need) projection.Vertex { return n.Link })),
			"taskForce": b.field(b.Kinds[projection.TaskForce], both("The task force in charge; null when the question named none.", "负责的专班；提问未指明则为 null。"),
				get(func(_ *request, n gaps.Need) projection.Vertex { return n.TaskForce })),
		}
	})
	partner := b.makeObject("Partner", both("What is known of an intermediary as a partner.", "中介机构作为合作伙伴的情况。"), func() graphql.Fields {
		count := func(en, zh string, of func(p *gaps.Partner) int) *graphql.Field {
			return b.field(required(b.Scalars.Integer), both(en, zh), get(func(_ *request, p *gaps.Partner) int { return of(p) }))
		}
		return graphql.Fields{
			"intermediary": b.field(required(b.Kinds[projection.Intermediary]), both("The intermediary.", "中介机构。"),
				get(func(_ *request, p *gaps.Partner) projection.Vertex { return p.Intermediary })),
			"grade": b.field(required(graphql.String), both("A, B or C, by what it introduced and what landed.", "按引荐和落地业绩评定的等级：A、B 或 C。"),
				get(func(_ *request, p *gaps.Partner) string { return p.Grade })),
			"introduced": count("Projects that it introduced.", "引荐项目数。", func(p *gaps.Partner) int { return p.Introduced }),
			"landed":     count("Those that landed.", "其中落地的项目数。", func(p *gaps.Partner) int { return p.Landed }),
			"track": b.field(b.Scalars.Float, both("Lower bound of the share that landed; null when it introduced nothing.", "落地率下限；无引荐记录为 null。"),
				get(func(_ *request, p *gaps.Partner) gaps.Figure { return p.Track })),
			"capacity": count("Needs that it serves at a time.", "可同时承接的需求数。", func(p *gaps.Partner) int { return p.Capacity }),
			"free":     count("Needs that it can still take on.", "尚可承接的需求数。", (*gaps.Partner).Free),
		}
	})
	return b.makeObject("Match", both("An intermediary for a need.", "中介机构与需求的一项匹配。"), func() graphql.Fields {
		return graphql.Fields{
			"partner": b.field(required(partner), both("The intermediary as a partner.", "中介机构。"),
				get(func(_ *request, x *gaps.Match) *gaps.Partner { return x.Partner })),
			"need": b.field(required(need), both("The need.", "需求。"), get(func(_ *request, x *gaps.Match) gaps.Need { return x.Need })),
			"score": b.field(required(b.Scalars.Float), both("How well it fits; the sum of the terms' points.", "得分，等于各项分值之和。"),
				get(func(_ *request, x *gaps.Match) float64 { return x.Score })),
			"terms": b.field(listOf(b.Object("Term")), both("What the score is made of.", "得分的组成。"),
				many(func(_ *request, x *gaps.Match) []gaps.Term { return x.Terms[:] })),
			"reasons": b.field(listOf(b.Object("Reason")), both("Why, in sentences.", "理由。"),
				many(func(_ *request, x *gaps.Match) []gaps.Reason { return x.Reasons })),
			"edges": b.field(listOf(b.Scalars.ID), both("Ids of the edges that the terms rest on.", "得分所依据的关系的标识。"),
				words(func(_ *request, x *gaps.Match) []graph.ID { return x.Edges })),
			"unknowns": b.field(listOf(graphql.String), both("Codes of what is not known of it.", "尚不掌握的情况的代码。"),
				words(func(_ *request, x *gaps.Match) []gaps.Code { return x.Unknowns })),
			"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "是否用到虚构数据。"),
				get(func(_ *request, x *gaps.Match) bool { return x.Synthetic })),
		}
	})
}

// makePlan makes the type of an assignment of partners to all needs.
func makePlan(b *builder, match *graphql.Object) *graphql.Object {
	planned := b.makeObject("PlannedPartner", both("A partner in a plan.", "方案中的一家机构。"), func() graphql.Fields {
		return graphql.Fields{
			"match": b.field(required(match), both("Why it fits.", "匹配情况。"),
				get(func(_ *request, x gaps.Planned) *gaps.Match { return x.Match })),
			"loss": b.field(required(b.Scalars.Float), both("By how much the total falls if another must serve the need.", "改选他家时总分的下降。"),
				get(func(_ *request, x gaps.Planned) float64 { return x.Loss })),
			"instead": b.field(b.Kinds[projection.Intermediary], both("Who serves the need then; null if nobody more does.", "届时由谁接替；无人接替为 null。"),
				get(func(_ *request, x gaps.Planned) projection.Vertex { return x.Instead })),
			"text": b.field(required(b.Object("Text")), both("Why this one, and what the second best costs.", "为何选它，次优方案代价几何。"),
				get(func(_ *request, x gaps.Planned) schema.Text { return x.Text })),
		}
	})
	need := b.makeObject("PlannedNeed", both("A need with its partners.", "一项需求及其安排。"), func() graphql.Fields {
		return graphql.Fields{
			"need": b.field(required(b.Object("Need")), both("The need.", "需求。"), get(func(_ *request, n gaps.PlannedNeed) gaps.Need { return n.Need })),
			"partners": b.field(listOf(planned), both("Its partners, the best first.", "安排的机构，得分高者在前。"),
				many(func(_ *request, n gaps.PlannedNeed) []gaps.Planned { return n.Partners })),
			"why": b.field(required(b.Object("Text")), both("Why there is no partner; empty where there is one.", "未安排的原因；已安排则为空。"),
				get(func(_ *request, n gaps.PlannedNeed) schema.Text { return n.Why })),
		}
	})
	return b.makeObject("MatchPlan", both("The best assignment of intermediaries to needs.", "中介机构与需求的最优安排。"), func() graphql.Fields {
		return graphql.Fields{
			"total": b.field(required(b.Scalars.Float), both("The sum of score times priority; no other assignment has a higher one.", "得分乘以优先级之和，为各种安排中最高。"),
				get(func(_ *request, p *gaps.PlanAnswer) float64 { return p.Total })),
			"met": b.field(required(b.Scalars.Integer), both("Needs with at least one partner.", "已安排的需求数。"),
				get(func(_ *request, p *gaps.PlanAnswer) int { return p.Met })),
			"needs": b.field(listOf(need), both("All needs, the most urgent first.", "全部需求，紧要者在前。"),
				many(func(_ *request, p *gaps.PlanAnswer) []gaps.PlannedNeed { return p.Needs })),
			"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "是否用到虚构数据。"),
				get(func(_ *request, p *gaps.PlanAnswer) bool { return p.Synthetic })),
		}
	})
}
