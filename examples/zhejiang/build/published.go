package main

import "fmt"

// readPublished returns the provenance of what a source of sources.csv states, by
// its name. A published document states its day and its grade there.
func readPublished(sources []row) map[string]provenance {
	found := map[string]provenance{}
	for _, s := range sources {
		if s["publication"] != "" {
			found[s["name"]] = provenance{s["name"], s["data_date"], s["publication"]}
		}
	}
	return found
}

// addRoles puts into the pack the roles that published documents give to links:
// roles.csv names the document of each.
func addRoles(p pack, cur *curation, published map[string]provenance, own string) error {
	rows, err := readCSV(own, "roles.csv")
	if err != nil {
		return err
	}
	for _, r := range rows {
		l, by := cur.ByCode[r["code"]], published[r["source"]]
		if l == nil || l.Holds != "" || by.source == "" {
			return fmt.Errorf("roles.csv: %q by %q: no such link that holds companies, or no such publication", r["code"], r["source"])
		}
		p.add("Link", row{"code": l.Code, "name": l.Name, "declared_role": r["role"]}.by(by))
	}
	return nil
}
