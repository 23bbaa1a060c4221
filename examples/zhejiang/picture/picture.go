// Package picture provides the projection of the sample pack from which questions
// are answered. Tests and measurements use it; the program does not.
package picture

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"liantu/examples/zhejiang"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

// New loads the sample pack into a temporary graph file and returns its
// projection, which outlives the file. The error is that of the file, of the load
// or of the projection.
func New(ctx context.Context) (*projection.Live, error) { return Of(ctx, zhejiang.FS()) }

// Of does the same with another folder in the native layout.
func Of(ctx context.Context, files fs.FS) (live *projection.Live, err error) {
	dir, err := os.MkdirTemp("", "liantu-sample")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	store, err := filestore.Open(filepath.Join(dir, "sample.db"), schema.Default())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := loaders.Load(ctx, loaders.Options{Store: store, FS: files}); err != nil {
		return nil, err
	}
	return projection.NewLive(ctx, schema.Default(), store, projection.Options{})
}
