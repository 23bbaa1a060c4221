package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"liantu/graph"
)

var forgetChecks = []check{
	{"Forget removes a node with its edges and its keys", forgets},
	{"and returns what was removed once that is durable", forgetIsDurable},
	{"and in the ledger every draft about it, so that no Undo brings it back", forgetsLedger},
	{"everything else of its loads stays and can be taken back as before", keepsTheRest},
	{"Forget increases the version by one, and Changes reports it like any batch", forgetChanges},
	{"a tombstone of the node is left that says who requested it and why, but not which node it was", leavesTombstone},
	{"Apply refuses drafts with a key that the node had, and edges to it", refusesForgotten},
	{"a batch with Lift adds it again, which removes the tombstone", liftsTombstone},
	{"a key that finds nothing gives ErrNotFound, a request without who and why ErrInvalid", refusesForgetting},
}

// request is a request to forget a node.
func request(k graph.Key) graph.Forgetting {
	return graph.Forgetting{Key: k, By: "steward", Reason: "requested in writing", At: time.Date(2026, 11, 28, 9, 30, 0, 0, time.UTC)}
}

func (f *fixture) forget(k graph.Key) graph.Forgotten {
	f.Helper()
	done, err := f.store.Forget(f.Context(), request(k))
	if err != nil {
		f.Fatalf("forgetting %q: %v", k, err)
	}
	return done
}

func (f *fixture) tombstones(keys ...graph.Key) map[graph.Key]graph.Tombstone {
	f.Helper()
	found, err := f.store.Tombstones(f.Context(), keys)
	if err != nil {
		f.Fatalf("reading tombstones: %v", err)
	}
	return found
}

// canary is in the facts, keys and edges of the node that is forgotten.
const canary = "鹂canary"

// canaries applies loads about the node with the canary, and about others. Two
// loads state the node under different keys, one merges the two, and one names
// it by its id. It returns what must remain without the node.
func canaries(f *fixture) (rest []graph.Batch) {
	name := nameKey(canary, canary)
	f.apply(of("a", 1, join(nodes(firmOf([]graph.Key{name}, fact("note", canary)), firm("f2")), small())))
	id := f.node(name).ID
	f.apply(of("b", 2, join(
		nodes(firmOf([]graph.Key{codeKey(canary), codeKey("old " + canary)}, fact("tags", []string{"x", canary})), firm("f9", fact("note", "b"))),
		edges(supplies(codeKey(canary), codeKey("f9"), fact("share", .25)), supplies(codeKey("f1"), codeKey("old "+canary)), supplies(codeKey("f9"), codeKey("f2"))),
	)))
	f.apply(of("c", 3, nodes(firmOf([]graph.Key{name, codeKey(canary)}))))
	f.apply(done(of("d", 4, graph.Batch{
		Nodes: []graph.NodeDraft{firmOf([]graph.Key{graph.IDKey(id)}, fact("phone", "19901234567"))},
		Edges: []graph.EdgeDraft{supplies(graph.IDKey(id), codeKey("f2"))},
	})))
	return []graph.Batch{
		of("a", 1, join(nodes(firm("f2")), small())),
		of("b", 2, join(nodes(firm("f9", fact("note", "b"))), edges(supplies(codeKey("f9"), codeKey("f2"))))),
	}
}

// traces lists what the store still shows of the canary.
func (f *fixture) traces() []string {
	f.Helper()
	var found []string
	search := func(where string, texts ...string) {
		for _, text := range texts {
			if strings.Contains(text, canary) || strings.Contains(text, "19901234567") {
				found = append(found, where+": "+text)
			}
		}
	}
	search("the graph", strings.Split(f.contents(), "\n")...)
	for _, e := range f.ledger() {
		for _, d := range e.Batch.Nodes {
			search("a draft of "+e.Batch.Load.ID, nodeLine(d.Kind, texts(d.Keys), d.Facts))
		}
		for _, d := range e.Batch.Edges {
			search("a draft of "+e.Batch.Load.ID, edgeLine(d.Kind, d.From, d.To, d.Discriminator, d.Facts))
		}
	}
	return found
}

func texts(keys []graph.Key) []string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = string(k)
	}
	return list
}

