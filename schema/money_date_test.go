package schema_test

import (
	"testing"

	"liantu/schema"
)

func TestParseMoney(t *testing.T) {
	runParse(t, property(schema.TypeMoney), []parseCase{
		{"5000", 5000.0},
		{"5000万元", 5000.0},
		{"5,000 万元人民币", 5000.0},
		{"人民币5000万元整", 5000.0},
		{"5000（万元）", 5000.0},
		{"５０００万", 5000.0},
		{"1.1亿", 11000.0},
		{"0.3亿元", 3000.0},
		{"1.23万亿元", 123000000.0},
		{"3千万", 3000.0},
		{"5百万元", 500.0},
		{"2百亿", 2000000.0},
		{"38720元", 3.872},
		{"¥387,200,000", 38720.0},
		{"RMB 5万", 5.0},
		{"5万RMB", 5.0},
		{"1.2E+08元", 12000.0},
		{"0", 0.0},
		{"叁仟万元整", 3000.0},
		{"人民币叁仟万元整", 3000.0},
		{"叁佰贰拾万元", 320.0},
		{"人民币（大写）：伍佰万元", refused("write one amount")},
		{"伍仟萬圓整", 5000.0},
		{"3000萬", 3000.0},
		{"3000萬圓", 3000.0},
		{"壹亿元", 10000.0},
		{"壹亿贰仟万元正", 12000.0},
		{"壹亿零伍佰万元", 10500.0},
		{"一千零五十万元", 1050.0},
		{"十二万元", 12.0},
		{"五十万", 50.0},
		{"1亿2000万", 12000.0},
		{"1亿2000万元人民币", 12000.0},
		{"1亿零500万元", 10500.0},
		{"3亿5千万", 35000.0},
		{"1万5千元", 1.5},
		{"1234万5678元", 1234.5678},
		{"1亿2000万3000元", 12000.3},
		{"3亿5", refused("write one amount")},
		{"3亿5元", 30000.0005},
		{"1万2万", refused("write one amount")},
		{"1万20000元", refused("write one amount")},
		{"1.5亿2000万", refused("write one amount")},
		{"一百二万元", refused("write one amount")},
		{"叁仟", refused("no unit; write 3000元 or 3000万元")},
		{"一二三四五万元", refused("write one amount")},
		{"百万元", refused("write one amount")},
		{"伍佰万美元", refused("another currency (美元)")},
		{"伍佰萬美圓", refused("another currency (美元)")},
		{"-5万", refused("never negative")},
		{"人民币5000", refused("no unit; write 5000元 or 5000万元")},
		{"300万美元", refused("another currency (美元)")},
		{"US$300", refused("another currency")},
		{"500-1000万", refused("write one amount")},
		{"约500万", refused("write one amount")},
		{"5000万元/年", refused("write one amount")},
		{"12,34万", refused("not a number")},
		{"1百元", refused("百 is not understood")},
		{"1e400亿", refused("too large")},
		{"面议", refused("write one amount")},
		{"", refused("write one amount")},
	})
}

func TestParseMoneyInTheUnitOfTheHead(t *testing.T) {
	for _, c := range []struct {
		text string
		unit schema.MoneyUnit
		want float64
	}{
		{"387200000", schema.Yuan, 38720},
		{"38720", schema.Wan, 38720},
		{"3.872", schema.Yi, 38720},
		{"12", schema.MillionYuan, 1200},
		{"12", schema.ThousandYuan, 1.2},
		{"5000万元", schema.Yuan, 5000},
		{"¥100", schema.Yi, 0.01},
	} {
		if got, err := schema.ParseMoney(c.text, c.unit); err != nil || got != c.want {
			t.Errorf("%q in unit %d: got %v, %v, want %v", c.text, c.unit, got, err, c.want)
		}
	}
}

