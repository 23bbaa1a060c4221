package engine

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// typeRef is a type as introspection shows it: a definition, or a list or
// non-null type around one.
type typeRef struct {
	schema *ast.Schema
	def    *ast.Definition
	around *ast.Type // nil for a definition
}

// input is an argument or an input field as introspection shows it.
type input struct {
	schema *ast.Schema
	name   string
	text   string
	typ    *ast.Type
	value  *ast.Value
	marks  ast.DirectiveList
}

// fieldRef is a field as introspection shows it.
type fieldRef struct {
	schema *ast.Schema
	def    *ast.FieldDefinition
}

// directiveRef is a directive as introspection shows it.
type directiveRef struct {
	schema *ast.Schema
	def    *ast.DirectiveDefinition
}

// introspection returns the resolver of a field of the introspection types,
// and nil for any other field. All lists are in the order of names, so that
// the same schema always has the same bytes.
func (e *Engine) introspection(object, field string) Resolver {
	switch field {
	case "__schema":
		return func(_, _ any, _ map[string]any) (any, error) { return e.schema, nil }
	case "__type":
		return func(_, _ any, args map[string]any) (any, error) {
			name, _ := args["name"].(string)
			if def := e.schema.Types[name]; def != nil {
				return typeRef{schema: e.schema, def: def}, nil
			}
			return nil, nil
		}
	}
	return introspectionFields[object+"."+field]
}

// of makes a resolver of a function on one type of source.
func of[T any](value func(T, map[string]any) any) Resolver {
	return func(_, source any, args map[string]any) (any, error) { return value(source.(T), args), nil }
}

var introspectionFields = map[string]Resolver{
	"__Schema.description": of(func(s *ast.Schema, _ map[string]any) any { return orNil(s.Description) }),
	"__Schema.types": of(func(s *ast.Schema, _ map[string]any) any {
		var out []any
		for _, name := range sortedTypes(s) {
			out = append(out, typeRef{schema: s, def: s.Types[name]})
		}
		return out
	}),
	"__Schema.queryType":        of(func(s *ast.Schema, _ map[string]any) any { return definition(s, s.Query) }),
	"__Schema.mutationType":     of(func(s *ast.Schema, _ map[string]any) any { return definition(s, s.Mutation) }),
	"__Schema.subscriptionType": of(func(s *ast.Schema, _ map[string]any) any { return definition(s, s.Subscription) }),
	"__Schema.directives":       of(directives),

	"__Type.kind": of(func(t typeRef, _ map[string]any) any { return t.kind() }),
	"__Type.name": of(func(t typeRef, _ map[string]any) any { return t.named(func(d *ast.Definition) any { return d.Name }) }),
	"__Type.description": of(func(t typeRef, _ map[string]any) any {
		return t.named(func(d *ast.Definition) any { return orNil(d.Description) })
	}),
	"__Type.specifiedByURL": of(func(t typeRef, _ map[string]any) any { return t.named(specifiedBy) }),
	"__Type.fields":         of(typeRef.fields),
	"__Type.interfaces":     of(func(t typeRef, _ map[string]any) any { return t.interfaces() }),
	"__Type.possibleTypes":  of(func(t typeRef, _ map[string]any) any { return t.possible() }),
	"__Type.enumValues":     of(typeRef.enumValues),
	"__Type.inputFields":    of(typeRef.inputFields),
	"__Type.ofType":         of(func(t typeRef, _ map[string]any) any { return t.inner() }),
	"__Type.isOneOf": of(func(t typeRef, _ map[string]any) any {
		if t.around != nil || t.def.Kind != ast.InputObject {
			return nil
		}
		return t.def.Directives.ForName("oneOf") != nil
	}),

	"__Field.name":        of(func(f fieldRef, _ map[string]any) any { return f.def.Name }),
	"__Field.description": of(func(f fieldRef, _ map[string]any) any { return orNil(f.def.Description) }),
	"__Field.args": of(func(f fieldRef, args map[string]any) any {
		return inputs(f.schema, f.def.Arguments, args)
	}),
	"__Field.type":              of(func(f fieldRef, _ map[string]any) any { return refer(f.schema, f.def.Type) }),
	"__Field.isDeprecated":      of(func(f fieldRef, _ map[string]any) any { return deprecated(f.def.Directives) }),
	"__Field.deprecationReason": of(func(f fieldRef, _ map[string]any) any { return reason(f.def.Directives) }),

	"__InputValue.name":              of(func(i input, _ map[string]any) any { return i.name }),
	"__InputValue.description":       of(func(i input, _ map[string]any) any { return orNil(i.text) }),
	"__InputValue.type":              of(func(i input, _ map[string]any) any { return refer(i.schema, i.typ) }),
	"__InputValue.isDeprecated":      of(func(i input, _ map[string]any) any { return deprecated(i.marks) }),
	"__InputValue.deprecationReason": of(func(i input, _ map[string]any) any { return reason(i.marks) }),
	"__InputValue.defaultValue": of(func(i input, _ map[string]any) any {
		if i.value == nil {
			return nil
		}
		return i.value.String()
	}),

	"__EnumValue.name":              of(func(v *ast.EnumValueDefinition, _ map[string]any) any { return v.Name }),
	"__EnumValue.description":       of(func(v *ast.EnumValueDefinition, _ map[string]any) any { return orNil(v.Description) }),
	"__EnumValue.isDeprecated":      of(func(v *ast.EnumValueDefinition, _ map[string]any) any { return deprecated(v.Directives) }),
	"__EnumValue.deprecationReason": of(func(v *ast.EnumValueDefinition, _ map[string]any) any { return reason(v.Directives) }),

	"__Directive.name":         of(func(d directiveRef, _ map[string]any) any { return d.def.Name }),
	"__Directive.description":  of(func(d directiveRef, _ map[string]any) any { return orNil(d.def.Description) }),
	"__Directive.isRepeatable": of(func(d directiveRef, _ map[string]any) any { return d.def.IsRepeatable }),
	"__Directive.args": of(func(d directiveRef, args map[string]any) any {
		return inputs(d.schema, d.def.Arguments, args)
	}),
	"__Directive.locations": of(func(d directiveRef, _ map[string]any) any {
		out := make([]any, 0, len(d.def.Locations))
		for _, l := range d.def.Locations {
			out = append(out, string(l))
		}
		return out
	}),
}

