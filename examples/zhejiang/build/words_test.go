package main

import (
	"slices"
	"testing"
)

func TestCleanName(t *testing.T) {
	cases := []struct{ raw, name, alias string }{
		{"原料药 (API)", "原料药", "API"},
		{"储能变流器（PCS）", "储能变流器", "PCS"},
		{"外包服务 (CRO/CDMO/CMO)", "外包服务", ""},
		{"POCT（即时检测）设备", "POCT设备", ""},
		{"ADAS 系统", "ADAS系统", ""},
		{"Mini/Micro LED", "Mini/Micro LED", ""},
		{"传感器（气体、温度、压力等）", "传感器", ""},
	}
	for _, c := range cases {
		if name, alias := cleanName(c.raw); name != c.name || alias != c.alias {
			t.Errorf("cleanName(%q) = %q, %q, want %q, %q", c.raw, name, alias, c.name, c.alias)
		}
	}
}

func TestNamesOfFirms(t *testing.T) {
	shorts := map[string]string{
		"*ST国华": "国华", "S*ST云大": "云大", "万  科Ａ": "万科", "TCL科技": "TCL科技", "国恒退": "国恒", "恒生电子": "恒生电子", "XD新和成": "新和成",
	}
	for raw, want := range shorts {
		if got := shortName(raw); got != want {
			t.Errorf("shortName(%q) = %q, want %q", raw, got, want)
		}
	}
	full := map[string]string{"三一重工(上海) 有限公司": "三一重工（上海）有限公司", "300377": "", "": ""}
	for raw, want := range full {
		if got := properName(raw); got != want {
			t.Errorf("properName(%q) = %q, want %q", raw, got, want)
		}
	}
	codes := map[string]string{
		"600519": "600519.SH", "000001.SZ": "000001.SZ", "300001.sz": "300001.SZ", "200053.SZ": "", "900901": "", "688086": "688086.SH", "": "", "123": "",
	}
	for raw, want := range codes {
		if got := stockCode(raw); got != want {
			t.Errorf("stockCode(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestLocate(t *testing.T) {
	cases := []struct{ province, city, address, want string }{
		{"浙江", "杭州市", "浙江省杭州市滨江区长河路1号", "330108"},
		{"浙江", "杭州市", "浙江省宁波市鄞州区1号", "330100"}, // the address contradicts the city
		{"浙江", "杭州市", "", "330100"},
		{"浙江", "", "", "330000"},
		{"北京", "北京市", "", "110000"},
		{"深圳", "", "", "440300"},
		{"新疆", "石河子市", "", "659001"},
		{"湖北", "湖北省直辖县级行政区划", "", "420000"},
		{"", "", "", ""},
	}
	for _, c := range cases {
		if got := locate(c.province, c.city, c.address); got != c.want {
			t.Errorf("locate(%q, %q, %q) = %q, want %q", c.province, c.city, c.address, got, c.want)
		}
	}
}

func TestParts(t *testing.T) {
	cases := map[string][]string{
		"光纤、光缆及配件":     {"光纤", "光缆", "配件"},
		"商业-医药批发":      {"商业", "医药批发"},
		"PVC-U管材管件":    {"PVC-U管材管件"},
		"不饱和聚酯树脂":      {"不饱和聚酯树脂"},
		"变压器(含箱变)系列":   {"变压器系列"},
		"led芯片/led外延片": {"LED芯片", "LED外延片"},
	}
	for name, want := range cases {
		if got := parts(name); !slices.Equal(got, want) {
			t.Errorf("parts(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestMatch tries the words of a small chain on parts of product names.
func TestMatch(t *testing.T) {
	battery, solar := &link{Name: "锂电池", Keywords: []string{"电池", "动力电池"}}, &link{Name: "电池片", Keywords: []string{"太阳能电池"}}
	scan, pump := &link{Name: "成像设备", Keywords: []string{"CT"}}, &link{Name: "流体机械", Keywords: []string{"=泵"}}
	c := &chain{Code: "c", Parts: []*link{{Name: "上游", English: "a", Parts: []*link{{Name: "组", English: "b", Parts: []*link{battery, solar, scan, pump}}}}}}
	for i, l := range c.Parts[0].Parts[0].Parts {
		l.English = string(rune('d' + i))
	}
	if err := c.finish(); err != nil {
		t.Fatal(err)
	}
	ts := newTerms(&curation{Chains: []*chain{c}, Rules: rules{Stop: []string{"玩具电池"}, Unless: map[string][]string{"动力电池": {"报废"}}}})
	cases := []struct {
		part string
		want *link
	}{
		{"动力电池", battery},
		{"磷酸铁锂动力电池产品", battery}, // a word without meaning at the end
		{"多晶太阳能电池", solar},      // the longest word at the end wins
		{"电池材料", nil},           // a compound is what it ends with
		{"医用CT", scan},
		{"IMPACT", nil}, // a Latin word is not cut
		{"泵", pump},
		{"水泵", nil}, // only the whole name
		{"玩具电池", nil},
	}
	for _, c := range cases {
		var got *link
		if found := ts.match(c.part); found != nil && len(found.Links) > 0 {
			got = found.Links[0]
		}
		if got != c.want {
			t.Errorf("match(%q) = %v, want %v", c.part, got, c.want)
		}
	}
	if !ts.match("动力电池").bars("报废动力电池") || ts.match("动力电池").bars("动力电池") {
		t.Error("a barred word does not exclude a product, or excludes another one")
	}
}

// TestSupport checks that a product counts only where the firm's class supports
// the chain, and for a firm without a class where another product does.
func TestSupport(t *testing.T) {
	wind, sun := &link{Name: "风机叶片", English: "blades"}, &link{Name: "光伏组件", English: "modules", Classes: []string{"光伏电池组件"}}
	c := &chain{Code: "c", Parts: []*link{{Name: "上游", English: "a", Parts: []*link{{Name: "组", English: "b", Parts: []*link{wind, sun}}}}}}
	if err := c.finish(); err != nil {
		t.Fatal(err)
	}
	m := newMatcher(&curation{Chains: []*chain{c}, Rules: rules{Trades: []string{"贸易"}}}, nil)
	folio := func(classes []string, products ...string) *portfolio {
		p := &portfolio{Classes: classes}
		for _, name := range products {
			p.add(name, 0.2)
		}
		return p
	}
	cases := []struct {
		what  string
		folio *portfolio
		want  []string
	}{
		{"the class of the chain", folio([]string{"光伏电池组件"}, "风机叶片"), []string{sun.Code, wind.Code}},
		{"a class of elsewhere", folio([]string{"乳品"}, "风机叶片", "光伏组件"), nil},
		{"no class and two products", folio(nil, "风机叶片", "光伏组件"), []string{sun.Code, wind.Code}},
		{"no class and one product", folio(nil, "风机叶片"), nil},
		{"a trader", folio([]string{"贸易", "光伏电池组件"}, "风机叶片"), []string{sun.Code}},
	}
	for _, c := range cases {
		var got []string
		for _, at := range m.memberships(c.folio) {
			got = append(got, at.Link.Code)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: at %v, want %v", c.what, got, c.want)
		}
	}
}

func TestRegister(t *testing.T) {
	a := &firm{Code: "1", Names: []string{"甲科技股份有限公司"}, Shorts: []string{"甲科技", "老名"}}
	b := &firm{Code: "2", Names: []string{"乙股份有限公司"}, Shorts: []string{"老名"}}
	reg := newRegister([]*firm{a, b})
	cases := map[string]*firm{
		"甲科技 (Jia Tech)": a,
		"Jia（甲科技）":       a,
		"老名":             b, // the firm that bears the name now
		"甲科":             nil,
		"Huawei":         nil,
	}
	for listed, want := range cases {
		if got := reg.find(listed); got != want {
			t.Errorf("find(%q) = %v, want %v", listed, got, want)
		}
	}
}
