package engine

import "github.com/vektah/gqlparser/v2/ast"

// Introspects reports whether the operation asks for the schema itself.
func (o *Operation) Introspects() bool {
	seen := map[*ast.FragmentDefinition]bool{}
	for sets := []ast.SelectionSet{o.def.SelectionSet}; len(sets) > 0; {
		last := sets[len(sets)-1]
		sets = sets[:len(sets)-1]
		for _, s := range last {
			switch s := s.(type) {
			case *ast.Field:
				if s.Name == "__schema" || s.Name == "__type" {
					return true
				}
			case *ast.InlineFragment:
				sets = append(sets, s.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[s.Definition] {
					seen[s.Definition] = true
					sets = append(sets, s.Definition.SelectionSet)
				}
			}
		}
	}
	return false
}