func forgets(t testing.TB, open Opener) {
	f := start(t, open)
	rest := canaries(f)
	id := f.node(codeKey(canary)).ID
	if len(f.traces()) < 6 {
		t.Fatalf("the traces before are only %q", f.traces())
	}
	got := f.forget(graph.IDKey(id))
	if got.Edges != 3 || got.Drafts != 7 || !slices.Equal(got.Loads, []string{"a", "b", "c", "d"}) {
		t.Errorf("forgetting gives %+v", got)
	}
	f.wantContents(rest...)
	for _, k := range []graph.Key{codeKey(canary), codeKey("old " + canary), nameKey(canary, canary), graph.IDKey(id)} {
		if n := f.node(k); n != nil {
			t.Errorf("the key %q finds %+v", k, n)
		}
	}
	if left := f.traces(); len(left) > 0 {
		t.Errorf("traces are left: %q", left)
	}
}

func forgetIsDurable(t testing.TB, open Opener) {
	f := start(t, open)
	rest := canaries(f)
	got := f.forget(codeKey(canary))
	digest := f.digest()
	f.reopen()
	f.wantContents(rest...)
	if d := f.digest(); d != digest || f.version() != got.Version {
		t.Errorf("after opening again the digest is %s (was %s), the version %d (was %d)", d, digest, f.version(), got.Version)
	}
	if left := f.traces(); len(left) > 0 {
		t.Errorf("traces are left: %q", left)
	}
	if found := f.tombstones(codeKey(canary)); found[codeKey(canary)] != got.Tombstone {
		t.Errorf("after opening again the tombstones are %+v, want %+v", found, got.Tombstone)
	}
	f.apply(of("later", 9, nodes(firm("f77"))))
	f.reopen()
	f.wantContents(append(rest, nodes(firm("f77")))...)
}

func forgetsLedger(t testing.TB, open Opener) {
	f := start(t, open)
	canaries(f)
	f.forget(codeKey(canary))
	for _, load := range []string{"d", "c", "b", "a"} {
		f.undo(load)
		if left := f.traces(); len(left) > 0 {
			t.Errorf("after taking back %q these traces are left: %q", load, left)
		}
	}
	f.wantContents()
	if found := f.tombstones(codeKey(canary)); len(found) != 1 {
		t.Errorf("taking back the loads removed the tombstone, too: %+v", found)
	}
}

func keepsTheRest(t testing.TB, open Opener) {
	f := start(t, open)
	rest := canaries(f)
	f.forget(codeKey(canary))
	if l := f.loads(); len(l) != 4 || !l[3].Done {
		t.Errorf("the loads are %+v", l)
	}
	f.apply(rest[0])
	f.undo("b")
	f.wantContents(rest[0])
	f.undo("a")
	f.wantContents()
	f.apply(rest[0])
	f.apply(rest[0])
	f.apply(rest[1])
	f.wantContents(rest...)
	count := 0
	for _, e := range f.ledger() {
		if e.Batch.Load.ID == "a" {
			count++
		}
	}
	if count != 1 {
		t.Errorf("the ledger has %d batches of a load with one batch", count)
	}
}

func forgetChanges(t testing.TB, open Opener) {
	f := start(t, open)
	canaries(f)
	follow := newFollower()
	follow.check(f)
	id, before := f.node(codeKey(canary)).ID, f.version()
	if got := f.forget(codeKey(canary)); got.Version != before+1 || f.version() != before+1 {
		t.Errorf("the version is %d, the result says %d, it was %d", f.version(), got.Version, before)
	}
	edges, nodes := 0, 0
	for _, c := range f.changes(before) {
		switch {
		case c.EdgeRemoved != nil:
			edges++
		case c.NodeRemoved != nil && c.NodeRemoved.ID == id && c.NodeRemoved.Kind == "Firm":
			nodes++
		default:
			t.Errorf("forgetting changes %+v", c)
		}
	}
	if edges != 3 || nodes != 1 {
		t.Errorf("the changes report %d removed edges and %d removed nodes", edges, nodes)
	}
	follow.check(f)
}

