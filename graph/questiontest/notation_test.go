package questiontest_test

import (
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/questiontest"
)

func TestParse(t *testing.T) {
	batch, err := questiontest.Parse(`
# a comment
region 330100 杭州市 short_name=杭州
chain c 链   # another
link c.a 甲 in c declared_role=核心
company 一 at 330100:SITE:B in c.a:D! employees=120
companies 二 2 in c.a
supplies 一 二2 amount=5万元
intermediary 商会 capacity=3
covers 商会 330100
stated list 2019-05 C
project X1 项目 stage=终止
involves X1 一
`)
	if err != nil {
		t.Fatal(err)
	}
	if len(batch.Nodes) != 8 || len(batch.Edges) != 8 {
		t.Errorf("%d nodes and %d edges", len(batch.Nodes), len(batch.Edges))
	}
	stage := graph.Fact{
		Property: "stage", Value: "DROPPED", Provenance: graph.Provenance{Source: "list", AsOf: "2019-05", Grade: graph.GradeC},
	}
	if !slices.Contains(batch.Nodes[7].Facts, stage) {
		t.Errorf("the project has %+v", batch.Nodes[7].Facts)
	}
	leads := 0
	for _, e := range batch.Edges {
		for _, f := range e.Facts {
			if f.Property == "leader" {
				leads++
				if e.Kind != "OPERATES_IN" || f.Grade != graph.GradeD || f.Value != true {
					t.Errorf("leader stated as %+v", f)
				}
			}
		}
	}
	if leads != 1 {
		t.Errorf("%d edges lead", leads)
	}
}

func TestParseTellsWhoStates(t *testing.T) {
	batch, err := questiontest.Parse(`
region 330100 杭州市
link a 甲
link b 乙
source roster population=上市公司 complete_in=330100;330200 scope=a complete_on=2024-05
company 一 at 330100 in a@roster a@other/2023:B! b placement=READ @roster/2024-06-01
may_operate_in 一 b probability=40% @other
company 二
`)
	if err != nil {
		t.Fatal(err)
	}
	source, first, second := batch.Nodes[3], batch.Nodes[4], batch.Nodes[5]
	for _, want := range []graph.Fact{
		{Property: "population", Value: "LISTED"}, {Property: "complete_on", Value: "2024-05"},
	} {
		if !slices.ContainsFunc(source.Facts, func(f graph.Fact) bool { return f.Property == want.Property && f.Value == want.Value }) {
			t.Errorf("%s is not %v in %+v", want.Property, want.Value, source.Facts)
		}
	}
	roster := graph.Provenance{Source: "roster", AsOf: "2024-06-01", Grade: graph.GradeA}
	usual := graph.Provenance{Source: "test", AsOf: "2024-06-30", Grade: graph.GradeA}
	if f := first.Facts[0]; f.Provenance != roster {
		t.Errorf("the first company is stated by %+v", f)
	}
	if f := second.Facts[0]; f.Provenance != usual {
		t.Errorf("the second company is stated by %+v", f)
	}
	stated := make([]graph.Provenance, len(batch.Edges))
	for i, e := range batch.Edges {
		stated[i] = e.Facts[0].Provenance
	}
	want := []graph.Provenance{
		roster, roster,
		{Source: "other", AsOf: "2023", Grade: graph.GradeB},
		roster,
		{Source: "other", AsOf: "2024-06-30", Grade: graph.GradeA},
	}
	if !slices.Equal(stated, want) {
		t.Errorf("the edges are stated by %+v, want %+v", stated, want)
	}
}

func TestParseTellsTheLine(t *testing.T) {
	tests := []struct{ text, says string }{
		{"planet mars 火星", `line 1: "planet mars 火星": unknown word "planet"`},
		{"\n\nregion 330100", "line 3"},
		{"stated list 2019", "not a source, a date and a grade"},
		{"stated list 2019 E", "not a source, a date and a grade"},
		{"covers 商会 330100", `"商会" is not declared above`},
		{"company 甲 at 330100", `"330100" is not declared above`},
		{"region 330100 杭州市\ncompany 甲 at 330100:SITE:E", `line 2: "company 甲 at 330100:SITE:E": unknown grade "E"`},
		{"region 330100 杭州市 size=7", `has no property "size"`},
		{"company 甲 employees=many", "employees: "},
		{"company 甲 @/2024", `no source in "@/2024"`},
		{"companies 甲 some", "number of companies"},
		{"chain c 链 extra", `unexpected word "extra"`},
	}
	for _, test := range tests {
		if _, err := questiontest.Parse(test.text); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: got error %v", test.text, err)
		}
	}
}
