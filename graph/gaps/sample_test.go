package gaps_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

// sample is the picture of the sample pack, loaded once for all tests and
// benchmarks that read it.
var sample = sync.OnceValues(func() (*projection.Projection, error) {
	return pictureOf(func(ctx context.Context, store graph.Store) error {
		report, err := loaders.Load(ctx, loaders.Options{Store: store, FS: zhejiang.FS()})
		if err == nil && len(report.Faults) > 0 {
			err = fmt.Errorf("the sample pack has faults: %v", report.Faults[0])
		}
		return err
	})
})

// pictureOf fills a store in a folder that is removed again and returns its
// picture.
func pictureOf(fill func(context.Context, graph.Store) error) (*projection.Projection, error) {
	dir, err := os.MkdirTemp("", "gaps")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	store, err := filestore.Open(filepath.Join(dir, "graph.db"), schema.Default())
	if err != nil {
		return nil, err
	}
	defer func() { _ = store.Close() }()
	if err := fill(context.Background(), store); err != nil {
		return nil, err
	}
	return projection.Build(context.Background(), schema.Default(), store)
}

func samplePicture(tb testing.TB) *projection.Projection {
	tb.Helper()
	p, err := sample()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// TestSampleSpreads checks that the verdicts on the sample pack tell links
// apart: no state holds nearly all links of Hangzhou or Zhejiang.
func TestSampleSpreads(t *testing.T) {
	p := samplePicture(t)
	for _, region := range []string{"330100", "330000"} {
		answer, err := gaps.Ask(t.Context(), p, gaps.DefaultSettings(), gaps.Question{Region: region})
		if err != nil {
			t.Fatal(err)
		}
		states, actions := map[gaps.State]int{}, map[gaps.Action]int{}
		for _, v := range answer.Verdicts {
			states[v.State]++
			actions[v.Action]++
		}
		t.Logf("%s: %d links, %+v, %v, %v", region, len(answer.Verdicts), answer.Coverage, states, actions)
		for state, n := range states {
			if n > len(answer.Verdicts)*8/10 {
				t.Errorf("%s: %d of %d links are %s", region, n, len(answer.Verdicts), state)
			}
		}
		for _, state := range gaps.States() {
			if states[state] == 0 {
				t.Errorf("%s: no link is %s", region, state)
			}
		}
	}
}

func benchmarkAsk(b *testing.B, p *projection.Projection, q gaps.Question, reasons bool) {
	b.Helper()
	settings := gaps.DefaultSettings()
	ask := func() *gaps.Answer {
		answer, err := gaps.Ask(b.Context(), p, settings, q)
		if err != nil {
			b.Fatal(err)
		}
		return answer
	}
	links := len(ask().Verdicts) // fits priors and relatedness, once for a picture
	b.ReportAllocs()
	for b.Loop() {
		answer := ask()
		if reasons {
			for _, v := range answer.Verdicts {
				v.Reasons()
			}
		}
	}
	b.ReportMetric(float64(links), "links")
}

// BenchmarkGapsHangzhou asks for all links of the sample pack in Hangzhou.
func BenchmarkGapsHangzhou(b *testing.B) {
	p := samplePicture(b)
	all := gaps.Question{Region: "330100"}
	one := gaps.Question{Region: "330100", Scope: []string{"aiot"}}
	b.Run("five ecosystems", func(b *testing.B) { benchmarkAsk(b, p, all, false) })
	b.Run("five ecosystems with reasons", func(b *testing.B) { benchmarkAsk(b, p, all, true) })
	b.Run("one ecosystem", func(b *testing.B) { benchmarkAsk(b, p, one, false) })
	b.Run("Zhejiang", func(b *testing.B) { benchmarkAsk(b, p, gaps.Question{Region: "330000"}, false) })
}

// BenchmarkGapsColdRegion asks for all links in a region that nobody asked for
// before, with settings that nobody used before: everything that depends on the
// region is worked out, what depends on the country alone is there.
func BenchmarkGapsColdRegion(b *testing.B) {
	p := samplePicture(b)
	settings := gaps.DefaultSettings()
	n := 0
	for b.Loop() {
		n++
		settings.PullHalf = 5 + float64(n)/1e6
		if _, err := gaps.Ask(b.Context(), p, settings, gaps.Question{Region: "330100"}); err != nil {
			b.Fatal(err)
		}
	}
}

// codesAt returns the codes of the regions of a level.
func codesAt(p *projection.Projection, level projection.Level) []string {
	var codes []string
	for _, region := range p.RegionsAt(level, projection.Country) {
		codes = append(codes, p.Code(region))
	}
	return codes
}

// measure logs how long the first question takes, with what others share, and
// measures those that follow: the median, which one slow question does not
// move, and the processor time, which holds on a busy machine too.
func measure(b *testing.B, ask func()) {
	b.Helper()
	start := time.Now()
	ask()
	b.Logf("the first question, with what others share: %v", time.Since(start))
	b.ReportAllocs()
	var took []time.Duration
	before := processorTime(b)
	for b.Loop() {
		start := time.Now()
		ask()
		took = append(took, time.Since(start))
	}
	spent := processorTime(b) - before
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2]), "p50-ns/op")
	b.ReportMetric(float64(spent)/float64(len(took)), "cpu-ns/op")
}

