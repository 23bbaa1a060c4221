package filestore_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// makeOld turns a file into one of the first format, which had no ledger.
func makeOld(t *testing.T, path string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("loads")), tx.DeleteBucket([]byte("told")),
			tx.Bucket([]byte("meta")).Put([]byte("format"), []byte("liantu graph file 1")))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestOldFileGetsLedger opens a file without a ledger: its graph stays, belongs
// to no load, and survives the undo of a load that states the same and more.
func TestOldFileGetsLedger(t *testing.T) {
	if testing.Short() {
		t.Skip("it writes hundreds of batches")
	}
	path := filepath.Join(t.TempDir(), "graph.liantu")
	open := func() *filestore.Store {
		t.Helper()
		s, err := filestore.Open(path, storetest.Model())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	digest := func(s *filestore.Store) string {
		t.Helper()
		d, err := graph.Digest(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	apply := func(s *filestore.Store, b graph.Batch) {
		t.Helper()
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	s := open()
	for i := range 600 { // more drafts than one batch of the ledger has
		apply(s, killBatch(i))
	}
	want := digest(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	makeOld(t, path)
	for range 2 {
		s = open()
		if got := digest(s); got != want {
			t.Fatalf("the digest of an old file is %s, was %s", got, want)
		}
		named := killBatch(700)
		named.Load.ID = "new"
		apply(s, named)
		named = killBatch(5)
		named.Load.ID = "new"
		apply(s, named)
		if digest(s) == want {
			t.Fatal("a load has added nothing")
		}
		if _, err := s.Undo(t.Context(), "new"); err != nil {
			t.Fatal(err)
		}
		if got := digest(s); got != want {
			t.Fatalf("the digest after an undo is %s, was %s", got, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkUndo takes back a load of n firms in chains beside another load of
// the same size.
func BenchmarkUndo(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, err := filestore.Open(filepath.Join(b.TempDir(), "graph.liantu"), storetest.Model())
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = s.Close() }()
			apply := func(load string, from int) {
				const size = 4000
				for at := from; at < from+n; at += size {
					batch := chain(at, size)
					batch.Load.ID = load
					if _, err := s.Apply(b.Context(), batch); err != nil {
						b.Fatal(err)
					}
				}
			}
			apply("stays", n/2)
			for b.Loop() {
				b.StopTimer()
				apply("goes", 0)
				b.StartTimer()
				if _, err := s.Undo(b.Context(), "goes"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
