package gaps_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph/gaps"
	"liantu/graph/questiontest"
)

// TestAskAgreesWithOracle compares every number, state, flag, action and priority
// with an implementation that shares nothing but the definitions.
func TestAskAgreesWithOracle(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := questiontest.Store(t, rt, questiontest.Random(rt))
		region, peers, grade := questiontest.RandomQuestion(rt)
		q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, OrderBy: gaps.ByCode}
		p := questiontest.Picture(t, rt, store)
		answer, err := gaps.Ask(t.Context(), p, gaps.DefaultSettings(), q)
		if err != nil {
			rt.Fatal(err)
		}
		if faults := questiontest.Disagreements(t, store, p, answer, q); len(faults) > 0 {
			rt.Fatalf("%s", strings.Join(faults, "\n"))
		}
	})
}

// TestRandomGraphsLeadEverywhere checks that the graphs that the oracle is
// asked about are worth asking: they lead to every state, flag and action but
// EXTEND, which the script actions.txt shows, against the oracle too.
func TestRandomGraphsLeadEverywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks hundreds of random graphs")
	}
	seen := map[string]int{}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, seed))
		p := questiontest.Picture(t, t, questiontest.Store(t, t, questiontest.Generate(r)))
		region, peers, grade := questiontest.GenerateQuestion(r)
		answer, err := gaps.Ask(t.Context(), p, gaps.DefaultSettings(), gaps.Question{Region: region, Peers: peers, MinGrade: grade})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range answer.Verdicts {
			seen[string(v.State)]++
			seen[string(v.Action)]++
			for _, flag := range v.Flags {
				seen[string(flag)]++
			}
		}
	}
	t.Log(seen)
	wanted := []string{"NO_REFERENCE", "NO_COVERAGE", "HIDDEN", "SINGLE_FIRM", "NO_ANCHOR"}
	for _, s := range gaps.States() {
		wanted = append(wanted, string(s))
	}
	for _, a := range gaps.Actions() {
		if a != gaps.Extend {
			wanted = append(wanted, string(a))
		}
	}
	for _, what := range wanted {
		if seen[what] < 3 {
			t.Errorf("%s comes up %d times", what, seen[what])
		}
	}
}
