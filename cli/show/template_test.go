package show_test

import (
	"slices"
	"strings"
	"testing"

	"liantu/cli/show"
	"liantu/schema"
)

// TestTemplatesHaveTheColumnsOfEdges checks that the template of every kind of
// node has a column for each edge that may stand in its tables, and for each
// property beside it.
func TestTemplatesHaveTheColumnsOfEdges(t *testing.T) {
	model := schema.Default()
	for _, kind := range model.Nodes {
		var heads []string
		for _, c := range show.Template(kind).Sheets[0].Columns {
			head, _, _ := strings.Cut(c.Head, "（万元）")
			heads = append(heads, head)
		}
		has := func(wanted []string) bool {
			return slices.ContainsFunc(wanted, func(head string) bool { return slices.Contains(heads, head) })
		}
		for _, row := range model.Along(kind) {
			groups := row.Columns()
			if len(row.Path) > 0 {
				groups = row.Path
			}
			if len(row.Within) > 0 {
				groups = append(groups, row.Within)
			}
			for _, b := range row.Beside {
				groups = append(groups, b.Heads)
			}
			for _, group := range groups {
				if row.Pattern == "" && !has(group) {
					t.Errorf("the template of %s has no column for %s: none of %q", kind.Name, row.Edge.Name, group)
				}
			}
		}
		if len(slices.Compact(slices.Sorted(slices.Values(heads)))) != len(heads) {
			t.Errorf("the template of %s has a head twice: %q", kind.Name, heads)
		}
	}
}
