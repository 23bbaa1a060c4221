package projection_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
)

// TestPart leaves companies, edges and facts out of a projection, and compares
// it with the projection of a graph that never had them.
func TestPart(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		batch := questiontest.Random(rt)
		store := newStore(t, rt)
		apply(t, rt, store, batch)
		whole := build(t, rt, store)
		without := map[graph.Key]bool{}
		for _, d := range batch.Nodes {
			if d.Kind == "Company" && rapid.IntRange(0, 2).Draw(rt, "left out") == 0 {
				without[d.Keys[0]] = true
			}
		}
		noFeeds := rapid.Bool().Draw(rt, "no feeds")
		secret := func(f graph.Fact) bool { return f.Property == "employees" }
		part, err := whole.Part(t.Context(), func(v projection.Vertex) *graph.Node {
			n := *whole.Node(v)
			if slices.ContainsFunc(n.Keys, func(k graph.Key) bool { return without[k] }) {
				return nil
			}
			n.Facts = slices.DeleteFunc(slices.Clone(n.Facts), secret)
			return &n
		}, func(e *graph.Edge) *graph.Edge {
			if noFeeds && e.Kind == "FEEDS" {
				return nil
			}
			return e
		})
		if err != nil {
			rt.Fatal(err)
		}
		checkConsistent(rt, part)
		var less graph.Batch
		for _, d := range batch.Nodes {
			if !without[d.Keys[0]] {
				d.Facts = slices.DeleteFunc(slices.Clone(d.Facts), secret)
				less.Nodes = append(less.Nodes, d)
			}
		}
		for _, e := range batch.Edges {
			if !without[e.From] && !without[e.To] && (!noFeeds || e.Kind != "FEEDS") {
				less.Edges = append(less.Edges, e)
			}
		}
		fresh := newStore(t, rt)
		apply(t, rt, fresh, less)
		want := build(t, rt, fresh)
		if want.AsOf() != whole.AsOf() {
			return // the newest facts were left out: the part has the day of the whole
		}
		got, expected := rest(describe(part)), rest(describe(want))
		if got != expected {
			rt.Fatalf("the part shows\n%s\nwant\n%s", got, expected)
		}
	})
}

// rest returns a text without the first line, which has the dates.
func rest(text string) string {
	_, after, _ := strings.Cut(text, "\n")
	return after
}
