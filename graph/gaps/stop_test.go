package gaps_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"liantu/graph/gaps"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// polls is a context that ends after a number of checks.
type polls struct {
	context.Context
	left int
}

func (l *polls) Err() error {
	if l.left--; l.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestPeersStopAnywhere lets a question with peers of its own end at every
// place where it checks its context while it counts and fits the new
// reference. Nothing half done is cached: the answer afterwards is the right one.
func TestPeersStopAnywhere(t *testing.T) {
	p, untouched := questiontest.SmallPicture(t), questiontest.SmallPicture(t)
	q := gaps.Question{Region: "330100", Peers: []string{"330000"}}
	stops := 0
	for ; stops < 1000; stops++ {
		_, err := gaps.Ask(&polls{t.Context(), stops}, p, tuning.Default(), q)
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d checks: %v", stops, err)
		}
	}
	if stops < 30 {
		t.Errorf("the question checks its context %d times", stops)
	}
	got, err := gaps.Ask(t.Context(), p, tuning.Default(), q)
	if err != nil {
		t.Fatal(err)
	}
	want, err := gaps.Ask(t.Context(), untouched, tuning.Default(), q)
	if err != nil {
		t.Fatal(err)
	}
	same := slices.EqualFunc(got.Verdicts, want.Verdicts, func(a, b *gaps.Verdict) bool {
		return a.Link == b.Link && a.State == b.State && a.Priority == b.Priority && a.Numbers == b.Numbers
	})
	if !same || len(got.Verdicts) == 0 {
		t.Error("the answer is another one after the question was stopped")
	}
}
