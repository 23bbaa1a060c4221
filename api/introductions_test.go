package api_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/graph"
)

// acquainted adds to the small world a person from Hangzhou who works in Suzhou
// and has consented, and an intermediary.
func acquainted(tb testing.TB, w *world) {
	tb.Helper()
	var b graph.Batch
	b.Nodes = append(b.Nodes,
		thing(tb, "Person", map[string]any{"code": "P-2", "name": "示例某人", "consent": "GIVEN", "synthetic": true}, registered),
		thing(tb, "Intermediary", map[string]any{"name": "示例律所", "capacity": int64(2), "introduced_count": int64(4), "landed_count": int64(3), "synthetic": true}, registered))
	b.Edges = append(b.Edges,
		joined(tb, "Intermediary 示例律所", "SPECIALISES_IN", "Chain chip", map[string]any{"level": "EXPERT"}, registered),
		joined(tb, "Intermediary 示例律所", "COVERS", "Region 330000", nil, registered),
		joined(tb, "Person P-2", "NATIVE_OF", "Region 330100", nil, registered),
		joined(tb, "Person P-2", "WORKS_AT", "Company 000001.SZ", map[string]any{"valid_from": "2019", "post": "示例职务"}, registered),
		joined(tb, "Person P-1", "NATIVE_OF", "Region 330100", nil, registered),
		joined(tb, "Person P-1", "WORKS_AT", "Company 000001.SZ", nil, registered), // has not been asked
	)
	version := w.apply(tb, b)
	if _, err := w.live.AtLeast(tb.Context(), version); err != nil {
		tb.Fatal(err)
	}
}

// TestWithdrawnConsentRemovesThePath asks over HTTP before and after a person
// withdraws, in the version that states it.
func TestWithdrawnConsentRemovesThePath(t *testing.T) {
	w := newWorld(t)
	acquainted(t, w)
	base := serve(t, newServer(t, w, nil))
	ways := func(version graph.Version) string {
		t.Helper()
		query := `{ byCompany: introductions(region: \"330100\", company: \"000001\") { totalCount nodes { hops { text { zh } from { caption } to { caption } } } } ` +
			`byLink: introductions(region: \"330100\", link: \"chip.resist\") { totalCount } byPerson: introductions(region: \"330100\", person: \"P-2\") { totalCount } }`
		r := send(t, "POST", base+"/graphql", fmt.Sprintf(`{"query":"%s","extensions":{"minVersion":%d}}`, query, version), "Content-Type", plainJSON)
		if r.status != 200 || strings.Contains(r.body, `"errors"`) {
			t.Fatalf("status %d: %s", r.status, r.body)
		}
		if strings.Contains(r.body, "示例某人") || strings.Contains(r.body, "P-1") {
			t.Errorf("a name, or somebody who was never asked, is disclosed: %s", r.body)
		}
		return r.body
	}
	before := ways(2)
	for _, has := range []string{`"byCompany":{"totalCount":1`, `"byLink":{"totalCount":1`, `"byPerson":{"totalCount":1`, "P-2"} {
		if !strings.Contains(before, has) {
			t.Errorf("before: no %s in %s", has, before)
		}
	}
	later := graph.Provenance{Source: "register", AsOf: "2030", Grade: graph.GradeA}
	version := w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Person", map[string]any{"code": "P-2", "consent": "WITHDRAWN"}, later),
	}})
	after := ways(version)
	for _, has := range []string{`"byCompany":{"totalCount":0`, `"byLink":{"totalCount":0`, `"byPerson":{"totalCount":0`, fmt.Sprintf(`"version":%d`, version)} {
		if !strings.Contains(after, has) {
			t.Errorf("after: no %s in %s", has, after)
		}
	}
	if strings.Contains(after, "P-2") {
		t.Errorf("the person is still reported: %s", after)
	}
}
