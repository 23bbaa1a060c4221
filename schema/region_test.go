package schema_test

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"liantu/schema"
)

func TestRegionsCoverTheCountry(t *testing.T) {
	count := map[schema.RegionLevel]int{}
	codes := map[string]bool{}
	for _, r := range schema.Regions() {
		count[r.Level]++
		if codes[r.Code] {
			t.Errorf("%s is there twice", r.Code)
		}
		codes[r.Code] = true
		if r.Code != schema.Country {
			parent, ok := schema.Parent(r.Code)
			if !ok || !schema.Within(r.Code, parent.Code) || schema.Within(parent.Code, r.Code) {
				t.Errorf("%s %s lies wrongly in %s %s", r.Code, r.FullName, parent.Code, parent.FullName)
			}
		}
		if found, err := schema.FindRegion(r.FullName); err != nil || found.Code != r.Code {
			t.Errorf("%s %s is found as %s, %v", r.Code, r.FullName, found.Code, err)
		}
	}
	if count[schema.LevelCountry] != 1 || count[schema.LevelProvince] != 34 || count[schema.LevelCity] != 333 || count[schema.LevelCounty] < 2900 {
		t.Errorf("the table has %v", count)
	}
}

func TestFindRegion(t *testing.T) {
	runParse(t, property(schema.TypeRegion), []parseCase{
		{"330106", "330106"},
		{"330106000000", "330106"},
		{"浙江省", "330000"},
		{"浙江", "330000"},
		{"杭州", "330100"},
		{"西湖区", refused("330106 浙江省杭州市西湖区, 360103 江西省南昌市西湖区")},
		{"浙江省杭州市余杭区", "330110"},
		{"杭州市本级", "330100"},
		{"浙江杭州余杭", "330110"},
		{"浙江省余杭区", "330110"},
		{"浙江 / 杭州市 / 西湖", "330106"},
		{"中国-浙江-杭州", "330100"},
		{"内蒙古", "150000"},
		{"广西自治区", "450000"},
		{"恩施州", "422800"},
		{"延边", "222400"},
		{"香港特区", "810000"},
		{"台湾", "710000"},
		{"全国", "100000"},
		{"中国", "100000"},
		// Municipalities are province and city in one.
		{"北京市", "110000"},
		{"北京市北京市朝阳区", "110105"},
		{"北京市市辖区", "110000"},
		{"110100", "110000"},
		{"500200", "500000"},
		{"重庆市县", "500000"},
		{"330101", "330100"},
		// County-level units right under a province.
		{"石河子市", "659001"},
		{"仙桃市", "429004"},
		{"湖北省省直辖县级行政区划仙桃市", "429004"},
		{"济源", "419001"},
		// Former names and codes.
		{"富阳市", "330111"},
		{"萧山市", "330109"},
		{"余杭市", "330110"},
		{"上虞市", "330604"},
		{"绍兴县", "330603"},
		{"襄樊市", "420600"},
		{"思茅市", "530800"},
		{"巢湖市", "340181"},
		{"淮阴市", "320800"},
		{"江苏省通州市", "320612"},
		{"杭州市江干区", "330102"},
		{"海安县", "320685"}, // upgraded to a city under the same name
		{"330184", "330110"},
		{"620201", "620200"},
		// Short names that several share.
		{"吉林", "220000"},
		{"吉林吉林", "220200"},
		{"海南", "460000"},
		{"西安", "610100"},
		{"长沙", "430100"},
		{"长沙县", "430121"},
		{"朝阳", refused("110105 北京市朝阳区")},
		{"鼓楼区", refused("write the province or the code")},
		{"东山区", refused("it may be 230406")},
		{"浙江省杭州市火星区", refused("浙江省杭州市 is known, but nothing there is called 火星区")},
		{"江苏省杭州市", refused("江苏省 is known")},
		{"330199", refused("it would lie in 330100 浙江省杭州市")},
		{"999999", refused("province with the number 99")},
		{"3301", refused("has 6 digits, this one has 4")},
		{"火星", refused("no division")},
		{"", refused("empty")},
		{" / ", refused("empty")},
		{strings.Repeat("杭", 200), refused("too long")},
	})
}

