package projection_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
)

// TestOn compares the picture of a day that is made of one of all facts with that of the store.
func TestOn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := newStore(t, rt)
		apply(t, rt, store, questiontest.Random(rt))
		whole := build(t, rt, store)
		before := describe(whole)
		day := rapid.SampledFrom([]string{"2019", "2022-12", "2023-05-31", "2030"}).Draw(rt, "day")
		made, err := whole.On(t.Context(), day)
		if err != nil {
			rt.Fatal(err)
		}
		checkConsistent(rt, made)
		if got, want := describe(made), describe(past(t, rt, store, day)); got != want {
			rt.Fatalf("the picture of %s is\n%s\nand of the store\n%s", day, got, want)
		}
		if !made.Past() || made.Present() != whole || whole.Present() != whole || made.ConsentOn() != max(made.AsOf(), whole.AsOf()) {
			rt.Fatalf("the picture of %s does not say that it is one of the past, or beside which", day)
		}
		if describe(whole) != before {
			rt.Fatal("the picture of all facts has changed")
		}
	})
}

// TestOnRefuses asks for a day that is none, and of a picture that lacks facts.
func TestOnRefuses(t *testing.T) {
	whole := build(t, t, newStore(t, t))
	if _, err := whole.On(t.Context(), "2016-13"); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a month that is none: %v", err)
	}
	if _, err := whole.On(t.Context(), ""); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("no day: %v", err)
	}
	then, err := whole.On(t.Context(), "2016")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := then.On(t.Context(), "2015"); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("of a picture of the past: %v", err)
	}
	part, err := then.Part(t.Context(), func(v projection.Vertex) *graph.Node { return then.Node(v) }, func(e *graph.Edge) *graph.Edge { return e })
	if err != nil {
		t.Fatal(err)
	}
	if part.Present() != part || part.ConsentOn() != then.ConsentOn() {
		t.Error("a part hands out the whole of another day, or forgets the day of consent")
	}
}

// TestConsentMustStillHold asks what is shown of persons of 2016: one has withdrawn the consent
// since, another has set an end to it, and two have consented only since.
func TestConsentMustStillHold(t *testing.T) {
	b := questiontest.NewBuilder()
	b.Provenance.AsOf = "2016"
	b.Node("Person", questiontest.Props{"code": "P1", "name": "示例一", "consent": "GIVEN", "category": "EXPERT"})
	b.Node("Person", questiontest.Props{"code": "P2", "name": "示例二", "consent": "GIVEN"})
	b.Node("Person", questiontest.Props{"code": "P4", "name": "示例四", "consent": "REFUSED"})
	b.Node("Person", questiontest.Props{"code": "P5", "name": "示例五"})
	b.Provenance.AsOf = "2020"
	b.Node("Person", questiontest.Props{"code": "P1", "consent": "WITHDRAWN", "category": "OFFICIAL"})
	b.Node("Person", questiontest.Props{"code": "P2", "consent_until": "2021"})
	b.Node("Person", questiontest.Props{"code": "P3", "consent": "GIVEN"})
	b.Node("Person", questiontest.Props{"code": "P4", "consent": "GIVEN"})
	b.Node("Person", questiontest.Props{"code": "P5", "consent": "GIVEN"})
	store := newStore(t, t)
	apply(t, t, store, b.Batch())
	p := past(t, t, store, "2016")
	if n := p.Count(projection.Person); n != 4 {
		t.Fatalf("%d persons were known in 2016, want 4", n)
	}
	for code, want := range map[string][2]string{"P1": {"WITHDRAWN", ""}, "P2": {"GIVEN", "2021"}, "P4": {"REFUSED", ""}, "P5": {"", ""}} {
		v, err := p.Lookup(code, projection.Person)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{p.Text(v, "consent"), p.Text(v, "consent_until")}; got != want {
			t.Errorf("in the picture of 2016 the consent of %s is %q, want %q", code, got, want)
		}
	}
	if v, _ := p.Lookup("P1", projection.Person); p.Text(v, "category") != "EXPERT" {
		t.Errorf("in the picture of 2016 the category of P1 is %q, which was stated later", p.Text(v, "category"))
	}
}
