package gaps

import (
	"slices"

	"liantu/graph/projection"
)

// notJudged returns the verdict on a link that holds no companies: who is known there, and
// no other number.
func (a *Assessor) notJudged(link projection.Vertex) *Verdict {
	facts, none := &a.links[link-a.firstLink], Missing(HoldsNone)
	v := &Verdict{
		Link: link, Chain: facts.chain, Ecosystem: facts.ecosystem, Depth: facts.depth,
		Position: facts.position, Declared: facts.declared,
		State: NotJudged, Confidence: 1, Severity: none, Flags: []Code{HoldsNone}, assessor: a,
	}
	v.Numbers = Numbers{
		Companies: a.count(link), Anchors: len(a.leading(link)),
		FrameCompanies: none, ReferenceCompanies: none, Share: none, Expected: none, Hidden: none, Prior: none, LQ: none,
		Mean: none, Low: none, High: none, ProbabilityWeak: none, ProbabilityFair: none, ProbabilityStrong: none,
		WeakWithAll: none, Top1: none, CapacityLQ: none, CapacityMean: none, ReferenceAnchors: none, PullDown: none,
		PullUp: none, Leaked: none, Density: none, DensityMedian: none, DensityRank: none, Momentum: none, ChainPresence: none,
	}
	for i, code := range [4]Code{TermSeverity, TermPull, TermFeasibility, TermImportance} {
		v.Terms[i] = Term{Code: code, Label: termLabels[i], Value: none}
	}
	return v
}

// Urgency returns the priority, unknown for a link that is not judged.
func (v *Verdict) Urgency() Figure {
	if v.State == NotJudged {
		return Missing(HoldsNone)
	}
	return Known(v.Priority)
}

// CallsForWork reports whether there is more to do about a link than to watch or keep it.
func (v *Verdict) CallsForWork() bool { return !slices.Contains([]Action{"", Watch, Keep}, v.Action) }

// SameLinks returns the links of other chains that are the same, in the order of the picture.
func (v *Verdict) SameLinks() []projection.Vertex {
	return slices.DeleteFunc(slices.Clone(v.assessor.Picture.Same(v.Link)), func(x projection.Vertex) bool { return x == v.Link })
}
