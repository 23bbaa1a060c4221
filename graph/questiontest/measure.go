package questiontest

import (
	"slices"
	"syscall"
	"testing"
	"time"

	"liantu/graph/projection"
)

// CodesAt returns the codes of the regions of a level.
func CodesAt(p *projection.Projection, level projection.Level) []string {
	var codes []string
	for _, region := range p.RegionsAt(level, projection.Country) {
		codes = append(codes, p.Code(region))
	}
	return codes
}

// Measure logs how long the first question takes, which includes the work that
// others share, and measures those that follow: the median, which one slow
// question does not change, and the processor time, which holds on a busy machine too.
func Measure(b *testing.B, ask func()) {
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

// processorTime is the processor time that the test has used so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
