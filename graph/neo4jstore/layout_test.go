package neo4jstore_test

import (
	"reflect"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/neo4jstore"
	"liantu/schema"
	"liantu/testcontainers"
)

func key(kind, property, value string) graph.Key {
	return graph.NewKey(kind, []string{property}, []string{value})
}

func fact(property string, value any, source, asOf string, grade graph.Grade) graph.Fact {
	return graph.Fact{Property: property, Value: value, Provenance: graph.Provenance{Source: source, AsOf: asOf, Grade: grade}}
}

// natural is a company at a link, as two sources state it.
func natural() graph.Batch {
	company, link := key("Company", "stock_code", "300346.SZ"), key("Link", "code", "materials.photoresist")
	return graph.Batch{
		Nodes: []graph.NodeDraft{
			{Kind: "Company", Keys: []graph.Key{company}, Facts: []graph.Fact{
				fact("", nil, "list", "2016", graph.GradeD), fact("", nil, "register", "2015", graph.GradeA),
				fact("stock_code", "300346.SZ", "list", "2016", graph.GradeD),
				fact("name", "江苏南大光电材料股份有限公司", "register", "2015", graph.GradeA),
				fact("employees", int64(500), "list", "2014", graph.GradeD),
				fact("employees", int64(622), "list", "2016", graph.GradeD),
				fact("aliases", []string{"南大光电"}, "list", "2016", graph.GradeD),
				fact("leader", true, "list", "2016", graph.GradeD),
			}},
			{Kind: "Link", Keys: []graph.Key{link}, Facts: []graph.Fact{
				fact("", nil, "list", "2016", graph.GradeD), fact("code", "materials.photoresist", "list", "2016", graph.GradeD),
				fact("name", "光刻胶", "list", "2016", graph.GradeD),
			}},
		},
		Edges: []graph.EdgeDraft{{Kind: "OPERATES_IN", From: company, To: link, Facts: []graph.Fact{
			fact("", nil, "list", "2016", graph.GradeD), fact("", nil, "report", "2015", graph.GradeB),
			fact("revenue_share", .4, "report", "2015", graph.GradeB),
		}}},
	}
}

// TestLayout checks what the package comment promises for queries by hand.
func TestLayout(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URI: uri}, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	if _, err := s.Apply(t.Context(), natural()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cypher string
		want   []any
	}{
		{
			"MATCH (c:Company)-[:OPERATES_IN]->(l:Link) RETURN c.name, c.stock_code, c.employees, c.aliases, c.leader, l.name",
			[]any{"江苏南大光电材料股份有限公司", "300346.SZ", int64(622), []any{"南大光电"}, true, "光刻胶"},
		},
		{"MATCH (c:Company) RETURN c._grade, c._source, c._as_of, c._rev", []any{"A", "list", "2016", int64(1)}},
		{"MATCH ()-[o:OPERATES_IN]->() RETURN o.revenue_share, o._grade, o._source, o._as_of, o._rev", []any{.4, "B", "list", "2016", int64(1)}},
		{"MATCH (c:Company) RETURN c._sources", []any{[]any{"2014 list", "2015 register", "2016 list"}}},
		{"MATCH ()-[o:OPERATES_IN]->() RETURN o._sources", []any{[]any{"B report", "D list"}}},
		{"MATCH (l:Link) RETURN l._sources", []any{nil}},
		{"MATCH (k:_Key {_key: 'Company/stock_code=300346.SZ'}) MATCH (c:_Node {_id: k._id}) RETURN c.name", []any{"江苏南大光电材料股份有限公司"}},
		{"MATCH (c:Company) RETURN [p IN keys(c) WHERE c[p] IS NULL OR p STARTS WITH '_' AND NOT p IN ['_id', '_rev', '_data', '_grade', '_source', '_as_of', '_sources']]", []any{[]any{}}},
		{"MATCH (m:_Meta) RETURN m._revision", []any{int64(1)}},
	} {
		rows := run(t, uri, c.cypher)
		if len(rows) != 1 || !reflect.DeepEqual(rows[0], c.want) {
			t.Errorf("%s\ngives %v, want %v", c.cypher, rows, c.want)
		}
	}
}

// TestTwoStores checks that a second store, opened on the same database, sees
// what the first wrote, and that both can write.
func TestTwoStores(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	var stores [2]*neo4jstore.Store
	for i := range stores {
		var err error
		if stores[i], err = neo4jstore.Open(t.Context(), neo4jstore.Config{URI: uri}, schema.Default()); err != nil {
			t.Fatal(err)
		}
		defer closeStore(t, stores[i])
	}
	for i, want := range []graph.Result{
		{Version: 1, NodesCreated: 2, EdgesCreated: 1},
		{Version: 1, NodesUnchanged: 2, EdgesUnchanged: 1},
	} {
		if got, err := stores[i].Apply(t.Context(), natural()); err != nil || got != want {
			t.Errorf("store %d: %+v, %v, want %+v", i, got, err, want)
		}
	}
}

// TestSchema checks by the server's plans that statements which must not take
// longer as the graph grows use an index.
func TestSchema(t *testing.T) {
	uri := testcontainers.Neo4j(t)
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URI: uri}, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	for _, c := range []struct{ cypher, want string }{
		{"MATCH (n:_Node {_id: 'x'}) RETURN n", "NodeUniqueIndexSeek"},
		{"MATCH (k:_Key {_key: 'x'}) RETURN k", "NodeUniqueIndexSeek"},
		{"MATCH (n:_Node) WHERE n._rev > 5 RETURN n", "NodeIndexSeekByRange"},
		{"MATCH ()-[e:LOCATED_IN {_id: 'x'}]->() RETURN e", "DirectedRelationshipUniqueIndexSeek"},
		{"MATCH ()-[e:LOCATED_IN]->() WHERE e._rev > 5 RETURN e", "DirectedRelationshipIndexSeekByRange"},
		{"MATCH (c:Company {name: 'x'}) RETURN c", "NodeIndexSeek"},
		{"MATCH (c:Company {stock_code: 'x'}) RETURN c", "NodeIndexSeek"},
		{"MATCH (r:Region {code: 'x'}) RETURN r", "NodeIndexSeek"},
	} {
		if plan := explain(t, uri, c.cypher); !strings.Contains(plan, c.want) {
			t.Errorf("%s\nruns by %s, want %s", c.cypher, plan, c.want)
		}
	}
}
