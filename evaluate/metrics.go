package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// The measures of a list of scores, some of which are of positives: positives
// should have higher scores. Equal scores are in no order; every measure is its
// mean over all orders of them, except that average precision goes by thresholds
// and the reciprocal rank by the mean rank.

// AUC returns the probability that a positive has a higher score than a
// negative, equal ones counting half (Mann and Whitney); NaN without both.
func AUC(scores []float64, positive []bool) float64 {
	ranks := midranks(scores)
	sum, hits := 0.0, 0.0
	for i, yes := range positive {
		if yes {
			sum += ranks[i]
			hits++
		}
	}
	misses := float64(len(scores)) - hits
	if hits == 0 || misses == 0 {
		return math.NaN()
	}
	return (sum - hits*(hits+1)/2) / (hits * misses)
}

// midranks returns the rank of each score, 1 for the lowest; equal ones have the
// mean of their ranks.
func midranks(scores []float64) []float64 {
	ranks := make([]float64, len(scores))
	eachTie(scores, func(before int, tie []int) {
		for _, i := range tie {
			ranks[i] = float64(len(scores)-before) - float64(len(tie)-1)/2
		}
	})
	return ranks
}

// eachTie visits groups of equal scores, highest first, with the number of
// scores that are higher.
func eachTie(scores []float64, visit func(before int, tie []int)) {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), a-b) })
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && scores[order[end]] == scores[order[start]] {
			end++
		}
		visit(start, order[start:end])
		start = end
	}
}

// AveragePrecision returns the mean, over the positives, of the precision among
// all scores that are not lower; NaN without a positive.
func AveragePrecision(scores []float64, positive []bool) float64 {
	sum, hits := 0.0, 0.0
	eachTie(scores, func(before int, tie []int) {
		here := 0.0
		for _, i := range tie {
			if positive[i] {
				here++
			}
		}
		hits += here
		sum += here * hits / float64(before+len(tie))
	})
	return sum / hits
}

// hitsWithin returns the expected number of positives among the k highest.
func hitsWithin(scores []float64, positive []bool, k int) float64 {
	found := 0.0
	eachTie(scores, func(before int, tie []int) {
		if before >= k {
			return
		}
		here := 0.0
		for _, i := range tie {
			if positive[i] {
				here++
			}
		}
		found += here * math.Min(1, float64(k-before)/float64(len(tie)))
	})
	return found
}

// PrecisionAt returns the share of positives among the k highest scores; fewer
// than k scores count as k.
func PrecisionAt(scores []float64, positive []bool, k int) float64 {
	return hitsWithin(scores, positive, k) / float64(k)
}

// RecallAt returns the share of the positives that are among the k highest
// scores; NaN without a positive.
func RecallAt(scores []float64, positive []bool, k int) float64 {
	hits := 0.0
	for _, yes := range positive {
		if yes {
			hits++
		}
	}
	return hitsWithin(scores, positive, k) / hits
}

// filteredRanks returns for each positive its mean rank among the negatives
// and itself: other positives are taken out (Bordes and others 2013).
func filteredRanks(scores []float64, positive []bool) []float64 {
	var ranks []float64
	higher := 0.0
	eachTie(scores, func(_ int, tie []int) {
		misses := 0.0
		for _, i := range tie {
			if !positive[i] {
				misses++
			}
		}
		for _, i := range tie {
			if positive[i] {
				ranks = append(ranks, 1+higher+misses/2)
			}
		}
		higher += misses
	})
	return ranks
}

func meanReciprocal(ranks []float64) float64 {
	sum := 0.0
	for _, r := range ranks {
		sum += 1 / r
	}
	return sum / float64(len(ranks))
}

func shareWithin(ranks []float64, k int) float64 {
	n := 0.0
	for _, r := range ranks {
		if r <= float64(k) {
			n++
		}
	}
	return n / float64(len(ranks))
}