func directives(s *ast.Schema, _ map[string]any) any {
	names := make([]string, 0, len(s.Directives))
	for name := range s.Directives {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []any
	for _, name := range names {
		out = append(out, directiveRef{schema: s, def: s.Directives[name]})
	}
	return out
}

func sortedTypes(s *ast.Schema) []string {
	names := make([]string, 0, len(s.Types))
	for name := range s.Types {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func definition(s *ast.Schema, def *ast.Definition) any {
	if def == nil {
		return nil
	}
	return typeRef{schema: s, def: def}
}

// refer shows a type as it is used.
func refer(s *ast.Schema, t *ast.Type) any {
	if !t.NonNull && t.Elem == nil {
		return typeRef{schema: s, def: s.Types[t.NamedType]}
	}
	return typeRef{schema: s, around: t}
}

func (t typeRef) kind() string {
	switch {
	case t.around == nil:
		return string(t.def.Kind)
	case t.around.NonNull:
		return "NON_NULL"
	}
	return "LIST"
}

func (t typeRef) named(value func(*ast.Definition) any) any {
	if t.around != nil {
		return nil
	}
	return value(t.def)
}

func (t typeRef) inner() any {
	switch {
	case t.around == nil:
		return nil
	case t.around.NonNull:
		nullable := *t.around
		nullable.NonNull = false
		return refer(t.schema, &nullable)
	}
	return refer(t.schema, t.around.Elem)
}

func (t typeRef) fields(args map[string]any) any {
	if t.around != nil || t.def.Kind != ast.Object && t.def.Kind != ast.Interface {
		return nil
	}
	out := []any{}
	for _, f := range t.def.Fields {
		if !strings.HasPrefix(f.Name, "__") && shown(f.Directives, args) {
			out = append(out, fieldRef{schema: t.schema, def: f})
		}
	}
	return out
}

func (t typeRef) interfaces() any {
	if t.around != nil || t.def.Kind != ast.Object && t.def.Kind != ast.Interface {
		return nil
	}
	out := []any{}
	for _, name := range t.def.Interfaces {
		out = append(out, typeRef{schema: t.schema, def: t.schema.Types[name]})
	}
	return out
}

func (t typeRef) possible() any {
	if t.around != nil || t.def.Kind != ast.Interface && t.def.Kind != ast.Union {
		return nil
	}
	defs := slices.DeleteFunc(slices.Clone(t.schema.PossibleTypes[t.def.Name]), func(d *ast.Definition) bool {
		return d.Kind != ast.Object // interfaces that implement an interface are listed, too
	})
	slices.SortFunc(defs, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	out := []any{}
	for _, def := range defs {
		out = append(out, typeRef{schema: t.schema, def: def})
	}
	return out
}

func (t typeRef) enumValues(args map[string]any) any {
	if t.around != nil || t.def.Kind != ast.Enum {
		return nil
	}
	out := []any{}
	for _, v := range t.def.EnumValues {
		if shown(v.Directives, args) {
			out = append(out, v)
		}
	}
	return out
}

func (t typeRef) inputFields(args map[string]any) any {
	if t.around != nil || t.def.Kind != ast.InputObject {
		return nil
	}
	out := []any{}
	for _, f := range t.def.Fields {
		if shown(f.Directives, args) {
			out = append(out, input{
				schema: t.schema, name: f.Name, text: f.Description,
				typ: f.Type, value: f.DefaultValue, marks: f.Directives,
			})
		}
	}
	return out
}

func inputs(s *ast.Schema, list ast.ArgumentDefinitionList, args map[string]any) any {
	out := []any{}
	for _, a := range list {
		if shown(a.Directives, args) {
			out = append(out, input{
				schema: s, name: a.Name, text: a.Description,
				typ: a.Type, value: a.DefaultValue, marks: a.Directives,
			})
		}
	}
	return out
}

// shown reports whether something may be listed, given includeDeprecated.
func shown(marks ast.DirectiveList, args map[string]any) bool {
	all, _ := args["includeDeprecated"].(bool)
	return all || !deprecated(marks)
}

func deprecated(marks ast.DirectiveList) bool { return marks.ForName("deprecated") != nil }

func reason(marks ast.DirectiveList) any {
	d := marks.ForName("deprecated")
	if d == nil {
		return nil
	}
	if a := d.Arguments.ForName("reason"); a != nil {
		return a.Value.Raw
	}
	return "No longer supported"
}

func specifiedBy(def *ast.Definition) any {
	if d := def.Directives.ForName("specifiedBy"); d != nil {
		if a := d.Arguments.ForName("url"); a != nil {
			return a.Value.Raw
		}
	}
	return nil
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}
