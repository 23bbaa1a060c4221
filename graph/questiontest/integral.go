package questiontest

import "math"

// The posterior of the oracle is known by its density alone: everything about
// it is found by adding up small pieces, with no special function.

// nodes and weights of Gauss and Legendre's rule with eight points on [-1, 1].
var gauss = [4][2]float64{
	{0.1834346424956498, 0.3626837833783620},
	{0.5255324099163290, 0.3137066458778873},
	{0.7966664774136267, 0.2223810344533745},
	{0.9602898564975363, 0.1012285362903763},
}

// gamma is a gamma distribution with a shape and a rate, in u = log λ.
type gamma struct {
	shape, rate, low, mode, high, whole float64
}

func newGamma(shape, rate float64) *gamma {
	g := &gamma{shape: shape, rate: rate, mode: math.Log(shape / rate)}
	g.low, g.high = g.mode, g.mode
	for g.log(g.low) > -45 {
		g.low -= 0.5 / math.Sqrt(shape)
	}
	for g.log(g.high) > -45 {
		g.high += 0.1 / math.Sqrt(shape)
	}
	g.whole = g.integral(g.high)
	return g
}

// log returns the logarithm of the density of u, but for a constant, 0 at the
// mode.
func (g *gamma) log(u float64) float64 {
	d := u - g.mode
	return g.shape * (d - math.Expm1(d))
}

// integral adds up the density from far below to u.
func (g *gamma) integral(u float64) float64 {
	const pieces = 160
	if u <= g.low {
		return 0
	}
	u = min(u, g.high)
	sum, width := 0.0, (u-g.low)/pieces
	for i := range pieces {
		middle := g.low + (float64(i)+0.5)*width
		for _, p := range gauss {
			h := p[0] * width / 2
			sum += p[1] * (math.Exp(g.log(middle-h)) + math.Exp(g.log(middle+h)))
		}
	}
	return sum * width / 2
}

// below returns P(λ < x).
func (g *gamma) below(x float64) float64 { return g.integral(math.Log(x)) / g.whole }

// quantile returns the x with P(λ < x) = q, by halving.
func (g *gamma) quantile(q float64) float64 {
	lo, hi := g.low, g.high
	for range 44 {
		mid := (lo + hi) / 2
		if g.integral(mid) < q*g.whole {
			lo = mid
		} else {
			hi = mid
		}
	}
	return math.Exp((lo + hi) / 2)
}

// mostLikely returns the a between low and high with the largest value of f,
// by trying ever finer grids of log a.
func mostLikely(f func(a float64) float64, low, high float64) float64 {
	lo, hi := math.Log(low), math.Log(high)
	const points = 60
	for round := range 8 {
		n := points
		if round == 0 {
			n = 4 * points
		}
		best, bestAt := math.Inf(-1), lo
		step := (hi - lo) / float64(n)
		for i := range n + 1 {
			if x := lo + float64(i)*step; f(math.Exp(x)) > best {
				best, bestAt = f(math.Exp(x)), x
			}
		}
		lo, hi = max(math.Log(low), bestAt-step), min(math.Log(high), bestAt+step)
	}
	return math.Exp((lo + hi) / 2)
}
