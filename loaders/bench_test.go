package loaders_test

import (
	"os"
	"path/filepath"
	"testing"

	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/loaders/mapping"
	"liantu/schema"
)

// BenchmarkChainkg loads the data set chainkg, if it is there, into a new file
// store.
func BenchmarkChainkg(b *testing.B) {
	folder := filepath.Join("..", "..", "shared", "data", "chainkg")
	if _, err := os.Stat(folder); err != nil {
		b.Skip("the data set chainkg is not at ../shared/data/chainkg beside the project")
	}
	m, err := mapping.BuiltIn("chainkg", schema.Default())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		store, err := filestore.Open(filepath.Join(b.TempDir(), "graph.db"), schema.Default())
		if err != nil {
			b.Fatal(err)
		}
		r, err := loaders.Load(b.Context(), loaders.Options{Store: store, Mapping: m, Paths: []string{folder}})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(r.RowsPerSecond(), "rows/s")
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
