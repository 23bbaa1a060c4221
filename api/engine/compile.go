package engine

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/vektah/gqlparser/v2/ast"
)

// Plan is an operation compiled for one role and one choice of its @skip and
// @include variables. It is immutable.
type Plan struct {
	op       *Operation
	root     *selection
	fields   int      // all fields of the plan, which are numbered from 0
	keys     []string // their response keys
	reveals  bool
	volatile bool
	runs     sync.Pool    // of *run
	size     atomic.Int64 // of the last answer, to allocate the next
}

// Reveals reports whether the plan shows something that most roles may not
// see.
func (p *Plan) Reveals() bool { return p.reveals }

// Volatile reports whether the answer depends on more than the data, the role
// and the variables, such as the time.
func (p *Plan) Volatile() bool { return p.volatile }

// selection is what is selected of one object type.
type selection struct {
	object string
	fields []*field
	fault  error // of a condition that is null; the object fails then
}

// field is one field of a selection.
type field struct {
	number   int
	key      string // the response key
	label    []byte // the response key as JSON with its colon, and the comma before it
	name     string
	object   string
	place    Location
	typ      *output
	way      way
	access   Access
	treat    func(call, source any) Treatment // nil shows
	constant []byte                           // the whole value, for __typename
	def      *ast.FieldDefinition
	given    ast.ArgumentList
	fixed    map[string]any // the arguments, when no variable is in them
	one      *selection     // what is selected, when the type is an object
	many     []*selection   // what is selected of each object type, when it is abstract
}

// output is the type of a field, resolved.
type output struct {
	text     string // as the schema writes it
	nonNull  bool
	elem     *output // for a list
	name     string
	abstract bool
	write    func(buf []byte, value any) ([]byte, error) // for a leaf
}

// maxPlans is the most plans that are cached for one operation. Further plans are
// made and not cached.
const maxPlans = 32

// planCache caches the plans of an operation by role and the values of its
// conditions.
type planCache struct {
	mu    sync.Mutex
	plans map[string]*Plan
}

// Plan returns the plan for a role and the given coerced variables.
func (o *Operation) Plan(role string, vars map[string]any) (*Plan, []*Error) {
	var shape [32]byte
	key := append(append(shape[:0], role...), 0)
	for _, name := range o.shape {
		switch on, known := condition(vars, name); {
		case !known:
			key = append(key, 'n')
		case on:
			key = append(key, '1')
		default:
			key = append(key, '0')
		}
	}
	o.plans.mu.Lock()
	p := o.plans.plans[string(key)]
	o.plans.mu.Unlock()
	if p != nil {
		return p, nil
	}
	p, errs := o.compile(role, vars)
	if errs != nil {
		return nil, errs
	}
	o.plans.mu.Lock()
	defer o.plans.mu.Unlock()
	if o.plans.plans == nil {
		o.plans.plans = map[string]*Plan{}
	}
	if len(o.plans.plans) < maxPlans {
		o.plans.plans[string(key)] = p
	}
	return p, nil
}

// condition is the value of a variable of @skip and @include; known is false for null.
func condition(vars map[string]any, name string) (on, known bool) {
	value := vars[name]
	on, _ = value.(bool)
	return on, value != nil
}

// compiler makes one plan.
type compiler struct {
	collector
	role     string
	next     int
	keys     []string
	reveals  bool
	volatile bool
	errs     []*Error
}

func (o *Operation) compile(role string, vars map[string]any) (*Plan, []*Error) {
	c := &compiler{role: role, collector: collector{
		engine:   o.engine,
		on:       func(variable string) (bool, bool) { return condition(vars, variable) },
		fragment: func(spread *ast.FragmentSpread) *ast.FragmentDefinition { return spread.Definition },
	}}
	root := o.engine.root(o.def.Operation)
	p := &Plan{op: o, root: c.selection(root, []ast.SelectionSet{o.def.SelectionSet})}
	p.fields, p.keys, p.reveals, p.volatile = c.next, c.keys, c.reveals, c.volatile
	if len(c.errs) > 0 {
		return nil, c.errs
	}
	return p, nil
}

