package filestore_test

import (
	"errors"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// withAllEnds turns a file into one of the second format, which states both ends of
// every edge beside the edges.
func withAllEnds(t *testing.T, path string) {
	t.Helper()
	froms := map[graph.ID]graph.ID{}
	s := openAt(t, path)
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Edge != nil {
			froms[c.Edge.ID] = c.Edge.From
		}
		return nil
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	change(t, path, func(tx *bbolt.Tx) error {
		err := tx.Bucket([]byte("edges")).ForEach(func(k, _ []byte) error {
			from, _ := froms[graph.IDFromBytes([16]byte(k[2:]))].Bytes()
			return tx.Bucket([]byte("ends")).Put(append(from[:], k...), nil)
		})
		return errors.Join(err, tx.Bucket([]byte("meta")).Put([]byte("format"), []byte("liantu graph file 2")))
	})
}

func openAt(t *testing.T, path string) *filestore.Store {
	t.Helper()
	s, err := filestore.Open(path, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func change(t *testing.T, path string, f func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// formatOf returns the number of the format of a file and of its ends.
func formatOf(t *testing.T, path string) (format string, ends int) {
	t.Helper()
	change(t, path, func(tx *bbolt.Tx) error {
		format = string(tx.Bucket([]byte("meta")).Get([]byte("format")))
		ends = tx.Bucket([]byte("ends")).Stats().KeyN
		return nil
	})
	return format, ends
}

// TestFileWithAllEnds takes back, adds and moves edges in a file of the second
// format, which must give the graph that a new file gives.
func TestFileWithAllEnds(t *testing.T) {
	const edges = 8
	var digests [2]string
	for i := range digests {
		path := filepath.Join(t.TempDir(), "graph.liantu")
		apply := func(load string, b graph.Batch) {
			t.Helper()
			s := openAt(t, path)
			b.Load.ID = load
			_, err := s.Apply(t.Context(), b)
			if err := errors.Join(err, s.Close()); err != nil {
				t.Fatal(err)
			}
		}
		apply("first", chain(0, edges/2+1))
		apply("second", chain(edges/2, edges/2+1))
		if format, ends := formatOf(t, path); format != "liantu graph file 5" || ends != edges {
			t.Fatalf("a new file has the format %q and %d ends, want one of each edge", format, ends)
		}
		if i == 1 {
			withAllEnds(t, path)
			if _, ends := formatOf(t, path); ends != 2*edges {
				t.Fatalf("the old file has %d ends", ends)
			}
		}
		s := openAt(t, path)
		_, err := s.Undo(t.Context(), "second")
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		if format, _ := formatOf(t, path); format != "liantu graph file 5" {
			t.Errorf("an opened file has the format %q, which older programs take", format)
		}
		apply("third", chain(100, 3))
		for _, n := range []int{1, edges / 2, 101} { // moves edges to and from each of them
			apply("", graph.Batch{Nodes: []graph.NodeDraft{{Kind: "Firm", Keys: []graph.Key{benchKey(0), benchKey(n)}}}})
		}
		s = openAt(t, path)
		digests[i], err = graph.Digest(t.Context(), s)
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if digests[0] != digests[1] {
		t.Errorf("an old file gives the graph %s, a new one %s", digests[1], digests[0])
	}
}
