package schema_test

import (
	"testing"

	"pgregory.net/rapid"

	"liantu/schema"
)

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"杭州", "杭洲", 1}, {"杭州", "杭州市", 1}, {"kitten", "sitting", 3}, {"abc", "", 3}, {"ab", "ba", 2}} {
		if got := schema.EditDistance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q to %q takes %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// TestEditDistanceIsTheShortest compares with the recursive definition.
func TestEditDistanceIsTheShortest(t *testing.T) {
	var shortest func(a, b []rune) int
	shortest = func(a, b []rune) int {
		switch {
		case len(a) == 0 || len(b) == 0:
			return len(a) + len(b)
		case a[0] == b[0]:
			return shortest(a[1:], b[1:])
		}
		return 1 + min(shortest(a[1:], b), shortest(a, b[1:]), shortest(a[1:], b[1:]))
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.SampledFrom([]rune("甲乙丙")), 0, 6)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if got, want := schema.EditDistance(a, b), shortest(a, b); got != want {
			t.Fatalf("%q to %q takes %d, want %d", string(a), string(b), got, want)
		}
	})
}
