package engine

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"liantu/message"
)

// Document is a parsed document that has not been validated yet. Its cost can be
// estimated before it is validated.
type Document struct {
	engine *Engine
	doc    *ast.QueryDocument
}

// Read parses a document. Fragments that contain each other are refused here,
// without recursion, so that whatever follows may recurse.
func (e *Engine) Read(document string) (*Document, []*Error) {
	doc, err := parser.ParseQuery(&ast.Source{Name: "request", Input: document})
	if err != nil {
		return nil, faults(err)
	}
	if f := halfPair(document); f != nil {
		return nil, []*Error{f}
	}
	if f := cycle(doc); f != nil {
		return nil, []*Error{f}
	}
	return &Document{engine: e, doc: doc}, nil
}

// Names lists the names of the operations, "" for an anonymous one.
func (d *Document) Names() []string {
	names := make([]string, 0, len(d.doc.Operations))
	for _, def := range d.doc.Operations {
		names = append(names, def.Name)
	}
	return names
}

// Operation validates the document and returns the operation with the given
// name; the name may be empty where there is only one. It must be of one of the
// given kinds, of any where none is given. Everything that is wrong is returned as
// errors, in the order of their places.
func (d *Document) Operation(name string, kinds ...string) (*Operation, []*Error) {
	def, fault := choose(d.doc, name)
	if fault != nil {
		return nil, []*Error{fault}
	}
	op := &Operation{engine: d.engine, def: def}
	if fault := op.OneOf(kinds); fault != nil {
		return nil, []*Error{fault}
	}
	if list := validator.ValidateWithRules(d.engine.schema, d.doc, d.engine.rules); len(list) > 0 {
		return nil, faults(list)
	}
	if errs := d.engine.literals(d.doc); len(errs) > 0 {
		return nil, errs
	}
	op.shape = conditions(def.SelectionSet)
	return op, nil
}

// ruleCycle is the name of the rule in the specification.
const ruleCycle = "NoFragmentCycles"

// cycle finds fragments that contain each other. It repeatedly removes the
// fragments that spread no other one; what remains is a cycle or leads into one.
func cycle(doc *ast.QueryDocument) *Error {
	waits := make(map[string]int, len(doc.Fragments)) // spreads of fragments that are still there
	users := map[string][]string{}
	var free []string
	for _, f := range doc.Fragments {
		for _, spread := range spreads(f.SelectionSet) {
			if doc.Fragments.ForName(spread) != nil {
				waits[f.Name]++
				users[spread] = append(users[spread], f.Name)
			}
		}
		if waits[f.Name] == 0 {
			free = append(free, f.Name)
		}
	}
	for len(free) > 0 {
		last := free[len(free)-1]
		free = free[:len(free)-1]
		for _, user := range users[last] {
			if waits[user]--; waits[user] == 0 {
				free = append(free, user)
			}
		}
		delete(users, last)
	}
	for _, f := range doc.Fragments {
		if waits[f.Name] > 0 {
			e := say(message.Errorf("fragment %q contains itself, or one that does", f.Name))
			e.Rule = ruleCycle
			if f.Position != nil {
				e.Locations = []Location{{Line: f.Position.Line, Column: f.Position.Column}}
			}
			return e
		}
	}
	return nil
}

// spreads lists the fragments that a selection spreads at any depth, in no
// promised order.
func spreads(set ast.SelectionSet) []string {
	var names []string
	for sets := []ast.SelectionSet{set}; len(sets) > 0; {
		last := sets[len(sets)-1]
		sets = sets[:len(sets)-1]
		for _, s := range last {
			switch s := s.(type) {
			case *ast.Field:
				sets = append(sets, s.SelectionSet)
			case *ast.InlineFragment:
				sets = append(sets, s.SelectionSet)
			case *ast.FragmentSpread:
				names = append(names, s.Name)
			}
		}
	}
	return names
}
