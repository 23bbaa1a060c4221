package schema

// Types returns every value type in the order in which the documentation
// lists them.
func Types() []Type {
	return []Type{
		TypeText, TypeCode, TypeTexts, TypeInt, TypeFloat, TypeBool, TypeEnum, TypeDate, TypeMoney, TypePercent,
		TypeRegion, TypeRegions, TypeUSCC, TypeLEI, TypeStockCode, TypePhone, TypeEmail, TypeURL,
	}
}

// typeTexts states for each type what it takes and what is stored.
var typeTexts = map[Type]Text{
	TypeText: {
		Zh: "文本；去除首尾空白，统一为 Unicode NFC。",
		En: "Any text, trimmed and in Unicode normal form C.",
	},
	TypeCode: {
		Zh: "编号；全角转半角，不含空白，逐字比对，大小写有别。",
		En: "A code that identifies, without white space, in half width, compared exactly, case included.",
	},
	TypeTexts: {
		Zh: "若干文本；以分号、顿号、全角逗号、竖线或换行分隔，各项完整时也可用半角逗号、斜线或空格；排序去重后保存。",
		En: "A set of texts divided by ; ； 、 ， | or line ends, or by commas, slashes or blanks between whole members, stored sorted and without repetition.",
	},
	TypeInt: {
		Zh: "整数；可带千分位和“人”“家”等量词，1.2万 即 12000。",
		En: "A whole number; thousands separators, counters such as 人 and the multiplier 万 are understood.",
	},
	TypeFloat: {
		Zh: "小数；可带千分位。",
		En: "A decimal number; thousands separators are understood.",
	},
	TypeBool: {
		Zh: "是或否；也认 true/false、1/0、有/无、√/×。",
		En: "Yes or no, written 是/否, true/false, 1/0, 有/无 or √/×.",
	},
	TypeEnum: {
		Zh: "所列选项之一；可写英文代码、中英文名称或别称。",
		En: "One of the listed values, by its name, a label or an alias.",
	},
	TypeDate: {
		Zh: "日期，可只写到年或月；按 ISO 8601 保存，如 2016-05-31。认 2016/5/31、2016.5.31、20160531、2016年5月31日；两位年份和不存在的日子会被退回。",
		En: "A date as precise as it is known, stored in ISO 8601 as in 2016-05-31. 2016/5/31, 2016.5.31, 20160531 and 2016年5月31日 are understood; years of two digits and days that do not exist are refused.",
	},
	TypeMoney: {
		Zh: "人民币金额，以万元保存，不为负；认元、千元、万元、百万元、亿元；不写单位按万元，表头写明单位的按表头；外币会被退回。",
		En: "An amount of yuan, stored in 万元 (10,000 yuan) and never negative; 元, 千元, 万元, 百万元 and 亿元 are understood, a bare number is in 万元 or in the unit of the column head, other currencies are refused.",
	},
	TypePercent: {
		Zh: "占比，以 0 到 1 的小数保存；写 35% 或 0.35。负数和大于 100% 的数会被退回，不带百分号的 35 也会。",
		En: "A share, stored as a fraction from 0 to 1; write 35% or 0.35. Negative values, values above 100 % and 35 without the sign are refused.",
	},
	TypeRegion: {
		Zh: "行政区划，以 GB/T 2260 六位代码保存；可写代码、全名、简称、曾用名或“浙江省杭州市余杭区”这样的路径；有歧义时会列出候选。",
		En: "An administrative division, stored as its six-digit code of GB/T 2260; the code, a full, short or former name or a path such as 浙江省杭州市余杭区 are understood, and an ambiguous name is refused with its candidates.",
	},
	TypeRegions: {
		Zh: "若干行政区划，每个写法同行政区划；以分号、顿号、逗号、竖线或换行分隔；以代码保存，排序去重。",
		En: "A set of administrative divisions, each written as a region is, divided by ; ； 、 ， , | or line ends, stored as sorted codes without repetition.",
	},
	TypeUSCC: {
		Zh: "统一社会信用代码，18 位，按 GB 32100-2015 核对校验码（厦门早期试点代码除外）；居民身份证号码会被退回。",
		En: "A unified social credit code of 18 characters whose check character of GB 32100-2015 is right; of the codes of Xiamen's pilot it need not be. The number of an identity card is refused.",
	},
	TypeLEI: {
		Zh: "全球法人识别编码，20 位，按 ISO 17442（MOD 97-10）核对校验码。",
		En: "A legal entity identifier of 20 characters whose check digits of ISO 17442 (MOD 97-10) are right.",
	},
	TypeStockCode: {
		Zh: "证券代码，保存为 600519.SH 的形式；600519、SH600519、600519.sh 均可；后缀与号段不符，或属于指数、基金、债券、回购等非企业号段的，会被退回；43、83、87 开头的须写明后缀 .NQ 或 .BJ。",
		En: "A stock code, stored as in 600519.SH; 600519, SH600519 and 600519.sh are understood, a suffix that the number contradicts is refused, and so are the numbers of indices, funds, bonds and repos; numbers that begin with 43, 83 or 87 need the suffix .NQ or .BJ.",
	},
	TypePhone: {
		Zh: "电话号码，只保存数字，境外号码带 +；+86 会去掉。",
		En: "A telephone number, stored as digits with a + for other countries; +86 is dropped.",
	},
	TypeEmail: {
		Zh: "电子邮箱，域名以小写保存。",
		En: "An email address, its domain stored in lower case.",
	},
	TypeURL: {
		Zh: "http 或 https 网址；不写协议按 http。",
		En: "An absolute http or https address; without a scheme http is meant.",
	},
}

// Description states what a type takes and what is stored, "" in both languages
// for an unknown type.
func (t Type) Description() Text { return typeTexts[t] }

// Label returns the name of a sensitivity in both languages.
func (s Sensitivity) Label() Text {
	switch s {
	case Public:
		return Text{Zh: "公开", En: "public"}
	case Internal:
		return Text{Zh: "内部", En: "internal"}
	case Confidential:
		return Text{Zh: "专班内部", En: "confidential"}
	case Personal:
		return Text{Zh: "个人信息", En: "personal"}
	default:
		return Text{Zh: string(s), En: string(s)}
	}
}
