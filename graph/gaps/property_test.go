package gaps_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// askRandom draws a graph and a question and returns the answer.
func askRandom(t *testing.T, rt *rapid.T) (*projection.Projection, *gaps.Answer) {
	p := questiontest.Picture(t, rt, questiontest.Store(t, rt, questiontest.Random(rt)))
	region, peers, grade := questiontest.RandomQuestion(rt)
	answer, err := gaps.Ask(t.Context(), p, questiontest.RandomSettings(rt), gaps.Question{Region: region, Peers: peers, MinGrade: grade, WithEmpty: true, Levels: lines.All})
	if err != nil {
		rt.Fatal(err)
	}
	return p, answer
}

// TestVerdictsAddUp checks what must hold of every verdict, whatever the graph.
func TestVerdictsAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, answer := askRandom(t, rt)
		for _, v := range answer.Verdicts {
			checkPoints(rt, v)
			checkNumbers(rt, v)
			checkEvidence(rt, p, v)
		}
		block := func(v *gaps.Verdict) float64 {
			if v.Severity.Why() != "" {
				return 0
			}
			return 10
		}
		if !slices.IsSortedFunc(answer.Verdicts, func(a, b *gaps.Verdict) int { return -compareFloats(block(a)+a.Priority, block(b)+b.Priority) }) {
			rt.Fatal("verdicts are not in the order of priority")
		}
	})
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func checkPoints(rt *rapid.T, v *gaps.Verdict) {
	terms, reasons := 0.0, 0.0
	for _, term := range v.Terms {
		terms += term.Points
		if x, known := term.Value.Get(); x < 0 || x > 1 || !known && term.Points != 0 {
			rt.Fatalf("term %s has value %v and %v points", term.Code, x, term.Points)
		}
	}
	for _, r := range v.Reasons() {
		reasons += r.Points
		if r.Text.Zh == "" || r.Text.En == "" {
			rt.Fatalf("reason %s is not said in both languages", r.Code)
		}
	}
	if math.Abs(terms-v.Priority) > 1e-12 || math.Abs(reasons-v.Priority) > 1e-12 {
		rt.Fatalf("priority %v, but terms add up to %v and reasons to %v", v.Priority, terms, reasons)
	}
}

func checkNumbers(rt *rapid.T, v *gaps.Verdict) {
	n := &v.Numbers
	mean, known := n.Mean.Get()
	if known {
		sum := n.ProbabilityWeak.Or(0) + n.ProbabilityFair.Or(0) + n.ProbabilityStrong.Or(0)
		if math.Abs(sum-1) > 1e-9 {
			rt.Fatalf("probabilities add up to %v", sum)
		}
		if low, high := n.Low.Or(-1), n.High.Or(-1); low > mean && n.Companies > 0 || high < mean && n.Companies > 0 || low > high || low < 0 {
			rt.Fatalf("the interval %v to %v does not bracket the mean %v", low, high, mean)
		}
	} else if v.State == gaps.Weak || v.State == gaps.Adequate || v.State == gaps.Strong {
		rt.Fatalf("state %s without a location quotient", v.State)
	}
	if v.Confidence < 0 || v.Confidence > 1 || math.IsNaN(v.Confidence) {
		rt.Fatalf("confidence %v", v.Confidence)
	}
	if f := v.Comparable; f != nil && (int(n.FrameCompanies.Or(0)) > min(n.Companies, f.Coverage.Attributed) || !f.Comparable) {
		rt.Fatalf("n=%d, n′=%v of %+v", n.Companies, n.FrameCompanies, f)
	}
	if v.State == gaps.Absent && (n.Companies > 0 || v.Naming == nil || !v.Naming.Large) {
		rt.Fatalf("absent with %d companies, by %+v", n.Companies, v.Naming)
	}
}

