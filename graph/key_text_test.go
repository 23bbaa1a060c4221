package graph_test

import (
	"fmt"
	"testing"

	"liantu/graph"
)

// TestKeyConcealsPersons prints keys as messages and logs do.
func TestKeyConcealsPersons(t *testing.T) {
	for key, want := range map[graph.Key]string{
		graph.NewKey("Person", []string{"phone", "name"}, []string{"13900001234", "示例人"}): "Person/phone=***&name=***",
		graph.NewKey("Person", []string{"code"}, []string{"V001"}):                        "Person/code=V001",
		graph.NewKey("Company", []string{"stock_code"}, []string{"600519.SH"}):            "Company/stock_code=600519.SH",
		graph.IDKey("c0ffee"): string(graph.IDKey("c0ffee")),
		"Person/secret=x":     "Person/secret=***",
	} {
		if got := fmt.Sprintf("%v", key); got != want {
			t.Errorf("a key is printed as %q, want %q", got, want)
		}
	}
}
