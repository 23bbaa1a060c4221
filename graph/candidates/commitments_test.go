package candidates_test

import (
	"math/rand/v2"
	"testing"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestCommitmentsEqualOracle compares what candidates have agreed to, and who is
// excluded, with an oracle, on graphs with projects of every stage.
func TestCommitmentsEqualOracle(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 17))
		store := questiontest.Store(t, t, questiontest.Generate(r))
		p := questiontest.Picture(t, t, store)
		world, err := questiontest.Observe(t.Context(), store)
		if err != nil {
			t.Fatal(err)
		}
		region, _, _ := questiontest.GenerateQuestion(r)
		first, end := p.Range(projection.Link)
		for link := first; link < end; link++ {
			q := candidates.Question{Region: region, Link: string(p.ID(link)), MinGrade: graph.GradeD}
			answer, err := candidates.Ask(t.Context(), p, tuning.Default(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range answer.Excluded {
				seen["excluded"]++
				if !world.Commitment(p.ID(x.Company), region).Excluded {
					t.Fatalf("seed %d: %s is excluded from %s", seed, p.Caption(x.Company), region)
				}
			}
			for _, c := range answer.First(answer.Len()) {
				want, got := world.Commitment(p.ID(c.Company), region), c.Terms[6].Value
				value, known := got.Get()
				if want.Excluded || known != want.Known || value != want.Value && known {
					t.Fatalf("seed %d: from %s %s is committed by %v %s, want %+v", seed, region, p.Caption(c.Company), value, got.Why(), want)
				}
				if want.Known {
					seen[map[float64]string{0: "free", 0.5: "pursued", 1: "committed"}[value]]++
				}
				if want.Dropped {
					seen["dropped"]++
				}
			}
		}
	}
	for _, what := range []string{"excluded", "free", "pursued", "committed", "dropped"} {
		if seen[what] < 20 {
			t.Errorf("%s comes up %d times", what, seen[what])
		}
	}
}
