package api_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"liantu/api"
	"liantu/graph"
)

// at returns the value at a path of an answer.
func at(tb testing.TB, v any, path ...any) any {
	tb.Helper()
	for _, key := range path {
		switch k := key.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				tb.Fatalf("no object at %v of %v", key, path)
			}
			v = m[k]
		case int:
			l, ok := v.([]any)
			if !ok || k >= len(l) {
				tb.Fatalf("no list that long at %v of %v", key, path)
			}
			v = l[k]
		}
	}
	return v
}

// walk reads all pages of the companies, n at a time, and returns their names;
// between is called after every page but the last.
func walk(t *testing.T, s *api.Server, n int, between func()) []string {
	t.Helper()
	var names []string
	variables := map[string]any{"first": n}
	for {
		answer := ask(t, s, api.Request{Query: `query($first: Int, $after: String) {
			nodes(kind: Company, first: $first, after: $after) {
				totalCount edges { cursor node { caption } } pageInfo { endCursor hasNextPage hasPreviousPage startCursor }
			} }`, Variables: variables})
		if code := firstCode(answer); code != "" {
			t.Fatalf("refused with %s: %v", code, answer["errors"])
		}
		page := at(t, answer, "data", "nodes")
		edges := at(t, page, "edges").([]any)
		for _, e := range edges {
			names = append(names, at(t, e, "node", "caption").(string))
		}
		if len(edges) > 0 && at(t, edges[len(edges)-1], "cursor") != at(t, page, "pageInfo", "endCursor") {
			t.Errorf("endCursor is not the cursor of the last edge: %v", page)
		}
		if before := at(t, page, "pageInfo", "hasPreviousPage").(bool); before != (len(names) > len(edges)) {
			t.Errorf("hasPreviousPage is %v after %d names", before, len(names))
		}
		if at(t, page, "pageInfo", "hasNextPage") == false {
			return names
		}
		variables["after"] = at(t, page, "pageInfo", "endCursor")
		if between != nil {
			between()
		}
	}
}

func TestPagesTogetherAreTheWhole(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	whole := walk(t, s, 100, nil)
	if len(whole) != 4 {
		t.Fatalf("companies: %v", whole)
	}
	for n := 1; n <= 5; n++ {
		if got := walk(t, s, n, nil); !slices.Equal(got, whole) {
			t.Errorf("by %d: %v, want %v", n, got, whole)
		}
	}
}

// TestPagesSurviveAWrite adds a company before the end of the first page and one
// after it while a client reads pages: none that was there is left out or comes
// twice.
func TestPagesSurviveAWrite(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, nil)
	whole := walk(t, s, 100, nil)
	added := 0
	got := walk(t, s, 2, func() {
		added++
		w.addCompany(t, fmt.Sprintf("0000%02d.SZ", 10+added), "320500")
		w.addCompany(t, fmt.Sprintf("6009%02d.SH", 10+added), "330200")
	})
	if added == 0 {
		t.Fatal("there was only one page")
	}
	old := slices.DeleteFunc(slices.Clone(got), func(name string) bool { return !slices.Contains(whole, name) })
	if !slices.Equal(old, whole) {
		t.Errorf("got %v, want %v in it", got, whole)
	}
}

// addCompany adds a company with a place and publishes the new picture.
func (w *world) addCompany(tb testing.TB, code, region string) graph.Version {
	tb.Helper()
	version := w.apply(tb, graph.Batch{
		Nodes: []graph.NodeDraft{thing(tb, "Company", map[string]any{"stock_code": code, "name": "新公司" + code}, registered)},
		Edges: []graph.EdgeDraft{joined(tb, "Company "+code, "LOCATED_IN", "Region "+region, map[string]any{"role": "REGISTERED"}, registered)},
	})
	if _, err := w.live.Refresh(context.Background()); err != nil {
		tb.Error(err)
	}
	return version
}

