package assignment

// detours finds the best replacement for a pair that is removed. Removing it
// leaves one unit too many at its need and one too few at its intermediary; the
// shortest path between the two in the residual network restores a flow, and one
// of minimum cost. Source and sink are one vertex here, the hub, since any number
// of pairs is allowed: through it a need gives up one of its places or gets one,
// and so does an intermediary.
//
// Costs are reduced by the costs of the paths from the hub, so that none is
// negative and Dijkstra's algorithm applies: a visited vertex is settled.
type detours struct {
	*network
	needBase, intermediaryBase []int64   // the cost of the path from the hub
	reduced                    [][]int64 // by need and intermediary, the reduced cost of adding the pair; unreachable if it cannot be added

	hubCost                      int64
	hubFirst                     int
	hubOpen                      bool
	needFirst, intermediaryFirst []int // the first intermediary on the path; none for the hub
}

func newDetours(n *network) *detours {
	d := &detours{
		network: n, needBase: make([]int64, n.needs), intermediaryBase: make([]int64, n.intermediaries),
		needFirst: make([]int, n.needs), intermediaryFirst: make([]int, n.intermediaries),
	}
	n.reset()
	for i, used := range n.used {
		if used < n.PerNeed {
			n.lowerNeed(i, 0)
		}
	}
	for j, load := range n.load {
		if load > 0 {
			n.lowerIntermediary(j, 0)
		}
	}
	n.spreadBack()
	for i := n.fallenNeed(); i != none; i = n.fallenNeed() {
		n.spread(i)
	}
	copy(d.needBase, n.needCost)
	copy(d.intermediaryBase, n.intermediaryCost)
	for i, row := range n.Worth {
		costs := make([]int64, len(row))
		for j, w := range row {
			if costs[j] = d.needBase[i] - w - d.intermediaryBase[j]; w <= 0 || n.pairs[i][j] {
				costs[j] = unreachable
			}
		}
		d.reduced = append(d.reduced, costs)
	}
	return d
}

// without returns by how much the best total falls without a pair of the
// solution, and the intermediary that then serves the need in its place.
func (d *detours) without(need, intermediary int) (loss int64, instead int) {
	d.reset()
	d.hubCost, d.hubFirst, d.hubOpen = unreachable, none, false
	d.needFirst[need] = none
	d.lowerNeed(need, 0)
	for {
		i, cost := d.fallenNeed(), int64(unreachable)
		if i != none {
			cost = d.needCost[i]
		}
		hub := d.hubOpen && d.hubCost <= cost
		if hub {
			cost = d.hubCost
		}
		if cost >= d.intermediaryCost[intermediary] {
			break // no path from here on is shorter
		}
		if hub {
			if i != none {
				d.lowerNeed(i, d.needCost[i]) // it is not its turn yet
			}
			d.fromHub()
		} else {
			d.fromNeed(i, need)
		}
		d.fromIntermediaries(need, intermediary)
	}
	for d.fallenNeed() != none {
	}
	return d.Worth[need][intermediary] + d.intermediaryCost[intermediary] - d.needBase[need] + d.intermediaryBase[intermediary], d.intermediaryFirst[intermediary]
}

// fromNeed goes from a need to the intermediaries that could serve it, and to the hub.
func (d *detours) fromNeed(i, start int) {
	cost, first := d.needCost[i], d.needFirst[i]
	for j, reduced := range d.reduced[i] {
		if cost+reduced >= d.intermediaryCost[j] {
			continue
		}
		d.intermediaryFirst[j] = first
		if i == start {
			d.intermediaryFirst[j] = j
		}
		d.lowerIntermediary(j, cost+reduced)
	}
	if d.used[i] > 0 {
		d.toHub(cost+d.needBase[i], first)
	}
}

// fromIntermediaries goes from intermediaries to the needs that they serve, except along the
// removed pair, and to the hub.
func (d *detours) fromIntermediaries(need, intermediary int) {
	for _, j := range d.fallenIntermediaries() {
		for _, i := range d.served[j] {
			cost := d.intermediaryCost[j] + d.Worth[i][j] + d.intermediaryBase[j] - d.needBase[i]
			if cost < d.needCost[i] && (i != need || j != intermediary) {
				d.needFirst[i] = d.intermediaryFirst[j]
				d.lowerNeed(i, cost)
			}
		}
		if d.load[j] < d.Capacity[j] {
			d.toHub(d.intermediaryCost[j]+d.intermediaryBase[j], d.intermediaryFirst[j])
		}
	}
}

func (d *detours) toHub(cost int64, first int) {
	if cost < d.hubCost {
		d.hubCost, d.hubFirst, d.hubOpen = cost, first, true
	}
}

// fromHub goes from the hub to needs with a free place, and to intermediaries that can
// give one up.
func (d *detours) fromHub() {
	d.hubOpen = false
	for i, used := range d.used {
		if cost := d.hubCost - d.needBase[i]; used < d.PerNeed && cost < d.needCost[i] {
			d.needFirst[i] = d.hubFirst
			d.lowerNeed(i, cost)
		}
	}
	for j, load := range d.load {
		if cost := d.hubCost - d.intermediaryBase[j]; load > 0 && cost < d.intermediaryCost[j] {
			d.intermediaryFirst[j] = d.hubFirst
			d.lowerIntermediary(j, cost)
		}
	}
}
