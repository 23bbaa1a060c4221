package placement

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"liantu/message"
	"liantu/place"
)

// CompaniesFile is the file of a folder of company texts: company, code, region, source,
// industry, text. source says what the text is: main_products, main_business or
// business_scope; further columns are ignored.
const CompaniesFile = "companies.csv"

// Text is one company of a folder, with the sources of its texts.
type Text struct {
	place.Company
	Sources []string // in the order of the file
}

// ReadFolder reads the companies of a folder, in the order of the file; rows of one name
// are one company. An unknown source and a missing column are errors that name the row.
func ReadFolder(folder string) ([]Text, error) {
	var out []Text
	index := map[string]int{}
	err := readRows(filepath.Join(folder, CompaniesFile), []string{"company", "source", "text"}, func(row map[string]string) error {
		name := row["company"]
		i, ok := index[name]
		if !ok {
			i = len(out)
			index[name] = i
			out = append(out, Text{Company: place.Company{Name: name}})
		}
		c := &out[i]
		c.Sources = append(c.Sources, row["source"])
		if c.Industry == "" {
			c.Industry = row["industry"]
		}
		into := map[string]*string{"main_products": &c.Products, "main_business": &c.Business, "business_scope": &c.Scope}[row["source"]]
		if into == nil {
			return message.Errorf("unknown source %q; it is main_products, main_business or business_scope", row["source"])
		}
		*into = strings.Trim(*into+"；"+row["text"], "；")
		return nil
	})
	return out, err
}

// Label is a pair that somebody judged.
type Label struct {
	Company, Link string
	Verdict       place.Verdict
}

// ReadLabels reads a file with the columns company, link and label.
func ReadLabels(path string) ([]Label, error) {
	var out []Label
	err := readRows(path, []string{"company", "link", "label"}, func(row map[string]string) error {
		v := place.Verdict(row["label"])
		if v != place.Yes && v != place.Partly && v != place.No {
			return message.Errorf("unknown label %q; it is yes, partly or no", row["label"])
		}
		out = append(out, Label{row["company"], row["link"], v})
		return nil
	})
	return out, err
}

// readRows calls use for every row of a CSV file with a header that has some columns.
func readRows(path string, columns []string, use func(map[string]string) error) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		return message.Errorf("%s: %w", path, err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	at := map[string]int{}
	for i, name := range head {
		at[strings.TrimSpace(name)] = i
	}
	for _, c := range columns {
		if _, ok := at[c]; !ok {
			return message.Errorf("%s: the column %q is missing", path, c)
		}
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return message.Errorf("%s: %w", path, err)
		}
		row := map[string]string{}
		for name, i := range at {
			row[name] = strings.TrimSpace(cells[i])
		}
		if err := use(row); err != nil {
			line, _ := r.FieldPos(0)
			return message.Errorf("%s:%d: %w", path, line, err)
		}
	}
}
