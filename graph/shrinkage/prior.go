package shrinkage

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Cell is one region and link of a level, or several alike: Companies are
// there where Expected were expected.
type Cell struct {
	Companies int
	Expected  float64
	Times     int // how many such cells there are, at least 1
}

// priorGrid is how many values of a are tried before the best is refined.
const priorGrid = 33

// FitPrior returns the a in [low, high] that maximises the likelihood of the
// cells, each company count being Poisson with mean λ·Expected and λ ~
// Gamma(a, a). Cells with Expected = 0 say nothing about a and are left out;
// without any other cell the result is low. The likelihood is tried on a grid
// of log a; the zero of its slope next to the best value is found by bisection
// to a relative error of about 1e-10. The only error is that of the context, when it
// ends.
func FitPrior(ctx context.Context, cells []Cell, low, high float64) (float64, error) {
	f := fit{cells: make([]Cell, 0, len(cells))}
	for _, c := range cells {
		if c.Expected > 0 && c.Times > 0 {
			f.cells = append(f.cells, c)
		}
	}
	if len(f.cells) == 0 {
		return low, nil
	}
	from, to := math.Log(low), math.Log(high)
	step := (to - from) / (priorGrid - 1)
	best, bestValue := 0, math.Inf(-1)
	for i := range priorGrid {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if value := f.likelihood(math.Exp(from + float64(i)*step)); value > bestValue {
			best, bestValue = i, value
		}
	}
	lo := from + float64(max(best-1, 0))*step
	hi := from + float64(min(best+1, priorGrid-1))*step
	if best == 0 && f.slope(low) <= 0 {
		return low, nil
	}
	if best == priorGrid-1 && f.slope(high) >= 0 {
		return high, nil
	}
	for hi-lo > 1e-11 {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		mid := (lo + hi) / 2
		if f.slope(math.Exp(mid)) > 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return math.Exp((lo + hi) / 2), nil
}

type fit struct{ cells []Cell }

// manyCompanies is from where on sums over single companies are replaced by
// functions that are as exact for large arguments.
const manyCompanies = 32

// likelihood returns the log likelihood of a, but for what a does not change.
func (f fit) likelihood(a float64) float64 {
	sum := 0.0
	for _, c := range f.cells {
		n := float64(c.Companies)
		term := a*math.Log(a/(a+c.Expected)) - n*math.Log(a+c.Expected)
		if c.Companies > manyCompanies {
			top, _ := math.Lgamma(a + n)
			bottom, _ := math.Lgamma(a)
			term += top - bottom
		} else {
			for k := range c.Companies {
				term += math.Log(a + float64(k))
			}
		}
		sum += float64(c.Times) * term
	}
	return sum
}

// slope returns the derivative of the likelihood at a.
func (f fit) slope(a float64) float64 {
	sum := 0.0
	for _, c := range f.cells {
		n := float64(c.Companies)
		term := math.Log(a/(a+c.Expected)) + (c.Expected-n)/(a+c.Expected)
		if c.Companies > manyCompanies {
			term += mathext.Digamma(a+n) - mathext.Digamma(a)
		} else {
			for k := range c.Companies {
				term += 1 / (a + float64(k))
			}
		}
		sum += float64(c.Times) * term
	}
	return sum
}