func TestRegionTree(t *testing.T) {
	for _, c := range []struct{ code, parent string }{
		{"330106", "330100"},
		{"330100", "330000"},
		{"330000", "100000"},
		{"110105", "110000"},
		{"429004", "420000"},
		{"659001", "650000"},
		{"110100", "100000"},
	} {
		if p, ok := schema.Parent(c.code); !ok || p.Code != c.parent {
			t.Errorf("%s lies in %s, want %s", c.code, p.Code, c.parent)
		}
	}
	for _, code := range []string{schema.Country, "999999", "", "33"} {
		if p, ok := schema.Parent(code); ok {
			t.Errorf("%q has the parent %s", code, p.Code)
		}
	}
	if n := len(schema.Children(schema.Country)); n != 34 {
		t.Errorf("the country has %d provinces", n)
	}
	hangzhou := schema.Children("330100")
	if len(hangzhou) != 13 || hangzhou[0].Code != "330102" || hangzhou[12].Name != "建德市" {
		t.Errorf("杭州 has %v", hangzhou)
	}
	if n := len(schema.Children("330106")); n != 0 {
		t.Errorf("a county has %d children", n)
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		code, ancestor string
		want           bool
	}{
		{"330106", "330106", true},
		{"330106", "330100", true},
		{"330106", "330000", true},
		{"330106", "100000", true},
		{"330100", "330106", false},
		{"330106", "330200", false},
		{"110105", "110100", true},
		{"110100", "110105", false},
		{"110000", "110100", true},
		{"429004", "420000", true},
		{"429004", "420100", false},
		{"330184", "330100", true}, // a former code
		{"100000", "330000", false},
		{"999999", "100000", false},
		{"330106", "999999", false},
		{"", "", false},
	} {
		if got := schema.Within(c.code, c.ancestor); got != c.want {
			t.Errorf("%s within %s: %v, want %v", c.code, c.ancestor, got, c.want)
		}
	}
}

func TestRegionByCode(t *testing.T) {
	r, ok := schema.RegionByCode("330111")
	if !ok || r.Name != "富阳区" || r.ShortName != "富阳" || r.FullName != "浙江省杭州市富阳区" || r.Level != schema.LevelCounty {
		t.Errorf("330111 is %+v", r)
	}
	if len(r.Aliases) != 1 || r.Aliases[0] != "富阳市" {
		t.Errorf("330111 was called %q", r.Aliases)
	}
	for _, code := range []string{"", "33", "330199", "429000", "杭州"} {
		if r, ok := schema.RegionByCode(code); ok {
			t.Errorf("%q is %s", code, r.FullName)
		}
	}
}

// TestFormerNames checks that each former name leads to its region.
func TestFormerNames(t *testing.T) {
	rows := readTable(t, "regions_aliases.csv")
	for _, row := range rows {
		former, code := row[0], row[1]
		path := former
		if parent, _ := schema.Parent(code); parent.Code != schema.Country {
			path = parent.FullName + former
		}
		if found, err := schema.FindRegion(path); err != nil || found.Code != code {
			t.Errorf("%s is found as %s, %v, want %s", path, found.Code, err, code)
		}
	}
	if len(rows) < 250 {
		t.Errorf("there are %d former names", len(rows))
	}
}

