package api

import (
	"fmt"

	"github.com/graphql-go/graphql"
)

// paging declares the arguments of every list.
func (b *builder) paging() []argument {
	most := b.Service.MaxPage
	return []argument{
		{
			"first", b.Scalars.Integer,
			both(fmt.Sprintf("How many at most, up to %d.", most), fmt.Sprintf("每页条数，最多 %d。", most)),
			b.Service.DefaultPage,
		},
		{
			"after", graphql.String,
			both("The cursor behind which to go on: endCursor of the page before.", "上一页的 endCursor，从其后继续。"), nil,
		},
	}
}

// pageInfo makes the Relay type PageInfo.
func (b *builder) pageInfo() *graphql.Object {
	return b.makeObject("PageInfo", both("Where a page lies in its list.", "分页信息。"), func() graphql.Fields {
		edge := func(at func(p *page) int) served {
			return get(func(_ *request, p *page) string {
				if p.start >= p.end {
					return ""
				}
				return p.cursorAt(at(p))
			})
		}
		return graphql.Fields{
			"hasNextPage": b.field(required(graphql.Boolean), both("Whether more follow.", "其后是否还有。"),
				get(func(_ *request, p *page) bool { return p.end < p.total })),
			"hasPreviousPage": b.field(required(graphql.Boolean), both("Whether others come before.", "其前是否还有。"),
				get(func(_ *request, p *page) bool { return p.start > 0 })),
			"startCursor": b.field(graphql.String, both("Cursor of the first item; null for an empty page.", "本页首条的游标；空页为 null。"),
				edge(func(p *page) int { return p.start })),
			"endCursor": b.field(graphql.String, both("Cursor of the last item; null for an empty page.", "本页末条的游标；空页为 null。"),
				edge(func(p *page) int { return p.end - 1 })),
		}
	})
}

// connected describes a connection to make.
type connected struct {
	name        string             // of the types: nameConnection and nameEdge
	description string             // of what is listed
	node        graphql.Output     // the type of a listed thing
	of          func(item any) any // the listed thing of an item, where it is no vertex; nil for the item itself
	fields      graphql.Fields     // further fields of the edge, whose source is a pageEdge
	around      graphql.Fields     // further fields of the connection, whose source is a *page
}

// connection makes a Relay connection and its edge type.
func (b *builder) connection(c connected) *graphql.Object {
	if c.of == nil {
		c.of = func(item any) any { return item }
	}
	edge := b.makeObject(c.name+"Edge", c.description, func() graphql.Fields {
		fields := graphql.Fields{
			"cursor": b.field(required(graphql.String), both("To go on behind this item.", "本条的游标。"),
				get(func(_ *request, e pageEdge) string { return e.page.cursorAt(e.i) })),
			"node": b.field(required(c.node), both("The item itself.", "条目本身。"),
				edgeNode{c.of}),
		}
		for name, f := range c.fields {
			fields[name] = f
		}
		return fields
	})
	return b.makeObject(c.name+"Connection", c.description, func() graphql.Fields {
		fields := graphql.Fields{
			"totalCount": b.field(required(b.Scalars.Integer), both("How many there are on all pages.", "总条数。"),
				get(func(_ *request, p *page) int { return p.total })),
			"edges": b.field(listOf(edge), both("The items with their cursors.", "条目及其游标。"),
				pageEdges{}),
			"nodes": b.field(listOf(c.node), both("The items alone.", "仅条目。"),
				pageNodes{c.of}),
			"pageInfo": b.field(required(b.objects["PageInfo"]), both("Where the page lies in the list.", "分页信息。"),
				get(func(_ *request, p *page) *page { return p })),
		}
		for name, f := range c.around {
			fields[name] = f
		}
		return fields
	})
}
