package fields

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/graphql-go/graphql"
)

// builtIn are the scalars and directives that every schema has without declaring
// them.
var builtIn = []string{"Boolean", "Float", "ID", "Int", "String", "include", "skip", "deprecated"}

// printSchema writes a schema in the schema definition language. The text is
// the same for the same schema: types, fields and arguments are in order of
// name, enum values in the order of their declaration.
func printSchema(s *graphql.Schema) string {
	p := &sdlPrinter{}
	names := make([]string, 0, len(s.TypeMap()))
	for name := range s.TypeMap() {
		if !strings.HasPrefix(name, "__") && !slices.Contains(builtIn, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	p.describe("", Both("Liantu: which links of an industry chain are missing in a region, how that is known, and who could fill them.",
		"链图：某地区产业链缺哪些环节，凭什么这样说，谁能补上。"))
	p.line("schema {")
	p.line("  query: %s", s.QueryType().Name())
	if s.MutationType() != nil {
		p.line("  mutation: %s", s.MutationType().Name())
	}
	p.line("  subscription: %s", s.SubscriptionType().Name())
	p.line("}")
	for _, d := range s.Directives() {
		if !slices.Contains(builtIn, d.Name) {
			p.line("")
			p.describe("", d.Description)
			p.line("directive @%s%s on %s", d.Name, p.arguments("", d.Args), strings.Join(d.Locations, " | "))
		}
	}
	for _, name := range names {
		p.line("")
		p.define(s.Type(name))
	}
	return p.out.String()
}

type sdlPrinter struct{ out bytes.Buffer }

func (p *sdlPrinter) line(format string, args ...any) {
	fmt.Fprintf(&p.out, format, args...)
	p.out.WriteByte('\n')
}

// describe writes a description as a block string on lines of its own.
func (p *sdlPrinter) describe(indent, text string) {
	if text == "" {
		return
	}
	text = strings.ReplaceAll(text, `"""`, `\"""`)
	if !strings.Contains(text, "\n") && !strings.HasSuffix(text, `"`) && !strings.HasSuffix(text, `\`) {
		p.line(`%s"""%s"""`, indent, text)
		return
	}
	p.line(`%s"""`, indent)
	for _, l := range strings.Split(text, "\n") {
		p.line("%s%s", indent, l)
	}
	p.line(`%s"""`, indent)
}

func (p *sdlPrinter) define(t graphql.Type) {
	p.describe("", t.Description())
	switch t := t.(type) {
	case *graphql.Scalar:
		where := ""
		if address := specifiedBy(t.Name()); address != "" {
			where = " @specifiedBy(url: " + strconv.Quote(address) + ")"
		}
		p.line("scalar %s%s", t.Name(), where)
	case *graphql.Enum:
		p.line("enum %s {", t.Name())
		for _, v := range t.Values() {
			p.describe("  ", v.Description)
			p.line("  %s%s", v.Name, deprecated(v.DeprecationReason))
		}
		p.line("}")
	case *graphql.Object:
		p.line("type %s%s {", t.Name(), implements(t))
		p.fields(t.Fields())
		p.line("}")
	case *graphql.Interface:
		p.line("interface %s {", t.Name())
		p.fields(t.Fields())
		p.line("}")
	case *graphql.Union:
		var members []string
		for _, o := range t.Types() {
			members = append(members, o.Name())
		}
		slices.Sort(members)
		p.line("union %s = %s", t.Name(), strings.Join(members, " | "))
	case *graphql.InputObject:
		p.line("input %s {", t.Name())
		fields := t.Fields()
		for _, name := range sortedKeys(fields) {
			p.describe("  ", fields[name].PrivateDescription)
			p.line("  %s: %s%s", name, fields[name].Type, standard(fields[name].DefaultValue, fields[name].Type))
		}
		p.line("}")
	}
}

func implements(t *graphql.Object) string {
	var names []string
	for _, i := range t.Interfaces() {
		names = append(names, i.Name())
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return " implements " + strings.Join(names, " & ")
}

func (p *sdlPrinter) fields(fields graphql.FieldDefinitionMap) {
	for _, name := range sortedKeys(fields) {
		f := fields[name]
		p.describe("  ", f.Description)
		p.line("  %s%s: %s%s", name, p.arguments("  ", f.Args), f.Type, deprecated(f.DeprecationReason))
	}
}

// arguments writes the arguments on lines of their own when one of them has a
// description, else on one line.
func (p *sdlPrinter) arguments(indent string, from []*graphql.Argument) string {
	if len(from) == 0 {
		return ""
	}
	arguments := slices.SortedFunc(slices.Values(from), func(a, b *graphql.Argument) int {
		return strings.Compare(a.PrivateName, b.PrivateName)
	})
	if !slices.ContainsFunc(arguments, func(a *graphql.Argument) bool { return a.PrivateDescription != "" }) {
		var parts []string
		for _, a := range arguments {
			parts = append(parts, argumentText(a))
		}
		return "(" + strings.Join(parts, ", ") + ")"
	}
	inner := &sdlPrinter{}
	inner.line("(")
	for _, a := range arguments {
		inner.describe(indent+"  ", a.PrivateDescription)
		inner.line("%s  %s", indent, argumentText(a))
	}
	return inner.out.String() + indent + ")"
}

func argumentText(a *graphql.Argument) string {
	return fmt.Sprintf("%s: %s%s", a.PrivateName, a.Type, standard(a.DefaultValue, a.Type))
}

func deprecated(reason string) string {
	if reason == "" {
		return ""
	}
	return " @deprecated(reason: " + strconv.Quote(reason) + ")"
}

// standard writes a default value as a literal of its type.
func standard(value any, t graphql.Type) string {
	if value == nil {
		return ""
	}
	return " = " + literalText(value, t)
}

func literalText(value any, t graphql.Type) string {
	switch t := t.(type) {
	case *graphql.NonNull:
		return literalText(value, t.OfType)
	case *graphql.List:
		items, ok := value.([]any)
		if !ok {
			return literalText(value, t.OfType)
		}
		var parts []string
		for _, item := range items {
			parts = append(parts, literalText(item, t.OfType))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *graphql.Enum:
		return fmt.Sprint(t.Serialize(value))
	}
	switch v := value.(type) {
	case string:
		return strconv.Quote(v)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return strconv.FormatFloat(v, 'f', 1, 64)
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(value)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
