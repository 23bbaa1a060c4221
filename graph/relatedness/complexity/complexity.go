// Package complexity says how demanding places and activities are, from who
// does what: the economic complexity index by its two definitions. It stands
// apart from package relatedness since only measurements and tests ask for it
// so far, and since its solver of eigenvalues, LAPACK in Go, is long to
// compile. It may import relatedness; the program and tests may import it.
package complexity

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"liantu/graph/relatedness"
)

// Eigenvector returns the economic complexity index of the places and
// the product complexity index of the activities. The first is the eigenvector
// of the second largest eigenvalue of the matrix that joins places by shared
// activities, M(c, p)·M(d, p)/(diversity(c)·ubiquity(p)); the second is its mean
// over the places that have an activity. Each is standardised to mean 0 and
// deviation 1, with the sign for which complexity grows with diversity. A place
// without activities and an activity without places have NaN. It returns false
// if the indices do not exist: fewer than three places have an activity.
//
// Where the network consists of parts that share no activity, the eigenvector
// only separates the parts.
func Eigenvector(n *relatedness.Network) (places, activities []float64, ok bool) {
	var busy []int
	for place := range n.Places() {
		if n.Diversity(place) > 0 {
			busy = append(busy, place)
		}
	}
	if len(busy) < 3 {
		return nil, nil, false
	}
	// The symmetric matrix with the same eigenvalues; its eigenvectors divided by
	// the roots of the diversities are those of the matrix above.
	sym := mat.NewSymDense(len(busy), nil)
	number := make([]int, n.Places())
	for i, place := range busy {
		number[place] = i
	}
	members := membersOf(n)
	for activity, list := range members {
		share := 1 / float64(n.Ubiquity(activity))
		for i, c := range list {
			for _, d := range list[i:] {
				a, b := number[c], number[d]
				weight := share / math.Sqrt(float64(n.Diversity(int(c)))*float64(n.Diversity(int(d))))
				sym.SetSym(a, b, sym.At(a, b)+weight)
			}
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, true) {
		return nil, nil, false
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	second := len(busy) - 2 // ascending
	places = unknown(n.Places())
	for i, place := range busy {
		places[place] = vectors.At(i, second) / math.Sqrt(float64(n.Diversity(place)))
	}
	orient(n, places)
	activities = means(members, places)
	standardise(places)
	standardise(activities)
	return places, activities, true
}

// Reflections returns the same two indices by the method of
// reflections: the diversity of the places and the ubiquity of the activities
// are each replaced by the mean of the other, for the given number of
// iterations, and then standardised. The number must be even, so that places
// start from their diversity and a larger value means more complex; the sign of
// the activities is reversed, since they start from ubiquity. It returns false
// for an odd or negative number of iterations or if no place has an activity.
func Reflections(n *relatedness.Network, iterations int) (places, activities []float64, ok bool) {
	if iterations < 0 || iterations%2 != 0 {
		return nil, nil, false
	}
	places, activities = unknown(n.Places()), unknown(n.Activities())
	for place := range places {
		if d := n.Diversity(place); d > 0 {
			places[place], ok = float64(d), true
		}
	}
	for activity := range activities {
		if u := n.Ubiquity(activity); u > 0 {
			activities[activity] = float64(u)
		}
	}
	own, members := ownOf(n), membersOf(n)
	for range iterations {
		places, activities = means(own, activities), means(members, places)
	}
	standardise(places)
	standardise(activities)
	for i := range activities {
		activities[i] = -activities[i]
	}
	return places, activities, ok
}

// ownOf returns for each place the activities it has.
func ownOf(n *relatedness.Network) [][]int32 {
	own := make([][]int32, n.Places())
	for place := range own {
		own[place] = n.Own(place)
	}
	return own
}

// membersOf returns for each activity the places that have it, ascending.
func membersOf(n *relatedness.Network) [][]int32 {
	members := make([][]int32, n.Activities())
	for place := range n.Places() {
		for _, activity := range n.Own(place) {
			members[activity] = append(members[activity], int32(place))
		}
	}
	return members
}

// means returns for each list the mean of the values that it numbers.
func means(lists [][]int32, values []float64) []float64 {
	found := make([]float64, len(lists))
	for i, list := range lists {
		sum := 0.0
		for _, j := range list {
			sum += values[j]
		}
		found[i] = sum / float64(len(list)) // NaN for an empty list
	}
	return found
}

// orient chooses the sign of the values so that they grow with diversity.
func orient(n *relatedness.Network, values []float64) {
	mean, count := 0.0, 0.0
	for place, x := range values {
		if !math.IsNaN(x) {
			mean += float64(n.Diversity(place))
			count++
		}
	}
	mean /= count
	together := 0.0
	for place, x := range values {
		if !math.IsNaN(x) {
			together += (float64(n.Diversity(place)) - mean) * x
		}
	}
	if together < 0 {
		for i := range values {
			values[i] = -values[i]
		}
	}
}

// standardise shifts and scales the known values to mean 0 and (population)
// deviation 1; equal ones become 0.
func standardise(values []float64) {
	mean, count := 0.0, 0.0
	for _, x := range values {
		if !math.IsNaN(x) {
			mean += x
			count++
		}
	}
	mean /= count
	spread := 0.0
	for _, x := range values {
		if !math.IsNaN(x) {
			spread += (x - mean) * (x - mean)
		}
	}
	spread = math.Sqrt(spread / count)
	for i, x := range values {
		values[i] = x - mean
		if spread > 0 {
			values[i] /= spread
		}
	}
}

func unknown(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = math.NaN()
	}
	return values
}
