package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/projection"
	"liantu/schema"
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
			"link": b.Field(graphql.String, fields.Both("What it wants the company for, as stated; null when not stated.", "主攻环节，按所填文字；未填为 null。"),
				fields.Get(func(_ *fields.Request, x candidates.Pursuit) string { return x.Link })),
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

// makeFilling makes the type of a link that a candidate would fill.
func makeFilling(b *fields.Builder) *graphql.Object {
	return b.MakeObject("Filling", fields.Both("A link that a candidate would fill.", "候选企业可填补的一个环节。"), func() graphql.Fields {
		return graphql.Fields{
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"),
				fields.Get(func(_ *fields.Request, x candidates.Filling) projection.Vertex { return x.Link })),
			"score": b.Field(fields.Required(b.Scalars.Float), fields.Both("Its score there.", "在该环节的得分。"),
				fields.Get(func(_ *fields.Request, x candidates.Filling) float64 { return x.Score })),
		}
	})
}

// makeInHand makes the type of the project by which a candidate is in hand.
func makeInHand(b *fields.Builder) *graphql.Object {
	return b.MakeObject("InHand", fields.Both("A project of the region that fills the link with the company.", "由该企业参与、填补该环节的本地项目。"), func() graphql.Fields {
		return graphql.Fields{
			"project": b.Field(fields.Required(b.Kinds[projection.Project]), fields.Both("The project.", "项目。"),
				fields.Get(func(_ *fields.Request, x *candidates.InHand) projection.Vertex { return x.Project })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link that it fills: one asked about, or one below it.", "所填补的环节：所问环节或其下级环节。"),
				fields.Get(func(_ *fields.Request, x *candidates.InHand) projection.Vertex { return x.Link })),
			"stage": b.Field(graphql.String, fields.Both("How far it has come, a value of ProjectStage; null when not stated.", "阶段，取值同 ProjectStage；未填为 null。"),
				fields.Get(func(_ *fields.Request, x *candidates.InHand) string { return x.Stage })),
			"alive": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it is signed and has news of late.", "是否已签约且近期有进展。"),
				fields.Get(func(_ *fields.Request, x *candidates.InHand) bool { return x.Alive })),
			"news": b.Field(b.Scalars.ByType[schema.TypeDate], fields.Both("The day of its last news.", "最近一次进展的日期。"),
				fields.Get(func(_ *fields.Request, x *candidates.InHand) string { return x.News })),
			"involves": b.Field(fields.Required(b.Scalars.ID), fields.Both("Id of the INVOLVES edge.", "涉及关系的标识。"),
				fields.Word(func(_ *fields.Request, x *candidates.InHand) graph.ID { return x.Involves })),
			"fills": b.Field(fields.Required(b.Scalars.ID), fields.Both("Id of the FILLS edge.", "填补关系的标识。"),
				fields.Word(func(_ *fields.Request, x *candidates.InHand) graph.ID { return x.Fills })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the project was invented for demonstration.", "项目是否为虚构数据。"),
				fields.Get(func(_ *fields.Request, x *candidates.InHand) bool { return x.Synthetic })),
		}
	})
}

// makeFiltered makes the type of what a filter removed.
func makeFiltered(b *fields.Builder) *graphql.Object {
	return b.MakeObject("Filtered", fields.Both("How many companies a filter removed that passed those before it.", "某筛选条件从通过前列条件的企业中筛去多少。"), func() graphql.Fields {
		return graphql.Fields{
			"filter": b.Field(fields.Required(graphql.String), fields.Both("LISTED, OWNERSHIP, PLACE, EMPLOYEES or CAPITAL, in the order in which they are applied.", "LISTED、OWNERSHIP、PLACE、EMPLOYEES 或 CAPITAL，按此顺序筛选。"),
				fields.Word(func(_ *fields.Request, x candidates.Filtered) candidates.Filter { return x.Filter })),
			"removed": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Those that are known not to be wanted.", "已知不合条件的。"),
				fields.Get(func(_ *fields.Request, x candidates.Filtered) int { return x.Removed })),
			"unknown": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Those of which it is not known.", "尚不掌握、无从判断的。"),
				fields.Get(func(_ *fields.Request, x candidates.Filtered) int { return x.Unknown })),
		}
	})
}
