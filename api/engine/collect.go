package engine

import (
	"liantu/message"

	"github.com/vektah/gqlparser/v2/ast"
)

// collected is one response key of a selection and the fields that share it.
type collected struct {
	key    string
	fields []*ast.Field
}

// collector collects the fields that an operation selects of an object type.
type collector struct {
	engine *Engine
	// on is the value of a variable of @skip and @include; known is false for null,
	// which no condition may be.
	on func(variable string) (on, known bool)
	// fragment finds the fragment of a spread, nil if there is none.
	fragment func(spread *ast.FragmentSpread) *ast.FragmentDefinition
	// more is called before each selection; false ends the search. It may be nil.
	more func() bool
}

// collect returns what the sets select of an object type by response key, in the
// order in which the keys first appear. The error is that of a condition which is
// null: nothing is selected then.
func (c *collector) collect(object *ast.Definition, sets []ast.SelectionSet) ([]*collected, error) {
	var found []*collected
	var fault error
	at := map[string]*collected{}
	takes := func(directives ast.DirectiveList) bool {
		yes, err := included(directives, c.on)
		if err != nil && fault == nil {
			fault = err
		}
		return yes
	}
	var visit func(set ast.SelectionSet)
	visit = func(set ast.SelectionSet) {
		for _, s := range set {
			if fault != nil || c.more != nil && !c.more() {
				return
			}
			switch s := s.(type) {
			case *ast.Field:
				if !takes(s.Directives) {
					continue
				}
				one := at[s.Alias]
				if one == nil {
					one = &collected{key: s.Alias}
					at[s.Alias] = one
					found = append(found, one)
				}
				one.fields = append(one.fields, s)
			case *ast.InlineFragment:
				if takes(s.Directives) && c.engine.applies(s.TypeCondition, object) {
					visit(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				f := c.fragment(s)
				if f != nil && takes(s.Directives) && c.engine.applies(f.TypeCondition, object) {
					visit(f.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		visit(set)
	}
	if fault != nil {
		return nil, fault
	}
	return found, nil
}

// included evaluates @skip, and then @include where that leaves the selection in; on is
// the value of a variable.
func included(directives ast.DirectiveList, on func(variable string) (on, known bool)) (bool, error) {
	for _, name := range [...]string{"skip", "include"} {
		d := directives.ForName(name)
		if d == nil {
			continue
		}
		arg := d.Arguments.ForName("if")
		if arg == nil {
			continue
		}
		yes := arg.Value.Raw == "true"
		if arg.Value.Kind == ast.Variable {
			var known bool
			if yes, known = on(arg.Value.Raw); !known {
				return false, &inputError{argument: "if", place: placeOf(arg.Value.Position), err: errNullCondition}
			}
		}
		if yes == (name == "skip") {
			return false, nil
		}
	}
	return true, nil
}

// errNullCondition is the error of a condition that is null, by a variable whose
// type has null and whose default has not.
var errNullCondition = message.Errorf("null is not allowed for type %s", "Boolean!")

// selectionsOf are the selection sets of fields that share one response key.
func selectionsOf(same []*ast.Field) []ast.SelectionSet {
	sets := make([]ast.SelectionSet, 0, len(same))
	for _, f := range same {
		sets = append(sets, f.SelectionSet)
	}
	return sets
}
