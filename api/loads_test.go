package api_test

import (
	"fmt"
	"testing"
	"time"

	"liantu/api"
	"liantu/graph"
	"liantu/schema"
)

func TestBatches(t *testing.T) {
	w := newWorld(t)
	load := func(id string, minute int, finished bool) {
		b := graph.Batch{
			Nodes: []graph.NodeDraft{thing(t, "Company", map[string]any{"stock_code": "600009.SH", "name": "新来"}, registered)},
			Load: graph.LoadInfo{
				ID: id, Files: []string{id + ".csv"}, At: time.Date(2026, 11, 24, 8, minute, 0, 0, time.UTC), Done: finished,
			},
		}
		w.apply(t, b)
	}
	load("first", 1, true)
	load("second", 2, false)
	s := newServer(t, w, nil)
	const query = `query($after: String) { loads(first: 1, after: $after) {
		totalCount pageInfo { hasNextPage endCursor } nodes { id at done source files nodes edges created unchanged firstVersion version } } }`
	answer := ask(t, s, api.Request{Query: query})
	newest := at(t, answer, "data", "loads", "nodes", 0).(map[string]any)
	if newest["id"] != "second" || newest["done"] != false || newest["source"] != nil || newest["unchanged"] != 1.0 ||
		newest["at"] != "2026-11-24T08:02:00Z" || at(t, newest, "files", 0) != "second.csv" {
		t.Errorf("the newest load is %v", newest)
	}
	cursor := at(t, answer, "data", "loads", "pageInfo", "endCursor")
	answer = ask(t, s, api.Request{Query: query, Variables: map[string]any{"after": cursor}})
	if oldest := at(t, answer, "data", "loads", "nodes", 0).(map[string]any); oldest["id"] != "first" || oldest["done"] != true || oldest["created"] != 1.0 {
		t.Errorf("the load before is %v", oldest)
	}
	without := newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Loads = nil })
	if code := firstCode(ask(t, without, api.Request{Query: "{ loads { totalCount } }"})); code != "UNAVAILABLE" {
		t.Errorf("without a store the code is %q", code)
	}
}

// TestLoadsNameNobody lists loads whose files and sources are called after persons and
// their numbers, to a role that may not know of these persons; days stay.
func TestLoadsNameNobody(t *testing.T) {
	w := newWorld(t)
	by := registered
	by.Source = "鹂晨曦的名片"
	w.apply(t, graph.Batch{
		Nodes: []graph.NodeDraft{thing(t, "Person", map[string]any{"code": "P-9", "name": "鹂晨曦", "native_region": "320500"}, by)},
		Load: graph.LoadInfo{
			ID: "card", Source: by.Source, Done: true, At: time.Date(2026, 11, 24, 8, 1, 0, 0, time.UTC),
			Files: []string{"名册/鹂晨曦登记表13911110007.xlsx", "名录20261124.csv", "Company.csv"},
		},
	})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	id := callerOf(schema.RoleStrategist)
	id.Scope.Regions = []string{"330100"}
	answer := ask(t, newServer(t, w, nil), api.Request{Query: `{ loads(first: 1) { nodes { source files } } }`, Identity: id})
	got := fmt.Sprint(at(t, answer, "data", "loads", "nodes", 0))
	if want := "map[files:[名册/鹂**登记表139****0007.xlsx 名录20261124.csv Company.csv] source:鹂**的名片]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestLoadsOfAnEarlierDay lists loads as of a day on which a person was not known after whom a
// file is called.
func TestLoadsOfAnEarlierDay(t *testing.T) {
	w := newWorld(t)
	w.apply(t, graph.Batch{
		Nodes: []graph.NodeDraft{thing(t, "Person", map[string]any{"code": "P-9", "name": "鹂晨曦"}, registered)},
		Load:  graph.LoadInfo{ID: "card", Source: "list", Done: true, At: time.Date(2026, 11, 24, 8, 1, 0, 0, time.UTC), Files: []string{"鹂晨曦登记表.xlsx"}},
	})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, w, nil)
	for _, extensions := range []map[string]any{nil, asOf("2019")} {
		answer := ask(t, s, api.Request{Query: `{ loads(first: 1) { nodes { files } } }`, Extensions: extensions})
		if got := fmt.Sprint(at(t, answer, "data", "loads", "nodes", 0, "files")); got != "[鹂**登记表.xlsx]" {
			t.Errorf("%v: files %s", extensions, got)
		}
	}
}
