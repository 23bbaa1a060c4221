package service

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
	"liantu/schema"
)

func TestSharedFileIsAStore(t *testing.T) {
	storetest.Run(t, func(tb testing.TB) storetest.Opener {
		path := filepath.Join(tb.TempDir(), "graph.db")
		return func(ctx context.Context, model *schema.Model, secret graph.Secret) (graph.Store, error) {
			shared := &sharedFile{path: path, model: model, secret: secret}
			_, err := shared.Version(ctx) // opens the file, which another store finds out at its first call
			return shared, err
		}
	}, storetest.Options{Checks: 10})
}

// Another opener of the same file gets in between two calls, and what it
// writes is seen at the next call.
func TestSharedFileLeavesTheFileToOthers(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "graph.db")
	shared := &sharedFile{path: path, model: schema.Default()}
	defer func() {
		if err := shared.Close(); err != nil {
			t.Error(err)
		}
	}()
	region := func(code, name string) graph.Batch {
		from := graph.Provenance{Source: "test", AsOf: "2026", Grade: graph.GradeA}
		return graph.Batch{Nodes: []graph.NodeDraft{{
			Kind: "Region",
			Keys: []graph.Key{graph.NewKey("Region", []string{"code"}, []string{code})},
			Facts: []graph.Fact{
				{Provenance: from},
				{Property: "code", Value: code, Provenance: from},
				{Property: "name", Value: name, Provenance: from},
			},
		}}}
	}
	if _, err := shared.Apply(ctx, region("330100", "杭州市")); err != nil {
		t.Fatal(err)
	}
	// An old stamp is one that the store trusts.
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, err := shared.Version(ctx); got != 1 || err != nil {
			t.Fatalf("Version() = %d, %v; want 1", got, err)
		}
	}

	other, err := filestore.Open(path, schema.Default())
	if err != nil {
		t.Fatalf("the file is held between two calls: %v", err)
	}
	if got, err := shared.Version(ctx); got != 1 || err != nil {
		t.Errorf("Version() of an unchanged file that another holds = %d, %v; want 1", got, err)
	}
	if _, err := shared.Changes(ctx, 0, func(graph.Change) error { return nil }); !errors.Is(err, graph.ErrLocked) {
		t.Errorf("Changes() while another holds the file = %v, want ErrLocked", err)
	}
	if _, err := other.Apply(ctx, region("330200", "宁波市")); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := shared.Version(ctx); got != 2 || err != nil {
		t.Errorf("Version() after another wrote = %d, %v; want 2", got, err)
	}
}
