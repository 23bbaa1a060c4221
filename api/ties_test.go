package api_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/schema"
)

// The canaries of the edges of a person: an employer, an organisation, an acquaintance, a
// native county and a project, each joined with that person alone.
var tieCanaries = []string{"鹂雇主有限公司", "鹂商会", "P-friend", "330106", "鹂项目"}

// tied is the small world with a person of Hangzhou who has edges of every kind, stated by a
// source that names the employer.
func tied(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	by := graph.Provenance{Source: "鹂雇主有限公司高管名单", AsOf: "2024", Grade: graph.GradeB}
	b := graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Region", map[string]any{"code": "330106", "name": "西湖区"}, registered),
		thing(t, "Company", map[string]any{"stock_code": "600999.SH", "name": "鹂雇主有限公司"}, registered),
		thing(t, "Intermediary", map[string]any{"name": "鹂商会"}, registered),
		thing(t, "Project", map[string]any{"code": "鹂项目", "name": "鹂项目", "stage": "TALKS"}, registered),
		thing(t, "Person", map[string]any{"code": "P-canary", "name": "王伟", "native_region": "330106", "employer": "鹂雇主有限公司", "consent": "GIVEN"}, by),
		thing(t, "Person", map[string]any{"code": "P-friend", "name": "李娜", "native_region": "330106", "consent": "GIVEN"}, registered),
	}}
	for _, e := range [][2]string{
		{"WORKS_AT", "Company 600999.SH"},
		{"MEMBER_OF", "Intermediary 鹂商会"},
		{"KNOWS", "Person P-friend"},
		{"NATIVE_OF", "Region 330106"},
		{"LOCATED_IN", "Region 330106"},
		{"INTRODUCED", "Project 鹂项目"},
	} {
		props := map[string]any{}
		if e[0] == "WORKS_AT" {
			props["post"] = "董事长"
		}
		b.Edges = append(b.Edges, joined(t, "Person P-canary", e[0], e[1], props, by))
	}
	version := w.apply(t, b)
	if _, err := w.live.AtLeast(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	return w
}

const (
	ownTies = `{ node(id: "P-canary") { facts { value provenance { source } } sources { source } conflicts { shown { provenance { source } } } ... on Person {
		worksAt { totalCount nodes { name } edges { id source post facts { provenance { source } } } pageInfo { hasNextPage endCursor } }
		memberOf { totalCount nodes { name } pageInfo { endCursor } } knows { totalCount nodes { code } } knownBy { totalCount }
		introduced { totalCount nodes { name } }
		nativeOf { totalCount edges { id source asOf tie facts { value } node { code } } } locatedIn { totalCount edges { id source node { code } } } } } }`
	inverseTies = `{ company(id: "600999.SH") { people { totalCount nodes { code } edges { id source } pageInfo { hasNextPage endCursor } } }
		county: region(id: "330106") { natives { totalCount nodes { code } } locatedHere { totalCount nodes { id ... on Person { code } } } }
		province: region(id: "330000") { natives { totalCount nodes { code } } }
		chamber: node(id: "鹂商会") { ... on Intermediary { members { totalCount nodes { ... on Person { code } } } } }
		project: node(id: "鹂项目") { ... on Project { introducedBy { totalCount nodes { ... on Person { code } } } } }
		friend: node(id: "P-friend") { ... on Person { knownBy { totalCount nodes { code } } } } }`
)

