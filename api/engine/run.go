package engine

import (
	"context"
	"errors"
	"reflect"
	"runtime/debug"
	"slices"

	"liantu/message"
)

// room is left after the data for what the caller adds.
const room = 256

// checkEvery is how many values are written between two checks of the budget.
const checkEvery = 256

// Call is what one run of a plan needs.
type Call struct {
	Context   context.Context
	Value     any            // passed to every resolver
	Variables map[string]any // as Operation.Variables returned them
	Budget    Budget         // may be nil
}

// errNull is the error of a value that must not be null and is, once it has been
// reported.
var errNull = message.Errorf("null where the type forbids it")

// Run appends the data of the answer to buf as JSON and returns the longer
// buffer with the errors of single fields. A run that is over its budget or
// whose context is done leaves buf as it was and returns the reason.
func (p *Plan) Run(call Call, buf []byte) ([]byte, []*Error, error) {
	r := p.begin(call, buf)
	start := len(buf)
	err := call.Context.Err()
	if err == nil {
		err = r.object(p.root, nil)
	}
	if err == nil {
		err = r.check() // what was written since the last check
	}
	if errors.Is(err, errNull) {
		r.w.buf, err = append(r.w.buf[:start], "null"...), nil
	}
	out, errs := r.w.buf, r.errs
	p.size.Store(int64(len(out) - start))
	p.end(r)
	if err != nil {
		return buf, nil, err
	}
	return out, errs, nil
}

// run is the state of one run. Later runs of its plan reuse it.
type run struct {
	plan      *Plan
	call      Call
	w         Writer
	args      []map[string]any // by field number, once computed
	registers []any            // by field number, once made
	path      []step
	errs      []*Error
	noted     int // bytes of these, about
	done      int // values since the last check of the budget
}

// step is one part of the path to a value: a field of the plan by its number,
// or, below zero, a place in a list.
type step struct{ field, index int32 }

func (p *Plan) begin(call Call, buf []byte) *run {
	r, _ := p.runs.Get().(*run)
	if r == nil {
		r = &run{plan: p, args: make([]map[string]any, p.fields), registers: make([]any, p.fields)}
	}
	r.call = call
	buf = slices.Grow(buf, int(p.size.Load())+room)
	r.w = Writer{buf: buf, floats: takeCache()}
	return r
}

// end resets the run for reuse. A run that a panic ended is dropped.
func (p *Plan) end(r *run) {
	returnCache(r.w.floats)
	clear(r.args)
	r.call, r.w, r.path, r.errs, r.done = Call{}, Writer{}, r.path[:0], nil, 0
	r.noted = 0
	p.runs.Put(r)
}

// register returns the register of a field.
func (r *run) register(f *field) any {
	if f.access.Register == nil {
		return nil
	}
	made := r.registers[f.number]
	if made == nil {
		made = f.access.Register()
		r.registers[f.number] = made
	}
	return made
}

// spend counts values and checks the budget from time to time.
func (r *run) spend(values int) error {
	if r.done += values; r.done < checkEvery {
		return nil
	}
	return r.check()
}

// check checks the context and the budget.
func (r *run) check() error {
	n := r.done
	r.done = 0
	if r.call.Budget == nil {
		return r.call.Context.Err()
	}
	if err := r.call.Budget.Size(len(r.w.buf) + r.noted); err != nil {
		return err
	}
	return r.call.Budget.Spend(r.call.Context, n)
}

// object writes a selection of source. It returns errNull when a field that
// must not be null is.
func (r *run) object(sel *selection, source any) error {
	if err := r.spend(len(sel.fields)); err != nil {
		return err
	}
	if sel.fault != nil {
		return r.refuse(sel)
	}
	r.w.buf = append(r.w.buf, '{')
	for _, f := range sel.fields {
		r.w.buf = append(r.w.buf, f.label...)
		var err error
		if f.way == byLeaf { // as most are
			err = r.leaf(f, source)
		} else {
			err = r.field(f, source)
		}
		if err != nil {
			return err
		}
	}
	r.w.buf = append(r.w.buf, '}')
	return nil
}

// leaf writes the value of a field that writes itself.
func (r *run) leaf(f *field, source any) error {
	start := len(r.w.buf)
	err := f.access.Leaf(&r.w, r.call.Value, source)
	if err == nil && (!f.typ.nonNull || !isNull(r.w.buf[start:])) {
		return nil
	}
	return r.settle(f, f.typ, start, orNull(err))
}

// field writes the value of any other field.
func (r *run) field(f *field, source any) error {
	switch f.way {
	case byConstant:
		r.w.buf = append(r.w.buf, f.constant...)
		return nil
	case byObject:
		value, err := f.access.Object(r.call.Value, source, r.register(f))
		if err != nil {
			return r.settle(f, f.typ, len(r.w.buf), err)
		}
		r.path = append(r.path, step{field: int32(f.number)})
		err = r.found(f, f.typ, value)
		r.path = r.path[:len(r.path)-1]
		return err
	case byCount:
		return r.counted(f, source)
	case byRefusal:
		return r.settle(f, f.typ, len(r.w.buf), ErrRefused)
	}
	return r.resolved(f, source)
}

