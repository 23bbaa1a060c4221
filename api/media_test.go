package api_test

import (
	"net/url"
	"strings"
	"testing"

	"liantu/api"
)

const ownJSON = "application/graphql-response+json"

// TestMediaTypeOfTheAnswer asks with many Accept headers. A query gets the media
// type that the client prefers, and the media type decides the status of a refused
// query.
func TestMediaTypeOfTheAnswer(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	tests := []struct{ accept, media string }{
		{"", plainJSON},
		{"*/*", plainJSON},
		{"application/*", plainJSON},
		{plainJSON, plainJSON},
		{ownJSON, ownJSON},
		{ownJSON + ", " + plainJSON, ownJSON},
		{plainJSON + ", " + ownJSON, plainJSON},
		{ownJSON + ";q=0.5, " + plainJSON, plainJSON},
		{ownJSON + ", " + plainJSON + ";q=0.9", ownJSON},
		{ownJSON + ", application/graphql+json, application/json, text/event-stream, multipart/mixed", ownJSON},
		{"*/*;q=0.1, " + ownJSON, ownJSON},
		{plainJSON + ";q=0, */*", ownJSON},
		{ownJSON + "; charset=utf-8", ownJSON},
		{ownJSON + "; charset=gbk, " + plainJSON, plainJSON},
		{ownJSON + ";q=2, " + plainJSON, plainJSON},
		{"a/b/c, " + ownJSON, ownJSON},
		{"text/html", ""},
		{plainJSON + ";q=0, " + ownJSON + ";q=0", ""},
		{plainJSON + "; charset=gbk", ""},
	}
	for _, tt := range tests {
		for _, q := range []struct {
			query, code   string
			plain, strict int // the status with each of the two media types
		}{
			{`{ meta { version } }`, "", 200, 200},
			{`{ region(id: \"nowhere\") { name } meta { version } }`, "NOT_FOUND", 200, 200},
			{`{`, "PARSE_FAILED", 200, 400},
			{`{ nothing }`, "VALIDATION_FAILED", 200, 400},
			{`query($a: Int!) { meta { version } }`, "VALIDATION_FAILED", 200, 400},
			{`query($a: ID!) { region(id: $a) { name } }`, "BAD_INPUT", 200, 400},
			{`{ nodes(kind: Company, first: 100000) { totalCount } }`, "LIMIT_EXCEEDED", 200, 400},
		} {
			r := send(t, "POST", base+"/graphql", `{"query":"`+q.query+`"}`, "Content-Type", plainJSON, "Accept", tt.accept)
			status, media, code := q.plain, tt.media, q.code
			switch media {
			case ownJSON:
				status = q.strict
			case "":
				status, media, code = 406, plainJSON, "NOT_ACCEPTABLE"
			}
			if got := r.header.Get("Content-Type"); r.status != status || got != media+"; charset=utf-8" {
				t.Errorf("Accept %q, %s: status %d as %s, want %d as %s", tt.accept, q.query, r.status, got, status, media)
			}
			answer := r.json(t)
			if got := firstCode(answer); got != code {
				t.Errorf("Accept %q, %s: code %q, want %q", tt.accept, q.query, got, code)
			}
			if _, has := answer["data"]; has != (code == "" || code == "NOT_FOUND") {
				t.Errorf("Accept %q, %s: data where there should be none, or none: %s", tt.accept, q.query, r.body)
			}
			if vary := r.header.Get("Vary"); vary != "Accept, Accept-Language, Accept-Encoding" {
				t.Errorf("Vary is %q", vary)
			}
		}
	}
}

func TestServiceWithoutPictureSaysSoInItsStatus(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Pictures = noPicture{} }))
	r := send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON, "Accept", ownJSON)
	if r.status != 503 || firstCode(r.json(t)) != "UNAVAILABLE" {
		t.Errorf("status %d: %s", r.status, r.body)
	}
}

