package gaps_test

import (
	"testing"

	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
	"liantu/schema"
)

// BenchmarkBuildLarge builds the picture of a generated graph.
func BenchmarkBuildLarge(b *testing.B) {
	large := questiontest.LargeOfFlag(b)
	for b.Loop() {
		if _, err := projection.Build(b.Context(), schema.Default(), large); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGapsLarge asks a generated graph of as many companies as the flag
// says. What all questions share is computed before the clock starts and its
// time logged.
func BenchmarkGapsLarge(b *testing.B) {
	p := questiontest.LargePicture(b)
	q := gaps.Question{Region: "330100", Scope: []string{"e1"}, Levels: lines.All}
	b.Run("again", func(b *testing.B) { benchmarkAsk(b, p, q, false) })
	b.Run("other cities", func(b *testing.B) {
		first, end := p.Range(projection.Region)
		region := first
		for b.Loop() {
			if region++; region == end {
				region = first
			}
			if _, err := gaps.Ask(b.Context(), p, tuning.Default(), gaps.Question{Region: p.Code(region), Scope: q.Scope, Levels: lines.All}); err != nil {
				b.Fatal(err)
			}
		}
	})
	first, _ := p.Range(projection.Link)
	chain := p.Code(p.ChainOf(first))
	b.Run("compare provinces", func(b *testing.B) { benchmarkCompare(b, p, chain, false) })
	b.Run("compare provinces at first", func(b *testing.B) { benchmarkCompare(b, p, chain, true) })
	b.Run("what if", func(b *testing.B) { benchmarkWhatIf(b, p) })
}
