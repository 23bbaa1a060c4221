package storetest

import (
	"errors"
	"sync/atomic"
	"testing"

	"liantu/graph"
)

var conditionChecks = []check{
	{"a batch is not applied where an element that it would change has changed after its version", refusesChanged},
	{"other changes of the graph are no conflict", allowsOthers},
	{"a batch that changes nothing is no conflict", allowsRepeats},
	{"nodes that would be merged count as changed", refusesMerge},
	{"of several batches made on one version one is applied", oneIsApplied},
}

// wantConflict applies a batch that must be refused, and checks that nothing of
// it remains.
func (f *fixture) wantConflict(b graph.Batch, present graph.Version) {
	f.Helper()
	before, digest := f.version(), f.digest()
	_, err := f.store.Apply(f.Context(), b)
	var conflict *graph.ConflictError
	if !errors.As(err, &conflict) || !errors.Is(err, graph.ErrConflict) {
		f.Fatalf("the batch made on version %d gives %v, not a ConflictError", b.Unchanged, err)
	}
	if conflict.Present != present || conflict.Since != b.Unchanged || conflict.ID == "" || conflict.Kind == "" {
		f.Errorf("the conflict is %+v, want the versions %d and %d", *conflict, b.Unchanged, present)
	}
	if r := f.version(); r != before || f.digest() != digest {
		f.Errorf("a refused batch left traces; the version was %d and is %d", before, r)
	}
}

func since(r graph.Version, b graph.Batch) graph.Batch {
	b.Unchanged = r
	return b
}

func refusesChanged(t testing.TB, open Opener) {
	f := start(t, open)
	share := func(v float64) graph.Batch { return edges(supplies(codeKey("f1"), codeKey("f2"), fact("share", v))) }
	f.apply(small())
	f.apply(nodes(firm("f1", fact("note", "second"))))
	f.apply(share(.25))
	f.wantConflict(since(1, nodes(firm("f1", fact("note", "late")))), 2)
	f.wantConflict(since(2, share(.75)), 3)
	f.reopen()
	f.wantConflict(since(1, nodes(firm("f1", fact("note", "late")))), 2)
	f.apply(since(2, nodes(firm("f1", fact("note", "late")))))
	f.apply(since(3, share(.75)))
}

func allowsOthers(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	f.apply(nodes(firm("f1", fact("note", "second"))))
	f.apply(since(1, join(nodes(firm("f2", fact("note", "mine")), firm("f8")), edges(supplies(codeKey("f8"), codeKey("f1"))))))
	if r := f.version(); r != 3 {
		t.Errorf("the version is %d after three batches", r)
	}
}

func allowsRepeats(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	mine := since(1, nodes(firm("f1", fact("note", "mine"))))
	f.apply(mine)
	if r := f.apply(mine); r.Version != 2 || r.NodesUnchanged != 1 {
		t.Errorf("the same batch again gives %+v", r)
	}
}

func refusesMerge(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(nodes(firm("f1"), firm("f2")))
	f.apply(nodes(firm("f2", fact("note", "second"))))
	f.wantConflict(since(1, nodes(firmOf([]graph.Key{codeKey("f1"), codeKey("f2")}))), 2)
}

func oneIsApplied(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	var applied atomic.Int32
	f.inParallel(writers, func(i int) error {
		_, err := f.store.Apply(t.Context(), since(1, nodes(firm("f1", fact("note", string(rune('a'+i)))))))
		if err == nil {
			applied.Add(1)
		} else if !errors.Is(err, graph.ErrConflict) {
			return err
		}
		return nil
	})
	if n := applied.Load(); n != 1 {
		t.Errorf("%d of %d batches were applied", n, writers)
	}
}
