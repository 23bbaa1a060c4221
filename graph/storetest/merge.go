package storetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"liantu/graph"
)

var mergeChecks = []check{
	{"drafts and nodes that share a key become one node", shareKey},
	{"which keeps the smallest of the ids it had", smallestID},
	{"all their facts and all their edges", keepsAll},
	{"and is found by the lost ids", lostIDs},
	{"edges that then join the same nodes become one edge with the facts of all", edgesFold},
	{"an edge between two nodes that become one stays", mergedEnds},
	{"nodes of one name stay apart if each is stated by its own codes", sameName},
	{"merges are transitive", mergeChain},
	{"a batch may merge nodes and state their edges at once", mergeAndEdges},
}

// three is a graph with three firms that a later batch merges: each has its own
// facts, and edges to and from a fourth firm and a town.
func three() graph.Batch {
	return graph.Batch{
		Nodes: []graph.NodeDraft{
			firm("a", fact("note", "first")),
			firm("b", fact("note", "second", register)),
			firmOf([]graph.Key{nameKey("丙", "青山")}, fact("staff", int64(3))),
			firm("other"), town("t"),
		},
		Edges: []graph.EdgeDraft{
			supplies(codeKey("a"), codeKey("other"), fact("share", .1)),
			supplies(codeKey("b"), codeKey("other"), fact("share", .2, register)),
			supplies(codeKey("other"), nameKey("丙", "青山")),
			supplies(codeKey("a"), codeKey("b"), fact("share", .3)),
			sitedIn(codeKey("a"), townKey("t"), "office"),
			sitedIn(codeKey("b"), townKey("t"), "plant"),
			sitedIn(nameKey("丙", "青山"), townKey("t"), "office", fact("staff", int64(3))),
		},
	}
}

// one merges the three firms.
func one() graph.Batch {
	return nodes(firmOf([]graph.Key{codeKey("b"), nameKey("丙", "青山"), codeKey("a")}))
}

func shareKey(t testing.TB, open Opener) {
	f := start(t, open)
	drafts := nodes(
		firmOf([]graph.Key{codeKey("a"), nameKey("甲", "青山")}, fact("note", "1")),
		firmOf([]graph.Key{nameKey("甲", "青山"), nameKey("甲光", "青山")}, fact("note", "2")),
		firmOf([]graph.Key{nameKey("甲光", "青山"), codeKey("c")}, fact("note", "3")),
	)
	r := f.apply(drafts)
	if want := (graph.Result{Version: 1, NodesCreated: 1, NodesUpdated: 2}); r != want {
		t.Errorf("three drafts of one node give %+v, want %+v", r, want)
	}
	f.wantContents(drafts)
	n := f.node(codeKey("a"))
	want := []graph.Key{codeKey("a"), codeKey("c"), nameKey("甲", "青山"), nameKey("甲光", "青山")}
	if !slices.Equal(n.Keys, want) {
		t.Errorf("the keys are %q, want %q: strongest first", n.Keys, want)
	}
	if n.ID != PlainID(codeKey("a")) {
		t.Errorf("the id %q is not made from the strongest key", n.ID)
	}
}

// ids returns the ids of the nodes with the given keys, sorted.
func (f *fixture) ids(keys ...graph.Key) []graph.ID {
	f.Helper()
	var ids []graph.ID
	for _, k := range keys {
		if n := f.node(k); n != nil {
			ids = append(ids, n.ID)
			continue
		}
		f.Fatalf("the key %q finds no node", k)
	}
	slices.Sort(ids)
	return ids
}

func smallestID(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	ids := f.ids(codeKey("a"), codeKey("b"), nameKey("丙", "青山"))
	r := f.apply(one())
	if r.NodesMerged != 2 {
		t.Errorf("the result is %+v, want 2 merged", r)
	}
	for _, k := range []graph.Key{codeKey("a"), codeKey("b"), nameKey("丙", "青山")} {
		if n := f.node(k); n.ID != ids[0] {
			t.Errorf("the node of %q has the id %q, want %q, the smallest of %q", k, n.ID, ids[0], ids)
		}
	}
}

func keepsAll(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	f.apply(one())
	f.wantContents(three(), one())
	f.reopen()
	f.wantContents(three(), one())
}

func lostIDs(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	ids := f.ids(codeKey("a"), codeKey("b"), nameKey("丙", "青山"))
	f.apply(one())
	for _, id := range ids {
		r := f.apply(nodes(firmOf([]graph.Key{graph.IDKey(id)}, fact("note", "to "+string(id)))))
		if r.NodesUpdated != 1 || r.NodesCreated != 0 {
			t.Errorf("a draft with the id %q gives %+v", id, r)
		}
	}
	n := f.node(codeKey("a"))
	if len(n.Keys) != 5 || !slices.Equal(n.Keys[3:], []graph.Key{graph.IDKey(ids[1]), graph.IDKey(ids[2])}) {
		t.Errorf("the keys are %q, want the lost ids last", n.Keys)
	}
	for _, id := range ids {
		if !slices.ContainsFunc(n.Facts, func(f graph.Fact) bool { return f.Value == "to "+string(id) }) {
			t.Errorf("the facts of %q are not at the survivor", id)
		}
	}
	e := edges(supplies(graph.IDKey(ids[2]), graph.IDKey(ids[1])))
	if r := f.apply(e); r.EdgesUnchanged != 1 {
		t.Errorf("an edge between lost ids, which is there already, gives %+v", r)
	}
}

