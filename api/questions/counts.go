package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/counts"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
)

// tallyOf counts the rows that match all filters.
func tallyOf(a *gaps.Answer) *counts.Tally { return counts.Of(a.Verdicts) }

// statesField counts links by state.
func statesField[T any](b *fields.Builder, of func(T) []counts.StateCount) *graphql.Field {
	count := b.Once("StateCount", func() *graphql.Object {
		return b.MakeObject("StateCount", fields.Both("How many links are in a state.", "某一状态的环节数。"), func() graphql.Fields {
			return graphql.Fields{
				"state": b.Field(fields.Required(b.Enum("VerdictState")), fields.Both("The state.", "状态。"), fields.Word(func(_ *fields.Request, c counts.StateCount) gaps.State { return c.State })),
				"count": linkCount(b, func(c counts.StateCount) int { return c.Count }),
			}
		})
	})
	return b.Field(fields.ListOf(count), fields.Both("Links by state, of the rows that match all filters; they add up to totalCount.", "满足全部筛选条件的环节按状态统计，合计等于 totalCount。"),
		fields.Many(func(_ *fields.Request, t T) []counts.StateCount { return of(t) }))
}

// actionsField counts links by action.
func actionsField[T any](b *fields.Builder, of func(T) []counts.ActionCount) *graphql.Field {
	count := b.Once("ActionCount", func() *graphql.Object {
		return b.MakeObject("ActionCount", fields.Both("How many links call for an action.", "某一建议动作的环节数。"), func() graphql.Fields {
			return graphql.Fields{
				"action": b.Field(fields.Required(b.Enum("VerdictAction")), fields.Both("The action.", "建议动作。"), fields.Word(func(_ *fields.Request, c counts.ActionCount) gaps.Action { return c.Action })),
				"count":  linkCount(b, func(c counts.ActionCount) int { return c.Count }),
			}
		})
	})
	return b.Field(fields.ListOf(count), fields.Both("Links by action, of the rows that match all filters; with those that are kept apart, which call for none, they add up to totalCount.", "满足全部筛选条件的环节按建议动作统计，连同另列的（无建议动作）合计等于 totalCount。"),
		fields.Many(func(_ *fields.Request, t T) []counts.ActionCount { return of(t) }))
}

func linkCount[T any](b *fields.Builder, of func(T) int) *graphql.Field {
	return b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many links.", "环节数。"), fields.Get(func(_ *fields.Request, t T) int { return of(t) }))
}

// summariesField counts the links asked about by what they are part of.
func summariesField(b *fields.Builder) *graphql.Field {
	wordEnum(b, "SummaryLevel", fields.Both("What a line of a summary counts the links of.", "汇总的层级。"), counts.Levels(), nil)
	return b.Field(fields.ListOf(makeSummary(b)),
		fields.Both("Counts for each ecosystem, chain or link above others, before filtering by states, actions and the other filters of rows.", "按生态圈、产业链或有下级的环节汇总（未按状态、动作等筛选）。"),
		fields.Compute(func(rq *fields.Request, p *fields.Page, a fields.Args) (any, error) {
			levels, _ := a["levels"].(lines.Levels)
			if levels == "" {
				levels = lines.All
			}
			by := fields.Items[counts.Level](a, "by")
			if len(by) == 0 {
				by = []counts.Level{counts.ByEcosystem, counts.ByChain}
			}
			return counts.Summaries(rq.Context, rq.Picture.Graph, p.Around.(*gaps.Answer).Settings(), p.Around.(*gaps.Answer).Question, levels, by)
		}),
		fields.Arg("levels", b.Enum("LinkLevels"), "Which links are counted: ALL when omitted, or one for each row that LEAVES lists.", "计数哪些环节：不填为各级环节（ALL），LEAVES 则每一单列的环节计一次。"),
		fields.Arg("by", graphql.NewList(fields.Required(b.Enum("SummaryLevel"))), "What there is a line for; ECOSYSTEM and CHAIN when omitted.", "按哪些层级汇总，不填为生态圈和产业链。"))
}

// makeSummary makes the type that counts the links of an ecosystem, a chain or a link.
func makeSummary(b *fields.Builder) *graphql.Object {
	line := func(en, zh string, of func(l counts.Line) int) *graphql.Field {
		return b.Field(fields.Required(b.Scalars.Integer), fields.Both(en, zh), fields.Get(func(_ *fields.Request, l counts.Line) int { return of(l) }))
	}
	return b.MakeObject("VerdictSummary", fields.Both("Counts of the verdicts of one ecosystem or chain, or of one link with those below it.", "某一生态圈、产业链或有下级的环节的结论汇总。"), func() graphql.Fields {
		return graphql.Fields{
			"scope": b.Field(fields.Required(b.Node), fields.Both("The ecosystem, the chain or the link.", "生态圈、产业链或环节。"),
				fields.Get(func(_ *fields.Request, l counts.Line) projection.Vertex { return l.Scope })),
			"links":     line("How many links.", "环节数。", func(l counts.Line) int { return l.Links }),
			"empty":     line("Links without any company in the country, which are counted in nothing else.", "全国尚无企业的环节数，不计入其他各项。", func(l counts.Line) int { return l.Empty }),
			"notJudged": line("Links that hold no companies and are not judged, which are counted in nothing else.", "不承载企业、不作判断的环节数，不计入其他各项。", func(l counts.Line) int { return l.NotJudged }),
			"present":   line("Links with at least one local company.", "至少有一家本地企业的环节数。", func(l counts.Line) int { return l.Present }),
			"states": b.Field(fields.ListOf(b.Object("StateCount")), fields.Both("Links by state.", "按状态统计。"),
				fields.Many(func(_ *fields.Request, l counts.Line) []counts.StateCount { return l.States() })),
			"actions": b.Field(fields.ListOf(b.Object("ActionCount")), fields.Both("Links by action.", "按建议动作统计。"),
				fields.Many(func(_ *fields.Request, l counts.Line) []counts.ActionCount { return l.Actions() })),
		}
	})
}
