package projection_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/schema"
)

func past(t *testing.T, fail failer, store graph.Store, day string) *projection.Projection {
	fail.Helper()
	p, err := projection.Build(t.Context(), schema.Default(), store, projection.AsOf(day))
	if err != nil {
		fail.Fatal(err)
	}
	checkConsistent(fail, p)
	return p
}

// TestAsOf checks each rule.
func TestAsOf(t *testing.T) {
	b := questiontest.NewBuilder()
	asOf := func(day string) { b.Provenance.AsOf = day }
	asOf("2025")
	place := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
	chain := b.Node("Chain", questiontest.Props{"code": "c", "name": "链"})
	link := b.Node("Link", questiontest.Props{"code": "c.l", "name": "环", "declared_role": "CORE"})
	product := b.Node("Product", questiontest.Props{"name": "料"})
	b.Edge("PART_OF", link, chain, nil)
	b.Edge("BELONGS_TO", product, link, nil)
	patent := b.Node("Patent", questiontest.Props{"code": "202010123456.7", "name": "料的制法"})
	b.Edge("APPLIES_TO", patent, link, nil)
	named := b.Node("Company", questiontest.Props{"stock_code": "600001.SH", "name": "甲", "employees": int64(9), "synthetic": true})
	b.Node("Company", questiontest.Props{"stock_code": "600002.SH", "name": "乙"})
	b.Edge("LOCATED_IN", named, place, questiontest.Props{"role": "SITE"})
	asOf("2016")
	b.Edge("OPERATES_IN", named, link, questiontest.Props{"valid_to": "2020"})
	asOf("2016-06-30")
	b.Edge("MAKES", named, product, nil)
	b.Edge("HOLDS", named, patent, nil)
	store := newStore(t, t)
	apply(t, t, store, b.Batch())

	kinds := func(p *projection.Projection) string {
		var counts []string
		for _, kind := range []string{"Region", "Chain", "Link", "Product", "Company"} {
			counts = append(counts, fmt.Sprint(kind, " ", p.Count(kind)))
		}
		for _, kind := range []string{"PART_OF", "BELONGS_TO", "APPLIES_TO", "LOCATED_IN", "OPERATES_IN", "MAKES", "HOLDS"} {
			counts = append(counts, fmt.Sprint(kind, " ", p.EdgeCount(kind)))
		}
		return strings.Join(counts, ", ")
	}
	for _, test := range []struct{ day, want, dataDate, asOf string }{
		{"2015", "Region 1, Chain 1, Link 1, Product 1, Company 0, PART_OF 1, BELONGS_TO 1, APPLIES_TO 1, LOCATED_IN 0, OPERATES_IN 0, MAKES 0, HOLDS 0", "", "2015-12-31"},
		{"2016-05", "Region 1, Chain 1, Link 1, Product 1, Company 0, PART_OF 1, BELONGS_TO 1, APPLIES_TO 1, LOCATED_IN 0, OPERATES_IN 0, MAKES 0, HOLDS 0", "", "2016-05-31"},
		{"2016-06-30", "Region 1, Chain 1, Link 1, Product 1, Company 1, PART_OF 1, BELONGS_TO 1, APPLIES_TO 1, LOCATED_IN 0, OPERATES_IN 0, MAKES 1, HOLDS 1", "2016-06-30", "2016-06-30"},
		{"2016", "Region 1, Chain 1, Link 1, Product 1, Company 1, PART_OF 1, BELONGS_TO 1, APPLIES_TO 1, LOCATED_IN 0, OPERATES_IN 1, MAKES 1, HOLDS 1", "2016-06-30", "2016-12-31"},
		{"2025", "Region 1, Chain 1, Link 1, Product 1, Company 2, PART_OF 1, BELONGS_TO 1, APPLIES_TO 1, LOCATED_IN 1, OPERATES_IN 1, MAKES 1, HOLDS 1", "2025", "2025-12-31"},
	} {
		p := past(t, t, store, test.day)
		if got := kinds(p); got != test.want {
			t.Errorf("as of %s there are %s, want %s", test.day, got, test.want)
		}
		if p.DataDate() != test.dataDate || p.AsOf() != test.asOf || !p.Past() {
			t.Errorf("as of %s the data date is %q and the day %q", test.day, p.DataDate(), p.AsOf())
		}
	}

	p := past(t, t, store, "2016")
	company := first(p, projection.Company)
	if name, staff := p.Text(company, "name"), p.Employees(company); name != "甲" || staff == 9 {
		t.Errorf("in 2016 the company has the name %q and %v employees", name, staff)
	}
	if !p.Synthetic(company) {
		t.Error("the projection of 2016 has lost the mark of invented data")
	}
	if role := p.Text(first(p, projection.Link), "declared_role"); role != "" {
		t.Errorf("in 2016 the link has the role %q, which was declared in 2025", role)
	}
	if !p.Current("OPERATES_IN", 0) || past(t, t, store, "2025").Current("OPERATES_IN", 0) {
		t.Error("an edge valid to 2020 does not hold in 2016, or does in 2025")
	}
	if build(t, t, store).Past() {
		t.Error("the projection of all facts reports that it is one of the past")
	}
	if _, err := projection.Build(t.Context(), schema.Default(), store, projection.AsOf("2016-13")); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("as of an invalid month gives %v", err)
	}
}

