package evaluate

import (
	"math"
	"math/rand/v2"
	"slices"

	"liantu/graph/feasibility"
)

// ties holds which supplier is known to supply which buyer, of companies or of
// products that go into others. Suppliers and buyers are numbered separately, in
// the order of their names.
type ties struct {
	suppliers, buyers []string
	supplier, buyer   map[string]int32
	from              [][]int32 // by buyer: its known suppliers, ascending
	to                [][]int32 // by supplier: its known buyers, ascending
	as                []int32   // by buyer: its number as a supplier, −1 if it is not one
	words             *words
}

// newTies numbers all parties, those of tests too, and joins the known pairs.
// The similarity of parties is computed from names.
func newTies(known, all []Pair, names map[string]string) *ties {
	suppliers, buyers := map[string]bool{}, map[string]bool{}
	for _, p := range all {
		suppliers[p.From], buyers[p.To] = true, true
	}
	t := &ties{suppliers: sortedKeys(suppliers), buyers: sortedKeys(buyers)}
	t.supplier, t.buyer = positions(t.suppliers), positions(t.buyers)
	t.words = newWords(t.suppliers, t.buyers, names)
	t.as = make([]int32, len(t.buyers))
	for i, name := range t.buyers {
		t.as[i] = -1
		if s, ok := t.supplier[name]; ok {
			t.as[i] = s
		}
	}
	return t.with(known)
}

// with returns the same parties joined by other pairs.
func (t *ties) with(known []Pair) *ties {
	c := *t
	c.from, c.to = make([][]int32, len(t.buyers)), make([][]int32, len(t.suppliers))
	for _, p := range known {
		s, b := t.supplier[p.From], t.buyer[p.To]
		c.from[b] = append(c.from[b], s)
		c.to[s] = append(c.to[s], b)
	}
	for _, lists := range [][][]int32{c.from, c.to} {
		for _, list := range lists {
			slices.Sort(list)
		}
	}
	return &c
}

// The terms of the score of a tie.
const (
	tieDegree     = "buyers_of_the_supplier"      // logarithm of how many buyers the supplier has
	tieNeighbours = "shared_by_like_buyers"       // buyers with common suppliers buy from it
	tieCompanions = "companion_of_known_supplies" // it is bought together with what the buyer buys
	tiePaths      = "paths_of_three"              // degree-normalised paths
	tieNameKin    = "bought_by_buyers_of_like_name"
	tieNames      = "name_of_the_supplier_in_the_buyers"
	tieSuffix     = "supplies_buyers_of_the_same_last_word"
	tieChain      = "supplies_the_suppliers"
)

func tieTerms() []string {
	return []string{tieDegree, tieNeighbours, tieCompanions, tiePaths, tieNameKin, tieNames, tieSuffix, tieChain}
}

// sheet has room for the value of each term for every supplier, used again for
// one buyer after another.
type sheet [][]float64

func (t *ties) newSheet() sheet {
	values := make(sheet, len(tieTerms()))
	for i := range values {
		values[i] = make([]float64, len(t.suppliers))
	}
	for s, buyers := range t.to {
		values[0][s] = math.Log1p(float64(len(buyers)))
	}
	return values
}

// fill computes the value of each term for every supplier of one buyer.
func (t *ties) fill(values sheet, buyer int32) {
	for _, column := range values[1:] {
		clear(column)
	}
	t.overBuyers(buyer, values[1], values[3])
	t.companions(buyer, values[2])
	t.nameKin(buyer, values[4])
	t.names(buyer, values[5])
	t.sameEnding(buyer, values[6])
	t.chain(buyer, values[7])
	for _, column := range values[1:] {
		for s, x := range column {
			if x != 0 {
				column[s] = math.Sqrt(x)
			}
		}
	}
}

// overBuyers adds up, over the buyers with a common supplier, their cosine with
// the buyer (customer neighbours) and the degree-normalised paths.
func (t *ties) overBuyers(buyer int32, cosine, paths []float64) {
	shared, normalised := map[int32]float64{}, map[int32]float64{}
	for _, s := range t.from[buyer] {
		for _, other := range t.to[s] {
			if other != buyer {
				shared[other]++
				normalised[other] += 1 / math.Sqrt(float64(len(t.to[s])))
			}
		}
	}
	for _, other := range ascending(shared) {
		c := shared[other] / math.Sqrt(float64(len(t.from[buyer]))*float64(len(t.from[other])))
		p := normalised[other] / math.Sqrt(float64(len(t.from[other])))
		for _, s := range t.from[other] {
			cosine[s] += c
			paths[s] += p
		}
	}
}

// companions adds up how often a supplier occurs with a known one, as the cosine
// of their buyers.
func (t *ties) companions(buyer int32, near []float64) {
	for _, known := range t.from[buyer] {
		both := map[int32]float64{}
		for _, other := range t.to[known] {
			if other == buyer {
				continue
			}
			for _, s := range t.from[other] {
				both[s]++
			}
		}
		for _, s := range ascending(both) {
			near[s] += both[s] / math.Sqrt(float64(len(t.to[known]))*float64(len(t.to[s])))
		}
	}
}

