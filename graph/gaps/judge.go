package gaps

import (
	"math"

	"liantu/graph/shrinkage"
	"liantu/graph/tuning"
)

// Slack is how far two numbers may be apart and still count as equal where a
// rule compares them, so that rounding decides nothing.
const Slack = 1e-9

// half is the probability from which on a state of strength is held to be so.
const half = 0.5

// Judgement is what a tally says, by the rules in the package comment.
type Judgement struct {
	State       State
	Confidence  float64
	Severity    Figure
	Flags       []Code
	Share       Figure // p′
	Expected    Figure // E′
	LQ          Figure
	Mean        Figure
	Weak        Figure // P(weak|n′)
	Fair        Figure
	Strong      Figure // P(strong|n′)
	WeakWithAll Figure // P(weak|n)
	posterior   shrinkage.Posterior
}

// Interval returns the bounds of the credible interval of λ that holds with
// the given probability; both are unknown where the mean is.
func (j *Judgement) Interval(probability float64) (low, high Figure) {
	if _, ok := j.Mean.Get(); !ok {
		return j.Mean, j.Mean
	}
	tail := (1 - probability) / 2
	return Known(j.posterior.Quantile(tail)), Known(j.posterior.Quantile(1 - tail))
}

// Judge applies the rules of states to a tally. It is a pure function; Ask
// uses it for every link.
func Judge(settings *tuning.Settings, t Tally) Judgement {
	return judge(settings, t, func(d shrinkage.Posterior) tails { return tailsOf(settings, d) })
}

// tails are the probabilities of a posterior beyond what is adequate.
type tails struct{ weak, strong float64 }

func tailsOf(settings *tuning.Settings, d shrinkage.Posterior) tails {
	return tails{d.Below(settings.WeakBelow), d.Above(settings.StrongAbove)}
}

// judge is [Judge] with the tails of posteriors from a function, which may cache
// them.
func judge(settings *tuning.Settings, t Tally, find func(shrinkage.Posterior) tails) Judgement {
	j := Judgement{}
	j.expect(t)
	why := strength(settings, t)
	if why == "" {
		j.weigh(t, find)
	} else {
		none := Missing(why)
		j.LQ, j.Mean, j.Weak, j.Fair, j.Strong, j.WeakWithAll = none, none, none, none, none, none
	}
	switch {
	case t.InCountry == 0:
		j.unknown(Empty, NoCompany)
	case t.Companies == 0 && !t.Surveyed:
		j.unknown(Unknown, NotSurveyed)
	case t.Companies == 0 && !t.Large:
		j.unknown(Unknown, TooFew)
	case t.Companies == 0:
		j.absent(settings, t)
	case why != "":
		j.unknown(Present, why)
	default:
		j.present(settings, t)
	}
	return j
}

// expect fills p′ and E′.
func (j *Judgement) expect(t Tally) {
	if !t.Comparable {
		j.Share, j.Expected = Missing(NoFrame), Missing(NoFrame)
		return
	}
	share := 0.0
	if t.ReferenceAttributed > 0 {
		share = float64(t.ReferenceMembers) / float64(t.ReferenceAttributed)
	}
	j.Share, j.Expected = Known(share), Known(float64(t.Attributed)*share)
}

// strength says why strength may not be judged, "" if it may.
func strength(settings *tuning.Settings, t Tally) Code {
	switch {
	case !t.Comparable:
		return NoFrame
	case t.Attributed < settings.MinPopulation || t.ReferenceAttributed < settings.MinPopulation:
		return TooFew
	case t.ReferenceMembers == 0:
		return NoReference
	}
	return ""
}

// weigh fills the posterior and its probabilities.
func (j *Judgement) weigh(t Tally, find func(shrinkage.Posterior) tails) {
	expected := j.Expected.Or(0)
	j.posterior = shrinkage.NewPosterior(t.Prior, float64(t.Members), expected)
	of := find(j.posterior)
	j.LQ, j.Mean = Known(float64(t.Members)/expected), Known(j.posterior.Mean())
	j.Weak, j.Strong, j.WeakWithAll = Known(of.weak), Known(of.strong), Known(of.weak)
	j.Fair = Known(max(0, 1-of.weak-of.strong))
	if t.Companies != t.Members {
		j.WeakWithAll = Known(find(shrinkage.NewPosterior(t.Prior, float64(t.Companies), expected)).weak)
	}
}

// unknown completes a judgement of which the severity is not known, and says why.
func (j *Judgement) unknown(state State, why Code) {
	j.State, j.Confidence, j.Flags, j.Severity = state, 1, []Code{why}, Missing(why)
}

// absent judges a link at which nobody of the region is, by the naming frame.
func (j *Judgement) absent(settings *tuning.Settings, t Tally) {
	expected, known := j.Expected.Get()
	lacked := t.Lacked
	j.Severity = Missing(NoFrame)
	if known {
		lacked = 0
		if expected > 0 {
			lacked = expected * t.Prior / (t.Prior + expected)
		}
		j.Severity = Known(-math.Expm1(-expected))
	}
	if t.Hidden >= settings.HiddenUnknown-Slack {
		j.State, j.Confidence, j.Flags = Unknown, -math.Expm1(-t.Hidden), []Code{Hidden}
		if known {
			j.Severity = Known(-math.Expm1(-expected) * math.Exp(-t.Hidden))
		}
		return
	}
	j.State, j.Confidence = Absent, math.Exp(-t.Hidden)*decline(settings, t.Age, lacked)
	if t.Listed {
		j.Flags = []Code{ListedOnly}
	}
}

// present judges the strength of a link.
func (j *Judgement) present(settings *tuning.Settings, t Tally) {
	held := flagsOf(settings, t)
	weak, fair, strong := j.Weak.Or(0), j.Fair.Or(0), j.Strong.Or(0)
	j.Severity = j.Weak
	switch all := j.WeakWithAll.Or(0); {
	case all >= half-Slack:
		j.State, j.Confidence, j.Severity = Weak, all, j.WeakWithAll
	case weak >= half-Slack || t.Members == 0:
		j.unknown(Present, OthersPresent)
	case strong >= half-Slack && t.Members >= 2 && len(held) == 0:
		j.State, j.Confidence = Strong, strong
	case strong >= half-Slack:
		j.State, j.Confidence = Adequate, 1-weak
	default:
		j.State, j.Confidence = Adequate, fair
		if fair < half-Slack {
			held = append(held, Undecided)
		}
	}
	j.Flags = append(j.Flags, held...)
}

// flagsOf returns what keeps a link from being strong.
func flagsOf(settings *tuning.Settings, t Tally) []Code {
	if t.Members == 0 {
		return nil
	}
	var flags []Code
	if top, ok := t.Top1.Get(); ok && t.Members >= settings.SingleFirmMin && top >= settings.SingleFirmShare-Slack {
		flags = append(flags, SingleFirm)
	}
	if t.ReferenceAnchors > 0 && t.Anchors == 0 {
		flags = append(flags, NoAnchor)
	}
	return flags
}
