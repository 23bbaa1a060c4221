package relatedness_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph/relatedness"
	"liantu/graph/relatedness/complexity"
)

// table holds which place has which activity in the simplest form, for a naive
// implementation to compare with.
type table [][]bool // by place and activity

func drawTable(t *rapid.T) table {
	places, activities := rapid.IntRange(1, 70).Draw(t, "places"), rapid.IntRange(1, 7).Draw(t, "activities")
	has := make(table, places)
	for p := range has {
		has[p] = rapid.SliceOfN(rapid.Bool(), activities, activities).Draw(t, "has")
	}
	return has
}

func (has table) network() *relatedness.Network {
	having := make([][]int32, len(has[0]))
	for p, row := range has {
		for a, yes := range row {
			if yes {
				having[a] = append(having[a], int32(p))
			}
		}
	}
	return relatedness.NewNetwork(len(has), having)
}

// conditional is the probability that a place with activity j also has i.
func (has table) conditional(i, j int) float64 {
	both, given := 0.0, 0.0
	for _, row := range has {
		if row[j] {
			given++
			if row[i] {
				both++
			}
		}
	}
	if given == 0 {
		return 0
	}
	return both / given
}

func (has table) minimum(i, j int) float64 {
	return math.Min(has.conditional(i, j), has.conditional(j, i))
}

func (has table) cosine(i, j int) float64 {
	return math.Sqrt(has.conditional(i, j) * has.conditional(j, i))
}

func (has table) density(phi func(i, j int) float64, activity, place int) float64 {
	near, all := 0.0, 0.0
	for j, yes := range has[place] {
		all += phi(activity, j)
		if yes {
			near += phi(activity, j)
		}
	}
	if all == 0 {
		return math.NaN()
	}
	return near / all
}

// with returns the table after a place has taken up an activity.
func (has table) with(place, activity int) table {
	changed := make(table, len(has))
	copy(changed, has)
	changed[place] = append([]bool(nil), has[place]...)
	changed[place][activity] = true
	return changed
}

// outlook is Σ density·complexity over what a place lacks, with the proximity
// of another table.
func (has table) outlook(phi func(i, j int) float64, complexity []float64, place int) float64 {
	sum := 0.0
	for a, c := range complexity {
		if d := has.density(phi, a, place); !has[place][a] && !math.IsNaN(d) {
			sum += d * c
		}
	}
	return sum
}

func TestMeasuresAreTheirDefinitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		has := drawTable(t)
		n := has.network()
		complexity := rapid.SliceOfN(rapid.Float64Range(-3, 3), n.Activities(), n.Activities()).Draw(t, "complexity")
		for _, s := range []struct {
			space *relatedness.Space
			phi   func(i, j int) float64
		}{{relatedness.NewMinimumSpace(n), has.minimum}, {relatedness.NewCosineSpace(n), has.cosine}} {
			matrix, densities := s.space.ProximityMatrix(), s.space.DensityMatrix()
			outlook := s.space.OutlookIndex(complexity)
			gain, net := s.space.OpportunityGain(complexity), s.space.OpportunityGainWithoutOwn(complexity)
			for p := range has {
				here := s.space.DensitiesOf(p)
				same(t, "outlook", outlook[p], has.outlook(s.phi, complexity, p))
				for a := range complexity {
					d, known := s.space.Density(a, p)
					want := has.density(s.phi, a, p)
					if known == math.IsNaN(want) {
						t.Fatalf("density known: %v", known)
					}
					if known {
						distance, _ := s.space.Distance(a, p)
						same(t, "density", d, want)
						same(t, "density of the matrix", densities.At(p, a), want)
						same(t, "density of the place", here[a], want)
						same(t, "distance", distance, 1-want)
					}
					if has[p][a] {
						same(t, "gain of what is there", gain.At(p, a)+net.At(p, a), 0)
						continue
					}
					// Taking up an activity changes the outlook by the gain without
					// the own part, less what the activity now adds to itself, since
					// the place no longer lacks it.
					after := has.with(p, a).outlook(s.phi, complexity, p)
					own := 0.0
					if sum := s.space.ProximitySum(a); sum > 0 {
						own = s.phi(a, a) / sum * complexity[a]
					}
					same(t, "gain without its own part", net.At(p, a)-own, after-outlook[p])
				}
			}
			for i := range complexity {
				for j := range complexity {
					same(t, "proximity", matrix.At(i, j), s.phi(i, j))
					same(t, "proximity", s.space.Proximity(i, j), matrix.At(j, i))
				}
			}
		}
	})
}

