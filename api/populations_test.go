package api_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"liantu/api"
	"liantu/graph"
)

// populationName names a population and its scope in an answer.
func populationName(t *testing.T, x any) string {
	t.Helper()
	name := at(t, x, "population").(string)
	for _, v := range at(t, x, "scope").([]any) {
		name += " " + at(t, v, "code").(string)
	}
	return name
}

// byPopulation lists what an answer says of each population.
func byPopulation(t *testing.T, list any) map[string]map[string]any {
	t.Helper()
	found := map[string]map[string]any{}
	for _, x := range list.([]any) {
		name := populationName(t, x)
		if found[name] != nil {
			t.Errorf("%s is listed twice", name)
		}
		found[name] = x.(map[string]any)
	}
	return found
}

// TestPopulationsAreThoseOfGapsAndQuality compares the populations of regions of the sample
// pack with those that the other two questions list: the same ones with the same numbers,
// and beside them only those that are complete nowhere in the region, without a number.
func TestPopulationsAreThoseOfGapsAndQuality(t *testing.T) {
	w := newWorld(t)
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Source", map[string]any{
		"name": "survey", "population": "ABOVE_SCALE", "complete_in": []string{"330100"}, "complete_on": "2024-12-31",
	}, graph.Provenance{Source: "survey", AsOf: "2024-12-31", Grade: graph.GradeA})}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	unknown, partly := 0, 0
	for s, regions := range map[*api.Server][]string{
		newSampleServer(t):   {"330100", "330000", "100000", "500000"},
		newServer(t, w, nil): {"330100", "330000"},
	} {
		for _, region := range regions {
			some, none := comparePopulations(t, s, region)
			partly, unknown = partly+some, unknown+none
		}
	}
	if unknown == 0 || partly == 0 {
		t.Errorf("%d populations that are complete nowhere in a region, %d only in parts of it: both want a test", unknown, partly)
	}
}

// comparePopulations compares the populations of a region with those of gaps and quality,
// and returns how many are complete in parts of it alone, and nowhere.
func comparePopulations(t *testing.T, s *api.Server, region string) (partly, nowhere int) {
	t.Helper()
	answer := ask(t, s, api.Request{Query: fmt.Sprintf(`{ populations(region: %q, first: 100) { totalCount region { code } nodes {
			population populationLabel { zh en } scope { code } complete date sources in { code } coverage { companies attributed unattributed } } }
			gaps(region: %[1]q, first: 1) { frames { population populationLabel { zh en } scope { code } date sources coverage { companies attributed unattributed } } }
			quality(region: %[1]q) { populations { population scope { code } complete date sources in { code } members attributed } } }`, region)})
	if c := firstCode(answer); c != "" {
		t.Fatalf("%s: %v", region, answer["errors"])
	}
	all := byPopulation(t, at(t, answer, "data", "populations", "nodes"))
	rest := map[string]bool{}
	for _, x := range at(t, answer, "data", "populations", "nodes").([]any) {
		rest[populationName(t, x)] = true
	}
	for name, f := range byPopulation(t, at(t, answer, "data", "gaps", "frames")) {
		for key, value := range f {
			if !reflect.DeepEqual(value, all[name][key]) {
				t.Errorf("%s %s: %s is %v, of gaps %v", region, name, key, all[name][key], value)
			}
		}
		if all[name]["complete"] != true {
			t.Errorf("%s %s: not complete, but a population of gaps", region, name)
		}
	}
	for name, q := range byPopulation(t, at(t, answer, "data", "quality", "populations")) {
		delete(rest, name)
		coverage, _ := all[name]["coverage"].(map[string]any)
		for key, value := range q {
			got := all[name][key]
			switch key {
			case "members":
				got = coverage["companies"]
			case "attributed":
				got = coverage["attributed"]
			}
			if !reflect.DeepEqual(got, value) {
				t.Errorf("%s %s: %s is %v, of quality %v", region, name, key, got, value)
			}
		}
		if q["complete"] == false {
			partly++
		}
	}
	for name := range rest {
		nowhere++
		if x := all[name]; x["complete"] != false || x["coverage"] != nil || x["date"] != nil || len(x["in"].([]any)) > 0 {
			t.Errorf("%s %s is complete nowhere in the region: %v", region, name, x)
		}
	}
	for _, population := range []string{"REGISTERED", "ABOVE_SCALE", "CERTIFIED", "LISTED"} {
		if !strings.Contains(fmt.Sprint(at(t, answer, "data", "populations", "nodes")), population) {
			t.Errorf("%s: no %s", region, population)
		}
	}
	return partly, nowhere
}

// TestPopulationsByPages follows the pages of the populations of the whole country.
func TestPopulationsByPages(t *testing.T) {
	s := newSampleServer(t)
	seen, after := 0, ""
	for {
		answer := ask(t, s, api.Request{Query: `query($after: String) { populations(first: 1, after: $after) { totalCount region { code } nodes { population } pageInfo { endCursor hasNextPage } } }`, Variables: map[string]any{"after": nonEmpty(after)}})
		if c := firstCode(answer); c != "" || at(t, answer, "data", "populations", "region", "code") != "100000" {
			t.Fatal(answer)
		}
		seen++
		after = at(t, answer, "data", "populations", "pageInfo", "endCursor").(string)
		if at(t, answer, "data", "populations", "pageInfo", "hasNextPage") != true {
			if total := at(t, answer, "data", "populations", "totalCount").(float64); int(total) != seen {
				t.Errorf("%d on the pages of %v", seen, total)
			}
			return
		}
	}
}

// nonEmpty is a text, nil for none.
func nonEmpty(text string) any {
	if text == "" {
		return nil
	}
	return text
}
