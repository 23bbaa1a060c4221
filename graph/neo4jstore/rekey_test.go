package neo4jstore_test

import (
	"slices"
	"testing"
	"time"

	"liantu/graph"
	"liantu/graph/neo4jstore"
	"liantu/graph/storetest"
	"liantu/testcontainers"
)

// TestOldGraphGetsKeyedIDs opens a database as an earlier program wrote it, with plain
// hashes as ids: it gets a secret and keyed ids in one version, and goes on finding a
// contact by the id that it had, in a change, and in a request to forget it.
func TestOldGraphGetsKeyedIDs(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	li := graph.NewKey("Contact", []string{"phone", "name"}, []string{"19900000001", "示例甲"})
	town := key("Town", "code", "t1")
	plainLi, plainTown := storetest.PlainID(li), storetest.PlainID(town)
	open := func() *neo4jstore.Store {
		t.Helper()
		s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URI: uri}, storetest.Model())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	closeStore(t, open()) // makes the constraints
	exists := []graph.Fact{fact("", nil, "list", "2023", graph.GradeD)}
	nodes := []*graph.Node{
		{ID: plainLi, Kind: "Contact", Keys: []graph.Key{li}, Facts: exists, Version: 1},
		{ID: plainTown, Kind: "Town", Keys: []graph.Key{town}, Facts: exists, Version: 1},
	}
	edge := &graph.Edge{ID: storetest.PlainEdgeID("SEATED_IN", plainLi, plainTown, ""), Kind: "SEATED_IN", From: plainLi, To: plainTown, Facts: exists, Version: 1}
	run(t, uri, "MATCH (m:_Meta) SET m._revision = 1, m._format = 2 REMOVE m._secret")
	var batch graph.Batch
	for _, n := range nodes {
		data, err := graph.AppendNode(nil, n)
		if err != nil {
			t.Fatal(err)
		}
		run(t, uri, "CREATE (:_Node:"+n.Kind+" {_id: $id, _rev: 1, _data: $data}), (:_Key {_key: $key, _id: $id})",
			map[string]any{"id": string(n.ID), "data": data, "key": string(n.Keys[0])})
		batch.Nodes = append(batch.Nodes, graph.NodeDraft{Kind: n.Kind, Keys: n.Keys, Facts: exists})
	}
	data, err := graph.AppendEdge(nil, edge)
	if err != nil {
		t.Fatal(err)
	}
	run(t, uri, "MATCH (a:_Node {_id: $from}) MATCH (b:_Node {_id: $to}) CREATE (a)-[:SEATED_IN {_id: $id, _rev: 1, _data: $data}]->(b)",
		map[string]any{"from": string(edge.From), "to": string(edge.To), "id": string(edge.ID), "data": data})
	batch.Edges = []graph.EdgeDraft{{Kind: edge.Kind, From: li, To: town, Facts: exists}}
	told, hash, err := graph.AppendBatch(nil, batch)
	if err != nil {
		t.Fatal(err)
	}
	run(t, uri, "CREATE (:_Told {_told: $key, _load: '', _rev: 1, _data: $data})", map[string]any{"key": "\n" + hash.String(), "data": told})

	s := open()
	defer func() { closeStore(t, s) }()
	namer, err := s.Namer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantNodes := []graph.ID{namer.NodeID(li), plainTown}
	var got, removed []graph.ID
	version, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Node != nil {
			got = append(got, c.Node.ID)
		}
		return nil
	})
	if err != nil || version != 2 || !slices.Equal(got, wantNodes) {
		t.Errorf("the graph has the nodes %v at version %d, want %v: %v", got, version, wantNodes, err)
	}
	if _, err := s.Changes(t.Context(), 1, func(c graph.Change) error {
		if c.NodeRemoved != nil {
			removed = append(removed, c.NodeRemoved.ID)
		}
		if c.EdgeRemoved != nil {
			removed = append(removed, c.EdgeRemoved.ID)
		}
		return nil
	}); err != nil || !slices.Equal(removed, []graph.ID{edge.ID, plainLi}) {
		t.Errorf("the migration removes %v: %v", removed, err)
	}
	if r, err := s.Apply(t.Context(), batch); err != nil || r.NodesUnchanged != 2 || r.EdgesUnchanged != 1 {
		t.Errorf("what was loaded before gives %+v: %v", r, err)
	}
	byID := graph.NodeDraft{Kind: "Contact", Keys: []graph.Key{graph.IDKey(plainLi)}, Facts: []graph.Fact{fact("note", "x", "office", "2026", graph.GradeA)}}
	if r, err := s.Apply(t.Context(), graph.Batch{Nodes: []graph.NodeDraft{byID}}); err != nil || r.NodesUpdated != 1 {
		t.Errorf("a change by the id of before gives %+v: %v", r, err)
	}
	if rows := run(t, uri, "MATCH (n) WHERE NOT n:_Removed AND $id IN [n._id, n._key] RETURN n", map[string]any{"id": string(plainLi)}); len(rows) > 0 {
		t.Errorf("the database still has the plain hash: %v", rows)
	}
	if _, err := s.Forget(t.Context(), graph.Forgetting{Key: graph.IDKey(plainLi), By: "steward", Reason: "requested", At: time.Now()}); err != nil {
		t.Errorf("forgetting by the id of before: %v", err)
	}
}
