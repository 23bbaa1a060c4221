package gaps

import "math"

// Slack is how far two numbers may be apart and still count as equal where a
// rule compares them, so that rounding decides nothing.
const Slack = 1e-9

// Tally holds the counts that decide the state of one link in one region.
type Tally struct {
	Companies          int     // n
	Attributed         int     // A
	ReferenceCompanies int     // nP
	ReferenceCovered   int     // AP
	Hidden             float64 // expected unseen local companies
	Prior              float64 // a
	Top1               Figure  // share of the largest company in the known size
	Anchors            int     // local leaders
	ReferenceAnchors   int
}

// Judgement is what a tally says, by the rules in the package comment.
type Judgement struct {
	State      State
	Confidence float64
	Severity   Figure
	Flags      []Code
	Share      Figure // p
	Expected   Figure // E
	LQ         Figure
	Mean       Figure
	Weak       Figure // P(λ < weak_below)
	Fair       Figure
	Strong     Figure // P(λ > strong_above)
	posterior  Posterior
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
func Judge(settings *Settings, t Tally) Judgement {
	return judge(settings, t, func(d Posterior) tails { return tailsOf(settings, d) })
}

// tails are the probabilities of a posterior beyond what is adequate.
type tails struct{ weak, strong float64 }

func tailsOf(settings *Settings, d Posterior) tails {
	return tails{d.Below(settings.WeakBelow), d.Above(settings.StrongAbove)}
}

// judge is [Judge] with the tails of posteriors from a function, which may cache
// them.
func judge(settings *Settings, t Tally, find func(Posterior) tails) Judgement {
	j := Judgement{}
	if t.ReferenceCompanies == 0 {
		return j.unknown(NoReference)
	}
	share := float64(t.ReferenceCompanies) / float64(t.ReferenceCovered)
	j.Share = Known(share)
	if t.Attributed == 0 {
		return j.unknown(NoCoverage)
	}
	expected := float64(t.Attributed) * share
	j.Expected = Known(expected)
	j.LQ = Known(float64(t.Companies) / expected)
	d := NewPosterior(t.Prior, float64(t.Companies), expected)
	j.weigh(d, find(d))
	switch {
	case t.Companies == 0 && t.Hidden >= settings.HiddenUnknown-Slack:
		j.State, j.Confidence = Unknown, -math.Expm1(-t.Hidden)
		j.Severity = Known(-math.Expm1(-expected) * math.Exp(-t.Hidden))
		j.Flags = []Code{Hidden}
	case t.Companies == 0:
		j.State, j.Confidence = Absent, math.Exp(-t.Hidden)
		j.Severity = Known(-math.Expm1(-expected))
	default:
		j.Flags = flagsOf(settings, t)
		j.Severity = j.Weak
		j.State, j.Confidence = j.mostProbable(len(j.Flags) > 0)
	}
	return j
}

// unknown completes a judgement for which λ has no meaning.
func (j Judgement) unknown(why Code) Judgement {
	none := Missing(why)
	j.State, j.Confidence, j.Flags = Unknown, 1, []Code{why}
	j.Severity, j.Expected, j.LQ, j.Mean = none, none, none, none
	j.Weak, j.Fair, j.Strong = none, none, none
	if why == NoReference {
		j.Share = none
	}
	return j
}

func (j *Judgement) weigh(d Posterior, t tails) {
	j.posterior = d
	j.Mean, j.Weak, j.Strong = Known(d.Mean()), Known(t.weak), Known(t.strong)
	j.Fair = Known(max(0, 1-t.weak-t.strong))
}

// flagsOf returns what keeps a link from being strong.
func flagsOf(settings *Settings, t Tally) []Code {
	var flags []Code
	if top, ok := t.Top1.Get(); ok && t.Companies >= settings.SingleFirmMin && top >= settings.SingleFirmShare-Slack {
		flags = append(flags, SingleFirm)
	}
	if t.ReferenceAnchors > 0 && t.Anchors == 0 {
		flags = append(flags, NoAnchor)
	}
	return flags
}

// mostProbable returns the most probable of the three states of a present
// link and its probability; a held link cannot be strong.
func (j *Judgement) mostProbable(held bool) (State, float64) {
	weak, fair, strong := j.Weak.Or(0), j.Fair.Or(0), j.Strong.Or(0)
	switch {
	case weak >= fair && weak >= strong:
		return Weak, weak
	case fair >= strong:
		return Adequate, fair
	case held:
		return Adequate, 1 - weak
	}
	return Strong, strong
}
