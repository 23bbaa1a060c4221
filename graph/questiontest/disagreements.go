package questiontest

import (
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
)

// Disagreements lists where an answer differs from that of the oracle. The
// question must have no scope and its answer the order of codes.
func Disagreements(t testing.TB, store graph.Store, p *projection.Projection, answer *gaps.Answer, q gaps.Question) []string {
	t.Helper()
	world, err := Observe(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]Row, 0, len(answer.Verdicts))
	for _, v := range answer.Verdicts {
		got = append(got, RowOf(p, v))
	}
	return Compare(got, world.Oracle(gaps.DefaultSettings(), q))
}
