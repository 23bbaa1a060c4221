package engine

import (
	"math"

	"github.com/vektah/gqlparser/v2/ast"
)

// Cost is the most that a run can write.
type Cost struct {
	Values float64 // fields and list items
	Nodes  float64 // items of pages
	Schema float64 // fields and list items below an introspection
	Work   float64 // what is done before anything is written, in values
	Page   float64 // items of the largest page
	Less   float64 // items of the smallest page where that is below zero, else 0
}

// Sizes holds how long lists are taken to be, before there is an answer.
type Sizes struct {
	// Page is the name of the argument that limits a page; a field that has it
	// leads to an object whose lists hold the items of the page.
	Page string
	// Rows reports whether a field of that object holds the items of the page. A page of
	// which no such field is selected is one of no items; nil takes every field for one.
	Rows func(field string) bool
	// Default is the size of a page whose argument is null or invalid.
	Default int
	// List guesses the length of a list that has no pages.
	List func(object, field string) int
	// Work returns the work of a field before it writes anything, nil where that is
	// little. It may be nil itself.
	Work func(object, field string) *Work
}

// Work is the work of a field before it writes anything, in the values that could
// be written meanwhile.
type Work struct {
	Always   float64
	Argument string  // that adds work when it is given and not null
	More     float64 // that it adds
	Also     []Extra // what further arguments add
}

// Extra is the work that an argument adds when it is given and not null.
type Extra struct {
	Argument string
	More     float64
	Each     bool // for every item of a list instead of once
}

// cost is the work of a field, where items returns how many items an argument has: 0 if it
// is not given or null, 1 if it is no list.
func (w *Work) cost(items func(argument string) int) Cost {
	total := w.Always
	if w.Argument != "" && items(w.Argument) > 0 {
		total += w.More
	}
	for _, x := range w.Also {
		switch n := items(x.Argument); {
		case n > 0 && x.Each:
			total += x.More * float64(n)
		case n > 0:
			total += x.More
		}
	}
	return Cost{Work: total}
}

// Cost returns the most that a run with the given variables can write. It assumes
// full pages of the sizes that are asked for, whether or not there is so much.
// Where a type is abstract, the most expensive of its objects counts.
// A field whose arguments do not fit is one value: it fails when the plan runs.
func (p *Plan) Cost(vars map[string]any, sizes Sizes) Cost {
	w := weigher{plan: p, vars: vars, sizes: sizes}
	return w.selection(p.root, false)
}

type weigher struct {
	plan  *Plan
	vars  map[string]any
	sizes Sizes
}

func (c Cost) times(n float64) Cost {
	return Cost{c.Values * n, c.Nodes * n, c.Schema * n, c.Work * n, c.Page, c.Less}
}

func (c Cost) plus(d Cost) Cost {
	return Cost{
		math.Min(c.Values+d.Values, math.MaxFloat32), math.Min(c.Nodes+d.Nodes, math.MaxFloat32),
		math.Min(c.Schema+d.Schema, math.MaxFloat32), math.Min(c.Work+d.Work, math.MaxFloat32), math.Max(c.Page, d.Page), math.Min(c.Less, d.Less),
	}
}

// largest takes the larger of each.
func (c Cost) largest(d Cost) Cost {
	return Cost{
		math.Max(c.Values, d.Values), math.Max(c.Nodes, d.Nodes), math.Max(c.Schema, d.Schema),
		math.Max(c.Work, d.Work), math.Max(c.Page, d.Page), math.Min(c.Less, d.Less),
	}
}

// pageOf is the size of a page for the value of its argument, which may be below zero.
func (s Sizes) pageOf(value any) float64 {
	n, ok := value.(int)
	if !ok {
		n = s.Default
	}
	return float64(n)
}

// pageSize notes the size of a page, which may be refused for it whatever it costs.
func pageSize(n float64) Cost { return Cost{Page: math.Max(n, 0), Less: math.Min(n, 0)} }

// rows reports whether any of some fields holds the items of a page.
func (s *selection) rows(sizes *Sizes) bool {
	if sizes.Rows == nil {
		return true
	}
	for _, f := range s.fields {
		if sizes.Rows(f.name) {
			return true
		}
	}
	return false
}

func (s Sizes) workOf(object, field string) *Work {
	if s.Work == nil {
		return nil
	}
	return s.Work(object, field)
}

// inside is the cost of a field of an object type, where c is the cost of what is
// selected below one of its items: n items where it is paged, and as many as the
// sizes guess where it is a list without pages. Lists that are part of a page have
// been counted with it; what is selected beside the items of an empty page counts
// once.
func (c Cost) inside(object string, def *ast.FieldDefinition, n float64, paged, ofPage bool, sizes Sizes) Cost {
	switch {
	case paged:
		c = c.times(math.Max(n, 1)).plus(Cost{Nodes: math.Max(n, 0)}.plus(pageSize(n)))
	case def.Type.Elem != nil && !ofPage:
		c = c.times(float64(sizes.List(object, def.Name)))
	}
	if def.Name == "__schema" || def.Name == "__type" {
		return Cost{Values: 1, Schema: c.Values}
	}
	return c.plus(Cost{Values: 1})
}

// selection is the cost of a selection; ofPage means that its lists have been
// counted.
func (w *weigher) selection(s *selection, ofPage bool) Cost {
	var total Cost
	for _, f := range s.fields {
		total = total.plus(w.field(f, ofPage))
	}
	return total
}

func (w *weigher) field(f *field, ofPage bool) Cost {
	one := Cost{Values: 1}
	if f.way == byConstant || f.one == nil && f.many == nil {
		return one
	}
	var n float64
	paged := w.sizes.Page != "" && f.def.Arguments.ForName(w.sizes.Page) != nil
	work := w.sizes.workOf(f.object, f.def.Name)
	var args map[string]any
	if paged || work != nil {
		var err error
		if args, err = w.plan.op.engine.argumentsOf(f, w.vars); err != nil {
			return one // it fails before it does anything
		}
	}
	if paged {
		n = w.sizes.pageOf(args[w.sizes.Page])
	}
	size := n
	if paged && f.one != nil && !f.one.rows(&w.sizes) {
		n, paged = 0, false
	}
	var inner Cost
	if f.one != nil {
		inner = w.selection(f.one, paged)
	}
	for _, s := range f.many {
		inner = inner.largest(w.selection(s, paged))
	}
	cost := inner.inside(f.object, f.def, n, paged, ofPage, w.sizes)
	if size != n { // a page without rows has a size, too
		cost = cost.plus(pageSize(size))
	}
	if work == nil {
		return cost
	}
	return cost.plus(work.cost(func(name string) int {
		switch value := args[name].(type) {
		case nil:
			return 0
		case []any:
			return max(1, len(value))
		default:
			return 1
		}
	}))
}

// argumentsOf returns the arguments of a field for the given variables.
func (e *Engine) argumentsOf(f *field, vars map[string]any) (map[string]any, error) {
	if f.fixed != nil || len(f.def.Arguments) == 0 {
		return f.fixed, nil
	}
	return e.arguments(f, vars)
}
