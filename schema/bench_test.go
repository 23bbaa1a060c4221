package schema_test

import (
	"testing"

	"liantu/schema"
)

// BenchmarkParse reads one typical text of each type.
func BenchmarkParse(b *testing.B) {
	for typ, text := range map[schema.Type]string{
		schema.TypeText: "杭州海康威视数字技术股份有限公司", schema.TypeTexts: "光刻胶；电子化学品；特种气体", schema.TypeInt: "43,119", schema.TypeMoney: "1940591.8198",
		schema.TypePercent: "0.654272", schema.TypeDate: "1991-04-03", schema.TypeRegion: "浙江省杭州市", schema.TypeRegions: "杭州市、宁波市", schema.TypeUSCC: "91350100M000100Y43",
		schema.TypeStockCode: "600519.SH", schema.TypeEnum: "上游",
	} {
		b.Run(string(typ), func(b *testing.B) {
			p := property(typ)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkNormalName(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if schema.NormalName("杭州海康威视数字技术（中国）股份有限公司") == "" {
			b.Fatal("empty")
		}
	}
}

func BenchmarkFindRegion(b *testing.B) {
	for b.Loop() {
		if _, err := schema.FindRegion("浙江省杭州市余杭区"); err != nil {
			b.Fatal(err)
		}
	}
}
