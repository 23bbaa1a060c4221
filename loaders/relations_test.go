package loaders_test

import (
	"slices"
	"testing"

	"liantu/loaders"
	"liantu/loaders/names"
	"liantu/loaders/reviews"
	"liantu/schema"
)

// TestEdgesKeepCompaniesApart loads a parent, its listed subsidiary and the edge
// between them at once and in several loads: the two are never one, in whatever order
// they come, until a person judges so or the edge is taken back.
func TestEdgesKeepCompaniesApart(t *testing.T) {
	open := copiesOf(t)
	const listed, parent = "浙江星澜海证券股份有限公司", "浙江星澜海证券有限责任公司"
	parts := map[string]string{
		"Company.csv":    "stock_code,name\n600999.SH," + listed + "\n600998.SH,云岫工业股份有限公司\n",
		"p/Company.csv":  "name\n" + parent + "\n",
		"q/Company.csv":  "name,employees\n" + parent + ",7\n",
		"INVESTS_IN.csv": "from,to\n" + parent + ",600999.SH\n",
		"SUPPLIES.csv":   "from,to\n600999.SH,600998.SH\n" + parent + ",600998.SH\n",
	}
	of := func(list ...string) map[string]string {
		some := map[string]string{}
		for _, name := range list {
			some[name] = parts[name]
		}
		return some
	}
	all := open()
	load(t, namesOptions(all, of("Company.csv", "p/Company.csv", "q/Company.csv", "INVESTS_IN.csv")))
	want := digest(t, all)
	wantCompanies(t, all, listed, parent, "云岫工业股份有限公司")
	for _, order := range [][][]string{
		{{"Company.csv"}, {"p/Company.csv"}, {"INVESTS_IN.csv"}, {"q/Company.csv"}},
		{{"p/Company.csv"}, {"Company.csv"}, {"q/Company.csv"}, {"INVESTS_IN.csv"}},
		{{"Company.csv", "p/Company.csv", "INVESTS_IN.csv"}, {"q/Company.csv"}},
	} {
		s := open()
		var edges string
		for _, list := range order {
			r := load(t, namesOptions(s, of(list...)))
			if slices.Contains(list, "INVESTS_IN.csv") {
				edges = r.Load
			}
			if again := load(t, namesOptions(s, of(list...))); again.Version != r.Version {
				t.Errorf("%q: %q again brings version %d after %d", order, list, again.Version, r.Version)
			}
		}
		if got := digest(t, s); got != want {
			t.Errorf("%q is another graph than all at once: %q", order, companiesOf(t, s))
		}
		if len(order[0]) > 1 {
			continue
		}
		if _, err := s.Undo(t.Context(), edges); err != nil {
			t.Fatal(err)
		}
		if _, err := names.JoinAnew(t.Context(), s, schema.Default()); err != nil {
			t.Fatal(err)
		}
		wantCompanies(t, s, parent+" = "+listed, "云岫工业股份有限公司")
		// Edges to a third company speak of no pair of names.
		load(t, namesOptions(s, of("SUPPLIES.csv")))
		wantCompanies(t, s, parent+" = "+listed, "云岫工业股份有限公司")
	}
	items, err := names.Review(t.Context(), all, schema.Default())
	if err != nil || len(items) != 1 || items[0].Kind != names.ReviewAlike || items[0].Reasons[len(items[0].Reasons)-1].Part != names.PartRelation {
		t.Errorf("to review are %+v, %v", items, err)
	}
	o := loaders.Options{Store: all, FS: files(map[string]string{"review.csv": "left,right,verdict\n" + parent + ",600999.SH,same\n"}), AsOf: "2025"}
	if _, err := reviews.Names(t.Context(), o, "李工"); err != nil {
		t.Fatal(err)
	}
	wantCompanies(t, all, parent+" = "+listed, "云岫工业股份有限公司")
}
