package resolve_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"liantu/resolve"
	"liantu/schema"
)

// maker puts synthetic names together from real parts: the places of GB/T
// 2260, the 字号 and trades of the listed companies, and legal forms. The names
// are invented; where one is that of a real company, it is by chance.
type maker struct {
	random        *rand.Rand
	places        []string
	cores, trades []string
}

func newMaker(t testing.TB, seed uint64) *maker {
	m := &maker{random: rand.New(rand.NewPCG(seed, 1))}
	for _, r := range schema.Regions() {
		if r.Level == schema.LevelProvince || r.Level == schema.LevelCity {
			m.places = append(m.places, r.ShortName, r.Name)
		}
	}
	for _, r := range readTable(t, "companies.csv") {
		n := resolve.Parse(r[1])
		if n.Core != "" && !n.Latin && !n.CorePlace {
			m.cores = append(m.cores, n.Core)
		}
		if n.Trade != "" {
			m.trades = append(m.trades, n.Trade)
		}
	}
	return m
}

func (m *maker) pick(list []string) string { return list[m.random.IntN(len(list))] }

// core returns a 字号: a real one, or the halves of two. They are as common as
// real ones: some belong to hundreds of companies, most to a few.
func (m *maker) core() string {
	first, second := []rune(m.pick(m.cores)), []rune(m.pick(m.cores))
	if m.random.IntN(4) == 0 {
		return string(first)
	}
	core := string(first[:1]) + string(second[len(second)-1:])
	if m.random.IntN(2) == 0 {
		core += string([]rune(m.pick(m.cores))[:1])
	}
	return core
}

var benchForms = []string{"有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "合伙企业（有限合伙）"}

func (m *maker) name() string {
	place, core, trade, form := m.pick(m.places), m.core(), m.pick(m.trades), m.pick(benchForms)
	if m.random.IntN(5) == 0 {
		return core + trade + "（" + place + "）" + form
	}
	return place + core + trade + form
}

// other spells a name differently, as another list would.
func (m *maker) other(name string) string {
	switch m.random.IntN(5) {
	case 0:
		return strings.Replace(name, "有限公司", "有限责任公司", 1)
	case 1:
		return strings.NewReplacer("（", "(", "）", ")").Replace(name)
	case 2:
		return strings.TrimSuffix(name, "有限公司")
	case 3:
		r := []rune(name)
		i := len(r) / 3
		r[i] = []rune(m.pick(m.cores))[0] // a typo
		return string(r)
	}
	return name
}

func company(name string) resolve.Company {
	return resolve.Company{Key: name, Titles: []resolve.Title{{Text: name}}}
}

// BenchmarkMillion resolves a million synthetic names against a million
// others, half of which are the same spelled differently. It is run once:
//
//	go test ./resolve -run '^$' -bench Million -benchtime 1x
func BenchmarkMillion(b *testing.B) {
	const size = 1_000_000
	for b.Loop() {
		m := newMaker(b, 7)
		left, right := make([]resolve.Company, size), make([]resolve.Company, size)
		for i := range size {
			name := m.name()
			left[i] = company(name)
			if i%2 == 0 {
				name = m.other(name)
			} else {
				name = m.name()
			}
			right[i] = company(name)
		}
		b.ResetTimer()
		before := cpuSeconds(b)
		ctx := context.Background()
		known, err := resolve.PrepareAll(ctx, left)
		if err != nil {
			b.Fatal(err)
		}
		x := resolve.NewIndex(known)
		unknown, err := resolve.PrepareAll(ctx, right)
		if err != nil {
			b.Fatal(err)
		}
		hits, err := x.Best(ctx, unknown)
		if err != nil {
			b.Fatal(err)
		}
		same, review := 0, 0
		for _, h := range hits {
			switch h.Band {
			case resolve.Same:
				same++
			case resolve.Review:
				review++
			}
		}
		b.ReportMetric(float64(same), "same")
		b.ReportMetric(float64(review), "to-review")
		b.ReportMetric(peakMiB(b), "peak-MiB")
		b.ReportMetric(cpuSeconds(b)-before, "cpu-s")
	}
}

// cpuSeconds is the processor time of the process, which a busy machine changes
// less than wall time.
func cpuSeconds(b *testing.B) float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

// peakMiB is the peak memory of the process as the kernel reports it; 0 where
// the kernel does not report it.
func peakMiB(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
			if err != nil {
				b.Fatal(err)
			}
			return float64(kib) / 1024
		}
	}
	return 0
}

func BenchmarkParse(b *testing.B) {
	m := newMaker(b, 3)
	names := make([]string, 1000)
	for i := range names {
		names[i] = m.name()
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		resolve.Parse(names[i%len(names)])
	}
}

func ExampleCompare() {
	known := resolve.Prepare(resolve.Company{Titles: []resolve.Title{
		{Text: "浙江大华技术股份有限公司"}, {Text: "大华股份", Use: resolve.Short},
	}})
	for _, name := range []string{"大华股份（Dahua）", "浙江大華技術股份有限公司北京分公司", "上海大华电子有限公司"} {
		v := resolve.Compare(resolve.Prepare(company(name)), known)
		fmt.Printf("%s: %s (%s)\n", name, v.Band, cmp.Or(string(v.Relation), "no relation"))
	}
	// Output:
	// 大华股份（Dahua）: same (no relation)
	// 浙江大華技術股份有限公司北京分公司: different (branch)
	// 上海大华电子有限公司: different (no relation)
}
