package evaluate

import (
	"math/rand/v2"
	"slices"
)

// Figure is a measure with the interval that holds it in 95 of 100 bootstraps
// of the areas (for entry) or of the buyers (for suppliers and products).
type Figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Method is the result of one way to score.
type Method struct {
	Name    string   `json:"name"`
	Figures []Figure `json:"figures"`
	// Behind is by how much ours is ahead of the method in each figure, in the
	// same resampled areas; nil for ours and where it is not computed.
	Behind []Figure `json:"behind,omitempty"`
}

// Figure returns a figure by name; false if there is none.
func (m Method) Figure(name string) (Figure, bool) {
	i := slices.IndexFunc(m.Figures, func(f Figure) bool { return f.Name == name })
	if i < 0 {
		return Figure{}, false
	}
	return m.Figures[i], true
}

// find returns a method of a list by name; false if there is none.
func find(methods []Method, name string) (Method, bool) {
	i := slices.IndexFunc(methods, func(m Method) bool { return m.Name == name })
	if i < 0 {
		return Method{}, false
	}
	return methods[i], true
}

// differences returns, area by area, by how much the first samples exceed the
// others.
func differences(of, over [][]float64) [][]float64 {
	found := make([][]float64, len(of))
	for i := range of {
		found[i] = make([]float64, len(of[i]))
		for m := range of[i] {
			found[i][m] = of[i][m] - over[i][m]
		}
	}
	return found
}

// resamples is how many bootstraps an interval takes.
const resamples = 1000

// summarise makes figures of samples: the mean over the areas of each measure,
// with a percentile interval over resampled areas. The samples hold one value
// a measure. The same seed draws the same areas for every method.
func summarise(names []string, samples [][]float64, seed uint64) []Figure {
	figures := make([]Figure, len(names))
	means := make([][]float64, len(names))
	random := rand.New(rand.NewPCG(seed, 0))
	for range resamples {
		sums := make([]float64, len(names))
		for range samples {
			for m, x := range samples[random.IntN(len(samples))] {
				sums[m] += x
			}
		}
		for m := range sums {
			means[m] = append(means[m], sums[m]/float64(len(samples)))
		}
	}
	for m, name := range names {
		f := Figure{Name: name}
		for _, s := range samples {
			f.Value += s[m] / float64(len(samples))
		}
		slices.Sort(means[m])
		f.Low, f.High = means[m][resamples/40], means[m][resamples-1-resamples/40]
		figures[m] = f
	}
	return figures
}
