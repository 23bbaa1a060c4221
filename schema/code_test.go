package schema_test

import (
	"testing"

	"liantu/schema"
)

func TestParseUSCC(t *testing.T) {
	runParse(t, property(schema.TypeUSCC), []parseCase{
		{"91110000600037341L", "91110000600037341L"},
		{"91350100M000100Y43", "91350100M000100Y43"},
		{" 91350100m000100y43 ", "91350100M000100Y43"},
		{"9135 0100 M000-100Y43", "91350100M000100Y43"},
		{"９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"},
		{"91350100M000100Y4Z", refused("'Z' in position 18 never occurs")},
		{"91350100M000100Y44", refused("by the other characters it should be 3")},
		{"91110000600037341I", refused("'I' in position 18 never occurs")},
		{"91O10000600037341L", refused("'O' in position 3 never occurs")},
		{"9111A000600037341L", refused("position 5 belongs to the region")},
		{"9.13E+17", refused("a spreadsheet turned it into a rounded number")},
		{"9.1330000E+17", refused("a spreadsheet")},
		{"913300000000000000.0", refused("a spreadsheet")},
		{"330100000012345", refused("registration number of 15 digits")},
		{"60003734-1", refused("organisation code")},
		{"91110000", refused("has 8 characters instead of 18")},
		{"91110000600037341LL", refused("has 19 characters")},
		{"", refused("has 0 characters")},
	})
}

// TestUSCCMayBeginWithLetters computes the check character by the formula of
// the standard, independently of the code under test.
func TestUSCCMayBeginWithLetters(t *testing.T) {
	for _, stem := range []string{"N2330100MF1234567", "A1110000MB0123456", "Y1330000300000000"} {
		code := stem + string(usccCheck(stem))
		if got, err := schema.ParseUSCC(code); err != nil || got != code {
			t.Errorf("%s: got %s, %v", code, got, err)
		}
	}
}

func usccCheck(stem string) rune {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	sum, weight := 0, 1
	for _, r := range stem {
		for value, c := range alphabet {
			if c == r {
				sum += value * weight
			}
		}
		weight = weight * 3 % 31
	}
	return rune(alphabet[(31-sum%31)%31])
}

func TestParseLEI(t *testing.T) {
	runParse(t, property(schema.TypeLEI), []parseCase{
		{"5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"},
		{"5493 001k jtii gc8y 1r12", "5493001KJTIIGC8Y1R12"},
		{"5493001KJTIIGC8Y1R13", refused("by the other characters they should be 12")},
		{"5493001KJTIIGC8Y1RAB", refused("position 19 is a check digit")},
		{"5493001KJTIIGC8Y1R1", refused("19 characters instead of 20")},
		{"5493001KJTIIGC8Y1中12", refused("neither a letter nor a digit")},
	})
}

func TestParseStockCode(t *testing.T) {
	runParse(t, property(schema.TypeStockCode), []parseCase{
		{"600519", "600519.SH"},
		{"600519.SH", "600519.SH"},
		{"600519.sh", "600519.SH"},
		{"SH600519", "600519.SH"},
		{"sh.600519", "600519.SH"},
		{"600519.XSHG", "600519.SH"},
		{"600519.SS", "600519.SH"},
		{"６００５１９．ＳＨ", "600519.SH"},
		{"688981", "688981.SH"},
		{"900901", "900901.SH"},
		{"sz000001", "000001.SZ"},
		{"000001", "000001.SZ"},
		{"300750", "300750.SZ"},
		{"200002", "200002.SZ"},
		{"430047", "430047.BJ"},
		{"832000.BJ", "832000.BJ"},
		{"920118", "920118.BJ"},
		{"430047.NQ", "430047.NQ"},
		{"830799.OC", "830799.NQ"},
		{"700.HK", "00700.HK"},
		{"HK00700", "00700.HK"},
		{"600519.SZ", refused("belongs to SH, not to SZ")},
		{"000001.SH", refused("belongs to SZ, not to SH")},
		{"600519.NQ", refused("belongs to SH, not to NQ")},
		{"600519.US", refused("\"US\" is unknown")},
		{"1", refused("leading zeros were perhaps lost, as in 000001")},
		{"6005190", refused("7 digits instead of 6")},
		{"510300", refused("begins with 51")},
		{"700000.HK", refused("up to 5 digits")},
		{"00000.HK", refused("up to 5 digits")},
		{"AAPL", refused("write the number")},
		{"深圳证券交易所", refused("write the number")},
		{"", refused("write the number")},
	})
}

func TestParsePhone(t *testing.T) {
	runParse(t, property(schema.TypePhone), []parseCase{
		{"0571-88880000", "057188880000"},
		{"（0571）8888 0000", "057188880000"},
		{"+86 571 8888 0000", "057188880000"},
		{"0086-571-88880000", "057188880000"},
		{"+86 13800138000", "13800138000"},
		{"138 0013 8000", "13800138000"},
		{"+864008001234", "4008001234"},
		{"400-800-1234", "4008001234"},
		{"+1 212 555 0100", "+12125550100"},
		{"１３８００１３８０００", "13800138000"},
		{"0571-88880000/88880001", refused("several numbers")},
		{"0571-88880000转801", refused("extension")},
		{"1.38E+10", refused("a spreadsheet")},
		{"13800138000.0", refused("a spreadsheet")},
		{"138****8000", refused("5 to 15 digits")},
		{"12", refused("5 to 15 digits")},
		{"电话", refused("5 to 15 digits")},
	})
}

func TestParseEmail(t *testing.T) {
	runParse(t, property(schema.TypeEmail), []parseCase{
		{"name@example.com", "name@example.com"},
		{" Name.Last+tag@Example.COM ", "Name.Last+tag@example.com"},
		{"mailto:a@b.cn", "a@b.cn"},
		{"a＠b.cn", "a@b.cn"},
		{"招商@例子.中国", refused("before @")},
		{"a@例子.中国", "a@例子.中国"},
		{"a@b", refused("after @")},
		{"a@b..cn", refused("after @")},
		{"a@b@c.cn", refused("one address")},
		{"a.cn", refused("one address")},
		{".a@b.cn", refused("before @")},
		{"a..b@b.cn", refused("before @")},
		{"@b.cn", refused("before @")},
		{"a b@c.cn", refused("before @")},
		{"a@b.cn;c@d.cn", refused("one address")},
	})
}

func TestParseURL(t *testing.T) {
	runParse(t, property(schema.TypeURL), []parseCase{
		{"bank.pingan.com", "http://bank.pingan.com"},
		{"HTTPS://Www.Example.com/", "https://www.example.com"},
		{"http://example.com:8080/a?b=c#d", "http://example.com:8080/a?b=c#d"},
		{"//example.com/x", "http://example.com/x"},
		{"http://例子.中国/路径", "http://例子.中国/%E8%B7%AF%E5%BE%84"},
		{"ftp://example.com", refused("scheme is ftp")},
		{"javascript://example.com/%0aalert(1)", refused("scheme is javascript")},
		{"http://user:secret@example.com", refused("user name or a password")},
		{"http://a b.com", refused("white space")},
		{"www.a.com www.b.com", refused("white space")},
		{"http://", refused("not the name of a host")},
		{"www.a.cn、www.b.cn", refused("several addresses")},
		{"www.a.cn;www.b.cn", refused("several addresses")},
		{"http://localhost", refused("not the name of a host")},
		{"http://[::1]/", refused("not the name of a host")},
		{"http://exa%zzmple.com", refused("cannot be read")},
		{"无", refused("not the name of a host")},
	})
}
