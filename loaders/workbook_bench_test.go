package loaders_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/schema"
)

// workbookRows is the size that an export of a province has.
const workbookRows = 100_000

// BenchmarkWorkbook loads a workbook of 100,000 synthetic companies into a new
// file store, with names resolved, and reports the peak memory of the process as
// the kernel measures it. Each case is best run once and alone, with the
// garbage collector set as the command load sets it:
//
//	GOGC=30 go test ./loaders -run '^$' -bench 'Workbook/drawn$' -benchtime 1x
//
// The names of drawn are put together as real ones are, those of numbered differ
// in their numbers alone, as made-up lists do; without codes nothing but the
// names distinguishes companies.
func BenchmarkWorkbook(b *testing.B) {
	for _, c := range []struct {
		name  string
		call  func(*rand.Rand, int) string
		codes bool
	}{
		{"drawn", drawnName, true},
		{"drawn without codes", drawnName, false},
		{"numbered", numberedName, true},
		{"numbered without codes", numberedName, false},
	} {
		path := filepath.Join(b.TempDir(), "companies.xlsx")
		b.Run(c.name, func(b *testing.B) {
			writeWorkbook(b, path, c.call, c.codes)
			for b.Loop() {
				loadWorkbook(b, path)
			}
		})
	}
}

func loadWorkbook(b *testing.B, path string) {
	store, err := filestore.Open(filepath.Join(b.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		b.Fatal(err)
	}
	forgetPeak(b)
	calls := 0
	r, err := loaders.Load(b.Context(), loaders.Options{
		Store: store, Paths: []string{path}, Names: true,
		Source: "合成数据", AsOf: "2026-11-24", Grade: graph.GradeD,
		Progress: func(loaders.Progress) { calls++ },
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(peakMiB(b), "peak-MiB")
	b.ReportMetric(r.RowsPerSecond(), "rows/s")
	b.ReportMetric(float64(r.Names.Merged), "merged")
	b.ReportMetric(float64(r.Names.Review), "to-review")
	b.ReportMetric(float64(calls), "progress")
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
}

const (
	coreRunes = "华中新天海东金安科瑞信达德恒明光宏泰和盛兴创联智云星宇凯博康源正元力诚佳美大隆飞龙欧诺特维思微芯嘉禾顺通利丰裕鼎立方圆晨阳旭日月晶亚太平洋长江河山川岳林森木水清泉春秋冬夏福禄寿喜吉祥如意百千万亿"
	tradeList = "科技 电子 信息技术 生物医药 新材料 机械 精密机械 自动化设备 智能装备 软件 网络科技 能源科技 环保科技 医疗器械 化工 纺织 服饰 食品 贸易 国际贸易 物流 建设 建筑工程 电力设备 汽车零部件 半导体 光电 通信技术 传感技术 仪器仪表"
	formList  = "有限公司 有限公司 有限公司 有限责任公司 股份有限公司"
)

var (
	coreLetters = []rune(coreRunes)
	trades      = strings.Fields(tradeList)
	legalForms  = strings.Fields(formList)
)

func drawnName(r *rand.Rand, _ int) string {
	var core string
	for range 2 + r.IntN(2) {
		core += string(coreLetters[r.IntN(len(coreLetters))])
	}
	return benchPlaces()[r.IntN(len(benchPlaces()))].ShortName + core + trades[r.IntN(len(trades))] + legalForms[r.IntN(len(legalForms))]
}

func numberedName(_ *rand.Rand, i int) string {
	return fmt.Sprintf("示例杭州企业%06d有限公司", i)
}

func benchPlaces() []schema.Region { return schema.Children("330000") }

// writeWorkbook writes companies in the form of a vendor's export.
func writeWorkbook(b *testing.B, path string, call func(*rand.Rand, int) string, codes bool) {
	b.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	row := func(i int, values ...any) {
		if err := w.SetRow("A"+strconv.Itoa(i+1), values); err != nil {
			b.Fatal(err)
		}
	}
	row(0, "企业名称", "统一社会信用代码", "所在地区", "注册资本(万元)", "成立日期", "员工人数", "示例数据")
	random := rand.New(rand.NewPCG(5, 1))
	for i := 1; i <= workbookRows; i++ {
		code := ""
		if codes {
			code = benchUSCC(i)
		}
		row(i, call(random, i), code, "杭州市", 100+random.IntN(9000), fmt.Sprintf("%d-%02d-%02d", 1990+i%30, 1+i%12, 1+i%28), 5+random.IntN(500), "是")
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// benchUSCC makes up a code with the right check character.
func benchUSCC(i int) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	stem := fmt.Sprintf("91330100%09d", 100_000_000+i*7)
	sum, weight := 0, 1
	for _, r := range stem {
		sum += strings.IndexRune(letters, r) * weight
		weight = weight * 3 % 31
	}
	return stem + string(letters[(31-sum%31)%31])
}

// forgetPeak makes the kernel measure the most memory from now on.
func forgetPeak(b *testing.B) {
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Skip("the kernel does not reset its peak memory: ", err)
	}
}

// peakMiB is the most memory that the process had since, by the kernel.
func peakMiB(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
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
