package gaps

import (
	"slices"

	"liantu/graph/projection"
	"liantu/graph/shrinkage"
	"liantu/schema"
)

// Verdict returns the verdict on a link, computed on the first
// call. Two goroutines that call at once compute it twice and share one.
func (a *Assessor) Verdict(link projection.Vertex) *Verdict {
	slot := &a.verdicts[link-a.firstLink]
	if v := slot.Load(); v != nil {
		return v
	}
	slot.CompareAndSwap(nil, a.assess(link))
	return slot.Load()
}

// assess judges one link.
func (a *Assessor) assess(link projection.Vertex) *Verdict {
	if !a.Picture.Judged(link) {
		return a.notJudged(link)
	}
	i := link - a.firstLink
	facts := &a.links[i]
	t := a.tally(link)
	j := a.judge(link, t)
	v := &Verdict{
		Link: link, Chain: facts.chain, Ecosystem: facts.ecosystem, Depth: facts.depth,
		Position: facts.position, Declared: facts.declared,
		State: j.State, Confidence: j.Confidence, Severity: j.Severity, Flags: j.Flags, assessor: a,
	}
	if b := a.naming[i]; b != nil {
		v.Naming = b.shown
	}
	if b := a.comparable[i]; b != nil {
		v.Comparable = b.shown
	}
	v.Numbers = a.numbers(link, t, &j)
	v.Action = a.action(v)
	v.Computed = computed(v, a.established(v))
	v.Terms = a.terms(v)
	for _, term := range v.Terms {
		v.Priority += term.Points
	}
	v.Priority = Round(v.Priority)
	return v
}

// judge is [Judge] with cached posteriors.
func (a *Assessor) judge(link projection.Vertex, t Tally) Judgement {
	b := a.comparable[link-a.firstLink]
	if b == nil {
		return Judge(a.settings, t)
	}
	level := b.level(a, link)
	return judge(a.settings, t, func(d shrinkage.Posterior) tails { return level.weigh(a.settings, d).tails })
}

func (a *Assessor) numbers(link projection.Vertex, t Tally, j *Judgement) Numbers {
	i, none := link-a.firstLink, Missing(NoFrame)
	n := Numbers{
		Companies: t.Companies, Anchors: t.Anchors, Share: j.Share, Expected: j.Expected,
		LQ: j.LQ, Mean: j.Mean, Low: j.Mean, High: j.Mean,
		ProbabilityWeak: j.Weak, ProbabilityFair: j.Fair, ProbabilityStrong: j.Strong, WeakWithAll: j.WeakWithAll,
		Hidden: Known(t.Hidden), Top1: t.Top1, ChainPresence: a.presenceOf(a.links[i].chain),
		PullDown: a.pull(link, a.Picture.Downstream(link), a.Presence.Downstream),
		PullUp:   a.pull(link, a.Picture.Upstream(link), a.Presence.Upstream),
		Leaked:   Missing(NoSupplyData),
	}
	switch {
	case !t.Surveyed:
		n.Hidden = Missing(NotSurveyed)
	case !t.Large:
		n.Hidden = Missing(TooFew)
	}
	if a.supplied > 0 {
		n.Leaked = Known(float64(a.leaked[link]))
	}
	b := a.comparable[i]
	if b == nil {
		n.FrameCompanies, n.ReferenceCompanies, n.ReferenceAnchors, n.Prior = none, none, none, none
		n.Density, n.DensityMedian, n.DensityRank, n.Momentum = none, none, none, none
		n.CapacityLQ, n.CapacityMean = none, none
		return n
	}
	n.FrameCompanies, n.ReferenceCompanies = Known(float64(t.Members)), Known(float64(t.ReferenceMembers))
	n.ReferenceAnchors, n.Prior, n.Momentum = Known(float64(t.ReferenceAnchors)), Known(t.Prior), b.momentum[i]
	level := b.level(a, link)
	if _, known := j.Mean.Get(); known {
		w := level.weigh(a.settings, j.posterior)
		n.Low, n.High = w.low, w.high
	}
	at := level.related.place[i]
	n.Density, n.DensityMedian, n.DensityRank = level.density[at], level.related.median[at], level.rank[at]
	a.capacity(&n, b, link)
	return n
}

// pull counts the local companies one step away; a link without a step on
// that side has no such figure.
func (a *Assessor) pull(link projection.Vertex, steps []projection.Vertex, of func(projection.Vertex) []projection.Vertex) Figure {
	if len(steps) == 0 {
		return Missing(NoFeeds)
	}
	companies := a.local(of(link))
	for _, step := range steps {
		companies = union(companies, a.producing(step))
	}
	return Known(float64(len(companies) + len(a.newcomersAt(steps...))))
}

// capacity fills the location quotient of sizes.
func (a *Assessor) capacity(n *Numbers, b *basis, link projection.Vertex) {
	n.CapacityLQ, n.CapacityMean = Missing(NoCapacity), Missing(NoCapacity)
	members := a.local(b.presence.At(link))
	if len(members) == 0 {
		return
	}
	s := a.size(members)
	if s.measure < 0 {
		return
	}
	n.Measure = measures[s.measure]
	ref := &b.ref.links[link-a.firstLink]
	if ref.known[s.measure] == 0 || b.known[s.measure] == 0 {
		return
	}
	average := ref.size[s.measure] / float64(ref.known[s.measure])
	expected := float64(b.known[s.measure]) * float64(ref.known[s.measure]) / float64(b.ref.known[s.measure])
	companies := s.sum / average
	n.CapacityLQ = Known(companies / expected)
	prior := n.Prior.Or(0)
	n.CapacityMean = Known((prior + companies) / (prior + expected))
}

