package relatedness

import (
	"math"
	"math/bits"
)

// Network holds which places have which activities. It never changes and is safe
// for concurrent use.
type Network struct {
	places int
	words  int       // of 64 places
	has    []uint64  // by activity: a bit for each place that has it
	spread []int     // by activity: how many places have it
	own    [][]int32 // by place: the activities it has, ascending
}

// NewNetwork makes a network from the places that have each activity, in any
// order and without repetition.
func NewNetwork(places int, having [][]int32) *Network {
	n := &Network{
		places: places, words: (places + 63) / 64,
		spread: make([]int, len(having)), own: make([][]int32, places),
	}
	n.has = make([]uint64, len(having)*n.words)
	for activity, list := range having {
		n.spread[activity] = len(list)
		bitmap := n.bitmap(activity)
		for _, place := range list {
			bitmap[place/64] |= 1 << (place % 64)
			n.own[place] = append(n.own[place], int32(activity))
		}
	}
	return n
}

// Specialised returns the network in which a place (row) has an activity
// (column) if its [RCA] is at least 1.
func Specialised(rca Matrix) *Network {
	having := make([][]int32, rca.Columns)
	for place := range rca.Rows {
		for activity, x := range rca.Row(place) {
			if x >= 1 {
				having[activity] = append(having[activity], int32(place))
			}
		}
	}
	return NewNetwork(rca.Rows, having)
}

func (n *Network) bitmap(activity int) []uint64 {
	return n.has[activity*n.words : (activity+1)*n.words]
}

// Places returns the number of places.
func (n *Network) Places() int { return n.places }

// Activities returns the number of activities.
func (n *Network) Activities() int { return len(n.spread) }

// Has reports whether a place has an activity.
func (n *Network) Has(place, activity int) bool {
	return n.bitmap(activity)[place/64]&(1<<(place%64)) != 0
}

// Diversity returns how many activities a place has.
func (n *Network) Diversity(place int) int { return len(n.own[place]) }

// Ubiquity returns how many places have an activity.
func (n *Network) Ubiquity(activity int) int { return n.spread[activity] }

// Own returns the activities that a place has, ascending. The caller must not
// change them.
func (n *Network) Own(place int) []int32 { return n.own[place] }

// Common returns how many places have both activities.
func (n *Network) Common(i, j int) int {
	both := 0
	other := n.bitmap(j)
	for w, word := range n.bitmap(i) {
		both += bits.OnesCount64(word & other[w])
	}
	return both
}

// MinimumProximity returns the smaller of the two conditional probabilities that
// a place with one of the activities has the other; 0 if no place has both. The
// proximity of an activity to itself is 1 if any place has it.
func (n *Network) MinimumProximity(i, j int) float64 {
	both := n.Common(i, j)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(max(n.spread[i], n.spread[j]))
}

// minimumProximities writes [Network.MinimumProximity] of an activity and every
// activity from the given number on into the row.
func (n *Network) minimumProximities(row []float64, activity, from int) {
	own, spread := n.bitmap(activity), n.spread[activity]
	for j := from; j < len(row); j++ {
		if n.spread[j] == 0 {
			row[j] = 0
			continue
		}
		both := 0
		other := n.has[j*n.words:][:len(own)]
		for w, word := range own {
			both += bits.OnesCount64(word & other[w])
		}
		row[j] = float64(both) / float64(max(spread, n.spread[j], 1))
	}
}

// CosineProximity returns the cosine of the two activities as vectors over
// the places: how many have both, divided by the geometric mean of how many
// have each; 0 if no place has both.
func (n *Network) CosineProximity(i, j int) float64 {
	both := n.Common(i, j)
	if both == 0 {
		return 0
	}
	return float64(both) / math.Sqrt(float64(n.spread[i])*float64(n.spread[j]))
}
