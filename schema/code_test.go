package schema_test

import (
	"errors"
	"strings"
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
		{"91350100M000100Y4Z", refused(`"Z" in position 18 never occurs`)},
		{"91350100M000100Y44", refused("by the other characters it should be 3")},
		{"91110000600037341I", refused(`"I" in position 18 never occurs`)},
		{"91O10000600037341L", refused(`"O" in position 3 never occurs`)},
		{"9111A000600037341L", refused("position 5 belongs to the region")},
		{"9.13E+17", refused("a spreadsheet turned it into a rounded number")},
		{"9.1330000E+17", refused("a spreadsheet")},
		{"913300000000000000.0", refused("a spreadsheet")},
		{"330100000012345", refused("registration number of 15 digits")},
		{"60003734-1", refused("organisation code")},
		{"91110000", refused("has 8 characters instead of 18")},
		{"91110000600037341LL", refused("has 19 characters")},
		{"", refused("has 0 characters")},
		{"未公示企业", refused("has 5 characters instead of 18")},
		{"未登记", refused("has 3 characters instead of 18")},
		{"9.133000000000E+17", refused("a spreadsheet")},
		{"330106000101009", refused("registration number of 15 digits")}, // its check digit is that of a company's
	})
}

// TestPilotUSCC holds the codes of Xiamen's pilot, which are valid whatever their last
// character.
func TestPilotUSCC(t *testing.T) {
	runParse(t, property(schema.TypeUSCC), []parseCase{
		{"91350205M0002CDE10", "91350205M0002CDE10"},
		{"91350205M0002CDE1Y", "91350205M0002CDE1Y"},
		{"93350200m0003fgh20", "93350200M0003FGH20"},
		{"91350214M0002CDE13", refused("by the other characters it should be 0")}, // no region of the pilot
		{"91350305M0002CDE10", refused("it should be")},                           // not Xiamen
		{"91350205M0102CDE10", refused("it should be")},                           // not M000
		{"91350205M0002CDEI0", refused(`"I" in position 17 never occurs`)},
	})
	for code, want := range map[string]bool{
		"91350205M0002CDE10": true,
		"91350205M0002CDE1Y": false, // its last character is right
		"91350214M0002CDE13": false,
		"厦门":                 false,
	} {
		if got := schema.IsPilotUSCC(code); got != want {
			t.Errorf("%s: of the pilot: %v, want %v", code, got, want)
		}
	}
}

// TestIdentityNumberIsPersonal refuses the numbers of identity cards, all invented and
// of people born in January 1900, and reads the credit codes that resemble them.
func TestIdentityNumberIsPersonal(t *testing.T) {
	for _, typ := range []schema.Type{schema.TypeUSCC, schema.TypeStockCode, schema.TypeLEI} {
		for _, text := range []string{
			"110101190001010014",
			"33010619000101 0025",
			"３３０１０６１９０００１０１００２５",
			"370702190001010046", // its last digit is right by GB 32100, too
			"33078219000101026X", // the same, and 33 is a head of law firms
			"830000190001010038",
			"330106000101001",
		} {
			_, err := property(typ).Parse(text)
			if !errors.Is(err, schema.ErrPersonal) {
				t.Errorf("%s: %q gives %v, want it refused as personal", typ, text, err)
			} else if strings.Contains(err.Error(), "0001010") || strings.Contains(err.Error(), "１０１０") {
				t.Errorf("%s: the error repeats the number: %v", typ, err)
			}
		}
	}
	for _, code := range []string{
		"913301067000000062",
		"913301190001010041", // a number of GB 11643 but for the province
		"921101200001010688",
		"121101190001010017", // valid by both standards, an institution of 北京市延庆区
	} {
		if got, err := schema.ParseUSCC(code); err != nil || got != code {
			t.Errorf("%s: got %s, %v; it is a credit code", code, got, err)
		}
	}
	for text, want := range map[string]bool{
		"110101190001010014": true, "110101190001010015": false, // the check digit
		"110101190013010018": false, "110101189901010013": false, // no such day, too early
		"990101190001010015": false, "330106000101009": false, "330106001301001": false, "330106": false, "": false,
	} {
		if got := schema.IsIdentityNumber(text); got != want {
			t.Errorf("%q is the number of an identity card: %v, want %v", text, got, want)
		}
	}
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
		{"400001", "400001.NQ"},
		{"420001", "420001.NQ"},
		{"400001.OC", "400001.NQ"},
		{"430047.BJ", "430047.BJ"},
		{"430047", refused("write 430047.NQ or 430047.BJ")},
		{"873001", refused("write 873001.NQ or 873001.BJ")},
		{"830799.SZ", refused("belongs to NQ or BJ, not to SZ")},
		{"400001.BJ", refused("belongs to NQ, not to BJ")},
		{"920118.NQ", refused("belongs to BJ, not to NQ")},
		{"201872", "201872.SZ"},
		{"302132", "302132.SZ"},
		{"000016", "000016.SZ"}, // a share, and an index in Shanghai
		{"000016.SH", refused("are indices")},
		{"399001", refused("the number of an index")},
		{"399001.SZ", refused("the number of an index")},
		{"880001", refused("the number of an index")},
		{"899050", refused("the number of an index")},
		{"000300", refused("the index 沪深300")},
		{"204001", refused("the number of a repo")},
		{"131810", refused("the number of a repo")},
		{"159915", refused("the number of a fund")},
		{"113050", refused("the number of a bond")},
		{"820001", refused("a preference share")},
		{"730519", refused("begins with 73")},
		{"00700", refused("00700.HK")},
		{"9988.HK", "09988.HK"},
		{"80700.HK", refused("write the number of the share itself, 00700.HK")},
		{"02800.HK", refused("the number of a fund")},
		{"03690.HK", "03690.HK"},
		{"12345.HK", refused("a warrant")},
		{"832000.BJ", "832000.BJ"},
		{"920118", "920118.BJ"},
		{"430047.NQ", "430047.NQ"},
		{"830799.OC", "830799.NQ"},
		{"700.HK", "00700.HK"},
		{"HK00700", "00700.HK"},
		{"600519.SZ", refused("belongs to SH, not to SZ")},
		{"000001.SH", refused("are indices, not companies; 000001 belongs to SZ")},
		{"600519.NQ", refused("belongs to SH, not to NQ")},
		{"600519.US", refused("\"US\" is unknown")},
		{"1", refused("leading zeros were perhaps lost, as in 000001")},
		{"6005190", refused("7 digits instead of 6")},
		{"510300", refused("the number of a fund")},
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
