package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// row is one line of a sheet: column heads and what is under them.
type row map[string]string

// layout names the sheets of the pack and their columns in order. Every sheet
// ends with source, as_of and grade.
var layout = map[string]string{
	"Source":         "name title publisher licence data_date population complete_in is_placement notice english_notice url description",
	"Ecosystem":      "code name english_name description",
	"Chain":          "code name english_name aliases",
	"Link":           "code name english_name position holds declared_role keywords aliases former_codes",
	"Company":        "stock_code uscc name short_name former_names english_name exchange list_date founded registered_capital employees insured_persons industry main_products main_business business_scope ownership status leader placement region",
	"Product":        "name",
	"Intermediary":   "name short_name former_names aliases category rating capacity introduced_count landed_count description synthetic",
	"Person":         "code name native_region employer phone gender category consent consent_until expertise description synthetic",
	"Park":           "code name category area free_area free_floor_space description synthetic",
	"Opportunity":    "code name category offer publisher amount published deadline description synthetic",
	"Project":        "code name stage investment jobs first_contact signed_on landed_on description synthetic",
	"TaskForce":      "code name lead_unit contact_name phone description synthetic",
	"PART_OF":        "from_kind from to_kind to ordinal",
	"SAME_AS":        "from to evidence",
	"FEEDS":          "from_kind from to_kind to layer evidence",
	"OPERATES_IN":    "from to leader revenue_share probability evidence",
	"MAY_OPERATE_IN": "from to probability evidence",
	"SUPPLIES":       "from to item amount",
	"MAKES":          "from to revenue_share",
	"BELONGS_TO":     "from to evidence",
	"LOCATED_IN":     "from_kind from to role synthetic",
	"SERVES":         "from to service date fee",
	"SPECIALISES_IN": "from to_kind to level evidence synthetic",
	"COVERS":         "from to office synthetic",
	"NATIVE_OF":      "from to tie synthetic",
	"WORKS_AT":       "from to post influence valid_from valid_to synthetic",
	"KNOWS":          "from to relation closeness last_contact synthetic",
	"MEMBER_OF":      "from_kind from to post synthetic",
	"INTRODUCED":     "from_kind from to date outcome synthetic",
	"HOSTS":          "from to_kind to leading synthetic",
	"DEMANDS":        "from to note synthetic",
	"FILLS":          "from to_kind to output synthetic",
	"INVOLVES":       "from to_kind to part synthetic",
	"IN_CHARGE_OF":   "from to_kind to synthetic",
	"TARGETS":        "from to status priority note synthetic",
}

// pack collects the sheets by name.
type pack map[string][]row

// columns returns the column heads of a sheet.
func columns(sheet string) []string {
	return append(strings.Fields(layout[sheet]), "source", "as_of", "grade")
}

// add puts rows into a sheet.
func (p pack) add(sheet string, rows ...row) { p[sheet] = append(p[sheet], rows...) }

// join makes one row of the rows of a sheet of nodes that state other properties of the same
// node by the same source, date and grade. The first of the keys that a row has names the node.
func (p pack) join(sheet string, keys ...string) {
	first := map[string]row{}
	p[sheet] = slices.DeleteFunc(p[sheet], func(r row) bool {
		id := r["source"] + "|" + r["as_of"] + "|" + r["grade"]
		for _, k := range keys {
			if r[k] != "" {
				id += "|" + r[k]
				break
			}
		}
		into := first[id]
		if into == nil {
			first[id] = r
			return false
		}
		for h, v := range r {
			if v != "" && into[h] != "" && into[h] != v {
				return false
			}
		}
		for h, v := range r {
			if v != "" {
				into[h] = v
			}
		}
		return true
	})
}

// sheets returns the names of the sheets in order.
func (p pack) sheets() []string { return slices.Sorted(maps.Keys(p)) }

// write stores every sheet as a CSV file in dir and removes the CSV files there
// that are not sheets of the pack.
func (p pack) write(dir string) error {
	files, err := p.files()
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if _, ok := files[filepath.Base(path)]; !ok {
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// files returns the text of every sheet by file name. Rows keep the order in
// which they were added; a row that repeats another one is left out.
func (p pack) files() (map[string][]byte, error) {
	files := map[string][]byte{}
	for sheet, rows := range p {
		heads := columns(sheet)
		if layout[sheet] == "" {
			return nil, fmt.Errorf("sheet %q has no columns", sheet)
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		lines := [][]string{heads}
		seen := map[string]bool{}
		for _, r := range rows {
			line, err := r.line(heads)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", sheet, err)
			}
			if key := strings.Join(line, "\x00"); !seen[key] {
				seen[key] = true
				lines = append(lines, line)
			}
		}
		if err := w.WriteAll(lines); err != nil {
			return nil, err
		}
		files[sheet+".csv"] = b.Bytes()
	}
	return files, nil
}

// line puts the values of r under the heads. A value under an unknown head is
// an error, and so is a row without source, date and grade.
func (r row) line(heads []string) ([]string, error) {
	line := make([]string, len(heads))
	for i, h := range heads {
		line[i] = r[h]
	}
	for h := range r {
		if !slices.Contains(heads, h) {
			return nil, fmt.Errorf("row %v has no column %q", r, h)
		}
	}
	for _, h := range []string{"source", "as_of", "grade"} {
		if r[h] == "" {
			return nil, fmt.Errorf("row %v lacks %s", r, h)
		}
	}
	return line, nil
}
