package main

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"liantu/schema"
)

// A firm is one listed company with what each table states about it.
type firm struct {
	Code     string   // 600519.SH
	Names    []string // full names without repetition, the present one first
	Shorts   []string // short names without repetition, the present one first
	Rows     []row    // of the sheet Company
	Places   []site
	Industry statement // the industry class of the freshest table
	Staff    int       // employees, 0 when unknown
	Capital  float64   // registered capital in 万元, 0 when unknown

	said []string // what was stated already, as property=value
}

// A statement is a text and who says so.
type statement struct {
	text string
	by   provenance
}

// A site is a region and the table that places the firm there.
type site struct {
	Region string
	By     provenance
}

// known lists the heads under which a table holds what the pack takes from it.
type known struct {
	by                       provenance
	path                     string
	code, name, short        string
	province, city, address  string
	listed, founded, english string
	industry                 string
}

// The tables of companies, the freshest first. The address list of 2015 adds names and
// places that the later tables lack.
var tables = []known{
	{by: szse, path: "today/companies_szse_2025.csv.gz", code: "stock_code", name: "name", short: "sname", province: "province", city: "city", address: "addr_reg", listed: "listing_date", english: "ename"},
	{by: stockList, path: "today/chainkg/stock_basic.csv", code: "ts_code", short: "name", province: "area", listed: "list_date", industry: "industry"},
	{by: tushare, path: "today/companies_tushare_2024.csv.gz", code: "ts_code", short: "name", province: "province", city: "city", listed: "list_date", founded: "setup_date", industry: "industry"},
	{by: business, path: "today/companies_business_2022.csv", code: "stock_code", name: "name", short: "sname", province: "province", city: "city", industry: "industry"},
	{by: addresses, path: "listed/companies_address_2015.csv.gz", code: "stock_code", name: "name", short: "sname", province: "area", address: "addr_reg", listed: "listing_date", founded: "register_date", industry: "industry"},
}

// readCompanies joins the tables of companies on the stock code and returns the firms in
// order of code: those that the tables of 2025 name, which are all that are listed. B
// shares are left out, since they are a second stock of a firm that is included already,
// and so is who left the exchange.
func readCompanies(data string) ([]*firm, error) {
	byCode := map[string]*firm{}
	var beijing recoding
	for _, t := range tables {
		rows, err := readCSV(data, t.path)
		if err != nil {
			return nil, err
		}
		if t.by == stockList {
			beijing = newRecoding(rows)
		}
		for _, r := range rows {
			code := stockCode(r[t.code])
			if code == "" {
				code = beijing.now(r[t.code], r[t.short])
			}
			if code == "" {
				continue
			}
			f := byCode[code]
			if f == nil && t.by != szse && t.by != stockList {
				continue // not listed any more
			}
			if f == nil {
				f = &firm{Code: code}
				byCode[code] = f
			}
			f.take(t, r)
		}
	}
	if err := addKnowledge(byCode, data); err != nil {
		return nil, err
	}
	firms := make([]*firm, 0, len(byCode))
	for _, f := range byCode {
		f.dropCoarser()
		firms = append(firms, f)
	}
	slices.SortFunc(firms, func(a, b *firm) int { return cmp.Compare(a.Code, b.Code) })
	return firms, nil
}

// stockCode returns the code with the exchange's suffix, "" for anything but an A
// share of Shanghai or Shenzhen, or a share of Beijing under its present code.
func stockCode(text string) string {
	digits := text[:min(6, len(text))]
	if len(digits) < 6 {
		return ""
	}
	switch {
	case digits[0] == '6':
		return digits + ".SH"
	case digits[0] == '0' || digits[0] == '3':
		return digits + ".SZ"
	case strings.HasPrefix(digits, "92"):
		return digits + ".BJ"
	}
	return ""
}

// take adds what one row of a table states and no fresher table has stated. A fact that
// ages (short name, size) counts from the freshest table only, so that the passing of time
// does not appear as a contradiction.
func (f *firm) take(t known, r row) {
	out := row{"stock_code": f.Code}
	if name := properName(r[t.name]); name != "" && !slices.Contains(f.Names, name) {
		out["former_names"] = name
		if len(f.Names) == 0 {
			out["name"], out["former_names"] = name, ""
		}
		f.Names = append(f.Names, name)
	}
	if short := shortName(r[t.short]); short != "" {
		if len(f.Shorts) == 0 {
			out["short_name"] = short
		}
		if !slices.Contains(f.Shorts, short) {
			f.Shorts = append(f.Shorts, short)
		}
	}
	out["english_name"] = strings.TrimSpace(norm.NFKC.String(r[t.english]))
	out["list_date"] = f.first("list_date", r[t.listed])
	out["founded"] = f.first("founded", r[t.founded])
	if class := r[t.industry]; class != "" && f.Industry.text == "" {
		f.Industry = statement{class, t.by}
	}
	f.takeSize(out, r)
	f.Rows = append(f.Rows, out.by(t.by))
	region := locate(r[t.province], r[t.city], r[t.address])
	if region != "" {
		f.Places = append(f.Places, site{region, t.by})
	}
}

// first returns a value unless a fresher table stated the same of the property.
func (f *firm) first(property, value string) string {
	key := property + "=" + value
	if value == "" || slices.Contains(f.said, key) {
		return ""
	}
	f.said = append(f.said, key)
	return value
}

