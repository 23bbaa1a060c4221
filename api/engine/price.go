package engine

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxPriced bounds the selections that are looked at for one price. A document
// that needs more is priced as endless.
const maxPriced = 50_000

// Price bounds what the operation with the given name can write, as
// [Plan.Cost] does, but before the document is validated and from variables as
// they were sent. What does not fit the schema counts one value: the
// validation refuses it later. The price of a valid operation with valid
// variables is its cost.
func (d *Document) Price(name string, vars map[string]any, sizes Sizes) Cost {
	def, fault := choose(d.doc, name)
	if fault != nil {
		return Cost{}
	}
	p := pricer{engine: d.engine, doc: d.doc, op: def, vars: vars, sizes: sizes}
	root := d.engine.root(def.Operation)
	if root == nil {
		return Cost{}
	}
	c := p.selection(root, []ast.SelectionSet{def.SelectionSet}, false)
	if p.seen > maxPriced {
		return Cost{Values: math.MaxFloat32, Nodes: math.MaxFloat32, Schema: math.MaxFloat32, Work: math.MaxFloat32}
	}
	return c
}

// pricer prices one operation.
type pricer struct {
	engine *Engine
	doc    *ast.QueryDocument
	op     *ast.OperationDefinition
	vars   map[string]any
	sizes  Sizes
	seen   int // selections looked at
}

// selection prices what the sets select of an object type; ofPage says that its
// lists have been counted.
func (p *pricer) selection(object *ast.Definition, sets []ast.SelectionSet, ofPage bool) Cost {
	var keys []string
	found := map[string][]*ast.Field{}
	var visit func(set ast.SelectionSet)
	visit = func(set ast.SelectionSet) {
		for _, s := range set {
			if p.seen++; p.seen > maxPriced {
				return
			}
			switch s := s.(type) {
			case *ast.Field:
				if p.included(s.Directives) {
					if found[s.Alias] == nil {
						keys = append(keys, s.Alias)
					}
					found[s.Alias] = append(found[s.Alias], s)
				}
			case *ast.InlineFragment:
				if p.included(s.Directives) && p.engine.applies(s.TypeCondition, object) {
					visit(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				f := p.doc.Fragments.ForName(s.Name)
				if f != nil && p.included(s.Directives) && p.engine.applies(f.TypeCondition, object) {
					visit(f.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		visit(set)
	}
	var total Cost
	for _, key := range keys {
		total = total.plus(p.field(object, found[key], ofPage))
	}
	return total
}

// field prices the fields that share one response key.
func (p *pricer) field(object *ast.Definition, same []*ast.Field, ofPage bool) Cost {
	one := Cost{Values: 1}
	def := object.Fields.ForName(same[0].Name)
	if def == nil {
		return one
	}
	inner := p.engine.schema.Types[def.Type.Name()]
	if inner == nil || !inner.IsCompositeType() {
		return one
	}
	n, paged := p.page(def, same[0])
	sets := make([]ast.SelectionSet, 0, len(same))
	for _, f := range same {
		sets = append(sets, f.SelectionSet)
	}
	var below Cost
	if inner.IsAbstractType() {
		for _, possible := range p.engine.schema.PossibleTypes[inner.Name] {
			below = below.dearest(p.selection(possible, sets, paged))
		}
	} else {
		below = p.selection(inner, sets, paged)
	}
	cost := below.inside(object.Name, def, n, paged, ofPage, p.sizes)
	work := p.sizes.workOf(object.Name, def.Name)
	if work == nil {
		return cost
	}
	return cost.plus(work.cost(p.given(def, same[0], work.Argument)))
}

// given reports whether a field has an argument that is not null.
func (p *pricer) given(def *ast.FieldDefinition, f *ast.Field, name string) bool {
	var value *ast.Value
	if argument := def.Arguments.ForName(name); argument != nil {
		value = argument.DefaultValue
	}
	given := f.Arguments.ForName(name)
	switch {
	case given == nil:
	case given.Value.Kind != ast.Variable:
		value = given.Value
	default:
		if sent, ok := p.vars[given.Value.Raw]; ok {
			return sent != nil
		}
		if v := p.op.VariableDefinitions.ForName(given.Value.Raw); v != nil && v.DefaultValue != nil {
			value = v.DefaultValue
		}
	}
	return value != nil && value.Kind != ast.NullValue
}

// page returns the size of the page that a field asks for, and false for a
// field without pages.
func (p *pricer) page(def *ast.FieldDefinition, f *ast.Field) (float64, bool) {
	argument := def.Arguments.ForName(p.sizes.Page)
	if p.sizes.Page == "" || argument == nil {
		return 0, false
	}
	value := argument.DefaultValue
	if given := f.Arguments.ForName(p.sizes.Page); given != nil {
		value = given.Value
		if value.Kind == ast.Variable {
			sent, ok := p.vars[value.Raw]
			if ok {
				return p.sizes.pageOf(number(sent)), true
			}
			value = argument.DefaultValue
			if v := p.op.VariableDefinitions.ForName(given.Value.Raw); v != nil && v.DefaultValue != nil {
				value = v.DefaultValue
			}
		}
	}
	if value == nil || value.Kind != ast.IntValue {
		return p.sizes.pageOf(nil), true
	}
	return p.sizes.pageOf(number(json.Number(value.Raw))), true
}

// number returns a whole number as an int, and nil for everything else.
func number(v any) any {
	switch v := v.(type) {
	case int:
		return v
	case float64:
		return int(v)
	case json.Number:
		if n, err := strconv.Atoi(v.String()); err == nil {
			return n
		}
	}
	return nil
}

// included evaluates @skip and @include for variables as they were sent.
func (p *pricer) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		arg := d.Arguments.ForName("if")
		if arg == nil {
			continue
		}
		on := arg.Value.Raw == "true"
		if arg.Value.Kind == ast.Variable {
			sent, ok := p.vars[arg.Value.Raw]
			on, _ = sent.(bool)
			if v := p.op.VariableDefinitions.ForName(arg.Value.Raw); !ok && v != nil && v.DefaultValue != nil {
				on = v.DefaultValue.Raw == "true"
			}
		}
		if on == (d.Name == "skip") {
			return false
		}
	}
	return true
}

// root returns the type that an operation starts from, nil if there is none.
func (e *Engine) root(operation ast.Operation) *ast.Definition {
	switch operation {
	case ast.Mutation:
		return e.schema.Mutation
	case ast.Subscription:
		return e.schema.Subscription
	}
	return e.schema.Query
}

// applies reports whether a fragment on a type speaks of an object type.
func (e *Engine) applies(condition string, object *ast.Definition) bool {
	if condition == "" || condition == object.Name {
		return true
	}
	return slices.ContainsFunc(e.schema.PossibleTypes[condition], func(d *ast.Definition) bool {
		return d.Name == object.Name
	})
}