func edgesFold(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	f.apply(one())
	firm, other := f.node(codeKey("a")), f.node(codeKey("other"))
	var toOther, sites []*graph.Edge
	for _, e := range f.edges() {
		switch {
		case e.From == firm.ID && e.To == other.ID:
			toOther = append(toOther, e)
		case e.Kind == "SITED_IN":
			sites = append(sites, e)
		}
		if e.ID != PlainEdgeID(e.Kind, e.From, e.To, e.Discriminator) {
			t.Errorf("the id %q of an edge is not made from its present ends", e.ID)
		}
	}
	if len(toOther) != 1 || len(toOther[0].Facts) != 3 {
		t.Fatalf("the edges to the other firm did not become one with the facts of both:\n%s", f.contents())
	}
	if v, _ := toOther[0].Get("share"); v != .2 {
		t.Errorf("the share is %v, want the newer .2", v)
	}
	if len(sites) != 2 {
		t.Errorf("there are %d sites, want one office and one plant:\n%s", len(sites), f.contents())
	}
}

func mergedEnds(t testing.TB, open Opener) {
	first, second := start(t, open), three()
	first.apply(second)
	first.apply(one())
	id := first.node(codeKey("a")).ID
	for _, e := range first.edges() {
		if e.From == id && e.To == id {
			if v, _ := e.Get("share"); v != .3 {
				t.Errorf("the edge that became a loop lost its facts: %v", e.Facts)
			}
			return
		}
	}
	t.Errorf("the edge between two firms that became one is gone:\n%s", first.contents())
}

func mergeChain(t testing.TB, open Opener) {
	f := start(t, open)
	var batches []graph.Batch
	codes := strings.Split("abcdefgh", "")
	for _, c := range codes {
		batches = append(batches, join(nodes(firm(c, fact("note", c)), firm("hub")),
			edges(supplies(codeKey(c), codeKey("hub")))))
	}
	for i := 1; i < len(codes); i++ {
		batches = append(batches, nodes(firmOf([]graph.Key{codeKey(codes[i-1]), codeKey(codes[i])})))
	}
	for _, b := range batches {
		f.apply(b)
	}
	f.wantContents(batches...)
	if n := len(f.edges()); n != 1 {
		t.Errorf("there are %d edges to the hub after all firms became one", n)
	}
}

// sameName states two firms of one name by their codes, and a third by the name
// alone, in every order, together and one by one.
func sameName(t testing.TB, open Opener) {
	kind := Model().Node("Firm")
	stated := func(props map[string]any) graph.NodeDraft {
		var facts []graph.Fact
		for _, p := range slices.Sorted(maps.Keys(props)) {
			facts = append(facts, fact(p, props[p]))
		}
		return firmOf(graph.KeysOf(kind, props), facts...)
	}
	drafts := []graph.NodeDraft{
		stated(map[string]any{"code": "a", "name": "星澜"}), stated(map[string]any{"code": "b", "name": "星澜"}),
		stated(map[string]any{"name": "星澜"}),
	}
	f := start(t, open)
	for i, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		load := graph.LoadInfo{ID: fmt.Sprint(i), Source: "list", At: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)}
		for _, at := range order {
			f.apply(graph.Batch{Load: load, Nodes: []graph.NodeDraft{drafts[at]}})
		}
		f.wantContents(nodes(drafts...))
		if ids := f.ids(codeKey("a"), codeKey("b"), nameKey("星澜", "")); len(slices.Compact(ids)) != 3 {
			t.Errorf("in the order %v the firms have the ids %q, want three", order, ids)
		}
		if _, err := f.store.Undo(f.Context(), load.ID); err != nil {
			t.Fatalf("taking the load back: %v", err)
		}
	}
}

func mergeAndEdges(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	b := one()
	b.Nodes = append(b.Nodes, firm("new"))
	b.Edges = []graph.EdgeDraft{
		supplies(codeKey("b"), codeKey("other"), fact("share", .25)),
		supplies(codeKey("new"), codeKey("a")),
		supplies(codeKey("new"), codeKey("b"), fact("share", .5)),
		sitedIn(codeKey("b"), townKey("t"), "office", fact("staff", int64(9))),
	}
	r := f.apply(b)
	want := graph.Result{
		Version: 2, NodesCreated: 1, NodesUpdated: 1, NodesMerged: 2,
		EdgesCreated: 1, EdgesUpdated: 3,
	}
	if r != want {
		t.Errorf("the result is %+v, want %+v", r, want)
	}
	f.wantContents(three(), b)
}
