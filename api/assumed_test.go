package api_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"liantu/api"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

// TestAssumedDays checks where GraphQL says that a day was assumed: on facts, edges,
// evidence and sources, and on the data date once no fact states a day.
func TestAssumedDays(t *testing.T) {
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	by := graph.Provenance{Source: "台账", AsOf: "2026-03-31", Grade: graph.GradeC, Assumed: true}
	company := map[string]any{"stock_code": "600001.SH", "name": "星澜实业有限公司", "employees": int64(900)}
	batch := graph.Batch{
		Nodes: []graph.NodeDraft{
			thing(t, "Region", map[string]any{"code": "330100", "name": "杭州市"}, by),
			thing(t, "Chain", map[string]any{"code": "chip", "name": "集成电路"}, by),
			thing(t, "Link", map[string]any{"code": "chip.fab", "name": "晶圆制造"}, by),
			thing(t, "Company", company, by),
		},
		Edges: []graph.EdgeDraft{
			joined(t, "Link chip.fab", "PART_OF", "Chain chip", nil, by),
			joined(t, "Company 600001.SH", "LOCATED_IN", "Region 330100", nil, by),
			joined(t, "Company 600001.SH", "OPERATES_IN", "Link chip.fab", nil, by),
		},
	}
	w := &world{store: store}
	w.apply(t, batch)
	check := func(want string) {
		t.Helper()
		if w.live, err = projection.NewLive(context.Background(), schema.Default(), store, projection.Options{}); err != nil {
			t.Fatal(err)
		}
		answer := ask(t, newServer(t, w, nil), api.Request{Query: `{
			meta { dataDate dataDateAssumed }
			company(id: "600001.SH") {
				employees facts(property: "employees") { provenance { asOf assumed } } sources { asOf assumed }
				operatesIn { edges { asOf assumed } }
			}
			gaps(region: "330100", minGrade: D) { nodes { evidence { nodes { asOf assumed provenance { assumed } } } sources { newest assumed } } }
			quality(region: "330100") { regions { companies undated } sources { name newest assumed } }
		}`})
		if got := fmt.Sprint(answer["data"]); got != want {
			t.Errorf("the answer is\n%s\nwant\n%s, errors %v", got, want, answer["errors"])
		}
	}
	check("map[company:map[employees:900 facts:[map[provenance:map[asOf:2026-03-31 assumed:true]]] operatesIn:map[edges:[map[asOf:2026-03-31 assumed:true]]] sources:[map[asOf:2026-03-31 assumed:true]]]" +
		" gaps:map[nodes:[map[evidence:map[nodes:[map[asOf:2026-03-31 assumed:true provenance:map[assumed:true]]]] sources:[map[assumed:true newest:2026-03-31]]]]]" +
		" meta:map[dataDate:2026-03-31 dataDateAssumed:true] quality:map[regions:[map[companies:1 undated:1]] sources:[map[assumed:true name:台账 newest:2026-03-31]]]]")

	stated := graph.Provenance{Source: "年报", AsOf: "2019", Grade: graph.GradeD}
	company["employees"] = int64(100)
	w.apply(t, graph.Batch{
		Nodes: []graph.NodeDraft{thing(t, "Company", company, stated)},
		Edges: []graph.EdgeDraft{joined(t, "Company 600001.SH", "OPERATES_IN", "Link chip.fab", nil, stated)},
	})
	check("map[company:map[employees:100 facts:[map[provenance:map[asOf:2019 assumed:false]] map[provenance:map[asOf:2026-03-31 assumed:true]]] operatesIn:map[edges:[map[asOf:2019 assumed:false]]] sources:[map[asOf:2026-03-31 assumed:true] map[asOf:2019 assumed:false]]]" +
		" gaps:map[nodes:[map[evidence:map[nodes:[map[asOf:2026-03-31 assumed:true provenance:map[assumed:true]]]] sources:[map[assumed:true newest:2026-03-31] map[assumed:false newest:2019]]]]]" +
		" meta:map[dataDate:2019 dataDateAssumed:false] quality:map[regions:[map[companies:1 undated:0]] sources:[map[assumed:true name:台账 newest:2026-03-31] map[assumed:false name:年报 newest:2019]]]]")
}