func checkEvidence(rt *rapid.T, p *projection.Projection, v *gaps.Verdict) {
	companies := map[projection.Vertex]bool{}
	for _, e := range v.Evidence() {
		companies[e.Company] = true
		if !slices.Contains(p.CountedAt(v.Link), e.Link) || e.Source == "" || !e.Grade.Valid() {
			rt.Fatalf("evidence %+v does not belong to the verdict", e)
		}
	}
	if len(companies) != v.Numbers.Companies || len(v.Companies()) != v.Numbers.Companies {
		rt.Fatalf("evidence for %d companies and a list of %d, but n=%d", len(companies), len(v.Companies()), v.Numbers.Companies)
	}
	if (len(v.Sources()) > 0) != (v.Numbers.Companies > 0) {
		rt.Fatalf("%d sources for %d companies", len(v.Sources()), v.Numbers.Companies)
	}
}

// TestChangesAreTrue applies what a verdict says would change it and asks
// again: the state must be the predicted one. Sizes are left out of it, since a
// predicted company is an average one, and so is the fit of the prior.
func TestChangesAreTrue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		batch := questiontest.Random(rt)
		region := rapid.SampledFrom([]string{"330100", "330106", "320500", "330000"}).Draw(rt, "region")
		store := questiontest.Store(t, rt, batch)
		p := questiontest.Picture(t, rt, store)
		settings := questiontest.RandomSettings(rt)
		settings.SingleFirmMin = 100 // sizes decide nothing
		settings.PriorMin, settings.PriorMax = 1, 1
		q := gaps.Question{Region: region, OrderBy: gaps.ByCode, MinGrade: graph.GradeD, WithEmpty: true, Levels: lines.All}
		before, err := gaps.Ask(t.Context(), p, settings, q)
		if err != nil {
			rt.Fatal(err)
		}
		v := rapid.SampledFrom(before.Verdicts).Draw(rt, "verdict")
		if v.Comparable != nil && v.Comparable.Date > p.AsOf() {
			return // what a list of a later day states would make it another day
		}
		for _, change := range v.WhatWouldChange() {
			if change.Kind != gaps.MoreCompanies && change.Kind != gaps.OneAnchor || change.Count == 0 {
				continue
			}
			more := questiontest.Store(t, rt, batch, arrivals(p, v, region, change))
			after, err := gaps.Ask(t.Context(), questiontest.Picture(t, rt, more), settings, q)
			if err != nil {
				rt.Fatal(err)
			}
			i := slices.IndexFunc(before.Verdicts, func(w *gaps.Verdict) bool { return w == v })
			if got := after.Verdicts[i].State; got != change.State {
				rt.Fatalf("%s: predicted %s by %s %d, found %s", p.Code(v.Link), change.State, change.Kind, change.Count, got)
			}
		}
	})
}

// countyIn returns a county of a region, which a list covers if the frame is complete
// there; the region itself if the graph has none.
func countyIn(p *projection.Projection, region string) string {
	for _, county := range p.RegionsAt(projection.LevelCounty, region) {
		return p.AreaOf(county)
	}
	return region
}

// listOf returns a current list of a place and a day as of which it names members.
func listOf(p *projection.Projection, f *gaps.Frame, place string) (name, day string) {
	for _, frame := range area.FramesOf(p, "") {
		if frame.Population != f.Population || !slices.Equal(frame.Scope, f.Scope) {
			continue
		}
		day, _ = frame.CompleteIn(place)
		for _, name := range frame.SourcesIn(place) {
			if v, err := p.Lookup(name, projection.Source); err == nil {
				if placed, _ := p.Value(v, "is_placement"); placed != true {
					return name, day
				}
			}
		}
	}
	return "", ""
}

// arrivals are the companies that a change speaks of.
// They are members of the comparable frame, if there is one.
func arrivals(p *projection.Projection, v *gaps.Verdict, region string, change gaps.WouldChange) graph.Batch {
	b := questiontest.NewBuilder()
	if v.Comparable != nil {
		region = countyIn(p, region)
		b.Provenance.Source, b.Provenance.AsOf = listOf(p, v.Comparable, region)
	}
	place := b.Node("Region", questiontest.Props{"code": region})
	link := b.Node("Link", questiontest.Props{"code": p.Code(v.Link)})
	for i := range change.Count {
		company := b.Node("Company", questiontest.Props{"name": "新企" + string(rune('A'+i))})
		b.Edge("LOCATED_IN", company, place, questiontest.Props{"role": "REGISTERED"})
		leads := questiontest.Props{}
		if change.Kind == gaps.OneAnchor && i == 0 {
			leads["leader"] = true
		}
		b.Edge("OPERATES_IN", company, link, leads)
	}
	return b.Batch()
}

