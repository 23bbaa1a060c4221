package graph_test

import (
	"slices"
	"testing"

	"liantu/graph"
	"liantu/schema"
)

// TestRefusalsCountEvenWithAnAssumedDay orders statements of a consent: a refusal in
// a list without a day holds against an older consent and not against a newer one,
// and a consent in such a list holds against nothing stated.
func TestRefusalsCountEvenWithAnAssumedDay(t *testing.T) {
	order := graph.FactOrderOf(schema.Default().Node("Person"))
	fact := func(value, asOf string, assumed bool) graph.Fact {
		return graph.Fact{Property: "consent", Value: value, Provenance: graph.Provenance{Source: "s", AsOf: asOf, Assumed: assumed, Grade: graph.GradeD}}
	}
	for _, c := range []struct {
		name string
		a, b graph.Fact // the first is shown
	}{
		{"a refusal without a day, after a consent", fact("REFUSED", "2026-05", true), fact("GIVEN", "2025", false)},
		{"a withdrawal without a day, after a consent", fact("WITHDRAWN", "2026-05", true), fact("GIVEN", "2025", false)},
		{"a refusal without a day, before a consent", fact("GIVEN", "2026-06", false), fact("REFUSED", "2026-05", true)},
		{"a consent without a day, after a refusal", fact("REFUSED", "2025", false), fact("GIVEN", "2026-05", true)},
		{"a consent without a day, after a consent", fact("GIVEN", "2025", false), fact("GIVEN", "2026-05", true)},
		{"two refusals of a day, of which one is assumed", fact("REFUSED", "2026", false), fact("REFUSED", "2026", true)},
	} {
		facts := []graph.Fact{c.b, c.a}
		slices.SortFunc(facts, order.Compare)
		if facts[0] != c.a || order.Compare(c.a, c.b) >= 0 || order.Compare(c.b, c.a) <= 0 {
			t.Errorf("%s: %v is shown", c.name, facts[0])
		}
	}
}
