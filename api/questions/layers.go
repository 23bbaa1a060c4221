package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/ties"
	"liantu/schema"
)

// layerTiesField asks which links are tied in a layer.
func layerTiesField(b *fields.Builder) *graphql.Field {
	layer := b.EnumOf(projection.Feeds, "layer")
	answer := func(p *fields.Page) *ties.LayerAnswer { return p.Around.(*ties.LayerAnswer) }
	answers := b.Connection(fields.Connected{
		Name: "LayerTie", Description: fields.Both("Layer ties, the heaviest first.", "环节间的联系，权重大者在前。"), Node: layerTieType(b),
		Around: graphql.Fields{
			"layer":     b.Field(fields.Required(layer), fields.Both("The layer.", "层次。"), fields.Word(func(_ *fields.Request, p *fields.Page) string { return string(answer(p).Layer) })),
			"companies": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many edges between companies were attributed to their links.", "归并到环节的企业间关系条数。"), fields.Get(func(_ *fields.Request, p *fields.Page) int { return answer(p).Companies })),
		},
	})
	ask := func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		scope, err := scopeOf(rq, a)
		if err != nil {
			return nil, err
		}
		q := ties.LayerQuestion{Scope: scope, Region: a.Text("region"), MinGrade: a.Grade()}
		q.Layer = ties.Layer(a.Text("layer"))
		w, err := ties.LayerTiesOf(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
		if err != nil {
			return nil, err
		}
		g := rq.Picture.Graph
		return fields.ListPage(rq, "layerTies", a, w, w.Ties, func(t ties.LayerTie) string { return string(g.ID(t.From)) + "/" + string(g.ID(t.To)) })
	}
	arguments := append(b.Paging(), fields.Arg("layer", layer,
		"The layer: INDUSTRY, what feeds what, also when omitted; VALUE, with shares of value; SUPPLY and FINANCE, supplies and holdings between companies, by their links.",
		"层次，默认产业链层（环节间的供给）；价值链层附价值占比，供应链层、金融链层为企业间的供应、投资按其所处环节归并。"),
		idArgument(b, "region", projection.Region, false, "Only edges of companies of this region.", "仅计此地区企业的关系："), minGrade(b))
	return b.Field(answers, fields.Both("How links are tied in one of the four layers of the map.", "招商图谱四层之一中环节之间的联系。"), fields.Resolver(ask), append(arguments, scopeArguments(b)...)...)
}

// layerTieType is the type of a tie between two links.
func layerTieType(b *fields.Builder) *graphql.Object {
	return b.Once("LayerTie", func() *graphql.Object {
		return b.MakeObject("LayerTie", fields.Both("A tie between two links in a layer of the map.", "某一层次中相连的两个环节。"), func() graphql.Fields {
			link := fields.Required(b.Kinds[projection.Link])
			return graphql.Fields{
				"from":   b.Field(link, fields.Both("The link that it leads from.", "起点环节。"), fields.Get(func(_ *fields.Request, t ties.LayerTie) projection.Vertex { return t.From })),
				"to":     b.Field(link, fields.Both("The link that it leads to.", "终点环节。"), fields.Get(func(_ *fields.Request, t ties.LayerTie) projection.Vertex { return t.To })),
				"weight": b.Field(fields.Required(b.Scalars.Float), fields.Both("1 for each edge; an edge between companies is divided evenly among their links.", "每条关系计 1；企业间关系按其所处环节均分。"), fields.Get(func(_ *fields.Request, t ties.LayerTie) float64 { return t.Weight })),
				"count":  b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many edges are behind it.", "背后的关系条数。"), fields.Get(func(_ *fields.Request, t ties.LayerTie) int { return t.Count })),
				"share":  b.Field(b.Scalars.ByType[schema.TypePercent], fields.Both("Its share of the value of the link that it leads to; in the value layer only.", "占终点环节价值的比例（价值链层）。"), fields.Get(func(_ *fields.Request, t ties.LayerTie) gaps.Figure { return t.Share })),
				"edges":  b.Field(fields.ListOf(b.Scalars.ID), fields.Both("Ids of the edges, at most twenty.", "关系的标识，最多二十条。"), fields.Words(func(_ *fields.Request, t ties.LayerTie) []graph.ID { return t.Edges })),
			}
		})
	})
}
