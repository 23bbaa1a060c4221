package schema_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"liantu/schema"
)

// parseCase is a text and either the value that it means or, after an
// exclamation mark, a part of the reason for which it is refused.
type parseCase struct {
	text string
	want any
}

// refused marks a text that has to be refused with a reason that contains words.
type refused string

func runParse(t *testing.T, p *schema.Property, cases []parseCase) {
	t.Helper()
	for _, c := range cases {
		got, err := p.Parse(c.text)
		words, bad := c.want.(refused)
		switch {
		case bad && err == nil:
			t.Errorf("%s %q: got %v, want it refused", p.Type, c.text, got)
		case bad:
			checkReason(t, p, c.text, err, string(words))
		case err != nil:
			t.Errorf("%s %q: %v", p.Type, c.text, err)
		case !reflect.DeepEqual(got, c.want):
			t.Errorf("%s %q: got %#v, want %#v", p.Type, c.text, got, c.want)
		default:
			checkRoundTrip(t, p, got)
		}
	}
}

func checkReason(t *testing.T, p *schema.Property, text string, err error, words string) {
	t.Helper()
	var fault *schema.ValueError
	switch {
	case !errors.As(err, &fault):
		t.Errorf("%s %q: the error %T is not a *ValueError", p.Type, text, err)
	case !strings.Contains(fault.Reason.String(), words):
		t.Errorf("%s %q: the reason is %q, want %q in it", p.Type, text, fault.Reason, words)
	case fault.Value != text:
		t.Errorf("%s %q: the error is about %q", p.Type, text, fault.Value)
	}
}

// checkRoundTrip checks that a parsed value is valid and is the same after it is
// written and read again.
func checkRoundTrip(t interface {
	Helper()
	Errorf(string, ...any)
}, p *schema.Property, v any,
) {
	t.Helper()
	if err := p.Valid(v); err != nil {
		t.Errorf("%s: Parse gave %#v, which is not valid: %v", p.Type, v, err)
	}
	text := schema.FormatValue(v)
	again, err := p.Parse(text)
	if err != nil || !reflect.DeepEqual(again, v) {
		t.Errorf("%s: %#v is written %q and read as %#v, %v", p.Type, v, text, again, err)
	}
}

func property(t schema.Type) *schema.Property {
	return &schema.Property{Name: "p", Type: t, Values: []schema.EnumValue{
		{Name: "UPSTREAM", Label: schema.Text{Zh: "上游", En: "upstream"}, Aliases: []string{"产业链上游"}},
		{Name: "DOWNSTREAM", Label: schema.Text{Zh: "下游", En: "downstream"}},
	}}
}

func TestParseText(t *testing.T) {
	runParse(t, property(schema.TypeText), []parseCase{
		{" 浙江大华 \t", "浙江大华"},
		{"\ufeff名\u200b称", "名称"},
		{"a\r\nb\rc", "a\nb\nc"},
		{"e\u0301", "é"},
		{"\u3000全角空格\u3000", "全角空格"},
		{"", refused("empty")},
		{" \u200b ", refused("empty")},
		{"锟\ufffd斤", refused("lost in a conversion")},
		{"\xd5\xe3", refused("not UTF-8")},
		{"a\x00b", refused("U+0000")},
		{strings.Repeat("长", schema.MaxText), refused("the limit is")},
	})
}

