package days_test

import (
	"testing"

	"liantu/loaders/days"
)

// today is the day of the tests.
const today = "2026-11-30"

func TestAbove(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  string
	}{
		{nil, ""},
		{[]string{"截至2026年3月31日"}, "2026-03-31"},
		{[]string{"截至2026-03-31"}, "2026-03-31"},
		{[]string{"截止2026.3"}, "2026-03"},
		{[]string{"截止 2026 年 3 月 31 日"}, "2026-03-31"},
		{[]string{"（截至2026年3月底）"}, "2026-03"},
		{[]string{"数据截至：２０２６年３月３１日"}, "2026-03-31"},
		{[]string{"数据截至：2026年一季度末"}, "2026-03"},
		{[]string{"数据截至2025年底，单位：万元"}, "2025-12"},
		{[]string{"截止日期：2026年3月31日"}, "2026-03-31"},
		{[]string{"截止日期：", "2026/3/31"}, "2026-03-31"},
		{[]string{"统计时间：2026年3月"}, "2026-03"},
		{[]string{"统计期间：2026年1—9月"}, "2026-09"},
		{[]string{"统计期间：2026年1月至9月"}, "2026-09"},
		{[]string{"统计期间：2025年10月-2026年3月"}, "2026-03"},
		{[]string{"统计时间：2026年上半年"}, "2026-06"},
		{[]string{"统计时间：2025年下半年"}, "2025-12"},
		{[]string{"统计时间：2026年前三季度"}, "2026-09"},
		{[]string{"数据时点为2026Q2"}, "2026-06"},
		{[]string{"截至二〇二六年三月三十一日"}, "2026-03-31"},
		{[]string{"更新时间：2026-04-02"}, "2026-04-02"},
		{[]string{"填报日期：2026年4月2日"}, "2026-04-02"},

		// Titles.
		{[]string{"星州市重点企业名录（2026年3月）"}, "2026-03"},
		{[]string{"2026年重点企业名录"}, "2026"},
		{[]string{"星州市2025年度规上企业清单"}, "2025"},
		{[]string{"附件1：星州市2026年1—9月重点企业"}, "2026-09"},
		{[]string{"重点企业名录（2026）"}, "2026"},
		{[]string{"重点产业目录（2026年版）"}, "2026"},
		{[]string{"星州市重点企业名录", "二〇二六年三月"}, "2026-03"},

		// Better words win wherever they stand, among equals the first.
		{[]string{"2026年重点企业名录", "填报日期：2026年4月2日", "截至2026年3月31日"}, "2026-03-31"},
		{[]string{"2026年重点企业名录", "填报日期：2026年4月2日"}, "2026-04-02"},
		{[]string{"2025年名录", "2026年清单"}, "2025"},

		// No day of the list.
		{[]string{"星发改〔2026〕12号"}, ""},
		{[]string{"星发改（2026）12号"}, ""},
		{[]string{"报名截止2026年5月31日"}, ""},
		{[]string{"申报材料截止日期：2026年5月31日"}, ""},
		{[]string{"请于2026年4月10日前报送"}, ""},
		{[]string{"注：营业收入为2025年数"}, ""},
		{[]string{"本表企业均在2019年以前注册，其中三家于2021年迁入。"}, ""},
		{[]string{"2020年以来新设企业"}, ""},
		{[]string{"星州市产业发展规划（2021—2025年）"}, ""},
		{[]string{"2026-2030年培育名单"}, ""},
		{[]string{"依据《高新技术企业名单（2024年）》整理的企业"}, ""},
		{[]string{"截至2027年3月31日"}, ""}, // later than today
		{[]string{"截至2026年2月30日"}, ""},
		{[]string{"客服电话 0571-20261234"}, ""},
		{[]string{"单位：万元", "序号"}, ""},
	} {
		if got := days.Above(c.texts, today); got.Day != c.want || (got.Words == "") != (c.want == "") {
			t.Errorf("%q state %q in %q, want %q", c.texts, got.Day, got.Words, c.want)
		}
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]string{
		"名录-20260331":           "2026-03-31",
		"名录20260331_1530":       "2026-03-31",
		"20260331153000":        "2026-03-31",
		"企业名录（2026年3月）":         "2026-03",
		"企业名录(2026)":            "2026",
		"2026年重点企业名录":           "2026",
		"企业_202603":             "2026-03",
		"企业名录2026.3":            "2026-03",
		"2026-03-31 企业名录":       "2026-03-31",
		"2025年名录-更新20260331":    "2026-03-31",
		"2026年1-9月":             "2026-09",
		"companies":             "",
		"企业名录":                  "",
		"330100":                "",
		"20261301":              "",
		"列表20270101":            "",
		"1711878912":            "",
		"GB4754-2017":           "",
		"规划（2021-2025年）":        "",
		"微信图片_2026033115300099": "",
	} {
		if got := days.Named(name, today); got.Day != want || (got.Words == "") != (want == "") {
			t.Errorf("%q states %q in %q, want %q", name, got.Day, got.Words, want)
		}
	}
}

func TestWordsAreShort(t *testing.T) {
	long := "截至2026年3月31日，" + "星州市各县区重点产业链企业名录及联系方式汇总表其一其二其三其四其五其六"
	got := days.Above([]string{long}, today)
	if r := []rune(got.Words); got.Day != "2026-03-31" || len(r) != 41 || string(r[:9]) != string([]rune(long)[:9]) {
		t.Errorf("the words are %q", got.Words)
	}
}

func TestDayOfAFile(t *testing.T) {
	all := days.File{
		Above: []string{"截至2026年1月31日"}, Sheet: "2026年2月", Name: "名录-20260331", Saved: "2026-04-30", Changed: "2026-05-31",
	}
	const saved, changed = "the day on which the workbook was last saved", "the day on which the file was last changed"
	for _, c := range []struct {
		without func(*days.File)
		day     string
		from    string
		assumed bool
	}{
		{func(*days.File) {}, "2026-01-31", `the words "截至2026年1月31日" above the table`, false},
		{func(f *days.File) { f.Above = nil }, "2026-02", `the name of the sheet, "2026年2月"`, false},
		{func(f *days.File) { f.Sheet = "Sheet1" }, "2026-03-31", `the name of the file, "名录-20260331"`, false},
		{func(f *days.File) { f.Name = "名录" }, "2026-04-30", saved, true},
		{func(f *days.File) { f.Saved = "2030-01-01" }, today, saved, true},
		{func(f *days.File) { f.Saved = "" }, "2026-05-31", changed, true},
		{func(f *days.File) { f.Changed = "2030-01-01" }, today, changed, true},
		{func(f *days.File) { f.Changed = "" }, "", "", false},
	} {
		c.without(&all)
		if got := all.Day(today); got.Day != c.day || got.From.String() != c.from || got.Assumed != c.assumed {
			t.Errorf("%+v has the day %+v, want %+v", all, got, c)
		}
	}
}