func first(p *projection.Projection, kind string) projection.Vertex {
	v, _ := p.Range(kind)
	return v
}

// TestPastHidesTheFuture compares the projection of a day with that of a graph
// without the facts that became known later.
func TestPastHidesTheFuture(t *testing.T) {
	const day = "2016-06-30"
	rapid.Check(t, func(r *rapid.T) {
		all, then := questiontest.NewBuilder(), questiontest.NewBuilder()
		dates := rapid.SampledFrom([]string{"2015", "2016-05-31", "2016-06", "2016", "2016-07", "2020"})
		draw := func() (known bool) {
			all.Provenance.AsOf = dates.Draw(r, "as of")
			then.Provenance = all.Provenance
			return all.Provenance.AsOf != "2016" && all.Provenance.AsOf < "2016-07"
		}
		const companies = 4
		key := func(i int) graph.Key {
			return graph.NewKey("Company", []string{"stock_code"}, []string{fmt.Sprintf("60000%d.SH", i)})
		}
		for i := range companies {
			known := draw()
			props := questiontest.Props{"stock_code": fmt.Sprintf("60000%d.SH", i)}
			all.Node("Company", props)
			if known {
				then.Node("Company", props)
			}
		}
		for range rapid.IntRange(0, 12).Draw(r, "facts") {
			from, to := rapid.IntRange(0, companies-1).Draw(r, "from"), rapid.IntRange(0, companies-1).Draw(r, "to")
			switch known := draw(); rapid.IntRange(0, 1).Draw(r, "sort") {
			case 0:
				props := questiontest.Props{"stock_code": fmt.Sprintf("60000%d.SH", from), "employees": int64(to + 1)}
				all.Node("Company", props)
				if known {
					then.Node("Company", props)
				}
			default:
				all.Edge("SUPPLIES", key(from), key(to), nil)
				if known {
					for _, end := range []int{from, to} {
						then.Node("Company", questiontest.Props{"stock_code": fmt.Sprintf("60000%d.SH", end)})
					}
					then.Edge("SUPPLIES", key(from), key(to), nil)
				}
			}
		}
		whole, early := newStore(t, r), newStore(t, r)
		apply(t, r, whole, all.Batch())
		apply(t, r, early, then.Batch())
		got, want := outline(past(t, r, whole, day)), outline(past(t, r, early, day))
		if got != want {
			r.Fatalf("the projection of %s is\n%s\nand without the future\n%s", day, got, want)
		}
	})
}

// outline describes the companies of a projection, what is known of them and how
// they are joined.
func outline(p *projection.Projection) string {
	var b strings.Builder
	for v := range projection.Vertex(p.Order()) {
		fmt.Fprintln(&b, v, p.Text(v, "stock_code"), p.Employees(v))
		suppliers := p.Out("SUPPLIES", v)
		fmt.Fprintln(&b, suppliers.Others)
	}
	fmt.Fprintln(&b, p.DataDate(), p.AsOf())
	return b.String()
}

// TestAssumedDaysDecideNothing checks that an assumed day, however new, moves
// neither the day of the picture nor the place of a company while another source
// states a day, and that it counts where none does.
func TestAssumedDaysDecideNothing(t *testing.T) {
	b := questiontest.NewBuilder()
	b.Provenance = graph.Provenance{Source: "list", AsOf: "2026-11-30", Grade: graph.GradeA, Assumed: true}
	hangzhou := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
	beijing := b.Node("Region", questiontest.Props{"code": "110000", "name": "北京市"})
	company := b.Node("Company", questiontest.Props{"name": "甲"})
	b.Edge("LOCATED_IN", company, hangzhou, questiontest.Props{"role": "REGISTERED"})
	store := newStore(t, t)
	apply(t, t, store, b.Batch())
	check := func(place, dataDate, asOf string, assumed bool) {
		t.Helper()
		p := build(t, t, store)
		if got := p.PlaceOf(first(p, projection.Company)); got != place {
			t.Errorf("place %s, want %s", got, place)
		}
		if p.DataDate() != dataDate || p.AsOf() != asOf || p.DataDateAssumed() != assumed {
			t.Errorf("data date %q, assumed %v, as of %q, want %q, %v, %q", p.DataDate(), p.DataDateAssumed(), p.AsOf(), dataDate, assumed, asOf)
		}
	}
	check("330100", "2026-11-30", "2026-11-30", true)
	b.Provenance = graph.Provenance{Source: "register", AsOf: "2019", Grade: graph.GradeD}
	b.Edge("LOCATED_IN", company, beijing, questiontest.Props{"role": "REGISTERED"})
	apply(t, t, store, b.Batch())
	check("110000", "2019", "2019-12-31", false)
}