// TestFormerRegions checks that former codes lead to what became of them, and what
// is said where that is not certain.
func TestFormerRegions(t *testing.T) {
	latest := map[string]schema.FormerRegion{}
	for _, f := range schema.FormerRegions() {
		if f.Until > 0 && f.From > f.Until || f.Until > 2024 {
			t.Errorf("%+v held in no year", f)
		}
		if f.Successor != "" {
			if r, ok := schema.RegionByCode(f.Successor); !ok || r.Code != f.Successor {
				t.Errorf("%+v leads to %+v", f, r)
			}
		}
		latest[f.Code] = f
	}
	today := map[string]bool{}
	for _, r := range schema.Regions() {
		today[r.Code] = true
	}
	lost := 0
	for code, f := range latest {
		r, ok := schema.RegionByCode(code)
		switch {
		case today[code]:
		case f.Successor == "" && ok && r.Code != code[:4]+"00": // 330101 is the heading 市辖区 of today
			t.Errorf("%+v leads to %+v although nothing is certain of it", f, r)
		case f.Successor == "":
			lost++
		case r.Code != f.Successor:
			t.Errorf("%+v leads to %+v", f, r)
		}
	}
	t.Logf("of %d former codes %d have no certain successor", len(latest), lost)
	if len(latest) < 3000 || lost > 200 {
		t.Errorf("of %d former codes %d have no certain successor", len(latest), lost)
	}
	for _, c := range []struct {
		code, name  string
		from, until int
		successor   string
	}{
		{"500105", "江北区", 1997, 2024, "500157"},
		{"330103", "下城区", 0, 2020, "330105"},
		{"451023", "平果县", 2002, 2018, "451082"},
		{"139001", "定州市", 0, 0, "130682"},
		{"460321", "西沙群岛", 0, 2023, "460302"},
	} {
		if got := latest[c.code]; got != (schema.FormerRegion{Code: c.code, Name: c.name, From: c.from, Until: c.until, Successor: c.successor}) {
			t.Errorf("%s is %+v", c.code, got)
		}
	}
	for code, since := range map[string]int{"500157": 2025, "653228": 2024, "330106": 0, "320576": 0, "330111": 2014} {
		if r, _ := schema.RegionByCode(code); r.Since != since {
			t.Errorf("%s %s holds since %d, want %d", code, r.Name, r.Since, since)
		}
	}
}

func TestLocateAddress(t *testing.T) {
	for _, c := range []struct{ address, want string }{
		{"广东省深圳市罗湖区深南东路5047号", "440303"},
		{"浙江省西湖大道1号", "330000"},
		{"浙江杭州市文三路1号", "330100"},
		{"浙江杭州西湖区文三路1号", "330106"},
		{"杭州市西湖区文三路1号", "330106"},
		{"浙江省富阳市富春街道", "330111"},
		{"江苏省海安县城黄海大道", "320685"},
		{"江苏江阴市澄江路", "320281"},
		{"湖南省长沙市天心区芙蓉中路508号", "430103"},
		{"湖南省长沙市银盆南路361号", "430100"},
		{"北京市朝阳区建国路", "110105"},
		{"重庆市市辖区渝中区", "500103"},
		{"新疆维吾尔自治区新疆乌鲁木齐市天山区金银路53号", "650102"},
		{"辽宁省沈阳经济技术开发区开发大路17甲1号", "210100"},
		{"北京经济技术开发区路东区", "110000"},
		{"中国（安徽）自由贸易试验区合肥市蜀山区长江西路6500号", "340104"},
		{"中国（上海）自由贸易试验区张江路665号", "310000"},
		{"河南自贸试验区郑州片区(经开)第八大街160号", "410100"},
		{"南京路100号", ""},
		{"上海南京路1号", ""},
		{"广东路12号", ""},
		{"鼓楼区中山路", ""},
		{"吉林省吉林经济技术开发区九站街", "220200"},
		{"", ""},
	} {
		r, err := schema.LocateAddress(c.address)
		var fault *schema.ValueError
		if err != nil && (!errors.As(err, &fault) || fault.Value != c.address) {
			t.Errorf("%s: the error is %v", c.address, err)
		}
		if r.Code != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s lies in %s %s, %v, want %s", c.address, r.Code, r.FullName, err, c.want)
		}
	}
}

// TestAddressesOfListedCompanies compares the region of the registered address
// with the city that the exchange states, for 1,700 listed companies.
func TestAddressesOfListedCompanies(t *testing.T) {
	const path = "../../shared/data/listed/companies_szse_2025.csv.gz"
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the table of listed companies is not at %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	plain, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(plain).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var agree, wide, differ, unknown int
	for _, row := range rows[1:] {
		city, err := schema.FindRegion(row[6] + row[7])
		if err != nil {
			t.Errorf("the city %s %s: %v", row[6], row[7], err)
			continue
		}
		located, err := schema.LocateAddress(row[8])
		switch {
		case err != nil:
			unknown++
		case schema.Within(located.Code, city.Code):
			agree++
		case schema.Within(city.Code, located.Code):
			wide++
		default:
			differ++
		}
	}
	t.Logf("%d agree, %d only wider, %d differ, %d not understood", agree, wide, differ, unknown)
	if differ > 2 || unknown > 2 || agree < 1690 {
		t.Errorf("%d agree, %d differ, %d not understood", agree, differ, unknown)
	}
}
