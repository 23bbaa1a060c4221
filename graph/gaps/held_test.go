package gaps_test

import (
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// TestViewsOfScopesCacheFewVerdicts asks of several regions: a picture caches what it found
// of each, and a view of a scope, of which there may be hundreds, the last ones alone.
func TestViewsOfScopesCacheFewVerdicts(t *testing.T) {
	whole := questiontest.FrozenPicture(t)
	view, ok := whole.With(nil, nil)
	if !ok {
		t.Fatal("no view")
	}
	regions := []string{"330100", "330200", "330300", "330400"}
	for name, c := range map[string]struct {
		picture *projection.Projection
		cached  bool
	}{"the picture": {whole, true}, "a view of a scope": {view, false}} {
		ask := func(code string) *gaps.Assessor {
			a, err := gaps.AssessorOf(t.Context(), c.picture, tuning.Default(), graph.GradeC, c.picture.RegionByCode(code), nil)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		first := ask(regions[0])
		if again := ask(regions[0]); again != first {
			t.Errorf("%s: the same question twice is computed twice", name)
		}
		for _, code := range regions[1:] {
			ask(code)
		}
		if again := ask(regions[0]); (again == first) != c.cached {
			t.Errorf("%s: after %d other regions the first is cached: %t, want %t", name, len(regions)-1, again == first, c.cached)
		}
	}
}
