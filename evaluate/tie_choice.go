package evaluate

import (
	"cmp"
	"context"
	"maps"
	"math/rand/v2"
	"slices"
)

// TieChoice says which method gives the scores that a report ships, decided by the
// known pairs alone. A tenth of them is hidden, ours learns on the rest, and every
// method ranks the hidden ones; again with another tenth until 1,000 were hidden,
// at most five times. Ours is shipped if its MRR is ahead of that of
// every other method in 95 of 100 bootstraps of the buyers, the lower end of each
// interval above 0; else the other method of the greatest MRR, of equal ones
// the first in the order of the report. Chance is no method to ship. Where too few
// pairs are known to hide any, paths of three are shipped.
type TieChoice struct {
	Method string   `json:"method"`
	Hidden int      `json:"hidden"` // of the known pairs, in all rounds
	MRR    []Figure `json:"mrr"`    // of each method, by its name
	Ahead  []Figure `json:"ahead"`  // of ours in MRR, by the name of the other method
}

// How often pairs are hidden to choose a method: until so many were, and at most
// so many times.
const (
	choicePairs  = 1000
	choiceRounds = 5
)

// choose decides which method to ship.
func (t *ties) choose(ctx context.Context, known []Pair, seed uint64) (*TieChoice, error) {
	c := &TieChoice{Method: Paths}
	names := tieMethods()[1:] // without chance
	results := make([]map[int32]*result, len(names))
	for i := range results {
		results[i] = map[int32]*result{}
	}
	for round := range uint64(choiceRounds) {
		hidden, rest := split(known, innerShare, seed+6+round)
		if learnable, _ := split(rest, innerShare, seed); len(hidden) == 0 || len(learnable) == 0 {
			return c, nil
		}
		inner := t.with(rest)
		weights, err := inner.learn(rest, seed+round)
		if err != nil {
			return nil, err
		}
		e := newTrial(inner, hidden, weights, TieQuestion{Seed: seed + round})
		if err := e.run(ctx); err != nil {
			return nil, err
		}
		for i, name := range names {
			for k, buyer := range e.asked {
				if results[i][buyer] == nil {
					results[i][buyer] = &result{}
				}
				results[i][buyer].ranks = append(results[i][buyer].ranks, e.results[name][k].ranks...)
			}
		}
		if c.Hidden += len(hidden); c.Hidden >= choicePairs {
			break
		}
	}
	tallies := make([]*tally, len(names))
	for i := range names {
		var all []result
		for _, buyer := range slices.Sorted(maps.Keys(results[i])) {
			all = append(all, *results[i][buyer])
		}
		tallies[i] = newTally(all)
	}
	c.compare(names, tallies, len(results[0]), seed)
	c.decide()
	return c, nil
}

// compare measures each method, and ours, the last, against each other one.
func (c *TieChoice) compare(names []string, tallies []*tally, buyers int, seed uint64) {
	times := make([]float64, buyers)
	for i := range times {
		times[i] = 1
	}
	ours := len(names) - 1
	for i, name := range names {
		c.MRR = append(c.MRR, Figure{Name: name, Value: tallies[i].reciprocal(times)})
	}
	for i, name := range names[:ours] {
		c.Ahead = append(c.Ahead, Figure{Name: name, Value: c.MRR[ours].Value - c.MRR[i].Value})
	}
	random := rand.New(rand.NewPCG(seed, 7))
	drawn := make([][]float64, len(names))
	for range resamples {
		clear(times)
		for range times {
			times[random.IntN(len(times))]++
		}
		for i := range names {
			drawn[i] = append(drawn[i], tallies[i].reciprocal(times))
		}
	}
	for i := range c.Ahead {
		ahead := make([]float64, resamples)
		for k := range ahead {
			ahead[k] = drawn[ours][k] - drawn[i][k]
		}
		c.Ahead[i].Low, c.Ahead[i].High = interval(ahead)
	}
	for i := range c.MRR {
		c.MRR[i].Low, c.MRR[i].High = interval(drawn[i])
	}
}

// interval sorts values of bootstraps and returns the ends of the middle 95 %.
func interval(drawn []float64) (low, high float64) {
	slices.Sort(drawn)
	return drawn[len(drawn)/40], drawn[len(drawn)-1-len(drawn)/40]
}

// decide names the method to ship.
func (c *TieChoice) decide() {
	if !slices.ContainsFunc(c.Ahead, func(f Figure) bool { return f.Low <= 0 }) {
		c.Method = Ours
		return
	}
	best := slices.MaxFunc(c.MRR[:len(c.Ahead)], func(a, b Figure) int { return cmp.Compare(a.Value, b.Value) })
	c.Method = best.Name
}
