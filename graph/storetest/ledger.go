package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"liantu/graph"
)

func listsLoads(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(nodes(firm("of no load")))
	f.apply(done(of("late", 30, nodes(firm("f1")))))
	f.apply(of("c", 10, small()))
	f.apply(of("b", 10, nodes(firm("f1", fact("note", "more")), firm("f3"))))
	f.reopen()
	at := func(load string, minute int) graph.LoadInfo { return of(load, minute, graph.Batch{}).Load }
	late := done(of("late", 30, graph.Batch{})).Load
	f.wantLoads(
		graph.Load{LoadInfo: at("c", 10), First: 3, Last: 3, Batches: 1, Nodes: 3, Edges: 3, Created: 5, Updated: 1},
		graph.Load{LoadInfo: at("b", 10), First: 4, Last: 4, Batches: 1, Nodes: 2, Created: 1, Updated: 1},
		graph.Load{LoadInfo: late, First: 2, Last: 2, Batches: 1, Nodes: 1, Created: 1},
	)
}

func listsSome(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("c", 10, small()))
	f.apply(of("b", 10, nodes(firm("f3"))))
	f.apply(of("a", 30, nodes(firm("f4"))))
	f.apply(of("taken back", 20, nodes(firm("f5"))))
	f.undo("taken back")
	for _, c := range []struct{ ids, want []string }{
		{[]string{"b"}, []string{"b"}},
		{[]string{"a", "c", "a"}, []string{"c", "a"}},
		{[]string{"b", "c", "a"}, []string{"c", "b", "a"}},
		{[]string{"taken back", "B", "", "never"}, nil},
		{[]string{"never", "a"}, []string{"a"}},
	} {
		loads, err := f.store.Loads(f.Context(), c.ids...)
		var got []string
		for _, l := range loads {
			got = append(got, l.ID)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("for %q it lists %q, %v, want %q", c.ids, got, err, c.want)
		}
	}
	if loads, err := f.store.Loads(f.Context(), "b"); err != nil || len(loads) != 1 || !loads[0].Equal(f.loads()[1]) {
		t.Errorf("a load by its id is %+v, %v, want the same as in the list", loads, err)
	}
}

func listsUnfinished(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, nodes(firm("f1"))))
	f.apply(of("a", 2, nodes(firm("f2"))))
	if l := f.loads(); len(l) != 1 || l[0].Done || !l[0].At.Equal(of("a", 1, graph.Batch{}).Load.At) {
		t.Errorf("an unfinished load is listed as %+v", l)
	}
	if r := f.apply(done(of("a", 3, graph.Batch{}))); r != (graph.Result{Version: 2}) {
		t.Errorf("a batch that only says that the load is done gives %+v", r)
	}
	if l := f.loads(); len(l) != 1 || !l[0].Done || l[0].Batches != 2 {
		t.Errorf("a finished load is listed as %+v", l)
	}
}

func countsLoadOnce(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, small()))
	before := f.loads()
	if r := f.apply(of("a", 2, small())); r.Version != 1 || r.NodesUnchanged != 3 {
		t.Errorf("the batch again gives %+v", r)
	}
	f.wantLoads(before...)
	if n := len(f.ledger()); n != 1 {
		t.Errorf("the ledger has %d batches after the same one twice", n)
	}
}

func yieldsLedger(t testing.TB, open Opener) {
	f := start(t, open)
	batches := []graph.Batch{
		of("b", 1, small()), of("a", 2, nodes(firm("f3"))), nodes(firm("of no load")),
		of("b", 3, edges(supplies(codeKey("f3"), codeKey("f1"), fact("share", .5)))),
	}
	for _, b := range batches {
		f.apply(b)
	}
	f.reopen()
	got := f.ledger()
	var order []string
	var yielded []graph.Batch
	for _, e := range got {
		order = append(order, e.Batch.Load.ID)
		yielded = append(yielded, e.Batch)
	}
	if want := []string{"", "a", "b", "b"}; !slices.Equal(order, want) {
		t.Errorf("the ledger is in the order %q, want %q", order, want)
	}
	if got, want := naive(join(yielded...)).String(), naive(join(batches...)).String(); got != want {
		t.Errorf("the ledger has\n%s\nbut should have\n%s", got, want)
	}
	if len(got) > 1 && (got[0].Version != 3 || got[1].Version != 2) {
		t.Errorf("the ledger has the versions %d and %d of the third and the second batch", got[0].Version, got[1].Version)
	}
}

func keepsRepeats(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, small()))
	if r := f.apply(of("b", 2, small())); r.Version != 1 {
		t.Errorf("the same by another load gives %+v", r)
	}
	if n := len(f.ledger()); n != 2 {
		t.Errorf("the ledger has %d batches after two loads stated the same", n)
	}
	if l := f.loads(); len(l) != 2 || l[1].Unchanged != 6 {
		t.Errorf("the loads are %+v", l)
	}
}

func keepsRefs(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, nodes(firmOf([]graph.Key{codeKey("f1"), nameKey("甲", "青山")}), firm("f2"))))
	id := f.node(codeKey("f1")).ID
	f.apply(of("b", 2, graph.Batch{
		Nodes: []graph.NodeDraft{firmOf([]graph.Key{graph.IDKey(id)}, fact("note", "by id"))},
		Edges: []graph.EdgeDraft{supplies(codeKey("f2"), graph.IDKey(id))},
	}))
	b := f.ledger()[1].Batch
	want := graph.RefKey(codeKey("f1"))
	if k := b.Nodes[0].Keys; len(k) != 1 || k[0] != want || b.Edges[0].To != want {
		t.Errorf("the ledger names %q and %q, want %q", k, b.Edges[0].To, want)
	}
	f.undo("b")
	f.wantContents(nodes(firmOf([]graph.Key{codeKey("f1"), nameKey("甲", "青山")}), firm("f2")))
}

func replays(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	f.apply(of("b", 1, one()))
	id := f.node(codeKey("other")).ID
	f.apply(of("a", 2, graph.Batch{
		Nodes: []graph.NodeDraft{firmOf([]graph.Key{graph.IDKey(id), codeKey("new")}, fact("note", "by id"))},
		Edges: []graph.EdgeDraft{supplies(graph.IDKey(id), codeKey("new"))},
	}))
	list := f.ledger()
	var all collector
	err := graph.Replay(t.Context(), func(_ context.Context, yield func(graph.Entry) error) error {
		for _, e := range list {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	}, 0, &all)
	if err != nil {
		t.Fatalf("applying the ledger again: %v", err)
	}
	f.wantContents(all.batch)
}

// collector collects what is applied.
type collector struct{ batch graph.Batch }

func (c *collector) Apply(_ context.Context, b graph.Batch) (graph.Result, error) {
	c.batch = join(c.batch, b)
	return graph.Result{}, nil
}

func ledgerErrors(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, nodes(firm("f1"))))
	f.apply(of("b", 1, nodes(firm("f2"))))
	stop := errors.New("stop")
	calls := 0
	err := f.store.Ledger(t.Context(), func(graph.Entry) error { calls++; return stop })
	if err != stop || calls != 1 { //nolint:errorlint // the contract says: as it is
		t.Errorf("after an error of yield Ledger gives %v and %d calls", err, calls)
	}
}
