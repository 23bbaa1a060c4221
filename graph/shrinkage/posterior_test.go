package shrinkage_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph/shrinkage"
)

// TestQuantileInvertsBelow checks the quantiles against the distribution they
// invert, from shapes far below one to large ones.
func TestQuantileInvertsBelow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := shrinkage.Posterior{
			Shape: math.Exp(rapid.Float64Range(math.Log(0.05), math.Log(20000)).Draw(rt, "log shape")),
			Rate:  math.Exp(rapid.Float64Range(-5, 8).Draw(rt, "log rate")),
		}
		q := rapid.Float64Range(0.0005, 0.9995).Draw(rt, "q")
		if got := d.Below(d.Quantile(q)); math.Abs(got-q) > 1e-10 {
			rt.Fatalf("%+v: P(λ < quantile(%v)) = %v", d, q, got)
		}
	})
}

// TestPosteriorOfKnownDistributions compares with the exponential and the
// Erlang distribution, which need no special function.
func TestPosteriorOfKnownDistributions(t *testing.T) {
	for _, x := range []float64{1e-6, 0.3, 1, 4, 30} {
		one := shrinkage.Posterior{Shape: 1, Rate: 2}
		if got, want := one.Below(x), -math.Expm1(-2*x); math.Abs(got-want) > 1e-14 {
			t.Errorf("exponential below %v: %v instead of %v", x, got, want)
		}
		three := shrinkage.Posterior{Shape: 3, Rate: 2}
		if got, want := three.Above(x), math.Exp(-2*x)*(1+2*x+2*x*x); math.Abs(got-want) > 1e-14 {
			t.Errorf("Erlang above %v: %v instead of %v", x, got, want)
		}
	}
}

// TestFitPriorFindsTheSpread checks that even counts ask for a narrow prior and
// uneven ones for a wide one.
func TestFitPriorFindsTheSpread(t *testing.T) {
	cells := func(counts ...int) []shrinkage.Cell {
		var list []shrinkage.Cell
		for _, n := range counts {
			list = append(list, shrinkage.Cell{Companies: n, Expected: 4, Times: 1})
		}
		return list
	}
	even := fit(t, cells(4, 4, 4, 4, 4, 4), 0.1, 100)
	uneven := fit(t, cells(0, 0, 1, 2, 9, 12), 0.1, 100)
	extreme := fit(t, cells(0, 0, 0, 0, 0, 400), 0.1, 100)
	if even != 100 || extreme != 0.1 || uneven <= 0.1 || uneven >= 5 {
		t.Errorf("priors %v, %v and %v for even, uneven and extreme counts", even, uneven, extreme)
	}
	many := []shrinkage.Cell{{Companies: 0, Expected: 4, Times: 2}, {Companies: 1, Expected: 4, Times: 1}}
	if a, b := fit(t, many, 0.1, 100), fit(t, cells(0, 0, 1), 0.1, 100); a != b {
		t.Errorf("two cells alike give %v, the same twice %v", a, b)
	}
	if got := fit(t, nil, 0.1, 100); got != 0.1 {
		t.Errorf("no cells give %v", got)
	}
}

// fit is FitPrior with a context that does not end.
func fit(t *testing.T, cells []shrinkage.Cell, low, high float64) float64 {
	t.Helper()
	a, err := shrinkage.FitPrior(t.Context(), cells, low, high)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
