package engine

import (
	"errors"
	"fmt"

	"liantu/message"
)

func orNull(err error) error {
	if err == nil {
		return errMustNotBeNull
	}
	return err
}

func isNull(b []byte) bool { return len(b) == 4 && string(b) == "null" }

// errMustNotBeNull is the error of a resolver that returns null for a type without
// null.
var errMustNotBeNull = message.Errorf("null is not allowed here")

// settle ends a field that failed: it notes the error and writes null, or passes
// the failure up where null is not allowed. What was written since start is
// removed.
func (r *run) settle(f *field, t *output, start int, err error) error {
	if ctx := r.call.Context.Err(); ctx != nil {
		return ctx
	}
	r.path = append(r.path, step{field: int32(f.number)})
	r.fail(f, err)
	r.path = r.path[:len(r.path)-1]
	return r.null(t, start)
}

// null writes null in place of what was written since start, or passes the
// failure up.
func (r *run) null(t *output, start int) error {
	r.w.buf = r.w.buf[:start]
	if t.nonNull {
		return errNull
	}
	r.w.Null()
	return nil
}

// fail notes an error at the present path.
func (r *run) fail(f *field, err error) { r.note(f.place, f.object+"."+f.name, err) }

// note notes an error of a field, or of the type of an object, at the present path.
func (r *run) note(place Location, field string, err error) {
	path := make([]any, len(r.path))
	for i, s := range r.path {
		if s.field >= 0 {
			path[i] = r.plan.keys[s.field]
			r.noted += len(r.plan.keys[s.field])
		} else {
			path[i] = int(s.index)
		}
	}
	e := placed(err, place)
	e.Path, e.Field = path, field
	r.errs = append(r.errs, e)
	r.noted += len(e.Message) + errorBytes
}

// errorBytes is about what an error takes in an answer beside its message and the names in
// its path.
const errorBytes = 200

// placed is an error with its place; that of an argument is the place of its value.
func placed(err error, place Location) *Error {
	if input := (*inputError)(nil); errors.As(err, &input) && input.place.Line > 0 {
		place = input.place
	}
	return &Error{Message: err.Error(), Cause: err, said: err, Locations: []Location{place}}
}

// refuse notes that an object has no selection, since a condition of it is null.
func (r *run) refuse(sel *selection) error {
	r.note(Location{}, sel.object, sel.fault)
	return errNull
}

// PanicError is the cause of an error that stands for a panic in a resolver.
type PanicError struct {
	Value any
	Stack []byte
}

// Error states that there was a panic, and its value.
func (p *PanicError) Error() string { return fmt.Sprintf("panic: %v", p.Value) }
