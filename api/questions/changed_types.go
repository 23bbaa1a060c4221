package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// makeChangedVerdict makes the type of a link whose state or action is not what it was.
func makeChangedVerdict(b *fields.Builder) *graphql.Object {
	before := b.MakeObject("EarlierVerdict", fields.Both("What the verdict on a link was.", "某环节此前的结论。"), func() graphql.Fields {
		return graphql.Fields{
			"state": b.Field(fields.Required(b.Enum("VerdictState")), fields.Both("The state.", "状态。"),
				fields.Word(func(_ *fields.Request, v *earlierVerdict) gaps.State { return v.state })),
			"action": b.Field(b.Enum("VerdictAction"), fields.Both("The recommended action; null for a link that was not judged.", "建议动作；当时不评的环节为 null。"),
				fields.Word(func(_ *fields.Request, v *earlierVerdict) gaps.Action { return v.action })),
			"companies": b.Field(fields.Required(b.Scalars.Integer), fields.Both("The companies of the region at the link.", "本地处在该环节的企业数。"),
				fields.Get(func(_ *fields.Request, v *earlierVerdict) int { return v.companies })),
		}
	})
	cause := b.MakeObject("ChangeCause", fields.Both("How many statements of a source about a link are new or gone.", "某来源关于某环节的依据增减条数。"), func() graphql.Fields {
		return graphql.Fields{
			"source": b.Field(fields.Required(graphql.String), fields.Both("The name of the source.", "来源名称。"),
				fields.Get(func(_ *fields.Request, c gaps.Cause) string { return c.Source })),
			"more": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Statements that are new.", "新增条数。"),
				fields.Get(func(_ *fields.Request, c gaps.Cause) int { return c.More })),
			"fewer": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Statements that are gone.", "减少条数。"),
				fields.Get(func(_ *fields.Request, c gaps.Cause) int { return c.Fewer })),
		}
	})
	return b.MakeObject("ChangedVerdict", fields.Both("A link whose state or action is not what it was.", "状态或动作与此前不同的环节。"), func() graphql.Fields {
		return graphql.Fields{
			"code": b.Field(fields.Required(graphql.String), fields.Both("The code of the link.", "环节编号。"),
				fields.Get(func(_ *fields.Request, c changedVerdict) string { return c.code })),
			"link": b.Field(b.Kinds[projection.Link], fields.Both("The link; null if it is gone.", "环节；已不在图谱中为 null。"),
				fields.Get(func(_ *fields.Request, c changedVerdict) projection.Vertex { return c.link })),
			"before": b.Field(before, fields.Both("The verdict then; null if the link was not there.", "此前的结论；当时没有该环节为 null。"),
				fields.Get(func(_ *fields.Request, c changedVerdict) *earlierVerdict { return c.before })),
			"after": b.Field(verdictType(b), fields.Both("The verdict now; null if the link is gone.", "现在的结论；环节已不在图谱中为 null。"),
				fields.Get(func(_ *fields.Request, c changedVerdict) *gaps.Verdict { return c.after })),
			"causes": b.Field(fields.ListOf(cause), fields.Both("The sources that state more or fewer local companies at the link, those with most statements first; empty where data elsewhere changed it.", "关于该环节本地企业的依据有增减的来源，多者在前；因别处数据而变的为空。"),
				fields.Many(func(_ *fields.Request, c changedVerdict) []gaps.Cause { return c.causes })),
			"text": b.Field(fields.Required(b.Object("Text")), fields.Both("Why, in a sentence.", "变化原因的文字说明。"),
				fields.Get(func(_ *fields.Request, c changedVerdict) schema.Text { return c.text })),
		}
	})
}

// makeChangedFrame makes the type of a population that changed in the region.
func makeChangedFrame(b *fields.Builder) *graphql.Object {
	date := b.Scalars.ByType[schema.TypeDate]
	return b.MakeObject("ChangedFrame", fields.Both("A population that is complete in the region now or was then.", "现在或此前在本地收录完整的口径。"), func() graphql.Fields {
		return graphql.Fields{
			"name": b.Field(fields.Required(graphql.String), fields.Both("Its population and the codes of its scope, joined by blanks.", "口径代码与所限产业的编号，以空格相连。"),
				fields.Get(func(_ *fields.Request, f changedFrame) string { return f.name })),
			"population": b.Field(fields.Required(b.Enum("Population")), fields.Both("The population.", "口径。"),
				fields.Word(func(_ *fields.Request, f changedFrame) area.Population { return f.population })),
			"before": b.Field(date, fields.Both("The day as of which it was complete then; null when it was not.", "此前收录完整的截止日期；不完整为 null。"),
				fields.Get(func(_ *fields.Request, f changedFrame) string { return f.before })),
			"after": b.Field(date, fields.Both("The day as of which it is complete now; null when it is not.", "现在收录完整的截止日期；不完整为 null。"),
				fields.Get(func(_ *fields.Request, f changedFrame) string { return f.after })),
		}
	})
}
