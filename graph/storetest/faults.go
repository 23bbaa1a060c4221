package storetest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
)

var faultChecks = []check{
	{"an edge with an end that is not found fails the batch with ErrInvalid", refuses(
		edges(supplies(codeKey("f1"), codeKey("nobody"))),
		edges(supplies(codeKey("nobody"), codeKey("f1"))),
		edges(supplies(codeKey("f1"), graph.IDKey(PlainID("nothing")))),
		edges(supplies(codeKey("f1"), "")),
		edges(supplies(codeKey("f1"), "no key at all")),
	)},
	{"an unknown kind fails the batch with ErrInvalid", refuses(
		nodes(graph.NodeDraft{Kind: "Ship", Keys: []graph.Key{"Ship/code=s"}}),
		nodes(graph.NodeDraft{Kind: "SUPPLIES", Keys: []graph.Key{"SUPPLIES/code=s"}}),
		nodes(graph.NodeDraft{Keys: []graph.Key{codeKey("f1")}}),
		edges(graph.EdgeDraft{Kind: "SINKS", From: codeKey("f1"), To: codeKey("f2")}),
		edges(graph.EdgeDraft{Kind: "Firm", From: codeKey("f1"), To: codeKey("f2")}),
		edges(graph.EdgeDraft{Kind: "SITED_IN", From: codeKey("f1"), To: codeKey("f2")}),
		edges(graph.EdgeDraft{Kind: "SITED_IN", From: townKey("t1"), To: codeKey("f2")}),
	)},
	{"an unknown property fails the batch with ErrInvalid", refuses(
		nodes(firm("f1", fact("colour", "red"))),
		nodes(town("t1", fact("staff", int64(1)))),
		edges(supplies(codeKey("f1"), codeKey("f2"), fact("use", "office"))),
	)},
	{"a value that the schema does not allow fails the batch with ErrInvalid", refuses(
		nodes(firm("f1", fact("staff", 120))),
		nodes(firm("f1", fact("staff", 120.0))),
		nodes(firm("f1", fact("staff", "120"))),
		nodes(firm("f1", fact("staff", nil))),
		nodes(firm("f1", fact("score", int64(1)))),
		nodes(firm("f1", fact("score", math.NaN()))),
		nodes(firm("f1", fact("score", math.Inf(1)))),
		nodes(firm("f1", fact("note", "\xff not UTF-8"))),
		nodes(firm("f1", fact("note", []byte("text")))),
		nodes(firm("f1", fact("listed", "true"))),
		nodes(firm("f1", fact("founded", "2016-02-30"))),
		nodes(firm("f1", fact("size", "MEDIUM"))),
		nodes(firm("f1", fact("uscc", "91350100M000100Y4Z"))),
		nodes(firm("f1", fact("tags", []string{"b", "a"}))),
		nodes(firm("f1", fact("tags", []string{"a", "a"}))),
		nodes(firm("f1", fact("tags", "a"))),
		nodes(firm("f1", fact("", "it exists"))),
		edges(supplies(codeKey("f1"), codeKey("f2"), fact("share", "35 %"))),
		edges(graph.EdgeDraft{Kind: "SUPPLIES", From: codeKey("f1"), To: codeKey("f2"), Discriminator: "two"}),
		edges(graph.EdgeDraft{
			Kind: "SITED_IN", From: codeKey("f1"), To: townKey("t1"), Discriminator: "office",
			Facts: []graph.Fact{fact("use", "plant")},
		}),
	)},
	{"a draft without a key fails the batch with ErrInvalid", refuses(
		nodes(graph.NodeDraft{Kind: "Firm", Facts: []graph.Fact{exists()}}),
		nodes(firmOf([]graph.Key{""})),
		nodes(firmOf([]graph.Key{"Firm"})),
		nodes(firmOf([]graph.Key{"Firm/"})),
		nodes(firmOf([]graph.Key{"Firm/code="})),
		nodes(firmOf([]graph.Key{"Firm/note=x"})),
		nodes(firmOf([]graph.Key{"Firm/name=x"})),
		nodes(firmOf([]graph.Key{"Firm/code=x&town=y"})),
		nodes(firmOf([]graph.Key{codeKey("f1"), townKey("t1")})),
		nodes(firmOf([]graph.Key{codeKey(strings.Repeat("x", graph.MaxKeyLen))})),
		nodes(firmOf([]graph.Key{codeKey("\xff")})),
		nodes(firmOf([]graph.Key{graph.IDKey(PlainID("nothing"))})),
		nodes(firmOf([]graph.Key{graph.IDKey("no id at all")})),
		nodes(graph.NodeDraft{Kind: "Town", Keys: []graph.Key{graph.IDKey(PlainID(codeKey("f1")))}}),
	)},
	{"a fact without a source, a day or a grade fails the batch with ErrInvalid", refuses(
		nodes(firm("f1", fact("note", "x", graph.Provenance{AsOf: "2024", Grade: graph.GradeA}))),
		nodes(firm("f1", fact("note", "x", graph.Provenance{Source: "s", Grade: graph.GradeA}))),
		nodes(firm("f1", fact("note", "x", graph.Provenance{Source: "s", AsOf: "2024"}))),
		nodes(firm("f1", fact("note", "x", graph.Provenance{Source: "s", AsOf: "2024", Grade: "E"}))),
		nodes(firm("f1", fact("note", "x", graph.Provenance{Source: "s", AsOf: "May 2024", Grade: graph.GradeA}))),
		edges(supplies(codeKey("f1"), codeKey("f2"), exists(graph.Provenance{Source: "s", AsOf: "2024", Grade: "a"}))),
	)},
	{"the error names every such draft", namesAll},
	{"a faulty draft is not blamed on the edges to it", blamesOnce},
}

