package main

import (
	"fmt"
	"slices"
	"testing"

	"liantu/place"
)

func numbered(n int) []company {
	out := make([]company, n)
	for i := range out {
		out[i].Company = place.Company{Name: fmt.Sprintf("清河%d号泵业有限公司", i)}
	}
	return out
}

func names(companies []company) []string {
	var out []string
	for i := range companies {
		out = append(out, companies[i].Name)
	}
	return out
}

// TestSamplesAreNested: a larger sample of a rotation holds the smaller ones, the order of
// the companies does not matter, and rotations differ.
func TestSamplesAreNested(t *testing.T) {
	all := numbered(80)
	reversed := slices.Clone(all)
	slices.Reverse(reversed)
	for rotation := range rotations {
		var smaller []string
		for _, share := range shares {
			is := names(sample(all, share, rotation))
			if want := int(share * 80); len(is) != want {
				t.Errorf("share %g: %d companies, want %d", share, len(is), want)
			}
			if !slices.Equal(is, names(sample(reversed, share, rotation))) {
				t.Errorf("share %g: the order of the companies matters", share)
			}
			if !slices.Equal(smaller, is[:len(smaller)]) {
				t.Errorf("share %g of rotation %d does not hold the smaller sample", share, rotation)
			}
			smaller = is
		}
		slices.Sort(smaller)
		if len(slices.Compact(smaller)) != 80 {
			t.Errorf("rotation %d: a company twice", rotation)
		}
	}
	if slices.Equal(names(sample(all, .25, 0)), names(sample(all, .25, 1))) {
		t.Error("two rotations are the same")
	}
}
