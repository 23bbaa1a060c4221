package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// mostProducts is how many main products of a firm the pack states at most.
const mostProducts = 40

// noProduct matches items of a report that name no product: rests, sums and regions.
var noProduct = regexp.MustCompile(`其他|其它|合计|抵消|抵销|^(内销|外销|国内|国外|境内|境外|海外|主营业务|主营|产品|服务|贸易|租赁|房租|材料|销售|补充)(业务|收入|销售|产品)?$|^(公司|分部|地区|行业|产品)`)

// addTexts puts into the pack what the firms say of themselves, the words from which the
// program places them at links: main products, the largest share of revenue first, the
// main business and the industry class, that of the product graph where it has one,
// since it is the finest.
func addTexts(p pack, data, own string, firms []*firm, all map[string]*portfolio) error {
	rows, err := readCSV(data, "today", "companies_business_2022.csv")
	if err != nil {
		return err
	}
	byHand, err := readDisclosed(own, firms)
	if err != nil {
		return err
	}
	stated := map[string]row{}
	for _, r := range rows {
		stated[stockCode(r["stock_code"])] = r
	}
	for _, f := range firms {
		folio := all[f.Code]
		if folio == nil {
			folio = &portfolio{}
		}
		of := row{"stock_code": f.Code, "main_products": strings.Join(folio.mainProducts(), "；")}
		if byHand[f.Code] != "" {
			of["main_products"] = ""
			p.add("Company", row{"stock_code": f.Code, "main_business": byHand[f.Code]}.by(disclosed))
		}
		industry := f.Industry
		if industry.text == "" && len(folio.Classes) > 0 {
			industry = statement{folio.Classes[0], knowledge}
		}
		own := row{"stock_code": f.Code}
		if byHand[f.Code] == "" {
			own["main_business"] = clean(stated[f.Code]["main_business"])
		}
		if of["main_products"] == "" && byHand[f.Code] == "" {
			own["main_products"] = clean(stated[f.Code]["product_types"])
		}
		for _, r := range []row{
			of.by(knowledge), own.by(business), row{"stock_code": f.Code, "industry": industry.text}.by(industry.by),
		} {
			if len(r.filled()) > 1 {
				p.add("Company", r)
			}
		}
	}
	return nil
}

// acts are the words for what a company does with the things of products.csv.
var acts = map[string]string{"make": "生产、销售：", "serve": "服务："}

// readDisclosed reads the main business that products.csv states by hand, by stock code. The
// short name there is for the reader; a code that no firm has is an error.
func readDisclosed(own string, firms []*firm) (map[string]string, error) {
	rows, err := readCSV(own, "products.csv")
	if err != nil {
		return nil, err
	}
	byCode := map[string]*firm{}
	for _, f := range firms {
		byCode[f.Code] = f
	}
	found := map[string]string{}
	for _, r := range rows {
		f := byCode[r["stock_code"]]
		if f == nil || acts[r["act"]] == "" || !slices.Contains(f.Shorts, r["short_name"]) {
			return nil, fmt.Errorf("products.csv: no firm %s called %s", r["stock_code"], r["short_name"])
		}
		found[f.Code] = acts[r["act"]] + strings.ReplaceAll(r["main_products"], "；", "、")
	}
	return found, nil
}

// mainProducts returns the names of the products from the least share of revenue on,
// the largest first, then those of which none is stated.
func (p *portfolio) mainProducts() []string {
	list := slices.Clone(p.Products)
	slices.SortFunc(list, func(a, b product) int {
		return cmp.Or(-cmp.Compare(a.Share, b.Share), strings.Compare(a.Name, b.Name))
	})
	var out []string
	for _, x := range list {
		small := x.Share > 0 && x.Share < leastShare
		if !small && !noProduct.MatchString(x.Name) && !strings.Contains(x.Name, "；") && len(out) < mostProducts {
			out = append(out, x.Name)
		}
	}
	return out
}

// clean writes a text in one line.
func clean(text string) string { return strings.Join(strings.Fields(text), "") }
