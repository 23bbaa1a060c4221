// Package assignment assigns partners to needs with the highest possible total
// worth and no partner above its capacity. What needs and partners are is up to
// the caller; the package imports nothing of this module.
//
// Package matching and tests may import it.
package assignment

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Problem is what [Solve] solves: the worth of every pair, and the limits.
type Problem struct {
	// Worth is the worth of a partner serving a need, by need, then partner. A
	// pair with a worth of 0 or less is never made. All rows have the same length.
	Worth [][]int64
	// PerNeed is the most partners that a need gets.
	PerNeed int
	// Capacity is the most needs that each partner serves.
	Capacity []int
}

// Solution is an assignment of the highest total worth.
type Solution struct {
	Total int64
	Pairs []Pair // by need, then partner
}

// Pair is a need with a partner that serves it.
type Pair struct {
	Need, Partner int
	Worth         int64
	// Loss is by how much the best total falls if this partner must not serve
	// this need.
	Loss int64
	// Instead is the partner that replaces this one at the need in such a best
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
		for j := range n.partners {
			if n.pairs[i][j] {
				s.Total += p.Worth[i][j]
				s.Pairs = append(s.Pairs, Pair{Need: i, Partner: j, Worth: p.Worth[i][j]})
			}
		}
	}
	d := newDetours(n)
	for k := range s.Pairs {
		x := &s.Pairs[k]
		x.Loss, x.Instead = d.without(x.Need, x.Partner)
	}
	return s, nil
}

func (p Problem) check() error {
	if p.PerNeed < 0 {
		return fmt.Errorf("assignment: %d partners a need: below 0", p.PerNeed)
	}
	for i, row := range p.Worth {
		if len(row) != len(p.Capacity) {
			return fmt.Errorf("assignment: need %d has %d worths for %d partners", i, len(row), len(p.Capacity))
		}
		for _, w := range row {
			if w > math.MaxInt64/1_000_000 {
				return errors.New("assignment: a worth is too large to add up")
			}
		}
	}
	for j, c := range p.Capacity {
		if c < 0 {
			return fmt.Errorf("assignment: partner %d has the capacity %d: below 0", j, c)
		}
	}
	return nil
}

// network is the flow found so far: its pairs, and how many of them each need
// and each partner has.
type network struct {
	Problem
	needs, partners int
	fits            [][]fit // by need, the partners that it could have, ascending
	pairs           [][]bool
	served          [][]int // by partner, the needs it serves
	used, load      []int

	// Of the search for a shortest path: the cost of reaching a need or a
	// partner, and the partner or need before it.
	needCost, partnerCost     []int64
	needFrom, partnerFrom     []int
	needFell, partnerFell     []int  // whose cost fell since it was last visited
	needQueued, partnerQueued []bool // whether it is among these
}

// fit is a partner that a need could have, and the worth of the pair.
type fit struct {
	partner int
	worth   int64
}

const (
	unreachable = math.MaxInt64 / 4
	none        = -1
)

func newNetwork(p Problem) *network {
	n := &network{Problem: p, needs: len(p.Worth), partners: len(p.Capacity)}
	n.pairs, n.fits = make([][]bool, n.needs), make([][]fit, n.needs)
	for i, row := range p.Worth {
		n.pairs[i] = make([]bool, n.partners)
		for j, w := range row {
			if w > 0 {
				n.fits[i] = append(n.fits[i], fit{j, w})
			}
		}
	}
	n.used, n.load = make([]int, n.needs), make([]int, n.partners)
	n.needCost, n.partnerCost = make([]int64, n.needs), make([]int64, n.partners)
	n.needFrom, n.partnerFrom = make([]int, n.needs), make([]int, n.partners)
	n.needQueued, n.partnerQueued = make([]bool, n.needs), make([]bool, n.partners)
	n.served = make([][]int, n.partners)
	return n
}

// reset clears the last search.
func (n *network) reset() {
	for i := range n.needs {
		n.needCost[i], n.needFrom[i] = unreachable, none
	}
	for j := range n.partners {
		n.partnerCost[j], n.partnerFrom[j] = unreachable, none
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

// lowerPartner records a lower cost of reaching a partner.
func (n *network) lowerPartner(j int, cost int64) {
	n.partnerCost[j] = cost
	if !n.partnerQueued[j] {
		n.partnerQueued[j] = true
		n.partnerFell = append(n.partnerFell, j)
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

// fallenPartners returns the partners whose cost fell since the last call. The
// result is overwritten when another cost falls.
func (n *network) fallenPartners() []int {
	fell := n.partnerFell
	n.partnerFell = n.partnerFell[:0]
	for _, j := range fell {
		n.partnerQueued[j] = false
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
	for j := range n.partners {
		if n.load[j] < n.Capacity[j] && n.partnerCost[j] < 0 && (best == none || n.partnerCost[j] < n.partnerCost[best]) {
			best = j
		}
	}
	if best == none {
		return false
	}
	n.load[best]++
	for j := best; j != none; {
		i := n.partnerFrom[j]
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
		if cost-f.worth < n.partnerCost[f.partner] && !pairs[f.partner] {
			n.partnerFrom[f.partner] = need
			n.lowerPartner(f.partner, cost-f.worth)
		}
	}
	n.spreadBack()
}

// spreadBack lowers costs along the pairs that could be removed.
func (n *network) spreadBack() {
	for _, j := range n.fallenPartners() {
		for _, i := range n.served[j] {
			if cost := n.partnerCost[j] + n.Worth[i][j]; cost < n.needCost[i] {
				n.needFrom[i] = j
				n.lowerNeed(i, cost)
			}
		}
	}
}
