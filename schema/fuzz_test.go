package schema_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/schema"
)

// FuzzParse checks that every type reads any text without panic, and that what
// it read is valid and is read again as the same value.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"浙江省杭州市", "91350100M000100Y43", "5493001KJTIIGC8Y1R12", "SH600519", "2016年5月31日", "二〇一六年", "1.5亿元", "35%", "是", "上游", "0571-88880000",
		"name@example.com", "http://例子.中国:80/路?a=b#c", `a;b\;c\`, "1,200人", "1e5", "9.13E+17", "\xff\x00", "", "0000-00-00", "http://a.cn//b?", "Ⅳ．五",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, typ := range schema.Types() {
			p := property(typ)
			v, err := p.Parse(text)
			if err != nil {
				if v != nil {
					t.Errorf("%s %q: both the value %#v and %v", typ, text, v, err)
				}
				continue
			}
			checkRoundTrip(t, p, v)
		}
		schema.Blank(text)
		schema.HeaderUnit(text)
		schema.Default().Node("Company").Find(text)
		if r, err := schema.LocateAddress(text); err == nil && r.Code == schema.Country {
			t.Errorf("the address %q lies in the whole country", text)
		}
	})
}

const usccLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// drawUSCC draws a valid code.
func drawUSCC(t *rapid.T) string {
	anyLetter := rapid.SampledFrom([]rune(usccLetters))
	digit := rapid.SampledFrom([]rune(usccLetters[:10]))
	var stem strings.Builder
	for i := range 17 {
		if i >= 2 && i < 8 {
			stem.WriteRune(digit.Draw(t, "digit"))
		} else {
			stem.WriteRune(anyLetter.Draw(t, "letter"))
		}
	}
	return stem.String() + string(usccCheck(stem.String()))
}

func TestUSCCDetectsOneChangedCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawUSCC(t)
		if got, err := schema.ParseUSCC(code); err != nil || got != code {
			t.Fatalf("%s: got %s, %v", code, got, err)
		}
		at := rapid.IntRange(0, 17).Draw(t, "position")
		other := rapid.SampledFrom([]byte(usccLetters)).Draw(t, "other")
		if other == code[at] {
			return
		}
		changed := code[:at] + string(other) + code[at+1:]
		if _, err := schema.ParseUSCC(changed); err == nil {
			t.Fatalf("%s with position %d changed to %s is accepted", code, at+1, changed)
		}
	})
}

func TestUSCCDetectsTwoSwappedCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawUSCC(t)
		at := rapid.IntRange(0, 16).Draw(t, "position")
		if code[at] == code[at+1] {
			return
		}
		swapped := []byte(code)
		swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
		if _, err := schema.ParseUSCC(string(swapped)); err == nil {
			t.Fatalf("%s with positions %d and %d swapped is accepted", code, at+1, at+2)
		}
	})
}

// TestLEIDetectsOneChangedCharacter changes digits to digits and letters to
// letters; a letter counts as two digits, so that the sum of ISO 7064 does not
// detect every change from one to the other.
func TestLEIDetectsOneChangedCharacter(t *testing.T) {
	code := "5493001KJTIIGC8Y1R12"
	for at := range code {
		others := "0123456789"
		if code[at] > '9' {
			others = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		}
		for _, other := range []byte(others) {
			changed := code[:at] + string(other) + code[at+1:]
			if _, err := schema.ParseLEI(changed); (err == nil) != (changed == code) {
				t.Errorf("%s: %v", changed, err)
			}
		}
	}
}

func TestTextsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := property(schema.TypeTexts)
		members := rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune(`ab;\、|`)), 1, 6, -1), 1, 5).Draw(t, "members")
		var escaped []string
		for _, m := range members {
			escaped = append(escaped, schema.FormatValue([]string{m}))
		}
		v, err := p.Parse(strings.Join(escaped, ";"))
		if err != nil {
			t.Fatalf("%q: %v", escaped, err)
		}
		got := map[string]bool{}
		for _, m := range v.([]string) {
			got[m] = true
		}
		for _, m := range members {
			if !got[m] {
				t.Fatalf("%q gives %q, which lacks %q", escaped, v, m)
			}
		}
		checkRoundTrip(t, p, v)
	})
}

func TestMoneyUnitsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wan := rapid.Int64Range(0, 1e12).Draw(t, "amount in 万元")
		text := schema.FormatValue(wan)
		for _, spelling := range []string{text, text + "万元", text + "0000元", "¥" + text + "0000"} {
			if got, err := schema.ParseMoney(spelling, schema.Wan); err != nil || got != float64(wan) {
				t.Fatalf("%s: got %v, %v, want %d", spelling, got, err, wan)
			}
		}
	})
}
