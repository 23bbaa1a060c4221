package evaluate

import (
	"math"
	"math/rand/v2"

	"liantu/graph/feasibility"
	"liantu/graph/relatedness"
)

// The names of the methods.
const (
	Random           = "random"
	Popularity       = "popularity"
	DensityMethod    = "density"
	Momentum         = "momentum"
	RankSum          = "rank_sum"
	RankSumSector    = "rank_sum_sector"
	NearestNeighbour = "nearest_neighbours"
	Paths            = "paths"
	Ours             = "ours"
)

// momentumYears is how far back momentum counts.
const momentumYears = 5

// entryMethod scores every cell of a sight.
type entryMethod struct {
	name   string
	scores relatedness.Matrix
}

// entryMethods scores all cells of a sight by every method except ours. They are
// baselines: what a reader would try first.
func entryMethods(s *Sight, seed uint64) []entryMethod {
	b := &baselines{s.History, s.History.Network()}
	density, momentum := b.density(), b.momentum()
	rankSum := b.ranked(density, momentum)
	return []entryMethod{
		{Random, b.random(seed)},
		{Popularity, b.popularity()},
		{DensityMethod, density},
		{Momentum, momentum},
		{RankSum, rankSum},
		{RankSumSector, b.ranked(density, momentum, b.sectorCount())},
		{NearestNeighbour, b.neighbours()},
		{Paths, b.paths()},
	}
}

type baselines struct {
	h *feasibility.History
	n *relatedness.Network
}

func (b *baselines) matrix() relatedness.Matrix {
	return relatedness.NewMatrix(b.h.Places, len(b.h.Items))
}

// columns gives every place the same row.
func (b *baselines) columns(row []float64) relatedness.Matrix {
	m := b.matrix()
	for place := range m.Rows {
		copy(m.Row(place), row)
	}
	return m
}

func (b *baselines) random(seed uint64) relatedness.Matrix {
	m := b.matrix()
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range m.Values {
		m.Values[i] = random.Float64()
	}
	return m
}

// popularity is how many places have the item.
func (b *baselines) popularity() relatedness.Matrix {
	row := make([]float64, len(b.h.Items))
	for item := range row {
		row[item] = float64(b.n.Ubiquity(item))
	}
	return b.columns(row)
}

// density is the relatedness density over presence.
func (b *baselines) density() relatedness.Matrix {
	return relatedness.NewMinimumSpace(b.n).DensityMatrix()
}

// momentum is how many companies came to the item in the last years.
func (b *baselines) momentum() relatedness.Matrix {
	row := make([]float64, len(b.h.Items))
	for _, e := range b.h.Entries {
		if e.Age < momentumYears {
			row[e.Item]++
		}
	}
	return b.columns(row)
}

// sectorCount is how many companies of the item's sector the place has.
func (b *baselines) sectorCount() relatedness.Matrix {
	counts := map[[2]int32]float64{}
	for _, e := range b.h.Entries {
		counts[[2]int32{e.Place, b.h.Items[e.Item].Sector}]++
	}
	m := b.matrix()
	for place := range m.Rows {
		for item := range m.Columns {
			m.Values[place*m.Columns+item] = counts[[2]int32{int32(place), b.h.Items[item].Sector}]
		}
	}
	return m
}

// ranked adds up the ranks that scores have among the empty cells of a place.
func (b *baselines) ranked(scores ...relatedness.Matrix) relatedness.Matrix {
	m := b.matrix()
	for place := range m.Rows {
		var empty []int
		for item := range m.Columns {
			if !b.n.Has(place, item) {
				empty = append(empty, item)
			}
		}
		for _, s := range scores {
			row := make([]float64, len(empty))
			for i, item := range empty {
				row[i] = s.At(place, item)
			}
			for i, rank := range midranks(row) {
				m.Values[place*m.Columns+empty[i]] += rank
			}
		}
	}
	return m
}

// neighbours is how similar the other places that have the item are to the
// place: the sum of the cosines of their items.
func (b *baselines) neighbours() relatedness.Matrix {
	m := b.matrix()
	for place := range m.Rows {
		row := m.Row(place)
		shared := b.shared(place)
		for other, both := range shared {
			if other == place || both == 0 {
				continue
			}
			cosine := both / math.Sqrt(float64(b.n.Diversity(place))*float64(b.n.Diversity(other)))
			for _, item := range b.n.Own(other) {
				row[item] += cosine
			}
		}
	}
	return m
}

// shared counts the items that a place has in common with every place.
func (b *baselines) shared(place int) []float64 {
	shared := make([]float64, b.h.Places)
	for other := range shared {
		for _, item := range b.n.Own(other) {
			if b.n.Has(place, int(item)) {
				shared[other]++
			}
		}
	}
	return shared
}

// paths counts the paths of three steps from the place to the item, by an item
// it has and a place that has both, each divided by the root of the degrees
// passed (Kovács and others 2019).
func (b *baselines) paths() relatedness.Matrix {
	m := b.matrix()
	for place := range m.Rows {
		row := m.Row(place)
		for other := range b.h.Places {
			weight := 0.0
			for _, item := range b.n.Own(other) {
				if b.n.Has(place, int(item)) {
					weight += 1 / math.Sqrt(float64(b.n.Ubiquity(int(item)))*float64(b.n.Diversity(other)))
				}
			}
			for _, item := range b.n.Own(other) {
				row[item] += weight
			}
		}
	}
	return m
}
