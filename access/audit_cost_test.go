package access_test

import (
	"path/filepath"
	"testing"
	"time"

	"liantu/access"
)

// longLog is a log of n entries, of the day before but for the last three.
func longLog(t testing.TB, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	log := access.OpenLog(path)
	list := make([]access.Entry, n)
	for i := range list {
		list[i] = entry(i % 10)
	}
	access.SetLogClock(log, func() time.Time { return time.Now().AddDate(0, 0, -2) })
	if err := access.AppendAll(log, list); err != nil {
		t.Fatal(err)
	}
	writeLog(t, path, 3)
	return path
}

// TestAppendReadsTheEndAlone counts the bytes that appending reads of a short and
// of a long log: after a start, after another process has appended, and with a
// quota.
func TestAppendReadsTheEndAlone(t *testing.T) {
	reads := func(path string) (list []int64) {
		log, other := access.OpenLog(path), access.OpenLog(path)
		for i, do := range []func() error{
			func() error { return log.Append(entry(5)) },
			func() error { return other.Append(entry(5)) },
			func() error { return log.Append(entry(5)) },
			func() error { return log.AppendWithin(entry(5), 100) },
			func() error { return other.AppendWithin(entry(5), 100) },
			func() error { return log.AppendWithin(entry(5), 100) },
		} {
			before := access.LogRead(log) + access.LogRead(other)
			if err := do(); err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
			list = append(list, access.LogRead(log)+access.LogRead(other)-before)
		}
		return list
	}
	short, long := reads(longLog(t, 300)), reads(longLog(t, 6000))
	for i := range short {
		if most := short[i] + 100; long[i] > most { // numbers have more digits in a longer log
			t.Errorf("step %d reads %d bytes of a log of 6,000 entries and %d of one of 300", i, long[i], short[i])
		}
		if limit := int64(2048); i < 3 && long[i] > limit {
			t.Errorf("step %d reads %d bytes, want at most %d", i, long[i], limit)
		}
	}
}

// BenchmarkAppend appends after a start, to a log of 300,000 entries and to an empty
// one in turn, and reports the ratio of their times.
func BenchmarkAppend(b *testing.B) {
	long, empty := longLog(b, 300_000), filepath.Join(b.TempDir(), "audit.jsonl")
	var times [2]time.Duration
	for b.Loop() {
		for i, path := range []string{long, empty} {
			start := time.Now()
			if err := access.OpenLog(path).Append(entry(1)); err != nil {
				b.Fatal(err)
			}
			times[i] += time.Since(start)
		}
	}
	b.ReportMetric(float64(times[0])/float64(times[1]), "long/empty")
}
