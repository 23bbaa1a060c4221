package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"liantu/api"
)

// TestCostOfAnAnswer reads what requests cost in the extensions of their answers.
func TestCostOfAnAnswer(t *testing.T) {
	w := newWorld(t)
	base := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Pictures = &clock{Live: w.live} }))
	ask := func(query string) reply {
		body, err := json.Marshal(map[string]string{"query": query})
		if err != nil {
			t.Fatal(err)
		}
		return send(t, "POST", base+"/graphql", string(body), "Content-Type", plainJSON)
	}
	cost := func(r reply) map[string]any {
		ext, _ := r.json(t)["extensions"].(map[string]any)
		c, _ := ext["cost"].(map[string]any)
		return c
	}
	const query = `{ nodes(kind: Region, first: 100) { nodes { id caption } } }`
	first := ask(query)
	c := cost(first)
	requested, _ := c["requested"].(float64)
	actual, _ := c["actual"].(float64)
	if requested < 200 || actual < 12 || actual > 100 || c["limit"] != 100_000.0 {
		t.Errorf("for six rows of a page of a hundred: %v", c)
	}
	if again := ask(query); again.body != first.body || again.header.Get("ETag") != first.header.Get("ETag") {
		t.Errorf("from the cache: %s\nafter %s", again.body, first.body)
	}
	for what, tt := range map[string]struct {
		query  string
		priced bool
		code   string
	}{
		"too much":   {`{ nodes(kind: Region, first: 100) { nodes { a: facts { label value property provenance { source grade asOf } } b: facts { label value property provenance { source grade asOf } } ... on Region { companies(first: 100) { nodes { id caption name shortName } } } } } }`, true, "LIMIT_EXCEEDED"},
		"unreadable": {`{`, false, "PARSE_FAILED"},
		"unknown":    {`{ nothing }`, true, "VALIDATION_FAILED"},
		"an error":   {`{ region(id: "nowhere") { name } }`, true, "NOT_FOUND"},
	} {
		r := ask(tt.query)
		c := cost(r)
		_, has := c["requested"].(float64)
		if firstCode(r.json(t)) != tt.code || has != tt.priced || c["limit"] != 100_000.0 {
			t.Errorf("%s: %s", what, r.body)
		}
	}
	if c := cost(ask(`{ nodes(kind: Region, first: 100) { nodes { ... on Region { companies(first: 100) { nodes { id caption name shortName founded employees facts { property value } } } } } } }`)); c["actual"] != 0.0 || c["requested"].(float64) <= 10_000 {
		t.Errorf("a request that is refused before the work: %v", c)
	}
	if r := send(t, "POST", base+"/graphql", `{`, "Content-Type", plainJSON); strings.Contains(r.body, "cost") {
		t.Errorf("before a question is read: %s", r.body)
	}
}
