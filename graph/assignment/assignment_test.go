package assignment_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"liantu/graph/assignment"
)

// best is the highest total, found by exhaustive search: for each need every set
// of intermediaries that is not too large.
func best(p assignment.Problem, need int, free []int) int64 {
	if need == len(p.Worth) {
		return 0
	}
	most := int64(0)
	for set := range 1 << len(p.Capacity) {
		total, taken, fits := int64(0), 0, true
		for j := range p.Capacity {
			if set>>j&1 == 1 {
				taken++
				total += p.Worth[need][j]
				free[j]--
				fits = fits && free[j] >= 0 && p.Worth[need][j] > 0
			}
		}
		if fits && taken <= p.PerNeed {
			most = max(most, total+best(p, need+1, free))
		}
		for j := range p.Capacity {
			if set>>j&1 == 1 {
				free[j]++
			}
		}
	}
	return most
}

func clone(capacity []int) []int { return append([]int{}, capacity...) }

// random draws a small problem; many worths are equal or not above 0.
func random(r *rand.Rand) assignment.Problem {
	p := assignment.Problem{PerNeed: r.IntN(4), Capacity: make([]int, r.IntN(5))}
	for j := range p.Capacity {
		p.Capacity[j] = r.IntN(4)
	}
	for range r.IntN(6) {
		row := make([]int64, len(p.Capacity))
		for j := range row {
			row[j] = r.Int64N(12) - 3
		}
		p.Worth = append(p.Worth, row)
	}
	return p
}

// TestSolveIsOptimal compares solutions, and their loss without each pair, with
// exhaustive search.
func TestSolveIsOptimal(t *testing.T) {
	pairs, moved := 0, 0
	for seed := range uint64(3000) {
		p := random(rand.New(rand.NewPCG(seed, 5)))
		s, err := assignment.Solve(p)
		if err != nil {
			t.Fatal(err)
		}
		if want := best(p, 0, clone(p.Capacity)); s.Total != want {
			t.Fatalf("problem %d %+v: total %d instead of %d", seed, p, s.Total, want)
		}
		checkAllowed(t, p, s)
		for _, x := range s.Pairs {
			worth := p.Worth[x.Need][x.Intermediary]
			p.Worth[x.Need][x.Intermediary] = 0
			if want := s.Total - best(p, 0, clone(p.Capacity)); x.Loss != want {
				t.Fatalf("problem %d %+v: without %+v the total falls by %d", seed, p, x, want)
			}
			if x.Instead >= 0 {
				checkInstead(t, p, s, x)
				moved++
			}
			p.Worth[x.Need][x.Intermediary] = worth
			pairs++
		}
	}
	if pairs < 3000 || moved < 500 {
		t.Errorf("only %d pairs and %d others instead", pairs, moved)
	}
}

func checkAllowed(t *testing.T, p assignment.Problem, s assignment.Solution) {
	t.Helper()
	used, load, total := map[int]int{}, map[int]int{}, int64(0)
	for i, x := range s.Pairs {
		used[x.Need]++
		load[x.Intermediary]++
		total += x.Worth
		if used[x.Need] > p.PerNeed || load[x.Intermediary] > p.Capacity[x.Intermediary] || x.Worth <= 0 || x.Worth != p.Worth[x.Need][x.Intermediary] {
			t.Fatalf("%+v: pair %+v is not allowed", p, x)
		}
		if i > 0 && (s.Pairs[i-1].Need > x.Need || s.Pairs[i-1].Need == x.Need && s.Pairs[i-1].Intermediary >= x.Intermediary) {
			t.Fatalf("pairs are not in order: %+v", s.Pairs)
		}
	}
	if total != s.Total {
		t.Fatalf("the pairs add up to %d, not %d", total, s.Total)
	}
}

// checkInstead gives the need the other intermediary, together with its remaining
// ones, and expects the same total.
func checkInstead(t *testing.T, p assignment.Problem, s assignment.Solution, x assignment.Pair) {
	t.Helper()
	free := clone(p.Capacity)
	forced := int64(0)
	rest := assignment.Problem{PerNeed: p.PerNeed, Capacity: free}
	serves := []int{x.Instead}
	for _, other := range s.Pairs {
		if other.Need == x.Need && other.Intermediary != x.Intermediary {
			serves = append(serves, other.Intermediary)
		}
	}
	for _, j := range serves {
		free[j]--
		forced += p.Worth[x.Need][j]
	}
	for i, row := range p.Worth {
		if i != x.Need {
			rest.Worth = append(rest.Worth, row)
		}
	}
	if free[x.Instead] < 0 || forced+best(rest, 0, clone(free)) != s.Total-x.Loss {
		t.Fatalf("%+v: with %d instead in %+v the total is %d", p, x.Instead, x, forced+best(rest, 0, clone(free)))
	}
}

func TestSolveRefuses(t *testing.T) {
	for says, p := range map[string]assignment.Problem{
		"2 worths for 1 intermediaries": {Worth: [][]int64{{1, 2}}, Capacity: []int{1}, PerNeed: 1},
		"capacity -1":                   {Worth: [][]int64{{1}}, Capacity: []int{-1}, PerNeed: 1},
		"-1 intermediaries a need":      {PerNeed: -1},
		"too large":                     {Worth: [][]int64{{1 << 62}}, Capacity: []int{1}, PerNeed: 1},
	} {
		if _, err := assignment.Solve(p); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: got error %v", p, err)
		}
	}
}

// BenchmarkSolve assigns 500 intermediaries to 200 needs, two each, all contested.
func BenchmarkSolve(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	p := assignment.Problem{PerNeed: 2, Capacity: make([]int, 500)}
	for j := range p.Capacity {
		p.Capacity[j] = r.IntN(3)
	}
	popular := make([]int64, 500)
	for j := range popular {
		popular[j] = r.Int64N(600_000)
	}
	for range 200 {
		row := make([]int64, 500)
		for j := range row {
			row[j] = popular[j] + r.Int64N(400_000) // most needs have the same best intermediaries
		}
		p.Worth = append(p.Worth, row)
	}
	for b.Loop() {
		if _, err := assignment.Solve(p); err != nil {
			b.Fatal(err)
		}
	}
}
