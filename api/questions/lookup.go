package questions

import (
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/fields"
	"liantu/graph/projection"
	"liantu/schema"
)

// nodeField finds a node of any kind.
func nodeField(b *fields.Builder) *graphql.Field {
	return findField(b, b.Node, fields.Both("A node of any kind, by what identifies it.", "按标识查任一对象。"), schema.Text{
		En: "An id, or any code or name that identifies one node.", Zh: "标识，或能唯一确定对象的代码、名称。",
	})
}

// findKind finds one node of a kind.
func findKind(kind string) func(b *fields.Builder) *graphql.Field {
	return func(b *fields.Builder) *graphql.Field {
		k := b.Model.Node(kind)
		return findField(b, b.Kinds[kind],
			fields.Both("One "+strings.ToLower(k.Label.En)+", by what identifies it.", "按标识查"+k.Label.Zh+"。"), identifiedBy[kind], kind)
	}
}

// nodesField lists the nodes of a kind.
func nodesField(b *fields.Builder) *graphql.Field {
	nodes := b.Connection(fields.Connected{
		Name: "Node", Description: fields.Both("Nodes of the graph.", "图中的节点。"), Node: b.Node, Persons: true, Narrowed: true,
	})
	narrowing := b.NarrowNodes()
	return b.Field(nodes, fields.Both("The nodes of a kind, in the order of their codes unless another is asked for.", "某一类的节点，默认按编号排列。"),
		fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) {
			if err := rq.MayKnow(a.Text("kind")); err != nil {
				return nil, err
			}
			p, err := nodesPage(rq, narrowing, a)
			if err == nil && disclosure.Personal(b.Model, a.Text("kind")) {
				p.Uncounted = !rq.Caller.Count(p.Total)
			}
			return p, err
		}), slices.Concat(b.Paging(), narrowing.Arguments, []fields.Argument{fields.Arg("kind", fields.Required(b.Enum("NodeKind")), "The kind of nodes.", "节点类别。")})...)
}

// nodesPage is a page of the nodes of a kind.
func nodesPage(rq *fields.Request, narrowing *fields.Narrowing, a fields.Args) (*fields.Page, error) {
	first, end := rq.Picture.Graph.Range(a.Text("kind"))
	if !fields.Narrows(a) {
		return rq.VertexPage("nodes", "", first, end, a)
	}
	return narrowing.Page(rq, "nodes", "", rq.Service.Model.Node(a.Text("kind")), func() []projection.Vertex {
		list := make([]projection.Vertex, 0, end-first)
		for v := first; v < end; v++ {
			list = append(list, v)
		}
		return list
	}, a)
}

// ecosystemsField lists the ecosystems.
func ecosystemsField(b *fields.Builder) *graphql.Field {
	return b.Field(b.PlainConnection(projection.Ecosystem), fields.Both("All ecosystems, in the order of their codes.", "全部生态圈，按编号排列。"),
		fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) {
			first, end := rq.Picture.Graph.Range(projection.Ecosystem)
			return rq.VertexPage("ecosystems", "", first, end, a)
		}), b.Paging()...)
}

// findField finds one node of the given kinds, of any kind when none is given.
func findField(b *fields.Builder, t graphql.Output, description string, by schema.Text, kinds ...string) *graphql.Field {
	return b.Field(t, description, fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) {
		return find(rq, a.Text("id"), kinds...)
	}), fields.Arg("id", fields.Required(b.Scalars.ID), by.En, by.Zh))
}

// find looks a node up. The error carries suggestions.
func find(rq *fields.Request, text string, kinds ...string) (any, error) {
	v, err := rq.Picture.Graph.Lookup(text, kinds...)
	if err != nil {
		return nil, err
	}
	return v, nil
}
