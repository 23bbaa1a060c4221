package feasibility

import (
	"math"

	"liantu/graph/relatedness"
)

// Item is an activity: its name, and the numbers of its group and of its sector,
// the larger classes that it is in. Groups and sectors are numbered from 0; a
// group is in one sector.
type Item struct {
	Name          string
	Group, Sector int32
}

// Entry is one company that came to a place with an item.
type Entry struct {
	Place, Item int32
	Age         float64 // years before the day of the history, 0 or more
}

// History is what is known on one day: places, items and when companies came.
// Places are numbered from 0.
type History struct {
	Places  int
	Items   []Item
	Entries []Entry
}

// counts returns how many companies are in each cell.
func (h *History) counts() relatedness.Matrix {
	m := relatedness.NewMatrix(h.Places, len(h.Items))
	for _, e := range h.Entries {
		m.Values[int(e.Place)*m.Columns+int(e.Item)]++
	}
	return m
}

// Network returns which places have which items: at least one company.
func (h *History) Network() *relatedness.Network {
	counts := h.counts()
	having := make([][]int32, len(h.Items))
	for place := range h.Places {
		for item, n := range counts.Row(place) {
			if n > 0 {
				having[item] = append(having[item], int32(place))
			}
		}
	}
	return relatedness.NewNetwork(h.Places, having)
}

// Totals returns how many companies are in each place.
func (h *History) Totals() []float64 {
	totals := make([]float64, h.Places)
	for _, e := range h.Entries {
		totals[e.Place]++
	}
	return totals
}

// firsts returns for each filled cell its first entry, in the order of Entries.
func (h *History) firsts() []Entry {
	oldest := map[[2]int32]int{}
	for i, e := range h.Entries {
		cell := [2]int32{e.Place, e.Item}
		if old, ok := oldest[cell]; !ok || e.Age > h.Entries[old].Age {
			oldest[cell] = i
		}
	}
	var found []Entry
	for i, e := range h.Entries {
		if oldest[[2]int32{e.Place, e.Item}] == i {
			found = append(found, e)
		}
	}
	return found
}

// faded is the weight of an entry of an age, given the half-life in years.
func faded(age, halfLife float64) float64 { return math.Exp2(-age / halfLife) }

// tree is the classes of the items.
type tree struct {
	group, sector       []int32   // by item
	sectorOf            []int32   // by group
	inGroup, inSector   []float64 // how many items
	groups, sectorCount int
}

func newTree(items []Item) *tree {
	t := &tree{group: make([]int32, len(items)), sector: make([]int32, len(items))}
	for i, item := range items {
		t.group[i], t.sector[i] = item.Group, item.Sector
		t.groups = max(t.groups, int(item.Group)+1)
		t.sectorCount = max(t.sectorCount, int(item.Sector)+1)
	}
	t.sectorOf, t.inGroup = make([]int32, t.groups), make([]float64, t.groups)
	t.inSector = make([]float64, t.sectorCount)
	for _, item := range items {
		t.sectorOf[item.Group] = item.Sector
		t.inGroup[item.Group]++
		t.inSector[item.Sector]++
	}
	return t
}

// The strengths of shrinking: how many items of the larger class count in the
// level of a smaller one.
const (
	sectorStrength = 3.0
	groupStrength  = 6.0
	itemStrength   = 2.0
)

// levels returns the mean of each item's group of a number by item: groups are
// shrunk towards their sector and sectors towards all items, the more the fewer
// items they have (empirical Bayes with fixed strengths).
func (t *tree) levels(values []float64) []float64 {
	bySector, byGroup, mean := make([]float64, t.sectorCount), make([]float64, t.groups), 0.0
	for i, x := range values {
		bySector[t.sector[i]] += x
		byGroup[t.group[i]] += x
		mean += x
	}
	mean /= float64(max(1, len(values)))
	for s := range bySector {
		bySector[s] = (bySector[s] + sectorStrength*mean) / (t.inSector[s] + sectorStrength)
	}
	for g := range byGroup {
		byGroup[g] = (byGroup[g] + groupStrength*bySector[t.sectorOf[g]]) / (t.inGroup[g] + groupStrength)
	}
	found := make([]float64, len(values))
	for i := range found {
		found[i] = byGroup[t.group[i]]
	}
	return found
}

// smooth shrinks a number by item towards the level of its group and returns the
// logarithm.
func (t *tree) smooth(values []float64) []float64 {
	found := t.levels(values)
	for i, level := range found {
		found[i] = logOf((values[i] + itemStrength*level) / (1 + itemStrength))
	}
	return found
}

// logOf is the logarithm with a floor, for cells about which nothing is known.
func logOf(x float64) float64 { return math.Log(math.Max(x, 1e-6)) }
