package shrinkage

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Posterior is what is known of a location quotient λ: a gamma distribution.
type Posterior struct {
	Shape, Rate float64
}

// NewPosterior joins the prior Gamma(a, a) with n companies where e were
// expected. a must be above 0, n and e not below.
func NewPosterior(a, n, e float64) Posterior { return Posterior{Shape: a + n, Rate: a + e} }

// Mean returns the mean of λ.
func (d Posterior) Mean() float64 { return d.Shape / d.Rate }

// Below returns P(λ < x).
func (d Posterior) Below(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return mathext.GammaIncReg(d.Shape, d.Rate*x)
}

// Above returns P(λ > x), exact also where it is tiny.
func (d Posterior) Above(x float64) float64 {
	if x <= 0 {
		return 1
	}
	return mathext.GammaIncRegComp(d.Shape, d.Rate*x)
}

// quantileSteps is the most steps of the search for a quantile; three are usual.
const quantileSteps = 200

// Quantile returns the x with P(λ < x) = q for 0 < q < 1, to a relative error
// of about 1e-12. It starts from the approximation of Wilson and Hilferty and
// refines it by Halley's method, kept within a bracket that is halved when a
// step would leave it. A step leaves an error of about its third power, so that
// a small one needs no other to prove it.
func (d Posterior) Quantile(q float64) float64 {
	k := d.Shape
	x := k * cube(1-1/(9*k)+math.Sqrt2*math.Erfinv(2*q-1)/(3*math.Sqrt(k)))
	low, high := 0.0, math.Inf(1)
	if !(x > 0) {
		// Far in the lower tail P(x) is about x^k / Γ(k+1).
		lg, _ := math.Lgamma(k + 1)
		x = math.Exp((math.Log(q) + lg) / k)
	}
	lgk, _ := math.Lgamma(k)
	for range quantileSteps {
		miss := mathext.GammaIncReg(k, x) - q
		if miss < 0 {
			low = x
		} else {
			high = x
		}
		step := miss / math.Exp((k-1)*math.Log(x)-x-lgk)
		if bend := 1 - step*((k-1)/x-1)/2; bend > 0.5 {
			step /= bend
		}
		next := x - step
		inside := next > low && next < high
		switch {
		case inside:
		case math.IsInf(high, 1):
			next = 2 * x
		default:
			next = (low + high) / 2
		}
		if moved := math.Abs(next - x); moved <= 1e-13*x || inside && moved <= 1e-6*x {
			return next / d.Rate
		}
		x = next
	}
	return x / d.Rate
}

func cube(x float64) float64 { return x * x * x }
