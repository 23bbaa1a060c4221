package main

import (
	"slices"
	"testing"
)

func TestFormerCodesOfBeijing(t *testing.T) {
	r := newRecoding([]row{
		{"ts_code": "920267.BJ", "name": "鑫汇科"},
		{"ts_code": "920879.BJ", "name": "基康技术"},
		{"ts_code": "920305.BJ", "name": "*ST云创"},
		{"ts_code": "920705.BJ", "name": "甲"},
		{"ts_code": "921705.BJ", "name": "乙"},
		{"ts_code": "600519.SH", "name": "贵州茅台"},
	})
	cases := []struct{ code, name, want string }{
		{"831167.BJ", "鑫汇科", "920267.BJ"},   // by its name, though the digits differ
		{"830879.BJ", "基康仪器", "920879.BJ"},  // by its digits, though it was renamed
		{"835305.BJ", "云创", "920305.BJ"},    // without the mark of the exchange
		{"830705.BJ", "丙", ""},              // two have these digits
		{"430000.BJ", "", ""},               // left before the table was made
		{"600519.SH", "贵州茅台", ""},           // no code of Beijing
		{"839999.BJ", "不在北交所的公司", ""},       // neither name nor digits
		{"831167.BJ", "鑫汇科-U", "920267.BJ"}, // without the class of the share
	}
	for _, c := range cases {
		if got := r.now(c.code, c.name); got != c.want {
			t.Errorf("now(%q, %q) = %q, want %q", c.code, c.name, got, c.want)
		}
	}
}

func TestWordsOfARegister(t *testing.T) {
	capitals := map[string]string{
		"500万人民币": "500", "1,000万(元)": "1000", "5000000": "500", "200万美元": "", "": "", "不详": "", "1001.5万": "1001.5",
	}
	for text, want := range capitals {
		if got := capital(text); got != want {
			t.Errorf("capital(%q) = %q, want %q", text, got, want)
		}
	}
	scope := "泵阀制造（除特种设备（危险）外）；货物进出口。（依法须经批准的项目，经批准后方可开展经营活动）"
	if got, want := shortScope(scope), "泵阀制造；货物进出口"; got != want {
		t.Errorf("shortScope gives %q, want %q", got, want)
	}
	for _, kind := range []string{"个体工商户", "个人独资企业", "农民专业合作社", "特殊普通合伙企业", "有限责任公司分公司(自然人独资)"} {
		if !soleTrader.MatchString(kind) {
			t.Errorf("%s is taken for a company", kind)
		}
	}
	if soleTrader.MatchString("有限责任公司(自然人投资或控股)") {
		t.Error("a limited company is taken for a person")
	}
}

// TestMainProducts checks which products a firm is said to have, and in which order.
func TestMainProducts(t *testing.T) {
	p := &portfolio{}
	p.add("其他业务", .4)
	p.add("电池", .1)
	p.add("电机", .3)
	p.add("废料", .001) // less than a main product
	p.add("电控", 0)    // of no stated share
	p.add("境外", .2)
	if got, want := p.mainProducts(), []string{"电机", "电池", "电控"}; !slices.Equal(got, want) {
		t.Errorf("the main products are %q, want %q", got, want)
	}
}

// TestJoinKeepsContradictions checks that rows of one node and provenance become one, unless
// they contradict each other.
func TestJoinKeepsContradictions(t *testing.T) {
	p := pack{}
	p.add("Company",
		row{"stock_code": "1", "name": "甲"}.by(szse), row{"stock_code": "1", "founded": "2001"}.by(szse),
		row{"stock_code": "1", "founded": "2002"}.by(szse), row{"stock_code": "1", "founded": "2003"}.by(tushare),
		row{"uscc": "2", "name": "乙"}.by(private))
	p.join("Company", "stock_code", "uscc", "name")
	if n := len(p["Company"]); n != 4 || p["Company"][0]["founded"] != "2001" {
		t.Errorf("%d rows are left: %v", n, p["Company"])
	}
}