func TestCursorOfAnotherQuestion(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	answer := ask(t, s, api.Request{Query: `{ nodes(kind: Link, first: 1) { pageInfo { endCursor } } }`})
	cursor := at(t, answer, "data", "nodes", "pageInfo", "endCursor")
	for query, code := range map[string]string{
		`query($c: String) { nodes(kind: Link, after: $c) { totalCount } }`:                   "",
		`query($c: String) { nodes(kind: Company, after: $c) { totalCount } }`:                "BAD_CURSOR",
		`query($c: String) { search(text: "光刻", after: $c) { totalCount } }`:                  "BAD_CURSOR",
		`query($c: String) { region(id: "330100") { companies(after: $c) { totalCount } } }`:  "BAD_CURSOR",
		`query($c: String) { gaps(region: "330100", after: $c) { totalCount } }`:              "BAD_CURSOR",
		`query($c: String) { gaps(region: "330100", after: $c, first: 101) { totalCount } }`:  "LIMIT_EXCEEDED",
		`query($c: String) { gaps(region: "330100", after: $c, first: -1) { totalCount } }`:   "LIMIT_EXCEEDED",
		`query($c: String) { gaps(region: "330100", after: $c, first: 1.5) { totalCount } }`:  "VALIDATION_FAILED",
		`query($c: String) { gaps(region: "330100", after: $c, first: "20") { totalCount } }`: "VALIDATION_FAILED",
		`query($c: Int) { gaps(region: "330100", first: $c) { totalCount } }`:                 "BAD_INPUT",
	} {
		if got := firstCode(ask(t, s, api.Request{Query: query, Variables: map[string]any{"c": cursor}})); got != code {
			t.Errorf("%s gives %q, want %q", query, got, code)
		}
	}
}

// TestOneAnswerOnePicture reads while companies are loaded: all parts of one answer
// belong to one version, and versions never fall.
func TestOneAnswerOnePicture(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, nil)
	const query = `{
		a: nodes(kind: Company) { totalCount }
		meta { version nodes { kind count } }
		region(id: "320500") { companies { totalCount } locatedHere(first: 100) { nodes { id } } }
	}`
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	writers.Go(func() {
		defer close(done)
		for i := range 20 {
			w.addCompany(t, fmt.Sprintf("0001%02d.SZ", i), "320500")
		}
	})
	for range 4 {
		readers.Go(func() {
			last := 0.0
			for more := true; more; {
				select {
				case <-done:
					more = false
				default:
				}
				answer := ask(t, s, api.Request{Query: query})
				version := at(t, answer, "extensions", "version").(float64)
				total := at(t, answer, "data", "a", "totalCount").(float64)
				here := at(t, answer, "data", "region", "companies", "totalCount").(float64)
				located := float64(len(at(t, answer, "data", "region", "locatedHere", "nodes").([]any)))
				if version < last || version != at(t, answer, "data", "meta", "version") || here != located || total != here+2 || total != 4+version-1 {
					t.Errorf("version %v after %v: %v companies, %v and %v in the region", version, last, total, here, located)
				}
				last = version
			}
		})
	}
	writers.Wait()
	readers.Wait()
}

func TestAtLeastAVersion(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, nil)
	version := w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Company", map[string]any{"stock_code": "000009.SZ", "name": "新来的公司"}, registered),
	}})
	const query = `{ nodes(kind: Company) { totalCount } }`
	for _, tt := range []struct {
		min   any
		code  string
		count any
	}{
		{nil, "", 4.0}, // the picture is not refreshed by itself
		{1, "", 4.0},
		{int(version), "", 5.0},
		{int(version) + 1, "UNAVAILABLE", nil},
		{"2", "BAD_INPUT", nil},
		{-1, "BAD_INPUT", nil},
	} {
		answer := ask(t, s, api.Request{Query: query, Extensions: map[string]any{"minVersion": tt.min}})
		if code := firstCode(answer); code != tt.code {
			t.Errorf("minVersion %v gives %q, want %q", tt.min, code, tt.code)
			continue
		}
		if tt.code == "" && at(t, answer, "data", "nodes", "totalCount") != tt.count {
			t.Errorf("minVersion %v: %v", tt.min, answer)
		}
	}
}
