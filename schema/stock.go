package schema

import (
	"regexp"
	"strings"
)

// stockSuffixes maps what sources call an exchange, in capitals, to the suffix
// that is stored.
var stockSuffixes = map[string]string{
	"SH": "SH", "SS": "SH", "SHA": "SH", "SSE": "SH", "XSHG": "SH",
	"SZ": "SZ", "SHE": "SZ", "SZSE": "SZ", "XSHE": "SZ",
	"BJ": "BJ", "BSE": "BJ", "XBSE": "BJ",
	"NQ": "NQ", "OC": "NQ", "NEEQ": "NQ",
	"HK": "HK", "XHKG": "HK", "HKEX": "HK",
}

var (
	stockNumberFirst = regexp.MustCompile(`^([0-9]+)[.\-_: ]?([A-Z]*)$`)
	stockSuffixFirst = regexp.MustCompile(`^([A-Z]+)[.\-_: ]?([0-9]+)$`)
)

// ParseStockCode reads the code of a share and returns it with its exchange,
// as in 600519.SH: 600519, 600519.sh, SH600519 and 600519.XSHG are the same.
//
// The first digits of a bare number imply its exchange: 6 and 900 Shanghai (the
// latter B shares), 0, 2 and 3 Shenzhen (200 and 201 B shares), 4, 8 and 92
// Beijing. The suffix .NQ (the NEEQ, 新三板) stays where it is given, since
// its numbers do not differ from Beijing's. Hong Kong's need the suffix .HK
// and are filled to five digits. A suffix that its number contradicts is
// refused, and so are the numbers of bonds and funds.
func ParseStockCode(text string) (string, error) {
	code := strings.ToUpper(fold(text))
	var digits, suffix string
	if m := stockNumberFirst.FindStringSubmatch(code); m != nil {
		digits, suffix = m[1], m[2]
	} else if m := stockSuffixFirst.FindStringSubmatch(code); m != nil {
		digits, suffix = m[2], m[1]
	} else {
		return "", invalid(TypeStockCode, text, "write the number and the exchange, such as 600519.SH")
	}
	exchange := ""
	if suffix != "" {
		if exchange = stockSuffixes[suffix]; exchange == "" {
			return "", invalid(TypeStockCode, text, "the exchange %q is unknown; use SH, SZ, BJ, NQ or HK", suffix)
		}
	}
	if exchange == "HK" {
		return hongKongCode(text, digits)
	}
	if len(digits) < 6 {
		return "", invalid(TypeStockCode, text, "it has %d digits instead of 6; leading zeros were perhaps lost, as in %s", len(digits), strings.Repeat("0", 6-len(digits))+digits)
	}
	if len(digits) > 6 {
		return "", invalid(TypeStockCode, text, "it has %d digits instead of 6", len(digits))
	}
	home := exchangeOf(digits)
	switch {
	case home == "":
		return "", invalid(TypeStockCode, text, "no share has a number that begins with %s", digits[:2])
	case exchange == "NQ" && home == "BJ":
		return digits + ".NQ", nil
	case exchange != "" && exchange != home:
		return "", invalid(TypeStockCode, text, "the number %s belongs to %s, not to %s", digits, home, exchange)
	}
	return digits + "." + home, nil
}

// exchangeOf returns the suffix of the exchange that numbers its shares so.
func exchangeOf(digits string) string {
	switch {
	case digits[0] == '6', strings.HasPrefix(digits, "900"):
		return "SH"
	case digits[0] == '0', digits[0] == '2', digits[0] == '3':
		return "SZ"
	case digits[0] == '4', digits[0] == '8', strings.HasPrefix(digits, "92"):
		return "BJ"
	default:
		return ""
	}
}

func hongKongCode(text, digits string) (string, error) {
	digits = strings.TrimLeft(digits, "0")
	if digits == "" || len(digits) > 5 {
		return "", invalid(TypeStockCode, text, "a Hong Kong number has up to 5 digits")
	}
	return strings.Repeat("0", 5-len(digits)) + digits + ".HK", nil
}
