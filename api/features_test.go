package api_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"liantu/api"
)

// TestIntrospectionOff asks a service that does not disclose its schema. It must not
// disclose it in its errors either.
func TestIntrospectionOff(t *testing.T) {
	s := newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Features.Introspection = false })
	for query, code := range map[string]string{
		`{ __schema { types { name } } }`:                                   "INTROSPECTION_OFF",
		`{ a: __type(name: "Link") { name } }`:                              "INTROSPECTION_OFF",
		`{ ...F } fragment F on Query { ... { __schema { description } } }`: "INTROSPECTION_OFF",
		`{ meta { version } __typename }`:                                   "",
	} {
		for range 2 {
			if got := firstCode(ask(t, s, api.Request{Query: query})); got != code {
				t.Errorf("%s: code %q, want %q", query, got, code)
			}
		}
	}
	for _, query := range []string{
		`{ meto { version } }`, `{ meta }`, `{ meta { versio } }`, `{ nodes(kinds: Company) { totalCount } }`,
		`{ nodes(kind: Compani) { totalCount } }`, `{ ... on Metta { version } }`,
	} {
		answer := s.Execute(t.Context(), api.Request{Query: query})
		if len(answer.Errors) == 0 || strings.Contains(answer.Errors[0].Message, "Did you mean") {
			t.Errorf("%s: %v", query, answer.Errors)
		}
	}
	base := serve(t, s)
	if r := send(t, "GET", base+"/schema.graphql", ""); r.status != 404 || firstCode(r.json(t)) != "INTROSPECTION_OFF" {
		t.Errorf("schema.graphql: status %d: %.100s", r.status, r.body)
	}
}

// TestExplorer opens the page for browsers. It must not reach beyond this service,
// and the policy that it is sent with must permit its own script.
func TestExplorer(t *testing.T) {
	w := newWorld(t)
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	base := serve(t, newServer(t, w, nil))
	r := send(t, "GET", base+"/graphql", "", "Accept", browser)
	if got := r.header.Get("Content-Type"); r.status != 200 || got != "text/html; charset=utf-8" {
		t.Fatalf("status %d, content type %q", r.status, got)
	}
	policy := r.header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "connect-src 'self'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	if found := regexp.MustCompile(`(?i)https?://|src=|@import|url\(|\son[a-z]+="|style="`).FindString(r.body); found != "" {
		t.Errorf("the page holds %q, which its policy forbids", found)
	}
	for _, tag := range []string{"<script>", "<style>"} {
		if strings.Count(r.body, tag) != 1 {
			t.Errorf("the page has not exactly one %s", tag)
		}
	}
	if r := send(t, "GET", base+"/graphql?query=%7Bmeta%7Bversion%7D%7D", "", "Accept", browser); !strings.Contains(r.body, `"data"`) {
		t.Errorf("a browser that asks gets %.100s", r.body)
	}
	off := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Features.Explorer = false }))
	if r := send(t, "GET", off+"/graphql", "", "Accept", browser); r.status != 400 || strings.Contains(r.body, "<html") {
		t.Errorf("switched off: status %d: %.100s", r.status, r.body)
	}
}

// TestLocalServiceKnowsItsNames asks under the name of another site, which
// points at this machine.
func TestLocalServiceKnowsItsNames(t *testing.T) {
	w := newWorld(t)
	local := newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Features.LocalNames = true }).Handler()
	open := newServer(t, w, nil).Handler()
	for host, known := range map[string]bool{
		"127.0.0.1:8080": true, "[::1]:8080": true, "::1": true, "localhost": true, "LOCALHOST:1": true, "localhost.:80": true,
		"a.localhost:80": true, "192.168.1.5:80": true,
		"evil.example": false, "127.0.0.1.evil.example:8080": false, "localhost.evil.example": false, "": false,
	} {
		for handler, status := range map[http.Handler]int{local: map[bool]int{true: 200, false: 421}[known], open: 200} {
			r := httptest.NewRequest("GET", "/graphql?query=%7Bmeta%7Bversion%7D%7D", nil)
			r.Host = host
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if answer.Code != status {
				t.Errorf("to %q: status %d, want %d: %s", host, answer.Code, status, answer.Body)
			}
		}
	}
}
