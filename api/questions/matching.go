package questions

import (
	"fmt"

	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/matching"
	"liantu/graph/projection"
	"liantu/schema"
)

// matchField asks which intermediaries fit a need.
func matchField(b *fields.Builder) *graphql.Field {
	arguments := append(matchScope(b), idArgument(b, "link", projection.Link, false, "The link.", "环节："))
	return b.Field(matchesType(b), fields.Both(
		"Which intermediaries fit a need: a link of a region, or all that a region or a task force needs.",
		"哪些中介机构适合某项需求：某地区的某环节，或某地区、某专班的全部需求。"),
		fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) {
			answer, err := matching.Ask(rq.Context, rq.Picture.Graph, settingsFor(rq, a), matching.Question{
				Brief:  true,
				Region: a.Text("region"), Link: a.Text("link"), TaskForce: a.Text("taskForce"),
			})
			return matchPage(rq, "match", answer, err, a)
		}), append(b.Paging(), arguments...)...)
}

// needsField asks which needs fit an intermediary.
func needsField(b *fields.Builder) *graphql.Field {
	arguments := append(matchScope(b),
		fields.Arg("intermediary", fields.Required(b.Scalars.ID), "The intermediary, by name, USCC or id.", "中介机构：名称、统一社会信用代码或标识。"))
	return b.Field(matchesType(b), fields.Both("Which needs fit the specialties of an intermediary.", "哪些需求适合某中介机构的专长。"),
		fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) {
			if err := rq.Caller.Scope.Itself(rq.Picture.Graph, a.Text("intermediary")); err != nil {
				return nil, err
			}
			answer, err := matching.Needs(rq.Context, rq.Picture.Graph, settingsFor(rq, a), matching.Question{
				Brief:        true,
				Intermediary: a.Text("intermediary"), Region: a.Text("region"), TaskForce: a.Text("taskForce"),
			})
			return matchPage(rq, "needs", answer, err, a)
		}), append(b.Paging(), arguments...)...)
}

// matchPlanField asks for intermediaries for all needs at once.
func matchPlanField(b *fields.Builder) *graphql.Field {
	return b.Field(makePlan(b, matchType(b)), fields.Both(
		"Intermediaries for all needs at once, with the highest possible total and nobody above capacity.",
		"一次性为全部需求安排中介机构：总分最高，且任何机构都不超过承接上限。"),
		fields.Resolver(askPlan), append(matchScope(b),
			fields.Arg("perNeed", b.Scalars.Integer, "The most intermediaries for a need.", "每项需求最多安排几家。"),
			fields.Arg("minScore", b.Scalars.Float, "No match with a lower score, 0 to 1.", "得分下限，0 到 1。"))...)
}

// matchScope are the arguments that say whose needs are asked about.
func matchScope(b *fields.Builder) []fields.Argument {
	return []fields.Argument{
		idArgument(b, "region", projection.Region, false, "The region.", "地区："),
		fields.Arg("taskForce", b.Scalars.ID, "The task force, by code, name or id.", "专班：编号、名称或标识。"),
		population(b),
	}
}

// matchesType is the type of a list of matches.
func matchesType(b *fields.Builder) *graphql.Object {
	return b.Once("MatchConnection", func() *graphql.Object {
		return b.Connection(fields.Connected{
			Name: "Match", Description: fields.Both("Intermediaries for needs, the best first.", "中介机构与需求的匹配，得分高者在前。"),
			Node: matchType(b),
			Around: graphql.Fields{
				"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
					fields.Get(func(_ *fields.Request, p *fields.Page) bool { return p.Around.(*matching.Answer).Synthetic })),
			},
		})
	})
}

// matchPage cuts the page of an answer.
func matchPage(rq *fields.Request, field string, answer *matching.Answer, err error, a fields.Args) (any, error) {
	if err != nil {
		return nil, err
	}
	g := rq.Picture.Graph
	p := &fields.Page{
		Total: len(answer.Matches), Version: rq.Picture.Version(), Question: fields.QuestionOf(field, "", a), Around: answer,
		Item: func(i int) any { return answer.Explain(i) },
		ID: func(i int) string {
			x := answer.Matches[i]
			return fmt.Sprint(g.ID(x.Standing.Intermediary), "/", g.ID(x.Need.TaskForce), "/", g.ID(x.Need.Region), "/", g.ID(x.Need.Link))
		},
	}
	return p, rq.Cut(p, a)
}

