package cells

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"liantu/loaders/rows"
	"liantu/schema"
)

var (
	// unitLine matches a statement of units, such as 单位：万元 or （金额单位：人民币
	// 亿元、亩）, but not 填报单位：某局.
	unitLine = regexp.MustCompile(`(?:^|[^\p{Han}]|金额|货币|计量)单位\s*(?::|均?为)\s*([^()\[\]【】:]*)`)
	unitMark = regexp.MustCompile(`[、,;和及\s]+`)
	currency = regexp.MustCompile(`(?i)人民币|rmb|cny`)
)

// Unit returns the unit of amounts that stands beside a table: in its header
// or, where that has none, in the nearest row above it. It reports false when
// none is stated, or units of money that differ.
func Unit(r *rows.Reader) (schema.MoneyUnit, bool) {
	if unit, ok := statedUnit(r.Columns()); ok {
		return unit, true
	}
	return statedUnit(r.Above())
}

// statedUnit returns the unit of money of the last of the texts that states one.
func statedUnit(texts []string) (unit schema.MoneyUnit, ok bool) {
	for i, text := range texts {
		for _, m := range unitLine.FindAllStringSubmatch(norm.NFKC.String(text), -1) {
			stated := strings.TrimSpace(m[1])
			if stated == "" && i+1 < len(texts) { // the unit is in the next cell
				stated = norm.NFKC.String(texts[i+1])
			}
			if found := moneyUnits(stated); len(found) > 0 {
				unit, ok = found[0], len(found) == 1
			}
		}
	}
	return unit, ok
}

// moneyUnits returns the distinct units of money among units.
func moneyUnits(stated string) (found []schema.MoneyUnit) {
	for _, text := range unitMark.Split(stated, -1) {
		const head = "x"
		text = currency.ReplaceAllString(text, "")
		name, unit, ok := schema.HeaderUnit(head + "(" + text + ")")
		if ok && name == head && !slices.Contains(found, unit) {
			found = append(found, unit)
		}
	}
	return found
}
