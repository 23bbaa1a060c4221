package schema

import "strings"

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
// in use.
func ParseUSCC(text string) (string, error) {
	code := compact(text)
	if looksRounded(code) {
		return "", caused(ErrRounded, TypeUSCC, text, "a spreadsheet turned it into a rounded number and its last digits are lost; take it from the original with the column set to text")
	}
	if len(code) == 15 && isDigits(code) {
		return "", invalid(TypeUSCC, text, "it is a registration number of 15 digits as used before 2015; give the code of 18 characters")
	}
	if len(code) == 9 {
		return "", invalid(TypeUSCC, text, "it is an organisation code of 9 characters; give the code of 18 characters")
	}
	if n := len([]rune(code)); n != 18 {
		return "", invalid(TypeUSCC, text, "it has %d characters instead of 18", n)
	}
	sum := 0
	for i, r := range code {
		value := strings.IndexRune(usccAlphabet, r)
		if value < 0 {
			return "", invalid(TypeUSCC, text, "the character %q in position %d never occurs in such a code", r, i+1)
		}
		if i >= 2 && i < 8 && value > 9 {
			return "", invalid(TypeUSCC, text, "position %d belongs to the region and is a digit, not %q", i+1, r)
		}
		if i < 17 {
			sum += value * usccWeights[i]
		}
	}
	if check := usccAlphabet[(31-sum%31)%31]; code[17] != check {
		if isDigits(code) && strings.HasSuffix(code, "000") {
			return "", caused(ErrRounded, TypeUSCC, text, "a spreadsheet preserved 15 of its digits and replaced the others by zeros; take it from the original with the column set to text")
		}
		return "", caused(ErrCheckCharacter, TypeUSCC, text, "the check character is %c; by the other characters it should be %c, so some character is mistyped", code[17], check)
	}
	return code, nil
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
