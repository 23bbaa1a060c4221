package main

// provenance is the source, date and grade of the facts of a row.
type provenance struct{ source, asOf, grade string }

// The provenances of the pack. The README says why each has its grade.
var (
	chainLists      = provenance{"chains28", "2025", "D"}
	curated         = provenance{"curation", "2026", "D"}
	invented        = provenance{"synthetic", "2026", "D"}
	knowledge       = provenance{"chainkg", "2021", "B"}
	matched         = provenance{"chainkg", "2021", "C"}
	stockList       = provenance{"stock-basic", "2025", "D"}
	tushare         = provenance{"tushare-2024", "2024", "B"}
	szse            = provenance{"szse-2025", "2025", "A"}
	addresses       = provenance{"address-2015", "2015", "B"}
	business        = provenance{"business-2022", "2022", "B"}
	disclosed       = provenance{"disclosed-products", "2025", "D"}
	private         = provenance{"private-2025", "2025", "B"}
	awarded         = provenance{"awards-hubei", "", "A"} // dated by the year of each award
	prospectuses    = provenance{"ipo-services", "", "A"} // dated by each offering
	derivedServices = provenance{"ipo-services", "2019", "C"}
)

// by returns r with the provenance filled in.
func (r row) by(p provenance) row {
	r["source"], r["as_of"], r["grade"] = p.source, p.asOf, p.grade
	return r
}
