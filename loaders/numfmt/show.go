package numfmt

import (
	"fmt"
	"strconv"
	"strings"
)

// decimal is a number as the digits that are stored: 0.digits × 10^point.
type decimal struct {
	raw      string // as it is stored
	negative bool
	digits   string // without zeros at either end, "" for zero
	point    int    // digits before the point
}

// preserved is how many significant digits a spreadsheet stores of a number.
const preserved = 15

// isShort reports whether a number is written by few digits and a point alone.
func isShort(raw string) bool {
	for i := range len(raw) {
		if c := raw[i]; (c < '0' || c > '9') && c != '.' && (c != '-' || i > 0) {
			return false
		}
	}
	return len(raw) <= preserved
}

// parseDecimal reads a number as workbooks store it. A whole number keeps all its
// digits; a fraction is read as 15 significant ones, which is what spreadsheets
// preserve: 0.35599999999999998 is 0.356.
func parseDecimal(raw string) (decimal, bool) {
	raw = strings.TrimSpace(raw)
	d := decimal{raw: raw}
	mantissa := raw
	i := strings.IndexAny(raw, "eE")
	if i >= 0 {
		mantissa = raw[:i]
		n, err := strconv.Atoi(raw[i+1:])
		if err != nil || n < -400 || n > 400 {
			return d, false
		}
		d.point = n
	}
	if rest, ok := strings.CutPrefix(mantissa, "-"); ok {
		d.negative, mantissa = true, rest
	}
	whole, part, _ := strings.Cut(strings.TrimPrefix(mantissa, "+"), ".")
	d.digits = whole + part
	if d.digits == "" || strings.Trim(d.digits, "0123456789") != "" {
		return d, false
	}
	d.point += len(whole)
	if len(strings.Trim(d.digits, "0")) > preserved && (part != "" || i >= 0) {
		f, err := strconv.ParseFloat(raw, 64)
		if err != nil {
			return d, false
		}
		rounded, ok := parseDecimal(strconv.FormatFloat(f, 'E', preserved-1, 64))
		rounded.raw = raw
		return rounded, ok
	}
	trimmed := strings.TrimLeft(d.digits, "0")
	d.point -= len(d.digits) - len(trimmed)
	if d.digits = strings.TrimRight(trimmed, "0"); d.digits == "" {
		d.negative, d.point = false, 0
	}
	return d, true
}

// general writes the number in plain digits. One that is stored in scientific form
// and has digits beyond those that are stored remains in this form: they are lost.
func (d decimal) general() string {
	if d.isRounded() {
		return d.scientific()
	}
	return d.sign() + d.whole(1) + d.part(0)
}

// isRounded reports whether the number is stored in scientific form and too long or
// too short to be written in digits.
func (d decimal) isRounded() bool {
	return d.point > preserved && strings.ContainsAny(d.raw, "eE") || d.point < -preserved
}

// scientific writes the number as 1.5E+17.
func (d decimal) scientific() string {
	text := d.sign() + d.digits[:1]
	if len(d.digits) > 1 {
		text += "." + d.digits[1:]
	}
	return text + fmt.Sprintf("E%+d", d.point-1)
}

func (d decimal) sign() string {
	if d.negative {
		return "-"
	}
	return ""
}

// whole returns the digits before the point, at least so many.
func (d decimal) whole(least int) string {
	whole := ""
	if d.point > 0 {
		whole = d.digits[:min(d.point, len(d.digits))]
		whole += strings.Repeat("0", d.point-len(whole))
	}
	return strings.Repeat("0", max(0, least-len(whole))) + whole
}

// part returns the point and the digits behind it, at least so many; "" for a whole
// number, which may be a code.
func (d decimal) part(least int) string {
	part := ""
	switch {
	case d.point < 0 && d.digits != "":
		part = strings.Repeat("0", -d.point) + d.digits
	case d.point < len(d.digits):
		part = d.digits[d.point:]
	}
	if part == "" {
		return ""
	}
	return "." + part + strings.Repeat("0", max(0, least-len(part)))
}

// negativeMarks are the marks that show that a number is negative.
var negativeMarks = strings.NewReplacer("-", "", "(", "", ")", "", "（", "", "）", "", "▲", "", "△", "", "−", "")

// number returns what a section shows of a number.
func (s *section) number(d decimal, negative bool) string {
	if d.digits == "" && !s.zero {
		shown := s.before + s.after
		switch {
		case strings.ContainsFunc(shown, isWord):
			return shown
		case strings.Trim(shown, "-—–") == "" && shown != "":
			return "0"
		}
		return ""
	}
	before, after := s.before, s.after
	if negative {
		before, after = strings.TrimSpace(negativeMarks.Replace(before)), strings.TrimSpace(negativeMarks.Replace(after))
	}
	if s.places == 0 && d.isRounded() {
		return before + d.scientific() + after
	}
	d.point += s.places
	if d.digits == "" {
		d.point = 0
	}
	if s.placed {
		return before + d.sign() + s.place(d) + after
	}
	return before + d.sign() + d.whole(max(1, s.whole)) + d.part(s.decimals) + after
}

// place writes the digits of a number between the marks of a section: 12345678 as
// 1234万5678 for #"万"0000. Digits fill placeholders from the right, and all that
// are left the first one.
func (s *section) place(d decimal) string {
	whole := strings.TrimLeft(d.whole(1), "0")
	first, last := -1, -1
	for i := range s.tokens {
		if s.tokens[i].kind == point {
			break
		}
		if s.tokens[i].kind == digit {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	var reversed []string
	for i := last; i >= first; i-- {
		switch t := s.tokens[i]; {
		case t.kind == mark:
			reversed = append(reversed, t.text)
		case t.kind != digit:
		case i == first:
			reversed = append(reversed, strings.Repeat("0", max(0, boolInt(t.text == "0")-len(whole)))+whole)
		case whole != "":
			reversed = append(reversed, whole[len(whole)-1:])
			whole = whole[:len(whole)-1]
		case t.text == "0":
			reversed = append(reversed, "0")
		}
	}
	var b strings.Builder
	for i := len(reversed) - 1; i >= 0; i-- {
		b.WriteString(reversed[i])
	}
	return b.String() + d.part(s.decimals)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
