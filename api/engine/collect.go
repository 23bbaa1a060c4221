package engine

import "github.com/vektah/gqlparser/v2/ast"

// collected is one response key of a selection and the fields that share it.
type collected struct {
	key    string
	fields []*ast.Field
}

// collector collects the fields that an operation selects of an object type.
type collector struct {
	engine *Engine
	// on is the value of a variable of @skip and @include.
	on func(variable string) bool
	// fragment finds the fragment of a spread, nil if there is none.
	fragment func(spread *ast.FragmentSpread) *ast.FragmentDefinition
	// more is called before each selection; false ends the search. It may be nil.
	more func() bool
}

// collect returns what the sets select of an object type by response key, in the
// order in which the keys first appear.
func (c *collector) collect(object *ast.Definition, sets []ast.SelectionSet) []*collected {
	var found []*collected
	at := map[string]*collected{}
	var visit func(set ast.SelectionSet)
	visit = func(set ast.SelectionSet) {
		for _, s := range set {
			if c.more != nil && !c.more() {
				return
			}
			switch s := s.(type) {
			case *ast.Field:
				if !included(s.Directives, c.on) {
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
				if included(s.Directives, c.on) && c.engine.applies(s.TypeCondition, object) {
					visit(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				f := c.fragment(s)
				if f != nil && included(s.Directives, c.on) && c.engine.applies(f.TypeCondition, object) {
					visit(f.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		visit(set)
	}
	return found
}

// included evaluates @skip and @include; on is the value of a variable.
func included(directives ast.DirectiveList, on func(variable string) bool) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		arg := d.Arguments.ForName("if")
		if arg == nil {
			continue
		}
		yes := arg.Value.Raw == "true"
		if arg.Value.Kind == ast.Variable {
			yes = on(arg.Value.Raw)
		}
		if yes == (d.Name == "skip") {
			return false
		}
	}
	return true
}

// selectionsOf are the selection sets of fields that share one response key.
func selectionsOf(same []*ast.Field) []ast.SelectionSet {
	sets := make([]ast.SelectionSet, 0, len(same))
	for _, f := range same {
		sets = append(sets, f.SelectionSet)
	}
	return sets
}
