package api_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
	"liantu/schema"
)

// TestScopesAreOfThePresent asks what a project is worth that was in the scope of a task force
// and has left it: an earlier day gives no right that has ended.
func TestScopesAreOfThePresent(t *testing.T) {
	w := earlierWorld(t)
	s := newServer(t, w, func(_ *api.Config, d *api.Deps) {
		d.Recorder = access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	})
	old := graph.Provenance{Source: "register", AsOf: "2021", Grade: graph.GradeA}
	w.apply(t, graph.Batch{
		Nodes: []graph.NodeDraft{thing(t, "Project", map[string]any{"code": "X-1", "name": "示例项目", "investment": 12345.0, "stage": "TALKS"}, old)},
		Edges: []graph.EdgeDraft{
			joined(t, "Project X-1", "LOCATED_IN", "Region 330100", nil, old), joined(t, "Project X-1", "FILLS", "Link chip.fab", nil, old),
		},
	})
	refresh := func() {
		t.Helper()
		if _, err := w.live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	refresh()
	who := &access.Identity{Subject: "user:wang", Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"*"}}}
	worth := func(extensions map[string]any) string {
		t.Helper()
		return fmt.Sprint(ask(t, s, api.Request{Identity: who, Extensions: extensions, Query: `{ nodes(kind: Project) { nodes { ... on Project { code investment } } } }`}))
	}
	for _, extensions := range []map[string]any{nil, asOf("2022")} {
		if got := worth(extensions); !strings.Contains(got, "investment:12345") {
			t.Fatalf("before it leaves: %v %s", extensions, got)
		}
	}
	w.apply(t, graph.Batch{Edges: []graph.EdgeDraft{
		joined(t, "Project X-1", "LOCATED_IN", "Region 330100", map[string]any{"valid_to": "2023"}, registered),
		joined(t, "Project X-1", "LOCATED_IN", "Region 320500", nil, registered),
	}})
	refresh()
	for _, extensions := range []map[string]any{nil, asOf("2022")} {
		if got := worth(extensions); strings.Contains(got, "12345") || !strings.Contains(got, "code:X-1") {
			t.Errorf("after it has left: %v %s", extensions, got)
		}
	}
}