// TestEdgesOfPersonsAreMasked asks for the edges of a person from both ends in every
// role, with and without a purpose: whoever sees the person's values masked learns no more
// by its edges, which includes their number, ids, cursors and sources.
func TestEdgesOfPersonsAreMasked(t *testing.T) {
	w := tied(t)
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	s := newServer(t, w, func(c *api.Config, d *api.Deps) { d.Recorder = log; roomy(c, d) })
	p := w.live.Current()
	person, err := p.Lookup("P-canary")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string // of the edges, which are hashes of their ends
	for _, k := range schema.Default().Edges {
		for _, number := range p.Out(k.Name, person).Edges {
			e, _, _ := p.Edge(k.Name, number)
			ids = append(ids, string(e.ID))
		}
	}
	if len(ids) != 6 {
		t.Fatalf("%d edges", len(ids))
	}
	for _, id := range who {
		for _, purpose := range []string{"", "INVITATION", "INTRODUCTION"} {
			states := id.Role == schema.RoleStrategist || id.Role == schema.RoleSteward
			if purpose != "" && !states {
				continue // refused as a whole
			}
			ask := func(query string) string {
				r := api.Request{Query: query, Identity: id, ID: "x"}
				if purpose != "" {
					r.Extensions = map[string]any{"purpose": purpose}
				}
				text, err := json.Marshal(s.Execute(t.Context(), r))
				if err != nil {
					t.Fatal(err)
				}
				return string(text)
			}
			reveals := purpose == "INTRODUCTION" // an invitation opens no edges
			own, inverse := ask(ownTies), ask(inverseTies)
			for _, edge := range ids {
				if !reveals && strings.Contains(own+inverse, edge) {
					t.Errorf("%s, purpose %q: the id of an edge is shown: %s", id.Role, purpose, own)
				}
			}
			for _, canary := range tieCanaries {
				if shown := strings.Contains(own, canary); shown != reveals {
					t.Errorf("%s, purpose %q: %s is shown: %t\n%s", id.Role, purpose, canary, shown, own)
				}
			}
			if shown := strings.Contains(inverse, "P-canary"); shown != reveals {
				t.Errorf("%s, purpose %q: the person is shown at the other end: %t\n%s", id.Role, purpose, shown, inverse)
			}
			if reveals || id.Role == schema.RoleViewer || id.Role == schema.RoleIntermediary {
				continue
			}
			for _, want := range []string{
				`"worksAt":{"totalCount":null,"nodes":[],"edges":[]`, `"memberOf":{"totalCount":null,"nodes":[]`, `"knows":{"totalCount":null,"nodes":[]}`,
				`"knownBy":{"totalCount":null}`, `"introduced":{"totalCount":null,"nodes":[]}`, `"source":null,"asOf":null,"tie":null,"facts":[],"node":{"code":"330000"}`,
			} {
				if !strings.Contains(own, want) {
					t.Errorf("%s, purpose %q: no %s in %s", id.Role, purpose, want, own)
				}
			}
			if n := strings.Count(inverse, `"totalCount":null`); n != 7 || strings.Contains(inverse, `"totalCount":0`) {
				t.Errorf("%s, purpose %q: the other ends count persons: %s", id.Role, purpose, inverse)
			}
		}
	}
	revealed := map[string]bool{}
	if err := log.Entries(func(e access.Entry) error {
		for _, field := range e.Fields {
			revealed[field] = revealed[field] || e.Action == access.Reveal
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"Person.worksAt", "Person.memberOf", "Person.knows", "Person.nativeOf", "Person.locatedIn", "Person.introduced", "Person.sources"} {
		if !revealed[field] {
			t.Errorf("%s is not on record: %v", field, revealed)
		}
	}
}

// TestEdgesFollowConsent asks a steward's question for a purpose that opens all edges: those
// of whoever has refused are masked, from both ends and also where the other end is another
// person. The answer says why where the person that has refused is asked about, and nowhere else: it
// would name the edge that is hidden.
func TestEdgesFollowConsent(t *testing.T) {
	for refused, hidden := range map[string][]string{
		"P-friend": {"P-friend"}, "P-canary": tieCanaries,
	} {
		w := tied(t)
		later := graph.Provenance{Source: "letter", AsOf: "2025", Grade: graph.GradeA}
		version := w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Person", map[string]any{"code": refused, "consent": "REFUSED"}, later)}})
		if _, err := w.live.AtLeast(t.Context(), version); err != nil {
			t.Fatal(err)
		}
		s := newServer(t, w, func(c *api.Config, d *api.Deps) {
			d.Recorder = access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
			roomy(c, d)
		})
		ask := func(query string) string {
			text, err := json.Marshal(s.Execute(t.Context(), api.Request{Query: query, Identity: who[4], ID: "x", Extensions: map[string]any{"purpose": "INTRODUCTION"}}))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		own, inverse := ask(ownTies), ask(inverseTies)
		for _, canary := range tieCanaries {
			if want := !slices.Contains(hidden, canary); strings.Contains(own, canary) != want {
				t.Errorf("%s has refused: %s is shown: %t, want %t\n%s", refused, canary, !want, want, own)
			}
		}
		if refused == "P-canary" && strings.Contains(inverse, "P-canary") {
			t.Errorf("%s has refused and is shown at the other ends: %s", refused, inverse)
		}
		if says := strings.Contains(own, "CONSENT_REFUSED"); says != (refused == "P-canary") {
			t.Errorf("%s has refused: the answer about P-canary says so: %t: %s", refused, says, own)
		}
		if refused == "P-canary" && strings.Contains(inverse, "CONSENT_REFUSED") {
			t.Errorf("%s has refused, and the other ends say so: %s", refused, inverse)
		}
		if refused == "P-canary" && strings.Contains(inverse, `"totalCount":null`) {
			t.Errorf("%s has refused, and a number that is missing says that there is somebody: %s", refused, inverse)
		}
	}
}

// TestSmallNumbersOfPersonsAreNotDisclosed asks for numbers of persons below and from five on.
func TestSmallNumbersOfPersonsAreNotDisclosed(t *testing.T) {
	w := tied(t) // three persons
	s := newServer(t, w, nil)
	const query = `{ meta { nodes { kind count } edges { kind count } } nodes(kind: Person) { totalCount } search(text: "P-canary", kinds: [Person]) { totalCount } none: search(text: "Q-0", kinds: [Person]) { totalCount } }`
	ask := func(id *access.Identity) string {
		answer := s.Execute(t.Context(), api.Request{Query: query, Identity: id, ID: "x"})
		if len(answer.Errors) > 0 {
			t.Fatal(answer.Errors)
		}
		return string(answer.Data)
	}
	for _, id := range []*access.Identity{who[0], who[3], who[4], who[5]} {
		got := ask(id)
		for _, want := range []string{
			`{"kind":"Person","count":null}`, `{"kind":"KNOWS","count":null}`, `{"kind":"WORKS_AT","count":null}`, `{"kind":"LOCATED_IN","count":4}`,
			`{"kind":"MEMBER_OF","count":0}`, `"nodes":{"totalCount":null}`, `"search":{"totalCount":null}`, `"none":{"totalCount":null}`,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s in %s", id.Role, want, got)
			}
		}
	}
	var b graph.Batch
	for i := range 5 {
		code := fmt.Sprint("P-more", i)
		b.Nodes = append(b.Nodes, thing(t, "Person", map[string]any{"code": code, "name": "某" + code, "native_region": "330100"}, registered))
		b.Edges = append(b.Edges, joined(t, "Person "+code, "WORKS_AT", "Company 600999.SH", nil, registered))
	}
	if _, err := w.live.AtLeast(t.Context(), w.apply(t, b)); err != nil {
		t.Fatal(err)
	}
	if got := ask(who[4]); !strings.Contains(got, `{"kind":"Person","count":8}`) || !strings.Contains(got, `{"kind":"WORKS_AT","count":7}`) || !strings.Contains(got, `"nodes":{"totalCount":8}`) {
		t.Errorf("of eight persons: %s", got)
	}
	people := s.Execute(t.Context(), api.Request{Query: `{ company(id: "600999.SH") { people { totalCount } } }`, Identity: who[4], ID: "x"})
	if !strings.Contains(string(people.Data), `"totalCount":null`) {
		t.Errorf("the persons at one node are counted: %s", people.Data)
	}
}

// TestPathsDiscloseWhatWasConsentedTo asks for introductions to a company: the path shows the
// region asked about and neither the county, the post, its days nor the source.
func TestPathsDiscloseWhatWasConsentedTo(t *testing.T) {
	w := tied(t)
	by := graph.Provenance{Source: "鹂雇主有限公司高管名单", AsOf: "2024", Grade: graph.GradeB}
	version := w.apply(t, graph.Batch{
		Nodes: []graph.NodeDraft{thing(t, "Person", map[string]any{"code": "P-2", "name": "某人", "consent": "GIVEN"}, by)},
		Edges: []graph.EdgeDraft{
			joined(t, "Person P-2", "NATIVE_OF", "Region 330106", map[string]any{"tie": "BIRTH"}, by),
			joined(t, "Person P-2", "WORKS_AT", "Company 000001.SZ", map[string]any{"post": "鹂职", "valid_from": "2011-11-11"}, by),
		},
	})
	p, err := w.live.AtLeast(t.Context(), version)
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, w, roomy)
	const query = `{ introductions(region: "330000", company: "000001.SZ") { totalCount nodes { hops { kind edge since until provenance { source } text { zh en }
		from { caption ... on Region { code } } to { caption ... on Person { code } } } ask { context { zh } request { zh } asker { zh } } } }
		candidates(region: "330000", link: "chip.resist") { nodes { edges terms { code } } } }`
	person, err := p.Lookup("P-2")
	if err != nil {
		t.Fatal(err)
	}
	secret := []string{"330106", "西湖", "鹂", "2011"}
	for _, kind := range []string{"NATIVE_OF", "WORKS_AT"} {
		e, _, _ := p.Edge(kind, p.Out(kind, person).Edges[0])
		secret = append(secret, string(e.ID))
	}
	for _, id := range []*access.Identity{who[0], {Subject: "user:z", Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330000"}, Ecosystems: []string{"*"}}}, who[4]} {
		answer := s.Execute(t.Context(), api.Request{Query: query, Identity: id, ID: "x"})
		got := strings.ReplaceAll(string(answer.Data), `"source":"鹂**"`, "")
		if len(answer.Errors) > 0 || !strings.Contains(got, `"totalCount":1`) || !strings.Contains(got, `"code":"P-2"`) || !strings.Contains(got, `"code":"330000"`) {
			t.Errorf("%s: %s %v", id.Role, got, answer.Errors)
		}
		for _, text := range secret {
			if strings.Contains(got, text) {
				t.Errorf("%s: %q is disclosed: %s", id.Role, text, got)
			}
		}
	}
	if answer := s.Execute(t.Context(), api.Request{Query: query, Identity: who[5], ID: "x"}); len(answer.Errors) != 1 || answer.Errors[0].Code() != fault.CodeForbidden {
		t.Errorf("an admin asks for introductions: %s %v", answer.Data, answer.Errors)
	}
}
