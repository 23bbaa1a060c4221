package evaluate

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// The files of the plain layout.
const (
	CompaniesFile = "companies.csv" // id, region, item, date
	ItemsFile     = "items.csv"     // item, name, parent
	FeedsFile     = "feeds.csv"     // from, to
	SuppliesFile  = "supplies.csv"  // supplier, buyer
	ProductsFile  = "products.csv"  // item, name
)

// Company is a row of companies.csv: a company came to a region with an item
// on a day.
type Company struct {
	ID, Region, Item string
	Date             string // ISO; a year or a month stands for its last day
}

// Item is a row of items.csv or products.csv. Parent is "" for none.
type Item struct{ Code, Name, Parent string }

// Pair is a row of feeds.csv (from, to) or supplies.csv (supplier, buyer).
type Pair struct{ From, To string }

// LeftOut reports rows that no evaluation can use.
type LeftOut struct {
	File   string `json:"file"`
	Line   int    `json:"line"` // of the first such row
	Reason string `json:"reason"`
	Rows   int    `json:"rows"`
}

// Folder is data to evaluate on. Rows stand in the order of the files, without
// repetition.
type Folder struct {
	Companies []Company
	Items     []Item
	Products  []Item
	Feeds     []Pair
	Supplies  []Pair
	LeftOut   []LeftOut
	Digest    string // of the bytes of the files that were read
}

// ReadFolder reads the named files of a folder in the plain layout: UTF-8 CSV
// with a header, columns in any order, further columns ignored. A missing
// file is an error wrapping [fs.ErrNotExist] unless it is optional:
// items.csv and products.csv. Rows without a needed value or with an invalid
// date are left out and reported.
func ReadFolder(folder string, files ...string) (*Folder, error) {
	f := &Folder{}
	sum := sha256.New()
	var faults []error
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) && (name == ItemsFile || name == ProductsFile) {
			continue
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(text))
		sum.Write(text)
		faults = append(faults, f.read(name, bytes.NewReader(text)))
	}
	f.Digest = hex.EncodeToString(sum.Sum(nil))[:16]
	return f, errors.Join(faults...)
}

// ReadPairs reads one file of pairs with the two named columns.
func ReadPairs(path, from, to string) ([]Pair, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	err = readRows(filepath.Base(path), bytes.NewReader(text), []string{from, to}, nil, func(_ int, row []string) string {
		if row[0] == "" || row[1] == "" {
			return "a value is missing"
		}
		pairs = append(pairs, Pair{row[0], row[1]})
		return ""
	}, nil)
	return distinct(pairs), err
}

func (f *Folder) read(name string, r io.Reader) error {
	keep := map[string]func(row []string) string{
		CompaniesFile: f.company,
		ItemsFile:     func(row []string) string { return item(&f.Items, row) },
		ProductsFile:  func(row []string) string { return item(&f.Products, row) },
		FeedsFile:     func(row []string) string { return pair(&f.Feeds, row) },
		SuppliesFile:  func(row []string) string { return pair(&f.Supplies, row) },
	}[name]
	columns := map[string][]string{
		CompaniesFile: {"id", "region", "item", "date"}, ItemsFile: {"item", "name"}, ProductsFile: {"item", "name"},
		FeedsFile: {"from", "to"}, SuppliesFile: {"supplier", "buyer"},
	}[name]
	var optional []string
	if name == ItemsFile {
		optional = []string{"parent"}
	}
	err := readRows(name, r, columns, optional, func(_ int, row []string) string { return keep(row) }, &f.LeftOut)
	f.Companies, f.Feeds, f.Supplies = distinct(f.Companies), distinct(f.Feeds), distinct(f.Supplies)
	f.Items, f.Products = distinct(f.Items), distinct(f.Products)
	return err
}

func (f *Folder) company(row []string) string {
	if slices.Contains(row[:3], "") {
		return "id, region or item is missing"
	}
	date, err := schema.ParseDate(row[3])
	if err != nil || date == "" {
		return "the date is missing or invalid"
	}
	f.Companies = append(f.Companies, Company{row[0], row[1], row[2], date})
	return ""
}

func item(list *[]Item, row []string) string {
	if row[0] == "" {
		return "the item is missing"
	}
	i := Item{Code: row[0], Name: row[1]}
	if len(row) > 2 && row[2] != row[0] {
		i.Parent = row[2]
	}
	*list = append(*list, i)
	return ""
}

func pair(list *[]Pair, row []string) string {
	switch {
	case row[0] == "" || row[1] == "":
		return "a value is missing"
	case row[0] == row[1]:
		return "both are the same"
	}
	*list = append(*list, Pair{row[0], row[1]})
	return ""
}

// readRows calls visit with the line and the values of the wanted columns of
// every row, optional ones last and "" where the file lacks them. What visit
// returns, unless "", is why the row is left out.
func readRows(name string, r io.Reader, wanted, optional []string, visit func(line int, row []string) string, left *[]LeftOut) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	c.LazyQuotes = true
	head, err := c.Read()
	if err != nil {
		return message.Errorf("%s: no header: %w", name, err)
	}
	for i := range head {
		head[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(head[i], "\ufeff")))
	}
	at := make([]int, 0, len(wanted)+len(optional))
	for i, column := range slices.Concat(wanted, optional) {
		at = append(at, slices.Index(head, column))
		if at[i] < 0 && i < len(wanted) {
			return message.Errorf("%s: no column %q; there are: %s", name, column, strings.Join(head, ", "))
		}
	}
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return message.Errorf("%s: %w", name, err)
		}
		row := make([]string, len(at))
		for i, column := range at {
			if column >= 0 && column < len(record) {
				row[i] = strings.TrimSpace(record[column])
			}
		}
		line, _ := c.FieldPos(0)
		if reason := visit(line, row); reason != "" && left != nil {
			note(left, LeftOut{File: name, Line: line, Reason: reason})
		}
	}
}

func note(left *[]LeftOut, l LeftOut) {
	for i, old := range *left {
		if old.File == l.File && old.Reason == l.Reason {
			(*left)[i].Rows++
			return
		}
	}
	l.Rows = 1
	*left = append(*left, l)
}

// distinct keeps the first of equal rows.
func distinct[T comparable](rows []T) []T {
	seen := make(map[T]bool, len(rows))
	return slices.DeleteFunc(rows, func(row T) bool {
		if seen[row] {
			return true
		}
		seen[row] = true
		return false
	})
}
