package feasibility_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph/feasibility"
)

func drawHistory(t *rapid.T) *feasibility.History {
	h := &feasibility.History{Places: rapid.IntRange(1, 6).Draw(t, "places")}
	for i := range rapid.IntRange(1, 8).Draw(t, "items") {
		group := int32(i % 3)
		name := rapid.SampledFrom([]string{"", "光刻胶", "电子光刻机", "其他电子", "锂电池", "电池材料"}).Draw(t, "name")
		h.Items = append(h.Items, feasibility.Item{Name: name, Group: group, Sector: group / 2})
	}
	for range rapid.IntRange(0, 30).Draw(t, "entries") {
		h.Entries = append(h.Entries, feasibility.Entry{
			Place: int32(rapid.IntRange(0, h.Places-1).Draw(t, "place")), Item: int32(rapid.IntRange(0, len(h.Items)-1).Draw(t, "item")),
			Age: rapid.Float64Range(0, 20).Draw(t, "age"),
		})
	}
	return h
}

// TestTermsAddUp checks that the score of every cell is the sum of its points,
// and that every value is a number, whatever is known.
func TestTermsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		var w feasibility.Weights
		for _, term := range feasibility.TermNames() {
			w = append(w, feasibility.Weight{
				Term: term, Weight: rapid.Float64Range(0, 2).Draw(t, "weight"),
				Mean: rapid.Float64Range(-3, 3).Draw(t, "mean"), Deviation: rapid.Float64Range(0.1, 3).Draw(t, "deviation"),
			})
		}
		if err := w.Check(feasibility.TermNames()); err != nil {
			t.Fatal(err)
		}
		values := h.Values()
		scores := w.Scores(values)
		for place := range h.Places {
			for item := range h.Items {
				cell := make([]float64, len(values))
				for term := range values {
					cell[term] = values[term].At(place, item)
					if math.IsNaN(cell[term]) || math.IsInf(cell[term], 0) {
						t.Fatalf("%s of place %d and item %d is %v", w[term].Term, place, item, cell[term])
					}
				}
				sum := 0.0
				for _, p := range w.Points(cell) {
					sum += p
				}
				if sum != w.Score(cell) || math.Abs(sum-scores.At(place, item)) > 1e-12 {
					t.Fatalf("points of %v, score %v and %v", sum, w.Score(cell), scores.At(place, item))
				}
			}
		}
	})
}

// likelihood is the function that Fit maximises, in its simplest form.
func likelihood(w feasibility.Weights, choices []feasibility.Choice, ridge float64) float64 {
	sum := 0.0
	for _, x := range w {
		sum -= ridge / 2 * x.Weight * x.Weight
	}
	for _, c := range choices {
		all := 0.0
		for _, cell := range c.Values {
			all += math.Exp(w.Score(cell))
		}
		for i, cell := range c.Values {
			if c.Gained[i] {
				sum += w.Score(cell) - math.Log(all)
			}
		}
	}
	return sum
}

// TestFitIsTheBest steps away from the learned weights in every direction in
// which none becomes negative: the likelihood never grows.
func TestFitIsTheBest(t *testing.T) {
	terms := []string{"a", "b", "c"}
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		var choices []feasibility.Choice
		for range rapid.IntRange(1, 5).Draw(t, "choices") {
			var c feasibility.Choice
			for i := range 12 {
				cell := []float64{random.NormFloat64(), 3 + random.NormFloat64(), random.NormFloat64()}
				c.Values = append(c.Values, cell)
				c.Gained = append(c.Gained, i == 0 || cell[0]-cell[2]+random.NormFloat64() > 1)
			}
			choices = append(choices, c)
		}
		w, err := feasibility.Fit(terms, choices, 1)
		if err != nil {
			t.Fatal(err)
		}
		best := likelihood(w, choices, 1)
		for range 40 {
			other := slices.Clone(w)
			for k := range other {
				other[k].Weight = math.Max(0, other[k].Weight+0.1*random.NormFloat64())
			}
			if l := likelihood(other, choices, 1); l > best+1e-7 {
				t.Fatalf("weights %v give %v, but %v give %v", w, best, other, l)
			}
		}
	})
}

func TestFitNeedsGains(t *testing.T) {
	c := feasibility.Choice{Values: [][]float64{{1}, {2}}, Gained: []bool{false, false}}
	if _, err := feasibility.Fit([]string{"a"}, []feasibility.Choice{c}, 1); !errors.Is(err, feasibility.ErrNothingGained) {
		t.Errorf("error %v", err)
	}
	if _, err := feasibility.Fit([]string{"a"}, nil, 1); !errors.Is(err, feasibility.ErrNothingGained) {
		t.Errorf("error %v", err)
	}
}

func TestCheckNamesEveryFault(t *testing.T) {
	terms := []string{"a", "b", "c"}
	good := feasibility.Weights{{"a", 1, 0, 1}, {"b", 0, 0, 1}, {"c", 2, -1, 0.5}}
	if err := good.Check(terms); err != nil {
		t.Error(err)
	}
	for name, bad := range map[string]feasibility.Weights{
		"too few":   good[:2],
		"order":     {good[1], good[0], good[2]},
		"negative":  {{"a", -1, 0, 1}, good[1], good[2]},
		"no spread": {{"a", 1, 0, 0}, good[1], good[2]},
		"NaN":       {{"a", math.NaN(), 0, 1}, good[1], good[2]},
	} {
		if bad.Check(terms) == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestShippedWeights(t *testing.T) {
	if err := feasibility.DefaultWeights().Check(feasibility.TermNames()); err != nil {
		t.Error(err)
	}
}
