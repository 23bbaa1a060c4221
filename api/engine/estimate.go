package engine

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxEstimated is the most selections that are visited for one estimate. The
// estimate of a document that needs more is infinite.
const maxEstimated = 50_000

// Estimate returns the most that the operation with the given name can write, as
// [Plan.Cost] does, but before the document is validated and from variables as they
// were sent. A field that does not fit the schema counts as one value: the
// validation refuses it later. The estimate of a valid operation with valid
// variables is its cost.
func (d *Document) Estimate(name string, vars map[string]any, sizes Sizes) Cost {
	def, fault := choose(d.doc, name)
	if fault != nil {
		return Cost{}
	}
	p := &estimator{op: def, vars: vars, sizes: sizes}
	p.collector = collector{engine: d.engine, on: p.on, more: p.more, fragment: func(spread *ast.FragmentSpread) *ast.FragmentDefinition {
		return d.doc.Fragments.ForName(spread.Name)
	}}
	root := d.engine.root(def.Operation)
	if root == nil {
		return Cost{}
	}
	c := p.selection(root, []ast.SelectionSet{def.SelectionSet}, false)
	if p.seen > maxEstimated {
		return Cost{Values: math.MaxFloat32, Nodes: math.MaxFloat32, Schema: math.MaxFloat32, Work: math.MaxFloat32}
	}
	return c
}

// estimator estimates one operation.
type estimator struct {
	collector
	op    *ast.OperationDefinition
	vars  map[string]any
	sizes Sizes
	seen  int // selections visited
}

// more counts the selections that are visited, and reports whether to go on.
func (p *estimator) more() bool {
	p.seen++
	return p.seen <= maxEstimated
}

// selection estimates what the sets select of an object type; ofPage means that its
// lists have been counted.
func (p *estimator) selection(object *ast.Definition, sets []ast.SelectionSet, ofPage bool) Cost {
	var total Cost
	found, err := p.collect(object, sets)
	if err != nil {
		return total // the object fails before it has any field
	}
	for _, from := range found {
		total = total.plus(p.field(object, from.fields, ofPage))
	}
	return total
}

// field estimates the fields that share one response key.
func (p *estimator) field(object *ast.Definition, same []*ast.Field, ofPage bool) Cost {
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
	size, sets := n, selectionsOf(same)
	var below Cost
	if paged && !p.rows(inner, sets) {
		n, paged = 0, false
	}
	if inner.IsAbstractType() {
		for _, possible := range p.engine.schema.PossibleTypes[inner.Name] {
			below = below.largest(p.selection(possible, sets, paged))
		}
	} else {
		below = p.selection(inner, sets, paged)
	}
	cost := below.inside(object.Name, def, n, paged, ofPage, p.sizes)
	if size != n { // a page without rows has a size, too
		cost = cost.plus(pageSize(size))
	}
	work := p.sizes.workOf(object.Name, def.Name)
	if work == nil {
		return cost
	}
	return cost.plus(work.cost(func(name string) int { return p.items(def, same[0], name) }))
}

// rows reports whether anything is selected of the rows of a page. What cannot be known is
// taken to be so.
func (p *estimator) rows(page *ast.Definition, sets []ast.SelectionSet) bool {
	if page.IsAbstractType() {
		return true
	}
	found, err := p.collect(page, sets)
	return err != nil || p.sizes.Rows == nil || slices.ContainsFunc(found, func(c *collected) bool { return p.sizes.Rows(c.fields[0].Name) })
}

// items returns how many items an argument of a field has: 0 if it is not given or null, 1
// if it is no list.
func (p *estimator) items(def *ast.FieldDefinition, f *ast.Field, name string) int {
	sent, literal := p.argument(def.Arguments.ForName(name), f, name)
	list, _ := sent.([]any)
	switch {
	case sent == nil && (literal == nil || literal.Kind == ast.NullValue):
		return 0
	case literal != nil && literal.Kind == ast.ListValue:
		return max(1, len(literal.Children))
	}
	return max(1, len(list))
}

// page returns the size of the page that a field asks for, and false for a
// field without pages.
func (p *estimator) page(def *ast.FieldDefinition, f *ast.Field) (float64, bool) {
	declared := def.Arguments.ForName(p.sizes.Page)
	if p.sizes.Page == "" || declared == nil {
		return 0, false
	}
	sent, literal := p.argument(declared, f, p.sizes.Page)
	if literal != nil && literal.Kind == ast.IntValue {
		sent = json.Number(literal.Raw)
	}
	return p.sizes.pageOf(number(sent)), true
}

// argument finds the value of an argument, which may be declared or not: as it was
// sent for a variable, else as a literal of the document or of the schema. Both are
// nil where there is none.
func (p *estimator) argument(declared *ast.ArgumentDefinition, f *ast.Field, name string) (sent any, literal *ast.Value) {
	if declared != nil {
		literal = declared.DefaultValue
	}
	given := f.Arguments.ForName(name)
	switch {
	case given == nil:
	case given.Value.Kind != ast.Variable:
		literal = given.Value
	default:
		if sent, ok := p.vars[given.Value.Raw]; ok {
			return sent, nil
		}
		if v := p.op.VariableDefinitions.ForName(given.Value.Raw); v != nil && v.DefaultValue != nil {
			literal = v.DefaultValue
		}
	}
	return nil, literal
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

// on is the value of a variable of @skip and @include as it was sent; known is false
// for null.
func (p *estimator) on(variable string) (on, known bool) {
	sent, ok := p.vars[variable]
	on, _ = sent.(bool)
	if v := p.op.VariableDefinitions.ForName(variable); !ok && v != nil && v.DefaultValue != nil {
		on = v.DefaultValue.Raw == "true"
	}
	return on, !ok || sent != nil
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

// applies reports whether a fragment on a type applies to an object type.
func (e *Engine) applies(condition string, object *ast.Definition) bool {
	if condition == "" || condition == object.Name {
		return true
	}
	return slices.ContainsFunc(e.schema.PossibleTypes[condition], func(d *ast.Definition) bool {
		return d.Name == object.Name
	})
}
