package graph_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/schema"
)

// fact makes a fact; provenance is given as source, as-of, grade.
func fact(property string, value any, source, asOf string, grade graph.Grade) graph.Fact {
	return graph.Fact{Property: property, Value: value, Provenance: graph.Provenance{Source: source, AsOf: asOf, Grade: grade}}
}

// assumed marks the day of a fact as assumed.
func assumed(f graph.Fact) graph.Fact {
	f.Assumed = true
	return f
}

// sorted returns facts in their order, as an element has them.
func sorted(facts ...graph.Fact) []graph.Fact {
	slices.SortFunc(facts, graph.CompareFacts)
	return facts
}

func TestChosenValue(t *testing.T) {
	tests := []struct {
		name  string
		facts []graph.Fact
		want  any
		lost  []any
	}{
		{"newest as-of wins over a better grade", []graph.Fact{
			fact("staff", int64(1), "a", "2022-12-31", graph.GradeA), fact("staff", int64(2), "b", "2023-01-01", graph.GradeD),
		}, int64(2), []any{int64(1)}},
		{"a year counts as its beginning", []graph.Fact{
			fact("staff", int64(1), "a", "2023", graph.GradeA), fact("staff", int64(2), "b", "2023-01-01", graph.GradeD),
		}, int64(2), []any{int64(1)}},
		{"a stated day wins over a newer one that is assumed, and over a better grade", []graph.Fact{
			fact("staff", int64(1), "b", "2016", graph.GradeD), assumed(fact("staff", int64(2), "a", "2024-05-31", graph.GradeA)),
		}, int64(1), []any{int64(2)}},
		{"of assumed days the newer wins", []graph.Fact{
			assumed(fact("staff", int64(1), "a", "2016", graph.GradeA)), assumed(fact("staff", int64(2), "b", "2017", graph.GradeD)),
		}, int64(2), []any{int64(1)}},
		{"then the better grade", []graph.Fact{
			fact("staff", int64(1), "a", "2023", graph.GradeC), fact("staff", int64(2), "b", "2023", graph.GradeB),
		}, int64(2), []any{int64(1)}},
		{"then the smaller source", []graph.Fact{
			fact("staff", int64(1), "b", "2023", graph.GradeC), fact("staff", int64(2), "a", "2023", graph.GradeC),
		}, int64(2), []any{int64(1)}},
		{"then the smaller value", []graph.Fact{
			fact("staff", int64(10), "a", "2023", graph.GradeC), fact("staff", int64(9), "a", "2023", graph.GradeC),
		}, int64(9), []any{int64(10)}},
		{"sources that agree are no conflict", []graph.Fact{
			fact("staff", int64(1), "a", "2023", graph.GradeC), fact("staff", int64(1), "b", "2022", graph.GradeA),
		}, int64(1), nil},
		{"each losing value once, best first", []graph.Fact{
			fact("staff", int64(1), "a", "2023", graph.GradeC), fact("staff", int64(2), "b", "2020", graph.GradeA),
			fact("staff", int64(3), "c", "2021", graph.GradeA), fact("staff", int64(2), "d", "2022", graph.GradeD),
		}, int64(1), []any{int64(2), int64(3)}},
		{"sets are compared as a whole", []graph.Fact{
			fact("staff", []string{"a", "b"}, "a", "2023", graph.GradeC), fact("staff", []string{"a"}, "b", "2022", graph.GradeC),
		}, []string{"a", "b"}, []any{[]string{"a"}}},
		{"no facts, no value", nil, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			around := []graph.Fact{
				fact("", nil, "a", "2023", graph.GradeC), fact("", nil, "b", "2024", graph.GradeD),
				fact("name", "before", "a", "2023", graph.GradeA), fact("tags", "after", "a", "2023", graph.GradeA),
			}
			n := &graph.Node{Facts: sorted(append(around, tt.facts...)...)}
			e := &graph.Edge{Facts: n.Facts}
			got, ok := n.Get("staff")
			if !reflect.DeepEqual(got, tt.want) || ok != (tt.want != nil) {
				t.Errorf("Get gives %v, %v, want %v", got, ok, tt.want)
			}
			if v, _ := e.Get("staff"); !reflect.DeepEqual(v, got) {
				t.Errorf("the edge gives %v and the node %v", v, got)
			}
			if f, ok := n.Winner("staff"); ok != (tt.want != nil) || !reflect.DeepEqual(f.Value, tt.want) {
				t.Errorf("Winner gives %v, %v", f, ok)
			}
			var lost []any
			for _, f := range n.Conflicts() {
				lost = append(lost, f.Value)
			}
			if !reflect.DeepEqual(lost, tt.lost) || !reflect.DeepEqual(e.Conflicts(), n.Conflicts()) {
				t.Errorf("Conflicts gives %v, want %v", lost, tt.lost)
			}
			props := map[string]any{"name": "before", "tags": "after"}
			if tt.want != nil {
				props["staff"] = tt.want
			}
			if got := n.Props(); !reflect.DeepEqual(got, props) || !reflect.DeepEqual(e.Props(), props) {
				t.Errorf("Props gives %v, want %v", got, props)
			}
			if _, ok := n.Get(""); ok {
				t.Error("existence has a value")
			}
			if f, ok := e.Winner(""); !ok || f.AsOf != "2024" {
				t.Errorf("the newest fact of existence is %v, %v", f, ok)
			}
		})
	}
}

