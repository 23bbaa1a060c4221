package evaluate_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"liantu/evaluate"
)

// market makes supplies in which buyers of a trade share their suppliers.
func market() *evaluate.Folder {
	random := rand.New(rand.NewPCG(3, 3))
	f := &evaluate.Folder{Digest: "made"}
	seen := map[evaluate.Pair]bool{}
	for b := range 60 {
		for range 8 {
			s := b%4*20 + random.IntN(20)
			if random.IntN(5) == 0 {
				s = random.IntN(80)
			}
			p := evaluate.Pair{From: fmt.Sprintf("供应商%02d", s), To: fmt.Sprintf("买方%02d", b)}
			if !seen[p] {
				seen[p] = true
				f.Supplies = append(f.Supplies, p)
			}
		}
	}
	return f
}

func TestSuppliersFindTheTrade(t *testing.T) {
	f := market()
	r, err := evaluate.Suppliers(t.Context(), f, evaluate.TieQuestion{Share: 0.2, Seed: 1, Keep: 5})
	if err != nil {
		t.Fatal(err)
	}
	if r.Known+r.Hidden != len(f.Supplies) || len(r.Scores) != 5*r.Buyers {
		t.Errorf("%d known, %d hidden of %d; %d scores of %d buyers", r.Known, r.Hidden, len(f.Supplies), len(r.Scores), r.Buyers)
	}
	value := func(method, figure string) float64 {
		m, _ := r.Method(method)
		f, ok := m.Figure(figure)
		if !ok || f.Low > f.Value || f.High < f.Value {
			t.Errorf("%s of %s: %+v", figure, method, f)
		}
		return f.Value
	}
	if ours, random := value(evaluate.Ours, "mrr"), value(evaluate.Random, "mrr"); ours < 1.5*random {
		t.Errorf("ours %v, random %v", ours, random)
	}
	if ours := value(evaluate.Ours, "auc"); ours < 0.65 {
		t.Errorf("AUC against matched pairs %v", ours)
	}
	if popular := value(evaluate.Popularity, "auc"); popular < 0.4 || popular > 0.6 {
		t.Errorf("popularity separates matched pairs: AUC %v", popular)
	}
}

// TestTiesKnowNothingOfTheHidden gives the hidden pairs once in the data and
// once only as the test: the report must be the same.
func TestTiesKnowNothingOfTheHidden(t *testing.T) {
	f := market()
	hidden := f.Supplies[:40]
	q := evaluate.TieQuestion{Test: hidden, Seed: 1, Keep: 200}
	with, err := evaluate.Suppliers(t.Context(), f, q)
	if err != nil {
		t.Fatal(err)
	}
	without := *f
	without.Supplies = slices.Clone(f.Supplies[40:])
	blind, err := evaluate.Suppliers(t.Context(), &without, q)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(with, blind) {
		t.Error("the report depends on whether the data holds the hidden pairs")
	}
	for _, s := range with.Scores {
		if slices.Contains(without.Supplies, evaluate.Pair{From: s.Supplier, To: s.Buyer}) {
			t.Fatalf("the known pair %v is among the ranked", s)
		}
	}
}

func TestProductsUseNames(t *testing.T) {
	f := &evaluate.Folder{}
	for i := range 40 {
		fruit := fmt.Sprintf("果%c", '甲'+rune(i))
		f.Feeds = append(f.Feeds, evaluate.Pair{From: fruit, To: fruit + "汁"}, evaluate.Pair{From: fruit, To: fruit + "酱"},
			evaluate.Pair{From: "糖", To: fruit + "酱"}, evaluate.Pair{From: "瓶", To: fruit + "汁"})
	}
	r, err := evaluate.Products(t.Context(), f, evaluate.TieQuestion{Share: 0.1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	ours, _ := r.Method(evaluate.Ours)
	if mrr, _ := ours.Figure("mrr"); mrr.Value < 0.8 {
		t.Errorf("MRR %v of materials that occur in the names", mrr.Value)
	}
	if _, err := evaluate.Products(t.Context(), &evaluate.Folder{}, evaluate.TieQuestion{Share: 0.1}); err == nil {
		t.Error("no error without any pair")
	}
}