func askPlan(rq *fields.Request, _ any, a fields.Args) (any, error) {
	q := matching.PlanQuestion{
		TaskForce: a.Text("taskForce"), Region: a.Text("region"), MinScore: gaps.Known(rq.Service.Settings.Matching.MinScore),
	}
	q.PerNeed, _ = a.Number("perNeed")
	if least, ok := a["minScore"].(float64); ok {
		q.MinScore = gaps.Known(least)
	}
	plan, err := matching.Plan(rq.Context, rq.Picture.Graph, settingsFor(rq, a), q)
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// matchType is the type of an intermediary for a need.
func matchType(b *fields.Builder) *graphql.Object {
	return b.Once("Match", func() *graphql.Object { return makeMatch(b) })
}

func makeMatch(b *fields.Builder) *graphql.Object {
	need := b.MakeObject("Need", fields.Both("A link of a region for which companies are sought.", "某地区需要引进企业的环节。"), func() graphql.Fields {
		return graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region.", "地区。"),
				fields.Get(func(_ *fields.Request, n matching.Need) projection.Vertex { return n.Region })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"),
				fields.Get(func(_ *fields.Request, n matching.Need) projection.Vertex { return n.Link })),
			"taskForce": b.Field(b.Kinds[projection.TaskForce], fields.Both("The task force in charge; null when the question named none.", "负责的专班；提问未指明则为 null。"),
				fields.Get(func(_ *fields.Request, n matching.Need) projection.Vertex { return n.TaskForce })),
		}
	})
	standing := b.MakeObject("IntermediaryStanding", fields.Both("The standing of an intermediary: its grade, record and capacity.", "中介机构的等级、业绩与承接能力。"), func() graphql.Fields {
		count := func(en, zh string, of func(p *matching.Standing) int) *graphql.Field {
			return b.Field(fields.Required(b.Scalars.Integer), fields.Both(en, zh), fields.Get(func(_ *fields.Request, p *matching.Standing) int { return of(p) }))
		}
		return graphql.Fields{
			"intermediary": b.Field(fields.Required(b.Kinds[projection.Intermediary]), fields.Both("The intermediary.", "中介机构。"),
				fields.Get(func(_ *fields.Request, p *matching.Standing) projection.Vertex { return p.Intermediary })),
			"grade": b.Field(fields.Required(graphql.String), fields.Both("A, B or C, by the projects that it introduced and that landed.", "按引荐和落地业绩评定的等级：A、B 或 C。"),
				fields.Get(func(_ *fields.Request, p *matching.Standing) string { return p.Grade })),
			"introduced": count("Projects that it introduced.", "引荐项目数。", func(p *matching.Standing) int { return p.Introduced }),
			"landed":     count("Those that landed.", "其中落地的项目数。", func(p *matching.Standing) int { return p.Landed }),
			"track": b.Field(b.Scalars.Float, fields.Both("Lower confidence bound of the share that landed; null when it introduced nothing.", "落地率下限；无引荐记录为 null。"),
				fields.Get(func(_ *fields.Request, p *matching.Standing) gaps.Figure { return p.Track })),
			"capacity": count("Needs that it can serve at a time.", "可同时承接的需求数。", func(p *matching.Standing) int { return p.Capacity }),
			"free":     count("Needs that it can still take on.", "尚可承接的需求数。", (*matching.Standing).Free),
		}
	})
	return b.MakeObject("Match", fields.Both("An intermediary for a need.", "中介机构与需求的一项匹配。"), func() graphql.Fields {
		return graphql.Fields{
			"standing": b.Field(fields.Required(standing), fields.Both("The intermediary with its standing.", "中介机构。"),
				fields.Get(func(_ *fields.Request, x *matching.Match) *matching.Standing { return x.Standing })),
			"need": b.Field(fields.Required(need), fields.Both("The need.", "需求。"), fields.Get(func(_ *fields.Request, x *matching.Match) matching.Need { return x.Need })),
			"score": b.Field(fields.Required(b.Scalars.Float), fields.Both("How well the intermediary fits; the sum of the points of its terms.", "得分，等于各项分值之和。"),
				fields.Get(func(_ *fields.Request, x *matching.Match) float64 { return x.Score })),
			"terms": b.Field(fields.ListOf(b.Object("Term")), fields.Both("What the score is made of.", "得分的组成。"),
				fields.Many(func(_ *fields.Request, x *matching.Match) []gaps.Term { return x.Terms[:] })),
			"reasons": b.Field(fields.ListOf(b.Object("Reason")), fields.Both("Why, in sentences.", "理由。"),
				fields.Many(func(_ *fields.Request, x *matching.Match) []gaps.Reason { return x.Reasons })),
			"edges": b.Field(fields.ListOf(b.Scalars.ID), fields.Both("Ids of the edges that the terms rest on.", "得分所依据的关系的标识。"),
				fields.Words(func(_ *fields.Request, x *matching.Match) []graph.ID { return x.Edges })),
			"unknowns": b.Field(fields.ListOf(graphql.String), fields.Both("Codes of what is not known about it.", "尚不掌握的情况的代码。"),
				fields.Words(func(_ *fields.Request, x *matching.Match) []gaps.Code { return x.Unknowns })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "是否用到虚构数据。"),
				fields.Get(func(_ *fields.Request, x *matching.Match) bool { return x.Synthetic })),
		}
	})
}

