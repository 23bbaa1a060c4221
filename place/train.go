package place

import (
	"math"

	"liantu/message"
)

const (
	// ridge is the weight of the penalty on the squares of the points: the variance of the
	// prior of a point is 1/ridge.
	ridge = 2.0
	// steps are the most Newton steps; the objective is convex and some ten are enough.
	steps = 60
)

// matrix has a row and a column for each term.
type matrix [termCount][termCount]float64

// prior is what is known of points before any example: a normal distribution by its mean
// and by its precision, the inverse of its covariance.
type prior struct {
	mean      vector
	precision *matrix
}

// ignorance is the prior of points of which nothing is known: 0, of variance 1/ridge, and
// any constant.
func ignorance() prior {
	p := prior{precision: &matrix{}}
	for j := range p.precision {
		p.precision[j][j] = ridge
	}
	p.precision[constant][constant] = 1e-9
	return p
}

// fit returns the points of a logistic score by penalised maximum likelihood: the maximum
// of Σ log P(yᵢ | xᵢ) − (w − m)ᵀ·A·(w − m)/2 for a prior of mean m and precision A, with
// P(yes | x) = 1/(1 + e^−w·x); Newton's method (iteratively reweighted least squares) in
// the fixed order of the examples, so that the same examples give the same bytes. It also
// returns minus the second derivatives there, which are the precision of the points
// after the examples (Laplace's approximation).
func fit(examples []example, before prior) (vector, *matrix, error) {
	if len(examples) == 0 {
		return before.mean, nil, message.Errorf("no examples to learn from")
	}
	points := before.mean
	for range steps {
		gradient, hessian := slopes(examples, &points, &before)
		step, ok := solve(hessian, gradient)
		if !ok {
			return points, nil, message.Errorf("the examples do not determine the points")
		}
		largest := 0.0
		for j := range points {
			points[j] += step[j]
			largest = max(largest, math.Abs(step[j]))
		}
		if largest < 1e-9 {
			break
		}
	}
	_, hessian := slopes(examples, &points, &before)
	return points, hessian, nil
}

// slopes returns the gradient of the objective and minus its second derivatives.
func slopes(examples []example, w *vector, before *prior) (*vector, *matrix) {
	g, h := &vector{}, &matrix{}
	for j := range h {
		for k := range h {
			g[j] -= before.precision[j][k] * (w[k] - before.mean[k])
		}
		for k := 0; k <= j; k++ {
			h[j][k] = before.precision[j][k]
		}
	}
	for _, e := range examples {
		p := logistic(dot(w[:], e.x[:]))
		y := 0.0
		if e.verdict == Yes {
			y = 1
		}
		for j, x := range e.x {
			if x == 0 {
				continue
			}
			g[j] += (y - p) * x
			for k := 0; k <= j; k++ {
				h[j][k] += p * (1 - p) * x * e.x[k]
			}
		}
	}
	for j := range h {
		for k := range j {
			h[k][j] = h[j][k]
		}
	}
	return g, h
}

// solve solves a·x = b for a symmetric, positive definite a by Cholesky's method; it is
// false when a is not.
func solve(a *matrix, b *vector) (*vector, bool) {
	n := len(b)
	l := make([][]float64, n)
	for i := range l {
		l[i] = make([]float64, n)
		for j := 0; j <= i; j++ {
			s := a[i][j]
			for k := range j {
				s -= l[i][k] * l[j][k]
			}
			if i == j {
				if s <= 0 {
					return nil, false
				}
				l[i][i] = math.Sqrt(s)
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	x := &vector{}
	for i := range x {
		s := b[i]
		for k := range i {
			s -= l[i][k] * x[k]
		}
		x[i] = s / l[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		s := x[i]
		for k := i + 1; k < n; k++ {
			s -= l[k][i] * x[k]
		}
		x[i] = s / l[i][i]
	}
	return x, true
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i, x := range b {
		s += a[i] * x
	}
	return s
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
