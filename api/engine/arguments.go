package engine

import "github.com/vektah/gqlparser/v2/ast"

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
		var given *ast.Value
		var place Location
		if a := f.given.ForName(def.Name); a != nil {
			given, place = a.Value, placeOf(a.Value.Position)
		}
		got, ok, err := e.written(given, def.Type, def.DefaultValue, vars)
		if err != nil {
			return nil, &inputError{argument: def.Name, place: place, err: err}
		}
		if ok {
			out[def.Name] = got
		}
	}
	return out, nil
}

// placeOf converts a place of the parser.
func placeOf(p *ast.Position) Location {
	if p == nil {
		return Location{}
	}
	return Location{Line: p.Line, Column: p.Column}
}
