package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	// leadersFrom is the number of firms at a link from which on one leads.
	leadersFrom = 5
	// firmsPerLeader is the number of firms for each further leader.
	firmsPerLeader = 15
	// leastWeight is the number of employees, weighted by the part of revenue
	// from the link, that a leader has.
	leastWeight = 1000
)

// markLeaders marks the leading firms among the rows that rules put at links:
// at a link of five firms or more the one with most employees weighted by the
// part of its revenue from the link, and another one for every fifteen further
// firms. Firms whose part of revenue is unknown are left out.
func markLeaders(rows []row, firms map[string]*firm) {
	type weighed struct {
		row    row
		weight float64
	}
	at := map[string][]weighed{}
	for _, r := range rows {
		if r["source"] != matched.source || r["grade"] != matched.grade {
			continue
		}
		var part float64
		if _, err := fmt.Sscan(r["revenue_share"], &part); err != nil {
			part = 0
		}
		at[r["to"]] = append(at[r["to"]], weighed{r, part * float64(firms[r["from"]].Staff)})
	}
	for _, here := range at {
		if len(here) < leadersFrom {
			continue
		}
		slices.SortFunc(here, func(a, b weighed) int {
			return cmp.Or(-cmp.Compare(a.weight, b.weight), strings.Compare(a.row["from"], b.row["from"]))
		})
		places := 1 + int(math.Floor(float64(len(here)-leadersFrom)/firmsPerLeader))
		for _, w := range here[:places] {
			if w.weight >= leastWeight {
				w.row["leader"] = "true"
			}
		}
	}
}

// addRecognised marks the firms that leaders.csv calls leading ones, by the
// publication that it names or by the makers of the pack. The short name there is
// for the reader; a code that no firm has is an error.
func addRecognised(p pack, published map[string]provenance, own string, firms map[string]*firm) error {
	leaders, err := readCSV(own, "leaders.csv")
	if err != nil {
		return err
	}
	for _, l := range leaders {
		f := firms[l["stock_code"]]
		if f == nil || !slices.Contains(f.Shorts, l["short_name"]) {
			return fmt.Errorf("leaders.csv: no firm %s called %s", l["stock_code"], l["short_name"])
		}
		by := curated
		if l["source"] != "" {
			by = published[l["source"]]
		}
		p.add("Company", row{"stock_code": f.Code, "leader": "true"}.by(by))
	}
	return nil
}

// addUnlisted puts into the pack the companies that unlisted.csv names: leaders that are not
// listed, each where a publication has them.
func addUnlisted(p pack, cur *curation, published map[string]provenance, own string) error {
	rows, err := readCSV(own, "unlisted.csv")
	if err != nil {
		return err
	}
	for _, r := range rows {
		l, by := cur.ByCode[r["link"]], published[r["source"]]
		if l == nil || l.Holds != "" || by.source == "" {
			return fmt.Errorf("unlisted.csv: %q at %q by %q: no such link that holds companies, or no such publication", r["name"], r["link"], r["source"])
		}
		p.add("Company", row{"name": r["name"], "short_name": r["short_name"], "leader": "true"}.by(by))
		p.add("LOCATED_IN", row{"from_kind": "Company", "from": r["name"], "to": r["region"], "role": "REGISTERED"}.by(by))
		p.add("OPERATES_IN", row{"from": r["name"], "to": l.first().Code, "leader": "true", "evidence": r["evidence"]}.by(by))
	}
	return nil
}
