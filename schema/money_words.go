package schema

import (
	"regexp"
	"strconv"
	"strings"
)

// capitalDigits and capitalUnits are the numerals of amounts, the capital ones of
// contracts and licences among them.
var (
	capitalDigits = map[rune]int{
		'零': 0, '〇': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
		'壹': 1, '贰': 2, '貳': 2, '叁': 3, '參': 3, '肆': 4, '伍': 5, '陆': 6, '陸': 6, '柒': 7, '捌': 8, '玖': 9,
	}
	capitalUnits = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}
)

// amountDigits writes the numerals of an amount as digits: 叁佰贰拾万元 as 320万元,
// 1亿零500万 as 1亿500万. A unit behind digits, as in 5千万, remains, and so do numerals
// that are no number.
func amountDigits(text string) string {
	runes := []rune(text)
	var b strings.Builder
	for i := 0; i < len(runes); {
		n := 0
		for i+n < len(runes) && isNumeral(runes[i+n]) {
			n++
		}
		behind := i > 0 && isDigits(string(runes[i-1]))
		switch {
		case n == 0 || behind && capitalUnits[runes[i]] > 0: // a unit and no numeral, as in 5千万
			b.WriteRune(runes[i])
			i++
			continue
		case n == 1 && capitalDigits[runes[i]] == 0 && i+1 < len(runes) && isDigits(string(runes[i+1])): // 1亿零500万
		default:
			value, ok := numeral(runes[i : i+n])
			if !ok || behind {
				return text
			}
			b.WriteString(strconv.Itoa(value))
		}
		i += n
	}
	return b.String()
}

func isNumeral(r rune) bool {
	_, isDigit := capitalDigits[r]
	return isDigit || capitalUnits[r] > 0
}

// numeral reads numerals below 10,000, with units as in 三百二十 or digit by digit.
// It reports false for others and for 一百二, which is 120 to some.
func numeral(runes []rune) (int, bool) {
	total, digit, last, zero, units := 0, -1, 10_000, false, false
	for i, r := range runes {
		unit := capitalUnits[r]
		switch {
		case unit > 0 && digit < 0 && i == 0 && unit == 10: // 十二
			digit = 1
		case unit > 0 && (digit < 1 || unit >= last):
			return 0, false
		}
		if unit > 0 {
			total, last, digit, zero, units = total+digit*unit, unit, -1, false, true
			continue
		}
		d := capitalDigits[r]
		switch {
		case d == 0 && units:
			zero, digit = true, -1
		case digit >= 0: // digit by digit
			if units || len(runes) > 4 {
				return 0, false
			}
			digit = digit*10 + d
		default:
			digit = d
		}
	}
	if digit > 0 && units && last > 10 && !zero {
		return 0, false
	}
	return total + max(digit, 0), true
}

var (
	amountTerm = regexp.MustCompile(`([0-9][0-9,]*)(万亿|[十百千]?[万亿]|[十百千]?)`)
	severalOf  = regexp.MustCompile(`^(人民币|rmb|cny|¥)?:?((?:[0-9][0-9,]*(?:万亿|[十百千]?[万亿]|[十百千])){1,3}(?:[0-9]+)?)(人民币|rmb|cny)?(元?)整?(人民币|rmb|cny)?$`)
)

// sumUnits are the units of the parts of a sum and how many zeros each stands for.
var sumUnits = map[string]int{
	"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}

// sumOfUnits reads an amount of several units, such as 1亿2000万 or 1234万5678元, and
// returns it in yuan. Each part must be smaller than the unit before it, and the last
// one has a unit: 3亿5 is refused, for it is 3.5亿 to some.
func sumOfUnits(text string) (float64, bool) {
	m := severalOf.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	total, above := 0.0, 0.0
	terms := amountTerm.FindAllStringSubmatch(m[2], -1)
	for i, term := range terms {
		digits, ok := decimal(term[1])
		if !ok || term[2] == "" && m[4] == "" {
			return 0, false
		}
		f, err := scaled(digits, sumUnits[term[2]])
		if err != nil || i > 0 && f >= above {
			return 0, false
		}
		total += f
		above, _ = scaled("1", sumUnits[term[2]])
	}
	return total, len(terms) > 1
}
