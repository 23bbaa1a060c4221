package filestore_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// sampleFile writes a graph of some pages and returns its bytes and digest.
func sampleFile(t *testing.T) ([]byte, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.liantu")
	s, err := filestore.Open(path, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		if _, err := s.Apply(t.Context(), chain(i*100, 101)); err != nil {
			t.Fatal(err)
		}
	}
	digest, err := graph.Digest(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The rest of the file is not used yet.
	const page = 4096
	used := (len(bytes.TrimRight(data, "\x00")) + page - 1) / page * page
	return data[:used], digest
}

// chain is a batch of n firms, each supplying the next.
func chain(start, n int) graph.Batch {
	var b graph.Batch
	for i := start; i < start+n; i++ {
		b.Nodes = append(b.Nodes, graph.NodeDraft{Kind: "Firm", Keys: []graph.Key{benchKey(i)}, Facts: []graph.Fact{
			benchFact("", nil), benchFact("staff", int64(i)),
		}})
		if i > start {
			b.Edges = append(b.Edges, graph.EdgeDraft{
				Kind: "SUPPLIES", From: benchKey(i - 1), To: benchKey(i),
				Facts: []graph.Fact{benchFact("", nil), benchFact("share", .25)},
			})
		}
	}
	return b
}

// tryDamaged uses a damaged file in every way. Everything may fail, but nothing
// may return another graph than the one that was written.
func tryDamaged(t *testing.T, data []byte, want string) (opened, read, written error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.liantu")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, opened := filestore.Open(path, storetest.Model())
	if opened != nil {
		return opened, opened, opened
	}
	digest, read := graph.Digest(t.Context(), s)
	if read == nil && digest != want {
		t.Errorf("a damaged file gives another graph without an error")
	}
	if _, err := s.Changes(t.Context(), 3, func(graph.Change) error { return nil }); err != nil {
		read = err
	}
	_, written = s.Apply(t.Context(), chain(0, 400))
	if _, err := s.Apply(t.Context(), chain(1000, 2)); written != nil && err != nil {
		written = err
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close gives %v", err)
	}
	// Whatever happens, the file must not stay locked.
	if s, err := filestore.Open(path, storetest.Model()); err == nil {
		_ = s.Close()
	} else if errors.Is(err, graph.ErrLocked) {
		t.Errorf("a damaged file stays locked: %v", err)
	}
	return nil, read, written
}

func TestDamagedBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("it opens hundreds of damaged files")
	}
	data, digest := sampleFile(t)
	var opened, read, written int
	const trials = 160
	for seed := range uint64(trials) {
		random := rand.New(rand.NewPCG(seed, 1))
		damaged := append([]byte(nil), data...)
		at := random.IntN(len(data))
		for i := range 1 + random.IntN(16) {
			damaged[min(at+i, len(data)-1)] ^= byte(1 + random.IntN(255))
		}
		o, r, w := tryDamaged(t, damaged, digest)
		for err, n := range map[error]*int{o: &opened, r: &read, w: &written} {
			if err != nil {
				*n++
				if !errors.Is(err, graph.ErrInvalid) {
					t.Errorf("seed %d: the damage gives %v, which is not ErrInvalid", seed, err)
				}
			}
		}
	}
	// Much of the file is free pages and free space in pages; enough damage must
	// hit data.
	if read < trials/20 {
		t.Errorf("of %d damaged files %d could not be opened, %d read, %d written", trials, opened, read, written)
	}
}

func TestTruncatedFile(t *testing.T) {
	data, digest := sampleFile(t)
	failed := 0
	for size := 1; size < len(data); size += len(data) / 37 {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			if _, err, _ := tryDamaged(t, data[:size], digest); err != nil {
				failed++
			}
		})
	}
	if failed < 10 {
		t.Errorf("only %d of 37 cut files were refused", failed)
	}
}