// resolved writes the value that the resolver of a field returns, as far as the
// policy permits.
func (r *run) resolved(f *field, source any) error {
	start := len(r.w.buf)
	treatment := Show
	if f.treat != nil {
		treatment = f.treat(r.call.Value, source)
	}
	if treatment == Refuse || treatment == Mask && f.access.Mask == nil || treatment > Refuse {
		return r.settle(f, f.typ, start, ErrRefused)
	}
	args, err := r.arguments(f)
	if err != nil {
		return r.settle(f, f.typ, start, err)
	}
	value, err := r.resolve(f, source, args)
	if err != nil {
		return r.settle(f, f.typ, start, err)
	}
	switch {
	case isNil(value):
	case treatment == Mask:
		value = f.access.Mask(value)
	case treatment == Reveal && f.access.Note != nil:
		if err := f.access.Note(r.call.Value, source); err != nil {
			return r.settle(f, f.typ, start, err)
		}
	}
	return r.below(f, value)
}

// below writes the value of a field with the field in the path.
func (r *run) below(f *field, value any) error {
	r.path = append(r.path, step{field: int32(f.number)})
	err := r.value(f, f.typ, value)
	r.path = r.path[:len(r.path)-1]
	return err
}

// counted writes a list whose items come one by one.
func (r *run) counted(f *field, source any) error {
	register, start := r.register(f), len(r.w.buf)
	n, err := f.access.Count(r.call.Value, source, register)
	if err != nil {
		return r.settle(f, f.typ, start, err)
	}
	r.path = append(r.path, step{field: int32(f.number)})
	if leaf := f.access.ItemLeaf; leaf != nil {
		err = r.items(n, func(i int) error { return r.itemLeaf(f, leaf, register, i) })
	} else {
		err = r.items(n, func(i int) error { return r.found(f, f.typ.elem, f.access.Item(r.call.Value, register, i)) })
	}
	r.path = r.path[:len(r.path)-1]
	if errors.Is(err, errNull) {
		return r.null(f.typ, start)
	}
	return err
}

// itemLeaf writes an item of a list of leaves.
func (r *run) itemLeaf(f *field, leaf func(*Writer, any, any, int) error, register any, i int) error {
	start := len(r.w.buf)
	err := leaf(&r.w, r.call.Value, register, i)
	if err == nil && (!f.typ.elem.nonNull || !isNull(r.w.buf[start:])) {
		return nil
	}
	r.fail(f, message.Errorf("%s.%s: %w", f.object, f.name, orNull(err)))
	return r.null(f.typ.elem, start)
}

// resolve calls a resolver; a panic becomes the field's error.
func (r *run) resolve(f *field, source any, args map[string]any) (value any, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			value, err = nil, &PanicError{Value: reason, Stack: debug.Stack()}
		}
	}()
	return f.access.Resolve(r.call.Value, source, args)
}

// value writes a value of a type at the present path.
func (r *run) value(f *field, t *output, value any) error {
	start := len(r.w.buf)
	if isNil(value) {
		if t.nonNull {
			r.fail(f, message.Errorf("%s.%s: %w", f.object, f.name, errMustNotBeNull))
		}
		return r.null(t, start)
	}
	var err error
	switch {
	case t.elem != nil:
		err = r.list(f, t, value)
	case t.write != nil:
		if r.w.buf, err = t.write(r.w.buf, value); err != nil {
			r.fail(f, message.Errorf("%s.%s: %w", f.object, f.name, err))
			err = errNull
		}
	default:
		err = r.composite(f, t, value)
	}
	if errors.Is(err, errNull) {
		return r.null(t, start)
	}
	return err
}

// found writes an object that a field or a list found, nil for none.
func (r *run) found(f *field, t *output, value any) error {
	start := len(r.w.buf)
	var err error
	switch {
	case value != nil:
		if err = r.composite(f, t, value); err == nil {
			return nil
		}
	case t.nonNull:
		r.fail(f, message.Errorf("%s.%s: %w", f.object, f.name, errMustNotBeNull))
		err = errNull
	default:
		err = errNull
	}
	if errors.Is(err, errNull) {
		return r.null(t, start)
	}
	return err
}

// composite writes an object.
func (r *run) composite(f *field, t *output, value any) error {
	if f.one != nil {
		return r.object(f.one, value)
	}
	object := r.plan.op.engine.cfg.TypeOf(r.call.Value, value)
	for _, sel := range f.many {
		if sel.object == object {
			return r.object(sel, value)
		}
	}
	r.fail(f, message.Errorf("%s.%s: a %T is not of type %s", f.object, f.name, value, t.name))
	return errNull
}

// list writes a list.
func (r *run) list(f *field, t *output, value any) error {
	n, at, err := items(value)
	if err != nil {
		r.fail(f, message.Errorf("%s.%s: %w", f.object, f.name, err))
		return errNull
	}
	return r.items(n, func(i int) error { return r.value(f, t.elem, at(i)) })
}

// items writes n items with their places in the path.
func (r *run) items(n int, write func(i int) error) error {
	r.w.buf = append(r.w.buf, '[')
	place := len(r.path)
	r.path = append(r.path, step{field: -1})
	for i := range n {
		if i > 0 {
			r.w.buf = append(r.w.buf, ',')
		}
		if err := r.spend(1); err != nil {
			return err
		}
		r.path[place].index = int32(i)
		if err := write(i); err != nil {
			r.path = r.path[:place]
			return err
		}
	}
	r.path = r.path[:place]
	r.w.buf = append(r.w.buf, ']')
	return nil
}

// isNil reports whether a value is written as null. A slice is not: without items it
// is an empty list.
func isNil(value any) bool {
	switch value.(type) {
	case nil:
		return true
	case string, bool, int, int64, float64:
		return false
	}
	rv := reflect.ValueOf(value)
	switch rv.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Interface, reflect.Func:
		return rv.IsNil()
	}
	return false
}
