package placements_test

import (
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/placements"
	"liantu/place"
)

// TestRowsHoldWhatIsStated: a row gives back what placement said, apart from what is at no
// link or follows from a finer one, and what two companies have in common does not mix up
// what they have not.
func TestRowsHoldWhatIsStated(t *testing.T) {
	at := func(link, text string, probability float64, index int, outcome place.Outcome, finest bool) place.Placement {
		return place.Placement{
			Link: link, One: link, Probability: probability, Outcome: outcome, Finest: finest,
			Evidence: place.Evidence{Kind: place.Scope, Text: text, Item: text, Word: "泵", Index: index, Of: 9, How: place.Exact, Acts: place.Make},
		}
	}
	first := []place.Placement{
		at("pumps", "水泵制造", .9, 1, place.Confirmed, true), at("fluid", "水泵制造", .9, 1, place.Confirmed, false),
		at("valves", "阀门", .5, 2, place.Review, true), at("lifts", "电梯", .1, 3, place.Rejected, true),
	}
	second := []place.Placement{at("pumps", "水泵制造", .8, 4, place.Confirmed, true), at("valves", "阀门", .4, 7, place.Review, true)}
	kept := placements.NewKept()
	by := graph.Provenance{Source: "list", AsOf: "2026-03", Grade: graph.GradeB}
	a, b, none := kept.Row(by, first), kept.Row(by, second), kept.Row(by, first[3:])
	if got := slices.Collect(a.Links()); !slices.Equal(got, []place.Placement{first[0], first[2]}) {
		t.Errorf("%+v", got)
	}
	if got := slices.Collect(b.Links()); !slices.Equal(got, second) {
		t.Errorf("%+v", got)
	}
	if got := slices.Collect(none.Links()); got != nil || none.Placed() || !a.Placed() {
		t.Errorf("%+v, placed %v and %v", got, none.Placed(), a.Placed())
	}
	if a.By != b.By || *a.By != by {
		t.Error("the provenance is not shared")
	}
	for l := range a.Links() {
		if !strings.HasPrefix(l.Evidence.Text, "水泵") {
			t.Errorf("%+v", l)
		}
		break
	}
}
