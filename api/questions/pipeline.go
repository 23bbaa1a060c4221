package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// inProgress serves a function on a project in progress.
func inProgress[V any](value func(x gaps.InProgress) V) fields.Served {
	return fields.Get(func(_ *fields.Request, x gaps.InProgress) V { return value(x) })
}

// makePipeline makes the type of a project of the region that fills a link.
func makePipeline(b *fields.Builder) *graphql.Object {
	date := b.Scalars.ByType[schema.TypeDate]
	return b.MakeObject("InProgress", fields.Both("A project of the region that fills the link.", "本地区填补该环节的在途项目。"), func() graphql.Fields {
		return graphql.Fields{
			"project": b.Field(fields.Required(b.Kinds[projection.Project]), fields.Both("The project.", "项目。"),
				inProgress(func(x gaps.InProgress) projection.Vertex { return x.Project })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link that it fills: the one asked about, or one below it.", "所填补的环节：所问环节或其下级环节。"),
				inProgress(func(x gaps.InProgress) projection.Vertex { return x.Link })),
			"edge": b.Field(fields.Required(b.Scalars.ID), fields.Both("Id of the FILLS edge.", "填补关系的标识。"),
				fields.Word(func(_ *fields.Request, x gaps.InProgress) graph.ID { return x.Edge })),
			"stage": b.Field(graphql.String, fields.Both("How far it has come, a value of ProjectStage; null when not stated.", "阶段，取值同 ProjectStage；未填为 null。"),
				inProgress(func(x gaps.InProgress) string { return x.Stage })),
			"alive": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it is signed and has news of late, so that the action is WAIT.", "是否已签约且近期有进展，从而动作为“在途”。"),
				inProgress(func(x gaps.InProgress) bool { return x.Alive })),
			"news": b.Field(date, fields.Both("The day of its last news.", "最近一次进展的日期。"),
				inProgress(func(x gaps.InProgress) string { return x.News })),
			"due": b.Field(date, fields.Both("The day planned for production, else for what comes before; null when none is.", "计划投产日期，没有则取其前一节点的计划日期；均无为 null。"),
				inProgress(func(x gaps.InProgress) string { return x.Due })),
			"investment": b.Field(b.Scalars.ByType[schema.TypeMoney], fields.Both("The planned investment in 10,000 yuan; null when not stated.", "计划总投资（万元）；未填为 null。"),
				inProgress(func(x gaps.InProgress) gaps.Figure { return x.Investment })),
			"companies": b.Field(fields.ListOf(b.Kinds[projection.Company]), fields.Both("Its own companies, else its investors.", "项目公司，没有则为投资方。"),
				fields.Many(func(_ *fields.Request, x gaps.InProgress) []projection.Vertex { return x.Companies })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it was invented for demonstration.", "是否为虚构数据。"),
				inProgress(func(x gaps.InProgress) bool { return x.Synthetic })),
		}
	})
}
