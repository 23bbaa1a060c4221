package storetest

import (
	"errors"
	"fmt"
	"testing"

	"liantu/graph"
)

var lifeChecks = []check{
	{"after Close every method returns ErrClosed", closedStore},
	{"a second Close does nothing", closeTwice},
	{"Close waits for the calls in progress", closeWaits},
	{"the version never falls, across restarts too", restarts},
	{"the changes from before a restart are yielded after it", changesAfterRestart},
}

func closedStore(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	if err := f.store.Close(); err != nil {
		t.Fatalf("Close gives %v", err)
	}
	if _, err := f.store.Apply(t.Context(), small()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Apply gives %v", err)
	}
	if _, err := f.store.Version(t.Context()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("reading the version gives %v", err)
	}
	if _, err := f.store.Namer(t.Context()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("reading the namer gives %v", err)
	}
	if _, err := f.store.Undo(t.Context(), "a"); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Undo gives %v", err)
	}
	if _, err := f.store.Forget(t.Context(), request(codeKey("f1"))); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Forget gives %v", err)
	}
	if _, err := f.store.Tombstones(t.Context(), nil); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Tombstones gives %v", err)
	}
	if _, err := f.store.Loads(t.Context()); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Loads gives %v", err)
	}
	if err := f.store.Ledger(t.Context(), func(graph.Entry) error { return nil }); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Ledger gives %v", err)
	}
	if _, _, err := collect(t.Context(), f.store, 0); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Changes gives %v", err)
	}
}

func closeTwice(t testing.TB, open Opener) {
	f := start(t, open)
	for range 3 {
		if err := f.store.Close(); err != nil {
			t.Errorf("Close gives %v", err)
		}
	}
	f.reopen()
	f.apply(small())
}

func closeWaits(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(crowd(50))
	closed := make(chan error, 1)
	calls := 0
	_, err := f.store.Changes(t.Context(), 0, func(graph.Change) error {
		if calls++; calls == 1 {
			go func() { closed <- f.store.Close() }()
		}
		return nil
	})
	// Close may come before or after the end of the stream, but it must not cut
	// the stream off.
	if err != nil || calls != 152 {
		t.Errorf("Changes gives %v after %d calls while the store is closed", err, calls)
	}
	if err := <-closed; err != nil {
		t.Errorf("Close gives %v", err)
	}
}

func restarts(t testing.TB, open Opener) {
	f := start(t, open)
	for i := range graph.Version(4) {
		f.apply(nodes(firm(fmt.Sprint(i))))
		f.reopen()
		if r := f.version(); r != i+1 {
			t.Errorf("the version is %d after %d batches and restarts", r, i+1)
		}
	}
}

func changesAfterRestart(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	f.apply(one())
	f.apply(nodes(firm("later")))
	before := [][]graph.Change{f.changes(0), f.changes(1), f.changes(2)}
	f.reopen()
	for after, list := range before {
		f.sameElements(list, f.changes(graph.Version(after)))
	}
}
