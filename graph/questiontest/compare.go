package questiontest

import (
	"fmt"
	"math"
	"slices"

	"liantu/graph/gaps"
	"liantu/graph/projection"
)

// RowOf converts a verdict to the form of the oracle.
func RowOf(p *projection.Projection, v *gaps.Verdict) Row {
	n := &v.Numbers
	r := Row{
		Link: p.Code(v.Link), State: v.State, Action: v.Action, Computed: v.Computed, Flags: v.Flags,
		Counts: [8]int{
			n.Companies, n.Coverage.Companies, n.Coverage.Attributed,
			n.ReferenceCompanies, n.Reference.Companies, n.Reference.Attributed, n.Anchors, n.ReferenceAnchors,
		},
		Numbers: map[string]float64{}, Confidence: v.Confidence, Priority: v.Priority,
	}
	for name, f := range map[string]gaps.Figure{
		"prior": n.Prior, "severity": v.Severity, "hidden": n.Hidden, "top1": n.Top1, "share": n.Share,
		"expected": n.Expected, "lq": n.LQ, "mean": n.Mean, "low": n.Low, "high": n.High,
		"weak": n.ProbabilityWeak, "fair": n.ProbabilityFair, "strong": n.ProbabilityStrong,
		"pull_down": n.PullDown, "pull_up": n.PullUp, "leaked": n.Leaked, "density": n.Density,
		"density_median": n.DensityMedian, "density_rank": n.DensityRank, "momentum": n.Momentum,
		"chain_presence": n.ChainPresence,
	} {
		r.Numbers[name] = f.Or(math.NaN())
	}
	return r
}

// Compare reports in which points two answers differ, a line for each: got and
// want must hold the same links in the same order. Counts, flags, states,
// actions and classes must be equal; numbers may differ by 1e-5, relative to
// those above 1, the prior by a thousandth where it is fitted, and points by
// their rounding. States and what follows from them are not compared where
// want says that rounding decides them. A number that only one of the two
// rows has is not compared.
func Compare(got, want []Row) []string {
	var faults []string
	if len(got) != len(want) {
		return []string{fmt.Sprintf("%d links instead of %d", len(got), len(want))}
	}
	// A state that rounding decides may change the action of other links.
	close := slices.ContainsFunc(want, func(r Row) bool { return r.Close })
	for i := range got {
		g, w := got[i], want[i]
		fault := func(what string, got, want any) {
			faults = append(faults, fmt.Sprintf("%s: %s is %v instead of %v", w.Link, what, got, want))
		}
		if g.Link != w.Link {
			fault("link", g.Link, w.Link)
			continue
		}
		if g.Counts != w.Counts {
			fault("counts n N A nP NP AP anchors", g.Counts, w.Counts)
		}
		if !slices.Equal(g.Flags, w.Flags) {
			fault("flags", g.Flags, w.Flags)
		}
		for _, name := range sharedNames(g, w) {
			if x, y := g.Numbers[name], w.Numbers[name]; !near(x, y, tolerance(name)) {
				fault(name, x, y)
			}
		}
		if w.Close {
			continue
		}
		if g.State != w.State || !near(g.Confidence, w.Confidence, 1e-5) {
			fault("state", fmt.Sprint(g.State, " ", g.Confidence), fmt.Sprint(w.State, " ", w.Confidence))
		}
		if !close && (g.Action != w.Action || g.Computed != w.Computed) {
			fault("action", fmt.Sprint(g.Action, " ", g.Computed), fmt.Sprint(w.Action, " ", w.Computed))
		}
		if !near(g.Priority, w.Priority, 2.1e-4) {
			fault("priority", g.Priority, w.Priority)
		}
	}
	return faults
}

func sharedNames(g, w Row) []string {
	var names []string
	for name := range w.Numbers {
		if _, ok := g.Numbers[name]; ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func tolerance(name string) float64 {
	if name == "prior" {
		return 1e-3
	}
	return 1e-5
}

func near(x, y, tolerance float64) bool {
	if math.IsNaN(x) || math.IsNaN(y) {
		return math.IsNaN(x) && math.IsNaN(y)
	}
	return math.Abs(x-y) <= tolerance*math.Max(1, math.Abs(y))
}
