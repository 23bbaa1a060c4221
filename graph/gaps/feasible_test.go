package gaps_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/feasibility"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// TestFeasibilityAddsUp checks the learned scores of all gaps of the sample
// pack: every term is its weight times how far the value lies from the mean of
// the gaps, the terms add up to the score, and so do the gaps to 0 on average.
func TestFeasibilityAddsUp(t *testing.T) {
	p := questiontest.SamplePicture(t)
	for _, region := range []string{"330100", "330000"} {
		answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: region, WithEmpty: true, Levels: lines.All})
		if err != nil {
			t.Fatal(err)
		}
		sum, best, scored := map[int]float64{}, map[int]float64{}, map[int]int{}
		others := map[int]bool{} // depths with links where only companies outside the population are
		for _, v := range answer.Verdicts {
			f := v.Feasibility()
			score, known := f.Score.Get()
			if v.State == gaps.NotJudged {
				if known || f.Score.Why() != "NOT_JUDGED" || len(f.Terms) > 0 {
					t.Fatalf("%s: holds no companies and has the score %v, %s", p.Code(v.Link), score, f.Score.Why())
				}
				continue
			}
			if known == (v.Numbers.Companies > 0) {
				t.Fatalf("%s: %d companies, score %v, %s", p.Code(v.Link), v.Numbers.Companies, score, f.Score.Why())
			}
			if !known {
				others[v.Depth] = others[v.Depth] || slices.Contains(v.Flags, gaps.OthersPresent)
				if f.Score.Why() != gaps.AlreadyHere || len(f.Terms) > 0 {
					t.Fatalf("%s: no score because of %s, with %d terms", p.Code(v.Link), f.Score.Why(), len(f.Terms))
				}
				continue
			}
			checkFeasibility(t, p.Code(v.Link), f, score)
			sum[v.Depth] += score
			scored[v.Depth]++
			best[v.Depth] = max(best[v.Depth], f.Rank.Or(0))
		}
		for depth, n := range scored {
			mean := 1e-3
			if others[depth] { // such a link is no gap, though the population lacks it and the mean is over its gaps
				mean = 2e-2
			}
			if math.Abs(sum[depth]/float64(n)) > mean || n > 1 && best[depth] < 0.9 {
				t.Errorf("%s: %d gaps of depth %d have a mean of %v and a best rank of %v", region, n, depth, sum[depth]/float64(n), best[depth])
			}
		}
		if len(scored) < 2 {
			t.Errorf("%s: gaps of %d depths are scored", region, len(scored))
		}
	}
}

func checkFeasibility(t *testing.T, link string, f *gaps.Feasibility, score float64) {
	t.Helper()
	total := 0.0
	if len(f.Terms) != len(feasibility.TermNames()) {
		t.Fatalf("%s: %d terms", link, len(f.Terms))
	}
	for _, term := range f.Terms {
		total += term.Points
		if want := term.Weight * (term.Value - term.Mean) / term.Deviation; math.Abs(want-term.Points) > 5.1e-5 {
			t.Fatalf("%s: %s has %v points instead of %v", link, term.Code, term.Points, want)
		}
		if term.Label.Zh == "" || term.Label.En == "" || term.Text.Zh == "" || term.Text.En == "" {
			t.Fatalf("%s: %s is not said in both languages", link, term.Code)
		}
	}
	if math.Abs(total-score) > 1e-9 {
		t.Fatalf("%s: score %v, but its terms add up to %v", link, score, total)
	}
}

// TestFeasibilityKnowsNoFuture adds companies stated after the day of a picture:
// the scores of that day stay, those of the later day change.
func TestFeasibilityKnowsNoFuture(t *testing.T) {
	b := questiontest.NewBuilder()
	var cities, links []graph.Key
	for i, code := range []string{"330100", "330200", "330300", "330400"} {
		cities = append(cities, b.Node("Region", questiontest.Props{"code": code, "name": fmt.Sprint("市", i)}))
	}
	chain := b.Node("Chain", questiontest.Props{"code": "c", "name": "链"})
	for i := range 6 {
		links = append(links, b.Node("Link", questiontest.Props{"code": fmt.Sprint("c.l", i), "name": fmt.Sprint("环节", i)}))
		b.Edge("PART_OF", links[i], chain, nil)
	}
	company := func(name string, founded, city, link int) {
		key := b.Node("Company", questiontest.Props{"name": name, "founded": fmt.Sprint(founded)})
		b.Edge("LOCATED_IN", key, cities[city], questiontest.Props{"role": "REGISTERED"})
		b.Edge("OPERATES_IN", key, links[link], nil)
	}
	for i := range 14 {
		company(fmt.Sprint("企业", i), 2008+i, (i*i)%4, (i*5+i/4)%5)
	}
	then := b.Batch()
	b = questiontest.NewBuilder()
	b.Provenance.AsOf = "2025-06-30"
	for i := range 5 {
		company(fmt.Sprint("后来企业", i), 2025, 1+i%3, 5)
	}
	before, after := questiontest.Store(t, t, then), questiontest.Store(t, t, then, b.Batch())
	scores := func(store graph.Reader, day string) string {
		p, err := projection.Build(t.Context(), schema.Default(), store, projection.AsOf(day))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: "330100", OrderBy: gaps.ByCode, Levels: lines.All})
		if err != nil {
			t.Fatal(err)
		}
		stated := ""
		for _, v := range answer.Verdicts {
			f := v.Feasibility()
			stated += fmt.Sprintln(p.Code(v.Link), f.Score, f.Rank, f.Terms)
		}
		return stated
	}
	want := scores(before, "2024-06-30")
	if got := scores(after, "2024-06-30"); got != want {
		t.Errorf("what was stated later changes the scores of an earlier day:\n%s\n%s", want, got)
	}
	if scores(after, "2025-06-30") == want {
		t.Error("what was stated later changes nothing on the later day either")
	}
}
