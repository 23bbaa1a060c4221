package erasure_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"liantu/erasure"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/schema"
)

var list = graph.Provenance{Source: "synthetic", AsOf: "2026", Grade: graph.GradeD}

func node(kind string, props map[string]any) graph.NodeDraft {
	k := schema.Default().Node(kind)
	d := graph.NodeDraft{Kind: kind, Keys: graph.KeysOf(k, props), Facts: []graph.Fact{{Provenance: list}}}
	for name, v := range props {
		d.Facts = append(d.Facts, graph.Fact{Property: name, Value: v, Provenance: list})
	}
	return d
}

// scanned forgets the person with the code V1 in a graph with other nodes, and
// returns what a search of the graph and the files finds, as lines.
func scanned(t *testing.T, person map[string]any, others []graph.NodeDraft, files map[string][]byte) []string {
	t.Helper()
	dir := t.TempDir()
	store, err := filestore.Open(filepath.Join(dir, "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // the test is over
	person["code"] = "V1"
	draft := node("Person", person)
	batch := graph.Batch{Load: graph.LoadInfo{ID: "a", Files: []string{"list.csv"}}, Nodes: append(others, draft)}
	if _, err := store.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	namer, err := store.Namer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := &graph.Node{ID: namer.NodeID(draft.Keys[0]), Kind: "Person", Keys: draft.Keys, Facts: draft.Facts}
	values, _ := erasure.Values(schema.Default(), n, nil)
	if _, err := store.Forget(t.Context(), graph.Forgetting{Key: draft.Keys[0], By: "x", Reason: "y", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := erasure.New(schema.Default(), n, values)
	if err := s.Graph(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	if err := s.Files(t.Context(), dir, filepath.Join(dir, "no such")); err != nil {
		t.Fatal(err)
	}
	report := s.Report()
	var lines []string
	left := 0
	for _, f := range report.Found {
		what := "shared"
		if !f.Shared {
			what = "left"
			left += f.Count
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %d", what, strings.ReplaceAll(f.Place, dir+"/", ""), f.Value, f.Count))
	}
	if left != report.Left {
		t.Errorf("%d traces are left, the report says %d", left, report.Left)
	}
	return lines
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestNothingIsLeft(t *testing.T) {
	want(t, scanned(t, map[string]any{"name": "鹂鸣谷", "phone": "10000000042", "native_region": "330683", "gender": "MALE"},
		[]graph.NodeDraft{node("Person", map[string]any{"code": "V2", "name": "鹂鸣涧", "gender": "MALE"})}, nil))
}

// TestFactsOfOthersStay distinguishes facts of other nodes about themselves from
// facts about the person.
func TestFactsOfOthersStay(t *testing.T) {
	got := scanned(t, map[string]any{"name": "鹂鸣谷", "employer": "甲一公司", "description": "虚构人物。"}, []graph.NodeDraft{
		node("Person", map[string]any{"code": "V2", "name": "鹂鸣谷"}),              // a namesake
		node("Person", map[string]any{"code": "V3", "description": "虚构人物。"}),     // the same note
		node("Person", map[string]any{"code": "V4", "description": "虚构人物。另有说明"}), // which others have in a longer one
		node("Company", map[string]any{"name": "甲一公司"}),                          // the employer itself
	}, nil)
	for _, line := range got {
		if strings.HasPrefix(line, "left") {
			t.Errorf("wrongly reported as a trace: %s", line)
		}
	}
	got = scanned(t, map[string]any{"name": "鹂鸣谷", "phone": "10000000042"}, []graph.NodeDraft{
		node("Person", map[string]any{"code": "V2", "description": "由鹂鸣谷介绍"}),
		node("TaskForce", map[string]any{"name": "专班", "contact_name": "鹂鸣谷", "phone": "10000000042"}),
	}, nil)
	for _, place := range []string{
		"the graph: Person.description Person.name", "the ledger: Person.description Person.name",
		"the graph: TaskForce.contact_name Person.name", "the graph: TaskForce.phone Person.phone",
	} {
		if !slices.Contains(got, "left "+place+" 1") {
			t.Errorf("not found: %s\nbut\n%s", place, strings.Join(got, "\n"))
		}
	}
}

func TestFilesAreSearched(t *testing.T) {
	const text = `id,name\n1,鹂鸣谷`
	var book, packed bytes.Buffer
	z := zip.NewWriter(&book)
	part, err := z.Create("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	g := gzip.NewWriter(&packed)
	for _, err := range []error{write(part, strings.Repeat("x", 3<<20)+"鹂鸣谷&amp;鹂鸣谷"), z.Close(), write(g, text), g.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	// One lies across the boundary of two windows.
	edge := append(bytes.Repeat([]byte{'.'}, 1<<20-4), "鹂鸣谷"...)
	want(t, scanned(t, map[string]any{"name": "鹂鸣谷", "email": "A.b@example.org"}, nil, map[string][]byte{
		"export.csv": []byte(text), "export.xlsx": book.Bytes(), "export.csv.gz": packed.Bytes(), "edge.txt": edge,
		"mail.txt": []byte("to a.b@example.org"), "other.txt": []byte("鹂鸣涧"),
	}),
		"left edge.txt Person.name 1",
		"left export.csv Person.name 1",
		"left export.csv.gz Person.name 1",
		"left export.xlsx Person.name 2",
		"left mail.txt Person.email 1",
	)
}

func write(w interface{ Write([]byte) (int, error) }, text string) error {
	_, err := w.Write([]byte(text))
	return err
}
