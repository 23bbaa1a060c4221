package schema

// ParseLEI reads a legal entity identifier of ISO 17442: 18 letters or digits
// and two check digits by ISO 7064 MOD 97-10. Blanks, hyphens, width and case
// do not matter.
func ParseLEI(text string) (string, error) {
	code := compact(text)
	if err := personal(TypeLEI, text); err != nil {
		return "", err
	}
	if n := len([]rune(code)); n != 20 {
		return "", invalid(TypeLEI, text, "it has %d characters instead of 20", n)
	}
	rest, expected := 0, 0
	for i, r := range code {
		var value int
		switch {
		case r >= '0' && r <= '9':
			value = int(r - '0')
			rest = (rest*10 + value) % 97
		case r >= 'A' && r <= 'Z' && i < 18:
			value = int(r-'A') + 10
			rest = (rest*100 + value) % 97
		case i >= 18:
			return "", invalid(TypeLEI, text, "position %d is a check digit, not %q", i+1, string(r))
		default:
			return "", invalid(TypeLEI, text, "the character %q in position %d is neither a letter nor a digit", string(r), i+1)
		}
		if i == 17 {
			expected = 98 - rest*100%97
		}
	}
	if rest != 1 {
		return "", invalid(TypeLEI, text, "the check digits are %s; by the other characters they should be %02d", code[18:], expected)
	}
	return code, nil
}
