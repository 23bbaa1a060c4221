package engine

import (
	"reflect"

	"liantu/message"
)

// Access defines how a field is served. Resolve can serve every field and is
// always set; the others are faster paths for fields without arguments and must
// return exactly what Resolve returns. They work without an allocation: a value
// that is no pointer is put into a register of the field, which lives as long as
// the run and holds one value at a time. A source is therefore either the value
// itself or a pointer to a register or an item that holds it.
type Access struct {
	Resolve Resolver
	// Leaf writes the value of a leaf.
	Leaf Leaf
	// Register makes the register that the functions below receive; it may be nil.
	Register func() any
	// Object returns the value of a field whose type is an object, nil for null.
	Object func(call, source, register any) (any, error)
	// Count looks a list up and returns its length. Item returns item i of it, nil
	// for null, and ItemLeaf writes it; one of the two is set.
	Count    func(call, source, register any) (int, error)
	Item     func(call, register any, i int) any
	ItemLeaf func(w *Writer, call, register any, i int) error
	// Mask hides what a role may not see of a value; nil where nothing of the value
	// may remain, so that the field is refused instead.
	Mask func(value any) any
	// Treat decides what the role of the call sees of the field of one source, where
	// the policy is [ByElement].
	Treat func(call, source any) Treatment
	// Note is called with every source whose value is revealed, before it is; an
	// error refuses the field.
	Note func(call, source any) error
	// Volatile marks a value that depends on more than the data and the
	// arguments, such as the time.
	Volatile bool
}

// Leaf writes the value of a field of source as JSON, null for nil. It replaces the
// resolver of a leaf without arguments.
type Leaf func(w *Writer, call, source any) error

// Treatment is what a role sees of a field.
type Treatment uint8

// The treatments.
const (
	Show      Treatment = iota // the value as it is
	Reveal                     // the value as it is, though most roles may not see it
	Mask                       // what [Access.Mask] leaves of it
	Refuse                     // nothing: the field fails with [ErrRefused]
	ByElement                  // what [Access.Treat] decides for each source
)

// ErrRefused is the error of a field that the role may not see.
var ErrRefused = message.Errorf("not permitted for this caller")

// way is how a compiled field is served.
type way uint8

const (
	byResolver way = iota
	byConstant
	byLeaf
	byObject
	byCount
	byRefusal
)

// serve chooses the way in which a field is served. It is the only place where a
// plan decides what of a field leaves the service. A field that is not simply shown
// is served by its resolver, whatever faster path it has.
func (c *compiler) serve(f *field) {
	a := c.engine.access(f.object, f.name)
	f.access = a
	if a.Volatile {
		c.volatile = true
	}
	switch c.engine.treatment(c.role, f.object, f.name) {
	case Show:
	case Reveal:
		c.reveals = true
		f.treat = func(any, any) Treatment { return Reveal }
		return
	case Mask:
		f.treat = func(any, any) Treatment { return Mask }
		if a.Mask == nil {
			f.way = byRefusal
		}
		return
	case ByElement:
		c.reveals = true
		if f.treat = a.Treat; a.Treat == nil {
			f.way = byRefusal
		}
		return
	default:
		f.way = byRefusal
		return
	}
	switch {
	case len(f.def.Arguments) > 0:
	case a.Leaf != nil:
		f.way = byLeaf
	case a.Object != nil:
		f.way = byObject
	case a.Count != nil:
		f.way = byCount
	}
}

func (e *Engine) access(object, field string) Access {
	if r := e.introspection(object, field); r != nil {
		return Access{Resolve: r}
	}
	return e.cfg.Access(object, field)
}

// treatment asks the policy; fields that describe the schema itself are shown.
func (e *Engine) treatment(role, object, field string) Treatment {
	if e.cfg.Policy == nil || e.introspection(object, field) != nil {
		return Show
	}
	return e.cfg.Policy(role, object, field)
}

// items returns a function for the items of a list.
func items(value any) (int, func(int) any, error) {
	switch v := value.(type) {
	case List:
		return v.Len(), v.At, nil
	case []any:
		return len(v), func(i int) any { return v[i] }, nil
	case []string:
		return len(v), func(i int) any { return v[i] }, nil
	}
	rv := reflect.ValueOf(value)
	if rv.Kind() != reflect.Slice {
		return 0, nil, message.Errorf("a %T is not a list", value)
	}
	return rv.Len(), func(i int) any { return rv.Index(i).Interface() }, nil
}
