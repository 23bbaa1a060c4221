package storetest

import (
	"context"
	"errors"
	"testing"

	"liantu/graph"
)

var applyChecks = []check{
	{"Apply adds the facts of a batch to the graph", addsFacts},
	{"all of them or none", allOrNone},
	{"and returns what changed once that is durable", durable},
	{"the same batch applied again changes nothing and leaves the version as it was", again},
	{"every draft of the batch is counted once", countsDrafts},
	{"of several drafts of one new element the first counts as created", countsRepeats},
	{"a draft that merges two nodes counts as updated", countsMerges},
	{"the version grows by one with every batch that changes something", growsByOne},
	{"an empty batch changes nothing", emptyBatch},
	{"a node is found by any of its keys", anyKey},
	{"the own id finds a node", ownID},
	{"two nodes are joined by at most one edge of the same kind and discriminator", parallelEdges},
	{"an edge may lead from a node to itself", loops},
	{"a context that is done at the call gives its error and changes nothing", contextDone},
}

// small is a batch with two firms, a town and three edges.
func small() graph.Batch {
	return graph.Batch{
		Nodes: []graph.NodeDraft{
			firm("f1", fact("code", "f1"), fact("name", "甲光电"), fact("staff", int64(120))),
			firm("f2", fact("code", "f2"), fact("name", "乙精密")),
			town("t1", fact("name", "青山镇")),
		},
		Edges: []graph.EdgeDraft{
			supplies(codeKey("f1"), codeKey("f2"), fact("share", .35)),
			sitedIn(codeKey("f1"), townKey("t1"), "office"),
			sitedIn(codeKey("f1"), townKey("t1"), "plant", fact("staff", int64(80))),
		},
	}
}

func addsFacts(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	f.wantContents(small())
	more := nodes(firm("f1", fact("staff", int64(140), register), fact("note", "新增产线")))
	f.apply(more)
	f.wantContents(small(), more)
	n := f.node(codeKey("f1"))
	if v, ok := n.Get("staff"); !ok || v != int64(140) {
		t.Errorf("staff is %v, %v after a newer fact stated 140", v, ok)
	}
	if c := n.Conflicts(); len(c) != 1 || c[0].Value != int64(120) {
		t.Errorf("the conflicts are %v, not the losing 120", c)
	}
}

func allOrNone(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	before := f.contents()
	faulty := nodes(
		firm("f1", fact("note", "must not remain")),
		firm("f9"),
		firm("f8", fact("colour", "an unknown property")),
	)
	faulty.Edges = []graph.EdgeDraft{supplies(codeKey("f1"), codeKey("f9"))}
	if _, err := f.store.Apply(t.Context(), faulty); !errors.Is(err, graph.ErrInvalid) {
		t.Fatalf("a batch with an unknown property gives %v, not ErrInvalid", err)
	}
	if got := f.contents(); got != before {
		t.Errorf("a refused batch left traces; the graph was\n%s\nand is\n%s", before, got)
	}
	if r := f.version(); r != 1 {
		t.Errorf("the version is %d after one batch and a refused one", r)
	}
}

func durable(t testing.TB, open Opener) {
	f := start(t, open)
	r := f.apply(small())
	want := graph.Result{Version: 1, NodesCreated: 3, EdgesCreated: 3}
	if r != want {
		t.Errorf("the result is %+v, want %+v", r, want)
	}
	digest := f.digest()
	f.reopen()
	f.wantContents(small())
	if got := f.digest(); got != digest {
		t.Errorf("the digest is %s before and %s after closing and opening", digest, got)
	}
	if r := f.version(); r != 1 {
		t.Errorf("the version is %d after opening again, not 1", r)
	}
}

func again(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	before := f.changes(0)
	r := f.apply(small())
	want := graph.Result{Version: 1, NodesUnchanged: 3, EdgesUnchanged: 3}
	if r != want {
		t.Errorf("the result is %+v, want %+v", r, want)
	}
	if r := f.version(); r != 1 {
		t.Errorf("the version is %d after the same batch twice", r)
	}
	f.sameElements(before, f.changes(0))
	if late := f.changes(1); len(late) > 0 {
		t.Errorf("the second time changed %d elements", len(late))
	}
}

func countsDrafts(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	got := f.apply(graph.Batch{
		Nodes: []graph.NodeDraft{
			firm("f1"), firm("f2", fact("note", "new")), firm("f3"),
			firmOf([]graph.Key{codeKey("f1"), nameKey("甲", "青山")}),
		},
		Edges: []graph.EdgeDraft{
			supplies(codeKey("f1"), codeKey("f2")),
			supplies(codeKey("f1"), codeKey("f2"), fact("share", .4)),
			supplies(codeKey("f2"), codeKey("f3")),
		},
	})
	want := graph.Result{
		Version: 2, NodesCreated: 1, NodesUpdated: 2, NodesUnchanged: 1,
		EdgesCreated: 1, EdgesUpdated: 1, EdgesUnchanged: 1,
	}
	if got != want {
		t.Errorf("the result is %+v, want %+v", got, want)
	}
}

