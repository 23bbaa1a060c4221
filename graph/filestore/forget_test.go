package filestore_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// canary is in every value of the firms that are forgotten here.
const canary = "canary-in-every-page"

func canaries(t *testing.T, s *filestore.Store, n int) {
	t.Helper()
	list := graph.Provenance{Source: "list", AsOf: "2026", Grade: graph.GradeD}
	var b graph.Batch
	for i := range n {
		code := canary + strings.Repeat("-", i)
		b.Nodes = append(b.Nodes, graph.NodeDraft{
			Kind: "Firm", Keys: []graph.Key{graph.NewKey("Firm", []string{"code"}, []string{code})},
			Facts: []graph.Fact{{Provenance: list}, {Property: "note", Value: code, Provenance: list}},
		})
	}
	b.Load = graph.LoadInfo{ID: "canaries"}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func forgetting(i int) graph.Forgetting {
	code := canary + strings.Repeat("-", i)
	return graph.Forgetting{Key: graph.NewKey("Firm", []string{"code"}, []string{code}), By: "steward", Reason: "on request", At: time.Now()}
}

func open(t *testing.T, path string) *filestore.Store {
	t.Helper()
	s, err := filestore.Open(path, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// holders lists the files of a folder that hold the canary.
func holders(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(canary)) {
			found = append(found, e.Name())
		}
	}
	return found
}

// TestForgetLeavesNoBytes searches the bytes of the file, free pages included,
// for forgotten nodes, while a reader still sees the graph as it was before.
func TestForgetLeavesNoBytes(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "graph.liantu")
	s := open(t, path)
	canaries(t, s, 3)
	if len(holders(t, dir)) != 1 {
		t.Fatal("the file does not hold the canary before")
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	seen := 0
	_, err := s.Changes(t.Context(), 0, func(graph.Change) error {
		for i := 0; seen == 0 && i < 3; i++ {
			if _, err := s.Forget(t.Context(), forgetting(i)); err != nil {
				return err
			}
		}
		seen++
		return nil
	})
	if err != nil || seen != 3 {
		t.Errorf("a reader that began before sees %d firms, error %v", seen, err)
	}
	if left := holders(t, dir); len(left) > 0 {
		t.Errorf("the canary is left in %q", left)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the new file has the mode %v, error %v", info.Mode(), err)
	}
	if _, err := filestore.Open(path, storetest.Model()); !errors.Is(err, graph.ErrLocked) {
		t.Errorf("the new file is not locked: %v", err)
	}
	if _, err := s.Forget(t.Context(), forgetting(1)); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("forgetting again gives %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, error %v", entries, err)
	}
}

// TestOpenEndsForgetting opens a file whose process ended after a firm was
// forgotten and before the file was rewritten.
func TestOpenEndsForgetting(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "graph.liantu")
	s := open(t, path)
	canaries(t, s, 1)
	// A folder in the place of the new file prevents it from being made.
	blocked := filepath.Join(path+".compact", "x")
	if err := os.MkdirAll(blocked, 0o700); err != nil {
		t.Fatal(err)
	}
	done, err := s.Forget(t.Context(), forgetting(0))
	if err == nil || !strings.Contains(err.Error(), "is forgotten") || done.Version != 2 {
		t.Fatalf("forgetting gives %+v, %v", done, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left := holdersOf(t, path); !left {
		t.Fatal("the pages hold nothing although the file was not rewritten")
	}
	if err := os.RemoveAll(path + ".compact"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".compact", []byte("of a process that was killed"), 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if _, err := s.Changes(t.Context(), 0, func(c graph.Change) error { t.Errorf("there is %+v", c); return nil }); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left := holders(t, dir); len(left) > 0 {
		t.Errorf("the canary is left in %q", left)
	}
}

func holdersOf(t *testing.T, path string) bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(data, []byte(canary))
}

// TestOpenFindsTheNewFile waits for a file that another store holds and that is
// replaced meanwhile: the file that then has the name is opened.
func TestOpenFindsTheNewFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.liantu")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	old, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	go func() {
		s, err := filestore.Open(path, storetest.Model())
		if err == nil {
			_, err = s.Apply(context.Background(), graph.Batch{Load: graph.LoadInfo{ID: "after"}})
			err = errors.Join(err, s.Close())
		}
		opened <- err
	}()
	for waits := false; !waits; {
		waits = opens(t, path) > 1
	}
	// A new file takes the name before the first one is released.
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(open(t, path).Close(), old.Close()); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	defer s.Close() //nolint:errcheck // nothing was written
	if loads, err := s.Loads(t.Context()); err != nil || len(loads) != 1 || loads[0].ID != "after" {
		t.Errorf("the new file has the loads %+v, error %v", loads, err)
	}
}

// opens counts how many times this process has a file open.
func opens(t *testing.T, path string) (n int) {
	t.Helper()
	const dir = "/proc/self/fd"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Skip("the system does not show which files a process has open")
	}
	for _, e := range entries {
		if to, err := os.Readlink(filepath.Join(dir, e.Name())); err == nil && to == path {
			n++
		}
	}
	return n
}
