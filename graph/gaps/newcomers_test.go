package gaps_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/newcomers"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestNewcomersAreTrue supposes companies that the graph does not hold, then really adds them,
// as a source that is no list states them, and asks again.
func TestNewcomersAreTrue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		batch := questiontest.Random(rt)
		p := questiontest.Picture(t, rt, questiontest.Stream(t.Context(), rt, batch))
		region := rapid.SampledFrom([]string{"330000", "330100", "320500", "330106"}).Draw(rt, "region")
		q := gaps.WhatIfQuestion{Region: region, MinGrade: graph.GradeD}
		first, end := p.Range(projection.Link)
		b := questiontest.NewBuilder()
		b.Provenance.Source = "hearsay"
		for _, name := range []string{"来一", "来二"}[:rapid.IntRange(1, 2).Draw(rt, "newcomers")] {
			n := newcomers.Newcomer{Name: name}
			company := b.Node("Company", questiontest.Props{"name": name, "region": region})
			b.Edge("LOCATED_IN", company, graph.NewKey("Region", []string{"code"}, []string{region}), questiontest.Props{"role": "REGISTERED"})
			for range rapid.IntRange(1, 3).Draw(rt, "links") {
				code := p.Code(projection.Vertex(rapid.IntRange(int(first), int(end)-1).Draw(rt, "link")))
				if !slices.Contains(n.Links, code) {
					n.Links = append(n.Links, code)
					b.Edge("OPERATES_IN", company, graph.NewKey("Link", []string{"code"}, []string{code}), nil)
				}
			}
			q.Newcomers = append(q.Newcomers, n)
		}
		settings := questiontest.RandomSettings(rt)
		said, err := gaps.WhatIf(t.Context(), p, settings, q)
		if err != nil {
			rt.Fatal(err)
		}
		added := b.Batch()
		batch.Nodes, batch.Edges = append(slices.Clone(batch.Nodes), added.Nodes...), append(slices.Clone(batch.Edges), added.Edges...)
		after := questiontest.Picture(t, rt, questiontest.Stream(t.Context(), rt, batch))
		answer, err := gaps.Ask(t.Context(), after, settings, gaps.Question{Region: region, MinGrade: graph.GradeD, OrderBy: gaps.ByCode, WithEmpty: true, Levels: lines.All})
		if err != nil {
			rt.Fatal(err)
		}
		if answer.Coverage != said.After {
			rt.Fatalf("coverage %+v, predicted %+v", answer.Coverage, said.After)
		}
		for i, real := range answer.Verdicts {
			compareNewcomers(rt, after, said.Verdict(first+projection.Vertex(i)), real)
		}
	})
}

// compareNewcomers compares all but what is fitted to the country or rests on the share of the
// region in it.
func compareNewcomers(rt *rapid.T, p *projection.Projection, said, real *gaps.Verdict) {
	code := p.Code(real.Link)
	if len(said.Companies())+len(said.Newcomers()) != len(real.Companies()) {
		rt.Fatalf("%s: %d companies and %d newcomers, in truth %d", code, len(said.Companies()), len(said.Newcomers()), len(real.Companies()))
	}
	frames := [][2]*gaps.Frame{{said.Naming, real.Naming}, {said.Comparable, real.Comparable}}
	for _, f := range frames {
		if (f[0] == nil) != (f[1] == nil) || f[0] != nil && (f[0].Name != f[1].Name || f[0].Coverage != f[1].Coverage || f[0].Reference != f[1].Reference) {
			rt.Fatalf("%s: frame %+v, in truth %+v", code, f[0], f[1])
		}
	}
	x, y := said.Numbers, real.Numbers
	if x.Companies != y.Companies || x.Anchors != y.Anchors {
		rt.Fatalf("%s: %d companies, %d anchors, in truth %d, %d", code, x.Companies, x.Anchors, y.Companies, y.Anchors)
	}
	same := func(a, b gaps.Figure) bool { return a.Why() == b.Why() && math.Abs(a.Or(0)-b.Or(0)) < 1e-9 }
	for i, f := range [][2]gaps.Figure{
		{x.FrameCompanies, y.FrameCompanies},
		{x.ReferenceCompanies, y.ReferenceCompanies},
		{x.Expected, y.Expected},
		{x.Prior, y.Prior},
		{x.PullDown, y.PullDown},
		{x.PullUp, y.PullUp},
		{x.ChainPresence, y.ChainPresence},
		{x.Density, y.Density},
		{x.Momentum, y.Momentum},
		{x.Top1, y.Top1},
		{x.Leaked, y.Leaked},
	} {
		if !same(f[0], f[1]) {
			rt.Fatalf("%s: figure %d is %v, in truth %v", code, i, f[0], f[1])
		}
	}
	if (same(x.Hidden, y.Hidden) || y.Companies > 0) && said.State != real.State {
		rt.Fatalf("%s: %s, in truth %s", code, said.State, real.State)
	}
}

// TestNewcomersAreRefused: what is not a newcomer is an error, and so is a link that is not
// there, with what may be meant.
func TestNewcomersAreRefused(t *testing.T) {
	p := questiontest.TextPicture(t, whatIfGraph)
	many := make([]newcomers.Newcomer, 100)
	for i := range many {
		many[i] = newcomers.Newcomer{Name: "来", Links: []string{"chip.fab"}}
	}
	for name, q := range map[string]gaps.WhatIfQuestion{
		"no name":        {Newcomers: []newcomers.Newcomer{{Name: " ", Links: []string{"chip.fab"}}}},
		"no link":        {Newcomers: []newcomers.Newcomer{{Name: "来"}}},
		"unknown link":   {Newcomers: []newcomers.Newcomer{{Name: "来", Links: []string{"chip.none"}}}},
		"unknown region": {Newcomers: []newcomers.Newcomer{{Name: "来", Links: []string{"chip.fab"}, From: "999999"}}},
		"too many":       {Newcomers: many, Land: []string{"深胶"}},
	} {
		q.Region = "330100"
		if _, err := gaps.WhatIf(t.Context(), p, tuning.Default(), q); !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := gaps.WhatIf(t.Context(), p, tuning.Default(), gaps.WhatIfQuestion{Region: "330100", Newcomers: many}); err != nil {
		t.Errorf("a hundred: %v", err)
	}
	for _, text := range []string{"来", "来;a;b;c"} {
		if _, err := newcomers.Parse(text); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%q: error %v", text, err)
		}
	}
	n, err := newcomers.Parse("宁德时代; battery.cells, 电芯 ;福建")
	if err != nil || n.Name != "宁德时代" || !slices.Equal(n.Links, []string{"battery.cells", "电芯"}) || n.From != "福建" {
		t.Errorf("%+v, %v", n, err)
	}
}
