package evaluate

import (
	"context"
	"errors"
	"slices"

	"liantu/graph"
	"liantu/graph/feasibility"
	"liantu/graph/relatedness"
	"liantu/message"
	"liantu/schema"
)

// EntryQuestion is what to back-test: which empty cells (region, item) of the
// cutoff a company fills by the end of the test.
type EntryQuestion struct {
	Cutoff, Until string // ISO dates; a year or a month stands for its last day
	MinCompanies  int    // regions with fewer companies at the cutoff are left out
	Seed          uint64
	Weights       feasibility.Weights // nil: learned from the days before the cutoff
}

// EntryReport states how well each method predicted what came.
type EntryReport struct {
	Cutoff    string              `json:"cutoff"`
	Until     string              `json:"until"`
	Seed      uint64              `json:"seed"`
	Digest    string              `json:"digest"`
	Regions   int                 `json:"regions"`   // in question
	Items     int                 `json:"items"`     // seen by the cutoff
	Companies int                 `json:"companies"` // entries known at the cutoff
	Cells     int                 `json:"cells"`     // empty ones of the regions in question
	Positives int                 `json:"positives"` // of them filled by the end
	Areas     int                 `json:"areas"`     // regions with a positive, over which the figures are means
	Methods   []Method            `json:"methods"`
	Weights   feasibility.Weights `json:"weights"`
	Learned   bool                `json:"learned"` // from before the cutoff, neither given nor shipped
	LeftOut   []LeftOut           `json:"left_out"`
	Scores    []CellScore         `json:"-"` // of our method, all cells in question
}

// CellScore is the score of a cell and whether it was filled.
type CellScore struct {
	Region, Item string
	Score        float64
	Points       []float64 // of each term, in the order of the weights; they add up to the score
	Filled       bool
}

// Method returns the result of a method; false if there is none.
func (r *EntryReport) Method(name string) (Method, bool) { return find(r.Methods, name) }

// EntryFigures lists the measures of an entry report. All are taken inside
// each region and averaged over the regions that gained an item.
func EntryFigures() []string {
	return []string{"auc", "ap", "precision_at_10", "recall_at_10", "mrr", "hits_at_1", "hits_at_10"}
}

// Entry back-tests where companies come next. The store must be empty and of
// [Model]. Ours is scored by weights that were learned from windows of one to
// three years that end at the cutoff, or by those that are shipped if nothing
// happened in these; the projection of the day hides what lies after it.
func Entry(ctx context.Context, store graph.Store, f *Folder, q EntryQuestion) (*EntryReport, error) {
	if schema.LastDay(q.Cutoff) >= schema.LastDay(q.Until) {
		return nil, message.Errorf("the end %s is not after the cutoff %s", q.Until, q.Cutoff)
	}
	past, err := NewPast(ctx, store, f)
	if err != nil {
		return nil, err
	}
	known, err := past.At(ctx, q.Cutoff)
	if err != nil {
		return nil, err
	}
	later, err := past.At(ctx, q.Until)
	if err != nil {
		return nil, err
	}
	if len(known.Regions) == 0 {
		return nil, message.Errorf("no company is known by %s", q.Cutoff)
	}
	r := &EntryReport{
		Cutoff: known.Day, Until: later.Day, Seed: q.Seed, Digest: f.Digest, LeftOut: f.LeftOut, Weights: q.Weights,
		Items: len(known.Items), Companies: len(known.History.Entries),
	}
	if r.Weights == nil {
		r.Weights, err = past.Learn(ctx, q.Cutoff, q.MinCompanies)
		switch {
		case err == nil:
			r.Learned = true
		case errors.Is(err, feasibility.ErrNothingGained):
			r.Weights = feasibility.DefaultWeights()
		default:
			return nil, err
		}
	}
	if err := r.Weights.Check(feasibility.TermNames()); err != nil {
		return nil, err
	}
	t := &entryTrial{known: known, asked: askedAbout(known, q.MinCompanies), filled: filledIn(known, later)}
	values := known.History.Values()
	scores := r.Weights.Scores(values)
	t.count(r, scores, values)
	ours := t.sample(scores)
	if len(ours) == 0 {
		return nil, message.Errorf("no empty cell was filled: nothing to measure")
	}
	r.Areas = len(ours)
	for _, m := range entryMethods(known, q.Seed) {
		samples := t.sample(m.scores)
		r.Methods = append(r.Methods, Method{
			m.name, summarise(EntryFigures(), samples, q.Seed), summarise(EntryFigures(), differences(ours, samples), q.Seed),
		})
	}
	r.Methods = append(r.Methods, Method{Name: Ours, Figures: summarise(EntryFigures(), ours, q.Seed)})
	return r, nil
}