// ownerships maps the words of the table of 2024 to the schema's values.
var ownerships = map[string]string{
	"地方国企": "LOCAL_STATE", "中央国企": "CENTRAL_STATE", "民营企业": "PRIVATE", "外资企业": "FOREIGN", "集体企业": "COLLECTIVE",
}

// takeSize adds employees, capital and ownership where they are not known yet.
func (f *firm) takeSize(out, r row) {
	if n, err := strconv.Atoi(r["employees"]); err == nil && n > 0 && f.Staff == 0 {
		f.Staff = n
		out["employees"] = r["employees"]
	}
	if n, err := strconv.ParseFloat(r["reg_capital_wan"], 64); err == nil && n > 0 && f.Capital == 0 {
		f.Capital = n
		out["registered_capital"] = r["reg_capital_wan"]
	}
	out["ownership"] = ownerships[r["act_ent_type"]]
}

// dropCoarser drops the places that are less precise than another one that
// agrees. The place of 2015 counts only where no later table states more than
// the province.
func (f *firm) dropCoarser() {
	later := func(s site) bool { return s.By != addresses && (!isProvince(s.Region) || municipality(s.Region)) }
	outdated := slices.ContainsFunc(f.Places, later)
	var places []site
	for _, s := range f.Places {
		finer := func(o site) bool {
			current := o.By != addresses || !outdated
			return current && o.Region != s.Region && schema.Within(o.Region, s.Region)
		}
		if s.By == addresses && outdated || slices.ContainsFunc(f.Places, finer) {
			continue
		}
		places = append(places, s)
	}
	f.Places = places
}

func isProvince(region string) bool { return strings.HasSuffix(region, "0000") }

// municipality reports whether a region is Beijing, Tianjin, Shanghai or
// Chongqing, where the province is the city.
func municipality(region string) bool {
	return slices.Contains([]string{"110000", "120000", "310000", "500000"}, region)
}

// properName is a full name with one form of brackets and no blanks; "" for
// a text that is not a name.
func properName(text string) string {
	name := strings.Join(strings.Fields(norm.NFKC.String(text)), "")
	if !strings.HasSuffix(name, "公司") {
		return ""
	}
	return strings.NewReplacer("(", "（", ")", "）").Replace(name)
}

// warning is the mark that exchanges put before the short name of a stock.
var warning = regexp.MustCompile(`^(?:S?\*?ST|SST|PT|S|N|C|XD|XR|DR)(\p{Han}.*)$`)

// shortName is the short name of a stock without the exchange's warnings.
func shortName(text string) string {
	name := strings.Join(strings.Fields(norm.NFKC.String(text)), "")
	if m := warning.FindStringSubmatch(name); m != nil {
		name = m[1]
	}
	if before, class, ok := strings.Cut(name, "-"); ok && len(class) > 0 && strings.Trim(class, "UWD") == "" {
		name = before // without profit, with unequal votes, a receipt
	}
	return strings.TrimSuffix(strings.TrimSuffix(name, "A"), "退")
}

// A listedFirm is a line of the product graph's table of companies.
type listedFirm struct {
	Name     string `json:"name"`
	FullName string `json:"fullname"`
	Code     string `json:"code"`
}

// mostNames is how many full names the product graph gives a code at most; one of more is
// a fault, not a firm that was renamed.
const mostNames = 4

// addKnowledge adds the names of the product graph, where a code may stand in
// several rows, the present name first. A name that another firm has by the tables is a
// fault of the source, which gives one code the rows of several firms.
func addKnowledge(byCode map[string]*firm, data string) error {
	lines, err := readLines[listedFirm](data, "today", "chainkg", "company.json.gz")
	if err != nil {
		return err
	}
	owner := map[string]*firm{}
	for _, f := range byCode {
		for _, name := range f.Names {
			owner[name] = f
		}
	}
	given := map[string]map[string]bool{} // code → full names
	for _, l := range lines {
		if given[l.Code] == nil {
			given[l.Code] = map[string]bool{}
		}
		given[l.Code][l.FullName] = true
	}
	for _, l := range lines {
		f := byCode[stockCode(l.Code)]
		if f == nil || len(given[l.Code]) > mostNames {
			continue
		}
		if o := owner[properName(l.FullName)]; o != nil && o != f {
			continue
		}
		f.take(known{by: knowledge, name: "name", short: "short"}, row{"name": l.FullName, "short": l.Name})
	}
	return nil
}

// exchanges maps the suffix of a code to the schema's value.
var exchanges = map[string]string{"SH": "SSE", "SZ": "SZSE", "BJ": "BSE"}

// addCompanies puts the firms and where they are into the pack.
func addCompanies(p pack, firms []*firm) {
	for _, f := range firms {
		for i, r := range f.Rows {
			if i == 0 {
				r["exchange"] = exchanges[f.Code[7:]]
			}
			if len(r.filled()) > 1 {
				p.add("Company", r)
			}
		}
		for _, s := range f.Places {
			p.add("LOCATED_IN", row{"from_kind": "Company", "from": f.Code, "to": s.Region, "role": "REGISTERED"}.by(s.By))
		}
	}
}

// filled returns the heads under which r has a value, apart from provenance.
func (r row) filled() []string {
	var heads []string
	for h, v := range r {
		if v != "" && h != "source" && h != "as_of" && h != "grade" {
			heads = append(heads, h)
		}
	}
	return heads
}