// kinBuyers is how many buyers with similar names count.
const kinBuyers = 50

// nameKin adds up the similarity of names over the buyers with the most similar
// names.
func (t *ties) nameKin(buyer int32, near []float64) {
	for _, kin := range t.words.likeBuyers(buyer, kinBuyers) {
		for _, s := range t.from[kin.party] {
			near[s] += kin.alike * kin.alike
		}
	}
}

// names is the part of the supplier's name that occurs in the buyer's.
func (t *ties) names(buyer int32, near []float64) {
	for _, kin := range t.words.likeSuppliers(buyer) {
		near[kin.party] = kin.alike
	}
}

// sameEnding is the share of the buyers of the same last two characters that
// buy from the supplier: the end of a name says what a thing is.
func (t *ties) sameEnding(buyer int32, near []float64) {
	group := t.words.ending[t.words.endingOf[buyer]]
	for _, other := range group {
		if other != buyer {
			for _, s := range t.from[other] {
				near[s] += 1 / float64(len(group))
			}
		}
	}
}

// chain counts the known suppliers that the supplier supplies.
func (t *ties) chain(buyer int32, near []float64) {
	for _, known := range t.from[buyer] {
		b, ok := t.buyer[t.suppliers[known]]
		if !ok {
			continue
		}
		for _, s := range t.from[b] {
			near[s] += 1 / float64(len(t.from[b]))
		}
	}
}

func ascending(m map[int32]float64) []int32 {
	keys := make([]int32, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// innerShare is the share of the known pairs that weights are learned on, and
// innerBuyers how many buyers at most.
const (
	innerShare  = 0.1
	innerBuyers = 1000
	crowd       = 300 // suppliers without a tie in a choice
)

// learn finds the weights of the terms: some known pairs are hidden, and each
// of their buyers becomes a choice between the hidden suppliers and others.
func (t *ties) learn(known []Pair, seed uint64) (feasibility.Weights, error) {
	hidden, rest := split(known, innerShare, seed+2)
	inner := t.with(rest)
	missing := map[int32]map[int32]bool{}
	var buyers []int32
	for _, p := range hidden {
		b := t.buyer[p.To]
		if missing[b] == nil {
			missing[b] = map[int32]bool{}
			buyers = append(buyers, b)
		}
		missing[b][t.supplier[p.From]] = true
	}
	random := rand.New(rand.NewPCG(seed, 3))
	random.Shuffle(len(buyers), func(i, j int) { buyers[i], buyers[j] = buyers[j], buyers[i] })
	var choices []feasibility.Choice
	values := inner.newSheet()
	popular := largest(values[0], crowd/len(values))
	for _, b := range buyers[:min(len(buyers), innerBuyers)] {
		inner.fill(values, b)
		choices = append(choices, inner.choice(values, popular, b, missing[b], random))
	}
	return feasibility.Fit(tieTerms(), choices, 1)
}

// choice takes the hidden suppliers of a buyer and a crowd of others: those with
// the highest terms, and some drawn from all.
func (t *ties) choice(values sheet, popular []int32, buyer int32, missing map[int32]bool, random *rand.Rand) feasibility.Choice {
	taken := map[int32]bool{}
	for _, s := range t.from[buyer] {
		taken[s] = true
	}
	var c feasibility.Choice
	take := func(s int32) {
		if taken[s] {
			return
		}
		taken[s] = true
		cell := make([]float64, len(values))
		for k := range values {
			cell[k] = values[k][s]
		}
		c.Values = append(c.Values, cell)
		c.Gained = append(c.Gained, missing[s])
	}
	for s := range t.suppliers {
		if missing[int32(s)] {
			take(int32(s))
		}
	}
	for _, s := range popular {
		take(s)
	}
	for _, column := range values[1:] {
		for _, s := range largest(column, crowd/len(values)) {
			take(s)
		}
	}
	for range crowd / 3 {
		take(int32(random.IntN(len(t.suppliers))))
	}
	return c
}

// largest returns the places of the k largest positive values.
func largest(values []float64, k int) []int32 {
	var found []int32
	for i, x := range values {
		if x > 0 {
			found = append(found, int32(i))
		}
	}
	slices.SortFunc(found, func(a, b int32) int {
		switch {
		case values[a] > values[b]:
			return -1
		case values[a] < values[b]:
			return 1
		}
		return int(a - b)
	})
	return found[:min(k, len(found))]
}

// split draws a share of the pairs; both parts keep the order.
func split(pairs []Pair, share float64, seed uint64) (drawn, rest []Pair) {
	random := rand.New(rand.NewPCG(seed, 4))
	order := random.Perm(len(pairs))
	taken := make([]bool, len(pairs))
	for _, i := range order[:int(math.Round(share*float64(len(pairs))))] {
		taken[i] = true
	}
	for i, p := range pairs {
		if taken[i] {
			drawn = append(drawn, p)
		} else {
			rest = append(rest, p)
		}
	}
	return drawn, rest
}
