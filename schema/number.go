package schema

import (
	"math"
	"strconv"
	"strings"
)

// decimal reads digits as people write them (full-width, with thousands
// separators, with an exponent) and returns them as digits that strconv reads.
// It reports false for anything else.
func decimal(text string) (string, bool) {
	text = fold(text)
	text = strings.ReplaceAll(text, " ", "")
	if !groupedWell(text) {
		return "", false
	}
	text = strings.ReplaceAll(text, ",", "")
	digits, exponent, hasExponent := strings.Cut(text, "e")
	if hasExponent && !isDigits(strings.TrimLeft(exponent, "+-")) {
		return "", false
	}
	digits = strings.TrimPrefix(strings.TrimPrefix(digits, "+"), "-")
	whole, part, hasPart := strings.Cut(digits, ".")
	if !isDigits(whole) || hasPart && !isDigits(part) {
		return "", false
	}
	return text, true
}

// groupedWell reports whether the commas divide the digits before the point
// into groups of three or four.
func groupedWell(text string) bool {
	whole, part, _ := strings.Cut(text, ".")
	if !strings.Contains(text, ",") {
		return true
	}
	if strings.Contains(part, ",") {
		return false
	}
	groups := strings.Split(strings.TrimLeft(whole, "+-"), ",")
	for i, g := range groups {
		size := len(groups[1])
		if !isDigits(g) || i == 0 && len(g) > size || i > 0 && (len(g) != size || size < 3 || size > 4) {
			return false
		}
	}
	return true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// scaled returns the number with its decimal point moved, rounded once.
func scaled(digits string, places int) (float64, error) {
	mantissa, exponent, ok := strings.Cut(digits, "e")
	if ok {
		e, err := strconv.Atoi(exponent)
		if err != nil || e < -400 || e > 400 {
			return 0, strconv.ErrRange
		}
		places += e
	}
	f, err := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(places), 64)
	if f == 0 {
		f = 0 // never negative zero
	}
	return f, err
}

// countUnits are the multipliers of counts, longer ones first.
var countUnits = []struct {
	text   string
	places int
}{{"十万", 5}, {"百万", 6}, {"千万", 7}, {"十亿", 9}, {"万", 4}, {"亿", 8}, {"千", 3}, {"百", 2}}

// ParseInt reads a whole number: full-width digits, thousands separators, a
// counter such as 人 or 家 and the multipliers 百, 千, 万 and 亿 are understood, and
// so is 1200.0. It refuses fractions and what does not fit 64 bits.
func ParseInt(text string) (int64, error) {
	body := strings.TrimSpace(fold(text))
	for _, counter := range []string{"人", "名", "家", "个", "项", "位", "件"} {
		if cut, ok := strings.CutSuffix(body, counter); ok {
			body = cut
			break
		}
	}
	places := 0
	for i := range countUnits {
		if cut, ok := strings.CutSuffix(body, countUnits[i].text); ok {
			body, places = cut, countUnits[i].places
			break
		}
	}
	digits, ok := decimal(body)
	if !ok {
		return 0, invalid(TypeInt, text, "write it in digits, such as 1200")
	}
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil && places == 0 {
		return n, nil
	}
	f, err := scaled(digits, places)
	if err != nil || math.Abs(f) >= 1<<53 {
		return 0, invalid(TypeInt, text, "it is too large")
	}
	if f != math.Trunc(f) {
		return 0, invalid(TypeInt, text, "it has a fraction")
	}
	return int64(f), nil
}

// ParseFloat reads a decimal number with full-width digits, thousands
// separators or an exponent.
func ParseFloat(text string) (float64, error) {
	digits, ok := decimal(text)
	if !ok {
		return 0, invalid(TypeFloat, text, "write it in digits, such as 120.5")
	}
	f, err := scaled(digits, 0)
	if err != nil {
		return 0, invalid(TypeFloat, text, "it is too large")
	}
	return f, nil
}

// ParsePercent reads a share and returns it as a fraction from 0 to 1. A sign
// % or ‰ divides by 100 or 1000; without a sign the number is the fraction
// itself, so 35 is refused and 35% is 0.35.
func ParsePercent(text string) (float64, error) {
	body, places := fold(text), 0
	if cut, ok := strings.CutSuffix(body, "%"); ok {
		body, places = cut, -2
	} else if cut, ok := strings.CutSuffix(body, "‰"); ok {
		body, places = cut, -3
	} else if cut, ok := strings.CutPrefix(body, "百分之"); ok {
		body, places = cut, -2
	}
	digits, ok := decimal(body)
	if !ok {
		return 0, invalid(TypePercent, text, "write it as 0.35 or 35%")
	}
	f, err := scaled(digits, places)
	switch {
	case err != nil:
		return 0, invalid(TypePercent, text, "it is too large")
	case f < 0:
		return 0, invalid(TypePercent, text, "a share is never negative")
	case f > 1 && places == 0:
		return 0, invalid(TypePercent, text, "without %% a share lies between 0 and 1; write %s%% if that is meant", digits)
	case f > 1:
		return 0, invalid(TypePercent, text, "a share is at most 100%")
	}
	return f, nil
}

func validPercent(f float64) error {
	if !(f >= 0 && f <= 1) {
		return invalid(TypePercent, FormatValue(f), "a share lies between 0 and 1")
	}
	return nil
}

// boolWords are the words for yes and no in the form of fold.
var boolWords = map[string]bool{
	"true": true, "t": true, "yes": true, "y": true, "1": true, "是": true, "有": true, "对": true, "√": true, "✓": true, "✔": true,
	"false": false, "f": false, "no": false, "n": false, "0": false, "否": false, "无": false, "不是": false, "错": false, "×": false, "✗": false, "✘": false, "没有": false,
}

// ParseBool reads 是 or 否, true or false, yes or no, 1 or 0, 有 or 无, √ or ×.
func ParseBool(text string) (bool, error) {
	b, ok := boolWords[fold(text)]
	if !ok {
		return false, invalid(TypeBool, text, "write 是 or 否, true or false")
	}
	return b, nil
}
