package projection_test

import (
	"testing"

	"liantu/graph/projection"
	"liantu/graph/questiontest"
)

// TestCaption names companies by what is known of their names.
func TestCaption(t *testing.T) {
	b := questiontest.NewBuilder()
	b.Node("Company", questiontest.Props{"stock_code": "600001.SH", "name": "甲股份有限公司", "short_name": "甲"})
	b.Node("Company", questiontest.Props{"stock_code": "600002.SH", "short_name": "乙"})
	b.Node("Company", questiontest.Props{"stock_code": "600003.SH"})
	p := questiontest.Picture(t, t, questiontest.Stream(t.Context(), t, b.Batch()))
	for code, want := range map[string]string{"600001.SH": "甲股份有限公司", "600002.SH": "乙", "600003.SH": ""} {
		v, err := p.Lookup(code, projection.Company)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = string(p.ID(v))
		}
		if got := p.Caption(v); got != want {
			t.Errorf("%s is called %q, want %q", code, got, want)
		}
	}
}
