package resolve_test

import (
	"strings"
	"testing"
	"unicode"

	"liantu/resolve"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, place, core, trade string
		form                     resolve.Form
		more                     string // group, branch=…, foreign=…, also=…, place (the 字号 is one)
	}{
		{"杭州海康威视数字技术股份有限公司", "330100", "海康威视", "数字技术", resolve.FormStock, ""},
		{"中芯集成电路(绍兴)有限公司", "330600", "中芯", "集成电路", resolve.FormLimited, ""},
		{"中芯集成电路【绍兴】有限责任公司", "330600", "中芯", "集成电路", resolve.FormLimited, ""},
		{"长江空间信息技术工程有限公司（武汉）", "420100", "长江空间", "信息技术工程", resolve.FormLimited, ""},
		{"浙江省杭州市西湖区深蓝科技有限公司", "330106", "深蓝", "科技", resolve.FormLimited, ""},
		{"隆基绿能（LONGi）", "", "隆基绿能", "", resolve.FormNone, "foreign=longi"},
		{"中國農業銀行股份有限公司紹興分行", "", "中国", "农业银行", resolve.FormStock, "branch=绍兴分行 place"},
		{"浙江大华技术股份有限公司北京分公司", "330000", "大华", "技术", resolve.FormStock, "branch=北京分公司"},
		{"潮州三环(集团)股份有限公司", "445100", "三环", "", resolve.FormStock, "group"},
		{"上汽集团", "", "上汽", "", resolve.FormNone, "group"},
		{"北京银行股份有限公司", "", "北京", "银行", resolve.FormStock, "place"},
		{"浙江江山化工股份有限公司", "330000", "江山", "化工", resolve.FormStock, "place"},
		{"南山铝业", "", "南山", "铝业", resolve.FormNone, ""},
		{"杭州深蓝投资合伙企业（有限合伙）", "330100", "深蓝", "投资", resolve.FormPartnership, ""},
		{"绍兴市柯桥区阿三布行（个体工商户）", "330603", "阿三布行", "", resolve.FormTrader, ""},
		{"万  科Ａ", "", "万科", "", resolve.FormNone, ""},
		{"*ST国华", "", "国华", "", resolve.FormNone, "marked"},
		{"ZTE CORPORATION", "", "zte", "", "corp", "foreign=zte"},
		{"Xi'an Longi Silicon Materials Corp.", "610100", "longi silicon", "materials", "corp", "foreign=longi silicon materials"},
		{"Borea (Beijing) Trading Co., Ltd.", "110000", "borea", "trading", "ltd", "foreign=borea trading"},
		{"BOREA（GROUP）TRADING CO.,LTD", "", "borea", "trading", "ltd", "group foreign=borea group trading"},
		{"Siemens Ltd., China", "100000", "siemens", "", "ltd", "foreign=siemens ltd china"},
		{"Bank of China Limited", "", "bank of china", "", "ltd", "foreign=bank of china"},
		{"The Delta & Sons Company G.m.b.H. & Co. KG", "", "delta sons", "", "gmbh & co kg", "foreign=delta sons"},
		{"A.O. Smith Pte. Ltd.", "", "ao smith", "", "pte", "foreign=ao smith"},
		{"浙江省国有资本运营有限公司", "330000", "国有资本运营", "", resolve.FormLimited, "place"},
		{"湖北交通投资集团有限公司", "", "湖北", "交通投资", resolve.FormLimited, "group place"},
		{"湖北省交通投资集团有限公司", "", "湖北", "交通投资", resolve.FormLimited, "group place"},
		{"湖北乡投（保康）农业开发有限公司", "420626", "乡投", "农业开发", resolve.FormLimited, ""},
		{"青溪环境研究所（有限公司）", "", "青溪", "环境研究所", resolve.FormLimited, ""},
		{"南京青溪（鼓楼）电子有限公司", "320100", "青溪鼓楼", "电子", resolve.FormLimited, ""},
		{"青溪（甲乙）电子有限公司", "", "青溪甲乙", "电子", resolve.FormLimited, ""},
		{"青溪电子有限公司（甲乙）", "", "青溪", "电子", resolve.FormLimited, ""},
		{"朗越有限公司（曾用名：朗越（集团）总公司）", "", "朗越", "", resolve.FormLimited, "also=朗越(集团)总公司"},
		{"歌尔股份有限公司（原名：潍坊怡力达电声有限公司）", "", "歌尔", "", resolve.FormStock, "also=潍坊怡力达电声有限公司"},
		{"雅戈尔时尚股份有限公司（曾用名：雅戈尔集团股份有限公司）", "", "雅戈尔时尚", "", resolve.FormStock, "also=雅戈尔集团股份有限公司"},
		{"（中国）", "100000", "", "", resolve.FormNone, ""},
		{"", "", "", "", resolve.FormNone, ""},
		{"((", "", "", "", resolve.FormNone, ""},
	} {
		n := resolve.Parse(c.name)
		var more []string
		add := func(is bool, text string) {
			if is {
				more = append(more, text)
			}
		}
		add(n.Group, "group")
		add(n.Branch != "", "branch="+n.Branch)
		add(n.Foreign != "", "foreign="+n.Foreign)
		add(len(n.Also) > 0, "also="+strings.Join(n.Also, ","))
		add(n.CorePlace && n.Core != "", "place")
		add(n.Marked, "marked")
		if n.Place != c.place || n.Core != c.core || n.Trade != c.trade || n.Form != c.form || strings.Join(more, " ") != c.more {
			t.Errorf("%q is %+v (%s)", c.name, n, strings.Join(more, " "))
		}
	}
}

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"阿里巴巴（中國）有限公司":     "阿里巴巴(中国)有限公司",
		"ＺＴＥ 中興通訊":         "zte中兴通讯",
		"Co., Ltd. 3-M":    "co ltd 3 m",
		"乾照光電":             "乾照光电",
		"臺積電 [TSMC]":       "台积电(tsmc)",
		" 万 科 Ａ ":          "万科a",
		"Moët & Chandon's": "moët&chandons",
	} {
		if got := resolve.Fold(name); got != want {
			t.Errorf("Fold(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"中芯集成电路(绍兴)有限公司", "隆基绿能（LONGi）", "*ST国华", "((((", "Ⅳ股份", "公司分公司", "集团集团", "（）", "ẞ有限公司", "中国"} {
		f.Add(name, "浙江大华技术股份有限公司")
	}
	f.Fuzz(func(t *testing.T, name, other string) {
		folded := resolve.Fold(name)
		if again := resolve.Fold(folded); again != folded {
			t.Errorf("Fold(%q) is %q, and %q when folded again", name, folded, again)
		}
		n := resolve.Parse(name)
		if strings.ContainsFunc(n.Plain, unicode.IsLetter) && n.Core == "" {
			t.Errorf("%q has no 字号: %+v", name, n)
		}
		if !strings.Contains(n.Plain, n.Trade) && !n.Latin { // the words of a foreign name may have others between them
			t.Errorf("the parts of %q are not in it: %+v", name, n)
		}
		a, b := named(name), named(other)
		if resolve.Compare(a, b).Band != resolve.Compare(b, a).Band {
			t.Errorf("%q and %q do not compare the same in both orders", name, other)
		}
		if n.Core != "" && resolve.Compare(a, named(name)).Band != resolve.Same && !n.CorePlace && len([]rune(n.Core)) > 1 && !n.Latin {
			t.Errorf("%q is not the same as itself: %+v", name, resolve.Compare(a, named(name)))
		}
	})
}
