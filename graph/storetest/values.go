package storetest

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
)

var valueChecks = []check{
	{"a value comes back as it was given, in every type", everyType},
	{"a value comes back as it was given, in every script", everyScript},
	{"a value comes back as it was given, however big", bigValues},
	{"values come back as they were given, of whatever sizes in one batch", mixedSizes},
	{"keys that differ in one letter are different", closeKeys},
	{"one property may have many values of many sources", manyFacts},
	{"facts come in the order of CompareFacts, without repetition", factOrder},
	{"of two values of one day and grade the one that the schema lists first is shown, in whatever order they come", tieBreak},
	{"a value of a stated day is shown before any of an assumed day, in whatever order they come", assumedDays},
	{"where the schema requires it a value of grade D is shown only if no source states a better one, in whatever order they come", verifiedFirst},
}

// roundTrip writes values, opens the store again and reads each of them.
func (f *fixture) roundTrip(property string, values ...any) {
	f.Helper()
	var b graph.Batch
	for i, v := range values {
		b.Nodes = append(b.Nodes, firm(fmt.Sprint(property, i), fact(property, v)))
	}
	f.apply(b)
	f.reopen()
	got := map[graph.Key]*graph.Node{}
	for _, c := range f.changes(0) {
		if c.Node != nil {
			got[c.Node.Keys[0]] = c.Node
		}
	}
	for i, want := range values {
		n := got[codeKey(fmt.Sprint(property, i))]
		if n == nil {
			f.Errorf("the firm with the %s %.80q is missing", property, fmt.Sprint(want))
			continue
		}
		if v, ok := n.Get(property); !ok || !reflect.DeepEqual(v, want) {
			f.Errorf("%s is %.80q (%T), was given as %.80q (%T)", property, fmt.Sprint(v), v, fmt.Sprint(want), want)
		}
	}
}

func everyType(t testing.TB, open Opener) {
	f := start(t, open)
	f.roundTrip("note", "a text", "0", "true", "null", "2024-01-01", "[]")
	f.roundTrip("staff", int64(0), int64(-1), int64(120), int64(math.MaxInt64), int64(math.MinInt64), int64(1<<53+1))
	f.roundTrip("score", 0.0, 1.0, -1.5, .1, 1e300, 5e-324, math.MaxFloat64)
	f.roundTrip("listed", true, false)
	f.roundTrip("capital", 0.0, 12345.678901, 3e7)
	f.roundTrip("margin", 0.35, 0.0, 1.0)
	f.roundTrip("founded", "2016", "2016-05", "2016-05-31")
	f.roundTrip("region", "330106", "330000")
	f.roundTrip("uscc", "91110000600037341L", "91350100M000100Y43")
	f.roundTrip("lei", "506700GE1G29325QX363")
	f.roundTrip("stock", "600519.SH")
	f.roundTrip("email", "info@example.org")
	f.roundTrip("site", "https://example.org/a?b=c")
	f.roundTrip("phone", "057188888888")
	f.roundTrip("size", "SMALL", "LARGE")
	f.roundTrip("tags", []string{"a"}, []string{"a", "b", "光刻胶"})
}

func everyScript(t testing.TB, open Opener) {
	f := start(t, open)
	f.roundTrip("note", "光刻胶（Ⅱ型）", "𠮷野家 𝔘𝔫𝔦", "👩‍🔬 lab", "أحمد עברית", "é ñ ü ß İ", "line\nbreak\tand tab",
		`quotes ' " and \ back-slash`, "$param {map} `tick` //comment", "trailing %", "a/b=c&d")
	keys := []graph.Key{nameKey("光刻胶／(甲)", "a=b&c/d%e"), nameKey("'); DROP", "`x`"), codeKey("代码 1")}
	var b graph.Batch
	for _, k := range keys {
		b.Nodes = append(b.Nodes, firmOf([]graph.Key{k}))
	}
	f.apply(b)
	for _, k := range keys {
		if n := f.node(k); n == nil || len(n.Keys) != 1 || n.Keys[0] != k {
			t.Errorf("the key %q finds %+v", k, n)
		}
	}
}

func bigValues(t testing.TB, open Opener) {
	f := start(t, open)
	many := make([]string, 2000)
	for i := range many {
		many[i] = fmt.Sprintf("标签 %05d", i)
	}
	f.roundTrip("note", strings.Repeat("长", 20_000), strings.Repeat("x", 60_000))
	f.roundTrip("tags", many)
	long := codeKey(strings.Repeat("键", (graph.MaxKeyLen-len("Firm/code="))/len("键")))
	f.apply(nodes(firmOf([]graph.Key{long}, fact("note", "a long key"))))
	if r := f.apply(nodes(firmOf([]graph.Key{long}, fact("note", "a long key")))); r.NodesUnchanged != 1 {
		t.Errorf("a key of %d bytes is not found again: %+v", len(long), r)
	}
}

