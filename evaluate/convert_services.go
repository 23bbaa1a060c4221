package evaluate

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"liantu/schema"
)

// ServiceConversion says how a table of public offerings becomes services.csv.
type ServiceConversion struct {
	// Offerings is a CSV file, gzipped or not, with the columns ts_code,
	// list_date, province, csrc_industry, underwriter, auditor and law_firm.
	Offerings string
	// Places is a CSV file with ts_code and city, or with stock_code and
	// addr_reg; "" leaves companies in their provinces. It may be a list.
	Places []string
	// Industries is a folder in the layout of ChainKnowledgeGraph whose industry
	// codes are the items; "" takes the industry that the offering states.
	Industries string
	To         string // folder to write
	// Write writes a file.
	Write func(name string, data []byte) error
}

// services are the columns of a table of offerings that name intermediaries.
var services = []struct{ column, kind string }{
	{"underwriter", "UNDERWRITER"}, {"auditor", "AUDITOR"}, {"law_firm", "LAW_FIRM"},
}

// ConvertServices writes services.csv and returns how many rows it has.
func ConvertServices(c ServiceConversion) (int, error) {
	places, err := c.places()
	if err != nil {
		return 0, err
	}
	items, err := c.items()
	if err != nil {
		return 0, err
	}
	table := [][]string{{"company", "date", "region", "item", "kind", "intermediary"}}
	err = readTable(c.Offerings, []string{"ts_code", "list_date", "province", "csrc_industry", "underwriter", "auditor", "law_firm"}, func(row []string) {
		code := digits(row[0])
		region := row[2]
		if r, err := schema.FindRegion(row[2]); err == nil {
			region = r.Code
		}
		if at, ok := places[code]; ok && schema.Within(at, region) {
			region = at
		}
		industries := items[code]
		if len(industries) == 0 {
			industries = []string{row[3]}
		}
		for i, s := range services {
			for _, item := range industries {
				if row[4+i] != "" {
					table = append(table, []string{code, row[1], region, item, s.kind, row[4+i]})
				}
			}
		}
	})
	if err != nil {
		return 0, err
	}
	slices.SortFunc(table[1:], slices.Compare)
	table = slices.CompactFunc(table, slices.Equal)
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(table); err != nil {
		return 0, err
	}
	return len(table) - 1, c.Write(filepath.Join(c.To, ServicesFile), b.Bytes())
}

// places returns the region code of each company, as precise as the files state
// it; an earlier file takes precedence.
func (c ServiceConversion) places() (map[string]string, error) {
	places := map[string]string{}
	for _, path := range c.Places {
		note := func(code, region string) {
			if _, known := places[digits(code)]; !known && region != "" {
				places[digits(code)] = region
			}
		}
		cities := readTable(path, []string{"ts_code", "province", "city"}, func(row []string) {
			r, err := schema.FindRegion(row[1] + row[2])
			if row[2] != "" && err == nil {
				note(row[0], r.Code)
			}
		})
		if cities == nil {
			continue
		}
		if err := readTable(path, []string{"stock_code", "addr_reg"}, func(row []string) {
			if r, err := schema.LocateAddress(row[1]); err == nil {
				note(row[0], r.Code)
			}
		}); err != nil {
			return nil, err
		}
	}
	return places, nil
}

func (c ServiceConversion) items() (map[string][]string, error) {
	items := map[string][]string{}
	if c.Industries == "" {
		return items, nil
	}
	err := Conversion{From: c.Industries}.lines("company_industry", func(l map[string]any) {
		code, item := digits(word(l, "company_code")), word(l, "industry_code")
		if item != "" && !slices.Contains(items[code], item) {
			items[code] = append(items[code], item)
		}
	})
	return items, err
}

// readTable calls visit with the wanted columns of every row of a CSV file.
func readTable(path string, wanted []string, visit func(row []string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	text, err := plain(f)
	if err = cmp.Or(err, f.Close()); err != nil {
		return err
	}
	return readRows(filepath.Base(strings.TrimSuffix(path, ".gz")), bytes.NewReader(text), wanted, nil, func(_ int, row []string) string {
		visit(row)
		return ""
	}, nil)
}
