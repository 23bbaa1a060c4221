package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"

	"github.com/graphql-go/graphql"
)

// makePursuit makes the type of a company on the list of a task force.
func makePursuit(b *builder) *graphql.Object {
	if made := b.Object("Pursuit"); made != nil {
		return made
	}
	return b.makeObject("Pursuit", both("A task force has a company on its list of targets.", "专班已将企业列为目标。"), func() graphql.Fields {
		return graphql.Fields{
			"taskForce": b.field(required(b.Kinds[projection.TaskForce]), both("The task force.", "专班。"),
				get(func(_ *request, x gaps.Pursuit) projection.Vertex { return x.TaskForce })),
			"status": b.field(graphql.String, both("How far it got, a value of TargetsStatus; null when not told.", "推进状态，取值同 TargetsStatus；未填为 null。"),
				get(func(_ *request, x gaps.Pursuit) string { return x.Status })),
			"since": b.field(graphql.String, both("The day from which on it holds; null when not told.", "起始日期；未填为 null。"),
				get(func(_ *request, x gaps.Pursuit) string { return x.Since })),
			"asOf": b.field(required(graphql.String), both("The date of the statement.", "所据数据的日期。"),
				get(func(_ *request, x gaps.Pursuit) string { return x.AsOf })),
			"ours": b.field(required(graphql.Boolean), both("Whether the task force is in charge of the region, of one around it or within it.", "该专班是否负责本地区（含其上下级地区）。"),
				get(func(_ *request, x gaps.Pursuit) bool { return x.Ours })),
			"edge": b.field(required(b.Scalars.ID), both("Id of the TARGETS edge.", "目标关系的标识。"),
				word(func(_ *request, x gaps.Pursuit) graph.ID { return x.Edge })),
		}
	})
}

// makeExclusion makes the type of a company that is no candidate.
func makeExclusion(b *builder) *graphql.Object {
	return b.makeObject("Exclusion", both("A company that was left out of the candidates.", "未列入候选的企业。"), func() graphql.Fields {
		return graphql.Fields{
			"company": b.field(required(b.Kinds[projection.Company]), both("The company.", "企业。"),
				get(func(_ *request, x gaps.Exclusion) projection.Vertex { return x.Company })),
			"taskForces": b.field(listOf(makePursuit(b)), both("The task force in charge here that excluded it; none when the question did.", "排除它的本地专班；由提问者排除时为空。"),
				many(func(_ *request, x gaps.Exclusion) []gaps.Pursuit {
					if x.Pursuit == nil {
						return nil
					}
					return []gaps.Pursuit{*x.Pursuit}
				})),
		}
	})
}

// makeGroup makes the type of what candidates have in common.
func makeGroup(b *builder) *graphql.Object {
	return b.makeObject("CandidateGroup", both("Candidates under one controller, or with one 字号.", "同一控制人或同一字号的候选企业。"), func() graphql.Fields {
		return graphql.Fields{
			"head": b.field(required(b.Kinds[projection.Company]), both("Who controls them by more than half of the shares; for a group by name the first of it.", "持股过半的最终控制企业；按字号归并时为其中首家。"),
				get(func(_ *request, g *gaps.Group) projection.Vertex { return g.Head })),
			"name": b.field(graphql.String, both("The 字号 that their names share; null when shares alone join them.", "共有的字号；仅凭股权归并时为 null。"),
				get(func(_ *request, g *gaps.Group) string { return g.Name })),
			"size": b.field(required(b.Scalars.Integer), both("How many of the best candidates are of it.", "靠前候选中属于该集团的数量。"),
				get(func(_ *request, g *gaps.Group) int { return g.Size })),
		}
	})
}