// TestOneMoreCompanyNeverLowersTheQuotient checks that good news is good news:
// the mean of λ rises when a local company is found at the link that was known
// at others, and when a new one comes to a region outside the reference. (A new
// company in a region that is most of the reference raises what is expected.)
func TestOneMoreCompanyNeverLowersTheQuotient(t *testing.T) {
	settings := tuning.Default()
	settings.MinPopulation = 1
	mean := func(n, a, np, ap int, prior float64) float64 {
		j := gaps.Judge(&settings, gaps.Tally{
			Companies: n, InCountry: np, Comparable: true, Members: n, Attributed: a, ReferenceMembers: np, ReferenceAttributed: ap, Prior: prior,
			Top1: gaps.Missing(gaps.NoCapacity),
		})
		return j.Mean.Or(0)
	}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 50).Draw(rt, "local companies at the link")
		others := rapid.IntRange(1, 300).Draw(rt, "other local companies")
		outside := rapid.IntRange(1, 500).Draw(rt, "companies elsewhere at the link")
		rest := rapid.IntRange(0, 5000).Draw(rt, "other companies elsewhere")
		prior := rapid.Float64Range(0.1, 100).Draw(rt, "prior")
		all := n + others + outside + rest
		if was, is := mean(n, n+others, n+outside, all, prior), mean(n+1, n+others, n+outside+1, all, prior); is < was-1e-12 {
			rt.Fatalf("a company found at the link lowers the mean from %v to %v", was, is)
		}
		if was, is := mean(n, n+others, outside, outside+rest, prior), mean(n+1, n+others+1, outside, outside+rest, prior); is < was-1e-12 {
			rt.Fatalf("a company that comes lowers the mean from %v to %v", was, is)
		}
	})
}

// TestOrderOfArrivalMeansNothing loads the drafts of a graph in two orders and
// portions and compares everything that is said.
func TestOrderOfArrivalMeansNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		batch := questiontest.Random(rt)
		region, peers, grade := questiontest.RandomQuestion(rt)
		q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, Levels: lines.All}
		one := questiontest.Picture(t, rt, questiontest.Store(t, rt, batch))
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		nodes, edges := slices.Clone(batch.Nodes), slices.Clone(batch.Edges)
		r.Shuffle(len(nodes), func(i, j int) { nodes[i], nodes[j] = nodes[j], nodes[i] })
		r.Shuffle(len(edges), func(i, j int) { edges[i], edges[j] = edges[j], edges[i] })
		cut := r.IntN(len(nodes) + 1)
		other := questiontest.Picture(t, rt, questiontest.Store(t, rt, graph.Batch{Nodes: nodes[:cut]}, graph.Batch{Nodes: nodes[cut:], Edges: edges}))
		a, b := say(t, rt, one, q), say(t, rt, other, q)
		if !slices.Equal(a, b) {
			rt.Fatalf("one order gives\n%v\nanother\n%v", a, b)
		}
	})
}

// say returns all that an answer says, as text without ids.
func say(t *testing.T, rt *rapid.T, p *projection.Projection, q gaps.Question) []string {
	answer, err := gaps.Ask(t.Context(), p, tuning.Default(), q)
	if err != nil {
		rt.Fatal(err)
	}
	var said []string
	for _, v := range answer.Verdicts {
		said = append(said, p.Code(v.Link), string(v.State), string(v.Action))
		for _, r := range v.Reasons() {
			said = append(said, r.Text.Zh)
		}
		for _, c := range v.WhatWouldChange() {
			said = append(said, c.Text.En)
		}
		for _, e := range v.Evidence() {
			said = append(said, p.Caption(e.Company), e.Source, e.AsOf)
		}
	}
	return said
}