// entryTrial is the cells in question and which of them were filled.
type entryTrial struct {
	known  *Sight
	asked  func(place int) bool
	filled func(place, item int) bool
}

// filledIn returns a function that reports whether a cell of the earlier sight
// has a company in the later one.
func filledIn(known, later *Sight) func(place, item int) bool {
	network := later.History.Network()
	places, items := positions(later.Regions), positions(later.Items)
	return func(place, item int) bool {
		return network.Has(int(places[known.Regions[place]]), int(items[known.Items[item]]))
	}
}

// askedAbout returns a function that reports whether a place has enough
// companies.
func askedAbout(known *Sight, least int) func(place int) bool {
	totals := known.History.Totals()
	return func(place int) bool { return totals[place] >= float64(least) }
}

// empties visits each region in question with its empty items, ascending.
func (t *entryTrial) empties(visit func(place int, items []int)) {
	network := t.known.History.Network()
	for place := range t.known.Regions {
		if !t.asked(place) {
			continue
		}
		var items []int
		for item := range t.known.Items {
			if !network.Has(place, item) {
				items = append(items, item)
			}
		}
		visit(place, items)
	}
}

// sample measures scores inside each region that gained an item.
func (t *entryTrial) sample(scores relatedness.Matrix) [][]float64 {
	var samples [][]float64
	t.empties(func(place int, items []int) {
		row, positive := make([]float64, len(items)), make([]bool, len(items))
		for i, item := range items {
			row[i], positive[i] = scores.At(place, item), t.filled(place, item)
		}
		if slices.Contains(positive, true) && slices.Contains(positive, false) {
			ranks := filteredRanks(row, positive)
			samples = append(samples, []float64{
				AUC(row, positive), AveragePrecision(row, positive), PrecisionAt(row, positive, 10), RecallAt(row, positive, 10),
				meanReciprocal(ranks), shareWithin(ranks, 1), shareWithin(ranks, 10),
			})
		}
	})
	return samples
}

// count records the score of every cell, with its points, and counts the cells.
func (t *entryTrial) count(r *EntryReport, scores relatedness.Matrix, values []relatedness.Matrix) {
	t.empties(func(place int, items []int) {
		r.Regions++
		r.Cells += len(items)
		for _, item := range items {
			cell := make([]float64, len(values))
			for term := range values {
				cell[term] = values[term].At(place, item)
			}
			s := CellScore{t.known.Regions[place], t.known.Items[item], scores.At(place, item), r.Weights.Points(cell), t.filled(place, item)}
			r.Scores = append(r.Scores, s)
			if s.Filled {
				r.Positives++
			}
		}
	})
}

// ridge is the strength of the penalty that shrinks weights towards 0.
const ridge = 300

// Learn finds weights from the windows of one to three years that end on a
// day: the projection of their beginning, and which empty cells were filled by
// the day. It sees nothing later than the day.
func (p *Past) Learn(ctx context.Context, day string, minCompanies int) (feasibility.Weights, error) {
	end, err := p.At(ctx, day)
	if err != nil {
		return nil, err
	}
	var choices []feasibility.Choice
	for _, years := range []int{1, 2, 3} {
		start, err := yearsBefore(day, years)
		if err != nil {
			return nil, err
		}
		begin, err := p.At(ctx, start)
		if err != nil {
			return nil, err
		}
		choices = append(choices, begin.History.Choices(askedAbout(begin, minCompanies), filledIn(begin, end))...)
	}
	return feasibility.Fit(feasibility.TermNames(), choices, ridge)
}
