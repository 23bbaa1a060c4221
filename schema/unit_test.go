package schema_test

import (
	"testing"

	"liantu/schema"
)

func TestUnitIn(t *testing.T) {
	for _, c := range []struct {
		kind, property, head, want string
	}{
		{"Company", "registered_capital", "注册资本（亿元，含设备）", "亿元"},
		{"Company", "registered_capital", "注册资本（亿元、人民币）", "亿元"},
		{"Company", "registered_capital", "注册资本（人民币：千万元）", "千万元"},
		{"Company", "registered_capital", "注册资本（折合人民币万元）", "万元"},
		{"Company", "registered_capital", "注册资本【单位：元】", "元"},
		{"Company", "registered_capital", "注册资本（￥）", "元"},
		{"Company", "registered_capital", "注册资本（亿美元）", "亿美元"},
		{"Company", "registered_capital", "注册资本（港币）", "港币"},
		{"Company", "registered_capital", "capital (USD million)", "usd million"},
		{"Company", "registered_capital", "capital (US$ m)", "us$ m"},
		{"Company", "registered_capital", "capital (Europe)", ""},
		{"Company", "registered_capital", "注册资本（含美元出资）", ""},
		{"Company", "registered_capital", "注册资本（人民币）", ""},
		{"Company", "registered_capital", "注册资本（2023年）", ""},
		{"Company", "registered_capital", "注册资本（万元/亩）", "万元/亩"},
		{"Company", "registered_capital", "注册资本（万元、亿元）", "万元、亿元"},
		{"Company", "registered_capital", "注册资本（万元、亩）", "万元"},
		{"Company", "employees", "员工人数（千人）", "千"},
		{"Company", "employees", "员工人数（百人）", "百"},
		{"Company", "employees", "员工人数（人）", ""},
		{"Company", "employees", "员工人数（万元）", ""},
		{"Park", "area", "规划面积（平方公里）", "平方公里"},
		{"Park", "area", "规划面积（km²）", "km2"},
		{"Park", "area", "规划面积（亩）", ""},
		{"Park", "area", "规划面积（万元）", ""},
		{"Park", "longitude", "经度（亩）", ""},
		{"MAKES", "revenue_share", "收入占比（‰）", "‰"},
	} {
		m := schema.Default()
		k := m.Kind(c.kind)
		if got := k.Property(c.property).UnitIn(c.head); got != c.want {
			t.Errorf("%s in %q: got %q, want %q", c.property, c.head, got, c.want)
		}
	}
}

// TestParseArea reads areas in units of their own.
func TestParseArea(t *testing.T) {
	park := schema.Default().Node("Park")
	runParse(t, park.Property("area"), []parseCase{
		{"120.5", 120.5},
		{"120.5亩", 120.5},
		{"1.2平方公里", 1800.0},
		{"3 公顷", 45.0},
		{"2万亩", 20000.0},
		{"200,000平方米", 300.0},
		{"12㎡", 0.018},
		{"约12亩", refused("unit of area")},
		{"12人", refused("unit of area")},
	})
	runParse(t, park.Property("free_floor_space"), []parseCase{{"3亩", 2000.0}, {"2.4万平方米", 24000.0}})
	runParse(t, park.Property("longitude"), []parseCase{{"120亩", refused("in digits")}})
}

func TestIsUnit(t *testing.T) {
	for text, want := range map[string]bool{
		"万元": true, "（元）": true, "单位：亿元": true, "万美元": true, "人": true, "千人": true, "亩": true, "平方公里": true, "%": true,
		"": false, "万": true, "张三": false, "5000": false, "元达公司": false, "人民币": false, "年度": false,
	} {
		if got := schema.IsUnit(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
