package main

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A portfolio is what the product graph states about one firm.
type portfolio struct {
	Products []product // one a name, in order of name
	Classes  []string  // industry classes, sorted
}

// A product is one main product of a firm. The share is its part of revenue,
// the largest one stated, and 0 when none between 0 and 1 is stated.
type product struct {
	Name  string
	Parts []string // the things the name lists, each cleaned
	Share float64
}

type companyProduct struct {
	Code    string  `json:"company_code"`
	Product string  `json:"product_name"`
	Share   float64 `json:"rel_weight"`
}

type companyIndustry struct {
	Code     string `json:"company_code"`
	Industry string `json:"industry_name"`
}

// readPortfolios reads the main products and industry classes of the firms by
// stock code.
func readPortfolios(data string) (map[string]*portfolio, error) {
	made, err := readLines[companyProduct](data, "today", "chainkg", "company_product.json.gz")
	if err != nil {
		return nil, err
	}
	classed, err := readLines[companyIndustry](data, "today", "chainkg", "company_industry.json.gz")
	if err != nil {
		return nil, err
	}
	all := map[string]*portfolio{}
	of := func(code string) *portfolio {
		code = stockCode(code)
		if all[code] == nil {
			all[code] = &portfolio{}
		}
		return all[code]
	}
	for _, m := range made {
		of(m.Code).add(tidy(m.Product), m.Share)
	}
	for _, c := range classed {
		p := of(c.Code)
		if !slices.Contains(p.Classes, c.Industry) {
			p.Classes = append(p.Classes, c.Industry)
		}
	}
	for _, p := range all {
		slices.Sort(p.Classes)
		slices.SortFunc(p.Products, func(a, b product) int { return strings.Compare(a.Name, b.Name) })
	}
	return all, nil
}

// add joins a product to the portfolio. Shares outside (0, 1] are faults of the
// source (several report years merged) and are ignored.
func (p *portfolio) add(name string, share float64) {
	if name == "" {
		return
	}
	if share <= 0 || share > 1 {
		share = 0
	}
	for i := range p.Products {
		if p.Products[i].Name == name {
			p.Products[i].Share = max(p.Products[i].Share, share)
			return
		}
	}
	p.Products = append(p.Products, product{Name: name, Parts: parts(name), Share: share})
}

// tidy removes blanks, line breaks and quotes from the name of a product.
func tidy(name string) string {
	name = strings.Join(strings.Fields(norm.NFKC.String(name)), "")
	return strings.Trim(name, `"'“”‘’.。:：`)
}

var (
	inBrackets = regexp.MustCompile(`\([^()]*\)`)
	hyphen     = regexp.MustCompile(`(\p{Han})-|-(\p{Han})`) // not that of PVC-U
	dividers   = regexp.MustCompile(`[、,/;&+:—–－·]|及其|以及|及|与`)
	tails      = []string{"系列产品", "类产品", "产品", "系列", "业务", "收入", "分部", "板块", "行业", "产业", "制造业", "制造", "生产", "销售", "的", "类", "等", "部分", "事业部", "项目", "工业"}
)

// parts splits the name of a product into the things it lists: 光纤、光缆及配件
// gives 光纤, 光缆 and 配件. What stands in brackets is left out.
func parts(name string) []string {
	var out []string
	name = hyphen.ReplaceAllString(inBrackets.ReplaceAllString(strings.ToUpper(name), ""), "$1/$2")
	for _, p := range dividers.Split(name, -1) {
		if len([]rune(p)) >= 2 && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// shorter takes one word without meaning (产品, 业务, 系列 …) off the end of a
// part; ok is false when there is none.
func shorter(part string) (string, bool) {
	for _, t := range tails {
		if rest, ok := strings.CutSuffix(part, t); ok && len([]rune(rest)) >= 2 {
			return rest, true
		}
	}
	return part, false
}
