package quality_test

import (
	"errors"
	"reflect"
	"testing"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/quality"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// qualityWorld has five companies, each with another fault of its data.
func qualityWorld() graph.Batch {
	b := questiontest.NewBuilder()
	state := func(source, day string, grade graph.Grade) {
		b.Provenance = graph.Provenance{Source: source, AsOf: day, Grade: grade}
	}
	state("table", "2026", graph.GradeA)
	province := b.Node("Region", questiontest.Props{"code": "330000", "name": "浙江省"})
	city := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
	b.Node("Region", questiontest.Props{"code": "330200", "name": "宁波市"})
	other := b.Node("Region", questiontest.Props{"code": "320500", "name": "苏州市"})
	b.Node("Region", questiontest.Props{"code": "100000", "name": "全国"})
	b.Node("Source", questiontest.Props{"name": "list"})
	eco := b.Node("Ecosystem", questiontest.Props{"code": "e", "name": "圈"})
	chain := b.Node("Chain", questiontest.Props{"code": "c", "name": "链"})
	b.Edge("PART_OF", chain, eco, nil)
	one := b.Node("Link", questiontest.Props{"code": "c.1", "name": "一"})
	two := b.Node("Link", questiontest.Props{"code": "c.2", "name": "二"})
	b.Edge("PART_OF", one, chain, nil)
	b.Edge("PART_OF", two, chain, nil)

	state("list", "2026-05", graph.GradeB)
	good := b.Node("Company", questiontest.Props{"uscc": "913300001432931630", "name": "甲"})
	b.Edge("LOCATED_IN", good, city, nil)
	b.Edge("OPERATES_IN", good, one, nil)
	state("old", "2019", graph.GradeD)
	stale := b.Node("Company", questiontest.Props{"stock_code": "600001.SH", "name": "乙", "employees": int64(3)})
	b.Edge("LOCATED_IN", stale, city, nil)
	state("older", "2018", graph.GradeC)
	b.Node("Company", questiontest.Props{"stock_code": "600001.SH", "employees": int64(4)})
	state("list", "2026-05", graph.GradeB)
	twin := b.Node("Company", questiontest.Props{"name": "丙", "region": "330100"})
	b.Edge("LOCATED_IN", twin, province, nil)
	b.Edge("OPERATES_IN", twin, one, nil)
	far := b.Node("Company", questiontest.Props{"name": "丙", "region": "320500", "synthetic": true})
	b.Edge("LOCATED_IN", far, other, nil)
	b.Edge("OPERATES_IN", far, two, nil)
	return b.Batch()
}

func TestQuality(t *testing.T) {
	p := questiontest.Picture(t, t, questiontest.Store(t, t, qualityWorld()))
	ask := func(q quality.Question) *quality.Answer {
		t.Helper()
		a, err := quality.Ask(t.Context(), p, tuning.Default().MinGrade, q)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := ask(quality.Question{Region: "浙江省"})
	type region struct {
		code string
		quality.Counts
	}
	var regions []region
	for _, r := range a.Regions {
		regions = append(regions, region{p.Code(r.Region), r.Counts})
	}
	want := []region{
		{"330000", quality.Counts{Companies: 3, Attributed: 2, WithUSCC: 1, NameOnly: 1, Stale: 1, Disputed: 1, Suspected: 1}},
		{"330100", quality.Counts{Companies: 2, Attributed: 1, WithUSCC: 1, Stale: 1, Disputed: 1}},
	}
	if !reflect.DeepEqual(regions, want) {
		t.Errorf("the regions are\n%+v\nwant\n%+v", regions, want)
	}
	if e := a.Ecosystems; len(e) != 1 || e[0].Links != 2 || e[0].Covered != 1 || e[0].Companies != 2 {
		t.Errorf("the ecosystems are %+v", e)
	}
	if d := a.Disputes; len(d) != 1 || d[0] != (quality.Dispute{Kind: "Company", Property: "employees", Elements: 1}) {
		t.Errorf("the disputes are %+v", d)
	}
	sources := map[string][2]int{}
	for _, s := range a.Sources {
		sources[s.Name] = [2]int{s.Grades[1], s.Grades[3]}
		if (s.Name == "list") != (s.Source != projection.None) {
			t.Errorf("the source %q is described by %d", s.Name, s.Source)
		}
	}
	// list: 甲 exists, uscc, name; 丙 exists, name, region; two places, two links.
	if len(sources) != 3 || sources["list"] != [2]int{10, 0} || sources["old"] != [2]int{0, 5} || a.Sources[0].Name != "list" {
		t.Errorf("the sources are %+v", a.Sources)
	}
	if a.StaleYears != 3 || a.AsOf != "2026-05-31" && a.AsOf != "2026-12-31" || a.Synthetic {
		t.Errorf("the answer says %d years, as of %q, invented %v", a.StaleYears, a.AsOf, a.Synthetic)
	}

	country := ask(quality.Question{Ecosystem: "e", StaleYears: 20})
	if all := country.Regions[0]; all.Companies != 3 || all.Stale != 0 || all.Suspected != 2 || !country.Synthetic {
		t.Errorf("of the ecosystem in the country there is %+v", all)
	}
	none := ask(quality.Question{Alike: func(*projection.Projection) [][]projection.Vertex { return nil }})
	if all := none.Regions[0]; all.Companies != 4 || all.Suspected != 0 {
		t.Errorf("with no suspicion there is %+v", all)
	}
}

func TestQualityRefuses(t *testing.T) {
	p := questiontest.Picture(t, t, questiontest.Store(t, t, qualityWorld()))
	for _, test := range []struct {
		q    quality.Question
		want error
	}{
		{quality.Question{Region: "无此地"}, graph.ErrNotFound},
		{quality.Question{Ecosystem: "c"}, graph.ErrNotFound},
		{quality.Question{MinGrade: "E"}, graph.ErrInvalid},
		{quality.Question{StaleYears: -1}, graph.ErrInvalid},
	} {
		if _, err := quality.Ask(t.Context(), p, tuning.Default().MinGrade, test.q); !errors.Is(err, test.want) {
			t.Errorf("%+v gives %v, want %v", test.q, err, test.want)
		}
	}
}

// TestTwoCodesAreNoDuplicates: companies of one name are suspected to be one only
// where one of them has no credit code.
func TestTwoCodesAreNoDuplicates(t *testing.T) {
	for third, want := range map[string]int{"": 0, "乙": 0, "甲": 3} {
		b := questiontest.NewBuilder()
		b.Provenance = graph.Provenance{Source: "list", AsOf: "2026", Grade: graph.GradeB}
		b.Node("Region", questiontest.Props{"code": "100000", "name": "全国"})
		b.Node("Company", questiontest.Props{"uscc": "91330106900000137L", "name": "甲"})
		b.Node("Company", questiontest.Props{"uscc": "913306029000002178", "name": "甲"})
		if third != "" {
			b.Node("Company", questiontest.Props{"name": third})
		}
		p := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch()))
		a, err := quality.Ask(t.Context(), p, graph.GradeC, quality.Question{})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Regions[0].Suspected; got != want {
			t.Errorf("beside a third company %q, %d are suspected, want %d", third, got, want)
		}
	}
}
