package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"liantu/evaluate/placement"
	"liantu/graph/projection"
	"liantu/place"
)

// company is a company with its judged pairs by code of link.
type company struct {
	place.Company
	pairs map[string]place.Verdict
	fresh bool // it was first judged when the rules and the terms stood
}

// labels are the judged pairs of a company, in order of link.
func (c *company) labels() []placement.Label {
	var out []placement.Label
	for _, link := range slices.Sorted(maps.Keys(c.pairs)) {
		out = append(out, placement.Label{Company: c.Name, Link: link, Verdict: c.pairs[link]})
	}
	return out
}

// firstFresh is the first reading of companies that nobody had looked at while the rules
// and the terms were written.
const firstFresh = "3"

// words finds the texts of companies, by name and source.
type words map[[2]string]place.Company

// newWords reads the texts of a data folder.
func newWords(data string) (words, error) {
	w := words{}
	add := func(name, source, industry, text string) {
		c := place.Company{Name: name, Industry: industry}
		if source == "main_business" {
			c.Business = text
		} else {
			c.Scope = text
		}
		if _, ok := w[[2]string{name, source}]; !ok {
			w[[2]string{name, source}] = c
		}
	}
	return w, errors.Join(
		eachRow(filepath.Join(data, "placement", "companies.csv"), func(r map[string]string) { add(r["company"], r["source"], r["industry"], r["text"]) }),
		eachRow(filepath.Join(data, "today", "private_companies_2025.csv.gz"), func(r map[string]string) {
			add(r["name"], "business_scope", r["industry"], r["business_scope"])
		}),
		eachRow(filepath.Join(data, "today", "companies_business_2022.csv"), func(r map[string]string) {
			add(r["name"], "main_business", r["industry"], r["product_types"]+"；"+r["main_business"])
		}))
}

// codesOf returns what finds the code of a link by a code that it has or had.
func codesOf(p *projection.Projection) func(string) string {
	return func(code string) string {
		if v, err := p.Lookup(code, projection.Link); err == nil {
			return p.Code(v)
		}
		return code
	}
}

// judged returns the companies of some files of pairs with their texts, sorted by name.
// Codes that a link had before count for it; of two verdicts the better one counts. A
// company without a text is an error.
func (w words) judged(codeOf func(string) string, paths ...string) ([]company, error) {
	found := map[[2]string]*company{}
	var faults []error
	for _, path := range paths {
		faults = append(faults, eachRow(path, func(r map[string]string) {
			key := [2]string{r["company"], r["source"]}
			text, ok := w[key]
			if !ok {
				faults = append(faults, fmt.Errorf("%s: no text of %s", path, key))
				return
			}
			if found[key] == nil {
				found[key] = &company{text, map[string]place.Verdict{}, r["reading"] >= firstFresh}
			}
			link := codeOf(r["link"])
			order := []place.Verdict{"", place.No, place.Partly, place.Yes}
			if v := place.Verdict(r["label"]); slices.Index(order, v) > slices.Index(order, found[key].pairs[link]) {
				found[key].pairs[link] = v
			}
		}))
	}
	var out []company
	for _, key := range slices.SortedFunc(maps.Keys(found), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		out = append(out, *found[key])
	}
	return out, errors.Join(faults...)
}

// eachRow calls use for every row of a CSV file with a header, packed or not.
func eachRow(path string, use func(map[string]string)) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var from io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	rows, err := csv.NewReader(from).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, head := range rows[0] {
			row[strings.TrimPrefix(head, "\ufeff")] = strings.TrimSpace(cells[i])
		}
		use(row)
	}
	return nil
}
