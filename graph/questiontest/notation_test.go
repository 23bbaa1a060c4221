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
		{"companies 甲 some", "number of companies"},
		{"chain c 链 extra", `unexpected word "extra"`},
	}
	for _, test := range tests {
		if _, err := questiontest.Parse(test.text); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: got error %v", test.text, err)
		}
	}
}