func TestParseTexts(t *testing.T) {
	runParse(t, property(schema.TypeTexts), []parseCase{
		{"甲", []string{"甲"}},
		{"丙；甲、乙;甲", []string{"丙", "乙", "甲"}},
		{"a|b\nc ，d", []string{"a", "b", "c", "d"}},
		{"Foo Co., Ltd.", []string{"Foo Co., Ltd."}},
		{`a\;b;c`, []string{"a;b", "c"}},
		{`C:\dir\\`, []string{`C:\dir\`}},
		{"；；", refused("empty")},
		{"甲；\ufffd", refused("lost")},
	})
}

// TestLooseDividers reads lists that people divide by the comma of the keyboard, a slash
// or a blank, and leaves the names that hold these.
func TestLooseDividers(t *testing.T) {
	runParse(t, property(schema.TypeTexts), []parseCase{
		{"高新技术企业,专精特新小巨人", []string{"专精特新小巨人", "高新技术企业"}},
		{"高新技术企业/专精特新小巨人", []string{"专精特新小巨人", "高新技术企业"}},
		{"高新技术企业 专精特新小巨人", []string{"专精特新小巨人", "高新技术企业"}},
		{"高新技术企业,\n单项冠军,", []string{"单项冠军", "高新技术企业"}},
		{"高新技术企业,专精特新/省级企业技术中心", []string{"专精特新", "省级企业技术中心", "高新技术企业"}},
		{"乙有限公司/丙有限公司", []string{"丙有限公司", "乙有限公司"}},
		{"乙有限公司　丙有限公司", []string{"丙有限公司", "乙有限公司"}},
		{"乙(中国)有限公司,丙合伙企业(有限合伙)", []string{"丙合伙企业(有限合伙)", "乙(中国)有限公司"}},
		{"ISO9001,高新技术企业", []string{"ISO9001", "高新技术企业"}},
		{"ISO9001,ISO14001", []string{"ISO14001", "ISO9001"}},
		{"大疆,DJI", []string{"DJI", "大疆"}},
		{"600519.SH,000001.SZ", []string{"000001.SZ", "600519.SH"}},

		{"AT&T Inc.", []string{"AT&T Inc."}},
		{"AT&T/贝尔实验室", []string{"AT&T/贝尔实验室"}},
		{"Foo Co.,Ltd", []string{"Foo Co.,Ltd"}},
		{"FOO CO.,LTD", []string{"FOO CO.,LTD"}},
		{"FOO,INC", []string{"FOO,INC"}},
		{"TCL,INC,中国", []string{"TCL,INC,中国"}},
		{"Procter, Gamble and Sons", []string{"Procter, Gamble and Sons"}},
		{"24/7 Ltd", []string{"24/7 Ltd"}},
		{"A/B股", []string{"A/B股"}},
		{"研发/生产基地", []string{"研发/生产基地"}},
		{"国家级/省级专精特新小巨人", []string{"国家级/省级专精特新小巨人"}},
		{"1,3-丁二烯", []string{"1,3-丁二烯"}},
		{"N,N-二甲基甲酰胺", []string{"N,N-二甲基甲酰胺"}},
		{"甲,有限公司", []string{"甲,有限公司"}},
		{"上海乙,有限公司", []string{"上海乙,有限公司"}},
		{"中国乙集团 南京丙有限公司", []string{"中国乙集团 南京丙有限公司"}},
		{"上海乙有限公司 杭州分公司", []string{"上海乙有限公司 杭州分公司"}},
		{"阿里巴巴(中国) 有限公司", []string{"阿里巴巴(中国) 有限公司"}},
		{"专精特新 小巨人", []string{"专精特新 小巨人"}},
		{`乙有限公司\/丙有限公司`, []string{"乙有限公司/丙有限公司"}},
	})
}

func TestParseInt(t *testing.T) {
	runParse(t, property(schema.TypeInt), []parseCase{
		{"1200", int64(1200)},
		{"1,200人", int64(1200)},
		{"12,3456", int64(123456)},
		{"１２００", int64(1200)},
		{"1200.0", int64(1200)},
		{"1.2万人", int64(12000)},
		{"1.2千人", int64(1200)},
		{"3百", int64(300)},
		{"2百万", int64(2000000)},
		{"5千元", refused("in digits")},
		{"1.2E3", int64(1200)},
		{"-5", int64(-5)},
		{"9223372036854775807", int64(math.MaxInt64)},
		{"1.5", refused("fraction")},
		{"约500", refused("digits")},
		{"500-600", refused("digits")},
		{"12,34", refused("digits")},
		{"1,2,3", refused("digits")},
		{"99999999999999999999", refused("too large")},
		{"", refused("digits")},
	})
}

func TestParseFloat(t *testing.T) {
	runParse(t, property(schema.TypeFloat), []parseCase{
		{"120.15", 120.15},
		{"-0", 0.0},
		{"1,234.5", 1234.5},
		{"１．５", 1.5},
		{"−3.5", -3.5},
		{"1e-3", 0.001},
		{"NaN", refused("digits")},
		{"inf", refused("digits")},
		{"0x10", refused("digits")},
		{"1_000", refused("digits")},
		{".5", refused("digits")},
		{"1e999", refused("too large")},
		{"1e99999999999999999999", refused("too large")},
	})
}

func TestParsePercent(t *testing.T) {
	runParse(t, property(schema.TypePercent), []parseCase{
		{"0.654272", 0.654272},
		{"35%", 0.35},
		{"３５．５％", 0.355},
		{"百分之35", 0.35},
		{"5‰", 0.005},
		{"0", 0.0},
		{"100%", 1.0},
		{"1", 1.0},
		{"35", refused("write 35%")},
		{"3.2", refused("between 0 and 1")},
		{"-59", refused("never negative")},
		{"-1%", refused("never negative")},
		{"120%", refused("at most 100%")},
		{"约三成", refused("write it as 0.35 or 35%")},
	})
}

func TestParseBool(t *testing.T) {
	runParse(t, property(schema.TypeBool), []parseCase{
		{"是", true},
		{"TRUE", true},
		{"１", true},
		{"√", true},
		{"否", false},
		{"no", false},
		{"0", false},
		{"也许", refused("是 or 否")},
		{"", refused("是 or 否")},
	})
}

func TestParseEnum(t *testing.T) {
	runParse(t, property(schema.TypeEnum), []parseCase{
		{"UPSTREAM", "UPSTREAM"},
		{"Upstream", "UPSTREAM"},
		{"上游", "UPSTREAM"},
		{"产业链 上游", "UPSTREAM"},
		{"ＤＯＷＮＳＴＲＥＡＭ", "DOWNSTREAM"},
		{"上上游", refused("UPSTREAM 上游, DOWNSTREAM 下游")},
		{"", refused("takes one of")},
	})
	position := schema.Default().Node("Link").Property("position")
	runParse(t, position, []parseCase{{"中", "MIDSTREAM"}, {"产业链 下游", "DOWNSTREAM"}})
	if v := position.Value("MIDSTREAM"); v == nil || v.Label.Zh != "中游" {
		t.Errorf("the value MIDSTREAM is %+v", v)
	}
	if v := position.Value("中游"); v != nil {
		t.Errorf("Value takes names only, got %+v", v)
	}
}

func TestParseOfAnUnknownTypeIsRefused(t *testing.T) {
	p := property("colour")
	if _, err := p.Parse("red"); err == nil {
		t.Error("a value of an unknown type was read")
	}
	if err := p.Valid("red"); err == nil {
		t.Error("a value of an unknown type is valid")
	}
}

func TestValidRefusesWhatIsNotCanonical(t *testing.T) {
	for _, c := range []struct {
		typ   schema.Type
		value any
	}{
		{schema.TypeText, " a"},
		{schema.TypeText, "e\u0301"},
		{schema.TypeText, "a\u200bb"},
		{schema.TypeText, "a\x00"},
		{schema.TypeText, 5},
		{schema.TypeText, nil},
		{schema.TypeTexts, []string{}},
		{schema.TypeTexts, []string{"b", "a"}},
		{schema.TypeTexts, []string{"a", "a"}},
		{schema.TypeTexts, []string{" a"}},
		{schema.TypeInt, 5},
		{schema.TypeInt, 5.0},
		{schema.TypeFloat, math.NaN()},
		{schema.TypeFloat, int64(5)},
		{schema.TypeMoney, -1.0},
		{schema.TypeMoney, math.Inf(1)},
		{schema.TypeMoney, math.Copysign(0, -1)},
		{schema.TypePercent, 1.01},
		{schema.TypePercent, math.NaN()},
		{schema.TypeBool, "true"},
		{schema.TypeDate, "2016/05/31"},
		{schema.TypeDate, "2016-02-30"},
		{schema.TypeRegion, "杭州"},
		{schema.TypeRegion, "110100"},
		{schema.TypeRegions, []string{}},
		{schema.TypeRegions, []string{"杭州市"}},
		{schema.TypeRegions, []string{"330200", "330100"}},
		{schema.TypeRegions, []string{"330100", "330100"}},
		{schema.TypeRegions, []string{"330100;330200"}},
		{schema.TypeRegions, []string{"339900"}},
		{schema.TypeRegions, "330100"},
		{schema.TypeUSCC, "91350100m000100y43"},
		{schema.TypeLEI, "300300C1051733000023 "},
		{schema.TypeStockCode, "600519"},
		{schema.TypePhone, "0571-88880000"},
		{schema.TypeEmail, "a@EXAMPLE.com"},
		{schema.TypeURL, "www.example.com"},
		{schema.TypeEnum, "上游"},
	} {
		if err := property(c.typ).Valid(c.value); err == nil {
			t.Errorf("%s: %#v is valid, want it refused", c.typ, c.value)
		}
	}
}

func TestBlank(t *testing.T) {
	for _, text := range []string{"", " ", "\u3000", "-", "--", "—", "——", "－", "/", "N/A", "null", "NaN", "\\N", "无", "暂无", "不详", "未知", "未公示", "不公示", "保密", "企业选择不公示"} {
		if !schema.Blank(text) {
			t.Errorf("%q is not blank", text)
		}
	}
	for _, text := range []string{"0", "否", "无锡", "a", "-1", "无锡市", "－5", "保密局", "未公示的企业", "企业选择不公开"} {
		if schema.Blank(text) {
			t.Errorf("%q is blank", text)
		}
	}
}

func TestValueErrorSaysValueTypeAndReason(t *testing.T) {
	_, err := schema.ParseDate("31.5.16")
	want := `"31.5.16" is not a valid date: the year 31 has fewer than four digits`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = schema.ParseURL(strings.Repeat("长 ", 500))
	if n := len([]rune(err.Error())); n > 200 {
		t.Errorf("the error about a long value has %d characters", n)
	}
}

func TestFormatValue(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, ""},
		{"a;b", "a;b"},
		{int64(-3), "-3"},
		{1e21, "1000000000000000000000"},
		{0.1, "0.1"},
		{true, "true"},
		{[]string{"a", "b;c"}, `a;b\;c`},
		{uint8(7), "7"},
	} {
		if got := schema.FormatValue(c.value); got != c.want {
			t.Errorf("%#v is written %q, want %q", c.value, got, c.want)
		}
	}
}

func ExampleProperty_Parse() {
	capital := schema.Default().Node("Company").Property("registered_capital")
	fmt.Println(capital.Parse("1.5亿元"))
	fmt.Println(capital.Parse("300万美元"))
	// Output:
	// 15000 <nil>
	// <nil> "300万美元" is not a valid amount of money: it is in another currency (美元); give it in yuan at the rate of a stated day
}
