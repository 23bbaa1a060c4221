package placements_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"liantu/examples/zhejiang/picture"
	"liantu/graph"
	"liantu/graph/placements"
	"liantu/place"
)

// itemsOfBench are items as registers state them; a scope is some 17 of them, as the mean
// of real ones. A tenth are written by the company alone, so that no cache knows them.
var itemsOfBench = strings.Fields(`软件开发 信息系统集成服务 泵及真空设备制造 泵及真空设备销售 电子元器件制造 电子产品销售 日用百货销售 机械设备租赁 金属制品销售
仪器仪表制造 通用设备制造 货物进出口 技术进出口 塑料制品制造 汽车零部件及配件制造 物联网技术服务 大数据服务 环境保护专用设备制造 光伏设备及元器件制造 电池制造
工业机器人制造 人工智能应用软件开发 集成电路设计 阀门和旋塞制造 家具制造 服装制造 医用口罩生产 输配电及控制设备制造 建筑材料销售 会议及展览服务`)

func scopes(n int, seed uint64) []place.Company {
	r := rand.New(rand.NewPCG(1, seed))
	out := make([]place.Company, n)
	for i := range out {
		var b strings.Builder
		b.WriteString("一般项目：")
		for range 10 + r.IntN(15) {
			b.WriteString(itemsOfBench[r.IntN(len(itemsOfBench))])
			if r.IntN(10) == 0 {
				fmt.Fprintf(&b, "；%d型专用泵的生产、销售", r.IntN(1<<30))
			}
			b.WriteString("；")
		}
		b.WriteString("（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）")
		out[i] = place.Company{Name: fmt.Sprintf("清河%d号机械制造有限公司", i), Industry: "通用设备制造业", Scope: b.String()}
	}
	return out
}

func placerOfBench(b *testing.B) *place.Placer {
	b.Helper()
	live, err := picture.New(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	placer, err := place.Default(placements.Links(live.Current()), .9)
	if err != nil {
		b.Fatal(err)
	}
	return placer
}

// heap is how many MB the program holds.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

func BenchmarkPlace(b *testing.B) {
	placer := placerOfBench(b)
	list := scopes(20000, 2)
	placer.Place(list[0])
	before := heap()
	b.ResetTimer()
	for range b.N {
		var group sync.WaitGroup
		for w := range 2 {
			group.Go(func() {
				for i := w; i < len(list); i += 2 {
					placer.Place(list[i])
				}
			})
		}
		group.Wait()
	}
	b.StopTimer()
	defer runtime.KeepAlive(placer)
	defer runtime.KeepAlive(list)
	b.ReportMetric(heap()-before, "MB-cached")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list))/1000, "µs/company")
}

// million is how many companies BenchmarkMillion places in one go; portionOfBench how many
// of them exist at a time.
const (
	million        = 1_000_000
	portionOfBench = 1000
)

// BenchmarkMillion places a million companies and holds what came of them as an answer does.
// The companies are written portion by portion and forgotten, as a graph on disk holds
// them, so that the memory reported is the cache of the placer and the answer.
func BenchmarkMillion(b *testing.B) {
	placer := placerOfBench(b)
	by := graph.Provenance{Source: "list", AsOf: "2026-03", Grade: graph.GradeB}
	before := heap()
	for range b.N {
		kept := placements.NewKept()
		rows := make([]placements.Row, million)
		var next atomic.Int64
		var placing atomic.Int64
		var group sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			group.Go(func() {
				for from := int(next.Add(portionOfBench)) - portionOfBench; from < million; from = int(next.Add(portionOfBench)) - portionOfBench {
					companies := scopes(portionOfBench, uint64(from))
					start := time.Now()
					for i, c := range companies {
						rows[from+i] = kept.Row(by, placer.Place(c))
					}
					placing.Add(int64(time.Since(start)))
				}
			})
		}
		group.Wait()
		kept = placements.Kept{}
		both := heap()
		runtime.KeepAlive(rows)
		rows = nil
		cached := heap()
		b.ReportMetric(float64(placing.Load())/1e9/float64(runtime.GOMAXPROCS(0)), "s/million")
		b.ReportMetric(cached-before, "MB-cached")
		b.ReportMetric(both-cached, "MB-answer")
		runtime.KeepAlive(placer)
	}
}
