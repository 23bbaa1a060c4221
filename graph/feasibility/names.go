package feasibility

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// fillers are words that say nothing about an item.
var fillers = strings.NewReplacer("其他", "", "其它", "", "Ⅱ", "", "Ⅲ", "", " ", "")

// like is an item with the similarity of its name.
type like struct {
	item       int32
	similarity float64
}

// likeNames returns for each item the other items whose names share a pair of
// neighbouring characters with it, with the cosine of the names as sets of pairs,
// each pair weighted by its rarity; ascending by item.
func likeNames(items []Item) [][]like {
	pairs := make([][]string, len(items))
	holders := map[string][]int32{}
	for i, item := range items {
		name := []rune(strings.ToLower(fillers.Replace(item.Name)))
		for at := range len(name) - 1 {
			pairs[i] = append(pairs[i], string(name[at:at+2]))
		}
		slices.Sort(pairs[i])
		pairs[i] = slices.Compact(pairs[i])
		for _, pair := range pairs[i] {
			holders[pair] = append(holders[pair], int32(i))
		}
	}
	weight := func(pair string) float64 { return math.Log(float64(len(items)) / float64(len(holders[pair]))) }
	norm := make([]float64, len(items))
	for i := range items {
		for _, pair := range pairs[i] {
			norm[i] += weight(pair) * weight(pair)
		}
	}
	found := make([][]like, len(items))
	for i := range items {
		shared := map[int32]float64{}
		for _, pair := range pairs[i] {
			for _, j := range holders[pair] {
				shared[j] += weight(pair) * weight(pair)
			}
		}
		for j, s := range shared {
			if int(j) != i && s > 0 {
				found[i] = append(found[i], like{j, s / math.Sqrt(norm[i]*norm[j])})
			}
		}
		slices.SortFunc(found[i], func(a, b like) int { return cmp.Compare(a.item, b.item) })
	}
	return found
}
