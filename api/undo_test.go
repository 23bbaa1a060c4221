package api_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
	"liantu/schema"
)

// undo takes a load back, and returns the code of the error, "" for none, and the version.
func (o *office) undo(t *testing.T, id *access.Identity, load string) (string, float64) {
	t.Helper()
	answer := ask(t, o.server, api.Request{Query: fmt.Sprintf(`mutation { undoLoad(clientMutationId: "u", load: %q) { version load nodesChanged } }`, load), Identity: id})
	if code := firstCode(answer); code != "" {
		return code, 0
	}
	return "", answer["data"].(map[string]any)["undoLoad"].(map[string]any)["version"].(float64)
}

// TestChangesAreTakenBack takes back a change by whoever made it, and by a steward; nobody
// else may, and what was taken back is shown no more.
func TestChangesAreTakenBack(t *testing.T) {
	o := newOffice(t)
	role := func(id *access.Identity, version int64) any {
		return ask(t, o.server, api.Request{
			Query: `{ link(id: "chip.fab") { declaredRole } }`, Identity: id, Extensions: map[string]any{"minVersion": version},
		})["data"].(map[string]any)["link"].(map[string]any)["declaredRole"]
	}
	other := &access.Identity{Subject: "user:zhao", Role: schema.RoleStrategist, Scope: strategist.Scope}
	for key, by := range map[string]*access.Identity{"own": strategist, "steward": steward} {
		made := o.change(t, strategist, fmt.Sprintf(`declareRole(clientMutationId: %q, link: "chip.fab", role: KEY)`, key))
		if shown := role(by, made.Version); made.code != "" || shown != "KEY" {
			t.Fatalf("%+v, the role is %v", made, shown)
		}
		for _, id := range append([]*access.Identity{other}, who...) {
			if id.Role == schema.RoleSteward || id.Subject == strategist.Subject || id.Subject == access.Local.Subject {
				continue
			}
			if code, _ := o.undo(t, id, made.Load); code != "FORBIDDEN" {
				t.Errorf("%s %s takes back what somebody else declared: %q", id.Role, id.Subject, code)
			}
		}
		if code, version := o.undo(t, by, made.Load); code != "" || version != float64(made.Version+1) || role(by, made.Version+1) != nil {
			t.Errorf("%s: %q, version %v after %d", key, code, version, made.Version)
		}
		if code, _ := o.undo(t, steward, made.Load); code != "NOT_FOUND" {
			t.Errorf("%s: taken back again: %q", key, code)
		}
	}
	undone, denied := 0, 0
	if err := o.log.Entries(func(e access.Entry) error {
		if e.Action == access.Change && strings.HasPrefix(e.Detail, "undoLoad edit-") && e.Who != "" {
			undone++
		}
		if e.Action == access.Denied {
			denied++
		}
		return nil
	}); err != nil || undone < 2 || denied == 0 {
		t.Errorf("the audit log has %d undone and %d denied, error %v", undone, denied, err)
	}
}

// TestLoadsAreTakenBack takes back loads on which another one depends, and not: the first
// stays whole, and the name of an edit does not give a right to a load.
func TestLoadsAreTakenBack(t *testing.T) {
	o := newOffice(t)
	by := graph.Provenance{Source: "list", AsOf: "2024-01-01", Grade: graph.GradeB}
	o.apply(t, graph.Batch{
		Load:  graph.LoadInfo{ID: "first", Source: strategist.Subject, Done: true},
		Nodes: []graph.NodeDraft{thing(t, "Company", map[string]any{"name": "晨曦电子有限公司", "stock_code": "600777.SH"}, by)},
	})
	o.apply(t, graph.Batch{
		Load:  graph.LoadInfo{ID: "edit-second", Source: "list", Done: true},
		Edges: []graph.EdgeDraft{joined(t, "Company 600777.SH", "LOCATED_IN", "Region 330100", nil, by)},
	})
	for _, load := range []string{"first", "edit-second"} {
		if code, _ := o.undo(t, strategist, load); code != "FORBIDDEN" {
			t.Errorf("a strategist takes back %s: %q", load, code)
		}
	}
	if code, _ := o.undo(t, steward, "first"); code != "CONFLICT" {
		t.Errorf("a load on which another one depends: %q", code)
	}
	for _, load := range []string{"edit-second", "first"} {
		if code, _ := o.undo(t, steward, load); code != "" {
			t.Errorf("%s: %q", load, code)
		}
	}
	if code, _ := o.undo(t, steward, "firs"); code != "NOT_FOUND" {
		t.Errorf("the beginning of an id takes a load back: %q", code)
	}
	if code, _ := o.undo(t, access.Local, "edit-second"); code != "NOT_FOUND" {
		t.Errorf("the local user may not: %q", code)
	}
}

// TestJudgementsAreTakenBack takes back that two names mean one company: they are two again
// for the steward who judged, at once.
func TestJudgementsAreTakenBack(t *testing.T) {
	j := newJudging(t)
	same := j.judge(t, steward, "1", pair, "SAME", `date: "2026-01-01"`)
	if n := j.companies(t, same.Version); same.code != "" || n != 1 {
		t.Fatalf("%+v, %d companies", same, n)
	}
	code, version := j.undo(t, steward, same.Load)
	if n := j.companies(t, int64(version)); code != "" || n != 2 {
		t.Errorf("%q, %d companies once it was taken back", code, n)
	}
}