// refuses returns a check that each of the batches is refused and nothing of it
// remains. Each has one faulty draft, among others without a fault.
func refuses(faulty ...graph.Batch) func(testing.TB, Opener) {
	return func(t testing.TB, open Opener) {
		f := start(t, open)
		f.apply(small())
		for i, b := range faulty {
			batch := join(nodes(firm("f9")), b, edges(supplies(codeKey("f9"), codeKey("f1"))))
			want := graph.Fault{Index: 1}
			if len(b.Edges) > 0 {
				want = graph.Fault{Edge: true, Index: 0}
			}
			_, err := f.store.Apply(t.Context(), batch)
			var invalid *graph.InvalidError
			if !errors.Is(err, graph.ErrInvalid) || !errors.As(err, &invalid) {
				t.Errorf("batch %d gives %v, not an InvalidError", i, err)
				continue
			}
			if len(invalid.Faults) != 1 || invalid.Faults[0].Edge != want.Edge || invalid.Faults[0].Index != want.Index {
				t.Errorf("batch %d gives the faults %v, want one with %+v", i, invalid.Faults, want)
			}
		}
		if f.version() != 1 {
			t.Errorf("the version is %d after refused batches", f.version())
		}
		f.wantContents(small())
	}
}

func namesAll(t testing.TB, open Opener) {
	f := start(t, open)
	var b graph.Batch
	var want []string
	for i := range 50 {
		b.Nodes = append(b.Nodes, firm(fmt.Sprint("f", i)))
		b.Edges = append(b.Edges, supplies(codeKey("f0"), codeKey(fmt.Sprint("f", i))))
		switch i % 5 {
		case 1:
			b.Nodes[i].Facts = append(b.Nodes[i].Facts, fact("colour", "red"))
			want = append(want, fmt.Sprint("node ", i, " colour"))
		case 2:
			b.Nodes[i].Facts = append(b.Nodes[i].Facts, fact("staff", "many"), fact("note", 1))
			want = append(want, fmt.Sprint("node ", i, " staff"), fmt.Sprint("node ", i, " note"))
		case 3:
			b.Edges[i].To = codeKey("nobody")
			want = append(want, fmt.Sprint("edge ", i, " "))
		}
	}
	_, err := f.store.Apply(t.Context(), b)
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("the batch gives %v, not an InvalidError", err)
	}
	var got []string
	for _, fault := range invalid.Faults {
		sort := "node"
		if fault.Edge {
			sort = "edge"
		}
		if fault.Reason.IsZero() {
			t.Errorf("no reason is given for %+v", fault)
		}
		got = append(got, fmt.Sprintf("%s %d %s", sort, fault.Index, fault.Property))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the faults are\n%q, want\n%q", got, want)
	}
	if len(err.Error()) > 8000 {
		t.Errorf("the text of the error has %d bytes", len(err.Error()))
	}
}

func blamesOnce(t testing.TB, open Opener) {
	f := start(t, open)
	_, err := f.store.Apply(t.Context(), join(
		nodes(firm("f1", fact("staff", "many")), firm("f2")),
		edges(supplies(codeKey("f2"), codeKey("f1"))),
	))
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Faults) != 1 || invalid.Faults[0].Edge {
		t.Errorf("the error is %v, want one fault, of the node", err)
	}
}
