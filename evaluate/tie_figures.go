package evaluate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// tally holds the results of one method in a layout in which a bootstrap is one
// pass.
type tally struct {
	ranks  []ranked
	pairs  []scored // lowest score first
	buyers int
}

// ranked is the filtered rank of one hidden pair.
type ranked struct {
	buyer int
	rank  float64
}

// scored is the score of a hidden pair or of one matched with it.
type scored struct {
	buyer  int
	score  float64
	hidden bool
}

func newTally(results []result) *tally {
	t := &tally{buyers: len(results)}
	for b, r := range results {
		for _, rank := range r.ranks {
			t.ranks = append(t.ranks, ranked{b, rank})
		}
		for _, x := range r.yes {
			t.pairs = append(t.pairs, scored{b, x, true})
		}
		for _, x := range r.not {
			t.pairs = append(t.pairs, scored{b, x, false})
		}
	}
	slices.SortStableFunc(t.pairs, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	return t
}

// figures measures a method over all buyers, with intervals over resampled
// buyers.
func (t *tally) figures(seed uint64) []Figure {
	times := make([]float64, t.buyers)
	for i := range times {
		times[i] = 1
	}
	figures := make([]Figure, len(TieFigures()))
	for i, x := range t.measure(times) {
		figures[i] = Figure{Name: TieFigures()[i], Value: x}
	}
	random := rand.New(rand.NewPCG(seed, 0))
	drawn := make([][]float64, len(figures))
	for range resamples {
		clear(times)
		for range times {
			times[random.IntN(len(times))]++
		}
		for i, x := range t.measure(times) {
			drawn[i] = append(drawn[i], x)
		}
	}
	for i := range figures {
		slices.Sort(drawn[i])
		figures[i].Low, figures[i].High = drawn[i][resamples/40], drawn[i][resamples-1-resamples/40]
	}
	return figures
}

// reciprocal returns the mean reciprocal rank when each buyer counts so many times.
func (t *tally) reciprocal(times []float64) float64 {
	var all, sum float64
	for _, r := range t.ranks {
		all += times[r.buyer]
		sum += times[r.buyer] / r.rank
	}
	return sum / all
}

// measure returns the figures when each buyer counts so many times.
func (t *tally) measure(times []float64) []float64 {
	var all, reciprocal float64
	limits := [...]float64{1, 3, 10}
	var within [len(limits)]float64
	for _, r := range t.ranks {
		w := times[r.buyer]
		all += w
		reciprocal += w / r.rank
		for i, k := range limits {
			if r.rank <= k {
				within[i] += w
			}
		}
	}
	auc, ap := t.matched(times)
	return []float64{reciprocal / all, within[0] / all, within[1] / all, within[2] / all, auc, ap}
}

// matched returns AUC and average precision of hidden against matched pairs,
// as [AUC] and [AveragePrecision] do for pairs that count once.
func (t *tally) matched(times []float64) (auc, ap float64) {
	var hidden, others float64
	for _, p := range t.pairs {
		if p.hidden {
			hidden += times[p.buyer]
		} else {
			others += times[p.buyer]
		}
	}
	if hidden == 0 || others == 0 {
		return math.NaN(), math.NaN()
	}
	var hiddenBelow, othersBelow float64
	for start := 0; start < len(t.pairs); {
		end := start
		var yes, not float64
		for ; end < len(t.pairs) && t.pairs[end].score == t.pairs[start].score; end++ {
			if t.pairs[end].hidden {
				yes += times[t.pairs[end].buyer]
			} else {
				not += times[t.pairs[end].buyer]
			}
		}
		auc += yes * (othersBelow + not/2)
		if yes > 0 {
			ap += yes * (hidden - hiddenBelow) / (hidden + others - hiddenBelow - othersBelow)
		}
		hiddenBelow, othersBelow, start = hiddenBelow+yes, othersBelow+not, end
	}
	return auc / (hidden * others), ap / hidden
}
