package api_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
	"liantu/schema"
)

// forces are task forces by what they are in charge of; each has the company 000001.SZ on
// its list, and a project.
var forces = map[string][]string{
	"own":            {"Region 330100", "Ecosystem aiot"},
	"chain":          {"Region 330100", "Chain chip"},
	"elsewhere":      {"Region 320500", "Ecosystem aiot"},
	"above":          {"Region 330000", "Ecosystem aiot"},
	"otherindustry":  {"Region 330100", "Ecosystem bio"},
	"regiononly":     {"Region 330100"},
	"ecosystemonly":  {"Ecosystem aiot"},
	"inchargeofnone": {},
}

// pursued is the small world with these task forces.
func pursued(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	b := graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Ecosystem", map[string]any{"code": "bio", "name": "生物医药"}, registered)}}
	for name, charges := range forces {
		b.Nodes = append(b.Nodes,
			thing(t, "TaskForce", map[string]any{"code": name, "name": "专班" + name}, registered),
			thing(t, "Project", map[string]any{"code": "project-" + name, "name": "项目" + name, "stage": "TALKS", "investment": 7e4, "description": "鹂项" + name}, registered))
		for _, charge := range charges {
			b.Edges = append(b.Edges, joined(t, "TaskForce "+name, "IN_CHARGE_OF", charge, nil, registered))
		}
		b.Edges = append(b.Edges,
			joined(t, "TaskForce "+name, "IN_CHARGE_OF", "Project project-"+name, nil, registered),
			joined(t, "Project project-"+name, "INVOLVES", "Company 000001.SZ", map[string]any{"part": "INVESTOR"}, registered),
			joined(t, "Project project-"+name, "FILLS", "Link chip.resist", nil, registered),
			joined(t, "TaskForce "+name, "TARGETS", "Company 000001.SZ", map[string]any{
				"status": "TALKS", "priority": "HIGH", "owner": "鹂员" + name, "note": "鹂注" + name, "next_step": "鹂步" + name, "link": "鹂环" + name, "last_contact": "2024-05-06",
			}, registered))
	}
	// A project that no task force is in charge of belongs to whoever has its place and its link.
	for name, at := range map[string]string{"placed": "330100", "far": "320500"} {
		b.Nodes = append(b.Nodes, thing(t, "Project", map[string]any{"code": "project-" + name, "name": "项目" + name, "stage": "LEAD", "description": "鹂项" + name}, registered))
		b.Edges = append(b.Edges, joined(t, "Project project-"+name, "LOCATED_IN", "Region "+at, nil, registered), joined(t, "Project project-"+name, "FILLS", "Link chip.fab", nil, registered))
	}
	if _, err := w.live.AtLeast(t.Context(), w.apply(t, b)); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestPursuitsOfOthersShowTheirStageAlone asks for the targets and projects of all task
// forces in every role: who pursues whom and how far is seen by all who work with the
// graph, the rest by the task force itself and the steward.
func TestPursuitsOfOthersShowTheirStageAlone(t *testing.T) {
	s := newServer(t, pursued(t), roomy)
	const query = `{ company(id: "000001.SZ") { targetedBy(first: 50) { totalCount edges { status priority note nextStep link lastContact owner facts { property value } conflicts { property } node { code } } } }
		nodes(kind: Project, first: 50) { nodes { ... on Project { code stage investment description facts { property value } } } }
		gaps(region: "330100", first: 10) { nodes { pipeline { stage investment project { code description } } } }
		candidates(region: "330100", link: "chip.resist") { nodes { pursuits { status link taskForce { code } } inHand { stage } } } }`
	both := []string{"own", "chain", "placed"}
	whole := func(id *access.Identity, name string) bool {
		switch id.Role {
		case schema.RoleAnonymous, schema.RoleSteward:
			return true
		case schema.RoleStrategist:
			return slices.Contains(both, name) || id.Scope.Ecosystems[0] == "*" && slices.Contains([]string{"regiononly", "otherindustry"}, name)
		}
		return false
	}
	broad := &access.Identity{Subject: "user:broad", Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"*"}}}
	for _, id := range append(slices.Clone(who), broad) {
		text, err := json.Marshal(s.Execute(t.Context(), api.Request{Query: query, Identity: id, ID: "x"}))
		if err != nil {
			t.Fatal(err)
		}
		got := string(text)
		for name := range forces {
			for _, mark := range []string{"鹂注", "鹂步", "鹂环", "鹂项"} {
				if shown := strings.Contains(got, mark+name+`"`); shown != whole(id, name) {
					t.Errorf("%s %v: %s of %s is shown: %t", id.Role, id.Scope.Ecosystems, mark, name, shown)
				}
			}
			if strings.Contains(got, "鹂员"+name) {
				t.Errorf("%s: the owner of the target of %s is shown without a purpose", id.Role, name)
			}
		}
		for name, own := range map[string]bool{"placed": whole(id, "placed"), "far": whole(id, "far")} {
			if shown := strings.Contains(got, "鹂项"+name); shown != own {
				t.Errorf("%s: the notes of the project %s are shown: %t", id.Role, name, shown)
			}
		}
		if id.Role == schema.RoleStrategist || id.Role == schema.RoleAdmin {
			if n := strings.Count(got, `{"status":"TALKS"`); n < len(forces) || !strings.Contains(got, `"code":"project-elsewhere","stage":"TALKS","investment":null`) {
				t.Errorf("%s: the pursuits of others are not seen: %d of %d: %s", id.Role, n, len(forces), got)
			}
		}
	}
}
