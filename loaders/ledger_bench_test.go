package loaders_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/schema"
)

// ledgerRows is the number of rows of the tables that are compared.
const ledgerRows = 100_000

// BenchmarkLedger loads a table of 100,000 companies without edges, with their
// names resolved as the command does, and a ledger of 100,000 projects with eight
// edges a row, and reports how many facts a second come to be in the graph, and the
// peak memory of the process. All is synthetic.
//
//	go test ./loaders -run '^$' -bench Ledger -benchtime 1x -count 5
func BenchmarkLedger(b *testing.B) {
	b.Run("companies", func(b *testing.B) {
		var rows strings.Builder
		rows.WriteString("企业名称,统一社会信用代码,注册资本（万元）,成立日期,员工人数,所属行业,登记状态,示例数据\n")
		random := rand.New(rand.NewPCG(5, 1))
		for i := range ledgerRows {
			fmt.Fprintf(&rows, "%s,%s,%d,20%02d-03-01,%d,制造,存续,是\n", drawnName(random, i), benchUSCC(i), i%5000+10, i%25, i%900+1)
		}
		benchTable(b, map[string]string{"企业.csv": "企业名称\n占位有限公司\n"}, map[string]string{"名录.csv": rows.String()})
	})
	b.Run("ledger", func(b *testing.B) {
		known := map[string]string{
			"企业.csv": "企业名称\n", "承接平台.csv": "平台名称\n", "中介机构.csv": "机构名称\n",
			"图谱.csv": "产业链,环节\n",
		}
		for i := range 2000 {
			known["企业.csv"] += fmt.Sprintf("示例%d号有限公司\n", i)
		}
		for i := range 100 {
			known["承接平台.csv"] += fmt.Sprintf("示例%d号产业园\n", i)
			known["中介机构.csv"] += fmt.Sprintf("示例%d号商会\n", i)
			known["图谱.csv"] += fmt.Sprintf("示例链%d,示例环节%d\n", i%10, i)
		}
		var rows strings.Builder
		rows.WriteString("项目名称,项目类别,投资方,项目公司,合作方,总投资（亿元）,落户平台,拟落户地,产业链,填补环节,项目进展,引荐机构\n")
		for i := range ledgerRows {
			fmt.Fprintf(&rows, "示例%d号项目,制造业,示例%d号有限公司、示例%d号有限公司,示例%d号有限公司,示例%d号有限公司,%d,示例%d号产业园,浙江省杭州市西湖区,示例链%d,示例环节%d,在谈,示例%d号商会\n",
				i, i%1000, 1000+i%1000, (i*7)%2000, (i*13)%2000, i%90+1, i%100, i%10, i%100, i%100)
		}
		benchTable(b, known, map[string]string{"台账.csv": rows.String()})
	})
}

// benchTable loads what is known before, then the table, and measures the latter.
func benchTable(b *testing.B, known, table map[string]string) {
	for b.Loop() {
		b.StopTimer()
		store, err := filestore.Open(filepath.Join(b.TempDir(), "graph.db"), schema.Default())
		if err != nil {
			b.Fatal(err)
		}
		o := loaders.Options{Store: store, FS: files(known), Source: "合成数据", AsOf: "2026-03", Names: true} // as the command does
		if r, err := loaders.Load(b.Context(), o); err != nil || !r.Complete() {
			b.Fatal(err, r)
		}
		before := countFacts(b, store)
		forgetPeak(b)
		b.StartTimer()
		o.FS = files(table)
		r, err := loaders.Load(b.Context(), o)
		b.StopTimer()
		if err != nil || !r.Complete() {
			b.Fatal(err, r.Codes)
		}
		b.ReportMetric(float64(countFacts(b, store)-before)/r.Elapsed.Seconds(), "facts/s")
		b.ReportMetric(peakMiB(b), "peak-MiB")
		b.ReportMetric(r.RowsPerSecond(), "rows/s")
		b.ReportMetric(float64(r.Edges().Created), "edges")
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func countFacts(b *testing.B, s graph.Store) (n int) {
	b.Helper()
	_, err := s.Changes(b.Context(), 0, func(c graph.Change) error {
		if c.Node != nil {
			n += len(c.Node.Facts)
		}
		if c.Edge != nil {
			n += len(c.Edge.Facts)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
