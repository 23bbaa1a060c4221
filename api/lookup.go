package api

import (
	"strings"

	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// searchLimit bounds the hits of one search over all its pages.
const searchLimit = 1000

// identifiedBy says what finds a thing, for the descriptions of arguments.
var identifiedBy = map[string]schema.Text{
	projection.Region:    {En: "Its GB/T 2260 code, name or id.", Zh: "GB/T 2260 行政区划代码、名称或标识。"},
	projection.Company:   {En: "Its stock code with or without exchange, USCC, LEI, any of its names, or id.", Zh: "证券代码（可不带交易所）、统一社会信用代码、LEI、任一名称或标识。"},
	projection.Link:      {En: "Its code, name or id.", Zh: "环节编号、名称或标识。"},
	projection.Chain:     {En: "Its code, name or id.", Zh: "产业链编号、名称或标识。"},
	projection.Ecosystem: {En: "Its code, name or id.", Zh: "生态圈编号、名称或标识。"},
	projection.Person:    {En: "The code in the roster or the id; people are not found by name.", Zh: "名册编号或标识；不按姓名查找。"},
}

// lookupFields adds the fields that find nodes.
func (b *builder) lookupFields(fields graphql.Fields) {
	b.nodeKindEnum()
	anything := schema.Text{
		En: "An id, or any code or name that finds one thing.", Zh: "标识，或能唯一确定对象的代码、名称。",
	}
	fields["node"] = b.findField(b.node, both("Anything, by what identifies it.", "按标识查任一对象。"), anything)
	for _, kind := range []string{projection.Chain, projection.Link, projection.Company, projection.Region} {
		if k := b.model.Node(kind); k != nil {
			fields[lowerCamel(kind)] = b.findField(b.kinds[kind],
				both("One "+strings.ToLower(k.Label.En)+", by what identifies it.", "按标识查"+k.Label.Zh+"。"), identifiedBy[kind], kind)
		}
	}
	nodes := b.connection(connected{
		name: "Node", description: both("Nodes of the graph.", "图中的节点。"), node: b.node,
		of: func(item any) any { return item },
	})
	fields["nodes"] = b.field(nodes, both("All nodes of a kind, in the order of their codes.", "某一类的全部节点，按编号排列。"),
		resolver(func(rq *request, _ any, a args) (any, error) {
			if err := rq.mayKnow(a.text("kind")); err != nil {
				return nil, err
			}
			first, end := rq.picture.graph.Range(a.text("kind"))
			return rq.vertexPage("nodes", "", first, end, a)
		}), append(b.paging(), argument{"kind", required(b.enums["NodeKind"]), both("The kind of nodes.", "节点类别。"), nil})...)
	if b.model.Node(projection.Ecosystem) != nil {
		ecosystems := b.plainConnection(projection.Ecosystem)
		fields["ecosystems"] = b.field(ecosystems, both("All ecosystems, in the order of their codes.", "全部生态圈，按编号排列。"),
			resolver(func(rq *request, _ any, a args) (any, error) {
				first, end := rq.picture.graph.Range(projection.Ecosystem)
				return rq.vertexPage("ecosystems", "", first, end, a)
			}), b.paging()...)
	}
	b.searchField(fields)
}

// findField finds one node of the given kinds, of any kind when none is given.
func (b *builder) findField(t graphql.Output, description string, by schema.Text, kinds ...string) *graphql.Field {
	return b.field(t, description, resolver(func(rq *request, _ any, a args) (any, error) {
		return rq.find(a.text("id"), kinds...)
	}), argument{"id", required(b.scalars.id), both(by.En, by.Zh), nil})
}

// find looks a node up. The error carries what may have been meant.
func (rq *request) find(text string, kinds ...string) (any, error) {
	v, err := rq.picture.graph.Lookup(text, kinds...)
	if err != nil {
		return nil, err
	}
	return v, nil
}

// vertexPage is a page of the vertices first <= v < end.
func (rq *request) vertexPage(field, owner string, first, end projection.Vertex, a args) (*page, error) {
	g := rq.picture.graph
	p := &page{
		total: int(end - first), version: int64(g.Version()), question: questionOf(field, owner, a),
		vertex: func(i int) projection.Vertex { return first + projection.Vertex(i) },
		id:     func(i int) string { return string(g.ID(first + projection.Vertex(i))) },
	}
	return p, rq.server.cut(p, a)
}

// nodeKindEnum makes the enum of all node kinds.
func (b *builder) nodeKindEnum() {
	var values []enumValue
	for _, k := range b.model.Nodes {
		values = append(values, enumValue{k.Name, k.Name, both(capital(k.Plural.En)+".", k.Plural.Zh+"。")})
	}
	b.enum("NodeKind", both("The kinds of nodes.", "节点类别。"), values)
}

// searchField adds the search by name.
func (b *builder) searchField(fields graphql.Fields) {
	hit := b.object("SearchHit", both("A node found by a search.", "搜索命中。"), func() graphql.Fields {
		return graphql.Fields{
			"node": b.field(required(b.node), both("The node.", "节点。"),
				get(func(_ *request, h projection.Hit) projection.Vertex { return h.Vertex })),
			"score": b.field(required(b.scalars.float), both("1 for the very text, down to 0.", "匹配程度，完全一致为 1。"),
				get(func(_ *request, h projection.Hit) float64 { return h.Score })),
			"property": b.field(required(graphql.String), both("The property that was hit.", "命中的属性。"),
				get(func(_ *request, h projection.Hit) string { return lowerCamel(h.Property) })),
			"text": b.field(required(graphql.String), both("Its value.", "命中的文字。"),
				get(func(_ *request, h projection.Hit) string { return h.Text })),
		}
	})
	hits := b.connection(connected{
		name: "SearchHit", description: both("What a search found.", "搜索结果。"), node: hit,
		of: func(item any) any { return item },
	})
	fields["search"] = b.field(hits,
		both("Finds nodes by their codes and names, best first; personal names are not searched.", "按编号和名称搜索，最匹配者在前；不检索个人姓名。"),
		resolver(func(rq *request, _ any, a args) (any, error) {
			g := rq.picture.graph
			if err := rq.mayKnow(list[string](a, "kinds")...); err != nil {
				return nil, err
			}
			found, err := g.Search(rq.ctx, a.text("text"), searchLimit, list[string](a, "kinds")...)
			if err != nil {
				return nil, err
			}
			p := &page{
				total: len(found), version: int64(g.Version()), question: questionOf("search", "", a),
				item: func(i int) any { return &found[i] },
				id:   func(i int) string { return string(g.ID(found[i].Vertex)) },
			}
			return p, rq.server.cut(p, a)
		}), append(b.paging(),
			argument{"text", required(graphql.String), both("A name, a code, or a part of one.", "名称、编号或其中一部分。"), nil},
			argument{"kinds", graphql.NewList(required(b.enums["NodeKind"])), both("Only nodes of these kinds; all when not given.", "仅搜索这些类别；不填则搜索全部。"), nil},
		)...)
}
