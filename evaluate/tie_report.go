package evaluate

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"liantu/graph/feasibility"
	"liantu/message"
)

// TieQuestion is what to back-test: which hidden pairs of supplier and buyer
// (or of material and product) the known ones predict.
type TieQuestion struct {
	Test  []Pair  // the hidden pairs; nil to draw them
	Share float64 // of the pairs that are hidden when Test is nil
	Seed  uint64
	Keep  int // how many suppliers of every buyer of the test to report with their scores
}

// CheckShare returns an error for a share of pairs to hide that is none.
func CheckShare(share float64) error {
	if !(share > 0 && share < 1) {
		return message.Errorf("--test-share: %v does not lie between 0 and 1", share)
	}
	return nil
}

// TieReport states how well each method ranks the hidden suppliers.
type TieReport struct {
	Seed       uint64              `json:"seed"`
	Digest     string              `json:"digest"`
	Known      int                 `json:"known"`      // pairs
	Hidden     int                 `json:"hidden"`     // pairs
	Buyers     int                 `json:"buyers"`     // with a hidden pair, over which intervals are drawn
	Candidates int                 `json:"candidates"` // suppliers that are ranked
	Methods    []Method            `json:"methods"`
	Weights    feasibility.Weights `json:"weights"`
	Ships      *TieChoice          `json:"ships"` // which method gives the scores
	LeftOut    []LeftOut           `json:"left_out"`
	Scores     []TieScore          `json:"-"`
}

// TieScore is the score of a supplier for a buyer of the test, by the method that
// the report ships.
type TieScore struct {
	Supplier, Buyer string
	Score           float64
}

// Method returns the result of a method; false if there is none.
func (r *TieReport) Method(name string) (Method, bool) { return find(r.Methods, name) }

// TieFigures lists the measures of a tie report. The ranks are filtered: of all
// suppliers except the buyer itself and its other suppliers, known or hidden. AUC
// and AP compare the hidden pairs with as many pairs that do not exist, of the
// same buyer and a supplier with the same or the nearest number of known buyers.
// They are taken over all pairs at once.
func TieFigures() []string {
	return []string{"mrr", "hits_at_1", "hits_at_3", "hits_at_10", "auc", "ap"}
}

// Products back-tests the completion of materials: which of the pairs of
// feeds.csv (from a material to a product) the others predict.
func Products(ctx context.Context, f *Folder, q TieQuestion) (*TieReport, error) {
	names := map[string]string{}
	for _, list := range [][]Item{f.Items, f.Products} {
		for _, i := range list {
			names[i.Code] = i.Name
		}
	}
	return evaluateTies(ctx, f, f.Feeds, names, q)
}

// Suppliers back-tests the prediction of supplies: which of the pairs of
// supplies.csv the others predict.
func Suppliers(ctx context.Context, f *Folder, q TieQuestion) (*TieReport, error) {
	return evaluateTies(ctx, f, f.Supplies, nil, q)
}

func evaluateTies(ctx context.Context, f *Folder, pairs []Pair, names map[string]string, q TieQuestion) (*TieReport, error) {
	hidden := q.Test
	var known []Pair
	if hidden == nil {
		hidden, known = split(pairs, q.Share, q.Seed)
	} else {
		secret := map[Pair]bool{}
		for _, p := range hidden {
			secret[p] = true
		}
		known = slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return secret[p] })
	}
	if len(hidden) == 0 || len(known) == 0 {
		return nil, message.Errorf("no pair is hidden or none is left: nothing to measure")
	}
	t := newTies(known, slices.Concat(known, hidden), names)
	weights, err := t.learn(known, q.Seed)
	if err != nil {
		return nil, err
	}
	choice, err := t.choose(ctx, known, q.Seed)
	if err != nil {
		return nil, err
	}
	e := newTrial(t, hidden, weights, q)
	e.ships = choice.Method
	if err := e.run(ctx); err != nil {
		return nil, err
	}
	r := &TieReport{
		Seed: q.Seed, Digest: f.Digest, Known: len(known), Hidden: len(hidden), Buyers: len(e.asked),
		Candidates: len(t.suppliers), Weights: weights, Ships: choice, LeftOut: f.LeftOut, Scores: e.scores,
	}
	for _, name := range tieMethods() {
		r.Methods = append(r.Methods, Method{Name: name, Figures: newTally(e.results[name]).figures(q.Seed)})
	}
	return r, nil
}

// tieMethods lists the methods in order. Nearest neighbours are customers with
// common suppliers, and for products those that go together (co-upstream).
func tieMethods() []string {
	return []string{Random, Popularity, NearestNeighbour, Companions, Paths, NameKin, Ours}
}

// The names of methods that only ties have.
const (
	Companions = "companions"
	NameKin    = "like_names"
)

// trial ranks the hidden suppliers of each buyer by each method.
type trial struct {
	t       *ties
	weights feasibility.Weights
	keep    int
	ships   string            // the method whose scores are kept
	asked   []int32           // buyers with a hidden pair, ascending
	hidden  map[int32][]int32 // by buyer: its hidden suppliers
	matched map[int32][]int32 // by buyer: for each of them, a supplier that it does not buy from
	random  *rand.Rand
	results map[string][]result // by method, in the order of asked
	scores  []TieScore
}

// result is the scores of a method for one buyer.
type result struct {
	ranks    []float64
	yes, not []float64 // the scores of the hidden and of the matched
}

