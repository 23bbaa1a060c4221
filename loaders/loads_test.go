package loaders_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

var update = flag.Bool("update", false, "rewrite the expected reports in testdata/loads")

// TestLoads runs the loads in testdata/loads. Each is an archive of text: at
// its head the options of the load, one a line, then the files to load, then
// what is expected: the report and the graph without its regions. With
// -update it writes the actual result.
func TestLoads(t *testing.T) {
	names, err := filepath.Glob("testdata/loads/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no loads: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			store := openStore(t)
			o := optionsOf(t, archive)
			o.Store = store
			r, err := loaders.Load(t.Context(), o)
			got := map[string]string{"report": text(t, r), "graph": dump(t, store)}
			if err != nil {
				got["report"] = "error: " + err.Error() + "\n"
			} else {
				checkAccounts(t, r)
				checkSecondLoad(t, o)
			}
			for i := range archive.Files {
				f := &archive.Files[i]
				want, ok := got[f.Name]
				if !ok {
					continue
				}
				if *update {
					f.Data = []byte(want)
				} else if string(f.Data) != want {
					t.Errorf("%s is\n%s\nwant\n%s", f.Name, want, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// optionsOf reads the options at the head of an archive.
func optionsOf(t *testing.T, a *txtar.Archive) loaders.Options {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range a.Files {
		if f.Name != "report" && f.Name != "graph" && f.Name != "mapping.yaml" {
			data := f.Data
			if strings.HasSuffix(f.Name, ".xlsx") {
				data = bookOf(t, string(data))
			}
			files[f.Name] = &fstest.MapFile{Data: data}
		}
	}
	o := loaders.Options{FS: files}
	for line := range strings.Lines(string(a.Comment)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		switch name {
		case "source":
			o.Source = value
		case "as_of":
			o.AsOf = value
		case "today":
			o.Today = value
		case "population":
			o.Lists.Population = value
		case "complete_in":
			o.Lists.CompleteIn = value
		case "scope":
			o.Lists.Scope = value
		case "complete_on":
			o.Lists.CompleteOn = value
		case "language":
			o.Language = message.Language(value)
		case "grade":
			o.Grade = graph.Grade(value)
		case "kind":
			o.Kind = value
		case "changed":
			at, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				f.ModTime = at
			}
		case "names":
			o.Names = value == "true"
		case "dry_run":
			o.DryRun = value == "true"
		case "strict":
			o.Strict = value == "true"
		case "faults":
			if _, err := fmt.Sscan(value, &o.MaxFaults); err != nil {
				t.Fatal(err)
			}
		case "mapping":
			o.Mapping = mappingOf(t, a, value)
		default:
			t.Fatalf("unknown option %q", name)
		}
	}
	return o
}

func mappingOf(t *testing.T, a *txtar.Archive, name string) *mapping.Mapping {
	t.Helper()
	for _, f := range a.Files {
		if f.Name == name {
			m, err := mapping.Read(bytes.NewReader(f.Data), schema.Default())
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
	}
	return builtIn(t, name)
}

func builtIn(t *testing.T, name string) *mapping.Mapping {
	t.Helper()
	m, err := mapping.BuiltIn(name, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// regionsFile holds a store with the table of regions alone, which every load would
// write first: nearly half of the time of a small one.
var regionsFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "regions")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "graph.db")
	s, err := filestore.Open(path, schema.Default())
	if err != nil {
		return nil, err
	}
	_, err = loaders.Load(context.Background(), loaders.Options{
		Store: s, FS: fstest.MapFS{"links.csv": {Data: []byte("环节编码,环节名称\n")}},
	})
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// openStore opens a store that holds the table of regions.
func openStore(t testing.TB) graph.Store {
	t.Helper()
	file, err := regionsFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "graph.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return storeAt(t, path)
}

// emptyStore opens a store that holds nothing at all.
func emptyStore(t testing.TB) graph.Store {
	t.Helper()
	return storeAt(t, filepath.Join(t.TempDir(), "graph.db"))
}

func storeAt(t testing.TB, path string) graph.Store {
	t.Helper()
	s, err := filestore.Open(path, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func load(t *testing.T, o loaders.Options) *loaders.Report {
	t.Helper()
	r, err := loaders.Load(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	checkAccounts(t, r)
	return r
}

func digest(t *testing.T, s graph.Store) string {
	t.Helper()
	d, err := graph.Digest(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func text(t *testing.T, r *loaders.Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.WriteText(&b, loaders.TextOptions{Faults: -1}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkAccounts checks what holds for every report: rows add up, every rejected
// row has a fault, and faults add up to their counts.
func checkAccounts(t *testing.T, r *loaders.Report) {
	t.Helper()
	for _, f := range r.Files {
		if f.Rows.Read != f.Rows.Accepted+f.Rows.Rejected+f.Rows.Blank {
			t.Errorf("%s: %+v does not add up", f.File, f.Rows)
		}
		rejected, rows := 0, map[int]bool{}
		for _, ft := range r.Faults {
			if ft.File == f.File && ft.Severity == loaders.Rejected && ft.Row > 0 {
				rejected += max(1, ft.Rows)
				rows[ft.Row] = true
			}
		}
		if r.Omitted == 0 && rejected < f.Rows.Rejected {
			t.Errorf("%s: %d rows are rejected, faults report %d", f.File, f.Rows.Rejected, rejected)
		}
		if len(rows) > f.Rows.Rejected && f.Format != "" && !strings.HasPrefix(f.Format, "json") {
			t.Errorf("%s: %d rows are rejected, faults report %d rows", f.File, f.Rows.Rejected, len(rows))
		}
	}
	counted := 0
	for _, c := range r.Codes {
		counted += c.Count
		if c.Code.Label().Zh == "" || c.Code.Label().En == "" {
			t.Errorf("code %q has no label", c.Code)
		}
	}
	if counted != len(r.Faults)+r.Omitted {
		t.Errorf("%d faults are counted, %d listed and %d omitted", counted, len(r.Faults), r.Omitted)
	}
}

// checkSecondLoad loads the same again, which must change nothing.
func checkSecondLoad(t *testing.T, o loaders.Options) {
	t.Helper()
	before := digest(t, o.Store)
	r := load(t, o)
	if !o.DryRun {
		checkUnchanged(t, r)
	}
	if digest(t, o.Store) != before {
		t.Error("the second load changed the digest")
	}
}

// checkUnchanged checks that a report is that of a load that changed nothing.
func checkUnchanged(t *testing.T, r *loaders.Report) {
	t.Helper()
	n, e := r.Nodes(), r.Edges()
	if n.Created+n.Updated+n.Merged+e.Created+e.Updated > 0 || r.Regions != (loaders.Counts{}) || r.Sources.Created+r.Sources.Updated > 0 {
		t.Errorf("the second load changed the graph: nodes %+v, edges %+v, regions %+v, sources %+v", n, e, r.Regions, r.Sources)
	}
}

// dump writes the nodes and edges of a graph except its regions, one a line.
func dump(t *testing.T, s graph.Store) string {
	t.Helper()
	keys := map[graph.ID]string{}
	var lines []string
	_, err := s.Changes(context.Background(), 0, func(c graph.Change) error {
		if n := c.Node; n != nil {
			keys[n.ID] = string(n.Keys[0])
			if n.Kind != "Region" && n.Keys[0] != "Source/name=gbt2260" {
				lines = append(lines, fmt.Sprintf("%s%s", keys[n.ID], facts(n.Facts)))
			}
		}
		if e := c.Edge; e != nil {
			lines = append(lines, fmt.Sprintf("%s -%s-> %s%s", keys[e.From], e.Kind, keys[e.To], facts(e.Facts)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// facts writes the facts of an element by their source.
func facts(all []graph.Fact) string {
	stated := map[string][]string{}
	for _, f := range all {
		by := fmt.Sprintf("(%s %s %s)", f.Source, f.Date(), f.Grade)
		stated[by] = append(stated[by], "")
		if f.Property != "" {
			stated[by] = append(stated[by], fmt.Sprintf("%s=%s", f.Property, schema.FormatValue(f.Value)))
		}
	}
	var out string
	for _, by := range slices.Sorted(maps.Keys(stated)) {
		texts := slices.DeleteFunc(stated[by], func(s string) bool { return s == "" })
		out += " " + strings.Join(append(texts, by), " ")
	}
	return out
}

// files makes a file system of texts.
func files(texts map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range texts {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}
