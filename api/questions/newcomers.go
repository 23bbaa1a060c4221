package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/gaps"
	"liantu/graph/newcomers"
	"liantu/graph/projection"
)

// newcomerType is the type of a company that the graph does not hold and that is supposed.
func newcomerType(b *fields.Builder) *graphql.Object {
	return b.Once("Newcomer", func() *graphql.Object {
		return b.MakeObject("Newcomer", fields.Both("A company that the graph does not hold and that is supposed to come.", "假设落地的、图谱中没有的企业。"), func() graphql.Fields {
			return graphql.Fields{
				"name": b.Field(fields.Required(graphql.String), fields.Both("Its name, as asked.", "所问名称。"),
					fields.Get(func(_ *fields.Request, n *newcomers.Found) string { return n.Name })),
				"links": b.Field(fields.ListOf(b.Kinds[projection.Link]), fields.Both("The links at which it would be.", "所处环节。"),
					fields.Many(func(_ *fields.Request, n *newcomers.Found) []projection.Vertex { return n.Links })),
				"from": b.Field(b.Kinds[projection.Region], fields.Both("The region that it comes from; null when it is not stated.", "来自哪个地区；未写明则为 null。"),
					fields.Get(func(_ *fields.Request, n *newcomers.Found) projection.Vertex { return n.From })),
			}
		})
	})
}

// newcomersField is the field of a verdict with the companies that are only supposed.
func newcomersField(b *fields.Builder) *graphql.Field {
	return b.Field(fields.ListOf(newcomerType(b)), fields.Both("Companies at the link that the graph does not hold and that are only supposed (whatIf).", "处在该环节、图谱中没有而仅为假设的企业（whatIf）。"),
		verdictList((*gaps.Verdict).Newcomers))
}

// newcomersArgument is the argument with companies that the graph does not hold.
func newcomersArgument(b *fields.Builder) fields.Argument {
	about := func(t graphql.Input, en, zh string) *graphql.InputObjectFieldConfig {
		return &graphql.InputObjectFieldConfig{Type: t, Description: fields.Both(en, zh)}
	}
	input := graphql.NewInputObject(graphql.InputObjectConfig{
		Name: "NewcomerInput", Description: fields.Both("A company that the graph does not hold.", "图谱中没有的企业。"),
		Fields: graphql.InputObjectConfigFieldMap{
			"name":  about(fields.Required(graphql.String), "Its name; it need not be unique.", "名称，可以重名。"),
			"links": about(fields.Required(graphql.NewList(fields.Required(b.Scalars.ID))), "The links at which it will be. "+identifiedBy[projection.Link].En, "所处环节："+identifiedBy[projection.Link].Zh),
			"from":  about(b.Scalars.ID, "The region that it comes from. "+identifiedBy[projection.Region].En, "来自哪个地区："+identifiedBy[projection.Region].Zh),
		},
	})
	return fields.Arg("newcomers", graphql.NewList(fields.Required(input)),
		"Companies that the graph does not hold and that come: they count as present, and are of no population but that of a register of the region.",
		"假设落地的、图谱中没有的企业：只计为已有，除本地登记名录外不属于任何口径。")
}

// newcomersOf reads the argument.
func newcomersOf(a fields.Args) []newcomers.Newcomer {
	var supposed []newcomers.Newcomer
	for _, one := range fields.Items[map[string]any](a, "newcomers") {
		n := newcomers.Newcomer{Links: fields.Items[string](one, "links")}
		n.Name, _ = one["name"].(string)
		n.From, _ = one["from"].(string)
		supposed = append(supposed, n)
	}
	return supposed
}
