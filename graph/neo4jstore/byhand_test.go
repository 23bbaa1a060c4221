package neo4jstore_test

import (
	"context"
	"maps"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph/neo4jstore"
)

// run runs a statement as a person would and returns its rows.
func run(t testing.TB, uri, cypher string, params ...map[string]any) [][]any {
	t.Helper()
	result := query(t, uri, cypher, params...)
	rows := make([][]any, len(result.Records))
	for i, r := range result.Records {
		rows[i] = r.Values
	}
	return rows
}

// explain returns the operators by which the server would run a statement.
func explain(t testing.TB, uri, cypher string) string {
	t.Helper()
	var operators func(neo4j.Plan) string
	operators = func(p neo4j.Plan) string {
		text := p.Operator()
		for _, child := range p.Children() {
			text += " " + operators(child)
		}
		return text
	}
	return operators(query(t, uri, "EXPLAIN "+cypher).Summary.Plan())
}

func query(t testing.TB, uri, cypher string, params ...map[string]any) *neo4j.EagerResult {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := driver.Close(context.Background()); err != nil {
			t.Errorf("closing: %v", err)
		}
	}()
	all := map[string]any{}
	for _, p := range params {
		maps.Copy(all, p)
	}
	result, err := neo4j.ExecuteQuery(t.Context(), driver, cypher, all, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(neo4jstore.DefaultDatabase))
	if err != nil {
		t.Fatalf("%v\n%s", err, cypher)
	}
	return result
}
