package questions

import (
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
		Name: "Node", Description: fields.Both("Nodes of the graph.", "图中的节点。"), Node: b.Node, Persons: true,
	})
	return b.Field(nodes, fields.Both("All nodes of a kind, in the order of their codes.", "某一类的全部节点，按编号排列。"),
		fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) {
			if err := rq.MayKnow(a.Text("kind")); err != nil {
				return nil, err
			}
			first, end := rq.Picture.Graph.Range(a.Text("kind"))
			p, err := rq.VertexPage("nodes", "", first, end, a)
			if err == nil && disclosure.Personal(b.Model, a.Text("kind")) {
				p.Uncounted = !rq.Caller.Count(p.Total)
			}
			return p, err
		}), append(b.Paging(), fields.Arg("kind", fields.Required(b.Enum("NodeKind")), "The kind of nodes.", "节点类别。"))...)
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
