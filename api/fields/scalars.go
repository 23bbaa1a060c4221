package fields

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"

	"liantu/schema"
)

// Scalars are the scalar types of a schema. Int, Float and ID replace those of
// the library, which accept "7", 1.5 and true as Int and silently turn what does
// not fit into null.
type Scalars struct {
	Integer, Float, ID *graphql.Scalar
	DateTime           *graphql.Scalar                 // of instants, which [Instant] writes
	ByType             map[schema.Type]*graphql.Scalar // those of value types of the model
}

func newScalars() Scalars {
	var instants *graphql.Scalar
	byType := map[schema.Type]*graphql.Scalar{}
	for _, o := range ownScalars {
		if made := o.scalar(); o.name == dateTime {
			instants = made
		} else {
			byType[o.typ] = made
		}
	}
	return Scalars{
		Integer: graphql.NewScalar(graphql.ScalarConfig{
			Name:         "Int",
			Description:  Both("A whole number between -2^31 and 2^31-1.", "32 位整数。"),
			Serialize:    WholeNumber,
			ParseValue:   WholeNumber,
			ParseLiteral: literal(WholeNumber, func(v ast.Value) bool { _, ok := v.(*ast.IntValue); return ok }),
		}),
		Float: graphql.NewScalar(graphql.ScalarConfig{
			Name:         "Float",
			Description:  Both("A number, IEEE 754 in double precision.", "双精度浮点数。"),
			Serialize:    decimal,
			ParseValue:   decimal,
			ParseLiteral: literal(decimal, isNumber),
		}),
		ID: graphql.NewScalar(graphql.ScalarConfig{
			Name:         "ID",
			Description:  Both("What identifies a node: its id in the graph or, as an argument, any code or name that the description of the argument lists.", "标识：图中的永久标识；作为参数时也可以是说明中列出的代码或名称。"),
			Serialize:    plainText,
			ParseValue:   identifier,
			ParseLiteral: literal(identifier, func(v ast.Value) bool { _, ok := v.(*ast.IntValue); return ok || isText(v) }),
		}),
		DateTime: instants,
		ByType:   byType,
	}
}

// of returns the scalar for a value type of the model; enums have types of
// their own and lists are made from their items.
func (s Scalars) of(t schema.Type) graphql.Type {
	if own := s.ByType[t]; own != nil {
		return own
	}
	switch t {
	case schema.TypeInt:
		return s.Integer
	case schema.TypeFloat:
		return s.Float
	case schema.TypeBool:
		return graphql.Boolean
	case schema.TypeRegions:
		return graphql.NewList(Required(s.ByType[schema.TypeRegion]))
	case schema.TypeTexts:
		return graphql.NewList(Required(graphql.String))
	}
	return graphql.String
}

// literal makes the parser of a literal from that of a value.
func literal(parse func(any) any, fits func(ast.Value) bool) graphql.ParseLiteralFn {
	return func(v ast.Value) any {
		if !fits(v) {
			return nil
		}
		if text, ok := v.GetValue().(string); ok && isNumber(v) {
			return parse(json.Number(text))
		}
		return parse(v.GetValue())
	}
}

func isText(v ast.Value) bool {
	_, ok := v.(*ast.StringValue)
	return ok
}

func isNumber(v ast.Value) bool {
	switch v.(type) {
	case *ast.IntValue, *ast.FloatValue:
		return true
	}
	return false
}

// WholeNumber is the value as an int of 32 bits, or nil where it is none.
func WholeNumber(v any) any {
	var n int64
	switch v := v.(type) {
	case int:
		n = int64(v)
	case int64:
		n = v
	case json.Number:
		parsed, err := strconv.ParseInt(v.String(), 10, 64)
		if err != nil {
			return nil
		}
		n = parsed
	case float64: // variables that were not read from JSON text
		if v != math.Trunc(v) || math.Abs(v) > math.MaxInt32 {
			return nil
		}
		n = int64(v)
	default:
		return nil
	}
	if n < math.MinInt32 || n > math.MaxInt32 {
		return nil
	}
	return int(n)
}

// decimal is the value as a finite float64, or nil.
func decimal(v any) any {
	var f float64
	switch v := v.(type) {
	case float64:
		f = v
	case int:
		f = float64(v)
	case int64:
		f = float64(v)
	case json.Number:
		parsed, err := v.Float64()
		if err != nil {
			return nil
		}
		f = parsed
	default:
		return nil
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return f + 0 // no -0
}

func plainText(v any) any {
	if s, ok := v.(string); ok {
		return s
	}
	return nil
}

// identifier is the value as the text of an ID, which may also be written as a
// whole number, or nil.
func identifier(v any) any {
	n, ok := v.(json.Number)
	if !ok {
		return plainText(v)
	}
	if _, err := strconv.ParseInt(n.String(), 10, 64); err != nil {
		return nil
	}
	return n.String()
}
