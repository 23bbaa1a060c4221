package placements

import (
	"liantu/graph"
	"liantu/place"
)

// Kept is the rows of companies as an answer holds them, for a benchmark that has no
// picture of a million companies.
type Kept struct{ keeper *keeper }

// NewKept holds nothing yet.
func NewKept() Kept { return Kept{newKeeper()} }

// Row returns the row of a company with some placements.
func (k Kept) Row(by graph.Provenance, list []place.Placement) Row {
	return Row{By: k.keeper.date(by), Judged: k.keeper.date(graph.Provenance{}), links: k.keeper.keep(list)}
}