func TestEdgeGrade(t *testing.T) {
	tests := []struct {
		facts []graph.Fact
		want  graph.Grade
	}{
		{nil, graph.GradeD},
		{[]graph.Fact{fact("share", .1, "a", "2023", graph.GradeA)}, graph.GradeD},
		{[]graph.Fact{
			fact("", nil, "a", "2024", graph.GradeC), fact("", nil, "b", "2010", graph.GradeB),
			fact("share", .1, "a", "2023", graph.GradeA),
		}, graph.GradeB},
	}
	for _, tt := range tests {
		if got := (&graph.Edge{Facts: sorted(tt.facts...)}).Grade(); got != tt.want {
			t.Errorf("the grade of %v is %s, want %s", tt.facts, got, tt.want)
		}
	}
}

// anyFact draws facts that are often equal.
func anyFact() *rapid.Generator[graph.Fact] {
	return rapid.Custom(func(t *rapid.T) graph.Fact {
		f := fact(rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "property"), anyValue().Draw(t, "value"),
			rapid.SampledFrom([]string{"s", "t"}).Draw(t, "source"),
			rapid.SampledFrom([]string{"2023", "2023-05", "2023-05-01", "2024"}).Draw(t, "as of"),
			rapid.SampledFrom([]graph.Grade{"A", "B"}).Draw(t, "grade"))
		f.Assumed = rapid.Bool().Draw(t, "assumed")
		return f
	})
}

func anyValue() *rapid.Generator[any] {
	return rapid.OneOf(
		rapid.Just[any](nil),
		rapid.Map(rapid.Bool(), func(v bool) any { return v }),
		rapid.Map(rapid.Int64(), func(v int64) any { return v }),
		rapid.Map(rapid.Float64(), func(v float64) any { return v }),
		rapid.Map(rapid.String(), func(v string) any { return v }),
		rapid.Map(rapid.SliceOf(rapid.String()), func(v []string) any { return v }),
	)
}

func TestDate(t *testing.T) {
	for text, want := range map[string]graph.Provenance{
		"2016": {AsOf: "2016"}, "2016-05-31?": {AsOf: "2016-05-31", Assumed: true}, "": {},
	} {
		day, assumed := graph.SplitDate(text)
		if day != want.AsOf || assumed != want.Assumed {
			t.Errorf("%q is split into %q, %v", text, day, assumed)
		}
		label := schema.Text{Zh: strings.Replace(text, "?", "（推定）", 1), En: strings.Replace(text, "?", " (assumed)", 1)}
		if got := want.DateLabel(); got != label {
			t.Errorf("%+v is worded %v, want %v", want, got, label)
		}
		if got := want.Date(); got != text {
			t.Errorf("%+v is written %q, want %q", want, got, text)
		}
	}
}

func TestCompareFactsIsATotalOrder(t *testing.T) {
	sign := func(a, b graph.Fact) int { return max(-1, min(1, graph.CompareFacts(a, b))) }
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyFact().Draw(t, "a"), anyFact().Draw(t, "b"), anyFact().Draw(t, "c")
		if sign(a, a) != 0 {
			t.Errorf("%v differs from itself", a)
		}
		if sign(a, b) != -sign(b, a) {
			t.Errorf("%v and %v sort both ways", a, b)
		}
		if sign(a, b) <= 0 && sign(b, c) <= 0 && sign(a, c) > 0 {
			t.Errorf("%v, %v and %v are in a cycle", a, b, c)
		}
	})
}
