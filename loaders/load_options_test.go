package loaders_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"liantu/graph"
	"liantu/loaders"
)

// Apply passes the batch on.
func (c *cancelling) Apply(ctx context.Context, b graph.Batch) (graph.Result, error) {
	r, err := c.Store.Apply(ctx, b)
	if c.after--; c.after == 0 {
		c.cancel()
	}
	return r, err
}

func TestOptionsThatAreWrong(t *testing.T) {
	store := openStore(t)
	company := files(map[string]string{"Company.csv": "name\n甲厂\n"})
	closed := openStore(t)
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	denied := filepath.Join(t.TempDir(), "none")
	for _, c := range []struct {
		name string
		o    loaders.Options
		want error
		text string
	}{
		{"no store", loaders.Options{FS: company, Source: "x", AsOf: "2024"}, graph.ErrInvalid, "no store"},
		{"no source", loaders.Options{Store: store, FS: files(map[string]string{".csv": "name\n甲厂\n"}), Paths: []string{".csv"}, AsOf: "2024", Kind: "Company"}, graph.ErrInvalid, `.csv: no source`},
		{"no date", loaders.Options{Store: store, FS: company, Source: "x"}, graph.ErrInvalid, `Company.csv: no as-of date`},
		{"a faulty date", loaders.Options{Store: store, FS: company, Source: "x", AsOf: "soon"}, graph.ErrInvalid, `"soon"`},
		{"a date to come", loaders.Options{Store: store, FS: company, Source: "x", AsOf: "2062", Today: "2026-11-30"}, graph.ErrInvalid, "lies after today, 2026-11-30"},
		{"a faulty grade", loaders.Options{Store: store, FS: company, Source: "x", AsOf: "2024", Grade: "E"}, graph.ErrInvalid, `"E"`},
		{"an unknown kind", loaders.Options{Store: store, FS: company, Source: "x", AsOf: "2024", Kind: "Firm"}, graph.ErrInvalid, `"Firm"`},
		{"a negative batch", loaders.Options{Store: store, FS: company, Source: "x", AsOf: "2024", BatchSize: -1}, graph.ErrInvalid, "-1"},
		{"no such path", loaders.Options{Store: store, Paths: []string{denied}, Source: "x", AsOf: "2024"}, graph.ErrNotFound, "none"},
		{"nothing to load", loaders.Options{Store: store, FS: files(map[string]string{"README.md": "x"}), Source: "x", AsOf: "2024"}, graph.ErrNotFound, "no file to load"},
		{"a folder without rights", loaders.Options{Store: store, FS: noRights{}, Source: "x", AsOf: "2024"}, graph.ErrDenied, "permission"},
		{"a closed store", loaders.Options{Store: closed, FS: company, Source: "x", AsOf: "2024"}, graph.ErrClosed, "closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := loaders.Load(t.Context(), c.o)
			if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.text) {
				t.Errorf("error is %v, want %v with %q", err, c.want, c.text)
			}
		})
	}
}

// noRights is a file system that may not be read.
type noRights struct{}

// Open refuses.
func (noRights) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// lockedFile is a file system in which one file may not be read.
type lockedFile struct {
	fstest.MapFS
	locked string
}

// Open refuses the locked file.
func (l lockedFile) Open(name string) (fs.File, error) {
	if name == l.locked {
		return noRights{}.Open(name)
	}
	return l.MapFS.Open(name)
}

func TestFileWithoutRightsCostsItselfAlone(t *testing.T) {
	m := fstest.MapFS{"Company.csv": {Data: []byte("name\n甲厂\n")}, "Chain.csv": {Data: []byte("code,name\nc,链\n")}}
	r := load(t, loaders.Options{Store: openStore(t), FS: lockedFile{m, "Chain.csv"}, Source: "x", AsOf: "2024"})
	if r.Complete() || r.Total().Accepted != 1 || r.Faults[0].Code != loaders.CodeUnread || r.Faults[0].File != "Chain.csv" {
		t.Errorf("%+v %v", r.Total(), r.Faults)
	}
}

func TestPathsNameFilesAndFolders(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"Company.csv": "name\n甲厂\n", "notes.txt": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "deeper.csv"), 0o755); err != nil {
		t.Fatal(err)
	}
	one := filepath.Join(dir, "Company.csv")
	r := load(t, loaders.Options{Store: openStore(t), Paths: []string{dir, one}, Source: "x", AsOf: "2024"})
	if len(r.Files) != 1 || r.Files[0].File != one || !slices.Equal(r.Ignored, []string{filepath.Join(dir, "notes.txt")}) {
		t.Errorf("files are %+v, ignored %q", r.Files, r.Ignored)
	}
}

func TestProgressEndsWhereItShould(t *testing.T) {
	all := map[string]string{}
	for _, table := range tables {
		all[table.kind+".csv"] = table.header + "\n" + strings.Join(table.rows, "\n") + "\n"
	}
	seen := map[string]bool{}
	var last loaders.Progress
	r := load(t, loaders.Options{
		Store: openStore(t), FS: files(all), Source: "list", AsOf: "2024",
		Progress: func(p loaders.Progress) {
			if p.Bytes < last.Bytes || p.Rows < last.Rows || p.Bytes > p.TotalBytes {
				t.Errorf("after %+v comes %+v", last, p)
			}
			last = p
			seen[p.File] = true
		},
	})
	if want := slices.Sorted(maps.Keys(all)); !slices.Equal(slices.Sorted(maps.Keys(seen)), want) {
		t.Errorf("seen are %v, want %q", seen, want)
	}
	if total := r.Total(); last.Bytes != last.TotalBytes || last.Rows != total.Read-total.Blank {
		t.Errorf("it ends with %+v after %+v", last, total)
	}
}
