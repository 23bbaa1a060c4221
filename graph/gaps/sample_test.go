package gaps_test

import (
	"maps"
	"testing"

	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestSampleStates holds the verdicts on the sample pack of December 2026 by listed
// companies: how many links of each state regions have, of the 690 at which anybody in the
// country is. 嵊州 has one listed company, of which nothing follows.
func TestSampleStates(t *testing.T) {
	p := questiontest.FrozenPicture(t)
	for _, of := range []struct {
		region string
		states map[string]int
	}{
		{"330100", map[string]int{"ABSENT": 468, "WEAK": 27, "ADEQUATE": 173, "STRONG": 14, "UNKNOWN HIDDEN": 8}},
		{"330000", map[string]int{"ABSENT": 280, "WEAK": 49, "ADEQUATE": 302, "STRONG": 43, "UNKNOWN HIDDEN": 16}},
		{"340100", map[string]int{"ABSENT": 587, "WEAK": 6, "ADEQUATE": 89, "STRONG": 1, "UNKNOWN HIDDEN": 7}},
		{"330683", map[string]int{"PRESENT TOO_FEW": 9, "UNKNOWN TOO_FEW": 681}},
	} {
		answer, err := gaps.Ask(t.Context(), p, tuning.Default(), gaps.Question{Region: of.region, Levels: lines.All})
		if err != nil {
			t.Fatal(err)
		}
		if states := statesOf(answer); !maps.Equal(states, of.states) {
			t.Errorf("%s: states %v, want %v", of.region, states, of.states)
		}
		if answer.Empty != 1066 {
			t.Errorf("%s: %d links are empty", of.region, answer.Empty)
		}
	}
}

// statesOf counts the states of an answer, with why they are UNKNOWN or PRESENT.
func statesOf(answer *gaps.Answer) map[string]int {
	states := map[string]int{}
	for _, v := range answer.Verdicts {
		state := string(v.State)
		if v.State == gaps.Unknown || v.State == gaps.Present {
			state += " " + string(v.Flags[0])
		}
		states[state]++
	}
	return states
}

func benchmarkAsk(b *testing.B, p *projection.Projection, q gaps.Question, reasons bool) {
	b.Helper()
	settings := tuning.Default()
	ask := func() *gaps.Answer {
		answer, err := gaps.Ask(b.Context(), p, settings, q)
		if err != nil {
			b.Fatal(err)
		}
		return answer
	}
	links := len(ask().Verdicts) // fits priors and relatedness, once for a picture
	b.ReportAllocs()
	for b.Loop() {
		answer := ask()
		if reasons {
			for _, v := range answer.Verdicts {
				v.Reasons()
			}
		}
	}
	b.ReportMetric(float64(links), "links")
}

// BenchmarkGapsHangzhou asks for all links of the sample pack in Hangzhou.
func BenchmarkGapsHangzhou(b *testing.B) {
	p := questiontest.SamplePicture(b)
	all := gaps.Question{Region: "330100", Levels: lines.All}
	one := gaps.Question{Region: "330100", Scope: []string{"aiot"}, Levels: lines.All}
	b.Run("five ecosystems", func(b *testing.B) { benchmarkAsk(b, p, all, false) })
	b.Run("five ecosystems with reasons", func(b *testing.B) { benchmarkAsk(b, p, all, true) })
	b.Run("one ecosystem", func(b *testing.B) { benchmarkAsk(b, p, one, false) })
	b.Run("Zhejiang", func(b *testing.B) { benchmarkAsk(b, p, gaps.Question{Region: "330000", Levels: lines.All}, false) })
}

// BenchmarkGapsColdRegion asks for all links in a region that nobody asked for
// before, with settings that nobody used before: everything that depends on the
// region is computed, what depends on the country alone is cached.
func BenchmarkGapsColdRegion(b *testing.B) {
	p := questiontest.SamplePicture(b)
	settings := tuning.Default()
	n := 0
	for b.Loop() {
		n++
		settings.PullHalf = 5 + float64(n)/1e6
		if _, err := gaps.Ask(b.Context(), p, settings, gaps.Question{Region: "330100", Levels: lines.All}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCompareProvinces compares one chain over the 34 provinces: again,
// and when no verdict is known yet.
func BenchmarkCompareProvinces(b *testing.B) {
	p := questiontest.SamplePicture(b)
	b.Run("again", func(b *testing.B) { benchmarkCompare(b, p, "bio-medicine", false) })
	b.Run("at first", func(b *testing.B) { benchmarkCompare(b, p, "bio-medicine", true) })
}

// benchmarkCompare compares provinces; with anew the settings differ
// each time, so that everything that depends on a region is computed.
func benchmarkCompare(b *testing.B, p *projection.Projection, scope string, anew bool) {
	q := gaps.CompareQuestion{Scope: []string{scope}, Regions: questiontest.CodesAt(p, projection.LevelProvince), Levels: lines.All}
	settings := tuning.Default()
	n := 0
	ask := func() {
		if n++; anew {
			settings.PullHalf = 5 + float64(n)/1e6
		}
		if _, err := gaps.Compare(b.Context(), p, settings, q); err != nil {
			b.Fatal(err)
		}
	}
	questiontest.Measure(b, ask)
	b.ReportMetric(float64(len(q.Regions)), "regions")
}

// BenchmarkWhatIf lets five companies from elsewhere land in Hangzhou.
func BenchmarkWhatIf(b *testing.B) { benchmarkWhatIf(b, questiontest.SamplePicture(b)) }

// benchmarkWhatIf lets other companies land each time.
func benchmarkWhatIf(b *testing.B, p *projection.Projection) {
	first, end := p.CompaniesIn("440000")
	v := first
	ask := func() {
		q := gaps.WhatIfQuestion{Region: "330100"}
		for range 5 {
			if v++; v >= end {
				v = first
			}
			q.Land = append(q.Land, string(p.ID(v)))
		}
		if _, err := gaps.WhatIf(b.Context(), p, tuning.Default(), q); err != nil {
			b.Fatal(err)
		}
	}
	questiontest.Measure(b, ask)
}