func TestHeaderUnit(t *testing.T) {
	for _, c := range []struct {
		head, name string
		unit       schema.MoneyUnit
		ok         bool
	}{
		{"注册资本(万元)", "注册资本", schema.Wan, true},
		{"注册资本（亿元）", "注册资本", schema.Yi, true},
		{"注册资本 （元）", "注册资本", schema.Yuan, true},
		{"注册资本（单位：元）", "注册资本", schema.Yuan, true},
		{"注册资本(人民币万元)", "注册资本", schema.Wan, true},
		{"注册资本（万元人民币）", "注册资本", schema.Wan, true},
		{"注册资本 （ 亿 元 ）", "注册资本", schema.Yi, true},
		{"注册资本 百 万 元", "注册资本", schema.MillionYuan, true},
		{"注册资本 元", "注册资本", schema.Yuan, true},
		{"注册资本/百万元", "注册资本", schema.MillionYuan, true},
		{"注册资本万元", "注册资本", schema.Wan, true},
		{"营业收入：千元", "营业收入", schema.ThousandYuan, true},
		{"reg_capital_wan", "reg_capital", schema.Wan, true},
		{"raised_yi", "raised", schema.Yi, true},
		{"amount_cny", "amount", schema.Yuan, true},
		{"注册资本", "注册资本", schema.Wan, false},
		{"万元", "万元", schema.Wan, false},
		{"company", "company", schema.Wan, false},
		{"公元", "公元", schema.Wan, false},
	} {
		name, unit, ok := schema.HeaderUnit(c.head)
		if name != c.name || unit != c.unit || ok != c.ok {
			t.Errorf("%q: got %q, %d, %v, want %q, %d, %v", c.head, name, unit, ok, c.name, c.unit, c.ok)
		}
	}
}

func TestParseDate(t *testing.T) {
	runParse(t, property(schema.TypeDate), []parseCase{
		{"2016-05-31", "2016-05-31"},
		{"2016-5-3", "2016-05-03"},
		{"2016/5/31", "2016-05-31"},
		{"2016.5.31", "2016-05-31"},
		{"2016 / 5 / 31", "2016-05-31"},
		{"20160531", "2016-05-31"},
		{"2016年5月31日", "2016-05-31"},
		{"2016 年 5 月 31 日", "2016-05-31"},
		{"2016年5月31号", "2016-05-31"},
		{"２０１６年５月", "2016-05"},
		{"2016年5月份", "2016-05"},
		{"2016年底", refused("write it as")},
		{"2016年", "2016"},
		{"2016", "2016"},
		{"2016-05", "2016-05"},
		{"2016.5", "2016-05"},
		{"201605", "2016-05"},
		{"二〇一六年五月三十一日", "2016-05-31"},
		{"二〇二〇年十二月二十日", "2020-12-20"},
		{"二○○八年十月", "2008-10"},
		{"2016-05-31 00:00:00", "2016-05-31"},
		{"2016-05-31T08:30:00.123Z", "2016-05-31"},
		{"2016-05-31T08:30:00+08:00", "2016-05-31"},
		{"2016/5/31 0:00", "2016-05-31"},
		{"2016年5月31日 12:00", "2016-05-31"},
		{"2016－05－31", "2016-05-31"},
		{"2020-02-29", "2020-02-29"},
		{"2019-02-29", refused("2019-02 has 28 days, not 29")},
		{"2016-02-30", refused("2016-02 has 29 days")},
		{"2016-13-01", refused("no month 13")},
		{"2016-00-00", refused("no month 0")},
		{"2016-05-00", refused("31 days, not 0")},
		{"16-05-31", refused("fewer than four digits")},
		{"16年5月", refused("fewer than four digits")},
		{"31/05/2016", refused("write the year first")},
		{"5.31.2016", refused("write the year first")},
		{"6/20/24", "2024-06-20"},
		{"6/20/99", "1999-06-20"},
		{"5/31/2016", "2016-05-31"},
		{"6/20/24 8:30", "2024-06-20"},
		{"03/04/24", refused("four digits")},
		{"20/6/24", refused("four digits")},
		{"24/6/20", refused("four digits")},
		{"2/30/24", refused("four digits")},
		{"6/12/2016", refused("write the year first")},
		{"2024.6.20", "2024-06-20"},
		{"二〇二四年六月", "2024-06"},
		{"42521", refused("day number of a spreadsheet, there 2016-05-31")},
		{"9999-12-31", refused("outside 1600 to 2999")},
		{"0016-05-31", refused("lies outside")},
		{"长期", refused("write it as 2016-05-31")},
		{"深圳证券交易所", refused("write it as")},
		{"-", refused("write it as")},
	})
}

func TestFirstAndLastDay(t *testing.T) {
	for _, c := range [][3]string{
		{"2016", "2016-01-01", "2016-12-31"},
		{"2016-02", "2016-02-01", "2016-02-29"},
		{"2016-05-31", "2016-05-31", "2016-05-31"},
	} {
		if first, last := schema.FirstDay(c[0]), schema.LastDay(c[0]); first != c[1] || last != c[2] {
			t.Errorf("%s lasts from %s to %s, want from %s to %s", c[0], first, last, c[1], c[2])
		}
	}
}
