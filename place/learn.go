package place

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
)

// Verdict is what a reader says of a company and a link.
type Verdict string

// The verdicts.
const (
	Yes    Verdict = "yes"    // the company makes what the link makes, or provides its service
	Partly Verdict = "partly" // a side line, a neighbour, or installation only
	No     Verdict = "no"     // trade in it, another meaning, nothing to do with it
)

// An example is one pair that a reader judged, with the values of the terms.
type example struct {
	company string // pairs of one company are learned from together
	verdict Verdict
	barred  bool // a rule keeps it from being confirmed
	x       vector
}

// Pupil collects examples.
type Pupil struct {
	placer   *Placer
	examples []example
	misses   int // pairs judged yes of which no word names the link
}

// NewPupil returns a pupil for the links of a taxonomy, with the tables of this package.
func NewPupil(t *Taxonomy) *Pupil {
	tables, _ := builtIn()
	return &Pupil{placer: newPlacer(t, tables, &Model{}, 1)}
}

// Add adds the pairs of a company, by code of link. A pair of which no word names the link
// teaches nothing; if it is judged yes it counts as missed.
func (u *Pupil) Add(c Company, pairs map[string]Verdict) {
	list, weighed := u.placer.weigh(c)
	found := map[string]bool{}
	for i, s := range list {
		code := u.placer.taxonomy.links[s.link].Code
		if v, ok := pairs[code]; ok {
			found[code] = true
			u.examples = append(u.examples, example{company: c.Name, verdict: v, barred: u.placer.bar(&weighed[i], s) != "", x: weighed[i]})
		}
	}
	for code, v := range pairs {
		if v == Yes && !found[code] {
			u.misses++
		}
	}
}

// Learn fits the points to the examples and finds the thresholds, as the function learn says.
func (u *Pupil) Learn() (*Model, error) { return learn(u.examples, u.misses) }

const (
	folds = 10
	// fewest pairs on which a precision rests.
	fewest = 15
)

// levels are the precisions for which thresholds are sought.
var levels = []float64{.70, .75, .80, .85, .90, .92, .94}

// fold is the part of the companies to which one belongs, from 0.
func fold(company string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(company)) // it cannot fail
	return int(h.Sum32() >> 8 % folds)
}

// learn fits the points to examples and finds the thresholds: each example is scored by
// the points that the examples of other companies give (ten parts, by a hash of the
// company), and a precision is reached from the least probability on at which this part of
// the pairs above it, barred ones apart, is right with a certainty of 97.5 in 100. misses is how many pairs that are right
// gave no example, since no word names the link; they count in the recall.
func learn(examples []example, misses int) (*Model, error) {
	scored := make([]scoredPair, len(examples))
	for f := range folds {
		var rest []example
		for _, e := range examples {
			if fold(e.company) != f {
				rest = append(rest, e)
			}
		}
		points, _, err := fit(rest, ignorance())
		if err != nil {
			return nil, err
		}
		for i, e := range examples {
			if fold(e.company) == f {
				scored[i] = scoredPair{logistic(dot(points[:], e.x[:])), e}
			}
		}
	}
	points, precision, err := fit(examples, ignorance())
	if err != nil {
		return nil, err
	}
	return &Model{points: points, precision: precision, reached: thresholds(scored, misses)}, nil
}

// normal975 is the quantile of the normal distribution of 97.5 in 100.
const normal975 = 1.96

// atLeast is the share that so many of n show with a certainty of 97.5 in 100: the lower
// bound of Wilson's interval of 95 %.
func atLeast(yes, n int) float64 {
	p, m := float64(yes)/float64(n), float64(n)
	z2 := normal975 * normal975
	return (p + z2/(2*m) - normal975*math.Sqrt(p*(1-p)/m+z2/(4*m*m))) / (1 + z2/m)
}

// scoredPair is an example with the probability that others give it.
type scoredPair struct {
	p float64
	example
}

// thresholds finds the least probability for each precision that is reached.
func thresholds(scored []scoredPair, misses int) []reached {
	slices.SortStableFunc(scored, func(a, b scoredPair) int { return -cmp.Compare(a.p, b.p) })
	right := misses
	for _, s := range scored {
		if s.verdict == Yes {
			right++
		}
	}
	var out []reached
	for _, level := range levels {
		n, yes := 0, 0
		best := reached{precision: level}
		for i, s := range scored {
			if !s.barred {
				n++
				if s.verdict == Yes {
					yes++
				}
			}
			if last := i == len(scored)-1 || scored[i+1].p < s.p; last && n >= fewest && atLeast(yes, n) >= level {
				best.probability, best.recall = s.p, float64(yes)/float64(max(1, right))
			}
		}
		if best.probability > 0 {
			out = append(out, best)
		}
	}
	return out
}
