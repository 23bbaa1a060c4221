package schema

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// areaUnits are units of area in thirds of a square metre, the largest measure that
// divides all of them: one 亩 is 2000/3 square metres.
var areaUnits = map[string]int64{
	"平方米": 3, "平米": 3, "m2": 3, "sqm": 3, "亩": 2000, "公顷": 30_000, "ha": 30_000, "hm2": 30_000, "万平方米": 30_000, "万平米": 30_000, "万m2": 30_000,
	"平方公里": 3_000_000, "平方千米": 3_000_000, "km2": 3_000_000, "万亩": 20_000_000,
}

var (
	remarkOf     = regexp.MustCompile(`[(\[【<]([^()\[\]【】<>]*)[)\]】>]`)
	unitDivider  = regexp.MustCompile(`[、,;，；和及]+`)
	unitLead     = regexp.MustCompile(`^(金额|货币|计量)?单位[:\s]*`)
	currencyWord = regexp.MustCompile(`人民币|rmb|cny|折合|[:\s]`)
	moneyPiece   = regexp.MustCompile(`^([十百千]?[万亿]|百|千|万亿)?元$|^[十百千]?[万亿]$|^万亿$`)
	countPiece   = regexp.MustCompile(`^([十百千]?[万亿]|[百千])(人次?|名|家|个|户|项|位|件)?$`)
	areaAtEnd    = regexp.MustCompile(`^(.*[0-9])\s*([^0-9\s.,].*)$`)
)

// UnitIn returns the unit of numbers of the property that a column head states in
// brackets, as a text to put behind a number that has none: 亿元 of 注册资本（亿元，含
// 设备）, 平方公里, 千 of 员工人数（千人）. It returns "" for a head that states none, and for the
// unit in which the property is stored, except that of money. With 万美元, 万元/亩 and
// several units, which are joined, no amount is valid.
func (p *Property) UnitIn(head string) string {
	var found []string
	for _, remark := range remarkOf.FindAllStringSubmatch(fold(head), -1) {
		for _, piece := range unitDivider.Split(unitLead.ReplaceAllString(strings.TrimSpace(remark[1]), ""), -1) {
			if unit := p.unitOf(strings.TrimSpace(piece)); unit != "" && !slices.Contains(found, unit) {
				found = append(found, unit)
			}
		}
	}
	return strings.Join(found, "、")
}

// unitOf returns the unit of the property that a text is, "" for none.
func (p *Property) unitOf(text string) string {
	switch p.Type {
	case TypeMoney:
		return moneyUnitOf(text)
	case TypeInt:
		if m := countPiece.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	case TypePercent:
		if text == "‰" {
			return text
		}
	case TypeFloat:
		if own := p.area(); own > 0 && areaUnits[text] != own && areaUnits[text] > 0 {
			return text
		}
	}
	return ""
}

// moneyUnitOf returns a unit of money without what says that it is of yuan. A unit of
// another currency, and one per something, is returned as it stands.
func moneyUnitOf(text string) string {
	if isForeignUnit(text) {
		return text
	}
	unit := strings.Trim(currencyWord.ReplaceAllString(text, ""), "/")
	if unit == "¥" {
		return "元"
	}
	first, _, per := strings.Cut(unit, "/")
	if moneyPiece.MatchString(unit) || per && (moneyPiece.MatchString(first) || isForeignUnit(first)) {
		return unit
	}
	return ""
}

// isForeignUnit reports whether a text is a unit of another currency: 万美元, 港币, USD
// million, US$.
func isForeignUnit(text string) bool {
	body := strings.TrimLeft(text, "十百千万亿 ")
	if slices.Contains(foreignMoney, body) {
		return true
	}
	if len(body) != utf8.RuneCountInString(body) && !strings.ContainsAny(body, "€£") {
		return false
	}
	return strings.ContainsAny(body, "$€£") || slices.ContainsFunc(strings.FieldsFunc(body, func(r rune) bool { return !unicode.IsLetter(r) }), func(word string) bool {
		return slices.Contains(foreignMoney, word)
	})
}

// IsUnit reports whether a text is the unit of a column of numbers, as it stands in a
// row below the heads: 万元, （亩）, 人, %.
func IsUnit(text string) bool {
	text = strings.Trim(fold(text), "()[]【】 ")
	text = strings.TrimSpace(unitLead.ReplaceAllString(text, ""))
	return moneyUnitOf(text) != "" || areaUnits[text] > 0 || countPiece.MatchString(text) || plainUnits[text]
}

// plainUnits are units that leave numbers as they are, and shares.
var plainUnits = map[string]bool{
	"人": true, "人次": true, "名": true, "家": true, "个": true, "户": true, "项": true, "位": true, "件": true, "台": true, "套": true, "条": true, "年": true, "%": true, "‰": true,
}

// area returns the unit of area in which the property is stored, by its label, as in
// 规划面积（亩）; 0 if it is no area.
func (p *Property) area() int64 {
	if m := remarkOf.FindStringSubmatch(fold(p.Label.Zh)); m != nil {
		return areaUnits[m[1]]
	}
	return 0
}

// parseFloat reads a number of the property, which may have a unit if it is an area.
func (p *Property) parseFloat(text string) (any, error) {
	f, err := ParseFloat(text)
	if err == nil {
		return f, nil
	}
	own := p.area()
	if own == 0 {
		return nil, err
	}
	m := areaAtEnd.FindStringSubmatch(fold(text))
	if m == nil {
		return nil, err
	}
	unit, known := areaUnits[strings.Trim(m[2], "() ")]
	f, err = ParseFloat(m[1])
	if !known || err != nil {
		return nil, invalid(TypeFloat, text, "write it in digits, such as 120.5, or with a unit of area such as 亩, 公顷 or 平方公里")
	}
	return f * float64(unit) / float64(own), nil
}
