package gaps_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/questiontest"
)

// TestAskAgreesWithOracle compares every frame, number, state, flag, action and
// priority with an implementation that shares nothing but the definitions.
func TestAskAgreesWithOracle(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := questiontest.Stream(t.Context(), rt, questiontest.Random(rt))
		settings := questiontest.RandomSettings(rt)
		settings.Population = questiontest.RandomPopulation(rt)
		region, peers, grade := questiontest.RandomQuestion(rt)
		q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, OrderBy: gaps.ByCode, WithEmpty: true, Levels: lines.All}
		p := questiontest.Picture(t, rt, store)
		answer, err := gaps.Ask(t.Context(), p, settings, q)
		if err != nil {
			rt.Fatal(err)
		}
		if faults := questiontest.Disagreements(t, store, p, settings, answer, q); len(faults) > 0 {
			rt.Fatalf("%+v\n%s", q, strings.Join(faults, "\n"))
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
		p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, questiontest.Generate(r)))
		region, peers, grade := questiontest.GenerateQuestion(r)
		q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, WithEmpty: true, Levels: lines.All}
		answer, err := gaps.Ask(t.Context(), p, questiontest.GenerateSettings(r), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range answer.Verdicts {
			seen["state "+string(v.State)]++
			seen["action "+string(v.Action)]++
			for _, flag := range v.Flags {
				seen["flag "+string(flag)]++
			}
		}
	}
	t.Log(seen)
	var wanted []string
	for _, flag := range []gaps.Code{
		gaps.NoCompany, gaps.NotSurveyed, gaps.TooFew, gaps.Hidden, gaps.ListedOnly, gaps.NoFrame, gaps.NoReference,
		gaps.OthersPresent, gaps.SingleFirm, gaps.NoAnchor, gaps.Undecided,
	} {
		wanted = append(wanted, "flag "+string(flag))
	}
	for _, s := range gaps.States() {
		wanted = append(wanted, "state "+string(s))
	}
	for _, a := range gaps.Actions() {
		if a != gaps.Extend {
			wanted = append(wanted, "action "+string(a))
		}
	}
	for _, what := range wanted {
		if seen[what] < 3 {
			t.Errorf("%s comes up %d times", what, seen[what])
		}
	}
}
