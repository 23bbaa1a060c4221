package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"liantu/graph"
)

var undoChecks = []check{
	{"Loads returns the loads of all batches that were not taken back, oldest first, then by version and id", listsLoads},
	{"when ids are given, those of them that are listed, each once", listsSome},
	{"a load is listed as unfinished until a batch says that it is done", listsUnfinished},
	{"a batch that is applied again under the same load counts once", countsLoadOnce},
	{"Ledger yields every batch that was applied, those of one load together", yieldsLedger},
	{"also for those that changed nothing because another load had stated the same", keepsRepeats},
	{"a key that was the id of a node appears as the RefKey of a key of the node", keepsRefs},
	{"the drafts of the ledger give the same graph when they are applied again", replays},
	{"an error from yield ends the ledger and is returned as it is", ledgerErrors},
	{"Undo takes a load back and the graph is as if the load had never been applied", takesBack},
	{"and returns what changed once that is durable", undoIsDurable},
	{"facts that another load states as well stay", keepsShared},
	{"nodes that only this load merged are split", splitsNodes},
	{"a node keeps its id as long as some load states the key that it was made from", keepsIDs},
	{"a key that no load states any longer is free for another node", freesKeys},
	{"the load may be unfinished, and may be loaded again afterwards", undoAndRedo},
	{"Undo increases the version by one if anything in the graph changes", undoVersion},
	{"where a draft of another load depends on this one nothing is taken back", refusesUndo},
	{"a load that is not listed gives ErrNotFound", unknownLoad},
	{"Loads, Ledger and Undo return the error of a context that is done", undoContext},
}

// of returns a batch as part of a load that began in the given minute.
func of(load string, minute int, b graph.Batch) graph.Batch {
	b.Load = graph.LoadInfo{
		ID: load, Source: "source of " + load, Files: []string{load + ".csv", "b.csv"}, Days: []string{"2026-03-31", ""},
		At: time.Date(2026, 11, 24, 8, minute, 0, 0, time.UTC),
	}
	return b
}

func done(b graph.Batch) graph.Batch {
	b.Load.Done = true
	return b
}

func (f *fixture) loads() []graph.Load {
	f.Helper()
	loads, err := f.store.Loads(f.Context())
	if err != nil {
		f.Fatalf("listing the loads: %v", err)
	}
	return loads
}

func (f *fixture) undo(load string) graph.Undone {
	f.Helper()
	u, err := f.store.Undo(f.Context(), load)
	if err != nil {
		f.Fatalf("taking back %q: %v", load, err)
	}
	return u
}

func (f *fixture) ledger() []graph.Entry {
	f.Helper()
	var list []graph.Entry
	err := f.store.Ledger(f.Context(), func(e graph.Entry) error {
		list = append(list, e)
		return nil
	})
	if err != nil {
		f.Fatalf("reading the ledger: %v", err)
	}
	return list
}

func (f *fixture) wantLoads(want ...graph.Load) {
	f.Helper()
	if got := f.loads(); !slices.EqualFunc(got, want, graph.Load.Equal) {
		f.Errorf("the loads are\n%+v\nwant\n%+v", got, want)
	}
}

func takesBack(t testing.TB, open Opener) {
	f := start(t, open)
	other := nodes(firm("f2", fact("note", "of another load")), firm("f7"))
	f.apply(of("before", 1, other))
	f.apply(of("bad", 2, small()))
	between := join(nodes(firm("f2", fact("staff", int64(8), register)), firm("f8")), edges(supplies(codeKey("f8"), codeKey("f2"))))
	f.apply(of("between", 3, between))
	f.apply(done(of("bad", 2, nodes(firm("f8", fact("note", "bad")), town("t9")))))
	after := edges(supplies(codeKey("f8"), codeKey("f2"), fact("share", .5)))
	f.apply(of("after", 4, after))
	u := f.undo("bad")
	want := graph.Undone{Version: 6, NodesRemoved: 3, NodesChanged: 2, EdgesRemoved: 3}
	if u != want {
		t.Errorf("taking back gives %+v, want %+v", u, want)
	}
	f.wantContents(other, between, after)
	if l := f.loads(); len(l) != 3 || slices.ContainsFunc(l, func(l graph.Load) bool { return l.ID == "bad" }) {
		t.Errorf("after taking back the loads are %+v", l)
	}
	for _, e := range f.ledger() {
		if e.Batch.Load.ID == "bad" {
			t.Errorf("the load %q, which was taken back, is in the ledger", "bad")
		}
	}
}

