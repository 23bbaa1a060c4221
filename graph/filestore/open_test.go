package filestore_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// foreign makes a bbolt database with one value in one bucket.
func foreign(t *testing.T, path, bucket, key, value string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte(bucket))
		if err != nil {
			return err
		}
		return b.Put([]byte(key), []byte(value))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(t *testing.T, path string)
		want    error
		says    string
	}{
		{"a file that this process holds", func(t *testing.T, path string) {
			s, err := filestore.Open(path, storetest.Model())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
		}, graph.ErrLocked, "held by another process"},
		{"a missing folder", func(t *testing.T, path string) {
			if err := os.Remove(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrNotFound, "no such file"},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrInvalid, "not a file"},
		{"a short text", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte("企业名称,省份\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrInvalid, "not a graph file"},
		{"a long text", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("企业名称,省份\n", 10_000)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrInvalid, "not a graph file"},
		{"the database of another program", func(t *testing.T, path string) {
			foreign(t, path, "settings", "colour", "red")
		}, graph.ErrInvalid, "another program"},
		{"another program's bucket of the same name", func(t *testing.T, path string) {
			foreign(t, path, "meta", "format", "7")
		}, graph.ErrInvalid, "another program"},
		{"a newer format", func(t *testing.T, path string) {
			foreign(t, path, "meta", "format", "liantu graph file 6")
		}, graph.ErrInvalid, `"liantu graph file 6"`},
		{"a file that lacks buckets", func(t *testing.T, path string) {
			foreign(t, path, "meta", "format", "liantu graph file 2")
		}, graph.ErrInvalid, "damaged"},
		{"an old file that lacks buckets", func(t *testing.T, path string) {
			foreign(t, path, "meta", "format", "liantu graph file 1")
		}, graph.ErrInvalid, "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, "graph.liantu")
			tt.prepare(t, path)
			before, _ := os.ReadFile(path)
			s, err := filestore.Open(path, storetest.Model())
			if err == nil {
				_ = s.Close()
			}
			if !errors.Is(err, tt.want) || !strings.Contains(fmt.Sprint(err), tt.says) || !strings.Contains(fmt.Sprint(err), path) {
				t.Errorf("Open gives %v, want %v with %q and the path", err, tt.want, tt.says)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("Open changed the file that it refused")
			}
		})
	}
}

func TestOpenTakes(t *testing.T) {
	t.Run("an empty file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "graph.liantu")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		use(t, path)
	})
	t.Run("an empty database", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "graph.liantu")
		db, err := bbolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		use(t, path)
	})
	t.Run("a file that was released", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "graph.liantu")
		use(t, path)
		use(t, path)
	})
	t.Run("a refused file once it is free", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "graph.liantu")
		holder, err := filestore.Open(path, storetest.Model())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := filestore.Open(path, storetest.Model()); !errors.Is(err, graph.ErrLocked) {
			t.Fatalf("Open gives %v", err)
		}
		if err := holder.Close(); err != nil {
			t.Fatal(err)
		}
		use(t, path)
	})
}

// use opens a store, writes to it and closes it.
func use(t *testing.T, path string) {
	t.Helper()
	s, err := filestore.Open(path, storetest.Model())
	if err != nil {
		t.Fatalf("Open gives %v", err)
	}
	if _, err := s.Apply(t.Context(), graph.Batch{Nodes: []graph.NodeDraft{{Kind: "Firm", Keys: []graph.Key{benchKey(1)}}}}); err != nil {
		t.Errorf("Apply gives %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close gives %v", err)
	}
}

func TestOpenDenied(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "graph.liantu")
	use(t, path)
	asNobody(t, func() {
		if _, err := filestore.Open(path, storetest.Model()); !errors.Is(err, graph.ErrDenied) {
			t.Errorf("a file without permissions gives %v", err)
		}
		if _, err := filestore.Open(filepath.Join(dir, "new.liantu"), storetest.Model()); !errors.Is(err, graph.ErrDenied) {
			t.Errorf("a folder without permissions gives %v", err)
		}
	}, path, dir)
}

// asNobody runs f without permissions for the given paths. Unless the user is
// root it is enough to remove the permissions.
func asNobody(t *testing.T, f func(), paths ...string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no mode bits")
	}
	if os.Getuid() == 0 {
		withoutRoot(t, f)
		return
	}
	for _, path := range paths {
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o700) }) //nolint:gosec // a folder must be entered to be removed
	}
	f()
}
