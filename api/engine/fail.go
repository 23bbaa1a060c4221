package engine

import (
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
func (r *run) fail(f *field, err error) {
	path := make([]any, len(r.path))
	for i, s := range r.path {
		if s.field >= 0 {
			path[i] = r.plan.keys[s.field]
		} else {
			path[i] = int(s.index)
		}
	}
	r.errs = append(r.errs, &Error{Message: err.Error(), Cause: err, said: err, Locations: []Location{f.place}, Path: path, Field: f.object + "." + f.name})
}

// PanicError is the cause of an error that stands for a panic in a resolver.
type PanicError struct {
	Value any
	Stack []byte
}

// Error states that there was a panic, and its value.
func (p *PanicError) Error() string { return fmt.Sprintf("panic: %v", p.Value) }
