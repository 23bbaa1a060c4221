package feasibility

import (
	"math"

	"liantu/graph/relatedness"
)

// The names of the terms, in the order of every list of terms. "Recent" counts
// halve in 1.5 years, "lasting" ones in 4.
const (
	NationalRecent  = "national_recent"  // new companies of the item, its group and items of similar name in the country
	NationalLasting = "national_lasting" //
	PeersRecent     = "peers_recent"     // new companies of the item and its classes in places of similar size
	PeersLasting    = "peers_lasting"    //
	EntriesRecent   = "entries_recent"   // places of similar size that took the item up
	EntriesLasting  = "entries_lasting"  //
	Presence        = "presence"         // share of the places of similar size that have the item
	Density         = "density"          // relatedness to what the place has
	SectorShare     = "sector_share"     // location quotient of the sector in the place
	GroupShare      = "group_share"      // location quotient of the group in the place
	SectorCount     = "sector_count"     // companies of the sector in the place
	AlikeRecent     = "alike_recent"     // new companies in places with a similar mix of sectors
)

// TermNames lists the terms in order.
func TermNames() []string {
	return []string{
		NationalRecent, NationalLasting, PeersRecent, PeersLasting, EntriesRecent, EntriesLasting,
		Presence, Density, SectorShare, GroupShare, SectorCount, AlikeRecent,
	}
}

// Half-lives in years, and the width of the similarity of sizes in natural
// logarithms of company counts.
const (
	recentHalf  = 1.5
	lastingHalf = 4.0
	mixHalf     = 3.0
	sizeWidth   = 0.7
)

// Values returns the value of every term in every cell: one matrix (place by
// item) for each term, in the order of [TermNames].
func (h *History) Values() []relatedness.Matrix {
	t := newTree(h.Items)
	s := newSurvey(h, t)
	names := likeNames(h.Items)
	size := s.similarSize()
	firsts := h.firsts()
	return []relatedness.Matrix{
		s.national(names, recentHalf), s.national(names, lastingHalf),
		s.peers(size, h.Entries, recentHalf), s.peers(size, h.Entries, lastingHalf),
		s.peers(size, firsts, recentHalf), s.peers(size, firsts, lastingHalf),
		s.presence(size), s.density(),
		s.quotient(t.sector, t.sectorCount, 2), s.quotient(t.group, t.groups, 1),
		s.sectorCount(), s.alike(),
	}
}

// survey holds what the terms have in common.
type survey struct {
	h       *History
	t       *tree
	network *relatedness.Network
	totals  []float64
}

func newSurvey(h *History, t *tree) *survey {
	return &survey{h: h, t: t, network: h.Network(), totals: h.Totals()}
}

func (s *survey) matrix() relatedness.Matrix {
	return relatedness.NewMatrix(s.h.Places, len(s.h.Items))
}

// national counts fading entries in the country. The level that an item is
// shrunk towards is half that of its group, half that of the items of similar
// name.
func (s *survey) national(names [][]like, halfLife float64) relatedness.Matrix {
	count := make([]float64, len(s.h.Items))
	for _, e := range s.h.Entries {
		count[e.Item] += faded(e.Age, halfLife)
	}
	level := s.t.levels(count)
	row := make([]float64, len(count))
	for i := range row {
		sum, weight := level[i], 1.0
		for _, other := range names[i] {
			sum += other.similarity * count[other.item]
			weight += other.similarity
		}
		row[i] = logOf((count[i] + itemStrength*(level[i]+sum/weight)/2) / (1 + itemStrength))
	}
	m := s.matrix()
	for place := range s.h.Places {
		copy(m.Row(place), row)
	}
	return m
}

// similarSize returns the similarity of every two places in size: 1 for equal
// ones.
func (s *survey) similarSize() relatedness.Matrix {
	m := relatedness.NewMatrix(s.h.Places, s.h.Places)
	for p := range s.h.Places {
		row := m.Row(p)
		for q := range row {
			apart := (math.Log1p(s.totals[p]) - math.Log1p(s.totals[q])) / sizeWidth
			row[q] = math.Exp(-apart * apart / 2)
		}
	}
	return m
}

// weighted returns for every place the mean of the fading entries of all places,
// each weighted by how near the place is.
func (s *survey) weighted(near relatedness.Matrix, entries []Entry, halfLife float64) relatedness.Matrix {
	m := s.matrix()
	weight := make([]float64, len(entries))
	for i, e := range entries {
		weight[i] = faded(e.Age, halfLife)
	}
	for place := range s.h.Places {
		row, kin := m.Row(place), near.Row(place)
		all := 0.0
		for _, k := range kin {
			all += k
		}
		if all == 0 {
			continue
		}
		for i, e := range entries {
			row[e.Item] += kin[e.Place] * weight[i] / all
		}
	}
	return m
}

