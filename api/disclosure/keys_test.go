package disclosure_test

import (
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

// numbered is a model in which companies are identified by their name and by an
// internal number.
const numbered = `name: Company
label: {zh: 企业, en: Company}
caption: name
identify: [[number], [name]]
properties:
  - {name: number, type: code, sensitivity: internal, label: {zh: 编号, en: number}}
  - {name: name, type: text, label: {zh: 名称, en: name}}
`

// TestKeysThatDisclose makes views of a company that has a key for a number which
// not every role may see.
func TestKeysThatDisclose(t *testing.T) {
	model, err := schema.Read(fstest.MapFS{"Company.yaml": {Data: []byte(numbered)}})
	if err != nil {
		t.Fatal(err)
	}
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), model)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	by := graph.Provenance{Source: "示例名册", AsOf: "2026-11-24", Grade: graph.GradeB}
	values := map[string]any{"number": "K7", "name": "示例公司"}
	draft := graph.NodeDraft{Kind: projection.Company, Keys: graph.KeysOf(model.Node(projection.Company), values)}
	for name, value := range values {
		draft.Facts = append(draft.Facts, graph.Fact{Property: name, Value: value, Provenance: by})
	}
	if _, err := store.Apply(t.Context(), graph.Batch{Nodes: []graph.NodeDraft{draft}}); err != nil {
		t.Fatal(err)
	}
	all, err := projection.Build(t.Context(), model, store)
	if err != nil {
		t.Fatal(err)
	}
	for role, keys := range map[schema.Role][]graph.Key{schema.RoleSteward: draft.Keys, schema.RoleViewer: draft.Keys[1:]} {
		view, err := disclosure.ViewOf(t.Context(), model, all, &access.Identity{Subject: "user:wang", Role: role})
		if err != nil {
			t.Fatal(err)
		}
		v, err := view.Lookup("示例公司", projection.Company)
		if err != nil {
			t.Fatalf("a %s: %v", role, err)
		}
		if got := slices.Sorted(slices.Values(view.Node(v).Keys)); !slices.Equal(got, slices.Sorted(slices.Values(keys))) {
			t.Errorf("a %s sees the keys %q, want %q", role, got, keys)
		}
	}
}
