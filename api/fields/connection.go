package fields

import (
	"fmt"

	"github.com/graphql-go/graphql"

	"liantu/api/engine"
)

// Paging declares the arguments of every list.
func (b *Builder) Paging() []Argument {
	most := b.Service.MaxPage
	return []Argument{
		{
			"first", b.Scalars.Integer,
			Both(fmt.Sprintf("How many at most, up to %d.", most), fmt.Sprintf("每页条数，最多 %d。", most)),
			b.Service.DefaultPage,
		},
		{
			"after", graphql.String,
			Both("The cursor after which to continue: endCursor of the previous page.", "上一页的 endCursor，从其后继续。"), nil,
		},
	}
}

// pageInfo makes the Relay type PageInfo.
func (b *Builder) pageInfo() *graphql.Object {
	return b.MakeObject("PageInfo", Both("The position of a page in its list.", "分页信息。"), func() graphql.Fields {
		edge := func(at func(p *Page) int) Served {
			return Get(func(_ *Request, p *Page) string {
				if p.start >= p.end {
					return ""
				}
				return p.cursorAt(at(p))
			})
		}
		return graphql.Fields{
			"hasNextPage": b.Field(Required(graphql.Boolean), Both("Whether more follow.", "其后是否还有。"),
				Get(func(_ *Request, p *Page) bool { return p.end < p.Total })),
			"hasPreviousPage": b.Field(Required(graphql.Boolean), Both("Whether others come before.", "其前是否还有。"),
				Get(func(_ *Request, p *Page) bool { return p.start > 0 })),
			"startCursor": b.Field(graphql.String, Both("Cursor of the first item; null for an empty page.", "本页首条的游标；空页为 null。"),
				edge(func(p *Page) int { return p.start })),
			"endCursor": b.Field(graphql.String, Both("Cursor of the last item; null for an empty page.", "本页末条的游标；空页为 null。"),
				edge(func(p *Page) int { return p.end - 1 })),
		}
	})
}

// Connected describes a connection to make.
type Connected struct {
	Name        string             // of the types: nameConnection and nameEdge
	Description string             // of what is listed
	Node        graphql.Output     // the type of a listed thing
	of          func(item any) any // the listed thing of an item, where it is no vertex; nil for the item itself
	fields      graphql.Fields     // further fields of the edge, whose source is a pageEdge
	Around      graphql.Fields     // further fields of the connection, whose source is a *page
	Persons     bool               // persons may be among the items, so that the total may be null
	Narrowed    bool               // the items may be filtered, see [Narrowing]
}

// Connection makes a Relay connection and its edge type.
func (b *Builder) Connection(c Connected) *graphql.Object {
	if c.of == nil {
		c.of = func(item any) any { return item }
	}
	edge := b.MakeObject(c.Name+"Edge", c.Description, func() graphql.Fields {
		fields := graphql.Fields{
			"cursor": b.Field(Required(graphql.String), Both("The cursor of this item, to continue after it.", "本条的游标。"),
				Get(func(_ *Request, e pageEdge) string { return e.page.cursorAt(e.i) })),
			"node": b.Field(Required(c.Node), Both("The item itself.", "条目本身。"),
				edgeNode{c.of}),
		}
		for name, f := range c.fields {
			fields[name] = f
		}
		return fields
	})
	return b.MakeObject(c.Name+"Connection", c.Description, func() graphql.Fields {
		fields := graphql.Fields{
			"totalCount": b.totalCount(c.Persons),
			"edges": b.Field(ListOf(edge), Both("The items with their cursors.", "条目及其游标。"),
				pageEdges{}),
			"nodes": b.Field(ListOf(c.Node), Both("The items alone.", "仅条目。"),
				pageNodes{c.of}),
			"pageInfo": b.Field(Required(b.objects["PageInfo"]), Both("The position of the page in the list.", "分页信息。"),
				Get(func(_ *Request, p *Page) *Page { return p })),
		}
		if c.Narrowed {
			fields["unknown"] = b.Field(Required(b.Scalars.Integer), Both(
				"How many were left out only because a value that is filtered on is not known of them; 0 without a filter.",
				"仅因筛选所用的信息不掌握而未列入的条数；未筛选时为 0。"), Get(func(_ *Request, p *Page) int { return p.Unknown }))
		}
		for name, f := range c.Around {
			fields[name] = f
		}
		return fields
	})
}

// totalCount is the field of the number of items, which may be null where persons are
// among them.
func (b *Builder) totalCount(persons bool) *graphql.Field {
	if !persons {
		return b.Field(Required(b.Scalars.Integer), Both("How many items there are on all pages.", "总条数。"),
			Get(func(_ *Request, p *Page) int { return p.Total }))
	}
	return b.Field(b.Scalars.Integer, Both(
		"How many items there are on all pages; null where it would disclose the number of persons to a caller that sees persons masked.",
		"总条数；若会使只见脱敏个人信息者得知人数，则为 null。"), personCount{})
}

// personCount serves the number of items of a page that may hold persons.
type personCount struct{}

func (personCount) Access(Shape) engine.Access {
	return engine.Access{
		Resolve: func(_, source any, _ map[string]any) (any, error) {
			p, err := sourceOf[*Page](source)
			if err != nil || p.Uncounted {
				return nil, err
			}
			return p.Total, nil
		},
		Leaf: func(w *engine.Writer, _, source any) error {
			p, err := sourceOf[*Page](source)
			if err != nil {
				return err
			}
			if p.Uncounted {
				w.Null()
				return nil
			}
			return w.Int(int64(p.Total))
		},
	}
}