// peers counts fading entries in places of similar size, the place itself
// included, so that its own entries in the same group and sector count too.
func (s *survey) peers(size relatedness.Matrix, entries []Entry, halfLife float64) relatedness.Matrix {
	m := s.weighted(size, entries, halfLife)
	for place := range s.h.Places {
		copy(m.Row(place), s.t.smooth(m.Row(place)))
	}
	return m
}

// presence is the share of the other places of similar size that have the item,
// shrunk slightly towards the share of all places.
func (s *survey) presence(size relatedness.Matrix) relatedness.Matrix {
	const strength, floor = 0.3, 0.02
	m := s.matrix()
	for place := range s.h.Places {
		row := m.Row(place)
		all := strength
		for other, near := range size.Row(place) {
			if other == place {
				continue
			}
			all += near
			for _, item := range s.network.Own(other) {
				row[item] += near
			}
		}
		for item := range row {
			share := float64(s.network.Ubiquity(item)) / float64(s.h.Places)
			row[item] = math.Log((row[item]+strength*share)/all + floor)
		}
	}
	return m
}

// density is the relatedness of an item to those the place has. The proximity is
// the minimum of the conditional probabilities, shrunk towards 0 for rare items,
// with a bonus for the same sector.
func (s *survey) density() relatedness.Matrix {
	const strength, bonus, floor = 2, 0.15, 0.02
	m := s.matrix()
	near := make([]float64, m.Columns)
	for item := range m.Columns {
		all := 0.0
		for other := range near {
			near[other] = 0
			if other == item {
				continue
			}
			common := float64(s.network.Common(item, other))
			near[other] = common / (float64(max(s.network.Ubiquity(item), s.network.Ubiquity(other))) + strength)
			if s.t.sector[item] == s.t.sector[other] {
				near[other] += bonus
			}
			all += near[other]
		}
		for place := range s.h.Places {
			sum := 0.0
			for _, own := range s.network.Own(place) {
				sum += near[own]
			}
			if all > 0 {
				sum /= all
			}
			m.Values[place*m.Columns+item] = math.Log(sum + floor)
		}
	}
	return m
}

// byClass counts the companies of each place by class.
func (s *survey) byClass(class []int32, classes int) relatedness.Matrix {
	m := relatedness.NewMatrix(s.h.Places, classes)
	for _, e := range s.h.Entries {
		m.Values[int(e.Place)*classes+int(class[e.Item])]++
	}
	return m
}

// quotient is the logarithm of companies of the item's class in the place over
// those expected, both raised by the strength.
func (s *survey) quotient(class []int32, classes int, strength float64) relatedness.Matrix {
	counts := s.byClass(class, classes)
	share := make([]float64, classes)
	for _, e := range s.h.Entries {
		share[class[e.Item]] += 1 / float64(len(s.h.Entries))
	}
	m := s.matrix()
	for place := range s.h.Places {
		row, have := m.Row(place), counts.Row(place)
		for item := range row {
			c := class[item]
			row[item] = math.Log((have[c] + strength) / (s.totals[place]*share[c] + strength))
		}
	}
	return m
}

func (s *survey) sectorCount() relatedness.Matrix {
	counts := s.byClass(s.t.sector, s.t.sectorCount)
	m := s.matrix()
	for place := range s.h.Places {
		row := m.Row(place)
		for item := range row {
			row[item] = math.Log1p(counts.At(place, int(s.t.sector[item])))
		}
	}
	return m
}

// alike counts fading entries in other places with a similar mix of sectors,
// each weighted by the affinity of the two mixes above one half, to the fourth
// power, times the logarithm of the other place's size.
func (s *survey) alike() relatedness.Matrix {
	const floor = 0.02
	counts := s.byClass(s.t.sector, s.t.sectorCount)
	near := relatedness.NewMatrix(s.h.Places, s.h.Places)
	for p := range s.h.Places {
		for q := range s.h.Places {
			if p == q || s.totals[p] == 0 || s.totals[q] == 0 {
				continue
			}
			affinity := 0.0 // of Bhattacharyya
			for c, n := range counts.Row(p) {
				affinity += math.Sqrt(n * counts.At(q, c))
			}
			affinity = max(0, affinity/math.Sqrt(s.totals[p]*s.totals[q])-0.5)
			near.Values[p*near.Columns+q] = affinity * affinity * affinity * affinity * math.Log1p(s.totals[q])
		}
	}
	m := s.weighted(near, s.h.Entries, mixHalf)
	for i, x := range m.Values {
		m.Values[i] = math.Log(x + floor)
	}
	return m
}
