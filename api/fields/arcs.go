package fields

import (
	"github.com/graphql-go/graphql"

	"liantu/api/engine"
	"liantu/graph"
	"liantu/schema"
)

// arcEdge is the edge that an edge of a page stands for, as far as the caller may see it.
func (rq *Request) arcEdge(k *schema.Kind, at pageEdge) *graph.Edge {
	if at.page.coarse != nil {
		return at.page.coarse[at.i]
	}
	e, _, _ := rq.Picture.Graph.Edge(k.Name, at.number())
	return e
}

// number is the number of the edge of the picture that an edge of a page stands for.
func (e pageEdge) number() int32 { return e.page.arcs.Edges[e.page.place(e.i)] }

// arcFields are the fields of an edge type besides cursor and node.
func (b *Builder) arcFields(k *schema.Kind) graphql.Fields {
	best := func(rq *Request, at pageEdge) graph.Fact {
		f, _ := rq.arcEdge(k, at).Winner("")
		return f
	}
	fields := graphql.Fields{
		"id": b.Field(Required(b.Scalars.ID), Both("The id of the edge.", "关系的标识。"),
			Word(func(rq *Request, at pageEdge) graph.ID { return rq.arcEdge(k, at).ID })),
		"source": b.Field(graphql.String, Both("The source that stated it last.", "最近述及该关系的来源。"),
			Get(func(rq *Request, at pageEdge) string { return best(rq, at).Source })),
		"asOf": b.Field(b.Scalars.ByType[schema.TypeDate], Both("The date of that statement.", "该来源的数据日期。"),
			Get(func(rq *Request, at pageEdge) string { return best(rq, at).AsOf })),
		"assumed": b.Field(Required(graphql.Boolean), Both("Whether that date was assumed, since the source states none.", "该日期是否为推定（来源未写明）。"),
			Get(func(rq *Request, at pageEdge) bool { return best(rq, at).Assumed })),
		"grade": b.Field(Required(b.enums["Grade"]), Both("The best grade of evidence for it.", "该关系的最高证据等级。"),
			Word(func(rq *Request, at pageEdge) graph.Grade { return rq.arcEdge(k, at).Grade() })),
		"current": b.Field(Required(graphql.Boolean),
			Both("Whether it holds on the day of the picture; only such edges count in answers.", "在数据日期是否有效；只有有效的关系参与计算。"),
			Get(func(rq *Request, at pageEdge) bool {
				return at.page.coarse != nil || rq.Picture.Graph.Holds(k.Name, at.number())
			})),
		"facts": b.Field(ListOf(b.objects["Fact"]), Both("What each source states about it.", "各来源所述的事实。"),
			Many(func(rq *Request, at pageEdge) []factView {
				if at.page.coarse != nil {
					return nil
				}
				return rq.factsOf(k, rq.arcEdge(k, at).Facts, "")
			})),
		"conflicts": b.Field(ListOf(b.objects["Conflict"]), Both("Where sources disagree.", "来源之间的分歧。"),
			Many(func(rq *Request, at pageEdge) []conflict {
				e := rq.arcEdge(k, at)
				return rq.conflictsOf(k, e.Conflicts(), e.Winner)
			})),
	}
	for _, p := range k.Properties {
		name := LowerCamel(p.Name)
		if name == "" || fields[name] != nil || name == "node" || name == "cursor" {
			b.Fault("kind %q: property %q has no name of its own in GraphQL", k.Name, p.Name)
			continue
		}
		fields[name] = b.property(k, p, arcProperty{k, p})
	}
	return fields
}

// arcProperty serves a property of a kind of edge.
type arcProperty struct {
	kind     *schema.Kind
	property *schema.Property
}

func (a arcProperty) Access(Shape) engine.Access {
	write := valueWriter(a.kind, a.property)
	value := func(call, source any) (any, error) {
		at, err := sourceOf[pageEdge](source)
		if err != nil {
			return nil, err
		}
		value, _ := call.(*Request).arcEdge(a.kind, at).Get(a.property.Name)
		return value, nil
	}
	return engine.Access{
		Resolve: func(call, source any, _ map[string]any) (any, error) {
			found, err := value(call, source)
			if err != nil {
				return nil, err
			}
			return fitting(a.kind, a.property, found)
		},
		Leaf: func(w *engine.Writer, call, source any) error {
			found, err := value(call, source)
			if err != nil {
				return err
			}
			return write(w, found)
		},
	}
}

// valueWriter writes the values of a property, with the errors of [fitting].
func valueWriter(k *schema.Kind, p *schema.Property) func(w *engine.Writer, value any) error {
	return func(w *engine.Writer, value any) error {
		value, err := fitting(k, p, value)
		if err != nil {
			return err
		}
		switch v := value.(type) {
		case nil:
			w.Null()
		case string:
			if p.Type == schema.TypeEnum {
				v = enumName(v)
			}
			w.String(v)
		case int64:
			if p.Type == schema.TypeInt {
				return w.Int(v)
			}
			return w.Float(float64(v))
		case float64:
			return w.Float(v)
		case bool:
			w.Bool(v)
		case []string:
			w.Raw([]byte{'['})
			for i, text := range v {
				if i > 0 {
					w.Raw([]byte{','})
				}
				w.String(text)
			}
			w.Raw([]byte{']'})
		}
		return nil
	}
}
