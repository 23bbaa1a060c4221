package api

import (
	"liantu/graph/projection"

	"github.com/graphql-go/graphql"
)

// searchLimit bounds the hits of one search over all its pages.
const searchLimit = 1000

// searchField finds nodes by name.
func searchField(b *builder) *graphql.Field {
	hit := b.makeObject("SearchHit", both("A node found by a search.", "搜索命中。"), func() graphql.Fields {
		return graphql.Fields{
			"node": b.field(required(b.Node), both("The node.", "节点。"),
				get(func(_ *request, h projection.Hit) projection.Vertex { return h.Vertex })),
			"score": b.field(required(b.Scalars.Float), both("1 for the very text, down to 0.", "匹配程度，完全一致为 1。"),
				get(func(_ *request, h projection.Hit) float64 { return h.Score })),
			"property": b.field(required(graphql.String), both("The property that was hit.", "命中的属性。"),
				get(func(_ *request, h projection.Hit) string { return lowerCamel(h.Property) })),
			"text": b.field(required(graphql.String), both("Its value.", "命中的文字。"),
				get(func(_ *request, h projection.Hit) string { return h.Text })),
		}
	})
	hits := b.connection(connected{
		name: "SearchHit", description: both("What a search found.", "搜索结果。"), node: hit,
	})
	return b.field(hits,
		both("Finds nodes by their codes and names, best first; personal names are not searched.", "按编号和名称搜索，最匹配者在前；不检索个人姓名。"),
		resolver(func(rq *request, _ any, a args) (any, error) {
			g := rq.Picture.Graph
			if err := rq.MayKnow(list[string](a, "kinds")...); err != nil {
				return nil, err
			}
			found, err := g.Search(rq.Context, a.Text("text"), searchLimit, list[string](a, "kinds")...)
			if err != nil {
				return nil, err
			}
			p := &page{
				total: len(found), version: int64(g.Version()), question: questionOf("search", "", a),
				item: func(i int) any { return &found[i] },
				id:   func(i int) string { return string(g.ID(found[i].Vertex)) },
			}
			return p, rq.Cut(p, a)
		}), append(b.paging(),
			arg("text", required(graphql.String), "A name, a code, or a part of one.", "名称、编号或其中一部分。"),
			arg("kinds", graphql.NewList(required(nodeKinds(b))), "Only nodes of these kinds; all when not given.", "仅搜索这些类别；不填则搜索全部。"),
		)...)
}
