package gaps

import (
	"slices"

	"liantu/graph/area"
	"liantu/graph/newcomers"
	"liantu/graph/projection"
)

// newcomersAt returns the newcomers that would be at one of some links or below it, each
// once.
func (a *Assessor) newcomersAt(links ...projection.Vertex) []*newcomers.Found {
	if a.supposed == nil {
		return nil
	}
	var found []*newcomers.Found
	for _, n := range a.supposed.newcomers {
		if n.At(links...) {
			found = append(found, n)
		}
	}
	return found
}

// count returns n: how many companies are at a link in the region, as is supposed.
func (a *Assessor) count(link projection.Vertex) int {
	return len(a.present(link)) + len(a.newcomersAt(link))
}

// Newcomers returns those among the companies at the link that the graph does not hold and
// that are only supposed, in the order of the question.
func (v *Verdict) Newcomers() []*newcomers.Found { return v.assessor.newcomersAt(v.Link) }

// enlist makes the newcomers members of a register of the region: it holds whoever is known
// there. At a link by it they are not, since it states nothing of them.
func (b *basis) enlist(a *Assessor, s *supposed) {
	if b.frame.Population != area.Registered || !b.members.Frame.ListedIn(a.Code) {
		return
	}
	n := len(s.newcomers)
	b.shown.Coverage.Companies += n
	b.shown.Coverage.Unattributed += n
	if b.ref != nil && slices.ContainsFunc(a.codes, func(code string) bool { return projection.Within(a.Code, code) }) {
		ref := *b.ref
		ref.coverage.Companies += n
		ref.coverage.Unattributed += n
		b.ref, b.shown.Reference = &ref, ref.coverage
	}
}
