package questiontest

import (
	"context"
	"sync"

	"liantu/graph"
	"liantu/schema"
)

// Streamed is a store of one version that only streams a batch, for tests of
// hundreds of graphs.
type Streamed struct{ delta *graph.Delta }

// Stream plans a batch for an empty store.
func Stream(ctx context.Context, fail Failer, batch graph.Batch) Streamed {
	fail.Helper()
	delta, err := graph.Plan(ctx, schema.Default(), batch, nothing{})
	if err != nil {
		fail.Fatal(err)
	}
	return Streamed{delta}
}

// Apply refuses, since the store only streams.
func (Streamed) Apply(context.Context, graph.Batch) (graph.Result, error) {
	return graph.Result{}, graph.ErrDenied
}

// Version is that of the one batch.
func (Streamed) Version(context.Context) (graph.Version, error) { return 1, nil }

// Close does nothing.
func (Streamed) Close() error { return nil }

// Changes streams the nodes, then the edges, of the batch.
func (s Streamed) Changes(_ context.Context, _ graph.Version, yield func(graph.Change) error) (graph.Version, error) {
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

// Namer makes the ids of all streams.
func (Streamed) Namer(context.Context) (*graph.Namer, error) { return Names(), nil }

// Names returns the namer of graphs that only tests stream: their ids are the same
// in every run.
var Names = sync.OnceValue(func() *graph.Namer {
	secret, err := graph.SecretOf([]byte("the secret of all streamed tests"))
	if err != nil {
		panic(err) // the length is right
	}
	return graph.NewNamer(schema.Default(), secret)
})

// nothing is the view of an empty store.
type nothing struct{}

func (nothing) Naming() *graph.Namer { return Names() }

func (nothing) NodeIDs(context.Context, []graph.Key) (map[graph.Key]graph.ID, error) { return nil, nil }
func (nothing) Nodes(context.Context, []graph.ID) (map[graph.ID]*graph.Node, error)  { return nil, nil }
func (nothing) Edges(context.Context, []*graph.Edge) (map[graph.ID]*graph.Edge, error) {
	return nil, nil
}
func (nothing) EdgesOf(context.Context, []graph.ID) ([]*graph.Edge, error) { return nil, nil }

func (nothing) Tombstones(context.Context, []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	return nil, nil
}