func same(t *rapid.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9) {
		t.Fatalf("%s is %v instead of %v", what, got, want)
	}
}

func TestComparativeAdvantage(t *testing.T) {
	amounts := relatedness.Matrix{Rows: 3, Columns: 3, Values: []float64{6, 2, 0, 2, 10, 0, 0, 0, 0}}
	// The places have 8 and 12 of 20, the activities 8 and 12.
	want := []float64{1.875, 5. / 12, 0, 5. / 12, 25. / 18, 0, 0, 0, 0}
	for i, x := range relatedness.RCA(amounts).Values {
		if math.Abs(x-want[i]) > 1e-15 {
			t.Errorf("value %d is %v instead of %v", i, x, want[i])
		}
	}
}

// TestComplexityOfWorldTrade checks the definition of the index: it is an
// eigenvector of the matrix that joins places by shared activities.
func TestComplexityOfWorldTrade(t *testing.T) {
	want := expected(t)
	_, amounts := trade(t, want.Products)
	n := relatedness.Specialised(relatedness.RCA(amounts))
	places, activities, ok := complexity.Eigenvector(n)
	if !ok {
		t.Fatal("no complexity")
	}
	round := make([]float64, n.Places())
	for p := range round {
		for _, a := range n.Own(p) {
			round[p] += activities[a] / float64(n.Diversity(p))
		}
	}
	if r := correlation(round, places); math.Abs(r-1) > 1e-9 {
		t.Errorf("the mean over the mean is no multiple of the index: correlation %v", r)
	}
}

// TestReflectionsRunIntoTheEigenvector uses a nested network, as trade is: a
// place that has a rare activity has the common ones too, but for two holes.
func TestReflectionsRunIntoTheEigenvector(t *testing.T) {
	has := make(table, 12)
	for p := range has {
		has[p] = make([]bool, 9)
		for a := range has[p] {
			has[p][a] = a*12 <= p*9
		}
	}
	has[7][2], has[10][4] = false, false
	places, activities, ok := complexity.Eigenvector(has.network())
	reflected, reflectedActivities, okToo := complexity.Reflections(has.network(), 20)
	if !ok || !okToo {
		t.Fatal("no complexity")
	}
	if r := correlation(reflected, places); r < 0.999 {
		t.Errorf("the reflections of places correlate by %v", r)
	}
	if r := correlation(reflectedActivities, activities); r < 0.999 {
		t.Errorf("the reflections of activities correlate by %v", r)
	}
	if places[11] < places[0] || activities[8] < activities[0] {
		t.Errorf("the diverse place and the rare activity are not the complex ones: %v, %v", places, activities)
	}
}

func correlation(x, y []float64) float64 {
	var sx, sy, sxx, syy, sxy, n float64
	for i := range x {
		if math.IsNaN(x[i]) || math.IsNaN(y[i]) {
			continue
		}
		n++
		sx, sy = sx+x[i], sy+y[i]
		sxx, syy, sxy = sxx+x[i]*x[i], syy+y[i]*y[i], sxy+x[i]*y[i]
	}
	return (sxy - sx*sy/n) / math.Sqrt((sxx-sx*sx/n)*(syy-sy*sy/n))
}

func TestComplexityNeedsPlaces(t *testing.T) {
	n := relatedness.NewNetwork(4, [][]int32{{0, 1}, {1}, {}})
	if _, _, ok := complexity.Eigenvector(n); ok {
		t.Error("two busy places have an index")
	}
	if _, _, ok := complexity.Reflections(n, 3); ok {
		t.Error("an odd number of reflections gives an index")
	}
	places, activities, ok := complexity.Reflections(n, 2)
	if !ok || !math.IsNaN(places[3]) || !math.IsNaN(activities[2]) || math.IsNaN(places[0]) {
		t.Errorf("reflections give %v and %v", places, activities)
	}
}
