package fields

import (
	"cmp"
	"math"
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// reservedFields are what every node has besides the properties of its kind; a property
// may serve the other common fields, code and name.
var reservedFields = []string{"id", "kind", "caption", "synthetic", "facts", "sources", "conflicts"}

// makeKinds makes the types of all node kinds. The source of a node in the
// engine is its [projection.Vertex]; what it means depends on the picture of
// the request, and never leaves it.
func (b *Builder) makeKinds() {
	kinds := make([]EnumValue, 0, len(b.Model.Nodes))
	for _, k := range b.Model.Nodes {
		kinds = append(kinds, Choice(k.Name, k.Name, Capital(k.Plural.En)+".", k.Plural.Zh+"。"))
	}
	b.MakeEnum("NodeKind", Both("The kinds of nodes.", "节点类别。"), kinds)
	b.Node = graphql.NewInterface(graphql.InterfaceConfig{
		Name:        "Node",
		Description: Both("Anything in the graph that has a lasting id.", "图中任何有永久标识的事物。"),
		Fields:      graphql.FieldsThunk(b.commonFields),
		// The library requires one; [engine.Config] decides which type a node has.
		ResolveType: func(graphql.ResolveTypeParams) *graphql.Object { return nil },
	})
	for _, k := range b.Model.Nodes {
		if b.taken(k.Name) || k.Name == "Node" || k.Name == "Query" {
			b.Fault("node kind %q: the name is taken in GraphQL", k.Name)
		}
		fields := b.kindFields(k)
		b.Kinds[k.Name] = graphql.NewObject(graphql.ObjectConfig{
			Name:        k.Name,
			Description: Both(Sentence(k.Label.En, k.Description.En, ". ", "."), Sentence(k.Label.Zh, k.Description.Zh, "：", "。")),
			Interfaces:  []*graphql.Interface{b.Node},
			Fields: graphql.FieldsThunk(func() graphql.Fields {
				out := b.commonFields()
				if k.Sensitivity == schema.Personal {
					b.sourcesOfPersons(k, out)
				}
				for name, f := range fields {
					out[name] = f
				}
				b.edgeFields(k, out)
				b.derivedFields(k, out)
				return b.Of(k.Name, out)
			}),
		})
	}
}

// commonFields are the fields of the interface Node.
func (b *Builder) commonFields() graphql.Fields {
	vertexFacts := func(rq *Request, v projection.Vertex) ([]graph.Fact, *schema.Kind) {
		n := rq.Picture.Graph.Node(v)
		return n.Facts, b.Model.Node(n.Kind)
	}
	return graphql.Fields{
		"id": b.Field(Required(b.Scalars.ID), Both("The lasting id.", "永久标识。"),
			Word(func(rq *Request, v projection.Vertex) graph.ID { return rq.Picture.Graph.ID(v) })),
		"kind": b.Field(Required(b.enums["NodeKind"]), Both("The kind of thing that it is.", "节点类别。"),
			Word(func(rq *Request, v projection.Vertex) string { return rq.Picture.Graph.Kind(v) })),
		"code": b.Field(graphql.String, codeMeaning, Resolver(nothing)),
		"name": b.Field(graphql.String, nameMeaning, Resolver(nothing)),
		"caption": b.Field(Required(graphql.String), Both("The name to show for it.", "通常显示的名称。"),
			Get(func(rq *Request, v projection.Vertex) string {
				return disclosure.Caption(rq.Service.Model, rq.Picture.Graph, v)
			})),
		"synthetic": b.Field(Required(graphql.Boolean),
			Both("Whether it was invented for demonstration.", "是否为演示用的虚构数据。"),
			Get(func(rq *Request, v projection.Vertex) bool { return rq.Picture.Graph.Synthetic(v) })),
		"facts": b.Field(ListOf(b.objects["Fact"]),
			Both("What each source states about it, the shown value of each property first.", "各来源所述的全部事实，每个属性以采用的值为先。"),
			Compute(func(rq *Request, v projection.Vertex, a Args) (any, error) {
				facts, k := vertexFacts(rq, v)
				list := rq.factsOf(k, facts, a.Text("property"))
				if rq.veils(v) {
					veil(list)
				}
				return list, nil
			}), propertyArgument),
		"sources": b.Field(ListOf(b.objects["Provenance"]),
			Both("Its sources, each once.", "信息来源，各列一次。"),
			Many(func(rq *Request, v projection.Vertex) []graph.Provenance {
				facts, _ := vertexFacts(rq, v)
				if rq.veils(v) {
					facts = veiled(facts)
				}
				return provenancesOf(facts)
			})),
		"conflicts": b.Field(ListOf(b.objects["Conflict"]),
			Both("Where sources disagree.", "来源之间的分歧。"),
			Many(func(rq *Request, v projection.Vertex) []conflict {
				n, k := rq.Picture.Graph.Node(v), b.Model.Node(rq.Picture.Graph.Kind(v))
				list := rq.conflictsOf(k, n.Conflicts(), n.Winner)
				if rq.veils(v) {
					for i := range list {
						list[i].shown.fact.Source = disclosure.Veil(list[i].shown.fact.Source)
						veil(list[i].others)
					}
				}
				return list
			})),
	}
}

var propertyArgument = Argument{
	"property", graphql.String,
	Both("Only facts of this property, by its name in GraphQL.", "仅列该属性的事实（GraphQL 字段名）。"), nil,
}

// kindFields are the properties of a node kind, and its code and name where no property
// is called so.
func (b *Builder) kindFields(k *schema.Kind) graphql.Fields {
	fields := graphql.Fields{}
	for _, p := range k.Properties {
		if p.Name == "synthetic" {
			continue
		}
		name := LowerCamel(p.Name)
		if name == "" || fields[name] != nil || slices.Contains(reservedFields, name) {
			b.Fault("kind %q: property %q has no name of its own in GraphQL", k.Name, p.Name)
			continue
		}
		fields[name] = b.property(k, p, b.column(k, p))
		if name == "code" || name == "name" {
			fields[name].Type = graphql.String // as in the interface Node
		}
	}
	if fields["code"] == nil {
		fields["code"] = b.codeField(k)
	}
	if p := k.Property(k.Caption); fields["name"] == nil && p != nil {
		fields["name"] = b.property(k, p, b.column(k, p))
		fields["name"].Type, fields["name"].Description = graphql.String, nameMeaning
	}
	return fields
}

// PropertyType is the GraphQL type of a property. None is required: a value
// may be unknown although the schema wants it, or hidden by the policy.
func (b *Builder) PropertyType(k *schema.Kind, p *schema.Property) graphql.Output {
	if p.Type != schema.TypeEnum {
		return b.Scalars.of(p.Type)
	}
	name := cmp.Or(p.Enum, typeName(k)+upperCamel(p.Name))
	if e := b.enums[name]; e != nil {
		return e
	}
	var values []EnumValue
	for _, v := range p.Values {
		values = append(values, Choice(enumName(v.Name), v.Name, Capital(v.Label.En)+".", v.Label.Zh+"。"))
	}
	return b.MakeEnum(name, describe(p), values)
}

// EnumOf is the enum of a property. A model without it is noted as a fault.
func (b *Builder) EnumOf(kind, property string) *graphql.Enum {
	k := b.Model.Kind(kind)
	if k == nil || k.Property(property) == nil || k.Property(property).Type != schema.TypeEnum {
		b.Fault("model: no enum %s.%s, which the interface needs", kind, property)
		return b.enums["NodeKind"]
	}
	return b.PropertyType(k, k.Property(property)).(*graphql.Enum)
}

// fitting is the value of a property as the engine takes it. A value that its
// type cannot carry is an error and not null.
func fitting(k *schema.Kind, p *schema.Property, value any) (any, error) {
	switch v := value.(type) {
	case int64:
		if v < math.MinInt32 || v > math.MaxInt32 {
			return nil, message.Errorf("%s: property %q: %d does not fit in Int", k.Name, p.Name, v)
		}
	case string:
		if p.Type == schema.TypeEnum && !slices.ContainsFunc(p.Values, func(e schema.EnumValue) bool { return e.Name == v }) {
			return nil, message.Errorf("%s: property %q: %q is not one of its values", k.Name, p.Name, v)
		}
	}
	return value, nil
}

// edgeFields adds the edges of a node kind in both directions.
func (b *Builder) edgeFields(k *schema.Kind, fields graphql.Fields) {
	for _, e := range b.Model.Edges {
		if others := otherEnds(b.Model, e, k.Name, true); len(others) > 0 {
			name := LowerCamel(e.Name)
			b.edgeField(k, fields, edgeSide{kind: e, others: others, out: true}, name)
		}
		if others := otherEnds(b.Model, e, k.Name, false); len(others) > 0 {
			name := LowerCamel(e.Edge.Reverse.En)
			if name == "" || fields[name] != nil {
				name = LowerCamel(e.Name) + "From"
			}
			b.edgeField(k, fields, edgeSide{kind: e, others: others}, name)
		}
	}
}

// edgeSide is one kind of edge in one direction, and the kinds it leads to.
type edgeSide struct {
	kind   *schema.Kind
	others []string
	out    bool
	ties   bool // some of them state something of a person
}

// otherEnds lists the node kinds that an edge of kind e joins to one of the
// given kind.
func otherEnds(m *schema.Model, e *schema.Kind, kind string, out bool) []string {
	var others []string
	for _, n := range m.Nodes {
		if out && e.Joins(kind, n.Name) || !out && e.Joins(n.Name, kind) {
			others = append(others, n.Name)
		}
	}
	return others
}

func (b *Builder) edgeField(k *schema.Kind, fields graphql.Fields, side edgeSide, name string) {
	if name == "" || fields[name] != nil {
		b.Fault("kind %q: edge %q has no name of its own in GraphQL", k.Name, side.kind.Name)
		return
	}
	side.ties = disclosure.Personal(b.Model, append([]string{k.Name}, side.others...)...)
	en, zh := side.kind.Label.En, side.kind.Label.Zh
	if !side.out {
		en, zh = side.kind.Edge.Reverse.En, side.kind.Edge.Reverse.Zh
	}
	description := Both(Sentence(en, side.kind.Description.En, ". ", "."), Sentence(zh, side.kind.Description.Zh, "：", "。"))
	// A field that leads to nodes that some callers may not know of can be refused,
	// and is null then.
	guard := b.leastOf(side.others)
	var t graphql.Output = b.edgeConnection(side)
	if guard == schema.Public {
		t = Required(t)
	}
	fields[name] = b.Field(t, description,
		Compute(func(rq *Request, v projection.Vertex, a Args) (any, error) {
			g := rq.Picture.Graph
			arcs := g.In(side.kind.Name, v)
			if side.out {
				arcs = g.Out(side.kind.Name, v)
			}
			if side.ties {
				return rq.tiesPage(side, v, arcs, QuestionOf(name, string(g.ID(v)), a), a)
			}
			p := &Page{
				Total: arcs.Len(), Version: int64(g.Version()),
				Question: QuestionOf(name, string(g.ID(v)), a), arcs: arcs,
				Vertex: func(i int) projection.Vertex { return arcs.Others[i] },
				ID: func(i int) string {
					e, _, _ := g.Edge(side.kind.Name, arcs.Edges[i])
					return string(e.ID)
				},
			}
			return p, rq.Cut(p, a)
		}), b.Paging()...)
	if guard != schema.Public {
		b.guards[fields[name]] = guard
	}
	if side.ties {
		b.tie(fields[name], disclosure.Tied{
			All:    k.Sensitivity == schema.Personal || guard == schema.Personal,
			Opened: func(p *schema.Purpose) bool { return p.OpensEdges(side.kind.Name) },
		})
	}
}

// leastOf is the least sensitivity among node kinds.
func (b *Builder) leastOf(kinds []string) schema.Sensitivity {
	order := schema.Sensitivities
	least := len(order) - 1
	for _, name := range kinds {
		least = min(least, slices.Index(order, b.Model.Node(name).Sensitivity))
	}
	return order[max(least, 0)]
}

// edgeConnection is the connection type of one side of an edge kind. Node
// kinds that see the same kind at the other end share it.
func (b *Builder) edgeConnection(side edgeSide) *graphql.Object {
	var node graphql.Output = b.Node
	end := "Node"
	if len(side.others) == 1 {
		end = side.others[0]
		node = b.Kinds[end]
	}
	direction := "From"
	if side.out {
		direction = "To"
	}
	name := typeName(side.kind) + direction + end
	if made := b.objects[name+"Connection"]; made != nil {
		return made
	}
	return b.Connection(Connected{
		Name:        name,
		Description: Both(Sentence("", side.kind.Description.En, "", "."), Sentence("", side.kind.Description.Zh, "", "。")),
		Node:        node,
		fields:      b.arcFields(side.kind),
		Persons:     disclosure.Ties(b.Model, side.kind),
	})
}
