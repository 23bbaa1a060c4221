package evaluate

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// words finds parties by the parts of their names: single characters and pairs
// of neighbouring ones, each weighed by how rare it is.
type words struct {
	parts    [2][][]int32 // of suppliers, of buyers: the numbers of the parts, ascending
	holders  [2][][]int32 // by part: who has it
	weight   []float64    // by part, squared
	norm     [2][]float64
	endingOf []int32   // by buyer
	ending   [][]int32 // by ending: the buyers
}

// kin is a party with the similarity of its name, from 0 to 1.
type kin struct {
	party int32
	alike float64
}

const (
	asSupplier = 0
	asBuyer    = 1
)

func newWords(suppliers, buyers []string, names map[string]string) *words {
	w := &words{endingOf: make([]int32, len(buyers))}
	number := map[string]int32{}
	endings := map[string]int32{}
	for side, parties := range [][]string{suppliers, buyers} {
		w.parts[side], w.norm[side] = make([][]int32, len(parties)), make([]float64, len(parties))
		for i, party := range parties {
			name := []rune(strings.ToLower(cmp.Or(names[party], party)))
			for at := range name {
				for end := at + 1; end <= min(at+2, len(name)); end++ {
					part := string(name[at:end])
					n, ok := number[part]
					if !ok {
						n = int32(len(number))
						number[part] = n
						for s := range w.holders {
							w.holders[s] = append(w.holders[s], nil)
						}
					}
					w.parts[side][i] = append(w.parts[side][i], n)
				}
			}
			slices.Sort(w.parts[side][i])
			w.parts[side][i] = slices.Compact(w.parts[side][i])
			for _, n := range w.parts[side][i] {
				w.holders[side][n] = append(w.holders[side][n], int32(i))
			}
			if side == asBuyer {
				ending := string(name[max(0, len(name)-2):])
				n, ok := endings[ending]
				if !ok {
					n = int32(len(w.ending))
					endings[ending] = n
					w.ending = append(w.ending, nil)
				}
				w.endingOf[i] = n
				w.ending[n] = append(w.ending[n], int32(i))
			}
		}
	}
	w.weigh(float64(len(suppliers) + len(buyers)))
	return w
}

func (w *words) weigh(parties float64) {
	w.weight = make([]float64, len(w.holders[0]))
	for n := range w.weight {
		rare := math.Log(parties / float64(len(w.holders[0][n])+len(w.holders[1][n])))
		w.weight[n] = rare * rare
	}
	for side := range w.norm {
		for i, parts := range w.parts[side] {
			for _, n := range parts {
				w.norm[side][i] += w.weight[n]
			}
		}
	}
}

// common is the most parties that may share a part for it to find them: a part
// that more share says little and would make every search long.
const common = 2000

// shared adds up the weights of the parts that a buyer shares with parties.
func (w *words) shared(buyer int32, side int) map[int32]float64 {
	sums := map[int32]float64{}
	for _, n := range w.parts[asBuyer][buyer] {
		if len(w.holders[side][n]) > common {
			continue
		}
		for _, party := range w.holders[side][n] {
			sums[party] += w.weight[n]
		}
	}
	return sums
}

// likeBuyers returns the k other buyers whose names are most similar, by the
// cosine.
func (w *words) likeBuyers(buyer int32, k int) []kin {
	sums := w.shared(buyer, asBuyer)
	found := make([]kin, 0, len(sums))
	for _, party := range ascending(sums) {
		if party != buyer && sums[party] > 0 {
			found = append(found, kin{party, sums[party] / math.Sqrt(w.norm[asBuyer][buyer]*w.norm[asBuyer][party])})
		}
	}
	slices.SortStableFunc(found, func(a, b kin) int { return cmp.Compare(b.alike, a.alike) })
	return found[:min(k, len(found))]
}

// likeSuppliers returns the suppliers that share a part of their name with the
// buyer, with the share of the supplier's name that does.
func (w *words) likeSuppliers(buyer int32) []kin {
	sums := w.shared(buyer, asSupplier)
	found := make([]kin, 0, len(sums))
	for _, party := range ascending(sums) {
		if w.norm[asSupplier][party] > 0 {
			found = append(found, kin{party, sums[party] / w.norm[asSupplier][party]})
		}
	}
	return found
}
