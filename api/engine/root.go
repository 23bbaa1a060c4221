package engine

import "liantu/message"

// ErrRoots says that a subscription has another number of root fields than one.
var ErrRoots = message.Errorf("a subscription has exactly one field at its root")

// RootArguments returns the coerced arguments of the one field at the root of a
// subscription; [ErrRoots] if there is another number of fields, whatever their
// names. The error of an argument that does not fit is an [Error] with its path.
func (p *Plan) RootArguments(vars map[string]any) (map[string]any, error) {
	if p.root.fault != nil {
		return nil, placed(p.root.fault, Location{})
	}
	if n := len(p.root.fields); n != 1 {
		return nil, message.Errorf("%w; this one has %d", ErrRoots, n)
	}
	f := p.root.fields[0]
	if f.fixed != nil || f.constant != nil {
		return f.fixed, nil
	}
	args, err := p.op.engine.arguments(f, vars)
	if err != nil {
		e := placed(err, f.place)
		e.Path, e.Field = []any{f.key}, f.object+"."+f.name
		return nil, e
	}
	return args, nil
}

// RefusesRoot reports whether the role that a plan was made for may not ask any field at
// its root.
func (p *Plan) RefusesRoot() bool {
	for _, f := range p.root.fields {
		if f.way == byRefusal {
			return true
		}
	}
	return false
}
