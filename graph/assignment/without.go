package assignment

// detours finds the best replacement for a pair that is removed. Removing it
// leaves one unit too many at its need and one too few at its partner; the
// shortest path between the two in the residual network restores a flow, and one
// of minimum cost. Source and sink are one vertex here, the hub, since any number
// of pairs is allowed: through it a need gives up one of its places or gets one,
// and so does a partner.
//
// Costs are reduced by the costs of the paths from the hub, so that none is
// negative and Dijkstra's algorithm applies: a visited vertex is settled.
type detours struct {
	*network
	needBase, partnerBase []int64   // the cost of the path from the hub
	reduced               [][]int64 // by need and partner, the reduced cost of adding the pair; unreachable if it cannot be added

	hubCost                 int64
	hubFirst                int
	hubOpen                 bool
	needFirst, partnerFirst []int // the first partner on the path; none for the hub
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
	n.spreadBack()
	for i := n.fallenNeed(); i != none; i = n.fallenNeed() {
		n.spread(i)
	}
	copy(d.needBase, n.needCost)
	copy(d.partnerBase, n.partnerCost)
	for i, row := range n.Worth {
		costs := make([]int64, len(row))
		for j, w := range row {
			if costs[j] = d.needBase[i] - w - d.partnerBase[j]; w <= 0 || n.pairs[i][j] {
				costs[j] = unreachable
			}
		}
		d.reduced = append(d.reduced, costs)
	}
	return d
}

// without returns by how much the best total falls without a pair of the
// solution, and the partner that then serves the need in its place.
func (d *detours) without(need, partner int) (loss int64, instead int) {
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
		if cost >= d.partnerCost[partner] {
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
		d.fromPartners(need, partner)
	}
	for d.fallenNeed() != none {
	}
	return d.Worth[need][partner] + d.partnerCost[partner] - d.needBase[need] + d.partnerBase[partner], d.partnerFirst[partner]
}

// fromNeed goes from a need to the partners that could serve it, and to the hub.
func (d *detours) fromNeed(i, start int) {
	cost, first := d.needCost[i], d.needFirst[i]
	for j, reduced := range d.reduced[i] {
		if cost+reduced >= d.partnerCost[j] {
			continue
		}
		d.partnerFirst[j] = first
		if i == start {
			d.partnerFirst[j] = j
		}
		d.lowerPartner(j, cost+reduced)
	}
	if d.used[i] > 0 {
		d.toHub(cost+d.needBase[i], first)
	}
}

// fromPartners goes from partners to the needs that they serve, except along the
// removed pair, and to the hub.
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

// fromHub goes from the hub to needs with a free place, and to partners that can
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
		if cost := d.hubCost - d.partnerBase[j]; load > 0 && cost < d.partnerCost[j] {
			d.partnerFirst[j] = d.hubFirst
			d.lowerPartner(j, cost)
		}
	}
}