func TestQuestionsByGET(t *testing.T) {
	w := newWorld(t)
	on := serve(t, newServer(t, w, nil))
	off := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Features.GetQueries = false }))
	address := func(pairs ...string) string {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Add(pairs[i], pairs[i+1])
		}
		return "/graphql?" + v.Encode()
	}
	good := address("query", `{ meta { version } }`)
	named := `query One { meta { version } } query Two($id: ID!) { region(id: $id) { name } }`
	mutation := address("query", `mutation { __typename }`)
	tests := []struct {
		name, base, path string
		head             []string
		status           int
		code             string
	}{
		{"a question", on, good, nil, 200, ""},
		{"with everything", on, address("query", named, "operationName", "Two", "variables", `{"id":"330100"}`, "extensions", `{}`), nil, 200, ""},
		{"null variables", on, address("query", `{ meta { version } }`, "variables", "null"), nil, 200, ""},
		{"a mutation", on, mutation, nil, 405, "METHOD_NOT_ALLOWED"},
		{"a mutation, strictly", on, mutation, []string{"Accept", ownJSON}, 405, "METHOD_NOT_ALLOWED"},
		{"no question", on, "/graphql", nil, 400, "BAD_REQUEST"},
		{"two questions", on, good + "&query=x", nil, 400, "BAD_REQUEST"},
		{"variables in a list", on, address("query", `{ meta { version } }`, "variables", "[1]"), nil, 400, "BAD_REQUEST"},
		{"variables twice", on, address("query", `{ meta { version } }`, "variables", "{}{}"), nil, 400, "BAD_REQUEST"},
		{"deep variables", on, address("query", `{ meta { version } }`, "variables", strings.Repeat(`{"a":`, 500)+"1"+strings.Repeat("}", 500)), nil, 400, "LIMIT_EXCEEDED"},
		{"bad escapes", on, "/graphql?query=%zz", nil, 400, "BAD_REQUEST"},
		{"for another site", on, good, []string{"Sec-Fetch-Site", "cross-site"}, 403, "CROSS_SITE"},
		{"for a neighbour", on, good, []string{"Sec-Fetch-Site", "same-site"}, 403, "CROSS_SITE"},
		{"for a site with leave", on, good, []string{"Sec-Fetch-Site", "cross-site", "GraphQL-Require-Preflight", "1"}, 200, ""},
		{"for a site that says JSON", on, good, []string{"Sec-Fetch-Site", "cross-site", "Content-Type", plainJSON}, 200, ""},
		{"for the own page", on, good, []string{"Sec-Fetch-Site", "same-origin"}, 200, ""},
		{"nothing accepted", on, good, []string{"Accept", "image/png"}, 406, "NOT_ACCEPTABLE"},
		{"switched off", off, good, nil, 405, "METHOD_NOT_ALLOWED"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := send(t, "GET", tt.base+tt.path, "", tt.head...)
			if code := firstCode(r.json(t)); r.status != tt.status || code != tt.code {
				t.Errorf("status %d with code %q, want %d with %q: %s", r.status, code, tt.status, tt.code, r.body)
			}
			if allow := r.header.Get("Allow"); (allow == "POST") != (r.status == 405) {
				t.Errorf("Allow is %q beside status %d", allow, r.status)
			}
		})
	}
}

// TestCachedOperationIsNoBypass sends a mutation by POST, so that it is cached, and
// then by GET.
func TestCachedOperationIsNoBypass(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for range 2 {
		if r := send(t, "GET", base+"/graphql?query=mutation%7B__typename%7D", ""); r.status != 405 {
			t.Errorf("by GET: status %d", r.status)
		}
		r := send(t, "POST", base+"/graphql", `{"query":"mutation{__typename}"}`, "Content-Type", plainJSON)
		if code := firstCode(r.json(t)); r.status != 200 || code != "" || !strings.Contains(r.body, `"Mutation"`) {
			t.Errorf("by POST: status %d, code %q: %s", r.status, code, r.body)
		}
	}
}