// makePlan makes the type of an assignment of intermediaries to all needs.
func makePlan(b *fields.Builder, match *graphql.Object) *graphql.Object {
	planned := b.MakeObject("PlannedIntermediary", fields.Both("An intermediary in a plan.", "方案中的一家机构。"), func() graphql.Fields {
		return graphql.Fields{
			"match": b.Field(fields.Required(match), fields.Both("Why it fits.", "匹配情况。"),
				fields.Get(func(_ *fields.Request, x matching.Planned) *matching.Match { return x.Match })),
			"loss": b.Field(fields.Required(b.Scalars.Float), fields.Both("By how much the total falls if another has to serve the need.", "改选他家时总分的下降。"),
				fields.Get(func(_ *fields.Request, x matching.Planned) float64 { return x.Loss })),
			"instead": b.Field(b.Kinds[projection.Intermediary], fields.Both("Who serves the need then; null if nobody else does.", "届时由谁接替；无人接替为 null。"),
				fields.Get(func(_ *fields.Request, x matching.Planned) projection.Vertex { return x.Instead })),
			"text": b.Field(fields.Required(b.Object("Text")), fields.Both("Why this one, and what the second best costs.", "为何选它，次优方案代价几何。"),
				fields.Get(func(_ *fields.Request, x matching.Planned) schema.Text { return x.Text })),
		}
	})
	need := b.MakeObject("PlannedNeed", fields.Both("A need with the intermediaries assigned to it.", "一项需求及其安排。"), func() graphql.Fields {
		return graphql.Fields{
			"need": b.Field(fields.Required(b.Object("Need")), fields.Both("The need.", "需求。"), fields.Get(func(_ *fields.Request, n matching.PlannedNeed) matching.Need { return n.Need })),
			"intermediaries": b.Field(fields.ListOf(planned), fields.Both("The intermediaries assigned to it, the best first.", "安排的机构，得分高者在前。"),
				fields.Many(func(_ *fields.Request, n matching.PlannedNeed) []matching.Planned { return n.Intermediaries })),
			"why": b.Field(fields.Required(b.Object("Text")), fields.Both("Why no intermediary is assigned; empty when one is.", "未安排的原因；已安排则为空。"),
				fields.Get(func(_ *fields.Request, n matching.PlannedNeed) schema.Text { return n.Why })),
		}
	})
	return b.MakeObject("MatchPlan", fields.Both("The best assignment of intermediaries to needs.", "中介机构与需求的最优安排。"), func() graphql.Fields {
		return graphql.Fields{
			"total": b.Field(fields.Required(b.Scalars.Float), fields.Both("The sum of score times priority, the highest of all assignments.", "得分乘以优先级之和，为各种安排中最高。"),
				fields.Get(func(_ *fields.Request, p *matching.PlanAnswer) float64 { return p.Total })),
			"met": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Needs with at least one intermediary.", "已安排的需求数。"),
				fields.Get(func(_ *fields.Request, p *matching.PlanAnswer) int { return p.Met })),
			"needs": b.Field(fields.ListOf(need), fields.Both("All needs, the most urgent first.", "全部需求，紧要者在前。"),
				fields.Many(func(_ *fields.Request, p *matching.PlanAnswer) []matching.PlannedNeed { return p.Needs })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "是否用到虚构数据。"),
				fields.Get(func(_ *fields.Request, p *matching.PlanAnswer) bool { return p.Synthetic })),
		}
	})
}
