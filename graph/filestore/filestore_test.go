package filestore_test

import (
	"context"
	"path/filepath"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
	"liantu/schema"
)

func place(tb testing.TB) storetest.Opener {
	path := filepath.Join(tb.TempDir(), "graph.liantu")
	return func(_ context.Context, model *schema.Model, secret graph.Secret) (graph.Store, error) {
		return filestore.OpenWith(path, model, secret)
	}
}

func TestContract(t *testing.T) {
	storetest.Run(t, place, storetest.Options{Checks: 100})
}
