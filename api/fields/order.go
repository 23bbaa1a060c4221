package fields

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"liantu/api/fault"
	"liantu/graph/projection"
	"liantu/schema"
)

// What a list of nodes of any kind may be ordered by.
const (
	byCode = "CODE"
	byName = "NAME"
	byID   = "ID"
)

const (
	ascending  = "ASC"
	descending = "DESC"
)

// direction makes the enum of the directions of an order.
func (b *Builder) direction() *graphql.Enum {
	if made := b.enums["OrderDirection"]; made != nil {
		return made
	}
	return b.MakeEnum("OrderDirection", Both("The direction of an order; what is not known comes last in both.", "排序方向；不掌握的在两种方向下都排在最后。"), []EnumValue{
		Choice(ascending, ascending, "The smallest, earliest or first first.", "升序。"),
		Choice(descending, descending, "The largest, latest or last first.", "降序。"),
	})
}

// orderType makes the input object of an order by the values of an enum.
func (b *Builder) orderType(name string, by *graphql.Enum) *graphql.InputObject {
	return graphql.NewInputObject(graphql.InputObjectConfig{
		Name: name,
		Description: Both("An order: what is not known comes last in both directions, and what is equal is in the order of ids. Texts are in the order of their characters in Unicode, enums in that of their declaration.",
			"排序：不掌握的在两种方向下都排在最后，相同的按标识排列。文本按 Unicode 字符顺序，枚举按声明顺序。"),
		Fields: graphql.InputObjectConfigFieldMap{
			"field":     {Type: Required(by), Description: Both("What to order by.", "按什么排序。")},
			"direction": {Type: b.direction(), DefaultValue: ascending, Description: Both("In which direction.", "排序方向。")},
		},
	})
}

// orderedTypes are the types of properties that have an order.
var orderedTypes = []schema.Type{
	schema.TypeText, schema.TypeCode, schema.TypeInt, schema.TypeFloat, schema.TypeBool, schema.TypeMoney, schema.TypePercent, schema.TypeDate,
	schema.TypeRegion, schema.TypeUSCC, schema.TypeLEI, schema.TypeStockCode, schema.TypeEnum,
}

// orderOf makes the order of one kind, by each of its public properties.
func (b *Builder) orderOf(k *schema.Kind) *graphql.InputObject {
	var values []EnumValue
	for _, p := range k.Properties {
		if open(k, p) && slices.Contains(orderedTypes, p.Type) {
			values = append(values, Choice(enumName(p.Name), p.Name, Capital(p.Label.En)+".", p.Label.Zh+"。"))
		}
	}
	by := b.MakeEnum(typeName(k)+"OrderField", Both("What "+strings.ToLower(k.Plural.En)+" can be ordered by.", k.Plural.Zh+"可按什么排序。"), values)
	return b.orderType(typeName(k)+"Order", by)
}

// nodeOrder makes the order of nodes of any kind.
func (b *Builder) nodeOrder() *graphql.InputObject {
	return b.orderType("NodeOrder", b.MakeEnum("NodeOrderField", Both("What nodes of any kind can be ordered by.", "各类节点可按什么排序。"), []EnumValue{
		Choice(byCode, byCode, "The field code; not of kinds that not every role may know of.", "编号；并非人人可知的类别不可用。"),
		Choice(byName, byName, "The field name; not of kinds that not every role may know of.", "名称；并非人人可知的类别不可用。"),
		Choice(byID, byID, "The id.", "标识。"),
	}))
}

// orderedBy are the properties of a kind by which a field of NodeOrder orders it, the first
// known of a node; nil for its id. One that is not open to everybody is refused.
func orderedBy(k *schema.Kind, field string) ([]*schema.Property, error) {
	var names []string
	switch field {
	case byID:
		return nil, nil
	case byCode:
		if names = codeNames(k); k.Property("code") != nil {
			names = []string{"code"}
		}
	case byName:
		if names = []string{k.Caption}; k.Property("name") != nil {
			names = []string{"name"}
		}
	}
	by := make([]*schema.Property, 0, len(names))
	for _, name := range names {
		p := k.Property(name)
		if p == nil {
			continue
		}
		if !open(k, p) {
			return nil, fault.Refuse(fault.CodeInput, "nodes of kind %s cannot be ordered by %s: not every role may see it; use %s", k.Name, field, byID)
		}
		by = append(by, p)
	}
	return by, nil
}

// rank is the place of a vertex in an order.
type rank struct {
	vertex projection.Vertex
	known  bool
	number float64
	text   string
	id     string
}

// rankOf reads it off the first of some properties that is known, where read has their values.
func rankOf(g *projection.Projection, v projection.Vertex, by []*schema.Property, read []func(projection.Vertex) any) rank {
	r := rank{vertex: v, id: string(g.ID(v))}
	for i, p := range by {
		value := read[i](v)
		if value == nil {
			continue
		}
		r.known = true
		switch value := value.(type) {
		case string:
			if r.text = value; p.Type == schema.TypeEnum {
				r.text, r.number = "", float64(slices.IndexFunc(p.Values, func(e schema.EnumValue) bool { return e.Name == value }))
			}
		case bool:
			if value {
				r.number = 1
			}
		default:
			r.number, r.known = numberOf(value)
		}
		return r
	}
	return r
}

// sorted puts vertices of a kind in order: the unknown last in both directions, ties by id.
// The error is that of ctx.
func sorted(ctx context.Context, g *projection.Projection, kind string, list []projection.Vertex, by []*schema.Property, direction string) ([]projection.Vertex, error) {
	read := make([]func(projection.Vertex) any, len(by))
	for i, p := range by {
		read[i] = valuesIn(g).of(kind, p.Name)
	}
	ranks := make([]rank, len(list))
	for i, v := range list {
		if i%looks == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		ranks[i] = rankOf(g, v, by, read)
	}
	sign := 1
	if direction == descending {
		sign = -1
	}
	slices.SortFunc(ranks, func(x, y rank) int {
		switch {
		case x.known != y.known && x.known:
			return -1
		case x.known != y.known:
			return 1
		case by == nil:
			return sign * strings.Compare(x.id, y.id)
		}
		return cmp.Or(sign*cmp.Compare(x.number, y.number), sign*strings.Compare(x.text, y.text), strings.Compare(x.id, y.id))
	})
	out := make([]projection.Vertex, len(list))
	for i, r := range ranks {
		out[i] = r.vertex
	}
	return out, nil
}