func undoIsDurable(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, small()))
	f.apply(of("b", 2, join(small(), nodes(firm("f3")))))
	f.undo("b")
	digest := f.digest()
	f.reopen()
	f.wantContents(small())
	if got := f.digest(); got != digest || f.version() != 3 || len(f.loads()) != 1 {
		t.Errorf("after opening again the digest is %s (was %s), the version %d, the loads %+v", got, digest, f.version(), f.loads())
	}
}

func keepsShared(t testing.TB, open Opener) {
	f := start(t, open)
	shared := join(nodes(firm("f1", fact("note", "both")), firm("f2")), edges(supplies(codeKey("f1"), codeKey("f2"), fact("share", .1))))
	f.apply(of("a", 1, shared))
	before := f.changes(0)
	f.apply(of("b", 2, join(shared, nodes(firm("f1", fact("note", "only b"))), edges(supplies(codeKey("f1"), codeKey("f2"), fact("share", .9, register))))))
	f.undo("b")
	f.wantContents(shared)
	f.apply(of("b", 3, shared))
	f.undo("a")
	f.wantContents(shared)
	if n := len(f.changes(0)); n != len(before) {
		t.Errorf("there are %d elements, were %d", n, len(before))
	}
}

func splitsNodes(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("three", 1, three()))
	ids := f.ids(codeKey("a"), codeKey("b"), nameKey("丙", "青山"))
	f.apply(of("one", 2, one()))
	late := edges(supplies(codeKey("other"), codeKey("b"), fact("share", .6)))
	f.apply(of("late", 3, late))
	u := f.undo("one")
	if u.NodesSplit != 2 || u.NodesRemoved != 0 {
		t.Errorf("taking back a merge of three gives %+v", u)
	}
	f.wantContents(three(), late)
	if got := f.ids(codeKey("a"), codeKey("b"), nameKey("丙", "青山")); !slices.Equal(got, ids) {
		t.Errorf("the ids are %q after the merge was undone, were %q", got, ids)
	}
	for _, id := range ids {
		if r := f.apply(nodes(firmOf([]graph.Key{graph.IDKey(id)}, fact("note", "by id")))); r.NodesUpdated != 1 {
			t.Errorf("the id %q does not find its own node: %+v", id, r)
		}
	}
}

func keepsIDs(t testing.TB, open Opener) {
	f := start(t, open)
	name := nameKey("甲", "青山")
	f.apply(of("a", 1, nodes(firmOf([]graph.Key{name}))))
	id := f.node(name).ID
	f.apply(of("b", 2, nodes(firmOf([]graph.Key{name, codeKey("f1")}))))
	f.apply(of("c", 3, nodes(firm("f1", fact("note", "c")))))
	f.undo("c")
	if n := f.node(codeKey("f1")); n == nil || n.ID != id {
		t.Errorf("the node is %+v, had the id %q", n, id)
	}
	f.apply(of("c", 4, nodes(firmOf([]graph.Key{codeKey("f1"), name}))))
	f.undo("a")
	f.undo("b")
	if n := f.node(codeKey("f1")); n == nil || n.ID != id {
		t.Errorf("the node is %+v, had the id %q, whose key is still stated", n, id)
	}
}

func freesKeys(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, nodes(firmOf([]graph.Key{codeKey("f1"), codeKey("f2")}), firm("f9"))))
	b := join(nodes(firm("f2")), edges(supplies(codeKey("f9"), codeKey("f2"), fact("share", .5)))) // the edge needs f9 of load c
	f.apply(of("c", 2, nodes(firm("f9"))))
	f.apply(of("b", 3, b))
	f.undo("a")
	rest := nodes(firm("f9"))
	f.wantContents(rest, b)
	again := nodes(firm("f1", fact("note", "another firm")))
	f.apply(of("d", 4, again))
	f.wantContents(rest, b, again)
	if x, y := f.node(codeKey("f1")), f.node(codeKey("f2")); x == nil || y == nil || x.ID == y.ID {
		t.Errorf("two firms are %+v and %+v", x, y)
	}
	f.apply(of("e", 5, nodes(firmOf([]graph.Key{codeKey("f1"), codeKey("f2")}))))
	f.wantContents(rest, b, again, nodes(firmOf([]graph.Key{codeKey("f1"), codeKey("f2")})))
}

