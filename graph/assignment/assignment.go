// Package assignment assigns intermediaries to needs with the highest possible
// total worth and no intermediary above its capacity. What needs and
// intermediaries are is up to the caller; the package imports nothing of this
// module.
//
// Package matching and tests may import it.
package assignment

import (
	"math"
	"slices"

	"liantu/message"
)

// Problem is what [Solve] solves: the worth of every pair, and the limits.
type Problem struct {
	// Worth is the worth of an intermediary serving a need, by need, then intermediary. A
	// pair with a worth of 0 or less is never made. All rows have the same length.
	Worth [][]int64
	// PerNeed is the most intermediaries that a need gets.
	PerNeed int
	// Capacity is the most needs that each intermediary serves.
	Capacity []int
}

// Solution is an assignment of the highest total worth.
type Solution struct {
	Total int64
	Pairs []Pair // by need, then intermediary
}

// Pair is a need with an intermediary that serves it.
type Pair struct {
	Need, Intermediary int
	Worth              int64
	// Loss is by how much the best total falls if this intermediary must not serve
	// this need.
	Loss int64
	// Instead is the intermediary that replaces this one at the need in such a best
	// assignment, −1 if none does.
	Instead int
}

// Solve finds an assignment with the highest total. It is a minimum-cost flow,
// found by augmenting along shortest paths (Busacker and Gowen, 1960; Ahuja,
// Magnanti, Orlin: Network Flows, chapter 9): each path adds one pair and moves
// the pairs that it displaces to their best other place, until no path adds to
// the total. Equal problems give equal solutions. The error says what is wrong
// with the problem.
func Solve(p Problem) (Solution, error) {
	if err := p.check(); err != nil {
		return Solution{}, err
	}
	n := newNetwork(p)
	for n.augment() {
	}
	var s Solution
	for i := range n.needs {
		for j := range n.intermediaries {
			if n.pairs[i][j] {
				s.Total += p.Worth[i][j]
				s.Pairs = append(s.Pairs, Pair{Need: i, Intermediary: j, Worth: p.Worth[i][j]})
			}
		}
	}
	d := newDetours(n)
	for k := range s.Pairs {
		x := &s.Pairs[k]
		x.Loss, x.Instead = d.without(x.Need, x.Intermediary)
	}
	return s, nil
}

func (p Problem) check() error {
	if p.PerNeed < 0 {
		return message.Errorf("assignment: %d intermediaries a need: below 0", p.PerNeed)
	}
	for i, row := range p.Worth {
		if len(row) != len(p.Capacity) {
			return message.Errorf("assignment: need %d has %d worths for %d intermediaries", i, len(row), len(p.Capacity))
		}
		for _, w := range row {
			if w > math.MaxInt64/1_000_000 {
				return message.Errorf("assignment: a worth is too large to add up")
			}
		}
	}
	for j, c := range p.Capacity {
		if c < 0 {
			return message.Errorf("assignment: intermediary %d has the capacity %d: below 0", j, c)
		}
	}
	return nil
}

// network is the flow found so far: its pairs, and how many of them each need
// and each intermediary has.
type network struct {
	Problem
	needs, intermediaries int
	fits                  [][]fit // by need, the intermediaries that it could have, ascending
	pairs                 [][]bool
	served                [][]int // by intermediary, the needs it serves
	used, load            []int

	// Of the search for a shortest path: the cost of reaching a need or a
	// intermediary, and the intermediary or need before it.
	needCost, intermediaryCost     []int64
	needFrom, intermediaryFrom     []int
	needFell, intermediaryFell     []int  // whose cost fell since it was last visited
	needQueued, intermediaryQueued []bool // whether it is among these
}

// fit is an intermediary that a need could have, and the worth of the pair.
type fit struct {
	intermediary int
	worth        int64
}

const (
	unreachable = math.MaxInt64 / 4
	none        = -1
)

func newNetwork(p Problem) *network {
	n := &network{Problem: p, needs: len(p.Worth), intermediaries: len(p.Capacity)}
	n.pairs, n.fits = make([][]bool, n.needs), make([][]fit, n.needs)
	for i, row := range p.Worth {
		n.pairs[i] = make([]bool, n.intermediaries)
		for j, w := range row {
			if w > 0 {
				n.fits[i] = append(n.fits[i], fit{j, w})
			}
		}
	}
	n.used, n.load = make([]int, n.needs), make([]int, n.intermediaries)
	n.needCost, n.intermediaryCost = make([]int64, n.needs), make([]int64, n.intermediaries)
	n.needFrom, n.intermediaryFrom = make([]int, n.needs), make([]int, n.intermediaries)
	n.needQueued, n.intermediaryQueued = make([]bool, n.needs), make([]bool, n.intermediaries)
	n.served = make([][]int, n.intermediaries)
	return n
}

