package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// TestMaskedFormsIdentifyNobody shows what a mask leaves of personal values of every
// form.
func TestMaskedFormsIdentifyNobody(t *testing.T) {
	w := newWorld(t)
	by := graph.Provenance{Source: "roster", AsOf: "2024", Grade: graph.GradeB}
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Person", map[string]any{
			"code": "P-9", "name": "欧阳锋", "native_region": "330106", "employer": "白驼山庄", "phone": "13912345678",
			"email": "ouyang@baituo.example", "gender": "MALE",
		}, by),
		thing(t, "Person", map[string]any{"code": "P-8", "name": "黄", "phone": "1234567"}, by),
		thing(t, "Person", map[string]any{"code": "P-7", "name": "洪七公", "phone": "88880007"}, by),
	}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, w, nil)
	for code, want := range map[string]string{
		"P-9": `{"name":"欧**","nativeRegion":"33****","employer":"白**","phone":"139****5678","email":"o***@****","gender":null}`,
		"P-8": `{"name":"黄**","nativeRegion":null,"employer":null,"phone":"****","email":null,"gender":null}`,
		"P-7": `{"name":"洪**","nativeRegion":null,"employer":null,"phone":"****0007","email":null,"gender":null}`,
	} {
		answer := s.Execute(t.Context(), api.Request{
			Query:     `query($id: ID!) { node(id: $id) { ... on Person { name nativeRegion employer phone email gender } } }`,
			Variables: map[string]any{"id": code}, Identity: access.Local, ID: "x",
		})
		if got := string(answer.Data); got != `{"node":`+want+`}` || len(answer.Errors) > 0 {
			t.Errorf("%s: %s %v, want %s", code, got, answer.Errors, want)
		}
	}
}

// TestScopeReachesAsFarAsTheRegions shows whose contact a strategist of Hangzhou
// sees for a purpose: that of an intermediary that covers Hangzhou, a part of it or
// the province, but not of one that covers the whole country or another city; and
// that of a person who comes from there.
func TestScopeReachesAsFarAsTheRegions(t *testing.T) {
	w := newWorld(t)
	by := graph.Provenance{Source: "roster", AsOf: "2024", Grade: graph.GradeB}
	batch := graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Region", map[string]any{"code": "330106", "name": "西湖区"}, by),
		thing(t, "Person", map[string]any{"code": "native", "name": "本地人", "native_region": "330106", "consent": "GIVEN"}, by),
		thing(t, "Person", map[string]any{"code": "stranger", "name": "外地人", "native_region": "320500", "consent": "GIVEN"}, by),
		thing(t, "Person", map[string]any{"code": "unknown", "name": "不详人", "consent": "GIVEN"}, by),
	}}
	covers := map[string]bool{"330100": true, "330106": true, "330000": true, "100000": false, "320500": false}
	for code := range covers {
		batch.Nodes = append(batch.Nodes, thing(t, "Intermediary", map[string]any{"name": "所" + code, "contact_name": "联系人"}, by))
		batch.Edges = append(batch.Edges, joined(t, "Intermediary 所"+code, "COVERS", "Region "+code, nil, by))
	}
	w.apply(t, batch)
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Recorder = access.OpenLog(t.TempDir() + "/audit.jsonl") })
	id := &access.Identity{Subject: "user:li", Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}}}
	sees := func(name, field string) string {
		answer := s.Execute(t.Context(), api.Request{
			Query:     fmt.Sprintf(`query($id: ID!) { node(id: $id) { ... on Intermediary { contactName } ... on Person { %s } } }`, field),
			Variables: map[string]any{"id": name}, Identity: id, ID: "x", Extensions: map[string]any{"purpose": "VISIT"},
		})
		var data struct{ Node map[string]any }
		if answer.Data != nil {
			if err := json.Unmarshal(answer.Data, &data); err != nil {
				t.Fatal(err)
			}
		}
		for _, value := range data.Node {
			if value != nil {
				return fmt.Sprint(value)
			}
		}
		return ""
	}
	for code, within := range covers {
		if got := sees("所"+code, "name"); (got == "联系人") != within {
			t.Errorf("who covers %s: the contact is %q", code, got)
		}
	}
	for code, want := range map[string]string{"native": "本地人", "stranger": "", "unknown": ""} {
		if got := sees(code, "name"); got != want {
			t.Errorf("%s: the name is %q, want %q", code, got, want)
		}
	}
}