func undoAndRedo(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, nodes(firm("f0"))))
	before := f.contents()
	for round := range 3 {
		f.apply(of("b", 2, small()))
		if u := f.undo("b"); u.NodesRemoved != 3 || u.EdgesRemoved != 3 {
			t.Errorf("round %d: taking back gives %+v", round, u)
		}
		if got := f.contents(); got != before {
			t.Errorf("round %d: the graph is\n%s\nwas\n%s", round, got, before)
		}
	}
	f.apply(of("b", 2, small()))
	f.wantContents(nodes(firm("f0")), small())
	if r := f.version(); r != 8 {
		t.Errorf("the version is %d after eight changes", r)
	}
}

func undoVersion(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, small()))
	f.apply(of("b", 2, small()))
	if u := f.undo("b"); u != (graph.Undone{Version: 1}) {
		t.Errorf("taking back what another load states as well gives %+v", u)
	}
	if u := f.undo("a"); u.Version != 2 || f.version() != 2 {
		t.Errorf("taking back all gives %+v and the version %d", u, f.version())
	}
	if left := f.changes(0); len(left) != 0 {
		t.Errorf("after taking back all there are %d elements", len(left))
	}
	removed := 0
	for _, c := range f.changes(1) {
		if c.NodeRemoved != nil || c.EdgeRemoved != nil {
			removed++
		}
	}
	if removed != 6 {
		t.Errorf("the changes report %d removals, want 6", removed)
	}
}

func refusesUndo(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, nodes(firmOf([]graph.Key{codeKey("f1"), nameKey("甲", "青山")}), firm("f2"))))
	f.apply(of("b", 2, join(nodes(firm("f1")), edges(supplies(nameKey("甲", "青山"), codeKey("f1"))))))
	id := f.node(codeKey("f2")).ID
	f.apply(of("c", 3, nodes(firmOf([]graph.Key{graph.IDKey(id)}, fact("note", "by id")))))
	before, version := f.contents(), f.version()
	_, err := f.store.Undo(t.Context(), "a")
	var needs *graph.DependencyError
	if !errors.As(err, &needs) || !errors.Is(err, graph.ErrConflict) {
		t.Fatalf("taking back a load that others depend on gives %v", err)
	}
	want := []graph.Dependency{{Load: "b", Kind: "SUPPLIES", Key: nameKey("甲", "青山")}, {Load: "c", Kind: "Firm", Key: codeKey("f2")}}
	if needs.Load != "a" || needs.Count != 2 || !slices.Equal(needs.Dependencies, want) {
		t.Errorf("the error is %+v, want the needs %+v", needs, want)
	}
	if got := f.contents(); got != before || f.version() != version || len(f.loads()) != 3 {
		t.Errorf("a refused undo left traces:\n%s\nwas\n%s", got, before)
	}
	f.undo("b")
	f.undo("c")
	f.undo("a")
	f.wantContents()
}

func unknownLoad(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	f.apply(of("a", 1, nodes(firm("f3"))))
	f.undo("a")
	for _, load := range []string{"", "a", "no such", fmt.Sprint(small())} {
		if _, err := f.store.Undo(t.Context(), load); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("taking back %q gives %v", load, err)
		}
	}
	for _, load := range []string{"line\nbreak\n", "a\x00b", "\xff", string(make([]byte, 100))} {
		if _, err := f.store.Apply(t.Context(), of(load, 1, small())); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("a load with the id %q gives %v", load, err)
		}
	}
	f.wantContents(small())
}

func undoContext(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, small()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.store.Undo(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("Undo gives %v", err)
	}
	if _, err := f.store.Loads(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Loads gives %v", err)
	}
	if err := f.store.Ledger(ctx, func(graph.Entry) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Ledger gives %v", err)
	}
	f.wantContents(small())
}
