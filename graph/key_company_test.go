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
}

// TestKeysOfAPerson makes the key of a person of the strongest group whose parts are
// all stated and none of them masked. The names are invented.
func TestKeysOfAPerson(t *testing.T) {
	kind := schema.Default().Node("Person")
	for _, tt := range []struct {
		props map[string]any
		want  []graph.Key
	}{
		{map[string]any{"code": "p1", "name": "丁一川", "phone": "13800000000"}, []graph.Key{"Person/code=p1"}},
		{map[string]any{"name": "丁一川", "phone": "13800000000"}, []graph.Key{"Person/phone=13800000000&name=丁一川"}},
		{map[string]any{"name": "丁一川", "phone": "13800000000", "gender": "MALE"}, []graph.Key{"Person/phone=13800000000&name=丁一川&gender=MALE"}},
		{
			map[string]any{"name": "丁一川", "native_region": "330683", "employer": "星澜实业有限公司"},
			[]graph.Key{"Person/name=丁一川&native_region=330683&employer=星澜实业有限公司"},
		},
		{map[string]any{"name": "丁一川"}, nil},
		{map[string]any{"name": "丁一川", "native_region": "330683"}, nil},
		{map[string]any{"name": "丁一川", "employer": "星澜实业有限公司"}, nil},
		{map[string]any{"name": "丁*川", "phone": "13800000000"}, nil},
		{map[string]any{"name": "丁某", "phone": "13800000000"}, nil},
		{map[string]any{"name": "丁一川", "native_region": "330683", "employer": "某公司"}, nil},
		{map[string]any{"code": "3***1"}, nil},
		{map[string]any{"code": "p1", "name": "丁某"}, []graph.Key{"Person/code=p1"}},
	} {
		if got := graph.KeysOf(kind, tt.props); !slices.Equal(got, tt.want) {
			t.Errorf("the keys of %v are %q, want %q", tt.props, got, tt.want)
		}
	}
}
