package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
)

// loading is a load of the random test: its portions, and those that were
// applied.
type loading struct {
	id       string
	portions []graph.Batch
	applied  []graph.Batch
}

// remaining is what all loads except one have applied.
func remaining(loads []*loading, except *loading) graph.Batch {
	var all graph.Batch
	for _, l := range loads {
		if l != except {
			all = join(all, join(l.applied...))
		}
	}
	return all
}

// dangles reports whether an edge of a batch has an end without a node.
func dangles(b graph.Batch) bool {
	stated := map[graph.Key]bool{}
	for _, d := range b.Nodes {
		for _, k := range d.Keys {
			stated[k] = true
		}
	}
	return slices.ContainsFunc(b.Edges, func(d graph.EdgeDraft) bool { return !stated[d.From] || !stated[d.To] })
}

// undoAnyLoad loads portions of several loads, takes loads back and forgets
// nodes, in any order. After every step it compares the graph with one made only
// from what was not taken back or forgotten, and with a copy that follows the
// changes.
func undoAnyLoad(t *testing.T, place func() Opener) {
	rapid.Check(t, func(t *rapid.T) {
		f := start(t, place())
		loads := make([]*loading, rapid.IntRange(2, 4).Draw(t, "loads"))
		for i := range loads {
			loads[i] = &loading{id: fmt.Sprint("load ", i), portions: drawPortions(t, drawBatch(t))}
		}
		follow := newFollower()
		for range rapid.IntRange(3, 9).Draw(t, "steps") {
			l := rapid.SampledFrom(loads).Draw(t, "load")
			switch rapid.IntRange(0, 6).Draw(t, "what") {
			case 0, 1:
				undoOne(t, f, loads, l)
			case 2:
				forgetOne(t, f, loads)
			default:
				loadOne(t, f, l)
			}
			want := remaining(loads, nil)
			f.wantContents(graph.Batch{Nodes: want.Nodes}, graph.Batch{Edges: want.Edges})
			follow.check(f)
		}
	})
}

// loadOne applies a portion of a load, which is refused if it has edges to nodes
// that do not exist.
func loadOne(t *rapid.T, f *fixture, l *loading) {
	b := rapid.SampledFrom(l.portions).Draw(t, "portion")
	named := b
	named.Load.ID = l.id
	switch _, err := f.store.Apply(t.Context(), named); {
	case err == nil:
		l.applied = append(l.applied, b)
	case !errors.Is(err, graph.ErrInvalid):
		t.Fatalf("applying: %v", err)
	}
}

// undoOne takes a load back, which must succeed exactly if no edge of the other
// loads dangles then.
func undoOne(t *rapid.T, f *fixture, loads []*loading, l *loading) {
	_, err := f.store.Undo(t.Context(), l.id)
	var needs *graph.DependencyError
	switch {
	case len(l.applied) == 0:
		if !errors.Is(err, graph.ErrNotFound) {
			t.Fatalf("taking back a load without a batch gives %v", err)
		}
	case dangles(remaining(loads, l)):
		if !errors.As(err, &needs) || needs.Count == 0 || len(needs.Dependencies) == 0 {
			t.Fatalf("taking back a load that others depend on gives %v", err)
		}
	case err != nil:
		t.Fatalf("taking back: %v", err)
	default:
		l.applied = nil
	}
}

// forgetOne forgets a firm, and removes all drafts about it from what was
// applied.
func forgetOne(t *rapid.T, f *fixture, loads []*loading) {
	var firms []*graph.Node
	for _, c := range f.changes(0) {
		if c.Node != nil && c.Node.Kind == "Firm" {
			firms = append(firms, c.Node)
		}
	}
	if len(firms) == 0 {
		return
	}
	n := rapid.SampledFrom(firms).Draw(t, "firm")
	f.forget(graph.IDKey(n.ID))
	about := func(k graph.Key) bool { return slices.Contains(n.Keys, k) }
	for _, l := range loads {
		for i, b := range l.applied {
			l.applied[i] = graph.Batch{
				Nodes: slices.DeleteFunc(slices.Clone(b.Nodes), func(d graph.NodeDraft) bool { return slices.ContainsFunc(d.Keys, about) }),
				Edges: slices.DeleteFunc(slices.Clone(b.Edges), func(d graph.EdgeDraft) bool { return about(d.From) || about(d.To) }),
			}
		}
	}
}

// follower maintains a copy of a graph from its changes alone.
type follower struct {
	copied map[graph.ID]graph.Change
	at     graph.Version
}

func newFollower() *follower { return &follower{copied: map[graph.ID]graph.Change{}} }

// check reads the changes and compares the copy with the graph.
func (o *follower) check(f *fixture) {
	f.Helper()
	list, r, err := collect(f.Context(), f.store, o.at)
	if err != nil {
		f.Fatalf("reading the changes after %d: %v", o.at, err)
	}
	o.at = r
	for _, c := range list {
		switch {
		case c.EdgeRemoved != nil:
			delete(o.copied, c.EdgeRemoved.ID)
		case c.NodeRemoved != nil:
			delete(o.copied, c.NodeRemoved.ID)
		case c.Node != nil:
			o.copied[c.Node.ID] = c
		default:
			o.copied[c.Edge.ID] = c
		}
	}
	whole := make([]graph.Change, 0, len(o.copied))
	for _, c := range o.copied {
		whole = append(whole, c)
	}
	slices.SortFunc(whole, compareChanges)
	f.sameElements(whole, f.changes(0))
}
