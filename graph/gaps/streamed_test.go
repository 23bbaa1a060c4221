package gaps_test

import (
	"context"

	"liantu/graph"
	"liantu/schema"
)

// streamed is a store of one revision that only streams a batch, for tests of
// hundreds of graphs.
type streamed struct{ delta *graph.Delta }

// stream plans a batch for an empty store.
func stream(ctx context.Context, fail failer, batch graph.Batch) streamed {
	fail.Helper()
	delta, err := graph.Plan(ctx, schema.Default(), batch, nothing{})
	if err != nil {
		fail.Fatal(err)
	}
	return streamed{delta}
}

func (streamed) Apply(context.Context, graph.Batch) (graph.Result, error) {
	return graph.Result{}, graph.ErrDenied
}
func (streamed) Revision(context.Context) (graph.Revision, error) { return 1, nil }
func (streamed) Close() error                                     { return nil }

func (s streamed) Changes(_ context.Context, _ graph.Revision, yield func(graph.Change) error) (graph.Revision, error) {
	for _, n := range s.delta.Nodes {
		if err := yield(graph.Change{Node: n}); err != nil {
			return 0, err
		}
	}
	for _, e := range s.delta.Edges {
		if err := yield(graph.Change{Edge: e}); err != nil {
			return 0, err
		}
	}
	return 1, nil
}

// nothing is the view of an empty store.
type nothing struct{}

func (nothing) NodeIDs(context.Context, []graph.Key) (map[graph.Key]graph.ID, error) { return nil, nil }
func (nothing) Nodes(context.Context, []graph.ID) (map[graph.ID]*graph.Node, error)  { return nil, nil }
func (nothing) Edges(context.Context, []*graph.Edge) (map[graph.ID]*graph.Edge, error) {
	return nil, nil
}
func (nothing) EdgesOf(context.Context, []graph.ID) ([]*graph.Edge, error) { return nil, nil }

func (nothing) Tombstones(context.Context, []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	return nil, nil
}
