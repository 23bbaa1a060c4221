package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"liantu/schema"
)

// A delivery is what one supplier sold to one buyer in a year, by published awards.
type delivery struct {
	from, to, year string
	item           string // the project of the largest award
	largest, sum   float64
}

// addSupplies puts into the pack who supplied whom by the awards of public tenders: the
// supplier is a company of the pack that is at a link, the buyer a company. A buyer that
// the pack lacks becomes a company of its own, by name and place.
func addSupplies(p pack, data string, reg register, at map[string]bool) error {
	awards, err := readCSV(data, "today", "awards_hubei.csv.gz")
	if err != nil {
		return err
	}
	codes := map[string]string{}
	for _, r := range p["Company"] {
		if r["uscc"] != "" && r["name"] != "" && at[r["uscc"]] {
			codes[r["name"]] = r["uscc"]
		}
	}
	for name, f := range reg {
		if f != nil && at[f.Code] {
			codes[name] = f.Code
		}
	}
	found := map[[3]string]*delivery{}
	for _, a := range awards {
		seller, buyer := codes[properName(a["supplier"])], properName(a["buyer"])
		amount, err := strconv.ParseFloat(a["amount_cny"], 64)
		if seller == "" || buyer == "" || err != nil || len(a["award_published"]) < 4 || codes[buyer] == seller {
			continue
		}
		key := [3]string{seller, buyer, a["award_published"][:4]}
		d := found[key]
		if d == nil {
			d = &delivery{from: seller, to: cmp.Or(codes[buyer], buyer), year: key[2]}
			found[key] = d
			if codes[buyer] == "" {
				addBuyer(p, buyer, a)
			}
		}
		d.sum += amount
		if amount > d.largest {
			d.item, d.largest = clean(a["project"]), amount
		}
	}
	var list []*delivery
	for _, d := range found {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b *delivery) int {
		return cmp.Or(strings.Compare(a.from, b.from), strings.Compare(a.to, b.to), strings.Compare(a.year, b.year))
	})
	for _, d := range list {
		by := awarded
		by.asOf = d.year
		p.add("SUPPLIES", row{"from": d.from, "to": d.to, "item": d.item, "amount": strconv.FormatFloat(d.sum/10000, 'f', -1, 64)}.by(by))
	}
	return nil
}

// addBuyer adds a company that only the awards name, where its address says.
func addBuyer(p pack, name string, award row) {
	by := awarded
	by.asOf = "2024"
	region := schema.Region{Code: "420000"} // the tenders are of this province
	if found, err := schema.LocateAddress(award["buyer_address"]); err == nil {
		region = found
	}
	p.add("Company", row{"name": name}.by(by))
	p.add("LOCATED_IN", row{"from_kind": "Company", "from": name, "to": region.Code, "role": "REGISTERED"}.by(by))
}
