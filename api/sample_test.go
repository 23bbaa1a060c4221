package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"liantu/api"
	"liantu/examples/zhejiang/picture"
	"liantu/graph/projection"
)

// sample is the sample pack, loaded once for all tests and benchmarks of the
// package: it is only read, and the file behind it is gone by then.
var sample = sync.OnceValues(func() (*projection.Live, error) { return picture.New(context.Background()) })

func newSampleServer(tb testing.TB) *api.Server {
	tb.Helper()
	live, err := sample()
	if err != nil {
		tb.Fatal(err)
	}
	return newServer(tb, &world{live: live}, nil)
}

// hangzhou is the query of a first screen for one ecosystem: 50 verdicts of 20
// values each; without an ecosystem it is the same for all five.
const hangzhou = `query($ecosystem: ID) {
	gaps(region: "330100", ecosystem: $ecosystem, first: 50) {
		totalCount
		nodes {
			link { code name position }
			chain { name }
			state confidence action priority declared computed
			numbers { companies referenceCompanies expected hidden lq mean low high pullDown pullUp }
		}
	}
}`

// TestSample asks the questions of the first screen over the sample pack: for
// every ecosystem there is an answer, and every verdict states why.
func TestSample(t *testing.T) {
	s := newSampleServer(t)
	answer := ask(t, s, api.Request{Query: `{ ecosystems { totalCount nodes { code } } }`})
	for _, e := range at(t, answer, "data", "ecosystems", "nodes").([]any) {
		for _, region := range []string{"330100", "330000"} {
			code := at(t, e, "code").(string)
			answer := ask(t, s, api.Request{Query: `query($region: ID!, $ecosystem: ID) {
				gaps(region: $region, ecosystem: $ecosystem, first: 10) {
					totalCount summaries { links }
					nodes {
						state action confidence priority link { code }
						terms { points } reasons { code points text { zh en } } wouldChange { text { zh en } }
						companies(first: 3) { nodes { name } } sources { name }
					}
				} }`, Variables: map[string]any{"region": region, "ecosystem": code}})
			if c := firstCode(answer); c != "" {
				t.Fatalf("%s in %s: %v", code, region, answer["errors"])
			}
			gaps := at(t, answer, "data", "gaps", "nodes").([]any)
			if len(gaps) == 0 {
				t.Errorf("%s in %s has no gaps", code, region)
			}
			for _, g := range gaps {
				checkVerdict(t, code+" in "+region, g)
			}
		}
	}
}

// checkVerdict checks what is promised of every verdict: its points add up to its
// priority, and each reason is in both languages.
func checkVerdict(t *testing.T, where string, g any) {
	t.Helper()
	link := at(t, g, "link", "code")
	sum := 0.0
	for _, term := range at(t, g, "terms").([]any) {
		sum += at(t, term, "points").(float64)
	}
	if d := sum - at(t, g, "priority").(float64); d > 1e-9 || d < -1e-9 {
		t.Errorf("%s: %v: points add up to %v, priority is %v", where, link, sum, at(t, g, "priority"))
	}
	reasons := at(t, g, "reasons").([]any)
	if len(reasons) == 0 {
		t.Errorf("%s: %v has no reason", where, link)
	}
	for _, r := range reasons {
		if at(t, r, "text", "zh") == "" || at(t, r, "text", "en") == "" {
			t.Errorf("%s: %v: reason %v lacks a language", where, link, at(t, r, "code"))
		}
	}
}

// scopes are what the benchmarks ask for: one ecosystem, and all of them.
var scopes = map[string]map[string]any{"one": {"ecosystem": "energy"}, "all": nil}

func BenchmarkGapsInProcess(b *testing.B) {
	s := newSampleServer(b)
	for name, variables := range scopes {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if r := s.Execute(b.Context(), api.Request{Query: hangzhou, Variables: variables}); len(r.Errors) > 0 {
					b.Fatal(r.Errors)
				}
			}
		})
	}
}

// BenchmarkGapsOverHTTP asks for the verdicts of Hangzhou on one connection.
func BenchmarkGapsOverHTTP(b *testing.B) {
	base := serve(b, newSampleServer(b))
	for name, variables := range scopes {
		body, err := json.Marshal(map[string]any{"query": hangzhou, "variables": variables})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r := send(b, http.MethodPost, base+"/graphql", string(body), "Content-Type", plainJSON)
				if r.status != 200 || strings.Contains(r.body, `"errors"`) {
					b.Fatal(r.status, r.body)
				}
			}
		})
	}
}

// TestMatrixOfAllCities asks for all cities of 浙江 by all chains in one call, and whether
// what it may cost is limited before the work.
func TestMatrixOfAllCities(t *testing.T) {
	s := newSampleServer(t)
	const query = `query($first: Int) {
		matrix(within: "330000", first: $first) {
			totalCount scopes { code } dataDate
			nodes {
				region { code name } coverage { companies share }
				cells {
					scope { code } states { state count } actions { action count } links here companies
					expected locationQuotient why comparable { name }
				}
			}
		}
	}`
	answer := ask(t, s, api.Request{Query: query}) // pages are of 20 rows
	if c := firstCode(answer); c != "" {
		t.Fatal(answer["errors"])
	}
	scopes := at(t, answer, "data", "matrix", "scopes").([]any)
	rows := at(t, answer, "data", "matrix", "nodes").([]any)
	if len(rows) != 11 || len(scopes) < 30 {
		t.Fatalf("%d regions by %d chains", len(rows), len(scopes))
	}
	for _, row := range rows {
		for i, cell := range at(t, row, "cells").([]any) {
			if at(t, cell, "scope", "code") != at(t, scopes[i], "code") {
				t.Fatalf("cell %d is of %v", i, at(t, cell, "scope", "code"))
			}
			if (at(t, cell, "locationQuotient") == nil) != (at(t, cell, "why") != nil) {
				t.Errorf("a quotient without a reason, or with one: %v", cell)
			}
		}
	}
	answer = ask(t, s, api.Request{Query: query, Variables: map[string]any{"first": 90}})
	if c := firstCode(answer); c != "LIMIT_EXCEEDED" || answer["data"] != nil {
		t.Errorf("a matrix of 90 rows is answered: %v", c)
	}
	answer = ask(t, s, api.Request{Query: `{ matrix(within: "330000", first: 90) { nodes { cells { links } } } }`})
	if c := firstCode(answer); c != "LIMIT_EXCEEDED" {
		t.Errorf("the work of 90 rows is not limited: %v", c)
	}
}
