package loaders_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/schema"
)

// The environment of a test binary that is to load and to be killed.
const (
	childStore = "LIANTU_TEST_LOAD_STORE"
	childFiles = "LIANTU_TEST_LOAD_FILES"
)

// child loads files slowly into a store and reports its progress on standard
// output.
func child() int {
	store, err := filestore.Open(os.Getenv(childStore), schema.Default())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	_, err = loaders.Load(context.Background(), loaders.Options{
		Store: store, Paths: []string{os.Getenv(childFiles)}, Source: "list", AsOf: "2024", BatchSize: 100,
		Progress: func(p loaders.Progress) { fmt.Printf("%s %d\n", filepath.Base(p.File), p.Rows) },
	})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// kills is the number of random places at which the test kills a load;
// LIANTU_TEST_KILLS sets another number.
const kills = 5

// TestKilledLoad kills a process that loads, at random places, and checks that
// loading again gives the graph of an undisturbed load, and that undoing the half
// load gives the graph from before.
func TestKilledLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("it kills loads")
	}
	dir := t.TempDir()
	o := loaders.Options{Paths: []string{dir}, Source: "list", AsOf: "2024", BatchSize: 100}
	writeBigFolder(t, dir)
	o.Store = openStore(t)
	lines := 0
	o.Progress = func(loaders.Progress) { lines++ }
	id := load(t, o).Load
	want := digest(t, o.Store)
	if _, err := o.Store.Undo(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	before := digest(t, o.Store)
	o.Progress = nil
	n := kills
	if text := os.Getenv("LIANTU_TEST_KILLS"); text != "" {
		if _, err := fmt.Sscan(text, &n); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		at := 1 + rand.IntN(lines-1)
		t.Run(fmt.Sprintf("line %d of %d", at, lines), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "graph.db")
			killAt(t, path, dir, at)
			store, err := filestore.Open(path, schema.Default())
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close() //nolint:errcheck // the test is over
			o.Store = store
			if i%2 == 1 {
				takeHalfBack(t, store, id, before)
			}
			load(t, o)
			if got := digest(t, store); got != want {
				t.Errorf("digest is %s, want %s", got, want)
			}
		})
	}
}

// takeHalfBack undoes a load that was killed, if it had begun.
func takeHalfBack(t *testing.T, store graph.Store, id, want string) {
	t.Helper()
	loads, err := store.Loads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(loads, func(l graph.Load) bool { return l.ID == id })
	if i < 0 {
		return
	}
	if _, err := store.Undo(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if got := digest(t, store); got != want {
		t.Errorf("after taking back half a load the digest is %s, want %s", got, want)
	}
}

// writeBigFolder writes a folder whose load takes many batches.
func writeBigFolder(t *testing.T, dir string) {
	t.Helper()
	company, link, edge := "name,address\n", "code,name\n", "from,to,evidence\n"
	for i := range 3000 {
		company += fmt.Sprintf("第%d厂有限公司,%s\n", i, strings.Repeat("长", 40))
		edge += fmt.Sprintf("第%d厂有限公司,l%d,%s\n", i, i%1000, strings.Repeat("据", 40))
	}
	for i := range 1000 {
		link += fmt.Sprintf("l%d,%s\n", i, strings.Repeat("环", 60))
	}
	for name, text := range map[string]string{"Company.csv": company, "Link.csv": link, "OPERATES_IN.csv": edge} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// killAt starts a child and kills it after the given number of progress lines.
func killAt(t *testing.T, store, files string, at int) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env = append(os.Environ(), childStore+"="+store, childFiles+"="+files)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	scanner := bufio.NewScanner(out)
	for lines := 0; lines < at; lines++ {
		if !scanner.Scan() {
			t.Fatalf("the child came to its end after %d lines: %v", lines, scanner.Err())
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// Killed near the end, it may have ended before, which is as good a place
	// as any.
	_ = cmd.Wait()
}
