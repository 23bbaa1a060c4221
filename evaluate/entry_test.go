package evaluate_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"liantu/evaluate"
	"liantu/graph"
	"liantu/graph/filestore"
)

func newStore(tb testing.TB) graph.Store {
	tb.Helper()
	store, err := filestore.Open(filepath.Join(tb.TempDir(), "graph.db"), evaluate.Model())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	return store
}

// world makes a folder of companies that prefer the sectors of their region.
func world(regions, items, companies int) *evaluate.Folder {
	random := rand.New(rand.NewPCG(7, 7))
	f := &evaluate.Folder{Digest: "made"}
	for i := range items {
		f.Items = append(f.Items, evaluate.Item{Code: fmt.Sprintf("i%02d", i), Name: fmt.Sprintf("环节%02d", i), Parent: fmt.Sprintf("g%d", i%6)})
	}
	for g := range 6 {
		f.Items = append(f.Items, evaluate.Item{Code: fmt.Sprintf("g%d", g), Parent: fmt.Sprintf("s%d", g%2)})
	}
	for c := range companies {
		region := random.IntN(regions)
		item := random.IntN(items)
		if random.IntN(3) > 0 {
			item = (item/6*6 + region%6) % items
		}
		f.Companies = append(f.Companies, evaluate.Company{
			ID: fmt.Sprint(c), Region: fmt.Sprintf("r%02d", region), Item: fmt.Sprintf("i%02d", item),
			Date: fmt.Sprintf("%d-%02d-15", 2000+random.IntN(17), 1+random.IntN(12)),
		})
	}
	return f
}

func entry(tb testing.TB, f *evaluate.Folder) *evaluate.EntryReport {
	tb.Helper()
	r, err := evaluate.Entry(tb.Context(), newStore(tb), f, evaluate.EntryQuestion{Cutoff: "2011", Until: "2016", Seed: 1})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// TestEntryKnowsNothingOfTheFuture plants facts of after the cutoff, such that
// any method that saw them would change its scores: a new region, a new item, a
// boom of one item everywhere. Only which cells were filled may differ.
func TestEntryKnowsNothingOfTheFuture(t *testing.T) {
	f := world(12, 30, 500)
	before := entry(t, f)
	planted := *f
	planted.Companies = slices.Clone(f.Companies)
	for i := range 12 {
		planted.Companies = append(
			planted.Companies,
			evaluate.Company{ID: fmt.Sprint("boom", i), Region: fmt.Sprintf("r%02d", i), Item: "i07", Date: "2012-01-01"},
			evaluate.Company{ID: fmt.Sprint("new", i), Region: "new region", Item: "new item", Date: "2014"},
			// A month stands for its last day, and a year too: not known on the 31st of December 2011.
			evaluate.Company{ID: fmt.Sprint("year", i), Region: fmt.Sprintf("r%02d", i), Item: "i11", Date: "2012"},
		)
	}
	after := entry(t, &planted)
	if len(before.Scores) != len(after.Scores) || before.Companies != after.Companies || before.Items != after.Items {
		t.Fatalf("%d cells of %d companies became %d of %d", len(before.Scores), before.Companies, len(after.Scores), after.Companies)
	}
	changed := 0
	for i, s := range before.Scores {
		if s.Score != after.Scores[i].Score || s.Region != after.Scores[i].Region || s.Item != after.Scores[i].Item {
			t.Fatalf("the score of %s, %s was %v and became %v", s.Region, s.Item, s.Score, after.Scores[i].Score)
		}
		if s.Filled != after.Scores[i].Filled {
			changed++
		}
	}
	if !slices.Equal(before.Weights, after.Weights) {
		t.Errorf("the weights were %v and became %v", before.Weights, after.Weights)
	}
	if changed == 0 {
		t.Error("the planted companies filled no cell: the test would detect nothing")
	}
	// The same companies a day before the cutoff do change the scores.
	for i := range planted.Companies[len(f.Companies):] {
		planted.Companies[len(f.Companies)+i].Date = "2011-12-30"
	}
	if known := entry(t, &planted); known.Companies == before.Companies {
		t.Error("companies of the day before the cutoff are not seen")
	}
}

func TestEntryIsTheSameTwice(t *testing.T) {
	f := world(10, 24, 400)
	first := entry(t, f)
	shuffled := *f
	shuffled.Companies = slices.Clone(f.Companies)
	slices.Reverse(shuffled.Companies)
	second := entry(t, &shuffled)
	if !reflect.DeepEqual(first.Scores, second.Scores) || !slices.Equal(first.Weights, second.Weights) {
		t.Error("another order of the rows gives other scores")
	}
	for i, m := range first.Methods {
		if !slices.Equal(m.Figures, second.Methods[i].Figures) {
			t.Errorf("%s: %v and then %v", m.Name, m.Figures, second.Methods[i].Figures)
		}
	}
}

// TestEntryFiguresFromTheScores recomputes the figures of our method from the
// exported scores.
func TestEntryFiguresFromTheScores(t *testing.T) {
	r := entry(t, world(12, 30, 500))
	byRegion := map[string][]evaluate.CellScore{}
	positives := 0
	for _, s := range r.Scores {
		points := 0.0
		for _, p := range s.Points {
			points += p
		}
		if points-s.Score > 1e-12 || s.Score-points > 1e-12 || len(s.Points) != len(r.Weights) {
			t.Fatalf("%s, %s: the points add up to %v instead of %v", s.Region, s.Item, points, s.Score)
		}
		byRegion[s.Region] = append(byRegion[s.Region], s)
		if s.Filled {
			positives++
		}
	}
	sum, precision, areas := 0.0, 0.0, 0.0
	for _, cells := range byRegion {
		var scores []float64
		var filled []bool
		for _, c := range cells {
			scores, filled = append(scores, c.Score), append(filled, c.Filled)
		}
		if slices.Contains(filled, true) && slices.Contains(filled, false) {
			sum += auc(scores, filled)
			precision += evaluate.PrecisionAt(scores, filled, 10)
			areas++
		}
	}
	ours, _ := r.Method(evaluate.Ours)
	for name, want := range map[string]float64{"auc": sum / areas, "precision_at_10": precision / areas} {
		f, ok := ours.Figure(name)
		if !ok || f.Value < want-1e-12 || f.Value > want+1e-12 || f.Low > f.Value || f.High < f.Value {
			t.Errorf("%s is %+v instead of %v", name, f, want)
		}
	}
	for _, m := range r.Methods[:len(r.Methods)-1] {
		own, _ := ours.Figure("auc")
		is, _ := m.Figure("auc")
		if apart := m.Behind[0]; apart.Name != "auc" || apart.Value-(own.Value-is.Value) > 1e-12 || (own.Value-is.Value)-apart.Value > 1e-12 {
			t.Errorf("%s is behind by %+v: ours %v, it %v", m.Name, apart, own.Value, is.Value)
		}
	}
	if positives != r.Positives || len(r.Scores) != r.Cells || int(areas) != r.Areas {
		t.Errorf("%d positives of %d cells in %v areas, reported as %d, %d, %d", positives, len(r.Scores), areas, r.Positives, r.Cells, r.Areas)
	}
}

func TestEntryRefuses(t *testing.T) {
	f := world(5, 10, 60)
	for name, q := range map[string]evaluate.EntryQuestion{
		"an end before the cutoff": {Cutoff: "2011", Until: "2010"},
		"no company":               {Cutoff: "1990", Until: "2016"},
		"nothing came":             {Cutoff: "2030", Until: "2031"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := evaluate.Entry(t.Context(), newStore(t), f, q); err == nil {
				t.Error("no error")
			}
		})
	}
}
