package api_test

import (
	"reflect"
	"strings"
	"testing"

	"liantu/api"
	"liantu/graph"
)

// TestEveryQuestionTakesAPopulation asks the questions that judge links with a population:
// of one that no list declares they know no strength, and what they say without one they
// say of the only one that the sample pack declares.
func TestEveryQuestionTakesAPopulation(t *testing.T) {
	s := newSampleServer(t)
	for name, document := range map[string]string{
		"gaps":       `{ gaps(region: "330100", ecosystem: "energy", first: 100, POPULATION) { frames { name } states { state count } nodes { link { code } state action confidence } } }`,
		"summaries":  `{ gaps(region: "330100", ecosystem: "energy", first: 1, POPULATION) { summaries { scope { id } states { state count } } } }`,
		"chainMap":   `{ chainMap(region: "330100", chain: "smart-grid", POPULATION) { links { verdict { state action } } } }`,
		"compare":    `{ compare(regions: ["330100", "330200"], chain: "smart-grid", peers: 1, first: 100, POPULATION) { nodes { link { code } cells { state action } } } }`,
		"whatIf":     `{ whatIf(region: "330100", land: ["300750"], first: 100, POPULATION) { nodes { link { code } before { state } after { state } } } }`,
		"matrix":     `{ matrix(regions: ["330100"], ecosystem: "energy", first: 1, POPULATION) { nodes { cells { states { state count } comparable { name } } } } }`,
		"candidates": `{ candidates(region: "330100", ecosystem: "energy", first: 1, POPULATION) { links { code } linksLeft } }`,
		"anchor":     `{ anchor(region: "330100", company: "002415", first: 100, POPULATION) { nodes { verdict { state action } } } }`,
		"match":      `{ match(region: "330100", first: 100, POPULATION) { totalCount nodes { need { link { code } } } } }`,
		"matchPlan":  `{ matchPlan(region: "330100", POPULATION) { needs { need { link { code } } } } }`,
	} {
		t.Run(name, func(t *testing.T) {
			with := func(population string) any {
				t.Helper()
				answer := ask(t, s, api.Request{Query: strings.ReplaceAll(document, "POPULATION", "population: "+population)})
				if c := firstCode(answer); c != "" {
					t.Fatalf("%s: %v", population, answer["errors"])
				}
				return answer["data"]
			}
			all, listed, certified := with("null"), with("LISTED"), with("CERTIFIED")
			if !reflect.DeepEqual(all, listed) {
				t.Errorf("of the listed companies it says\n%v instead of\n%v", listed, all)
			}
			if reflect.DeepEqual(all, certified) {
				t.Errorf("of certified companies, which no list declares, it says the same:\n%v", all)
			}
		})
	}
}

// TestChangesTakeAPopulation asks what changed since before a directory was declared whole:
// of the listed companies nothing did.
func TestChangesTakeAPopulation(t *testing.T) {
	w := newWorld(t)
	_, s := newHistory(t, w)
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Source", map[string]any{
		"name": "survey", "population": "ABOVE_SCALE", "complete_in": []string{"330100"}, "complete_on": "2024-12-31",
	}, graph.Provenance{Source: "survey", AsOf: "2024-12-31", Grade: graph.GradeA})}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for population, want := range map[string]int{"null": 1, "ABOVE_SCALE": 1, "LISTED": 0} {
		answer := ask(t, s, api.Request{Query: `{ changes(region: "330100", since: "v1", population: ` + population + `) { frames { name } } }`})
		if got := at(t, answer, "data", "changes", "frames").([]any); len(got) != want {
			t.Errorf("%s: the populations %v changed, not %d", population, got, want)
		}
	}
}
