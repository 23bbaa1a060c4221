package loaders

import (
	"cmp"
	"slices"
	"strings"
)

// compareFaults orders the faults of a file; those of the whole file, whose row
// is 0, come last.
func compareFaults(a, b rowFault) int {
	return cmp.Or(
		cmp.Compare(uint(a.Row)-1, uint(b.Row)-1), cmp.Compare(a.Position, b.Position),
		strings.Compare(a.Column, b.Column), strings.Compare(string(a.Code), string(b.Code)), strings.Compare(a.Reason, b.Reason),
	)
}

func (s Severity) rank() int { return slices.Index([]Severity{Rejected, Dropped, Warning}, s) }

func compareKinds(a, b KindCounts) int {
	return cmp.Or(boolInt(a.Edge)-boolInt(b.Edge), strings.Compare(a.Kind, b.Kind))
}