// reset clears the last search.
func (n *network) reset() {
	for i := range n.needs {
		n.needCost[i], n.needFrom[i] = unreachable, none
	}
	for j := range n.intermediaries {
		n.intermediaryCost[j], n.intermediaryFrom[j] = unreachable, none
	}
}

// lowerNeed records a lower cost of reaching a need.
func (n *network) lowerNeed(i int, cost int64) {
	n.needCost[i] = cost
	if !n.needQueued[i] {
		n.needQueued[i] = true
		n.needFell = append(n.needFell, i)
	}
}

// lowerIntermediary records a lower cost of reaching an intermediary.
func (n *network) lowerIntermediary(j int, cost int64) {
	n.intermediaryCost[j] = cost
	if !n.intermediaryQueued[j] {
		n.intermediaryQueued[j] = true
		n.intermediaryFell = append(n.intermediaryFell, j)
	}
}

// fallenNeed returns the need with the least cost among those whose cost fell
// since they were last visited, and none when there is no such need.
func (n *network) fallenNeed() int {
	at := none
	for k, i := range n.needFell {
		if at == none || n.needCost[i] < n.needCost[n.needFell[at]] {
			at = k
		}
	}
	if at == none {
		return none
	}
	i, last := n.needFell[at], len(n.needFell)-1
	n.needFell[at] = n.needFell[last]
	n.needFell = n.needFell[:last]
	n.needQueued[i] = false
	return i
}

// fallenIntermediaries returns the intermediaries whose cost fell since the last call. The
// result is overwritten when another cost falls.
func (n *network) fallenIntermediaries() []int {
	fell := n.intermediaryFell
	n.intermediaryFell = n.intermediaryFell[:0]
	for _, j := range fell {
		n.intermediaryQueued[j] = false
	}
	return fell
}

// augment adds the path that adds most to the total, and reports whether any
// path adds to it.
func (n *network) augment() bool {
	n.reset()
	for i := range n.needs {
		if n.used[i] < n.PerNeed {
			n.lowerNeed(i, 0)
		}
	}
	for i := n.fallenNeed(); i != none; i = n.fallenNeed() {
		n.spread(i)
	}
	best := none
	for j := range n.intermediaries {
		if n.load[j] < n.Capacity[j] && n.intermediaryCost[j] < 0 && (best == none || n.intermediaryCost[j] < n.intermediaryCost[best]) {
			best = j
		}
	}
	if best == none {
		return false
	}
	n.load[best]++
	for j := best; j != none; {
		i := n.intermediaryFrom[j]
		n.pair(i, j)
		if j = n.needFrom[i]; j == none {
			n.used[i]++
		} else {
			n.separate(i, j)
		}
	}
	return true
}

func (n *network) pair(i, j int) {
	n.pairs[i][j] = true
	n.served[j] = append(n.served[j], i)
}

func (n *network) separate(i, j int) {
	n.pairs[i][j] = false
	n.served[j] = slices.DeleteFunc(n.served[j], func(k int) bool { return k == i })
}

// spread lowers costs along the pairs that could be added for a need, and then
// along those that could be removed.
func (n *network) spread(need int) {
	cost, pairs := n.needCost[need], n.pairs[need]
	for _, f := range n.fits[need] {
		if cost-f.worth < n.intermediaryCost[f.intermediary] && !pairs[f.intermediary] {
			n.intermediaryFrom[f.intermediary] = need
			n.lowerIntermediary(f.intermediary, cost-f.worth)
		}
	}
	n.spreadBack()
}

// spreadBack lowers costs along the pairs that could be removed.
func (n *network) spreadBack() {
	for _, j := range n.fallenIntermediaries() {
		for _, i := range n.served[j] {
			if cost := n.intermediaryCost[j] + n.Worth[i][j]; cost < n.needCost[i] {
				n.needFrom[i] = j
				n.lowerNeed(i, cost)
			}
		}
	}
}
