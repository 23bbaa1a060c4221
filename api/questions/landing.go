package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/landing"
	"liantu/schema"
)

// makeLanding makes the type of a landing of a company.
func makeLanding(b *fields.Builder) *graphql.Object {
	wordEnum(b, "LandingKind", fields.Both("A kind of landing of a company from elsewhere.", "外地企业的落地方式。"), landing.Kinds(), map[landing.Kind]schema.Text{
		landing.Headquarters: {Zh: "总部可能迁来", En: "the seat may move here"},
		landing.Plant:        {Zh: "可能来此建厂", En: "it may build a plant here"},
		landing.Subsidiary:   {Zh: "可能来此设立不从事生产的公司或分支机构", En: "it may found a company or branch here that makes nothing"},
		landing.Unlikely:     {Zh: "总部不会迁移，且未见其在外省设点", En: "its seat stays, and it is known to be in no other province"},
	})
	return b.MakeObject("Landing", fields.Both("What kind of landing of a company is plausible; no forecast.", "企业可争取的落地方式，并非预测。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.Field(b.Enum("LandingKind"), fields.Both("The kind; null when too little is known.", "落地方式；所知不足时为 null。"),
				fields.Word(func(_ *fields.Request, l *landing.Landing) landing.Kind { return l.Kind })),
			"unknown": b.Field(graphql.String, fields.Both("Code of what is not known, when there is no kind.", "无法判断时，尚不掌握的情况的代码。"),
				fields.Word(func(_ *fields.Request, l *landing.Landing) gaps.Code { return l.Unknown })),
			"text": b.Field(fields.Required(b.Object("Text")), fields.Both("Why, in sentences.", "理由。"),
				fields.Get(func(_ *fields.Request, l *landing.Landing) schema.Text { return l.Text })),
			"edges": b.Field(fields.ListOf(b.Scalars.ID), fields.Both("Ids of the edges that it rests on: holdings, sites, projects.", "所依据的投资、所在地和项目关系的标识。"),
				fields.Words(func(_ *fields.Request, l *landing.Landing) []graph.ID { return l.Edges })),
		}
	})
}
