package disclosure_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

// TestSearchInAViewHoldsLittle searches the views of several scopes by text and by pinyin:
// each holds the names that it adds, and not those that it shares with the others.
func TestSearchInAViewHoldsLittle(t *testing.T) {
	model := schema.Default()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), model)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := store.Apply(t.Context(), manyNames(model, 3000)); err != nil {
		t.Fatal(err)
	}
	all, err := projection.Build(t.Context(), model, store)
	if err != nil {
		t.Fatal(err)
	}
	var views []disclosure.View
	search := func(scope ...string) {
		id := &access.Identity{Subject: "user:wang", Role: schema.RoleStrategist, Scope: access.Scope{Regions: scope}}
		v, err := disclosure.CachedView(t.Context(), model, all, id, disclosure.DefaultViewBytes)
		if err != nil {
			t.Fatal(err)
		}
		if v.Graph.Held() == 0 || len(near(v.Graph, "材料科技", 9)) == 0 || len(near(v.Graph, "xincailiao", 9)) == 0 {
			t.Errorf("%v: the view adds nothing, or does not find a company", scope)
		}
		views = append(views, v)
	}
	search(regions[3])
	before := live()
	search(regions[0])
	search(regions[1])
	search(regions[2])
	search(regions[1], regions[2])
	search(regions[1], regions[3])
	search(regions[2], regions[3])
	if held, most := live()-before, int64(6*400<<10); held > most {
		t.Errorf("six views hold %d bytes, want at most %d", held, most)
	}
	runtime.KeepAlive(views)
}

// live counts the bytes in use after a collection.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// manyNames drafts companies with names of their own, and a person in each region.
func manyNames(model *schema.Model, n int) (b graph.Batch) {
	by := graph.Provenance{Source: "示例名册", AsOf: "2026-11-24", Grade: graph.GradeB}
	add := func(kind string, props map[string]any) graph.Key {
		facts := []graph.Fact{{Provenance: by}}
		for name, value := range props {
			facts = append(facts, graph.Fact{Property: name, Value: value, Provenance: by})
		}
		d := graph.NodeDraft{Kind: kind, Keys: graph.KeysOf(model.Node(kind), props), Facts: facts}
		b.Nodes = append(b.Nodes, d)
		return d.Keys[0]
	}
	for i, code := range regions {
		place := add("Region", map[string]any{"code": code, "name": "地区" + code})
		person := add("Person", map[string]any{"code": fmt.Sprint("P-", i), "name": fmt.Sprint("王小", i)})
		for _, kind := range []string{"NATIVE_OF", "LOCATED_IN"} {
			b.Edges = append(b.Edges, graph.EdgeDraft{Kind: kind, From: person, To: place, Facts: []graph.Fact{{Provenance: by}}})
		}
	}
	for i := range n {
		name := string([]rune{rune(0x4e00 + i), rune(0x5e00 + i*7%5000), rune(0x6e00 + i*13%5000)}) + "新材料科技股份有限公司"
		add("Company", map[string]any{"stock_code": fmt.Sprintf("%d.SH", 600_000+i), "name": name})
	}
	return b
}
