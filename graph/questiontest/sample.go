package questiontest

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
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
var sample = sync.OnceValues(func() (*projection.Projection, error) { return pictureOf() })

// sampleFile is the graph file of the sample pack.
var sampleFile = sync.OnceValues(func() ([]byte, error) { return graphFile(zhejiang.FS()) })

// frozenPack is the copy of the sample pack that the command freeze made in December 2026.
//
//go:embed testdata/pack-2026.zip
var frozenPack []byte

// FrozenPicture is the picture of the sample pack as it was in December 2026, as far as
// verdicts follow from it, for figures that a growing pack would change.
func FrozenPicture(tb testing.TB) *projection.Projection {
	tb.Helper()
	files, err := zip.NewReader(bytes.NewReader(frozenPack), int64(len(frozenPack)))
	if err != nil {
		tb.Fatal(err)
	}
	content, err := graphFile(files)
	if err != nil {
		tb.Fatal(err)
	}
	p, err := pictureFrom(content)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// graphFile loads the files of a pack and returns the graph file.
func graphFile(pack fs.FS) (content []byte, err error) {
	err = inFolder(func(file string) error {
		store, err := filestore.Open(file, schema.Default())
		if err != nil {
			return err
		}
		report, err := loaders.Load(context.Background(), loaders.Options{Store: store, FS: pack})
		if err == nil && len(report.Faults) > 0 {
			err = fmt.Errorf("the sample pack has faults: %v", report.Faults[0])
		}
		if err := errors.Join(err, store.Close()); err != nil {
			return err
		}
		content, err = os.ReadFile(file)
		return err
	})
	return content, err
}

// inFolder runs a function with the name of a file in a folder that is removed again.
func inFolder(run func(file string) error) error {
	dir, err := os.MkdirTemp("", "gaps")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	return run(filepath.Join(dir, "graph.db"))
}

// pictureOf is the picture of the sample pack with what batches add.
func pictureOf(batches ...graph.Batch) (*projection.Projection, error) {
	content, err := sampleFile()
	if err != nil {
		return nil, err
	}
	return pictureFrom(content, batches...)
}

// pictureFrom is the picture of a graph file with what batches add.
func pictureFrom(content []byte, batches ...graph.Batch) (p *projection.Projection, err error) {
	err = inFolder(func(file string) error {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			return err
		}
		store, err := filestore.Open(file, schema.Default())
		if err != nil {
			return err
		}
		for _, batch := range batches {
			if err == nil {
				_, err = store.Apply(context.Background(), batch)
			}
		}
		if err == nil {
			p, err = projection.Build(context.Background(), schema.Default(), store)
		}
		return errors.Join(err, store.Close())
	})
	return p, err
}

// SampleWith is the picture of the sample pack with what batches add.
func SampleWith(tb testing.TB, batches ...graph.Batch) *projection.Projection {
	tb.Helper()
	p, err := pictureOf(batches...)
	if err != nil {
		tb.Fatal(err)
	}
	return p
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
