package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/projection"
)

// makePursuit makes the type of a company on the list of a task force.
func makePursuit(b *fields.Builder) *graphql.Object {
	if made := b.Object("Pursuit"); made != nil {
		return made
	}
	return b.MakeObject("Pursuit", fields.Both("A task force has a company on its list of targets.", "专班已将企业列为目标。"), func() graphql.Fields {
		return graphql.Fields{
			"taskForce": b.Field(fields.Required(b.Kinds[projection.TaskForce]), fields.Both("The task force.", "专班。"),
				fields.Get(func(_ *fields.Request, x candidates.Pursuit) projection.Vertex { return x.TaskForce })),
			"status": b.Field(graphql.String, fields.Both("How far it got, a value of TargetsStatus; null when not stated.", "推进状态，取值同 TargetsStatus；未填为 null。"),
				fields.Get(func(_ *fields.Request, x candidates.Pursuit) string { return x.Status })),
			"since": b.Field(graphql.String, fields.Both("The first day on which it holds; null when not stated.", "起始日期；未填为 null。"),
				fields.Get(func(_ *fields.Request, x candidates.Pursuit) string { return x.Since })),
			"asOf": b.Field(fields.Required(graphql.String), fields.Both("The date of the statement.", "所据数据的日期。"),
				fields.Get(func(_ *fields.Request, x candidates.Pursuit) string { return x.AsOf })),
			"assumed": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether that date was assumed, since the source states none.", "该日期是否为推定（来源未写明）。"),
				fields.Get(func(_ *fields.Request, x candidates.Pursuit) bool { return x.Assumed })),
			"ours": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the task force is in charge of the region, or of one that contains it or lies in it.", "该专班是否负责本地区（含其上下级地区）。"),
				fields.Get(func(_ *fields.Request, x candidates.Pursuit) bool { return x.Ours })),
			"edge": b.Field(fields.Required(b.Scalars.ID), fields.Both("Id of the TARGETS edge.", "目标关系的标识。"),
				fields.Word(func(_ *fields.Request, x candidates.Pursuit) graph.ID { return x.Edge })),
		}
	})
}

// makeExclusion makes the type of a company that is no candidate.
func makeExclusion(b *fields.Builder) *graphql.Object {
	return b.MakeObject("Exclusion", fields.Both("A company that was left out of the candidates.", "未列入候选的企业。"), func() graphql.Fields {
		return graphql.Fields{
			"company": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company.", "企业。"),
				fields.Get(func(_ *fields.Request, x candidates.Exclusion) projection.Vertex { return x.Company })),
			"taskForces": b.Field(fields.ListOf(makePursuit(b)), fields.Both("The task force in charge here that excluded it; empty when the question did.", "排除它的本地专班；由提问者排除时为空。"),
				fields.Many(func(_ *fields.Request, x candidates.Exclusion) []candidates.Pursuit {
					if x.Pursuit == nil {
						return nil
					}
					return []candidates.Pursuit{*x.Pursuit}
				})),
		}
	})
}

// makeGroup makes the type of a group of candidates.
func makeGroup(b *fields.Builder) *graphql.Object {
	return b.MakeObject("CandidateGroup", fields.Both("Candidates under one controller, or with one 字号.", "同一控制人或同一字号的候选企业。"), func() graphql.Fields {
		return graphql.Fields{
			"head": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company that controls them by more than half of the shares; for a group by name its first company.", "持股过半的最终控制企业；按字号归并时为其中首家。"),
				fields.Get(func(_ *fields.Request, g *candidates.Group) projection.Vertex { return g.Head })),
			"name": b.Field(graphql.String, fields.Both("The 字号 that their names share; null when only shareholdings join them.", "共有的字号；仅凭股权归并时为 null。"),
				fields.Get(func(_ *fields.Request, g *candidates.Group) string { return g.Name })),
			"size": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many of the best candidates belong to it.", "靠前候选中属于该集团的数量。"),
				fields.Get(func(_ *fields.Request, g *candidates.Group) int { return g.Size })),
		}
	})
}