// TestViewLeavesOutWhatIsRefused checks the parts of the graph that a strategist of
// Hangzhou and an agency may know of: no person from elsewhere, no target of
// anybody, and no post of a member of another agency.
func TestViewLeavesOutWhatIsRefused(t *testing.T) {
	w := newWorld(t)
	by := graph.Provenance{Source: "roster", AsOf: "2024", Grade: graph.GradeB}
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Person", map[string]any{"code": "native", "name": "本地人", "native_region": "330100", "phone": "13912345678"}, by),
		thing(t, "Person", map[string]any{"code": "stranger", "name": "外地人", "native_region": "320500"}, by),
		thing(t, "TaskForce", map[string]any{"code": "T-1", "name": "杭州专班", "phone": "13812345678"}, by),
		thing(t, "Intermediary", map[string]any{"name": "本所", "phone": "13712345678"}, by),
		thing(t, "Intermediary", map[string]any{"name": "他所", "phone": "13612345678"}, by),
	}, Edges: []graph.EdgeDraft{
		joined(t, "TaskForce T-1", "TARGETS", "Company 600001.SH", map[string]any{"status": "TALKS"}, by),
		joined(t, "Company 600001.SH", "MEMBER_OF", "Intermediary 本所", map[string]any{"post": "会长"}, by),
		joined(t, "Company 000001.SZ", "MEMBER_OF", "Intermediary 他所", map[string]any{"post": "理事"}, by),
	}})
	g, err := w.live.Refresh(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	view := func(id *access.Identity) *projection.Projection {
		v, err := disclosure.ViewOf(t.Context(), schema.Default(), g, id)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	has := func(p *projection.Projection, kind, text, property string) bool {
		v, err := p.Lookup(text, kind)
		return err == nil && (property == "" || p.Text(v, property) != "")
	}
	posts := func(p *projection.Projection) (found []string) {
		for number := range int32(p.EdgeCount(projection.MemberOf)) {
			edge, _, _ := p.Edge(projection.MemberOf, number)
			if post, ok := edge.Get("post"); ok {
				found = append(found, fmt.Sprint(post))
			}
		}
		slices.Sort(found)
		return found
	}
	for name, test := range map[string]struct {
		id       *access.Identity
		stranger bool
		phones   string // of the native, the task force, this agency and the other
		targets  int
		posts    string
	}{
		"strategist": {&access.Identity{Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}}}, false, "true false false false", 1, "[会长]"},
		"agency":     {&access.Identity{Role: schema.RoleIntermediary, Scope: access.Scope{Intermediary: "本所"}}, false, "false false true false", 0, "[会长]"},
		"viewer":     {&access.Identity{Role: schema.RoleViewer}, false, "false false false false", 0, "[]"},
		"steward":    {&access.Identity{Role: schema.RoleSteward}, true, "true true true true", 1, "[会长 理事]"},
	} {
		p := view(test.id)
		phones := fmt.Sprint(has(p, "Person", "native", "phone"), has(p, "TaskForce", "T-1", "phone"),
			has(p, "Intermediary", "本所", "phone"), has(p, "Intermediary", "他所", "phone"))
		found := posts(p)
		if got := has(p, "Person", "stranger", ""); got != test.stranger || phones != test.phones || p.EdgeCount(projection.Targets) != test.targets || fmt.Sprint(found) != test.posts {
			t.Errorf("%s: a stranger %v, phones %s, %d targets, posts %v; want %+v", name, got, phones, p.EdgeCount(projection.Targets), found, test)
		}
	}
}
