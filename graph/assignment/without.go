package assignment

// detours finds what makes up for a pair that is taken away. Taking it away
// leaves one unit too many at its need and one too few at its partner; the
// cheapest way between the two in what the flow leaves open restores a flow, and
// one of the least cost. Source and sink are one vertex here, the hub, since any
// number of pairs is allowed: over it a need gives back its place or gets one,
// and a partner likewise.
//
// Costs are counted above those of the ways from the hub, so that none is
// negative and Dijkstra's order holds: what is looked at once is settled.
type detours struct {
	*network
	needBase, partnerBase []int64   // the cost of the way from the hub
	above                 [][]int64 // by need and partner, what adding the pair costs; tooDear for none

	hubCost                 int64
	hubFirst                int
	hubOpen                 bool
	needFirst, partnerFirst []int // the partner that the way goes to first; none for the hub
}

func newDetours(n *network) *detours {
	d := &detours{
		network: n, needBase: make([]int64, n.needs), partnerBase: make([]int64, n.partners),
		needFirst: make([]int, n.needs), partnerFirst: make([]int, n.partners),
	}
	n.reset()
	for i, used := range n.used {
		if used < n.PerNeed {
			n.lowerNeed(i, 0)
		}
	}
	for j, load := range n.load {
		if load > 0 {
			n.lowerPartner(j, 0)
		}
	}
	n.takeBack()
	for i := n.fallenNeed(); i != none; i = n.fallenNeed() {
		n.spread(i)
	}
	copy(d.needBase, n.needCost)
	copy(d.partnerBase, n.partnerCost)
	for i, row := range n.Worth {
		costs := make([]int64, len(row))
		for j, w := range row {
			if costs[j] = d.needBase[i] - w - d.partnerBase[j]; w <= 0 || n.pairs[i][j] {
				costs[j] = tooDear
			}
		}
		d.above = append(d.above, costs)
	}
	return d
}

// without returns by how much the best total falls without a pair of the
// solution, and who then serves the need in its place.
func (d *detours) without(need, partner int) (loss int64, instead int) {
	d.reset()
	d.hubCost, d.hubFirst, d.hubOpen = tooDear, none, false
	d.needFirst[need] = none
	d.lowerNeed(need, 0)
	for {
		i, cost := d.fallenNeed(), int64(tooDear)
		if i != none {
			cost = d.needCost[i]
		}
		hub := d.hubOpen && d.hubCost <= cost
		if hub {
			cost = d.hubCost
		}
		if cost >= d.partnerCost[partner] {
			break // no way that goes on from here is cheaper
		}
		if hub {
			if i != none {
				d.lowerNeed(i, d.needCost[i]) // its turn has not come
			}
			d.fromHub()
		} else {
			d.fromNeed(i, need)
		}
		d.fromPartners(need, partner)
	}
	for d.fallenNeed() != none {
	}
	return d.Worth[need][partner] + d.partnerCost[partner] - d.needBase[need] + d.partnerBase[partner], d.partnerFirst[partner]
}

// fromNeed goes from a need to partners that could serve it, and to the hub.
func (d *detours) fromNeed(i, start int) {
	cost, first := d.needCost[i], d.needFirst[i]
	for j, above := range d.above[i] {
		if cost+above >= d.partnerCost[j] {
			continue
		}
		d.partnerFirst[j] = first
		if i == start {
			d.partnerFirst[j] = j
		}
		d.lowerPartner(j, cost+above)
	}
	if d.used[i] > 0 {
		d.toHub(cost+d.needBase[i], first)
	}
}

// fromPartners goes from partners to needs that they serve, but for the pair
// that is taken away, and to the hub.
func (d *detours) fromPartners(need, partner int) {
	for _, j := range d.fallenPartners() {
		for _, i := range d.served[j] {
			cost := d.partnerCost[j] + d.Worth[i][j] + d.partnerBase[j] - d.needBase[i]
			if cost < d.needCost[i] && (i != need || j != partner) {
				d.needFirst[i] = d.partnerFirst[j]
				d.lowerNeed(i, cost)
			}
		}
		if d.load[j] < d.Capacity[j] {
			d.toHub(d.partnerCost[j]+d.partnerBase[j], d.partnerFirst[j])
		}
	}
}

func (d *detours) toHub(cost int64, first int) {
	if cost < d.hubCost {
		d.hubCost, d.hubFirst, d.hubOpen = cost, first, true
	}
}

// fromHub goes from the hub to needs with a place left, and to partners that can
// give one back.
func (d *detours) fromHub() {
	d.hubOpen = false
	for i, used := range d.used {
		if cost := d.hubCost - d.needBase[i]; used < d.PerNeed && cost < d.needCost[i] {
			d.needFirst[i] = d.hubFirst
			d.lowerNeed(i, cost)
		}
	}
	for j, load := range d.load {
		if cost := d.hubCost - d.partnerBase[j]; load > 0 && cost < d.partnerCost[j] {
			d.partnerFirst[j] = d.hubFirst
			d.lowerPartner(j, cost)
		}
	}
}
