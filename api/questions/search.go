package questions

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/fields"
	"liantu/graph/projection"
)

// searchLimit is the most hits of one search over all its pages.
const searchLimit = 1000

// searchField finds nodes by name.
func searchField(b *fields.Builder) *graphql.Field {
	hit := b.MakeObject("SearchHit", fields.Both("A node found by a search.", "搜索命中。"), func() graphql.Fields {
		return graphql.Fields{
			"node": b.Field(fields.Required(b.Node), fields.Both("The node.", "节点。"),
				fields.Get(func(_ *fields.Request, h projection.Hit) projection.Vertex { return h.Vertex })),
			"score": b.Field(fields.Required(b.Scalars.Float), fields.Both("How well the text matches; 1 for an exact match, down to 0.", "匹配程度，完全一致为 1。"),
				fields.Get(func(_ *fields.Request, h projection.Hit) float64 { return h.Score })),
			"property": b.Field(fields.Required(graphql.String), fields.Both("The property that matched.", "命中的属性。"),
				fields.Get(func(_ *fields.Request, h projection.Hit) string { return fields.LowerCamel(h.Property) })),
			"text": b.Field(fields.Required(graphql.String), fields.Both("Its value.", "命中的文字。"),
				fields.Get(func(_ *fields.Request, h projection.Hit) string { return h.Text })),
		}
	})
	hits := b.Connection(fields.Connected{
		Name: "SearchHit", Description: fields.Both("What a search found.", "搜索结果。"), Node: hit, Persons: true,
	})
	return b.Field(hits,
		fields.Both("Finds nodes by their codes and names, best first; personal names are not searched.", "按编号和名称搜索，最匹配者在前；不检索个人姓名。"),
		fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) {
			g := rq.Picture.Graph
			if err := rq.MayKnow(fields.Items[string](a, "kinds")...); err != nil {
				return nil, err
			}
			found, err := g.Search(rq.Context, a.Text("text"), searchLimit, fields.Items[string](a, "kinds")...)
			if err != nil {
				return nil, err
			}
			p := &fields.Page{
				Total: len(found), Version: int64(g.Version()), Question: fields.QuestionOf("search", "", a),
				Item: func(i int) any { return &found[i] },
				ID:   func(i int) string { return string(g.ID(found[i].Vertex)) },
			}
			p.Uncounted = disclosesPersons(rq, found, fields.Items[string](a, "kinds"))
			return p, rq.Cut(p, a)
		}), append(b.Paging(),
			fields.Arg("text", fields.Required(graphql.String), "A name, a code, or a part of one.", "名称、编号或其中一部分。"),
			fields.Arg("kinds", graphql.NewList(fields.Required(b.Enum("NodeKind"))), "Only nodes of these kinds; all when omitted.", "仅搜索这些类别；不填则搜索全部。"),
		)...)
}

// disclosesPersons reports whether the number of hits would disclose to the caller a number of
// persons that it may not learn: where it searched for persons alone, or found some.
func disclosesPersons(rq *fields.Request, found []projection.Hit, kinds []string) bool {
	model, persons := rq.Service.Model, 0
	for i := range found {
		if disclosure.Personal(model, rq.Picture.Graph.Kind(found[i].Vertex)) {
			persons++
		}
	}
	only := len(kinds) > 0 && !slices.ContainsFunc(kinds, func(kind string) bool { return !disclosure.Personal(model, kind) })
	return (persons > 0 || only) && !rq.Caller.Count(persons)
}
