package gaps

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/lines"
	"liantu/graph/projection"
)

// view is what an assessor has found for the links of one scope: the verdicts in
// each order that was asked for, and their summaries. Questions about the same
// links share it.
type view struct {
	assessor  *Assessor
	links     []projection.Vertex
	judged    atomic.Bool                      // all verdicts are there
	orders    [4][7]atomic.Pointer[[]*Verdict] // by form and order of a list
	rows      func() []bool                    // whether a link has a row of its own
	summaries func() []Summary
	dates     *dates.Lazy
}

// listing is a form of a list of verdicts.
type listing struct {
	order          Order
	withApart, all bool // with the links that are kept apart; of all levels
}

// maxViews is the most views that an assessor caches; each holds a few lists of
// pointers.
const maxViews = 16

// viewOf returns the view of a scope, made once as long as there is room.
func (a *Assessor) viewOf(scope []projection.Vertex) *view {
	key := make([]byte, 0, 4*len(scope))
	for _, v := range scope {
		key = binary.NativeEndian.AppendUint32(key, uint32(v))
	}
	return a.views.Get(string(key), func() any {
		w := &view{assessor: a, links: area.LinksOf(a.Picture, scope)}
		w.dates = a.DatesAt(w.links)
		w.rows = sync.OnceValue(func() []bool { return w.findRows(scope) })
		w.summaries = sync.OnceValue(func() []Summary { return a.summaries(w.sorted(listing{ByCode, true, true})) })
		return w
	}).(*view)
}

// judge computes the verdicts that are not cached yet, until the context ends.
func (w *view) judge(ctx context.Context) error {
	if w.judged.Load() {
		return ctx.Err()
	}
	for i, link := range w.links {
		if i%16 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		w.assessor.Verdict(link)
	}
	w.judged.Store(true)
	return nil
}

// findRows finds the links that have a row of their own, those of each state that is kept
// apart among themselves.
func (w *view) findRows(scope []projection.Vertex) []bool {
	rows := make([]bool, len(w.links))
	for _, group := range []State{"", Empty, NotJudged} {
		links := slices.DeleteFunc(slices.Clone(w.links), func(link projection.Vertex) bool {
			state := w.assessor.Verdict(link).State
			return state != group && (state.Apart() || group != "")
		})
		for i, own := range lines.Rows(w.assessor.Picture, links, w.assessor.standing) {
			at, _ := slices.BinarySearch(w.links, links[i])
			rows[at] = own || slices.Contains(scope, links[i])
		}
	}
	return rows
}

// standing is what decides whether a link has a row of its own.
func (a *Assessor) standing(link projection.Vertex) lines.Standing {
	v := a.Verdict(link)
	return lines.Standing{Companies: v.Numbers.Companies, Expected: v.expectsEnough(), Work: v.CallsForWork(), Strong: v.State == Strong}
}

// apart returns how many links are of a state that is kept apart.
func (w *view) apart(state State) int {
	n := 0
	for _, v := range w.sorted(listing{ByCode, true, true}) {
		if v.State == state {
			n++
		}
	}
	return n
}

// sorted returns the verdicts of a list; [view.judge] comes first.
func (w *view) sorted(l listing) []*Verdict {
	form := 0
	if l.withApart {
		form = 1
	}
	if l.all {
		form += 2
	}
	slot := &w.orders[form][slices.Index(allOrders, l.order)]
	if known := slot.Load(); known != nil {
		return *known
	}
	verdicts := make([]*Verdict, 0, len(w.links))
	for i, link := range w.links {
		if v := w.assessor.Verdict(link); (l.withApart || !v.State.Apart()) && (l.all || w.rows()[i]) {
			verdicts = append(verdicts, v)
		}
	}
	sortVerdicts(verdicts, l.order)
	slot.Store(&verdicts)
	return verdicts
}

// block is what lifts a verdict of known severity above all that are not, whatever their
// priorities.
func (v *Verdict) block() float64 {
	if _, known := v.Severity.Get(); known {
		return 2
	}
	return 0
}

// sortVerdicts sorts verdicts that are in the order of their links; equal ones
// stay so.
func sortVerdicts(verdicts []*Verdict, order Order) {
	height := map[Order]func(*Verdict) float64{
		ByPriority:   func(v *Verdict) float64 { return v.Priority + v.block() },
		BySeverity:   func(v *Verdict) float64 { return v.Severity.Or(-1) },
		ByConfidence: func(v *Verdict) float64 { return v.Confidence },
		ByQuotient:   func(v *Verdict) float64 { return -v.Numbers.Mean.Or(math.MaxFloat64) },
		ByCompanies:  func(v *Verdict) float64 { return float64(v.Numbers.Companies) },
		ByExpected:   func(v *Verdict) float64 { return v.Numbers.Expected.Or(-1) },
	}[order]
	if height != nil {
		slices.SortStableFunc(verdicts, func(a, b *Verdict) int { return cmp.Compare(height(b), height(a)) })
	}
}