// established reports whether the region has the chain of the verdict.
func (a *Assessor) established(v *Verdict) bool {
	presence, ok := v.Numbers.ChainPresence.Get()
	return ok && presence >= a.settings.EstablishedShare-Slack
}

// expectsEnough reports whether so many companies are expected that it is a reason to fill
// the link.
func (v *Verdict) expectsEnough() bool {
	expected, known := v.Numbers.Expected.Get()
	return known && expected >= v.assessor.settings.FillExpected-Slack
}

// HasReason reports whether a link has a reason to be filled: enough companies are
// expected there, a planner declared it, or it has enough local customers.
func (v *Verdict) HasReason() bool {
	s := v.assessor.settings
	expected, known := v.Numbers.Expected.Get()
	return v.expectsEnough() ||
		v.Declared != "" && v.Declared != Restricted ||
		v.Numbers.PullDown.Or(0) >= float64(s.FillPull)-Slack && (!known || expected >= s.FillPullExpected-Slack)
}

// action chooses what to do, by the first rule that fits.
func (a *Assessor) action(v *Verdict) Action {
	action := a.wanted(v)
	switch {
	case !a.alive(v.Link):
	case action == Check, action == Build, action == Fill, action == Extend, action == Strengthen && v.State == Weak:
		return Wait
	}
	return action
}

// wanted chooses what to do where no project is on its way.
func (a *Assessor) wanted(v *Verdict) Action {
	established, open := a.established(v), v.Declared != Restricted
	absent := v.State == Absent && open && v.HasReason()
	switch {
	case v.State == Unknown && v.HasReason():
		return Check
	case absent && v.Declared == Core && v.Chain != projection.None && !established:
		return Build
	case absent && (v.Numbers.PullDown.Or(0) > 0 || established):
		return Fill
	case open && (v.State == Weak || v.State == Adequate && v.Declared == Prominent):
		return Strengthen
	case absent && a.dense(v) && a.fedByStrength(v.Link):
		return Extend
	case v.Numbers.Companies > 0:
		return Keep
	}
	return Watch
}

// dense reports whether the link is closer to what the region does than to
// what its peers do.
func (a *Assessor) dense(v *Verdict) bool {
	density, ok := v.Numbers.Density.Get()
	median, known := v.Numbers.DensityMedian.Get()
	return ok && known && density > median+Slack
}

// manyPresent is how many companies make a link that is present one to extend from.
const manyPresent = 3

// fedByStrength reports whether a link one step upstream is strong here, or as good.
func (a *Assessor) fedByStrength(link projection.Vertex) bool {
	return slices.ContainsFunc(a.Picture.Upstream(link), func(up projection.Vertex) bool {
		t := a.tally(up)
		state := a.judge(up, t).State
		return state == Strong || state == Present && t.Companies >= manyPresent
	})
}

// computed is the class that the data suggest, whatever a planner declared.
func computed(v *Verdict, established bool) Class {
	switch v.State {
	case Absent:
		if v.Chain != projection.None && !established {
			return Core
		}
		return Key
	case Weak, Strong:
		return Prominent
	}
	return ""
}

var termLabels = [4]schema.Text{
	{Zh: "缺口程度", En: "severity"},
	{Zh: "本地牵引", En: "local pull"},
	{Zh: "可行性", En: "feasibility"},
	{Zh: "重要性", En: "importance"},
}

// terms computes the parts of the priority.
func (a *Assessor) terms(v *Verdict) [4]Term {
	w := a.settings.Priority
	terms := [4]Term{
		{Code: TermSeverity, Value: v.Severity, Weight: w.Severity},
		{Code: TermPull, Value: a.pullValue(v), Weight: w.Pull},
		{Code: TermFeasibility, Value: feasible(v), Weight: w.Feasibility},
		{Code: TermImportance, Value: Known(a.importance(v.Declared)), Weight: w.Importance},
	}
	for i := range terms {
		terms[i].Label = termLabels[i]
		terms[i].Points = Round(terms[i].Weight * terms[i].Value.Or(0))
	}
	return terms
}

// pullValue turns the companies one step away from a link into a value below 1.
func (a *Assessor) pullValue(v *Verdict) Figure {
	_, down := v.Numbers.PullDown.Get()
	_, up := v.Numbers.PullUp.Get()
	if !down && !up {
		return Missing(NoFeeds)
	}
	x := v.Numbers.PullDown.Or(0) + v.Numbers.PullUp.Or(0)
	return Known(x / (x + a.settings.PullHalf))
}

func feasible(v *Verdict) Figure {
	rank, ranked := v.Numbers.DensityRank.Get()
	young, moving := v.Numbers.Momentum.Get()
	switch {
	case ranked && moving:
		return Known((rank + young) / 2)
	case ranked:
		return Known(rank)
	case moving:
		return Known(young)
	}
	return Missing(v.Numbers.DensityRank.Why())
}

func (a *Assessor) importance(declared Class) float64 {
	switch declared {
	case Core:
		return a.settings.Importance.Core
	case Key:
		return a.settings.Importance.Key
	case Prominent:
		return a.settings.Importance.Prominent
	case Restricted:
		return a.settings.Importance.Restricted
	}
	return a.settings.Importance.Undeclared
}
