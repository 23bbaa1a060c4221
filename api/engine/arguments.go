package engine

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// arguments returns the arguments of a field, the same for all of its rows.
func (r *run) arguments(f *field) (map[string]any, error) {
	if f.fixed != nil || len(f.def.Arguments) == 0 {
		return f.fixed, nil
	}
	if a := r.args[f.number]; a != nil {
		return a, nil
	}
	a, err := r.plan.op.engine.arguments(f, r.call.Variables)
	if err == nil {
		r.args[f.number] = a
	}
	return a, err
}

// arguments coerces the arguments of a field.
func (e *Engine) arguments(f *field, vars map[string]any) (map[string]any, error) {
	out := make(map[string]any, len(f.def.Arguments))
	for _, def := range f.def.Arguments {
		given := f.given.ForName(def.Name)
		if given != nil && given.Value.Kind == ast.Variable {
			if _, ok := vars[given.Value.Raw]; !ok {
				given = nil
			}
		}
		var got any
		var err error
		switch {
		case given != nil:
			got, err = e.literal(given.Value, def.Type, vars)
		case def.DefaultValue != nil:
			got, err = e.literal(def.DefaultValue, def.Type, nil)
		case def.Type.NonNull:
			err = fmt.Errorf("a value of type %s is required", def.Type)
		default:
			continue
		}
		if err != nil {
			return nil, &inputError{argument: def.Name, err: err}
		}
		out[def.Name] = got
	}
	return out, nil
}
