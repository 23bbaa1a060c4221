package gaps

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph/projection"
)

// Shift is a verdict now and as it would be.
type Shift struct {
	Link          projection.Vertex
	Before, After *Verdict
}

// compare records the verdicts that differ.
func (w *WhatIfAnswer) compare(ctx context.Context, before, after *Assessor) error {
	for i := range before.links {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		link := before.firstLink + projection.Vertex(i)
		x, y := before.Verdict(link), after.Verdict(link)
		if x.State != y.State || x.Action != y.Action || x.Numbers.Companies != y.Numbers.Companies {
			w.Shifts = append(w.Shifts, Shift{Link: link, Before: x, After: y})
		}
	}
	moved := func(s Shift) float64 {
		return max(s.After.Priority-s.Before.Priority, s.Before.Priority-s.After.Priority)
	}
	same := func(s Shift) int {
		if s.Before.State != s.After.State {
			return 0
		}
		return 1
	}
	slices.SortFunc(w.Shifts, func(x, y Shift) int {
		return cmp.Or(cmp.Compare(same(x), same(y)), cmp.Compare(moved(y), moved(x)), cmp.Compare(x.Link, y.Link))
	})
	return nil
}
