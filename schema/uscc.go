package schema

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// usccAlphabet holds the 31 characters of GB 32100-2015 in the order of their
// values. I, O, S, V and Z are left out because they look like digits or each
// other.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// usccWeights are the powers of 3 modulo 31.
var usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// ParseUSCC reads a unified social credit code: 18 characters of
// GB 32100-2015, the last of which checks the others. Blanks, hyphens, width
// and case do not matter. The first two positions may be letters, the region
// in positions 3 to 8 is not looked up, since codes of former regions remain
// in use. The codes of a pilot, see [IsPilotUSCC], are valid whatever their last
// character.
//
// The number of an identity card is refused with [ErrPersonal] and is not in the
// error. A number that is valid by both standards counts as a credit code if its
// head and its region are of the standard; no code of the market regulators, whose
// heads are 91 to 93, is the number of a card, because no province is so called.
func ParseUSCC(text string) (string, error) {
	code := compact(text)
	if err := wrongLength(code, text); err != nil {
		return "", err
	}
	check, err := usccCheck(code, text)
	right := err == nil && code[17] == check
	if !right || !standsAsUSCC(code) {
		if err := personal(TypeUSCC, code); err != nil {
			return "", err
		}
	}
	switch {
	case err != nil:
		return "", err
	case right, IsPilotUSCC(code):
		return code, nil
	case isDigits(code) && strings.HasSuffix(code, "000"):
		return "", caused(ErrRounded, TypeUSCC, text, "a spreadsheet preserved 15 of its digits and replaced the others by zeros; take it from the original with the column set to text")
	}
	return "", caused(ErrCheckCharacter, TypeUSCC, text, "the check character is %c; by the other characters it should be %c, so some character is mistyped", code[17], check)
}

// wrongLength is the error of a text that does not have 18 characters, by what it
// may be instead.
func wrongLength(code, text string) error {
	n := utf8.RuneCountInString(code)
	switch {
	case looksRounded(code):
		return caused(ErrRounded, TypeUSCC, text, "a spreadsheet turned it into a rounded number and its last digits are lost; take it from the original with the column set to text")
	case n == 18:
		return nil
	case IsIdentityNumber(code):
		return personal(TypeUSCC, code)
	case n == 15 && isDigits(code):
		return invalid(TypeUSCC, text, "it is a registration number of 15 digits as used before 2015; give the code of 18 characters")
	case n == 9 && organisationCode.MatchString(code):
		return invalid(TypeUSCC, text, "it is an organisation code of 9 characters; give the code of 18 characters")
	}
	return invalid(TypeUSCC, text, "it has %d characters instead of 18", n)
}

// organisationCode is the form of GB 11714: eight digits or letters and one that
// checks them.
var organisationCode = regexp.MustCompile(`^[0-9A-Z]{8}[0-9X]$`)

// usccCheck computes the check character of a code of 18 characters from the first
// 17. Its error names a character that no code has.
func usccCheck(code, text string) (byte, error) {
	sum, at := 0, 0
	for _, r := range code {
		value := strings.IndexRune(usccAlphabet, r)
		if value < 0 {
			return 0, invalid(TypeUSCC, text, "the character %q in position %d never occurs in such a code", string(r), at+1)
		}
		if at >= 2 && at < 8 && value > 9 {
			return 0, invalid(TypeUSCC, text, "position %d belongs to the region and is a digit, not %q", at+1, string(r))
		}
		if at < 17 {
			sum += value * usccWeights[at]
		}
		at++
	}
	return usccAlphabet[(31-sum%31)%31], nil
}

// pilotUSCC is the form of the codes of Xiamen's pilot: the market regulators, a
// region of Xiamen and an organisation code that begins with M000.
var pilotUSCC = regexp.MustCompile(`^9[123]3502(0[0-9]|1[0-3])M000[0-9A-HJ-NP-RTUWXY]{6}$`)

// IsPilotUSCC reports whether a code has the form of those that Xiamen issued in the
// pilot before GB 32100-2015 came into force: regions 350200 to 350213 and an
// organisation code that begins with M000. They are valid although the last
// character of many does not check the others (issue 4119 of the library hutool lists
// some), so that a typo in one of them is not noticed. It reports false if the last
// character is right.
func IsPilotUSCC(code string) bool {
	if !pilotUSCC.MatchString(code) {
		return false
	}
	check, err := usccCheck(code, code)
	return err == nil && code[17] != check
}

// compact folds the text, drops spaces and hyphens and raises the letters.
func compact(text string) string {
	return strings.ToUpper(compactor.Replace(fold(text)))
}

var compactor = strings.NewReplacer(" ", "", "-", "", "\t", "")

// looksRounded reports whether a long number went through a spreadsheet, as
// 9.13E+17 or 913300000000000000.0 did.
func looksRounded(code string) bool {
	head, exponent, ok := strings.Cut(code, "E+")
	if ok {
		_, isNumber := decimal(head)
		return isNumber && isDigits(exponent)
	}
	head, part, ok := strings.Cut(code, ".")
	return ok && isDigits(head) && isDigits(part)
}
