package graph_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"liantu/graph"
)

// digestOf loads batches into a graph of their own.
func digestOf(t *testing.T, batches ...graph.Batch) string {
	t.Helper()
	s := newState()
	for _, b := range batches {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	d, err := graph.Digest(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func digestSample() graph.Batch {
	return graph.Batch{
		Nodes: []graph.NodeDraft{firm("a", fact("staff", int64(1), "list", "2023", graph.GradeD)), firm("b"), firm("c")},
		Edges: []graph.EdgeDraft{supplies("a", "b", fact("share", .5, "list", "2023", graph.GradeD)), supplies("b", "c")},
	}
}

func TestDigestTellsGraphsApart(t *testing.T) {
	town := graph.NodeDraft{Kind: "Town", Keys: []graph.Key{"Town/code=t"}}
	siteIn := func(use string) graph.EdgeDraft {
		return graph.EdgeDraft{Kind: "SITED_IN", From: codeKey("a"), To: "Town/code=t", Discriminator: use}
	}
	variants := map[string]func(b *graph.Batch){
		"as it is":        func(*graph.Batch) {},
		"empty":           func(b *graph.Batch) { *b = graph.Batch{} },
		"without a node":  func(b *graph.Batch) { b.Nodes, b.Edges = b.Nodes[:2], b.Edges[:1] },
		"without an edge": func(b *graph.Batch) { b.Edges = b.Edges[:1] },
		"another value":   func(b *graph.Batch) { b.Nodes[0].Facts[1].Value = int64(2) },
		"another type of value": func(b *graph.Batch) {
			b.Nodes[0].Facts[1] = fact("score", 1.0, "list", "2023", graph.GradeD)
		},
		"another source":         func(b *graph.Batch) { b.Nodes[0].Facts[1].Source = "other" },
		"another day":            func(b *graph.Batch) { b.Nodes[0].Facts[1].AsOf = "2024" },
		"another grade":          func(b *graph.Batch) { b.Nodes[0].Facts[1].Grade = graph.GradeA },
		"a fact of an edge":      func(b *graph.Batch) { b.Edges[0].Facts[1].Value = .25 },
		"one fact fewer":         func(b *graph.Batch) { b.Nodes[0].Facts = b.Nodes[0].Facts[:1] },
		"another key":            func(b *graph.Batch) { b.Nodes[2].Keys = append(b.Nodes[2].Keys, codeKey("d")) },
		"the other direction":    func(b *graph.Batch) { b.Edges[1].From, b.Edges[1].To = b.Edges[1].To, b.Edges[1].From },
		"another end":            func(b *graph.Batch) { b.Edges[1].From = codeKey("a") },
		"two nodes that are one": func(b *graph.Batch) { b.Nodes = append(b.Nodes, firm("b c")) },
		"an edge with a use":     func(b *graph.Batch) { b.Nodes = append(b.Nodes, town); b.Edges = append(b.Edges, siteIn("plant")) },
		"an edge with another":   func(b *graph.Batch) { b.Nodes = append(b.Nodes, town); b.Edges = append(b.Edges, siteIn("office")) },
	}
	seen := map[string]string{}
	for name, change := range variants {
		b := digestSample()
		change(&b)
		d := digestOf(t, b)
		if other, ok := seen[d]; ok {
			t.Errorf("%q and %q have the digest %s", name, other, d)
		}
		seen[d] = name
	}
}

func TestDigestIgnoresTheWayThere(t *testing.T) {
	want := digestOf(t, digestSample())
	parts := digestSample()
	slices.Reverse(parts.Nodes)
	slices.Reverse(parts.Edges)
	// First c alone under its own id, then a and b, which get ids at another
	// time and version, then the edges.
	got := digestOf(t, graph.Batch{Nodes: parts.Nodes[:1]}, graph.Batch{Nodes: parts.Nodes[1:]}, graph.Batch{Edges: parts.Edges}, parts)
	if got != want {
		t.Errorf("the digest is %s in several batches, %s in one", got, want)
	}
	// Digests are written down and compared later: they must not change.
	if want != "863f512fa1ab72814680075085af26debf354be5d9c3bb84f4e84bd79610a8d7" {
		t.Errorf("the digest of the sample is %s", want)
	}
}

// broken is a store whose stream ends in an error or shows an impossible graph.
type broken struct {
	graph.Store
	changes []graph.Change
	err     error
}

func (b broken) Changes(_ context.Context, _ graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	for _, c := range b.changes {
		if err := yield(c); err != nil {
			return 0, err
		}
	}
	return 1, b.err
}

func TestDigestErrors(t *testing.T) {
	if _, err := graph.Digest(t.Context(), broken{err: errView}); !errors.Is(err, errView) {
		t.Errorf("an error of the store gives %v", err)
	}
	for name, c := range map[string]graph.Change{
		"a node without keys":      {Node: &graph.Node{ID: "x"}},
		"an edge without nodes":    {Edge: &graph.Edge{ID: "x", From: "a", To: "b"}},
		"a value no fact may have": {Node: &graph.Node{Keys: []graph.Key{"k"}, Facts: []graph.Fact{{Property: "p", Value: 1}}}},
	} {
		if d, err := graph.Digest(t.Context(), broken{changes: []graph.Change{c}}); err == nil {
			t.Errorf("%s gives the digest %s", name, d)
		}
	}
}