func mixedSizes(t testing.TB, open Opener) {
	f := start(t, open)
	var texts []any
	for i := range 300 {
		texts = append(texts, strings.Repeat("长", 1+i*389%1100)) // up to 3,300 bytes, in no order
	}
	f.roundTrip("note", texts...)
}

func closeKeys(t testing.TB, open Opener) {
	f := start(t, open)
	codes := []string{"a", "A", "á", "a ", " a", "a1", "aa", "a%", "a%25", "ａ"}
	var b graph.Batch
	for _, c := range codes {
		b.Nodes = append(b.Nodes, firm(c, fact("note", "is "+strings.TrimSpace(c)+".")))
	}
	if r := f.apply(b); r.NodesCreated != len(codes) {
		t.Errorf("%d different keys give %+v", len(codes), r)
	}
	f.wantContents(b)
}

func manyFacts(t testing.TB, open Opener) {
	f := start(t, open)
	var all []graph.Batch
	for i := range 12 {
		provenance := graph.Provenance{Source: fmt.Sprintf("source %d", i%4), AsOf: fmt.Sprintf("20%02d", 10+i%5), Grade: graph.GradeB}
		b := join(nodes(firm("f1", exists(provenance), fact("staff", int64(i%3), provenance), fact("note", fmt.Sprint("note ", i), provenance)), firm("f2")),
			edges(supplies(codeKey("f1"), codeKey("f2"), exists(provenance), fact("share", float64(i)/16, provenance))))
		f.apply(b)
		all = append(all, b)
	}
	f.wantContents(all...)
}

func factOrder(t testing.TB, open Opener) {
	f := start(t, open)
	facts := []graph.Fact{
		fact("staff", int64(2)), fact("staff", int64(1)), fact("note", "b"), fact("note", "a"),
		fact("staff", int64(1), register), fact("staff", int64(2)), exists(register), exists(),
		fact("score", math.Copysign(0, -1)), fact("score", 0.0),
	}
	f.apply(nodes(firm("f1", facts...), firm("f2", fact("score", math.Copysign(0, -1)))))
	got := f.node(codeKey("f1")).Facts
	if len(got) != 8 {
		t.Errorf("there are %d facts, want 8: %v", len(got), got)
	}
	for i := 1; i < len(got); i++ {
		if graph.CompareFacts(got[i-1], got[i]) >= 0 {
			t.Errorf("the facts %v and %v are not in order", got[i-1], got[i])
		}
	}
	for _, code := range []string{"f1", "f2"} {
		if v, _ := f.node(codeKey(code)).Get("score"); math.Signbit(v.(float64)) {
			t.Errorf("a score of -0 was stored for %s, although it is equal to 0", code)
		}
	}
}

// verifiedFirst states values of several grades in both orders.
func verifiedFirst(t testing.TB, open Opener) {
	f := start(t, open)
	note := func(text, day string, g graph.Grade) graph.Fact {
		return fact("note", text, graph.Provenance{Source: "a", AsOf: day, Grade: g})
	}
	for i, c := range []struct {
		want string
		a, b graph.Fact
	}{
		{"registered", note("registered", "2020", graph.GradeA), note("listed", "2025", graph.GradeD)},
		{"disclosed", note("registered", "2020", graph.GradeA), note("disclosed", "2025", graph.GradeC)},
		{"listed", note("called", "2020", graph.GradeD), note("listed", "2025", graph.GradeD)},
	} {
		for j, order := range [][2]graph.Fact{{c.a, c.b}, {c.b, c.a}} {
			code := fmt.Sprint("verified", i, j)
			f.apply(nodes(firm(code, order[0])))
			f.apply(nodes(firm(code, order[1])))
			f.reopen()
			n := f.node(codeKey(code))
			if v, _ := n.Get("note"); v != c.want {
				t.Errorf("of %v, then %v, %v is shown, want %s", order[0], order[1], v, c.want)
			}
			if lost := n.Conflicts(); len(lost) != 1 {
				t.Errorf("of %v, then %v, the losing value is not stored: %v", order[0], order[1], lost)
			}
		}
	}
}

