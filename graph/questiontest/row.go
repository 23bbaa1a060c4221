package questiontest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"liantu/graph/gaps"
	"liantu/graph/projection"
)

// Row is a verdict as the oracle gives it. A number that is not known is NaN.
type Row struct {
	Link     string // code
	State    gaps.State
	Action   gaps.Action
	Computed gaps.Class
	Flags    []gaps.Code
	// Naming and Comparable are the population and the codes in scope of these
	// frames, joined by blanks; "" without one.
	Naming, Comparable string
	// Counts are n, N and A of everybody in the region; n′, N′ and A′ of the
	// comparable frame; the same three in the reference; those who lead at the link,
	// whoever states it, and those in the reference by the frame. What is of the
	// frame is −1 without one.
	Counts     [11]int
	Numbers    map[string]float64
	Confidence float64
	Priority   float64
	// Close says that some probability is so near to one half that rounding may
	// decide.
	Close bool
}

// RowOf converts a verdict of an answer to the form of the oracle.
func RowOf(p *projection.Projection, a *gaps.Answer, v *gaps.Verdict) Row {
	n := &v.Numbers
	r := Row{
		Link: p.Code(v.Link), State: v.State, Action: v.Action, Computed: v.Computed, Flags: v.Flags,
		Naming: frameName(p, v.Naming), Comparable: frameName(p, v.Comparable),
		Counts:  [11]int{n.Companies, a.Coverage.Companies, a.Coverage.Attributed, -1, -1, -1, -1, -1, -1, n.Anchors, -1},
		Numbers: map[string]float64{}, Confidence: v.Confidence, Priority: v.Priority,
	}
	for at, f := range map[int]gaps.Figure{3: n.FrameCompanies, 6: n.ReferenceCompanies, 10: n.ReferenceAnchors} {
		r.Counts[at] = int(f.Or(-1))
	}
	if c := v.Comparable; c != nil {
		r.Counts[4], r.Counts[5] = c.Coverage.Companies, c.Coverage.Attributed
		r.Counts[7], r.Counts[8] = c.Reference.Companies, c.Reference.Attributed
	}
	for name, f := range map[string]gaps.Figure{
		"prior": n.Prior, "severity": v.Severity, "hidden": n.Hidden, "top1": n.Top1, "share": n.Share,
		"expected": n.Expected, "lq": n.LQ, "mean": n.Mean, "low": n.Low, "high": n.High,
		"weak": n.ProbabilityWeak, "fair": n.ProbabilityFair, "strong": n.ProbabilityStrong, "weak_all": n.WeakWithAll,
		"capacity_lq": n.CapacityLQ, "capacity_mean": n.CapacityMean,
		"pull_down": n.PullDown, "pull_up": n.PullUp, "leaked": n.Leaked, "density": n.Density,
		"density_median": n.DensityMedian, "density_rank": n.DensityRank, "momentum": n.Momentum,
		"chain_presence": n.ChainPresence,
	} {
		r.Numbers[name] = f.Or(math.NaN())
	}
	return r
}

// frameName is the population of a frame and the codes in its scope, "" for nil.
func frameName(p *projection.Projection, f *gaps.Frame) string {
	if f == nil {
		return ""
	}
	return strings.Join(append([]string{string(f.Population)}, scopeCodes(p, f)...), " ")
}

func scopeCodes(p *projection.Projection, f *gaps.Frame) []string {
	codes := make([]string, len(f.Scope))
	for i, v := range f.Scope {
		codes[i] = p.Code(v)
	}
	slices.Sort(codes)
	return codes
}

// framesOf prints the frames of an answer, a line each.
func framesOf(p *projection.Projection, a *gaps.Answer) []string {
	lines := make([]string, len(a.Frames))
	for i, f := range a.Frames {
		lines[i] = frameLine(frameName(p, f), f.Date, f.Coverage, f.Large, f.Comparable, f.ReferenceDate, f.Reference)
	}
	return lines
}

func frameLine(name, date string, here gaps.Coverage, large, comparable bool, dateP string, reference gaps.Coverage) string {
	population, scope, _ := strings.Cut(name, " ")
	line := population
	if scope != "" {
		line += " scope=" + strings.ReplaceAll(scope, " ", ",")
	}
	line += fmt.Sprintf(" of %s N=%d A=%d", date, here.Companies, here.Attributed)
	if large {
		line += " large"
	}
	if comparable {
		line += fmt.Sprintf(" comparable with %s NP=%d AP=%d", dateP, reference.Companies, reference.Attributed)
	}
	return line
}
