package mcp

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	_ "github.com/vektah/gqlparser/v2/validator/rules" // documents are validated by all of them

	"liantu/message"
)

// form is what one value of an answer looks like. It follows from a document and the
// schema of the service, so that neither the schema of a tool's answers nor what is written
// by it can differ from what is asked for. Four rules make answers short:
//
//   - An object of which the document selects one field stands as the value of that field.
//   - A Text stands as its words in the language of the answer, and englishName is left out
//     of a Chinese answer.
//   - A list under the name why stands as its first element.
//   - The nodes of a list stand as rows, and its pageInfo as more, the cursor of the next
//     page where there is one.
//
// A brief answer leaves out what is null or an empty list besides.
type form struct {
	key       string // in the answer of the service
	name      string
	about     string // one short sentence
	nullable  bool   // null in a full answer, left out of a brief one
	sometimes bool   // not in every answer, whatever its value
	list      bool
	first     bool     // the first element stands for the list
	hollow    bool     // the elements of the list may be null
	kind      string   // of JSON; "" for an object
	words     bool     // a Text
	page      bool     // a pageInfo
	choices   []string // of an enum
	fields    []*form  // of an object
	only      bool     // its only field stands for the object
}

// numeric are the own scalars of the service that are numbers. All others are strings.
var numeric = []string{"Percent", "MoneyWan"}

// The names that the rules of [form] are about.
const (
	firstElement = "why"
	onlyEnglish  = "englishName"
	nextPage     = "more"
	rowsOfList   = "rows"
)

// question is a document with the form of its answers.
type question struct {
	text      string
	variables ast.VariableDefinitionList
	roots     []*form
}

// readSchema reads the schema of the service.
func readSchema(sdl string) (*ast.Schema, error) {
	schema, err := validator.LoadSchema(validator.Prelude, &ast.Source{Name: "schema.graphql", Input: sdl})
	if err != nil {
		return nil, message.Errorf("mcp: the schema of the service: %w", err)
	}
	return schema, nil
}

// readQuestion reads a document of the program.
func readQuestion(schema *ast.Schema, name string) (*question, error) {
	text, err := documents.ReadFile("documents/" + name + ".graphql")
	if err != nil {
		return nil, message.Errorf("mcp: %w", err)
	}
	document, err := parser.ParseQuery(&ast.Source{Name: name, Input: string(text)})
	if err != nil {
		return nil, message.Errorf("mcp: %w", err)
	}
	if errs := validator.ValidateWithRules(schema, document, nil); len(errs) > 0 {
		return nil, message.Errorf("mcp: %s: %w", name, errs)
	}
	operation := document.Operations[0]
	roots, err := formsOf(schema, schema.Query, operation.SelectionSet)
	if err != nil {
		return nil, message.Errorf("mcp: %s: %w", name, err)
	}
	return &question{text: string(text), variables: operation.VariableDefinitions, roots: roots}, nil
}

// formsOf returns the forms of what is selected of a type, in the order of the document.
func formsOf(schema *ast.Schema, on *ast.Definition, selected ast.SelectionSet) ([]*form, error) {
	var forms []*form
	for _, s := range selected {
		var more []*form
		var err error
		switch s := s.(type) {
		case *ast.Field:
			var f *form
			if f, err = formOf(schema, s); f != nil {
				f.sometimes = f.sometimes || conditional(s.Directives)
				more = []*form{f}
			}
		case *ast.InlineFragment:
			more, err = formsOfFragment(schema, on, s.TypeCondition, s.SelectionSet, conditional(s.Directives))
		case *ast.FragmentSpread:
			more, err = formsOfFragment(schema, on, s.Definition.TypeCondition, s.Definition.SelectionSet, conditional(s.Directives))
		}
		if err != nil {
			return nil, err
		}
		for _, f := range more {
			if i := slices.IndexFunc(forms, func(g *form) bool { return g.name == f.name }); i >= 0 {
				if len(f.fields) > 0 {
					return nil, message.Errorf("%q is selected twice", f.name)
				}
				forms[i].sometimes = forms[i].sometimes && f.sometimes
				continue
			}
			forms = append(forms, f)
		}
	}
	return forms, nil
}

// formsOfFragment returns the forms of a fragment on a type: those of one on another
// type are not in every answer.
func formsOfFragment(schema *ast.Schema, on *ast.Definition, condition string, selected ast.SelectionSet, sometimes bool) ([]*form, error) {
	target := on
	if condition != "" && condition != on.Name {
		target, sometimes = schema.Types[condition], true
	}
	forms, err := formsOf(schema, target, selected)
	for _, f := range forms {
		f.sometimes = f.sometimes || sometimes
	}
	return forms, err
}

// conditional reports whether a variable decides if something is in the answer.
func conditional(directives ast.DirectiveList) bool {
	return directives.ForName("include") != nil || directives.ForName("skip") != nil
}

// formOf returns the form of a field.
func formOf(schema *ast.Schema, field *ast.Field) (*form, error) {
	f := &form{key: field.Alias, name: field.Alias, about: inEnglish(field.Definition.Description), nullable: !field.Definition.Type.NonNull}
	if f.key == "nodes" {
		f.name = rowsOfList
	}
	typ := field.Definition.Type
	if typ.Elem != nil {
		f.list, f.first, f.hollow = true, f.name == firstElement, !typ.Elem.NonNull
		if typ = typ.Elem; typ.Elem != nil {
			return nil, message.Errorf("%q is a list of lists", f.name)
		}
	}
	definition := schema.Types[typ.NamedType]
	switch {
	case definition.Name == "Text":
		f.kind, f.words = "string", true
		return f, nil
	case definition.Name == "PageInfo":
		f.name, f.kind, f.page, f.sometimes = nextPage, "string", true, true
		f.about = "The next page is asked for by this as after."
		return f, nil
	case definition.Kind == ast.Enum:
		f.kind = "string"
		for _, value := range definition.EnumValues {
			f.choices = append(f.choices, value.Name)
		}
		return f, nil
	case definition.Kind == ast.Scalar:
		f.kind = kindOf(definition.Name)
		f.sometimes = f.name == onlyEnglish
		return f, nil
	}
	fields, err := formsOf(schema, definition, field.SelectionSet)
	if err != nil {
		return nil, err
	}
	f.fields, f.only = fields, len(fields) == 1
	return f, nil
}

// kindOf returns what a scalar is in JSON.
func kindOf(scalar string) string {
	switch scalar {
	case "Int":
		return "integer"
	case "Boolean":
		return "boolean"
	}
	if scalar == "Float" || slices.Contains(numeric, scalar) {
		return "number"
	}
	return "string"
}