// assumedDays states values of stated and of assumed days in both orders, and
// takes one of them back.
func assumedDays(t testing.TB, open Opener) {
	f := start(t, open)
	staff := func(n int64, day string, g graph.Grade, assumed bool) graph.Fact {
		return fact("staff", n, graph.Provenance{Source: "a", AsOf: day, Grade: g, Assumed: assumed})
	}
	for i, c := range []struct {
		want int64
		a, b graph.Fact
	}{
		{1, staff(1, "2020", graph.GradeD, false), staff(2, "2025-03-31", graph.GradeA, true)},
		{1, staff(1, "2020", graph.GradeD, true), staff(2, "2019", graph.GradeA, true)},
		{1, staff(1, "2020", graph.GradeA, true), staff(2, "2020", graph.GradeB, true)},
		{2, staff(1, "2020", graph.GradeA, true), staff(2, "2020", graph.GradeA, false)},
	} {
		for j, order := range [][2]graph.Fact{{c.a, c.b}, {c.b, c.a}} {
			code := fmt.Sprint("assumed", i, j)
			f.apply(nodes(firm(code, order[0])))
			later := nodes(firm(code, order[1]))
			later.Load = graph.LoadInfo{ID: code}
			f.apply(later)
			f.reopen()
			n := f.node(codeKey(code))
			if v, _ := n.Get("staff"); v != c.want {
				t.Errorf("of %v, then %v, %v is shown, want %d", order[0], order[1], v, c.want)
			}
			if lost := n.Conflicts(); len(lost) != 1 {
				t.Errorf("of %v, then %v, the losing value is not stored: %v", order[0], order[1], lost)
			}
			if _, err := f.store.Undo(t.Context(), code); err != nil {
				t.Fatal(err)
			}
			if won, _ := f.node(codeKey(code)).Winner("staff"); won.Provenance != order[0].Provenance {
				t.Errorf("without the load of %v the fact is %v, want %v", order[1], won, order[0])
			}
		}
	}
	same := staff(7, "2021", graph.GradeA, false)
	assumed := same
	assumed.Assumed = true
	f.apply(nodes(firm("both", same)))
	f.apply(nodes(firm("both", assumed)))
	f.reopen()
	if n := f.node(codeKey("both")); !slices.ContainsFunc(n.Facts, func(g graph.Fact) bool { return g.Provenance == same.Provenance }) ||
		!slices.ContainsFunc(n.Facts, func(g graph.Fact) bool { return g.Provenance == assumed.Provenance }) || len(n.Conflicts()) != 0 {
		t.Errorf("of one value of one day, stated and assumed, there is %v", n.Facts)
	}
}

// tieBreak states every pair of values in both orders, by sources in both orders.
func tieBreak(t testing.TB, open Opener) {
	f := start(t, open)
	provenance := func(source, day string, g graph.Grade) graph.Provenance {
		return graph.Provenance{Source: source, AsOf: day, Grade: g}
	}
	small := func(p graph.Provenance) graph.Fact { return fact("size", "SMALL", p) }
	large := func(p graph.Provenance) graph.Fact { return fact("size", "LARGE", p) }
	for i, c := range []struct {
		want string
		a, b graph.Fact
	}{
		{"SMALL", small(provenance("a", "2024-05-01", graph.GradeB)), large(provenance("b", "2024-05-01", graph.GradeB))},
		{"SMALL", small(provenance("b", "2024-05-01", graph.GradeB)), large(provenance("a", "2024-05-01", graph.GradeB))},
		{"SMALL", small(provenance("a", "2024-05-01", graph.GradeB)), large(provenance("a", "2024-05-01", graph.GradeB))},
		{"LARGE", small(provenance("a", "2024-05-01", graph.GradeB)), large(provenance("b", "2024-05-02", graph.GradeB))},
		{"LARGE", small(provenance("a", "2024-05-01", graph.GradeB)), large(provenance("b", "2024-05-01", graph.GradeA))},
	} {
		for j, order := range [][2]graph.Fact{{c.a, c.b}, {c.b, c.a}} {
			code := fmt.Sprint("tie", i, j)
			f.apply(nodes(firm(code, order[0])))
			f.apply(nodes(firm(code, order[1])))
			f.reopen()
			n := f.node(codeKey(code))
			if v, _ := n.Get("size"); v != c.want {
				t.Errorf("of %v, then %v, %v is shown, want %s", order[0], order[1], v, c.want)
			}
			if lost := n.Conflicts(); len(lost) != 1 {
				t.Errorf("of %v, then %v, the losing value is not stored: %v", order[0], order[1], lost)
			}
		}
	}
}
