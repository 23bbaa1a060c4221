package statements_test

import (
	"testing"

	"liantu/graph"
	"liantu/graph/statements"
)

func TestSpan(t *testing.T) {
	stated := func(day string) graph.Provenance { return graph.Provenance{AsOf: day} }
	assumed := func(day string) graph.Provenance { return graph.Provenance{AsOf: day, Assumed: true} }
	for _, c := range []struct {
		name  string
		facts []graph.Provenance
		want  statements.Span
	}{
		{"no fact", nil, statements.Span{}},
		{"stated days", []graph.Provenance{stated("2021"), stated("2020"), stated("2023-05")}, statements.Span{Oldest: "2020", Newest: "2023-05"}},
		{"assumed days alone", []graph.Provenance{assumed("2021"), assumed("2020")}, statements.Span{Oldest: "2020", Newest: "2021", Assumed: true}},
		{"an assumed day after a stated one", []graph.Provenance{stated("2021"), assumed("2026"), assumed("2010")}, statements.Span{Oldest: "2021", Newest: "2021"}},
		{"a stated day after assumed ones", []graph.Provenance{assumed("2026"), assumed("2010"), stated("2021")}, statements.Span{Oldest: "2021", Newest: "2021"}},
	} {
		var got statements.Span
		for _, p := range c.facts {
			got = got.With(p)
		}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