func countsRepeats(t testing.TB, open Opener) {
	f := start(t, open)
	got := f.apply(graph.Batch{
		Nodes: []graph.NodeDraft{firm("f1"), firm("f1"), firm("f1", fact("note", "more")), firm("f1", fact("note", "more"))},
		Edges: []graph.EdgeDraft{
			supplies(codeKey("f1"), codeKey("f1")),
			supplies(codeKey("f1"), codeKey("f1"), fact("share", .5)),
			supplies(codeKey("f1"), codeKey("f1")),
		},
	})
	want := graph.Result{
		Version: 1, NodesCreated: 1, NodesUpdated: 1, NodesUnchanged: 2,
		EdgesCreated: 1, EdgesUpdated: 1, EdgesUnchanged: 1,
	}
	if got != want {
		t.Errorf("the result is %+v, want %+v", got, want)
	}
}

func countsMerges(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(nodes(firm("f1"), firm("f2"), firm("f3")))
	got := f.apply(nodes(firmOf([]graph.Key{codeKey("f1"), codeKey("f2"), codeKey("f3")})))
	want := graph.Result{Version: 2, NodesUpdated: 1, NodesMerged: 2}
	if got != want {
		t.Errorf("the result is %+v, want %+v", got, want)
	}
}

func growsByOne(t testing.TB, open Opener) {
	f := start(t, open)
	if r := f.version(); r != 0 {
		t.Errorf("the version of an empty graph is %d", r)
	}
	for i, code := range []string{"f1", "f2", "f3"} {
		if r := f.apply(nodes(firm(code))); r.Version != graph.Version(i+1) {
			t.Errorf("batch %d gives the version %d", i+1, r.Version)
		}
	}
	f.reopen()
	if r := f.apply(nodes(firm("f4"))); r.Version != 4 {
		t.Errorf("the fourth batch, after opening again, gives the version %d", r.Version)
	}
}

func emptyBatch(t testing.TB, open Opener) {
	f := start(t, open)
	if r := f.apply(graph.Batch{}); r != (graph.Result{}) {
		t.Errorf("an empty batch into an empty graph gives %+v", r)
	}
	f.apply(small())
	if r := f.apply(graph.Batch{}); r != (graph.Result{Version: 1}) {
		t.Errorf("an empty batch gives %+v", r)
	}
}

func anyKey(t testing.TB, open Opener) {
	f := start(t, open)
	name := nameKey("甲光电", "青山镇")
	f.apply(nodes(firmOf([]graph.Key{codeKey("f1"), name})))
	f.apply(nodes(firmOf([]graph.Key{name}, fact("note", "by name"))))
	f.apply(nodes(firm("f1", fact("staff", int64(7)))))
	n := f.node(codeKey("f1"))
	_, byName := n.Get("note")
	_, byCode := n.Get("staff")
	if !byName || !byCode || len(f.changes(0)) != 1 {
		t.Errorf("the keys of one firm find different nodes:\n%s", f.contents())
	}
	f.apply(join(nodes(firm("f2")), edges(supplies(codeKey("f2"), name))))
	if e := f.edges(); len(e) != 1 || e[0].To != n.ID {
		t.Errorf("an edge to the name %q leads to another node than %q:\n%s", name, n.ID, f.contents())
	}
}

func ownID(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(nodes(firm("f1"), firm("f2")))
	n := f.node(codeKey("f1"))
	r := f.apply(graph.Batch{
		Nodes: []graph.NodeDraft{firmOf([]graph.Key{graph.IDKey(n.ID)}, fact("note", "by id"))},
		Edges: []graph.EdgeDraft{supplies(codeKey("f2"), graph.IDKey(n.ID))},
	})
	if want := (graph.Result{Version: 2, NodesUpdated: 1, EdgesCreated: 1}); r != want {
		t.Errorf("the result is %+v, want %+v", r, want)
	}
	if v, _ := f.node(codeKey("f1")).Get("note"); v != "by id" {
		t.Errorf("a draft with the id did not reach its node:\n%s", f.contents())
	}
}

func parallelEdges(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	more := edges(sitedIn(codeKey("f1"), townKey("t1"), "plant", fact("staff", int64(90), register)),
		supplies(codeKey("f2"), codeKey("f1")))
	f.apply(more)
	f.wantContents(small(), more)
	if n := len(f.edges()); n != 4 {
		t.Errorf("there are %d edges, want 4: one more, the way back", n)
	}
}

func loops(t testing.TB, open Opener) {
	f := start(t, open)
	b := join(nodes(firm("f1")), edges(supplies(codeKey("f1"), codeKey("f1"), fact("share", .1))))
	f.apply(b)
	f.wantContents(b)
}

func contextDone(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	before := f.contents()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.store.Apply(ctx, nodes(firm("f9"))); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply gives %v", err)
	}
	if got := f.contents(); got != before {
		t.Errorf("a batch of a cancelled context left traces:\n%s", got)
	}
	if _, err := f.store.Version(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("reading the version gives %v", err)
	}
}
