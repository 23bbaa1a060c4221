package projection_test

import (
	"testing"

	"liantu/graph/projection"
)

// TestMunicipalitiesHaveOneArea checks that 市辖区 of the four municipalities is
// the municipality, and of other provinces a city of theirs.
func TestMunicipalitiesHaveOneArea(t *testing.T) {
	for code, want := range map[string]string{
		"110100": "110000", "120100": "120000", "310100": "310000", "500100": "500000",
		"330100": "330100", "500200": "500200", "110108": "110108", "500000": "500000",
	} {
		if got := projection.AreaCode(code); got != want {
			t.Errorf("the area of %s is %s, want %s", code, got, want)
		}
	}
	for outer, inner := range map[string]string{"500100": "500103", "110100": "110108", "330000": "330106", "100000": "500103"} {
		if !projection.Within(inner, outer) {
			t.Errorf("%s does not lie in %s", inner, outer)
		}
	}
	if projection.Within("500103", "510000") || projection.Within("330000", "330100") {
		t.Error("a county of Chongqing lies in Sichuan, or Zhejiang in Hangzhou")
	}
}
