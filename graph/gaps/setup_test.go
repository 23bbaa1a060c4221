package gaps_test

import (
	"flag"
	"path/filepath"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

var update = flag.Bool("update", false, "write the expected rows of the scripts in testdata anew")

// failer is what *testing.T and *rapid.T have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Cleanup(f func())
}

// newStore keeps batches in a file store of the test.
func newStore(tb testing.TB, fail failer, batches ...graph.Batch) graph.Store {
	fail.Helper()
	store, err := filestore.Open(filepath.Join(tb.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		fail.Fatal(err)
	}
	fail.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	for _, batch := range batches {
		if _, err := store.Apply(tb.Context(), batch); err != nil {
			fail.Fatal(err)
		}
	}
	return store
}

// picture builds the projection of a store.
func picture(tb testing.TB, fail failer, store graph.Reader) *projection.Projection {
	fail.Helper()
	p, err := projection.Build(tb.Context(), schema.Default(), store)
	if err != nil {
		fail.Fatal(err)
	}
	return p
}
