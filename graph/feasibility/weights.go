package feasibility

import (
	_ "embed" // weights.json
	"encoding/json"
	"errors"
	"math"
	"slices"
	"sync"

	"liantu/graph/relatedness"
	"liantu/message"
)

// Weight is the weight of one term, with the values that standardise it.
type Weight struct {
	Term      string  `json:"term"`
	Weight    float64 `json:"weight"`    // 0 or more
	Mean      float64 `json:"mean"`      // of the value among the cells it was learned from
	Deviation float64 `json:"deviation"` // of the value among these cells, above 0
}

// Points returns what a value adds to the score.
func (w Weight) Points(value float64) float64 { return w.Weight * (value - w.Mean) / w.Deviation }

// Weights is a learned score: one weight for each term.
type Weights []Weight

//go:embed weights.json
var shipped []byte

// DefaultWeights returns the weights that are built into the program: learned by
// "liantu evaluate train" from the listed companies of China by province and
// third-level industry, as known on 2011-12-31, so that every test on a later
// period is fair.
var DefaultWeights = sync.OnceValue(func() Weights {
	var w Weights
	if err := json.Unmarshal(shipped, &w); err != nil {
		panic(err) // a test rules it out
	}
	return w
})

// Check returns an error with every reason why these cannot be the weights of
// the named terms, in their order.
func (w Weights) Check(terms []string) error {
	if len(w) != len(terms) {
		return message.Errorf("weights: %d terms instead of %d", len(w), len(terms))
	}
	var faults []error
	for i, x := range w {
		switch {
		case x.Term != terms[i]:
			faults = append(faults, message.Errorf("weights: term %d is %q instead of %q", i+1, x.Term, terms[i]))
		case !(x.Weight >= 0) || math.IsInf(x.Weight, 0):
			faults = append(faults, message.Errorf("weights: the weight of %q is %v, not 0 or more", x.Term, x.Weight))
		case !(x.Deviation > 0) || math.IsInf(x.Deviation, 0) || math.IsNaN(x.Mean) || math.IsInf(x.Mean, 0):
			faults = append(faults, message.Errorf("weights: %q has mean %v and deviation %v", x.Term, x.Mean, x.Deviation))
		}
	}
	return errors.Join(faults...)
}

// Points returns what each term adds to the score of a cell, given the value
// of each. The score is their sum, see [Weights.Score].
func (w Weights) Points(values []float64) []float64 {
	points := make([]float64, len(w))
	for i, x := range w {
		points[i] = x.Points(values[i])
	}
	return points
}

// Score returns the sum of the points, added in the order of the terms.
func (w Weights) Score(values []float64) float64 {
	score := 0.0
	for i, x := range w {
		score += x.Points(values[i])
	}
	return score
}

// Scores returns the score of every cell, given one matrix of values for each
// term, as [History.Values] returns them.
func (w Weights) Scores(values []relatedness.Matrix) relatedness.Matrix {
	m := relatedness.NewMatrix(values[0].Rows, values[0].Columns)
	for i, x := range w {
		for cell, value := range values[i].Values {
			m.Values[cell] += x.Points(value)
		}
	}
	return m
}

// Choice is the set of cells that one place lacked on a day, with those of them
// that it had gained by a later day.
type Choice struct {
	Values [][]float64 // by cell and term
	Gained []bool      // by cell
}

// Choices returns one choice for each wanted place of a history: its empty
// cells, with those that gained reports. Places that gained nothing add no
// information and are left out.
func (h *History) Choices(wanted func(place int) bool, gained func(place, item int) bool) []Choice {
	values, network := h.Values(), h.Network()
	var choices []Choice
	for place := range h.Places {
		if !wanted(place) {
			continue
		}
		var c Choice
		for item := range h.Items {
			if network.Has(place, item) {
				continue
			}
			cell := make([]float64, len(values))
			for term := range values {
				cell[term] = values[term].At(place, item)
			}
			c.Values = append(c.Values, cell)
			c.Gained = append(c.Gained, gained(place, item))
		}
		if slices.Contains(c.Gained, true) {
			choices = append(choices, c)
		}
	}
	return choices
}
