package questiontest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

// sample is the picture of the sample pack, loaded once for all tests and
// benchmarks that read it.
var sample = sync.OnceValues(func() (*projection.Projection, error) {
	return pictureOf(func(ctx context.Context, store graph.Store) error {
		report, err := loaders.Load(ctx, loaders.Options{Store: store, FS: zhejiang.FS()})
		if err == nil && len(report.Faults) > 0 {
			err = fmt.Errorf("the sample pack has faults: %v", report.Faults[0])
		}
		return err
	})
})

// pictureOf fills a store in a folder that is removed again and returns its
// picture.
func pictureOf(fill func(context.Context, graph.Store) error) (*projection.Projection, error) {
	dir, err := os.MkdirTemp("", "gaps")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	store, err := filestore.Open(filepath.Join(dir, "graph.db"), schema.Default())
	if err != nil {
		return nil, err
	}
	defer func() { _ = store.Close() }()
	if err := fill(context.Background(), store); err != nil {
		return nil, err
	}
	return projection.Build(context.Background(), schema.Default(), store)
}

// SamplePicture is the picture of the sample pack, read once for all tests of a
// package.
func SamplePicture(tb testing.TB) *projection.Projection {
	tb.Helper()
	p, err := sample()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}
