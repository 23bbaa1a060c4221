package filestore_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// victimFile names the file to which a process of this test must write until it
// is killed.
const victimFile = "LIANTU_TEST_VICTIM_FILE"

func TestMain(m *testing.M) {
	if path := os.Getenv(victimFile); path != "" {
		fmt.Println(writeForever(path))
		os.Exit(1)
	}
	if path := os.Getenv(migrateFile); path != "" {
		fmt.Println("opening")
		_, err := filestore.Open(path, storetest.Model())
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// killBatches is more than a process can write before it is killed.
const killBatches = 10_000

// killBatch is the batch number i, from 0: some firms, and sometimes a draft
// that merges two of them.
func killBatch(i int) graph.Batch {
	b := chain(i*20, 21)
	if i%3 == 2 {
		b.Nodes = append(b.Nodes, graph.NodeDraft{Kind: "Firm", Keys: []graph.Key{benchKey(i * 20), benchKey(i*20 - 7)}})
	}
	return b
}

func writeForever(path string) error {
	s, err := filestore.Open(path, storetest.Model())
	if err != nil {
		return err
	}
	fmt.Println("open")
	for i := range killBatches {
		if _, err := s.Apply(context.Background(), killBatch(i)); err != nil {
			return err
		}
		fmt.Println("applied")
	}
	return nil
}

// TestKill kills a process in the middle of writing. Every batch that it
// reported as applied must be there, no batch in part, and all batches can be
// loaded again.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("it kills a process")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, lines := range []int{1, 2, 5, 11, 30} {
		t.Run(fmt.Sprint("after ", lines-1), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "graph.liantu")
			said := kill(t, self, path, lines)
			s, err := filestore.Open(path, storetest.Model())
			if err != nil {
				t.Fatalf("opening after the kill: %v", err)
			}
			defer func() { _ = s.Close() }()
			r, err := s.Version(t.Context())
			if err != nil || int(r) < said {
				t.Fatalf("after %d applied batches the version is %d, %v", said, r, err)
			}
			wantLoaded(t, s, int(r))
			for i := range int(r) + 3 {
				if _, err := s.Apply(t.Context(), killBatch(i)); err != nil {
					t.Fatalf("loading again: %v", err)
				}
			}
			wantLoaded(t, s, int(r)+3)
		})
	}
}

// kill starts a process that writes, kills it once it has printed that many
// lines, and returns how many batches it reported as applied.
func kill(t *testing.T, self, path string, lines int) int {
	t.Helper()
	victim := exec.Command(self)
	victim.Env = append(os.Environ(), victimFile+"="+path)
	victim.Stderr = os.Stderr
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	said := -1 // the first line says that the file is open
	for in := bufio.NewScanner(out); in.Scan(); {
		if said++; in.Text() != "open" && in.Text() != "applied" {
			t.Errorf("the process prints %q", in.Text())
		}
		if said+1 == lines {
			if err := victim.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	if err := victim.Wait(); err == nil {
		t.Error("the process ended before it was killed")
	}
	return said
}

// wantLoaded compares a store with one into which n batches were loaded without
// a kill.
func wantLoaded(t *testing.T, s *filestore.Store, n int) {
	t.Helper()
	batches := make([]graph.Batch, n)
	for i := range batches {
		batches[i] = killBatch(i)
	}
	calm, err := filestore.Open(filepath.Join(t.TempDir(), "calm.liantu"), storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = calm.Close() }()
	for _, b := range batches {
		if _, err := calm.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	want, err := graph.Digest(t.Context(), calm)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := graph.Digest(t.Context(), s); err != nil || got != want {
		t.Errorf("the digest of %d batches is %s, %v, without a kill %s", n, got, err, want)
	}
}
