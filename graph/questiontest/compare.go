package questiontest

import (
	"fmt"
	"math"
	"slices"
)

// Compare reports in which points two answers differ, a line for each: got and
// want must hold the same links in the same order. Counts, frames, flags, states,
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
			fault("counts n N A n′ N′ A′ n′P N′P A′P anchors", g.Counts, w.Counts)
		}
		if g.Naming != w.Naming || g.Comparable != w.Comparable {
			fault("frame", g.Naming+" and "+g.Comparable, w.Naming+" and "+w.Comparable)
		}
		for _, name := range sharedNames(g, w) {
			if x, y := g.Numbers[name], w.Numbers[name]; (!w.Close || name != "severity") && !near(x, y, tolerance(name)) {
				fault(name, x, y)
			}
		}
		if w.Close {
			continue
		}
		if !slices.Equal(g.Flags, w.Flags) {
			fault("flags", g.Flags, w.Flags)
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