// processorTime is what the test has spent so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkCompareProvinces compares one chain over the 34 provinces: again,
// and when no verdict is known yet.
func BenchmarkCompareProvinces(b *testing.B) {
	p := samplePicture(b)
	b.Run("again", func(b *testing.B) { benchmarkCompare(b, p, "bio-medicine", false) })
	b.Run("at first", func(b *testing.B) { benchmarkCompare(b, p, "bio-medicine", true) })
}

// benchmarkCompare compares provinces; anew says that the settings are others
// each time, so that everything that depends on a region is worked out.
func benchmarkCompare(b *testing.B, p *projection.Projection, scope string, anew bool) {
	q := gaps.CompareQuestion{Scope: []string{scope}, Regions: codesAt(p, projection.LevelProvince)}
	settings := gaps.DefaultSettings()
	n := 0
	ask := func() {
		if n++; anew {
			settings.PullHalf = 5 + float64(n)/1e6
		}
		if _, err := gaps.Compare(b.Context(), p, settings, q); err != nil {
			b.Fatal(err)
		}
	}
	measure(b, ask)
	b.ReportMetric(float64(len(q.Regions)), "regions")
}

// BenchmarkWhatIf lets five companies from elsewhere land in Hangzhou.
func BenchmarkWhatIf(b *testing.B) { benchmarkWhatIf(b, samplePicture(b)) }

// benchmarkWhatIf lets other companies land each time.
func benchmarkWhatIf(b *testing.B, p *projection.Projection) {
	first, end := p.CompaniesIn("440000")
	v := first
	ask := func() {
		q := gaps.WhatIfQuestion{Region: "330100"}
		for range 5 {
			if v++; v >= end {
				v = first
			}
			q.Land = append(q.Land, string(p.ID(v)))
		}
		if _, err := gaps.WhatIf(b.Context(), p, gaps.DefaultSettings(), q); err != nil {
			b.Fatal(err)
		}
	}
	measure(b, ask)
}

// BenchmarkCandidates looks for who would fill a link in Hangzhou.
func BenchmarkCandidates(b *testing.B) {
	p := samplePicture(b)
	benchmarkCandidates(b, p, "bio-medicine.drug-production.active-pharmaceutical-ingredients", "330100")
}

// benchmarkCandidates asks for the first page in one region after the other.
func benchmarkCandidates(b *testing.B, p *projection.Projection, link string, regions ...string) {
	n := 0
	ask := func() {
		q := gaps.CandidateQuestion{Region: regions[n%len(regions)], Link: link}
		n++
		answer, err := gaps.Candidates(b.Context(), p, gaps.DefaultSettings(), q)
		if err != nil {
			b.Fatal(err)
		}
		answer.First(20)
	}
	measure(b, ask)
}