func leavesTombstone(t testing.TB, open Opener) {
	f := start(t, open)
	canaries(f)
	keys := []graph.Key{codeKey(canary), codeKey("old " + canary), nameKey(canary, canary), graph.IDKey(f.node(codeKey(canary)).ID)}
	if found := f.tombstones(keys...); len(found) != 0 {
		t.Errorf("before forgetting there are %+v", found)
	}
	got := f.forget(codeKey(canary)).Tombstone
	want := request(codeKey(canary))
	if got.Kind != "Firm" || got.By != want.By || got.Reason != want.Reason || !got.At.Equal(want.At) || got.ID == "" {
		t.Errorf("the tombstone is %+v", got)
	}
	found := f.tombstones(append(keys, codeKey("f1"), codeKey("no such"))...)
	if len(found) != len(keys) {
		t.Errorf("the tombstones are %+v, want one for each of %q", found, keys)
	}
	for k, s := range found {
		if s != got {
			t.Errorf("the tombstone of %q is %+v, want %+v", k, s, got)
		}
	}
}

func refusesForgotten(t testing.TB, open Opener) {
	f := start(t, open)
	rest := canaries(f)
	id := f.node(codeKey(canary)).ID
	f.forget(codeKey(canary))
	before := f.version()
	for _, b := range []graph.Batch{
		nodes(firm(canary)),
		nodes(firm("f1"), firmOf([]graph.Key{codeKey("new"), nameKey(canary, canary)})),
		nodes(firmOf([]graph.Key{graph.IDKey(id)})),
		edges(supplies(codeKey("f1"), codeKey("old "+canary))),
		join(nodes(firm("f1"), firm(canary)), edges(supplies(codeKey(canary), codeKey("f1")))),
	} {
		_, err := f.store.Apply(t.Context(), of("e", 5, b))
		var invalid *graph.InvalidError
		if !errors.As(err, &invalid) {
			t.Errorf("a batch about a forgotten node gives %v", err)
			continue
		}
		for _, fault := range invalid.Faults {
			if !fault.Forgotten || strings.Contains(fault.Reason.String(), canary) || strings.Contains(fault.Reason.String(), string(id)) {
				t.Errorf("the fault is %+v", fault)
			}
		}
		if want := len(b.Edges) + min(len(b.Nodes), 1); len(invalid.Faults) != want {
			t.Errorf("there are %d faults, want %d: %v", len(invalid.Faults), want, err)
		}
	}
	if f.version() != before || len(f.loads()) != 4 {
		t.Errorf("refused batches left the version %d (was %d) and the loads %+v", f.version(), before, f.loads())
	}
	f.wantContents(rest...)
}

func liftsTombstone(t testing.TB, open Opener) {
	f := start(t, open)
	rest := canaries(f)
	f.apply(nodes(firm("another")))
	f.forget(codeKey(canary))
	f.forget(codeKey("another"))
	again := of("e", 5, nodes(firm(canary, fact("note", "back"))))
	again.Lift = true
	if r := f.apply(again); r.NodesCreated != 1 {
		t.Errorf("lifting gives %+v", r)
	}
	f.wantContents(append(rest, again)...)
	if found := f.tombstones(codeKey(canary), nameKey(canary, canary), codeKey("another")); len(found) != 1 || found[codeKey("another")].ID == "" {
		t.Errorf("after lifting one the tombstones are %+v", found)
	}
	f.reopen()
	f.apply(nodes(firmOf([]graph.Key{codeKey(canary), nameKey(canary, canary)})))
	if left := f.ledger(); slices.ContainsFunc(left, func(e graph.Entry) bool { return e.Batch.Lift }) {
		t.Error("the ledger records that a batch lifted a tombstone")
	}
	f.forget(codeKey(canary))
	f.wantContents(rest...)
}

func refusesForgetting(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(of("a", 1, small()))
	for _, k := range []graph.Key{codeKey("no such"), graph.IDKey(PlainID(codeKey("no such"))), "", "id/", "nonsense"} {
		if _, err := f.store.Forget(t.Context(), request(k)); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("forgetting %q gives %v", k, err)
		}
	}
	for _, r := range []graph.Forgetting{
		{Key: codeKey("f1")},
		{Key: codeKey("f1"), By: "steward"},
		{Key: codeKey("f1"), Reason: "on request", By: " "},
		{Key: codeKey("f1"), By: "steward", Reason: strings.Repeat("long ", 200)},
		{Key: codeKey("f1"), By: "steward", Reason: "\xff"},
	} {
		if _, err := f.store.Forget(t.Context(), r); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("forgetting by %q for %q gives %v", r.By, r.Reason, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.store.Forget(ctx, request(codeKey("f1"))); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that is done Forget gives %v", err)
	}
	if _, err := f.store.Tombstones(ctx, []graph.Key{codeKey("f1")}); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that is done Tombstones gives %v", err)
	}
	f.wantContents(small())
}
