package api_test

import (
	"testing"
	"time"

	"liantu/api"
	"liantu/graph"
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
