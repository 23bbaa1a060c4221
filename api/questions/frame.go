package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// frame serves a function on a frame.
func frame[V any](value func(f *gaps.Frame) V) fields.Served {
	return fields.Get(func(_ *fields.Request, f *gaps.Frame) V { return value(f) })
}

// frameType is the type of a population that is complete in a region.
func frameType(b *fields.Builder) *graphql.Object {
	return b.Once("Frame", func() *graphql.Object { return makeFrame(b) })
}

func makeFrame(b *fields.Builder) *graphql.Object {
	date, coverage := b.Scalars.ByType[schema.TypeDate], coverageType(b)
	return b.MakeObject("Frame", fields.Both("A population that is complete in the region, within a scope.", "在所问地区收录完整的一个口径（可限产业）。"), func() graphql.Fields {
		return graphql.Fields{
			"name": b.Field(fields.Required(graphql.String), fields.Both("Its population and the codes of its scope, joined by blanks.", "口径代码与所限产业的编号，以空格相连。"),
				frame(func(f *gaps.Frame) string { return f.Name })),
			"population": b.Field(fields.Required(b.Enum("Population")), fields.Both("The population.", "口径。"),
				fields.Word(func(_ *fields.Request, f *gaps.Frame) area.Population { return f.Population })),
			"populationLabel": b.Field(fields.Required(b.Object("Text")), fields.Both("Its name.", "口径的名称。"),
				frame(func(f *gaps.Frame) schema.Text { return f.Population.Label() })),
			"scope": b.Field(fields.ListOf(b.Node), fields.Both("The ecosystems, chains and links that it is limited to; empty for all links.", "限于哪些生态圈、产业链、环节；空表示不限。"),
				fields.Many(func(_ *fields.Request, f *gaps.Frame) []projection.Vertex { return f.Scope })),
			"date": b.Field(date, fields.Both("The day as of which it is complete in the region.", "在本地收录完整的截止日期。"),
				frame(func(f *gaps.Frame) string { return f.Date })),
			"coverage": b.Field(fields.Required(coverage), fields.Both("Its companies in the region.", "口径内的本地企业。"),
				frame(func(f *gaps.Frame) gaps.Coverage { return f.Coverage })),
			"large": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether enough of them are at links for an absence to be judged.", "归入环节的企业是否多到可以认定缺失。"),
				frame(func(f *gaps.Frame) bool { return f.Large })),
			"comparable": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it is complete in the reference too, as of a near date, so that strength can be judged.", "参照地区是否有日期相近的同一口径，从而可评强弱。"),
				frame(func(f *gaps.Frame) bool { return f.Comparable })),
			"referenceDate": b.Field(date, fields.Both("The day as of which it is complete in the reference; null when it is not.", "在参照地区收录完整的截止日期；不完整为 null。"),
				frame(func(f *gaps.Frame) string { return f.ReferenceDate })),
			"reference": b.Field(fields.Required(coverage), fields.Both("Its companies in the reference; all 0 where it is not compared with.", "口径内的参照地区企业；未作比较时均为 0。"),
				frame(func(f *gaps.Frame) gaps.Coverage { return f.Reference })),
			"sources": b.Field(fields.ListOf(graphql.String), fields.Both("The names of the sources that hold it in the region.", "构成它的来源。"),
				fields.Many(func(_ *fields.Request, f *gaps.Frame) []string { return f.Sources })),
		}
	})
}
