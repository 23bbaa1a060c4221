package api_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// asking makes questions out of a schema.
type asking struct {
	schema *ast.Schema
	rand   *rand.Rand
	texts  []string
	fields int
}

func (g *asking) query() string {
	g.fields = 0
	var b strings.Builder
	b.WriteString("{")
	for i := range 1 + g.rand.IntN(3) {
		fmt.Fprintf(&b, " q%d: ", i)
		g.field(&b, g.pick(g.schema.Query.Fields), 5)
	}
	return b.String() + " }"
}

func (g *asking) pick(list ast.FieldList) *ast.FieldDefinition {
	for {
		if f := list[g.rand.IntN(len(list))]; !strings.HasPrefix(f.Name, "__") {
			return f
		}
	}
}

func (g *asking) field(b *strings.Builder, f *ast.FieldDefinition, depth int) {
	g.fields++
	b.WriteString(f.Name)
	g.arguments(b, f)
	def := g.schema.Types[f.Type.Name()]
	switch def.Kind {
	case ast.Object, ast.Interface, ast.Union:
	default:
		return
	}
	b.WriteString(" { __typename")
	if def.Kind == ast.Interface {
		possible := g.schema.PossibleTypes[def.Name]
		for range 3 {
			one := possible[g.rand.IntN(len(possible))]
			fmt.Fprintf(b, " ... on %s {", one.Name)
			g.selection(b, one, depth)
			b.WriteString(" }")
		}
	}
	g.selection(b, def, depth)
	b.WriteString(" }")
}

func (g *asking) selection(b *strings.Builder, def *ast.Definition, depth int) {
	n := 0
	for _, i := range g.rand.Perm(len(def.Fields)) {
		f := def.Fields[i]
		leaf := g.schema.Types[f.Type.Name()].Kind == ast.Scalar || g.schema.Types[f.Type.Name()].Kind == ast.Enum
		if strings.HasPrefix(f.Name, "__") || !leaf && (depth == 0 || g.fields > 40) {
			continue
		}
		if n++; n > 6 {
			return
		}
		g.fields++
		fmt.Fprintf(b, " f%d: ", g.fields)
		g.field(b, f, depth-1)
	}
}

func (g *asking) arguments(b *strings.Builder, f *ast.FieldDefinition) {
	var given []string
	for _, a := range f.Arguments {
		if a.Name == "first" {
			given = append(given, "first: 2")
			continue
		}
		if a.Name == "after" || !a.Type.NonNull && g.rand.IntN(3) > 0 {
			continue
		}
		given = append(given, a.Name+": "+g.value(a.Type))
	}
	if len(given) > 0 {
		b.WriteString("(" + strings.Join(given, ", ") + ")")
	}
}

func (g *asking) value(t *ast.Type) string {
	if t.Elem != nil {
		return "[" + g.value(t.Elem) + "]"
	}
	switch def := g.schema.Types[t.NamedType]; {
	case def.Kind == ast.Enum:
		return def.EnumValues[g.rand.IntN(len(def.EnumValues))].Name
	case t.NamedType == "Int":
		return fmt.Sprint(g.rand.IntN(5))
	case t.NamedType == "Float":
		return "0.5"
	case t.NamedType == "Boolean":
		return fmt.Sprint(g.rand.IntN(2) == 0)
	case t.NamedType == "MoneyWan" || t.NamedType == "Percent":
		return "0.5"
	case t.NamedType == "Date":
		return `"2020"`
	case def.Kind == ast.InputObject:
		return g.object(def)
	}
	return fmt.Sprintf("%q", g.texts[g.rand.IntN(len(g.texts))])
}

// object makes an input object of its required members and some others; codes of a form
// that the texts do not have are left out.
func (g *asking) object(def *ast.Definition) string {
	var given []string
	for _, f := range def.Fields {
		strict := slices.Contains([]string{"USCC", "LEI", "StockCode", "RegionCode"}, f.Type.Name())
		if f.Type.NonNull || !strict && g.rand.IntN(len(def.Fields)) == 0 {
			given = append(given, f.Name+": "+g.value(f.Type))
		}
	}
	return "{" + strings.Join(given, ", ") + "}"
}
