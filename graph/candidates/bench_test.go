package candidates_test

import (
	"testing"

	"liantu/graph/candidates"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/tuning"
)

// BenchmarkCandidates finds companies that would fill a link in Hangzhou.
func BenchmarkCandidates(b *testing.B) {
	p := questiontest.SamplePicture(b)
	benchmarkCandidates(b, p, "bio-medicine.drug-production.active-pharmaceutical-ingredients", "330100")
}

// benchmarkCandidates asks for the first page in one region after the other.
func benchmarkCandidates(b *testing.B, p *projection.Projection, link string, regions ...string) {
	n := 0
	ask := func() {
		q := candidates.Question{Region: regions[n%len(regions)], Link: link}
		n++
		answer, err := candidates.Ask(b.Context(), p, tuning.Default(), q)
		if err != nil {
			b.Fatal(err)
		}
		answer.First(20)
	}
	questiontest.Measure(b, ask)
}

// BenchmarkCandidatesLarge asks a generated graph of as many companies as the
// flag says.
func BenchmarkCandidatesLarge(b *testing.B) {
	p := questiontest.LargePicture(b)
	first, _ := p.Range(projection.Link)
	link := p.Code(first)
	b.Run("one region", func(b *testing.B) { benchmarkCandidates(b, p, link, "330100") })
	b.Run("many regions", func(b *testing.B) { benchmarkCandidates(b, p, link, questiontest.CodesAt(p, projection.LevelCity)...) })
	b.Run("Beijing", func(b *testing.B) { benchmarkCandidates(b, p, link, "110000") })
}
