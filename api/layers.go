package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// tiesField asks how links are tied in a layer.
func tiesField(b *builder) *graphql.Field {
	wordEnum(b, "Layer", both("A layer of the map of a chain.", "招商图谱的层次。"), gaps.Layers(), map[gaps.Layer]string{
		gaps.IndustryLayer: "what feeds what", gaps.ValueLayer: "with shares of value",
		gaps.SupplyLayer: "supplies between companies, by their links", gaps.FinanceLayer: "holdings between companies, by their links",
	})
	answer := func(p *page) *gaps.LayerAnswer { return p.around.(*gaps.LayerAnswer) }
	tie := b.makeObject("Tie", both("Two links that are tied in a layer.", "某一层次中相连的两个环节。"), func() graphql.Fields {
		link := required(b.Kinds[projection.Link])
		return graphql.Fields{
			"from":   b.field(link, both("Where it leads from.", "起点环节。"), get(func(_ *request, t gaps.Tie) projection.Vertex { return t.From })),
			"to":     b.field(link, both("Where it leads to.", "终点环节。"), get(func(_ *request, t gaps.Tie) projection.Vertex { return t.To })),
			"weight": b.field(required(b.Scalars.Float), both("1 for each edge that is told; a tie between companies is divided evenly among their links.", "每条关系计 1；企业间关系按其所处环节均分。"), get(func(_ *request, t gaps.Tie) float64 { return t.Weight })),
			"count":  b.field(required(b.Scalars.Integer), both("How many edges are behind it.", "背后的关系条数。"), get(func(_ *request, t gaps.Tie) int { return t.Count })),
			"share":  b.field(b.Scalars.ByType[schema.TypePercent], both("Its share of the value of the link it leads to; in the value layer.", "占终点环节价值的比例（价值链层）。"), get(func(_ *request, t gaps.Tie) gaps.Figure { return t.Share })),
			"edges":  b.field(listOf(b.Scalars.ID), both("Ids of the edges, twenty at most.", "关系的标识，最多二十条。"), words(func(_ *request, t gaps.Tie) []graph.ID { return t.Edges })),
		}
	})
	answers := b.connection(connected{
		name: "Tie", description: both("Ties, heaviest first.", "环节间的联系，权重大者在前。"), node: tie,
		around: graphql.Fields{
			"layer":     b.field(required(b.Enum("Layer")), both("The layer.", "层次。"), word(func(_ *request, p *page) gaps.Layer { return answer(p).Layer })),
			"companies": b.field(required(b.Scalars.Integer), both("How many ties between companies were folded to links.", "归并到环节的企业间关系条数。"), get(func(_ *request, p *page) int { return answer(p).Companies })),
		},
	})
	ask := func(rq *request, _ any, a args) (any, error) {
		scope, err := scopeOf(rq, a)
		if err != nil {
			return nil, err
		}
		q := gaps.LayerQuestion{Scope: scope, Region: a.Text("region"), MinGrade: a.Grade()}
		q.Layer, _ = a["layer"].(gaps.Layer)
		w, err := gaps.TiesOf(rq.Context, rq.Picture.Graph, rq.Service.Settings, q)
		if err != nil {
			return nil, err
		}
		g := rq.Picture.Graph
		return listPage(rq, "ties", a, w, w.Ties, func(t gaps.Tie) string { return string(g.ID(t.From)) + "/" + string(g.ID(t.To)) })
	}
	arguments := append(b.paging(), arg("layer", b.Enum("Layer"), "The layer; industry when not given.", "层次，默认产业链层。"),
		idArgument(b, "region", projection.Region, false, "Only ties of companies of this region.", "仅计此地区企业的关系："), minGrade(b))
	return b.field(answers, both("How links are tied in one of the four layers of the map.", "招商图谱四层之一中环节之间的联系。"), resolver(ask), append(arguments, scopeArguments(b)...)...)
}
