package api_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"liantu/api"
	"liantu/schema"
)

// over asks a server over HTTP. An answer with errors is none.
func over(t *testing.T, base, query string, variables map[string]any) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := send(t, "POST", base+"/graphql", string(body), "Content-Type", plainJSON)
	answer := r.json(t)
	if r.status != 200 || answer["errors"] != nil {
		t.Fatalf("%s with %v: %d, %s", query, variables, r.status, r.body)
	}
	return answer
}

// TestNodesSayWhatTheyAre asks the nodes of every kind of the sample pack over HTTP for
// what the interface promises: their kind is the one asked for, and their code finds them.
func TestNodesSayWhatTheyAre(t *testing.T) {
	base := serve(t, newSampleServer(t))
	withCode := 0
	for _, k := range schema.Default().Nodes {
		answer := over(t, base, `query($kind: NodeKind!) { nodes(kind: $kind, first: 100) { nodes { id kind code name caption ... on Company { shortName } } } }`, map[string]any{"kind": k.Name})
		for _, node := range at(t, answer, "data", "nodes", "nodes").([]any) {
			n := node.(map[string]any)
			if n["kind"] != k.Name || n["name"] == nil && n["caption"] != n["id"] && n["caption"] != n["shortName"] {
				t.Errorf("a %s says it is %v", k.Name, n)
			}
			if n["code"] == nil {
				continue
			}
			withCode++
			if withCode%20 != 0 {
				continue
			}
			found := over(t, base, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": n["code"]})
			if at(t, found, "data", "node") == nil || at(t, found, "data", "node", "id") != n["id"] {
				t.Errorf("the %s %v is not found by its code: %v", k.Name, n, found)
			}
		}
	}
	if withCode < 400 {
		t.Errorf("only %d nodes have a code", withCode)
	}
	answer := over(t, base, `{ region(id: "杭州") { code name kind } company(id: "300750.SZ") { code uscc stockCode kind }
		node(id: "V001") { code name kind ... on Person { masked: name } } }`, nil)
	if got := fmt.Sprint(at(t, answer, "data", "region")); got != "map[code:330100 kind:Region name:杭州市]" {
		t.Errorf("Hangzhou is %s", got)
	}
	company := at(t, answer, "data", "company").(map[string]any)
	want := company["uscc"]
	if want == nil {
		want = company["stockCode"]
	}
	if want == nil || company["code"] != want {
		t.Errorf("the company is %v", company)
	}
}

// TestTheNameOfAPersonIsMaskedInNode asks for a person by the interface.
func TestTheNameOfAPersonIsMaskedInNode(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	const query = `{ node(id: "P-1") { code name kind } }`
	if got := fmt.Sprint(at(t, ask(t, s, api.Request{Query: query}), "data", "node")); got != "map[code:P-1 kind:Person name:王**]" {
		t.Errorf("the local user sees %s", got)
	}
	answer := ask(t, s, api.Request{Query: query, Identity: callerOf(schema.RoleViewer)})
	if at(t, answer, "data", "node") != nil {
		t.Errorf("a viewer gets %v", answer)
	}
}
