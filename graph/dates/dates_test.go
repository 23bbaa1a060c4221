package dates_test

import (
	"context"
	"errors"
	"testing"

	"liantu/graph"
	"liantu/graph/dates"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
)

// TestDates counts edges as of some days, in no order. The scripts of package gaps show
// which edges those are.
func TestDates(t *testing.T) {
	p := questiontest.SmallPicture(t)
	for _, test := range []struct {
		days []string
		want dates.Dates
	}{
		{nil, dates.Dates{Why: dates.NothingCounted}},
		{[]string{"2016"}, dates.Dates{Oldest: "2016", Median: "2016", Newest: "2016", Statements: 1}},
		{[]string{"2017-01", "2016", "2016-12", "2016-12-31"}, dates.Dates{Oldest: "2016-12-31", Median: "2016-12", Newest: "2017-01", Statements: 4}},
		{[]string{"2019", "2021", "2019", "2019", "2021"}, dates.Dates{Oldest: "2019", Median: "2019", Newest: "2021", Statements: 5}},
		{[]string{"2019", "2021", "2021-06-30", "2021"}, dates.Dates{Oldest: "2019", Median: "2021-06-30", Newest: "2021", Statements: 4}},
		{[]string{"2024?", "2020", "2025?"}, dates.Dates{Oldest: "2020", Median: "2020", Newest: "2020", Statements: 3, Undated: 2}},
		{[]string{"2024?", "2025-02?"}, dates.Dates{Oldest: "2024", Median: "2024", Newest: "2025-02", Assumed: true, Statements: 2, Undated: 2}},
	} {
		c := dates.NewCounter(p, graph.GradeC, nil)
		for _, text := range test.days {
			day, assumed := graph.SplitDate(text)
			fact := graph.Fact{Provenance: graph.Provenance{Source: "s", AsOf: day, Assumed: assumed, Grade: graph.GradeD}}
			c.Edge(&graph.Edge{Facts: []graph.Fact{fact}})
		}
		if got := c.Dates(); got != test.want {
			t.Errorf("%v: %+v, want %+v", test.days, got, test.want)
		}
	}
}

// TestLazyFindsOnce: what is found is found once; the end of a context is an error, after
// which the next caller finds it.
func TestLazyFindsOnce(t *testing.T) {
	p := questiontest.SmallPicture(t)
	first, _ := p.Range(projection.Company)
	link, _ := p.Range(projection.Link)
	found := 0
	lazy := dates.Later(func(ctx context.Context) (dates.Dates, error) {
		found++
		c := dates.NewCounter(p, graph.GradeC, []projection.Vertex{link})
		err := c.Companies(ctx, []projection.Vertex{first})
		return c.Dates(), err
	})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lazy.Find(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("the end of the context gives %v", err)
	}
	for range 2 {
		if d := lazy.Now(); d.Newest != "2024-06-30" || d.Statements != 1 {
			t.Errorf("found %+v", d)
		}
	}
	if found != 2 {
		t.Errorf("found %d times", found)
	}
}
