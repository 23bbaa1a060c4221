// Package export turns a query for a list into a query for one page of it, and what the
// pages hold into lines of JSON or rows of CSV. It executes nothing: package api asks for
// the pages, by the rules for every request.
//
// Only package api may import export.
package export

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"liantu/api/fault"
)

// The variables of a page.
const (
	First = "exportFirst"
	After = "exportAfter"
)

// Source is a list that a query leads to.
type Source struct {
	Document string   // asks for one page, by the variables First and After
	Kind     string   // the type of the nodes
	Fields   []string // that it reads, as in Company.name

	path    []string // the names in the answer that lead to the list
	list    string   // nodes or edges
	columns []column
	kinds   []string // of the fields of the rows themselves
	nested  string   // the first column that is a list of objects, "" for none
}

// Of reads a document, whose operation must be valid: it has one field at its root, which
// is a list in pages or leads to one by fields that stand alone, and of the list it selects
// either nodes or edges and nothing else.
func Of(schema *ast.Schema, document, operation string) (*Source, *fault.RefusalError) {
	doc, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		return nil, fault.Refuse(fault.CodeParse, "the document cannot be read")
	}
	if list := validator.ValidateWithRules(schema, doc, nil); len(list) > 0 { // which also notes the type of each field
		return nil, fault.Refuse(fault.CodeValidation, "the document does not fit the schema")
	}
	op := doc.Operations.ForName(operation)
	if operation == "" && len(doc.Operations) == 1 {
		op = doc.Operations[0]
	}
	if op == nil {
		return nil, fault.Refuse(fault.CodeRequest, "operationName must say which operation to export")
	}
	s := new(Source)
	list, f := s.follow(schema, op.SelectionSet)
	if f != nil {
		return nil, f
	}
	rows, f := s.rowsOf(list)
	if f != nil {
		return nil, f
	}
	s.collect(rows.SelectionSet, nil)
	s.narrow(schema)
	askPage(op, list)
	doc.Operations = ast.OperationList{op}
	doc.Fragments = slices.DeleteFunc(doc.Fragments, func(f *ast.FragmentDefinition) bool { return !spreads(doc, op.SelectionSet, f.Name) })
	var text strings.Builder
	formatter.NewFormatter(&text, formatter.WithIndent("")).FormatQueryDocument(doc)
	s.Document = text.String()
	return s, nil
}

// alone returns the one field of a selection, nil where it is not just one field without
// directives.
func alone(set ast.SelectionSet) *ast.Field {
	if len(set) != 1 {
		return nil
	}
	f, ok := set[0].(*ast.Field)
	if !ok || len(f.Directives) > 0 {
		return nil
	}
	return f
}

// follow finds the list that a selection leads to.
func (s *Source) follow(schema *ast.Schema, set ast.SelectionSet) (*ast.Field, *fault.RefusalError) {
	for f := alone(set); f != nil; f = alone(f.SelectionSet) {
		s.path = append(s.path, f.Alias)
		of := schema.Types[f.Definition.Type.Name()]
		if f.Definition.Type.Elem != nil || of == nil {
			break
		}
		if f.Definition.Arguments.ForName("first") == nil || of.Fields.ForName("pageInfo") == nil {
			continue
		}
		for _, name := range []string{"first", "after"} {
			if f.Arguments.ForName(name) != nil {
				return nil, fault.Refuse(fault.CodeInput, "an export asks for all pages; leave out the argument %q", name)
			}
		}
		return f, nil
	}
	return nil, fault.Refuse(fault.CodeInput, "an export takes a query that leads to one list in pages, as in { companies: nodes(kind: Company) { nodes { id } } }")
}

// rowsOf finds the rows of a list.
func (s *Source) rowsOf(list *ast.Field) (*ast.Field, *fault.RefusalError) {
	rows := alone(list.SelectionSet)
	if rows == nil || rows.Name != "nodes" && rows.Name != "edges" {
		return nil, fault.Refuse(fault.CodeInput, "an export takes either nodes or edges of %q, and nothing else of it", list.Name)
	}
	rows.Alias, s.list, s.Kind = rows.Name, rows.Name, rows.Definition.Type.Name()
	if rows.Name == "edges" {
		s.Kind = strings.TrimSuffix(s.Kind, "Edge")
	}
	return rows, nil
}

// narrow names the kind of the rows where the list is of any kind and only fields of one are
// selected.
func (s *Source) narrow(schema *ast.Schema) {
	if of := schema.Types[s.Kind]; of == nil || !of.IsAbstractType() {
		return
	}
	if len(s.kinds) == 1 {
		s.Kind = s.kinds[0]
	}
}

// askPage makes a list ask for one page, and for what follows it.
func askPage(op *ast.OperationDefinition, list *ast.Field) {
	for _, v := range []struct{ variable, argument, of string }{{First, "first", "Int"}, {After, "after", "String"}} {
		op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: v.variable, Type: ast.NamedType(v.of, nil)})
		list.Arguments = append(list.Arguments, &ast.Argument{Name: v.argument, Value: &ast.Value{Raw: v.variable, Kind: ast.Variable}})
	}
	field := func(name string, below ...ast.Selection) *ast.Field {
		return &ast.Field{Alias: name, Name: name, SelectionSet: below}
	}
	list.SelectionSet = append(list.SelectionSet, field("pageInfo", field("hasNextPage"), field("endCursor")), field("totalCount"))
}

// spreads reports whether a selection contains a fragment, by others or by itself.
func spreads(doc *ast.QueryDocument, set ast.SelectionSet, name string) bool {
	return slices.ContainsFunc(set, func(sel ast.Selection) bool {
		switch sel := sel.(type) {
		case *ast.Field:
			return spreads(doc, sel.SelectionSet, name)
		case *ast.InlineFragment:
			return spreads(doc, sel.SelectionSet, name)
		case *ast.FragmentSpread:
			return sel.Name == name || spreads(doc, sel.Definition.SelectionSet, name)
		}
		return false
	})
}

// Page is what an answer holds of a list.
type Page struct {
	Rows  []json.RawMessage
	Total *int   // of all pages, nil where it is not disclosed
	More  bool   // whether others follow
	After string // the cursor of the next one
}

// Read reads the data of the answer to the document. A list that is null has no rows.
func (s *Source) Read(data []byte) (Page, error) {
	for _, name := range s.path {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(data, &object); err != nil {
			return Page{}, err
		}
		data = object[name]
		if data == nil || string(data) == "null" {
			return Page{}, nil
		}
	}
	var list struct {
		Nodes, Edges []json.RawMessage
		TotalCount   *int
		PageInfo     struct {
			HasNextPage bool
			EndCursor   string
		}
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return Page{}, err
	}
	rows := list.Nodes
	if s.list == "edges" {
		rows = list.Edges
	}
	return Page{Rows: rows, Total: list.TotalCount, More: list.PageInfo.HasNextPage, After: list.PageInfo.EndCursor}, nil
}
