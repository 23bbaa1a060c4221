package place_test

import (
	"slices"
	"testing"

	"liantu/place"
)

// TestRanks: links that are the same are one, and a link and those above it are one.
func TestRanks(t *testing.T) {
	for _, c := range []struct {
		name  string
		links []string
		ranks []int
	}{
		{"different links", []string{pumps, integ, home}, []int{0, 1, 2}},
		{"a group before its link", []string{fluid, pumps, home}, []int{0, 0, 1}},
		{"a group behind its link", []string{pumps, fluid, home}, []int{0, 0, 1}},
		{"a group between its links", []string{pumps, fluid, valves, home}, []int{0, 0, 1, 2}},
		{"a group of which no link is listed yet", []string{fluid, home, pumps, integ}, []int{0, 1, 1, 2}},
		{"links that are the same", []string{cycles, cycles2, home}, []int{0, 0, 1}},
		{"the same links apart", []string{cycles, home, cycles2, integ}, []int{0, 1, 1, 2}},
		{"nothing", nil, []int{}},
	} {
		var list []place.Placement
		for _, l := range c.links {
			list = append(list, place.Placement{Link: l})
		}
		if got := placer(t).Ranks(list); !slices.Equal(got, c.ranks) {
			t.Errorf("%s: %v, want %v", c.name, got, c.ranks)
		}
	}
}
