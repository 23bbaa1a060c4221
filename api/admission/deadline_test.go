package admission_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"liantu/api/admission"
)

// deadline is the context of a request.
func deadline(parent context.Context, until time.Time) context.Context {
	d := new(admission.Deadline)
	d.Begin(parent, until)
	return d
}

// TestDeadline checks that the context of requests does what contexts promise,
// whether or not anything waits for its end.
func TestDeadline(t *testing.T) {
	type key struct{}
	parent, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "value"))
	long := deadline(parent, time.Now().Add(time.Hour))
	if err := long.Err(); err != nil {
		t.Errorf("before its end: %v", err)
	}
	if long.Value(key{}) != "value" {
		t.Error("values of the parent are lost")
	}
	waiting := long.Done()
	select {
	case <-waiting:
		t.Error("done before its end")
	default:
	}
	cancel()
	<-waiting
	if err := long.Err(); !errors.Is(err, context.Canceled) {
		t.Errorf("after the parent: %v", err)
	}

	past := deadline(t.Context(), time.Now().Add(-time.Second))
	for range 2 {
		if err := past.Err(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("past its end: %v", err)
		}
	}
	<-past.Done()

	// What ended stays ended in the same way.
	parent, cancel = context.WithCancel(t.Context())
	cancel()
	ended := deadline(parent, time.Now().Add(time.Millisecond))
	first := ended.Err()
	<-deadline(t.Context(), time.Now().Add(2*time.Millisecond)).Done()
	if err := ended.Err(); !errors.Is(first, context.Canceled) || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, later %v", first, err)
	}
	end, _ := deadline(parent, time.Now().Add(time.Hour)).Deadline()
	if time.Until(end) > time.Hour {
		t.Errorf("ends at %v", end)
	}
}
