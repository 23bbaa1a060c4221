package evaluate_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"liantu/evaluate"
)

// TestMeasuresAgainstPairsAndOrders compares every measure with its plainest
// form: over all pairs, or as the mean over many orders of equal scores.
func TestMeasuresAgainstPairsAndOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 7).Draw(t, "n")
		scores, positive := make([]float64, n), make([]bool, n)
		for i := range scores {
			scores[i] = float64(rapid.IntRange(0, 3).Draw(t, "score"))
			positive[i] = rapid.Bool().Draw(t, "positive")
		}
		positive[0], positive[1] = true, false
		near(t, "AUC", evaluate.AUC(scores, positive), auc(scores, positive))
		near(t, "average precision", evaluate.AveragePrecision(scores, positive), averagePrecision(scores, positive))
		k := rapid.IntRange(1, n).Draw(t, "k")
		precision, recall := overOrders(scores, positive, k)
		near(t, "precision", evaluate.PrecisionAt(scores, positive, k), precision)
		near(t, "recall", evaluate.RecallAt(scores, positive, k), recall)
	})
}

func near(t *rapid.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) < 1e-12) {
		t.Fatalf("%s is %v instead of %v", what, got, want)
	}
}

func auc(scores []float64, positive []bool) float64 {
	won, pairs := 0.0, 0.0
	for i := range scores {
		for j := range scores {
			if !positive[i] || positive[j] {
				continue
			}
			pairs++
			switch {
			case scores[i] > scores[j]:
				won++
			case scores[i] == scores[j]:
				won += 0.5
			}
		}
	}
	return won / pairs
}

func averagePrecision(scores []float64, positive []bool) float64 {
	sum, hits := 0.0, 0.0
	for i := range scores {
		if !positive[i] {
			continue
		}
		hits++
		above, right := 0.0, 0.0
		for j := range scores {
			if scores[j] >= scores[i] {
				above++
				if positive[j] {
					right++
				}
			}
		}
		sum += right / above
	}
	return sum / hits
}

// overOrders goes through all orders of all places and takes those with higher
// scores first.
func overOrders(scores []float64, positive []bool, k int) (precision, recall float64) {
	orders, found, hits := 0.0, 0.0, 0.0
	for _, yes := range positive {
		if yes {
			hits++
		}
	}
	order := make([]int, 0, len(scores))
	var place func()
	place = func() {
		if len(order) == len(scores) {
			orders++
			for _, i := range order[:k] {
				if positive[i] {
					found++
				}
			}
			return
		}
		for i := range scores {
			used, fits := false, true
			for _, j := range order {
				used = used || i == j
				fits = fits && scores[j] >= scores[i]
			}
			if !used && fits {
				order = append(order, i)
				place()
				order = order[:len(order)-1]
			}
		}
	}
	place()
	return found / orders / float64(k), found / orders / hits
}

func TestMeasuresWithoutBothKinds(t *testing.T) {
	if x := evaluate.AUC([]float64{1, 2}, []bool{true, true}); !math.IsNaN(x) {
		t.Errorf("AUC without a negative is %v", x)
	}
	if x := evaluate.AveragePrecision([]float64{1, 2}, []bool{false, false}); !math.IsNaN(x) {
		t.Errorf("average precision without a positive is %v", x)
	}
	if x := evaluate.PrecisionAt([]float64{1, 2}, []bool{true, true}, 10); x != 0.2 {
		t.Errorf("two of ten is %v", x)
	}
}
