package disclosure

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"liantu/schema"
)

// minDigits is from how many digits a number is masked.
const minDigits = 7

// mobileDigits is how many digits a mobile number has. Words join parts to a number of
// at least so many: 3588号1201室 is an address.
const mobileDigits = 11

// maxGap is the most marks between two digits of one number. A mark that is repeated
// counts once.
const maxGap = 3

// mobile is a mobile number of China, with or without the code of the country.
var mobile = regexp.MustCompile(`^(?:(?:00)?86)?1\d{10}$`)

// dialled is a mobile number that is in use: none begins with less than 13.
var dialled = regexp.MustCompile(`^(?:(?:00)?86)?1[3-9]\d{9}$`)

// The parts of a moment: a day of a year, one that needs an hour, and an hour.
const (
	month = `(?:0?[1-9]|1[0-2])`
	day   = `(?:0?[1-9]|[12]\d|3[01])`
	full  = `(?:19|20)\d\d[-/.]` + month + `[-/.]` + day
	short = `(?:` + month + `[-/.]` + day + `|` + day + `号)`
	clock = `(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?`
	point = `(?:(?:` + full + `\s*|` + short + `\s*)?` + clock + `|` + full + `(?: \d{1,2})?)`
)

// moments are days and hours, one or several, which identify nobody.
var moments = regexp.MustCompile(`^` + point + `(?:\s*[-–—~～/、，,;；+]?\s*` + point + `)*$`)

// maskNumbers masks numbers of at least [minDigits] digits, also with blanks and marks
// between the digits, in Chinese numerals and in circles. Of a mobile number three digits
// and four show, of others none.
func maskNumbers(text string) string {
	var out strings.Builder
	runes := []rune(text)
	for i := 0; i < len(runes); {
		digits, end := numberAt(runes, i)
		if utf8.RuneCountInString(digits) < minDigits || !dialled.MatchString(digits) && moments.MatchString(string(runes[i:end])) {
			end = max(end, i+1)
			out.WriteString(string(runes[i:end]))
			i = end
			continue
		}
		if n := len(digits); mobile.MatchString(digits) {
			out.WriteString(maskText(schema.TypePhone, digits[n-mobileDigits:]))
		} else {
			out.WriteString("****")
		}
		if checkDigitAt(runes, end) {
			end++
		}
		i = end
	}
	return out.String()
}

// checkDigitAt reports whether the X that ends the number of an identity card is at end.
func checkDigitAt(runes []rune, end int) bool {
	if end == len(runes) || runes[end] != 'X' && runes[end] != 'x' {
		return false
	}
	return end+1 == len(runes) || digitOf(runes[end+1]) == 0
}

// numberAt is the number that begins at i: its digits and where it ends; "" for none.
func numberAt(runes []rune, i int) (digits string, end int) {
	var b strings.Builder
	end = i
	marks := 0                           // since the last digit
	alone, aloneEnd := 0, 0              // the part before the first word between digits
	joins := i == 0 || runes[i-1] != '*' // the end of a masked number is no part of another
	for at := i; at < len(runes); at++ {
		r := runes[at]
		d := digitOf(r)
		if d == 0 && at == end && b.Len() > 0 {
			d = digitLike(runes, at)
		}
		if d != 0 {
			b.WriteRune(d)
			end, marks = at+1, 0
			continue
		}
		again := at > end && sameMark(r, runes[at-1])
		word := strings.ContainsRune(joining, r)
		between := isGap(r) || word && joins && b.Len() < mobileDigits
		if b.Len() == 0 || again && r == '*' || !between {
			break
		}
		if !again {
			marks++
		}
		if marks > maxGap {
			break
		}
		if word && alone == 0 {
			alone, aloneEnd = b.Len(), end
		}
	}
	if alone > 0 && b.Len() < mobileDigits {
		return b.String()[:alone], aloneEnd
	}
	return b.String(), end
}

// joining are words that people write between the parts of a number.
const joining = "转号杠"

// sameMark reports whether a mark repeats the one before it.
func sameMark(r, before rune) bool {
	return r == before || unicode.IsSpace(r) && unicode.IsSpace(before)
}

// isGap reports whether people write a character between the digits of one number. Of
// asterisks one may be between two digits; several are a mask.
func isGap(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r)
}

// digitLike is the digit for which a letter at a place right after a digit is written, as
// l for 1, 0 for none. A digit follows such letters.
func digitLike(runes []rune, at int) rune {
	like := func(r rune) rune {
		switch r {
		case 'o', 'O', 'ο', 'Ο', 'о', 'О': // Latin, Greek and Cyrillic
			return '0'
		case 'l', 'I':
			return '1'
		}
		return 0
	}
	for i := at; i < min(at+mobileDigits, len(runes)); i++ {
		if like(runes[i]) == 0 {
			if digitOf(runes[i]) == 0 {
				return 0
			}
			return like(runes[at])
		}
	}
	return 0
}

// digitOf is the digit that a character stands for, 0 for none.
func digitOf(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	if r < utf8.RuneSelf {
		return 0
	}
	if unicode.IsNumber(r) {
		return digitForm(r)
	}
	return numeral(r)
}

// numeral is the digit of a Chinese numeral, 0 for none.
func numeral(r rune) rune {
	if i := strings.IndexRune("〇零○幺一两二三四五六七八九壹贰叁肆伍陆柒捌玖", r); i >= 0 {
		return rune("00011223456789123456789"[i/len("〇")])
	}
	return 0
}

// digitForm is the digit of a number in a circle, in brackets, with a dot, raised or of
// another script; of a number like ten the last one.
func digitForm(r rune) rune {
	for _, one := range "❶➀➊⓵" { // which have no plain form
		if n := r - one; n >= 0 && n < 10 {
			return '0' + (n+1)%10
		}
	}
	if d := numeral(r); d != 0 {
		return d
	}
	form := []rune(strings.Trim(norm.NFKC.String(string(r)), "().,"))
	last := form[len(form)-1]
	switch d := numeral(last); {
	case last >= '0' && last <= '9':
		return last
	case d != 0:
		return d
	case unicode.IsDigit(r):
		return '9' // which one does not matter
	}
	return 0
}
