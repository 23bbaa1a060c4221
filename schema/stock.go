package schema

import (
	"regexp"
	"strings"

	"liantu/message"
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
// The first digits of a bare number imply its exchange, by [numberRanges]: 6 and
// 900 Shanghai (the latter B shares), 00, 200, 201 and 30 Shenzhen (200 and 201 B
// shares), 92 Beijing, 400 and 420 the NEEQ (全国股转系统, where delisted
// companies are quoted). Numbers that begin with 43, 83 or 87 are the NEEQ's, and
// until October 2025 those of Beijing, too: without a suffix they are refused
// with [ErrTwoExchanges]. Hong Kong's need the suffix .HK and are filled to five
// digits. A suffix that its number contradicts is refused, and so are the numbers
// of what is no share of a company: with [ErrNoCompany] those of indices, funds and
// repos, which no company issued under its name, and those of bonds and warrants.
func ParseStockCode(text string) (string, error) {
	if err := personal(TypeStockCode, text); err != nil {
		return "", err
	}
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
	switch {
	case len(digits) == 5 && suffix == "":
		return "", invalid(TypeStockCode, text, "it has 5 digits: a Hong Kong share is written %s.HK; in other numbers leading zeros were perhaps lost, as in 0%s", digits, digits)
	case len(digits) < 6:
		return "", invalid(TypeStockCode, text, "it has %d digits instead of 6; leading zeros were perhaps lost, as in %s", len(digits), strings.Repeat("0", 6-len(digits))+digits)
	case len(digits) > 6:
		return "", invalid(TypeStockCode, text, "it has %d digits instead of 6", len(digits))
	}
	return mainlandCode(text, digits, exchange)
}

// mainlandCode reads a number of six digits with the exchange that is stated, "" for
// none.
func mainlandCode(text, digits, exchange string) (string, error) {
	r := rangeOf(digits)
	switch {
	case exchange == "SH" && strings.HasPrefix(digits, "000"):
		return "", caused(ErrNoCompany, TypeStockCode, text, "the numbers 000 of Shanghai are indices, not companies; %s belongs to SZ", digits)
	case r.named:
		return "", caused(ErrNoCompany, TypeStockCode, text, "it is the number of %s, not of a share of a company", r.what)
	case !r.what.IsZero():
		return "", invalid(TypeStockCode, text, "it is the number of %s, not of a share of a company", r.what)
	case r.exchanges == "":
		return "", invalid(TypeStockCode, text, "no share has a number that begins with %s", digits[:2])
	case exchange == "" && len(r.exchanges) > 2:
		return "", caused(ErrTwoExchanges, TypeStockCode, text, "such numbers are those of the NEEQ and were those of Beijing until October 2025; write %s.NQ or %s.BJ", digits, digits)
	case exchange == "":
		return digits + "." + r.exchanges, nil
	case !strings.Contains(r.exchanges, exchange):
		return "", invalid(TypeStockCode, text, "the number %s belongs to %s, not to %s", digits, r.exchanges, exchange)
	}
	return digits + "." + exchange, nil
}

// numberRange is what numbers of six digits with some first digits are.
type numberRange struct {
	first     string
	exchanges string       // suffixes of the exchanges that number their shares so, "" for none
	what      message.Text // what the numbers are instead, nothing for shares
	named     bool         // a name beside such a number is that of the thing, and of no company
}

// numberRanges are the ranges of the numbers of the mainland, the longer prefix
// before the shorter: for Shanghai by the 证券代码段分配规则 of its exchange, for
// Shenzhen by the 证券代码编制规则 of its exchange, for Beijing and the NEEQ by the
// 证券代码、证券简称编制指引 of the NEEQ and by Beijing's notice that its companies
// took numbers of 920 on 2025-10-09. 000300 is not in use in Shenzhen and the
// number of an index elsewhere; 880 to 886 are sector indices of terminals.
var numberRanges = []numberRange{
	{"000300", "", message.New("the index 沪深300"), true},
	{"00", "SZ", message.Text{}, false},
	{"01", "", message.New("a bond"), false},
	{"02", "", message.New("a bond"), false},
	{"03", "", message.New("a warrant"), false},
	{"07", "", message.New("an issue or a rights issue"), false},
	{"08", "", message.New("a rights issue"), false},
	{"10", "", message.New("a bond or an option"), false},
	{"11", "", message.New("a bond"), false},
	{"12", "", message.New("a bond"), false},
	{"131", "", message.New("a repo"), true},
	{"13", "", message.New("a bond"), false},
	{"14", "", message.New("a bond or a preference share"), false},
	{"15", "", message.New("a fund"), true},
	{"16", "", message.New("a fund"), true},
	{"18", "", message.New("a fund"), true},
	{"200", "SZ", message.Text{}, false},
	{"201", "SZ", message.Text{}, false},
	{"204", "", message.New("a repo"), true},
	{"30", "SZ", message.Text{}, false},
	{"36", "", message.New("a vote"), false},
	{"395", "", message.New("an index"), true},
	{"399", "", message.New("an index"), true},
	{"400", "NQ", message.Text{}, false},
	{"420", "NQ", message.Text{}, false},
	{"43", "NQ or BJ", message.Text{}, false},
	{"50", "", message.New("a fund"), true},
	{"51", "", message.New("a fund"), true},
	{"52", "", message.New("a fund"), true},
	{"53", "", message.New("a fund"), true},
	{"55", "", message.New("a fund"), true},
	{"56", "", message.New("a fund"), true},
	{"58", "", message.New("a fund"), true},
	{"6", "SH", message.Text{}, false},
	{"81", "", message.New("a convertible bond"), false},
	{"82", "", message.New("a preference share"), false},
	{"83", "NQ or BJ", message.Text{}, false},
	{"87", "NQ or BJ", message.Text{}, false},
	{"880", "", message.New("an index"), true},
	{"881", "", message.New("an index"), true},
	{"882", "", message.New("an index"), true},
	{"883", "", message.New("an index"), true},
	{"884", "", message.New("an index"), true},
	{"885", "", message.New("an index"), true},
	{"886", "", message.New("an index"), true},
	{"889", "", message.New("an issue"), false},
	{"899", "", message.New("an index"), true},
	{"900", "SH", message.Text{}, false},
	{"92", "BJ", message.Text{}, false},
}

func rangeOf(digits string) numberRange {
	for _, r := range numberRanges {
		if strings.HasPrefix(digits, r.first) {
			return r
		}
	}
	return numberRange{}
}

// hongKongCode reads a number of Hong Kong. Its ranges are those of the Stock Code
// Allocation Plan of the exchange: shares have numbers below 10000.
func hongKongCode(text, digits string) (string, error) {
	digits = strings.TrimLeft(digits, "0")
	if digits == "" || len(digits) > 5 {
		return "", invalid(TypeStockCode, text, "a Hong Kong number has up to 5 digits")
	}
	number := strings.Repeat("0", 5-len(digits)) + digits
	switch {
	case number[0] == '8':
		return "", invalid(TypeStockCode, text, "it is the number of a share traded in renminbi; write the number of the share itself, 0%s.HK", number[1:])
	case number[0] != '0':
		return "", invalid(TypeStockCode, text, "it is the number of a warrant, a bond or a certificate, not of a share of a company")
	case number >= "02800" && number < "02850", number >= "03000" && number < "03200":
		return "", caused(ErrNoCompany, TypeStockCode, text, "it is the number of a fund, not of a share of a company")
	}
	return number + ".HK", nil
}
