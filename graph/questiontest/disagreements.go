package questiontest

import (
	"fmt"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// Disagreements lists where an answer differs from that of the oracle. The
// question must have no scope, be asked WithEmpty, and its answer have the order of
// codes.
func Disagreements(t testing.TB, store graph.Reader, p *projection.Projection, settings tuning.Settings, answer *gaps.Answer, q gaps.Question) []string {
	t.Helper()
	world, err := Observe(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	got, want := framesOf(p, answer), world.oracleFrames(settings, q)
	if !slices.Equal(got, want) {
		faults = append(faults, fmt.Sprintf("the frames are %q instead of %q", got, want))
	}
	if got, want := datesLine(answer.DataDates.Now()), world.oracleDates(settings, q); got != want {
		faults = append(faults, fmt.Sprintf("the data dates are %q instead of %q", got, want))
	}
	rows := make([]Row, 0, len(answer.Verdicts))
	for _, v := range answer.Verdicts {
		rows = append(rows, RowOf(p, answer, v))
	}
	for _, v := range answer.Verdicts {
		want := world.offers(p.Code(v.Link), world.region(q.Region))
		if got := offersOf(p, v); got != want {
			faults = append(faults, fmt.Sprintf("%s: the offers are %q instead of %q", p.Code(v.Link), got, want))
		}
	}
	return append(faults, Compare(rows, world.Oracle(settings, q))...)
}
