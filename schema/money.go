package schema

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

// MoneyUnit is a unit of amounts, as the power of ten that turns it into yuan.
type MoneyUnit int

// The units of money in which tables are written.
const (
	Yuan         MoneyUnit = 0 // 元
	ThousandYuan MoneyUnit = 3 // 千元
	Wan          MoneyUnit = 4 // 万元, the unit of stored amounts
	TenWan       MoneyUnit = 5 // 十万元
	MillionYuan  MoneyUnit = 6 // 百万元
	TenMillion   MoneyUnit = 7 // 千万元
	Yi           MoneyUnit = 8 // 亿元
	TenYi        MoneyUnit = 9 // 十亿元
)

// Label returns the unit as tables write it, such as 万元.
func (u MoneyUnit) Label() string {
	return unitLabels[u]
}

var unitLabels = map[MoneyUnit]string{
	Yuan: "元", ThousandYuan: "千元", Wan: "万元", TenWan: "十万元", MillionYuan: "百万元", TenMillion: "千万元", Yi: "亿元", TenYi: "十亿元",
}

// moneyUnits are the multipliers of amounts and how many zeros each stands for.
var moneyUnits = map[string]int{
	"": 0, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}

var moneyCleaner = strings.NewReplacer("(", "", ")", "", " ", "", "萬", "万", "億", "亿", "圓", "元", "圆", "元", "元正", "元整")

var moneyPattern = regexp.MustCompile(
	`^(人民币|rmb|cny|¥)?:?([-+]?[0-9,.]+(?:e[-+]?[0-9]+)?)([十百千]?[万亿]|[百千]|万亿)?(人民币|rmb|cny)?(元|块)?整?(人民币|rmb|cny)?$`)

// foreignMoney are marks of other currencies, in the form of fold.
var foreignMoney = []string{
	"美元", "美金", "usd", "港元", "港币", "hkd", "欧元", "eur", "€", "日元", "jpy", "英镑", "gbp", "£", "$",
	"新台币", "台币", "twd", "澳元", "aud", "加元", "cad", "新加坡元", "sgd", "韩元", "krw", "澳门元", "瑞士法郎", "chf", "卢布",
}

// ParseMoney reads an amount of yuan and returns it in 万元. It understands
// 元, 千元, 万元, 百万元, 亿元 and similar, with or without 元, 人民币 or ¥ in
// front or behind, full-width digits, thousands separators and brackets, the
// numerals of licences such as 叁仟万元整, and sums of units such as 1亿2000万; a
// bare number in digits is in the default unit. Other currencies are refused, since the
// rate of the day is not known, and so are negative amounts.
func ParseMoney(text string, defaultUnit MoneyUnit) (float64, error) {
	body := moneyCleaner.Replace(fold(text))
	for _, mark := range foreignMoney {
		if strings.Contains(body, mark) {
			return 0, invalid(TypeMoney, text, "it is in another currency (%s); give it in yuan at the rate of a stated day", mark)
		}
	}
	m := moneyPattern.FindStringSubmatch(body)
	words := m == nil
	if words {
		body = amountDigits(body)
		if yuan, ok := sumOfUnits(body); ok {
			return yuan / 1e4, nil
		}
		m = moneyPattern.FindStringSubmatch(body)
	}
	if m == nil {
		return 0, invalid(TypeMoney, text, "write one amount such as 5000万元, 0.5亿元 or 50000000元")
	}
	prefix, number, multiplier, yuan := m[1], m[2], m[3], m[5]
	noughts, known := moneyUnits[multiplier]
	switch {
	case !known:
		return 0, invalid(TypeMoney, text, "the unit %s is not understood; use 元, 万元 or 亿元", multiplier)
	case multiplier == "" && yuan == "" && prefix != "¥":
		if prefix != "" || m[4] != "" || m[6] != "" || words {
			return 0, invalid(TypeMoney, text, "it has no unit; write %s元 or %s万元", number, number)
		}
		noughts = int(defaultUnit)
	}
	digits, ok := decimal(number)
	if !ok {
		return 0, invalid(TypeMoney, text, "its digits are not a number")
	}
	f, err := scaled(digits, noughts-int(Wan))
	if err != nil {
		return 0, invalid(TypeMoney, text, "it is too large")
	}
	if err := validMoney(f); err != nil {
		return 0, invalid(TypeMoney, text, "an amount is never negative")
	}
	return f, nil
}

func validMoney(f float64) error {
	if err := finite(f); err != nil {
		return err
	}
	if f < 0 {
		return invalid(TypeMoney, FormatValue(f), "an amount is never negative")
	}
	if math.Signbit(f) {
		return invalid(TypeMoney, "-0", "the stored form is 0")
	}
	return nil
}

// headerUnit finds the unit at the end of a column head in the form of fold:
// in brackets, after a colon, a slash or an underscore, or, for 元 with its
// multiplier, directly.
var headerUnit = regexp.MustCompile(
	`[\s_:/\[(,-]*(?:单位[\]:\s]*)?(?:(人民币)?(千元|[十百千]?万元|十?亿元)(?:人民币)?|[\s_:/\[(](?:单位[:\s]*)?(元|wan|yi|yuan|cny|万|亿)(?:人民币)?)[\s\])]*$`)

// spacedUnit is a unit whose characters were spaced out to fill a cell; 元
// alone would be a different unit.
var spacedUnit = regexp.MustCompile(`[十百千]\s*万\s*元|十\s*亿\s*元|[千万亿]\s+元`)

var headerUnits = map[string]MoneyUnit{
	"元": Yuan, "yuan": Yuan, "cny": Yuan, "千元": ThousandYuan, "万元": Wan, "万": Wan, "wan": Wan,
	"十万元": TenWan, "百万元": MillionYuan, "千万元": TenMillion, "十亿元": TenYi, "亿元": Yi, "亿": Yi, "yi": Yi,
}

// unitEnds are the last characters of the units of heads.
var unitEnds = func() string {
	var ends []rune
	for unit := range headerUnits {
		end, _ := utf8.DecodeLastRuneInString(unit)
		ends = append(ends, end)
	}
	return string(ends)
}()

// HeaderUnit splits the head of a money column into its name and its unit:
// 注册资本（亿元） gives 注册资本 and [Yi]. The boolean is false, and the head
// is returned whole, when it names no unit.
func HeaderUnit(head string) (name string, unit MoneyUnit, ok bool) {
	folded := fold(head)
	end, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(strings.TrimRight(folded, " \t\n\f\r])"), "人民币"))
	if !strings.ContainsRune(unitEnds, end) {
		return head, Wan, false // most heads, and without a pattern
	}
	folded = spacedUnit.ReplaceAllStringFunc(folded, func(unit string) string { return strings.Join(strings.Fields(unit), "") })
	m := headerUnit.FindStringSubmatchIndex(folded)
	if m == nil || m[0] == 0 {
		return head, Wan, false
	}
	group := 4 // of the submatch that matched
	if m[group] < 0 {
		group = 6
	}
	return folded[:m[0]], headerUnits[folded[m[group]:m[group+1]]], true
}
