package main

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// An adviser is an underwriter, auditor or law firm with the offerings it
// worked on.
type adviser struct {
	Key      string // the name without the form of company
	Category string
	Name     string            // the full name of the latest filing
	latest   string            // date of that filing
	Others   map[string]bool   // names of earlier filings
	Clients  map[string]string // stock code → date of the listing
}

// services lists where a filing names the advisers of each kind and their fee.
var services = []struct{ service, column, fee string }{
	{"UNDERWRITER", "underwriter", "underwriting_fee_wan"},
	{"AUDITOR", "auditor", "audit_fee_wan"},
	{"LAW_FIRM", "law_firm", "legal_fee_wan"},
}

// companyForm matches the part of an adviser's name that changes with its legal
// form while the firm stays the same.
var companyForm = regexp.MustCompile(`(股份有限公司|有限责任公司|有限公司|\((特殊)?普通合伙\)|\(集团\))`)

// addServices puts the advisers of public offerings into the pack, the companies
// they served, and the specialties and regions that follow. A
// cell may name several advisers; names that differ only in the legal form, or
// that renamed.csv joins, are one adviser. A name that renamed.csv maps to
// nothing is left out (firms named after a person).
func addServices(p pack, data, own string, firms map[string]*firm) error {
	filings, err := readCSV(data, "listed", "ipo_services_2006_2019.csv.gz")
	if err != nil {
		return err
	}
	renamed, err := readCSV(own, "renamed.csv")
	if err != nil {
		return err
	}
	present := map[string]string{}
	for _, r := range renamed {
		present[r["former"]] = r["present"]
	}
	advisers := map[string]*adviser{}
	for _, f := range filings {
		if firms[f["ts_code"]] == nil {
			continue
		}
		for _, s := range services {
			names := strings.Split(f[s.column], ",")
			for _, name := range names {
				a := adviserOf(advisers, name, s.service, present)
				if a == nil {
					continue
				}
				a.serve(name, f)
				fee := ""
				if len(names) == 1 {
					fee = f[s.fee]
				}
				p.add("SERVES", row{
					"from": a.Key, "to": f["ts_code"], "service": s.service, "date": f["list_date"], "fee": fee,
				}.by(provenance{prospectuses.source, f["prospectus_date"], prospectuses.grade}))
			}
		}
	}
	addAdvisers(p, advisers)
	addSpecialties(p, advisers)
	addCover(p, advisers, firms)
	return nil
}

func adviserOf(advisers map[string]*adviser, name, category string, present map[string]string) *adviser {
	key := companyForm.ReplaceAllString(norm.NFKC.String(strings.TrimSpace(name)), "")
	if now, ok := present[key]; ok {
		key = now
	}
	if key == "" {
		return nil
	}
	a := advisers[key]
	if a == nil {
		a = &adviser{Key: key, Category: category, Others: map[string]bool{}, Clients: map[string]string{}}
		advisers[key] = a
	}
	return a
}

// serve records an offering and the name in the latest one.
func (a *adviser) serve(name string, filing row) {
	name = strings.NewReplacer("(", "（", ")", "）").Replace(norm.NFKC.String(strings.TrimSpace(name)))
	a.Clients[filing["ts_code"]] = filing["list_date"]
	a.Others[name] = true
	if date := filing["prospectus_date"]; cmp.Or(cmp.Compare(date, a.latest), -cmp.Compare(name, a.Name)) > 0 || a.Name == "" {
		a.Name, a.latest = name, date
	}
}

// addAdvisers writes the advisers and replaces the key by the full name in the
// edges written so far.
func addAdvisers(p pack, advisers map[string]*adviser) {
	for _, key := range slices.Sorted(maps.Keys(advisers)) {
		a := advisers[key]
		delete(a.Others, a.Name)
		r := row{
			"name": a.Name, "category": a.Category,
			"former_names": strings.Join(slices.Sorted(maps.Keys(a.Others)), ";"),
		}
		if key != a.Name {
			r["short_name"] = key
		}
		p.add("Intermediary", r.by(provenance{prospectuses.source, "2019", prospectuses.grade}))
	}
	for _, r := range p["SERVES"] {
		r["from"] = advisers[r["from"]].Name
	}
}

// Levels of a specialty by the number of clients in the chain.
const (
	familiarFrom   = 3
	proficientFrom = 6
	expertFrom     = 12
	// focus is how much larger the chain's part among an adviser's clients must
	// be than among all clients to be called a specialty.
	focus = 1.2
)

// addSpecialties adds in which chains an adviser specialises: at least three of
// its clients are there, and a larger part of them than of all clients.
func addSpecialties(p pack, advisers map[string]*adviser) {
	chains := map[string]map[string]bool{} // stock code → chains it is at by a rule
	for _, r := range p["OPERATES_IN"] {
		if r["grade"] == "D" {
			continue
		}
		if chains[r["from"]] == nil {
			chains[r["from"]] = map[string]bool{}
		}
		c, _, _ := strings.Cut(r["to"], ".")
		chains[r["from"]][c] = true
	}
	served, total := map[string]int{}, 0
	for _, a := range advisers {
		total += len(a.Clients)
		for code := range a.Clients {
			for c := range chains[code] {
				served[c]++
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(advisers)) {
		a := advisers[key]
		count := map[string]int{}
		for code := range a.Clients {
			for c := range chains[code] {
				count[c]++
			}
		}
		for _, c := range slices.Sorted(maps.Keys(count)) {
			usual := float64(served[c]) / float64(total)
			if count[c] < familiarFrom || float64(count[c])/float64(len(a.Clients)) < focus*usual {
				continue
			}
			p.add("SPECIALISES_IN", row{
				"from": a.Name, "to_kind": "Chain", "to": c, "level": levelOf(count[c]),
				"evidence": fmt.Sprintf("在该链服务过 %d 家上市企业，占其客户的 %.0f%%", count[c], 100*float64(count[c])/float64(len(a.Clients))),
			}.by(derivedServices))
		}
	}
}

func levelOf(clients int) string {
	switch {
	case clients >= expertFrom:
		return "EXPERT"
	case clients >= proficientFrom:
		return "PROFICIENT"
	}
	return "FAMILIAR"
}

// coverFrom is the number of clients in a province or city from which on an
// adviser covers it.
const coverFrom = 3

// addCover adds which provinces and cities an adviser covers: those where it
// served at least three firms.
func addCover(p pack, advisers map[string]*adviser, firms map[string]*firm) {
	for _, key := range slices.Sorted(maps.Keys(advisers)) {
		count := map[string]int{}
		for code := range advisers[key].Clients {
			if len(firms[code].Places) == 0 {
				continue
			}
			at := firms[code].Places[0].Region
			province, city := at[:2]+"0000", at[:4]+"00"
			count[province]++
			if !municipality(province) && city != province {
				count[city]++
			}
		}
		for _, region := range slices.Sorted(maps.Keys(count)) {
			if count[region] >= coverFrom {
				p.add("COVERS", row{"from": advisers[key].Name, "to": region}.by(derivedServices))
			}
		}
	}
}
