package setup

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

func open(path string) (graph.Store, error) { return filestore.Open(path, schema.Default()) }

// made makes a graph and opens it.
func made(t *testing.T, w Wish) (graph.Store, []Count) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "own.db")
	loads, err := write(t.Context(), open, path, w)
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the graph there is %v (%v)", left, err)
	}
	store, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store, loads
}

func picture(t *testing.T, store graph.Store) *projection.Projection {
	t.Helper()
	p, err := projection.Build(t.Context(), schema.Default(), store, projection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// isSynthetic reports whether any node is invented.
func isSynthetic(p *projection.Projection) bool {
	for v := range projection.Vertex(p.Order()) {
		if p.Synthetic(v) {
			return true
		}
	}
	return false
}

// All ecosystems with the sample are the pack, as three loads; without the two of the
// sample nothing is left of it but its chains.
func TestAllPartsAreThePack(t *testing.T) {
	all, err := ecosystems()
	if err != nil || len(all) != 5 {
		t.Fatal(all, err)
	}
	store, loads := made(t, Wish{Ecosystems: all, Sample: true})
	whole, err := open(filepath.Join(t.TempDir(), "pack.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := loaders.Load(t.Context(), loaders.Options{Store: whole, FS: zhejiang.FS()}); err != nil {
		t.Fatal(err)
	}
	got, want := picture(t, store), picture(t, whole)
	for _, kind := range schema.Default().Nodes {
		if a, b := got.Count(kind.Name), want.Count(kind.Name); a != b {
			t.Errorf("%s: %d, in the pack %d", kind.Name, a, b)
		}
	}
	for _, kind := range schema.Default().Edges {
		if a, b := got.EdgeCount(kind.Name), want.EdgeCount(kind.Name); a != b {
			t.Errorf("%s: %d, in the pack %d", kind.Name, a, b)
		}
	}
	if !isSynthetic(got) || len(got.Notices()) != len(want.Notices()) {
		t.Errorf("the notices are %v", got.Notices())
	}
	if err := whole.Close(); err != nil {
		t.Fatal(err)
	}
	undo := func(load string) {
		t.Helper()
		if _, err := store.Undo(t.Context(), load); err != nil {
			t.Fatalf("undo %s of %v: %v", load, loads, err)
		}
	}
	undo(invented)
	if p := picture(t, store); isSynthetic(p) || p.Count("Person") != 0 || p.Count("Company") != want.Count("Company") {
		t.Errorf("without what is invented: %d persons, %d companies, synthetic %t", p.Count("Person"), p.Count("Company"), isSynthetic(p))
	}
	undo(companies)
	if p := picture(t, store); p.Count("Company") != 0 || len(p.Notices()) != 0 || p.Count("Link") != want.Count("Link") {
		t.Errorf("without the sample: %d companies, %d links, notices %v", p.Count("Company"), p.Count("Link"), p.Notices())
	}
}

// One ecosystem without the sample has its chains, the regions, and no list of companies that
// would be said to be complete. With the sample all companies are there.
func TestOneEcosystem(t *testing.T) {
	store, loads := made(t, Wish{Ecosystems: []string{"energy"}})
	p := picture(t, store)
	if len(loads) != 1 || p.Count("Ecosystem") != 1 || p.Count("Chain") == 0 || p.Count("Link") == 0 || p.Count("Company") != 0 {
		t.Errorf("%v: %d ecosystems, %d chains, %d links, %d companies", loads, p.Count("Ecosystem"), p.Count("Chain"), p.Count("Link"), p.Count("Company"))
	}
	if p.Count("Region") < 3000 || isSynthetic(p) || len(p.Notices()) != 0 {
		t.Errorf("%d regions, synthetic %t, %v", p.Count("Region"), isSynthetic(p), p.Notices())
	}
	if _, err := p.Lookup("semiconductor", projection.Chain); err == nil {
		t.Error("a chain of another ecosystem is there")
	}
	for v := range projection.Vertex(p.Order()) {
		if p.Kind(v) == "Source" && p.Text(v, "population") != "" {
			t.Errorf("the source %s is a list of companies", p.Caption(v))
		}
	}
	sampled, _ := made(t, Wish{Ecosystems: []string{"energy"}, Sample: true})
	s := picture(t, sampled)
	if s.Count("Company") < 6000 || s.Count("Link") != p.Count("Link") || s.Count("TaskForce") != 1 {
		t.Errorf("with the sample: %d companies, %d links, %d task forces", s.Count("Company"), s.Count("Link"), s.Count("TaskForce"))
	}
}

// A file that is there stays as it is, whenever it appears; after a failure nothing is left.
func TestNothingIsOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.db")
	appears := func(at string) (graph.Store, error) {
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		return open(at)
	}
	for i, open := range []Open{appears, open} {
		name := []string{"appears", "is there"}[i]
		if _, err := write(t.Context(), open, path, Wish{Ecosystems: []string{"energy"}}); err == nil || !strings.Contains(err.Error(), path+" already") {
			t.Errorf("%s: %v", name, err)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != "mine" {
			t.Errorf("%s: the file holds %q (%v)", name, text, err)
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
			t.Errorf("%s: beside it there is %v (%v)", name, left, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := write(ended, open, path, Wish{Ecosystems: []string{"energy"}}); err == nil {
		t.Error("a load that was cut off is no error")
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 0 {
		t.Errorf("after a failure there is %v (%v)", left, err)
	}
	if _, err := write(t.Context(), open, filepath.Join(path, "none", "own.db"), Wish{}); err == nil || !strings.Contains(err.Error(), "cannot be written") {
		t.Errorf("no folder: %v", err)
	}
}

// Only the machine of the service is local.
func TestLocal(t *testing.T) {
	for from, want := range map[string]bool{"127.0.0.1:1": true, "[::1]:1": true, "[::ffff:127.0.0.1]:1": true, "192.168.1.5:1": false, "[fe80::1]:1": false, "": false} {
		r := httptest.NewRequest(http.MethodPost, Path, http.NoBody)
		r.RemoteAddr = from
		if got := local(r); got != want {
			t.Errorf("%s: %t", from, got)
		}
	}
}

// The command is quoted where a shell would read it otherwise.
func TestCommand(t *testing.T) {
	for path, want := range map[string]string{
		"/home/li/liantu.db": "liantu serve --file /home/li/liantu.db", "/家/图库.db": "liantu serve --file /家/图库.db",
		"/a b/it's.db": `liantu serve --file '/a b/it'\''s.db'`, "/a;b.db": "liantu serve --file '/a;b.db'",
	} {
		if got := Command(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// Each part is a folder of files of the pack.
func TestPartsAreFolders(t *testing.T) {
	folders, err := parts([]string{"biomed"})
	if err != nil {
		t.Fatal(err)
	}
	for name, folder := range folders {
		files, err := fs.Glob(folder, "*.csv")
		if err != nil || len(files) < 5 || !slices.IsSorted(files) {
			t.Errorf("%s: %v %v", name, files, err)
		}
	}
}
