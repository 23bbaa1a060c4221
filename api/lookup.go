package api

import (
	"strings"

	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// nodeField finds anything.
func nodeField(b *builder) *graphql.Field {
	return findField(b, b.Node, both("Anything, by what identifies it.", "按标识查任一对象。"), schema.Text{
		En: "An id, or any code or name that finds one thing.", Zh: "标识，或能唯一确定对象的代码、名称。",
	})
}

// findKind finds one node of a kind.
func findKind(kind string) func(b *builder) *graphql.Field {
	return func(b *builder) *graphql.Field {
		k := b.Model.Node(kind)
		return findField(b, b.Kinds[kind],
			both("One "+strings.ToLower(k.Label.En)+", by what identifies it.", "按标识查"+k.Label.Zh+"。"), identifiedBy[kind], kind)
	}
}

// nodesField lists the nodes of a kind.
func nodesField(b *builder) *graphql.Field {
	nodes := b.connection(connected{
		name: "Node", description: both("Nodes of the graph.", "图中的节点。"), node: b.Node,
	})
	return b.field(nodes, both("All nodes of a kind, in the order of their codes.", "某一类的全部节点，按编号排列。"),
		resolver(func(rq *request, _ any, a args) (any, error) {
			if err := rq.MayKnow(a.Text("kind")); err != nil {
				return nil, err
			}
			first, end := rq.Picture.Graph.Range(a.Text("kind"))
			return rq.VertexPage("nodes", "", first, end, a)
		}), append(b.paging(), arg("kind", required(nodeKinds(b)), "The kind of nodes.", "节点类别。"))...)
}

// ecosystemsField lists the ecosystems.
func ecosystemsField(b *builder) *graphql.Field {
	return b.field(b.plainConnection(projection.Ecosystem), both("All ecosystems, in the order of their codes.", "全部生态圈，按编号排列。"),
		resolver(func(rq *request, _ any, a args) (any, error) {
			first, end := rq.Picture.Graph.Range(projection.Ecosystem)
			return rq.VertexPage("ecosystems", "", first, end, a)
		}), b.paging()...)
}

// findField finds one node of the given kinds, of any kind when none is given.
func findField(b *builder, t graphql.Output, description string, by schema.Text, kinds ...string) *graphql.Field {
	return b.field(t, description, resolver(func(rq *request, _ any, a args) (any, error) {
		return find(rq, a.Text("id"), kinds...)
	}), arg("id", required(b.Scalars.ID), by.En, by.Zh))
}

// find looks a node up. The error carries what may have been meant.
func find(rq *request, text string, kinds ...string) (any, error) {
	v, err := rq.Picture.Graph.Lookup(text, kinds...)
	if err != nil {
		return nil, err
	}
	return v, nil
}

// nodeKinds is the enum of all node kinds.
func nodeKinds(b *builder) *graphql.Enum {
	if made := b.Enum("NodeKind"); made != nil {
		return made
	}
	var values []enumValue
	for _, k := range b.Model.Nodes {
		values = append(values, choice(k.Name, k.Name, capital(k.Plural.En)+".", k.Plural.Zh+"。"))
	}
	return b.makeEnum("NodeKind", both("The kinds of nodes.", "节点类别。"), values)
}