func newTrial(t *ties, hidden []Pair, weights feasibility.Weights, q TieQuestion) *trial {
	e := &trial{
		t: t, weights: weights, keep: q.Keep, hidden: map[int32][]int32{}, matched: map[int32][]int32{},
		random: rand.New(rand.NewPCG(q.Seed, 5)), results: map[string][]result{},
	}
	for _, p := range hidden {
		b := t.buyer[p.To]
		e.hidden[b] = append(e.hidden[b], t.supplier[p.From])
	}
	for b := range e.hidden {
		e.asked = append(e.asked, b)
	}
	slices.Sort(e.asked)
	e.match()
	return e
}

// match draws for each hidden pair a supplier that the buyer is not known to
// buy from, of the same number of known buyers, or else the nearest number.
func (e *trial) match() {
	byDegree := make([]int32, len(e.t.suppliers))
	for i := range byDegree {
		byDegree[i] = int32(i)
	}
	e.random.Shuffle(len(byDegree), func(i, j int) { byDegree[i], byDegree[j] = byDegree[j], byDegree[i] })
	degree := func(s int32) int { return len(e.t.to[s]) }
	slices.SortStableFunc(byDegree, func(a, b int32) int { return degree(a) - degree(b) })
	for _, b := range e.asked {
		excluded := e.excluded(b)
		for _, s := range e.hidden[b] {
			first, _ := slices.BinarySearchFunc(byDegree, degree(s), func(x int32, d int) int { return degree(x) - d })
			end, _ := slices.BinarySearchFunc(byDegree, degree(s)+1, func(x int32, d int) int { return degree(x) - d })
			start := first + e.random.IntN(end-first)
			if other := nearestFree(byDegree, start, first, end, excluded); other >= 0 {
				excluded[other] = true
				e.matched[b] = append(e.matched[b], other)
			}
		}
	}
}

// nearestFree goes from a start round the suppliers of one degree, then
// outwards from both ends, to the first that the buyer does not buy from; −1 if
// there is none.
func nearestFree(order []int32, start, first, end int, excluded map[int32]bool) int32 {
	for i := range end - first {
		if s := order[first+(start-first+i)%(end-first)]; !excluded[s] {
			return s
		}
	}
	for apart := 1; first-apart >= 0 || end-1+apart < len(order); apart++ {
		if i := first - apart; i >= 0 && !excluded[order[i]] {
			return order[i]
		}
		if i := end - 1 + apart; i < len(order) && !excluded[order[i]] {
			return order[i]
		}
	}
	return -1
}

// excluded returns all suppliers that must not be ranked against a hidden one:
// the known, the hidden and the buyer itself.
func (e *trial) excluded(buyer int32) map[int32]bool {
	excluded := map[int32]bool{}
	for _, s := range e.t.from[buyer] {
		excluded[s] = true
	}
	for _, s := range e.hidden[buyer] {
		excluded[s] = true
	}
	if self := e.t.as[buyer]; self >= 0 {
		excluded[self] = true
	}
	return excluded
}

func (e *trial) run(ctx context.Context) error {
	values := e.t.newSheet()
	random, ours := make([]float64, len(e.t.suppliers)), make([]float64, len(e.t.suppliers))
	scores := map[string][]float64{
		Random: random, Popularity: values[0], NearestNeighbour: values[1], Companions: values[2], Paths: values[3],
		NameKin: values[4], Ours: ours,
	}
	out := make([]bool, len(e.t.suppliers))
	for _, b := range e.asked {
		if err := ctx.Err(); err != nil {
			return err
		}
		e.t.fill(values, b)
		for i := range random {
			random[i] = e.random.Float64()
		}
		e.score(values, ours)
		excluded := e.excluded(b)
		for s := range excluded {
			out[s] = true
		}
		for _, name := range tieMethods() {
			e.results[name] = append(e.results[name], e.judge(b, scores[name], out))
		}
		e.keepScores(b, scores[e.ships])
		for s := range excluded {
			out[s] = false
		}
	}
	return nil
}

// score adds up the points of all terms.
func (e *trial) score(values sheet, scores []float64) {
	clear(scores)
	for k, w := range e.weights {
		for s, x := range values[k] {
			scores[s] += w.Points(x)
		}
	}
}

// judge ranks the hidden suppliers among those that are not left out.
func (e *trial) judge(buyer int32, scores []float64, out []bool) result {
	var r result
	for _, s := range e.hidden[buyer] {
		own, higher, equal := scores[s], 0, 0
		for other, x := range scores {
			if x >= own && !out[other] {
				if x > own {
					higher++
				} else {
					equal++
				}
			}
		}
		r.ranks = append(r.ranks, 1+float64(higher)+float64(equal)/2)
	}
	for _, s := range e.hidden[buyer][:len(e.matched[buyer])] {
		r.yes = append(r.yes, scores[s])
	}
	for _, s := range e.matched[buyer] {
		r.not = append(r.not, scores[s])
	}
	return r
}

func (e *trial) keepScores(buyer int32, scores []float64) {
	if e.keep == 0 {
		return
	}
	known := map[int32]bool{}
	for _, s := range e.t.from[buyer] {
		known[s] = true
	}
	var order []int32
	for s := range scores {
		if !known[int32(s)] && int32(s) != e.t.as[buyer] {
			order = append(order, int32(s))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), int(a-b)) })
	for _, s := range order[:min(e.keep, len(order))] {
		e.scores = append(e.scores, TieScore{e.t.suppliers[s], e.t.buyers[buyer], scores[s]})
	}
}
