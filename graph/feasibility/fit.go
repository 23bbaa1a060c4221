package feasibility

import (
	"math"

	"liantu/message"
)

// ErrNothingGained says that weights cannot be learned: no cell that was empty
// on an earlier day was filled later.
var ErrNothingGained = message.Errorf("nothing to learn from: no empty cell was filled later")

// Fit learns the weights of the named terms from choices: those that maximise
// the log likelihood of the gained cells among all cells of their choice
// (conditional logit, McFadden 1974), less ridge/2 · Σ weight², with no weight
// below 0. The values are first standardised over all cells. The result depends
// only on the choices and their order.
func Fit(terms []string, choices []Choice, ridge float64) (Weights, error) {
	weights, cells := standards(terms, choices)
	if cells == 0 {
		return nil, ErrNothingGained
	}
	standard := make([][][]float64, len(choices))
	for i, c := range choices {
		standard[i] = make([][]float64, len(c.Values))
		for j, cell := range c.Values {
			standard[i][j] = make([]float64, len(terms))
			for k, x := range cell {
				standard[i][j][k] = (x - weights[k].Mean) / weights[k].Deviation
			}
		}
	}
	l := &likelihood{standard: standard, choices: choices, ridge: ridge, terms: len(terms)}
	for k, x := range l.maximise() {
		weights[k].Weight = x
	}
	return weights, nil
}

// standards returns the mean and the deviation of every term over all cells, and
// the number of gained cells.
func standards(terms []string, choices []Choice) (Weights, int) {
	weights := make(Weights, len(terms))
	n, gained := 0.0, 0
	for _, c := range choices {
		for j, cell := range c.Values {
			n++
			if c.Gained[j] {
				gained++
			}
			for k, x := range cell {
				weights[k].Mean += x
			}
		}
	}
	for k := range weights {
		weights[k].Term = terms[k]
		weights[k].Mean /= max(1, n)
	}
	for _, c := range choices {
		for _, cell := range c.Values {
			for k, x := range cell {
				weights[k].Deviation += (x - weights[k].Mean) * (x - weights[k].Mean)
			}
		}
	}
	for k := range weights {
		weights[k].Deviation = math.Sqrt(weights[k].Deviation / max(1, n))
		if !(weights[k].Deviation > 1e-12) {
			weights[k].Deviation = 1 // the same in all cells: it adds 0
		}
	}
	return weights, gained
}

// likelihood is the function that Fit maximises.
type likelihood struct {
	standard [][][]float64
	choices  []Choice
	ridge    float64
	terms    int
}

// at returns the value, the gradient and the negated second derivatives.
func (l *likelihood) at(w []float64) (value float64, gradient []float64, curvature [][]float64) {
	gradient, curvature = make([]float64, l.terms), make([][]float64, l.terms)
	for k := range curvature {
		curvature[k] = make([]float64, l.terms)
		curvature[k][k] = l.ridge
		gradient[k] = -l.ridge * w[k]
		value -= l.ridge / 2 * w[k] * w[k]
	}
	for i, c := range l.choices {
		value += l.add(l.standard[i], c.Gained, w, gradient, curvature)
	}
	return value, gradient, curvature
}

// add adds one choice to the sums and returns its log likelihood.
func (l *likelihood) add(cells [][]float64, gained []bool, w, gradient []float64, curvature [][]float64) float64 {
	scores := make([]float64, len(cells))
	top := math.Inf(-1)
	for j, cell := range cells {
		for k, x := range cell {
			scores[j] += w[k] * x
		}
		top = max(top, scores[j])
	}
	all, hits, value := 0.0, 0.0, 0.0
	for j := range scores {
		if gained[j] {
			hits++
			value += scores[j] - top
		}
		scores[j] = math.Exp(scores[j] - top)
		all += scores[j]
	}
	value -= hits * math.Log(all)
	mean := make([]float64, l.terms)
	for j, cell := range cells {
		p := scores[j] / all
		for k, x := range cell {
			mean[k] += p * x
			if gained[j] {
				gradient[k] += x
			}
			for m := range k + 1 {
				curvature[k][m] += hits * p * x * cell[m]
			}
		}
	}
	for k := range mean {
		gradient[k] -= hits * mean[k]
		for m := range k + 1 {
			curvature[k][m] -= hits * mean[k] * mean[m]
		}
	}
	return value
}

// maximise takes Newton steps within the weights that are not negative. Each is
// found by coordinate descent on the quadratic model, and halved until the
// likelihood grows.
func (l *likelihood) maximise() []float64 {
	const steps, sweeps, halvings, enough = 100, 200, 30, 1e-10
	w := make([]float64, l.terms)
	value, gradient, curvature := l.at(w)
	for range steps {
		to := append([]float64(nil), w...)
		for range sweeps {
			for k := range to {
				slope := gradient[k]
				for m := range to {
					slope -= curvature[max(k, m)][min(k, m)] * (to[m] - w[m])
				}
				to[k] = max(0, to[k]+slope/math.Max(curvature[k][k], 1e-9))
			}
		}
		better := false
		for range halvings {
			next, g, c := l.at(to)
			if next > value+enough {
				w, value, gradient, curvature, better = to, next, g, c, true
				break
			}
			half := append([]float64(nil), to...)
			for k := range half {
				half[k] = (half[k] + w[k]) / 2
			}
			to = half
		}
		if !better {
			break
		}
	}
	return w
}
