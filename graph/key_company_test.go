package graph_test

import (
	"slices"
	"testing"

	"liantu/graph"
	"liantu/schema"
)

// TestKeysOfACompany: a company that has an identifier is found by identifiers
// alone, and one without is found by its name and region.
func TestKeysOfACompany(t *testing.T) {
	kind := schema.Default().Node("Company")
	const uscc, name = "91330106900000137L", "星澜实业有限公司"
	for _, tt := range []struct {
		props map[string]any
		want  []graph.Key
	}{
		{map[string]any{"name": name}, []graph.Key{"Company/name=星澜实业有限公司&region="}},
		{map[string]any{"name": name, "region": "330100"}, []graph.Key{"Company/name=星澜实业有限公司&region=330100"}},
		{map[string]any{"name": name, "uscc": uscc}, []graph.Key{"Company/uscc=" + uscc}},
		{map[string]any{"name": name, "region": "330100", "lei": "x"}, []graph.Key{"Company/lei=x"}},
		{
			map[string]any{"name": name, "stock_code": "600000.SH", "uscc": uscc},
			[]graph.Key{"Company/uscc=" + uscc, "Company/stock_code=600000.SH"},
		},
	} {
		if got := graph.KeysOf(kind, tt.props); !slices.Equal(got, tt.want) {
			t.Errorf("the keys of %v are %q, want %q", tt.props, got, tt.want)
		}
	}
	// Of a person the groups of several properties identify beside the code.
	person := map[string]any{"code": "p1", "name": "甲某", "phone": "13800000000"}
	if got := graph.KeysOf(schema.Default().Node("Person"), person); len(got) != 3 {
		t.Errorf("the keys of a person are %q", got)
	}
}
