package gaps

import (
	"fmt"
	"math"

	"liantu/graph/projection"
)

// NameOf returns the short name of a vertex, in Chinese and, where it is known,
// in English.
func NameOf(p *projection.Projection, v projection.Vertex) (zh, en string) {
	zh = p.Text(v, "short_name")
	if zh == "" {
		zh = p.Caption(v)
	}
	en = p.Text(v, "english_name")
	if en == "" {
		en = zh
	}
	return zh, en
}

// Percent writes a share in whole percent.
func Percent(x float64) string { return fmt.Sprintf("%.0f%%", 100*x) }

// Plural puts a number before a noun.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Round rounds points of a score to 1/10,000, so that they add up in decimals.
func Round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
