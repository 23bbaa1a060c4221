package neo4jstore_test

import (
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/neo4jstore"
	"liantu/schema"
	"liantu/testcontainers"
)

// makeOld turns a graph into one of the first layout, which had no ledger.
func makeOld(t *testing.T, uri string) {
	t.Helper()
	for _, cypher := range []string{
		"MATCH (l:_Load) DELETE l", "MATCH (t:_Told) DELETE t", "MATCH (m:_Meta) SET m._format = 1 REMOVE m._secret",
	} {
		run(t, uri, cypher)
	}
	for _, kind := range []string{"CONSTRAINT", "INDEX"} {
		for _, row := range run(t, uri, "SHOW "+kind+" YIELD name") {
			if name := row[0].(string); strings.Contains(name, "__Load") || strings.Contains(name, "__Told") {
				run(t, uri, "DROP "+kind+" `"+name+"` IF EXISTS")
			}
		}
	}
}

// TestOldGraphGetsLedger opens a database without a ledger: its graph stays,
// belongs to no load, and survives the undo of a load that states the same and
// more.
func TestOldGraphGetsLedger(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	open := func() *neo4jstore.Store {
		t.Helper()
		s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URI: uri}, schema.Default())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	digest := func(s *neo4jstore.Store) string {
		t.Helper()
		d, err := graph.Digest(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	apply := func(s *neo4jstore.Store, b graph.Batch) {
		t.Helper()
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	s := open()
	apply(s, natural())
	nodes, edges := benchBatches()
	apply(s, nodes[0]) // with the edges more drafts than one batch of the ledger has
	apply(s, nodes[1])
	apply(s, nodes[2])
	apply(s, nodes[3])
	apply(s, edges[0])
	want := digest(s)
	closeStore(t, s)
	makeOld(t, uri)
	for i := range 2 {
		s = open()
		if got := digest(s); got != want {
			t.Fatalf("opening %d: the digest of an old graph is %s, was %s", i, got, want)
		}
		if loads, err := s.Loads(t.Context()); err != nil || len(loads) > 0 {
			t.Errorf("opening %d: it has the loads %v, %v", i, loads, err)
		}
		if rows := run(t, uri, "MATCH (m:_Meta) RETURN m._format"); len(rows) != 1 || rows[0][0] != int64(4) {
			t.Errorf("opening %d: the format is %v", i, rows)
		}
		more := natural() // what is there, and more of it
		more.Nodes[0].Facts = append(more.Nodes[0].Facts, fact("employees", int64(700), "list", "2018", graph.GradeD))
		more.Edges = nil
		more.Load = graph.LoadInfo{ID: "new"}
		apply(s, more)
		if digest(s) == want {
			t.Fatal("a load has added nothing")
		}
		if _, err := s.Undo(t.Context(), "new"); err != nil {
			t.Fatal(err)
		}
		if got := digest(s); got != want {
			t.Fatalf("opening %d: the digest after an undo is %s, was %s", i, got, want)
		}
		closeStore(t, s)
	}
}
