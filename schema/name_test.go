package schema_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"liantu/schema"
)

func TestNormalName(t *testing.T) {
	for _, group := range [][]string{
		{"阿里巴巴中国有限公司", "阿里巴巴（中国）有限公司", "阿里巴巴(中国)有限公司", " 阿里巴巴 〔中国〕有限公司 ", "阿里巴巴【中国】有限公司"},
		{"bydcoltd", "BYD Co., Ltd.", "ＢＹＤ　ＣＯ．，ＬＴＤ．", "BYD CO LTD"},
		{"st德豪", "*ST德豪", "ST 德豪"},
		{"万科a", "万  科Ａ", "万科A"},
		{"1,3-丁二烯", "1，3-丁二烯", "1, 3－丁二烯"},
		{"pm2.5", "PM 2.5", "ＰＭ２．５"},
		{"5羟色胺", "5-羟色胺"},
		{"12v3a电源", "12V 3A 电源"},
		{"c++", "C++", "Ｃ＋＋"},
		{"c#", "C#"},
		{"苏州工业园区", "苏州·工业园区", "苏州\u200b工业园区"},
		{"-", "－", " — "},
	} {
		want := schema.NormalName(group[0])
		for _, name := range group {
			if got := schema.NormalName(name); got != want {
				t.Errorf("%q is %q, want %q as for %q", name, got, want, group[0])
			}
		}
	}
	if got := schema.NormalName("阿里巴巴（中国）有限公司"); got != "阿里巴巴中国有限公司" {
		t.Errorf("got %q", got)
	}
}

func TestNormalNameKeepsApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"1,3-丁二烯", "13-丁二烯"}, {"PM2.5", "PM25"}, {"C++", "C"}, {"C#", "C"}, {"5%葡萄糖", "5葡萄糖"}, {"1.5", "15"}, {"12 3", "123"},
	} {
		if schema.NormalName(pair[0]) == schema.NormalName(pair[1]) {
			t.Errorf("%q and %q are one", pair[0], pair[1])
		}
	}
}

func TestNormalNameIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		once := schema.NormalName(name)
		if twice := schema.NormalName(once); twice != once {
			t.Errorf("%q gives %q and then %q", name, once, twice)
		}
	})
}

// TestNormalNameOfPlainNames compares names that need no normalising with the
// same names in brackets, which do.
func TestNormalNameOfPlainNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.SampledFrom([]rune("abz09一龥鿿中国Ａ１")), 1, 12, -1).Draw(t, "name")
		if plain, bracketed := schema.NormalName(name), schema.NormalName("（"+name+"）"); plain != bracketed {
			t.Errorf("%q gives %q, in brackets %q", name, plain, bracketed)
		}
	})
}

func FuzzNormalName(f *testing.F) {
	for _, name := range []string{"阿里巴巴（中国）", "1,3-丁二烯", "ǅİß", "①②", "\xff", "٣-٤"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		once := schema.NormalName(name)
		if twice := schema.NormalName(once); twice != once {
			t.Errorf("%q gives %q and then %q", name, once, twice)
		}
		if utf8.ValidString(name) && !utf8.ValidString(once) {
			t.Errorf("%q gives the broken text %q", name, once)
		}
	})
}

func TestFindColumn(t *testing.T) {
	company := schema.Default().Node("Company")
	for head, want := range map[string]string{
		"企业名称": "name", "公司全称": "name", "fullname": "name", "统一社会信用代码": "uscc", "证券代码": "stock_code", "ts_code": "stock_code",
		"注册资本": "registered_capital", "注册资本（万元）": "registered_capital", "注册资本(亿元)": "registered_capital", "reg_capital_wan": "registered_capital",
		"员工人数": "employees", "Employees": "employees", "成立日期": "founded", "EMPLOYEES ": "employees", "上市日期": "list_date", "链主企业": "leader",
		"法定代表人": "legal_representative", "synthetic": "synthetic",
	} {
		p := company.Find(head)
		if p == nil || p.Name != want {
			t.Errorf("the head %q means %v, want %s", head, p, want)
		}
	}
	for _, head := range []string{"", "所在地", "来源", "员工人数(万元)", "颜色"} {
		if p := company.Find(head); p != nil {
			t.Errorf("the head %q means %s", head, p.Name)
		}
	}
	built := &schema.Kind{Name: "Box", Properties: []*schema.Property{{Name: "colour", Type: schema.TypeText, Aliases: []string{"颜色"}}}}
	if p := built.Find("颜 色"); p == nil || p.Name != "colour" {
		t.Errorf("a kind that was not read finds %v", p)
	}
}

func TestFindRowColumn(t *testing.T) {
	m := schema.Default()
	for head, want := range map[string]string{"source": "source", "数据来源": "source", "as_of": "as_of", "截止日期": "as_of", "证据等级": "grade", "From": "from", "客体类别": "to_kind"} {
		if p := m.FindRow(head); p == nil || p.Name != want {
			t.Errorf("the head %q means %v, want %s", head, p, want)
		}
	}
	if p := m.FindRow("企业名称"); p != nil {
		t.Errorf("企业名称 means %s", p.Name)
	}
}
