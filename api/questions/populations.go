package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/quality"
	"liantu/schema"
)

// populationsField asks which populations there are, and how a region holds them.
func populationsField(b *fields.Builder) *graphql.Field {
	list := b.Connection(fields.Connected{
		Name: "HeldPopulation", Description: fields.Both("Populations, widest first, then those of more links.", "各口径，由宽到窄，其次按所限环节由多到少。"),
		Node: heldPopulation(b),
		Around: graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex {
					return p.Around.(*quality.Populations).Region
				})),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade {
					return p.Around.(*quality.Populations).MinGrade
				})),
		},
	})
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		answer, err := quality.PopulationsOf(rq.Context, rq.Picture.Graph, rq.Service.Settings.MinGrade, a.Text("region"), a.Grade())
		if err != nil {
			return nil, err
		}
		return fields.ListPage(rq, "populations", a, answer, answer.List, func(x quality.Held) string {
			id := string(x.Population.Population)
			for _, v := range x.Scope {
				id += "/" + string(rq.Picture.Graph.ID(v))
			}
			return id
		})
	}
	return b.Field(list, fields.Both(
		"Which populations there are, and how the region holds each of them. A population is complete in a region when a list that covers the region says so, or when it is complete in every region directly below. Where it is complete in the region, its numbers are those of frames of gaps; where only in regions in it, they are those of populations of quality and count no others. Where it is complete nowhere in the region, no number is known. A population that no list declares is listed once.",
		"有哪些口径，各口径在该地区收录如何。有名录声明覆盖该地区，或其下一级地区都已收录完整，即为完整。在该地区完整的，数值与 gaps 的 frames 一致；只在下级地区完整的，与 quality 的 populations 一致，只计这些地区；在该地区及下级均不完整的，数值不明。没有名录声明的口径列一行。"),
		fields.Resolver(ask), append(b.Paging(),
			idArgument(b, "region", projection.Region, false, "The region; the whole country when omitted.", "所问地区，默认全国："),
			minGrade(b))...)
}

// heldPopulation is the type of a population as a region holds it.
func heldPopulation(b *fields.Builder) *graphql.Object {
	regions := fields.ListOf(b.Kinds[projection.Region])
	return b.MakeObject("HeldPopulation", fields.Both("A population, within a scope, as a region holds it.", "一个口径（可限产业）在某地区的收录情况。"), func() graphql.Fields {
		return graphql.Fields{
			"population": b.Field(fields.Required(b.Enum("Population")), fields.Both("The population.", "口径。"),
				fields.Word(func(_ *fields.Request, x quality.Held) area.Population { return x.Population.Population })),
			"populationLabel": b.Field(fields.Required(b.Object("Text")), fields.Both("Its name.", "口径的名称。"),
				fields.Get(func(_ *fields.Request, x quality.Held) schema.Text { return x.Population.Population.Label() })),
			"scope": b.Field(fields.ListOf(b.Node), fields.Both("The ecosystems, chains and links that it is limited to; empty for all links.", "限于哪些生态圈、产业链、环节；空表示不限。"),
				fields.Many(func(_ *fields.Request, x quality.Held) []projection.Vertex { return x.Scope })),
			"complete": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it is complete in the region.", "在该地区是否收录完整。"),
				fields.Get(func(_ *fields.Request, x quality.Held) bool { return x.Complete })),
			"date": b.Field(b.Scalars.ByType[schema.TypeDate], fields.Both("The day as of which it is complete in the region; null when it is not.", "在该地区收录完整的截止日期；不完整为 null。"),
				fields.Get(func(_ *fields.Request, x quality.Held) string { return x.Date })),
			"in": b.Field(regions, fields.Both("Where it is complete: the region, or the largest ones in it; empty when nowhere in it.", "在哪些地区收录完整：该地区，或其下级中最大者；均不完整为空。"),
				fields.Many(func(_ *fields.Request, x quality.Held) []projection.Vertex { return x.In })),
			"lacking": b.Field(regions, fields.Both("The regions directly below in which it is not complete, where it is not in the region.", "该地区不完整时，尚未收录完整的下一级地区。"),
				fields.Many(func(_ *fields.Request, x quality.Held) []projection.Vertex { return x.Lacking })),
			"sources": b.Field(fields.ListOf(graphql.String), fields.Both("The names of its lists and placements in the region.", "该地区构成它的名录与挂链结果。"),
				fields.Many(func(_ *fields.Request, x quality.Held) []string { return x.Sources })),
			"coverage": b.Field(coverageType(b), fields.Both("Its companies in the region, and those of them at links by its lists and placements; where it is complete only in regions in it, theirs. Null when it is complete nowhere in the region, since they are not known.", "口径内的本地企业及由其名录与挂链结果归入环节者；只在下级地区完整时仅计这些地区；均不完整时不明，为 null。"),
				fields.Compute(func(_ *fields.Request, x quality.Held, _ fields.Args) (any, error) {
					if !x.Known {
						return nil, nil
					}
					return gaps.Coverage{Companies: x.Members, Attributed: x.Attributed, Unattributed: x.Members - x.Attributed}, nil
				})),
		}
	})
}
