package engine_test

import (
	"encoding/json"
	"strings"
	"testing"

	"liantu/api/engine"
)

var zooSizes = engine.Sizes{Page: "first", Default: 20, List: func(_, _ string) int { return 10 }, Work: func(_, field string) *engine.Work {
	if field != "friends" {
		return nil
	}
	return &engine.Work{Always: 100, Argument: "first", More: 1000}
}}

// TestEstimate compares the estimate of a document that was not validated with the
// cost of its plan.
func TestEstimate(t *testing.T) {
	e := newZoo(t)
	for _, test := range []struct {
		doc, vars  string
		values     float64
		page, node float64
	}{
		{"{cat{name}}", "", 2, 0, 0},
		{"{pets{name size}}", "", 21, 0, 0},
		{"{pets{...on Cat{name lives} ...on Dog{name born weight}}}", "", 31, 0, 0},
		{"{cat{friends(first:3){name}}}", "", 5, 3, 3},
		{"{cat{friends{name}}}", "", 4, 2, 2},
		{"{cat{friends(first:null){name}}}", "", 22, 20, 20},
		{"{cat{friends(first:0){name}}}", "", 3, 0, 0},
		{"{cat{friends(first:-7){name}}}", "", 3, 0, 0},
		{"query($n:Int){cat{friends(first:$n){name}}}", `{"n":7}`, 9, 7, 7},
		{"query($n:Int){cat{friends(first:$n){name}}}", `{"n":null}`, 22, 20, 20},
		{"query($n:Int=5){cat{friends(first:$n){name}}}", ``, 7, 5, 5},
		{"query($n:Int){cat{friends(first:$n){name}}}", ``, 4, 2, 2},
		{"query($s:Boolean!){cat{friends(first:9)@skip(if:$s){name}}}", `{"s":true}`, 1, 0, 0},
		{"query($s:Boolean=false){cat{friends(first:9)@include(if:$s){name} name}}", ``, 2, 0, 0},
		{"{cat{name} cat{friends(first:2){name}} ...F} fragment F on Query{cat{name}}", "", 5, 2, 2},
		{"{__schema{types{name}} __typename}", "", 2, 0, 0},
	} {
		given := map[string]any{}
		if test.vars != "" {
			d := json.NewDecoder(strings.NewReader(test.vars))
			d.UseNumber()
			if err := d.Decode(&given); err != nil {
				t.Fatal(err)
			}
		}
		doc, errs := e.Read(test.doc)
		if errs != nil {
			t.Fatalf("%s: %v", test.doc, errs[0])
		}
		estimate := doc.Estimate("", given, zooSizes)
		if estimate.Values != test.values || estimate.Page != test.page || estimate.Nodes != test.node {
			t.Errorf("%s %s: estimate %+v", test.doc, test.vars, estimate)
		}
		op, errs := doc.Operation("")
		if errs != nil {
			t.Fatalf("%s: %v", test.doc, errs[0])
		}
		vars, errs := op.Variables(given)
		if errs != nil {
			t.Fatalf("%s: %v", test.doc, errs[0])
		}
		plan, errs := op.Plan("", vars)
		if errs != nil {
			t.Fatalf("%s: %v", test.doc, errs[0])
		}
		if cost := plan.Cost(vars, zooSizes); cost != estimate {
			t.Errorf("%s %s: the estimate is %+v, the cost %+v", test.doc, test.vars, estimate, cost)
		}
	}
}

// TestEstimateOfWhatDoesNotFit estimates documents that validation would refuse.
func TestEstimateOfWhatDoesNotFit(t *testing.T) {
	e := newZoo(t)
	double := `{ ...F0 }`
	for i := range 40 {
		f := func(n int) string { return "F" + string(rune('A'+n%26)) + strings.Repeat("x", n/26) }
		double = strings.Replace(double, "F0", f(0), 1) + ` fragment ` + f(i) + ` on Query { ...` + f(i+1) + ` ...` + f(i+1) + ` }`
	}
	double += ` fragment FOxx on Query { cat{name} }`
	for doc, endless := range map[string]bool{
		"{nothing{at{all}}}":                  false,
		"mutation{cat{name}}":                 false,
		"{cat(first:$n){name{x}}}":            false,
		"query A{cat{name}} query B{boom}":    false,
		"{cat{friends(first:\"x\"){name}}}":   false,
		"{...on Nobody{cat{name}} ...Nobody}": false,
		double:                                true,
	} {
		d, errs := e.Read(doc)
		if errs != nil {
			t.Fatalf("%.60s: %v", doc, errs[0])
		}
		if estimate := d.Estimate("", nil, zooSizes); (estimate.Values > 1e6) != endless {
			t.Errorf("%.60s: estimate %+v", doc, estimate)
		}
	}
}

func TestReadRefusesCycles(t *testing.T) {
	e := newZoo(t)
	for doc, cyclic := range map[string]bool{
		"{cat{name}} fragment A on Cat{...A}":                                     true,
		"{cat{...A}} fragment A on Cat{...B} fragment B on Cat{... on Cat{...A}}": true,
		"{cat{...A}} fragment A on Cat{...B} fragment B on Cat{name}":             false,
		"{cat{...A ...A}} fragment A on Cat{...B ...B} fragment B on Cat{name}":   false,
		"{cat{...A}}": false,
	} {
		if _, errs := e.Read(doc); (errs != nil) != cyclic || cyclic && errs[0].Rule != "NoFragmentCycles" {
			t.Errorf("%s: %v", doc, errs)
		}
	}
}