// selection compiles what the sets select of an object type.
func (c *compiler) selection(object *ast.Definition, sets []ast.SelectionSet) *selection {
	found, fault := c.collect(object, sets)
	out := &selection{object: object.Name, fields: make([]*field, 0, len(found)), fault: fault}
	for i, from := range found {
		f := c.field(object, from)
		if i > 0 {
			f.label = append([]byte{','}, f.label...)
		}
		out.fields = append(out.fields, f)
	}
	return out
}

func (c *compiler) field(object *ast.Definition, from *collected) *field {
	first := from.fields[0]
	f := &field{
		number: c.next, key: from.key, name: first.Name, object: object.Name,
		label: append(AppendString(nil, from.key), ':'), given: first.Arguments, def: first.Definition,
	}
	c.next++
	c.keys = append(c.keys, from.key)
	if first.Position != nil {
		f.place = Location{Line: first.Position.Line, Column: first.Position.Column}
	}
	if first.Name == "__typename" {
		f.way, f.constant = byConstant, AppendString(nil, object.Name)
		return f
	}
	f.def = object.Fields.ForName(first.Name)
	f.typ = c.output(f.def.Type)
	c.serve(f)
	c.arguments(f)
	c.below(f, from)
	return f
}

// arguments computes the arguments of a field now when no variable is in them.
func (c *compiler) arguments(f *field) {
	if len(f.def.Arguments) == 0 {
		return
	}
	for _, a := range f.given {
		if hasVariable(a.Value) {
			return
		}
	}
	fixed, err := c.engine.arguments(f, nil)
	if err != nil {
		c.errs = append(c.errs, say(err, f.place))
		return
	}
	f.fixed = fixed
}

// below compiles what is selected below a field.
func (c *compiler) below(f *field, from *collected) {
	named := f.typ
	for named.elem != nil {
		named = named.elem
	}
	if named.write != nil {
		return
	}
	sets := selectionsOf(from.fields)
	def := c.engine.schema.Types[named.name]
	if !named.abstract {
		f.one = c.selection(def, sets)
		return
	}
	for _, possible := range c.engine.schema.PossibleTypes[named.name] {
		if possible.Kind == ast.Object { // interfaces that implement an interface are listed, too
			f.many = append(f.many, c.selection(possible, sets))
		}
	}
}

func (c *compiler) output(t *ast.Type) *output {
	out := &output{text: t.String(), nonNull: t.NonNull}
	if t.Elem != nil {
		out.elem = c.output(t.Elem)
		return out
	}
	out.name = t.NamedType
	def := c.engine.schema.Types[t.NamedType]
	switch def.Kind {
	case ast.Enum:
		out.write = c.engine.enumWriter(def)
	case ast.Scalar:
		s, _ := c.engine.scalar(t.NamedType)
		out.write = s.Write
	case ast.Interface, ast.Union:
		out.abstract = true
	}
	return out
}

// conditions lists the variables that decide what an operation selects.
func conditions(set ast.SelectionSet) []string {
	var names []string
	seen := map[*ast.FragmentDefinition]bool{}
	note := func(directives ast.DirectiveList) {
		for _, d := range directives {
			if arg := d.Arguments.ForName("if"); arg != nil && arg.Value.Kind == ast.Variable {
				names = append(names, arg.Value.Raw)
			}
		}
	}
	for sets := []ast.SelectionSet{set}; len(sets) > 0; {
		last := sets[len(sets)-1]
		sets = sets[:len(sets)-1]
		for _, s := range last {
			switch s := s.(type) {
			case *ast.Field:
				note(s.Directives)
				sets = append(sets, s.SelectionSet)
			case *ast.InlineFragment:
				note(s.Directives)
				sets = append(sets, s.SelectionSet)
			case *ast.FragmentSpread:
				note(s.Directives)
				if !seen[s.Definition] {
					seen[s.Definition] = true
					sets = append(sets, s.Definition.SelectionSet)
				}
			}
		}
	}
	slices.SortFunc(names, strings.Compare)
	return slices.Compact(names)
}

func hasVariable(v *ast.Value) bool {
	if v.Kind == ast.Variable {
		return true
	}
	return slices.ContainsFunc(v.Children, func(c *ast.ChildValue) bool { return hasVariable(c.Value) })
}
