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
	for seed := range uint64(110) {
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
			at := p.ID(link)
			q := candidates.Question{Region: region, Link: string(at), MinGrade: graph.GradeD}
			answer, err := candidates.Ask(t.Context(), p, tuning.Default(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range answer.Excluded {
				seen["excluded"]++
				if !world.Commitment(p.ID(x.Company), region, at).Excluded {
					t.Fatalf("seed %d: %s is excluded from %s", seed, p.Caption(x.Company), region)
				}
			}
			for i, c := range answer.First(answer.Len()) {
				want, got := world.Commitment(p.ID(c.Company), region, at), c.Terms[6].Value
				value, known := got.Get()
				if want.Excluded || known != want.Known || value != want.Value && known {
					t.Fatalf("seed %d: from %s %s is committed by %v %s, want %+v", seed, region, p.Caption(c.Company), value, got.Why(), want)
				}
				if want.InHand != (c.InHand != nil) || want.InHand != (i < answer.InHand) || want.InHand && c.InHand.Stage != want.Stage {
					t.Fatalf("seed %d: from %s %s is in hand by %+v, want %+v", seed, region, p.Caption(c.Company), c.InHand, want)
				}
				if want.Known {
					seen[map[float64]string{0: "free", 0.5: "pursued", 1: "committed"}[value]]++
				}
				for what, is := range map[string]bool{"dropped": want.Dropped, "in hand": want.InHand, "spared": want.Spared} {
					if is {
						seen[what]++
					}
				}
			}
		}
	}
	for _, what := range []string{"excluded", "free", "pursued", "committed", "dropped", "in hand", "spared"} {
		if seen[what] < 20 {
			t.Errorf("%s comes up %d times", what, seen[what])
		}
	}
}
