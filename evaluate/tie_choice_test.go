package evaluate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"liantu/evaluate"
)

// chance draws supplies without any pattern.
func chance(seed uint64) *evaluate.Folder {
	random := rand.New(rand.NewPCG(seed, 1))
	f := &evaluate.Folder{Digest: "made"}
	seen := map[evaluate.Pair]bool{}
	for b := range 80 {
		for range 6 {
			p := evaluate.Pair{From: fmt.Sprintf("供应商%02d", random.IntN(80)), To: fmt.Sprintf("买方%02d", b)}
			if !seen[p] {
				seen[p] = true
				f.Supplies = append(f.Supplies, p)
			}
		}
	}
	return f
}

// two has buyers that buy what their trade buys and, from one supplier each,
// what has their name: no single method finds both.
func two() *evaluate.Folder {
	f := chance(5)
	f.Supplies = f.Supplies[:0]
	for b := range 120 {
		name := string([]rune{'甲' + rune(b), '一' + rune(40*b)})
		for k := range 3 {
			f.Feeds = append(f.Feeds, evaluate.Pair{From: name + []string{"粉", "液", "片"}[k], To: name + "机"})
			f.Feeds = append(f.Feeds, evaluate.Pair{From: fmt.Sprintf("%c钢", '子'+rune(b%6*7+(b/6+k*2)%7)), To: name + "机"})
		}
	}
	return f
}

// TestTiesShipWhatIsSurelyAhead checks that ours is shipped where it is ahead of
// every other method, and the best of the others, by name, where nothing shows it.
func TestTiesShipWhatIsSurelyAhead(t *testing.T) {
	for seed := range uint64(3) {
		r, err := evaluate.Suppliers(t.Context(), chance(seed), evaluate.TieQuestion{Share: 0.2, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		checkChoice(t, r)
		if r.Ships.Method == evaluate.Ours {
			t.Errorf("seed %d: ours is shipped on chance: %+v", seed, r.Ships.Ahead)
		}
	}
	r, err := evaluate.Products(t.Context(), two(), evaluate.TieQuestion{Share: 0.1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	checkChoice(t, r)
	if r.Ships.Method != evaluate.Ours {
		t.Errorf("%s is shipped where ours sees more than each: %+v", r.Ships.Method, r.Ships.Ahead)
	}
}

// checkChoice decides again from the figures.
func checkChoice(t *testing.T, r *evaluate.TieReport) {
	t.Helper()
	c, sure, best, most := r.Ships, true, "", -1.0
	if c.Hidden == 0 || len(c.Ahead) != len(c.MRR)-1 || len(c.MRR) != len(r.Methods)-1 {
		t.Fatalf("%d hidden, %d and %d figures of %d methods", c.Hidden, len(c.Ahead), len(c.MRR), len(r.Methods))
	}
	for i, f := range c.Ahead {
		sure = sure && f.Low > 0
		if c.MRR[i].Value > most {
			best, most = f.Name, c.MRR[i].Value
		}
		if f.Low > f.Value || f.High < f.Value || f.Name != c.MRR[i].Name {
			t.Errorf("ahead of %s by %+v", c.MRR[i].Name, f)
		}
	}
	if sure {
		best = evaluate.Ours
	}
	if c.Method != best {
		t.Errorf("%s is shipped instead of %s: %+v", c.Method, best, c)
	}
}

// TestTiesShipWithoutComparison checks that of few pairs paths of three are shipped.
func TestTiesShipWithoutComparison(t *testing.T) {
	f := &evaluate.Folder{}
	for _, pair := range []string{"甲丙", "乙丙", "甲丁", "乙丁", "甲戊", "己戊"} {
		f.Supplies = append(f.Supplies, evaluate.Pair{From: pair[:3], To: pair[3:]})
	}
	r, err := evaluate.Suppliers(t.Context(), f, evaluate.TieQuestion{Test: f.Supplies[:1], Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Ships.Method != evaluate.Paths || r.Ships.Hidden != 0 {
		t.Errorf("of five known pairs: %+v", r.Ships)
	}
}

// TestTheShippedMethodScores checks that the scores kept are those of the method
// shipped: where some suppliers have more buyers than others and the rest is chance, that is
// popularity, which goes by the number of known buyers.
func TestTheShippedMethodScores(t *testing.T) {
	f, random, seen := &evaluate.Folder{}, rand.New(rand.NewPCG(4, 4)), map[evaluate.Pair]bool{}
	for b := range 300 {
		for range 2 {
			s := min(random.IntN(150), random.IntN(150), random.IntN(150))
			p := evaluate.Pair{From: string('子' + rune(37*s)), To: string('甲' + rune(23*b))}
			if !seen[p] {
				seen[p] = true
				f.Supplies = append(f.Supplies, p)
			}
		}
	}
	test := f.Supplies[len(f.Supplies)-30:]
	r, err := evaluate.Suppliers(t.Context(), f, evaluate.TieQuestion{Test: test, Seed: 1, Keep: 4})
	if err != nil {
		t.Fatal(err)
	}
	checkChoice(t, r)
	if r.Ships.Method != evaluate.Popularity {
		t.Fatalf("%s is shipped: %+v", r.Ships.Method, r.Ships.MRR)
	}
	buyers := map[string]float64{}
	for _, p := range f.Supplies[:len(f.Supplies)-30] {
		buyers[p.From]++
	}
	for _, s := range r.Scores {
		if want := math.Log1p(buyers[s.Supplier]); s.Score != want {
			t.Errorf("%s has the score %v, by its buyers %v", s.Supplier, s.Score, want)
		}
	}
}
