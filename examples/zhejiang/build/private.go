package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"liantu/resolve"
	"liantu/schema"
)

// active are the states of a register in which a company is at work. A state that the
// list leaves blank is unknown, so that the company is left out.
var active = []string{"存续", "开业", "在业", "在营", "正常"}

// soleTrader matches the legal forms of persons and of farmers' cooperatives.
var soleTrader = regexp.MustCompile(`个体|个人独资|合作社|合作经济|合伙|分公司`)

var (
	inAnyBrackets = regexp.MustCompile(`[（(【\[][^（()）【】\[\]]*[)）】\]]`)
	tenThousands  = regexp.MustCompile(`^([0-9,.]+)万`)
)

// addPrivate puts into the pack the active companies of the list of private ones, with
// place, industry and business scope. Left out are sole traders, cooperatives, branches,
// companies named after a person, and who has no valid code. It returns the codes of those
// that are not listed. One that is listed has its code and scope added.
func addPrivate(p pack, data string, reg register) ([]string, error) {
	rows, err := readCSV(data, "today", "private_companies_2025.csv.gz")
	if err != nil {
		return nil, err
	}
	people, err := readPeople(data)
	if err != nil {
		return nil, err
	}
	var codes []string
	seen := map[string]bool{}
	for _, r := range rows {
		code, err := schema.ParseUSCC(r["uscc"])
		name := properName(r["name"])
		if err != nil || name == "" || seen[code] || !slices.Contains(active, r["status"]) || soleTrader.MatchString(r["type"]) || people[resolve.Parse(name).Core] {
			continue
		}
		seen[code] = true
		out := row{"uscc": code, "business_scope": shortScope(r["business_scope"])}
		if f := reg[name]; f != nil {
			out["stock_code"] = f.Code
			p.add("Company", out.by(private))
			continue
		}
		out["name"], out["status"], out["founded"], out["industry"] = name, "ACTIVE", r["founded"], r["industry"]
		out["registered_capital"] = capital(r["reg_capital"])
		out["insured_persons"] = strings.TrimSuffix(r["insured_persons"], "人")
		if _, err := strconv.Atoi(out["insured_persons"]); err != nil {
			out["insured_persons"] = ""
		}
		p.add("Company", out.by(private))
		if region := locate(r["province"], strings.TrimPrefix(r["city"], "市辖区"), r["address"]); region != "" {
			if finer := county(r, region); finer != "" {
				region = finer
			}
			p.add("LOCATED_IN", row{"from_kind": "Company", "from": code, "to": region, "role": "REGISTERED"}.by(private))
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// county is the county that the list states, "" where the address has it already or
// the county is not of that place.
func county(r row, at string) string {
	found, err := schema.FindRegion(r["province"] + strings.TrimPrefix(r["city"], "市辖区") + r["district"])
	if r["district"] == "" || err != nil || !schema.Within(found.Code, at) {
		return ""
	}
	return found.Code
}

// shortScope is a business scope without what stands in brackets, which is what the law
// says of permits.
func shortScope(text string) string {
	for {
		next := inAnyBrackets.ReplaceAllString(text, "")
		if next == text {
			break
		}
		text = next
	}
	return strings.Trim(clean(text), "。；;,， ")
}

// capital reads a registered capital in 万元 from 500万人民币, 1,000万(元) or, in yuan,
// 5000000; "" for other currencies.
func capital(text string) string {
	if strings.ContainsAny(text, "美港欧日") {
		return ""
	}
	if m := tenThousands.FindStringSubmatch(text); m != nil {
		return strings.ReplaceAll(m[1], ",", "")
	}
	if yuan, err := strconv.ParseFloat(text, 64); err == nil && yuan > 0 {
		return strconv.FormatFloat(yuan/10000, 'f', -1, 64)
	}
	return ""
}

// readPeople reads the names of officers and of the rich, after whom no company of the
// pack is named.
func readPeople(data string) (map[string]bool, error) {
	people := map[string]bool{}
	for _, name := range []string{"officers_2019.csv.gz", "rich_list_2024.csv"} {
		rows, err := readCSV(data, "listed", name)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			people[r["name"]] = true
		}
	}
	return people, nil
}

// drop takes companies, by their codes, and what is stated of them out of the pack.
func (p pack) drop(codes map[string]bool) {
	p["Company"] = slices.DeleteFunc(p["Company"], func(r row) bool { return codes[r["uscc"]] && r["stock_code"] == "" })
	for _, kind := range []string{"LOCATED_IN", "OPERATES_IN", "MAY_OPERATE_IN"} {
		p[kind] = slices.DeleteFunc(p[kind], func(r row) bool { return codes[r["from"]] })
	}
}
