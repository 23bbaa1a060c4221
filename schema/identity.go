package schema

import (
	"strings"
	"time"
)

// IsIdentityNumber reports whether a text is the number of a Chinese identity
// card: 18 characters of GB 11643-1999 with a province, a day of birth since
// 1900 and the right check character, or the 15 digits that were issued until 1999. Blanks, hyphens, width and case do not matter. Numbers of 15 digits
// that may as well be registration numbers of companies, by their check digit of
// GB/T 17710, are not counted.
func IsIdentityNumber(text string) bool {
	if len(text) < 15 || len(text) > 64 { // longer than any way of writing one
		return false
	}
	code := compact(text)
	switch len(code) {
	case 18:
		return isDigits(code[:17]) && identityHead(code, code[6:14]) && identityCheck(code) == code[17]
	case 15:
		return isDigits(code) && identityHead(code, "19"+code[6:12]) && !isRegistrationNumber(code)
	}
	return false
}

// identityHead reports whether a number begins with a province and states a day of
// birth, given as 19900131.
func identityHead(code, birth string) bool {
	day, err := time.Parse("20060102", birth)
	return err == nil && (day.Year()/100 == 19 || day.Year()/100 == 20) && isProvince(code[:2])
}

// isProvince reports whether two digits are those of a province in GB/T 2260, or the
// 83 of the permits for residents of Taiwan.
func isProvince(digits string) bool {
	_, ok := RegionByCode(digits + "0000")
	return ok && digits != Country[:2] || digits == "83"
}

// identityCheck is the check character by ISO 7064 MOD 11-2.
func identityCheck(code string) byte {
	rest := 0
	for i := range 17 {
		rest = (rest + int(code[i]-'0')) * 2 % 11
	}
	return "10X98765432"[rest]
}

// isRegistrationNumber reports whether 15 digits have the check digit of the
// registration numbers of companies before 2015, by ISO 7064 MOD 11,10.
func isRegistrationNumber(code string) bool {
	rest := 10
	for i := range 14 {
		sum := (rest + int(code[i]-'0')) % 10
		if sum == 0 {
			sum = 10
		}
		rest = sum * 2 % 11
	}
	return (rest+int(code[14]-'0'))%10 == 1
}

// personal is the error of a text that is the number of an identity card, nil
// for any other. It does not hold the text.
func personal(t Type, text string) error {
	if !IsIdentityNumber(text) {
		return nil
	}
	return caused(ErrPersonal, t, "", "it is the number of a person's identity card; give the code of the company")
}

// usccHeads are the first two characters of the codes of GB 32100-2015: the
// authority that registers and, for each, the sorts of organisations, by tables
// 1 and 2 of the standard.
var usccHeads = map[byte]string{
	'1': "1239", '2': "19", '3': "123459", '4': "19", '5': "1239", '6': "129", '7': "129", '8': "19",
	'9': "123", 'A': "19", 'N': "1239", 'Y': "1",
}

// standsAsUSCC reports whether a code whose check character is right also has a
// head and a region of the standard.
func standsAsUSCC(code string) bool {
	_, known := RegionByCode(code[2:8])
	return known && strings.IndexByte(usccHeads[code[0]], code[1]) >= 0
}
