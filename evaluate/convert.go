package evaluate

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"liantu/message"
)

// Conversion says how a folder in the layout of the ChainKnowledgeGraph
// dataset becomes one in the plain layout.
type Conversion struct {
	From, To string // folders; Write gets the names of the files in the second
	// Places is a CSV file with the stock code (ts_code), the place (in the
	// column PlaceColumn) and the listing day (list_date) of each company.
	Places      string
	PlaceColumn string
	// Write writes a file.
	Write func(name string, data []byte) error
}

// upstream is the relation of a product to a material that goes into it.
const upstream = "上游材料"

// Convert writes companies.csv, items.csv, feeds.csv and products.csv, and
// returns how many rows each has. A company has a row for each of its
// industries, dated by its listing; companies without a place or a listing day
// are left out. Companies are joined by the six digits of their codes.
func Convert(c Conversion) (map[string]int, error) {
	rows := map[string][][]string{}
	for name, make := range map[string]func() ([][]string, error){
		CompaniesFile: c.companies, ItemsFile: c.items, FeedsFile: c.feeds, ProductsFile: c.products,
	} {
		table, err := make()
		if err != nil {
			return nil, err
		}
		rows[name] = table
	}
	counts := map[string]int{}
	for name, table := range rows {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(table); err != nil {
			return nil, err
		}
		if err := c.Write(filepath.Join(c.To, name), b.Bytes()); err != nil {
			return nil, err
		}
		counts[name] = len(table) - 1
	}
	return counts, nil
}

func (c Conversion) companies() ([][]string, error) {
	f, err := os.Open(c.Places)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := plain(f)
	if err != nil {
		return nil, err
	}
	type seat struct{ place, day string }
	seats := map[string]seat{}
	err = readRows(filepath.Base(c.Places), bytes.NewReader(text), []string{"ts_code", c.PlaceColumn, "list_date"}, nil, func(_ int, row []string) string {
		if row[1] != "" && row[2] != "" {
			seats[digits(row[0])] = seat{row[1], row[2]}
		}
		return ""
	}, nil)
	if err != nil {
		return nil, err
	}
	table := [][]string{{"id", "region", "item", "date"}}
	err = c.lines("company_industry", func(l map[string]any) {
		code := digits(word(l, "company_code"))
		if s, ok := seats[code]; ok && word(l, "industry_code") != "" {
			table = append(table, []string{code, s.place, word(l, "industry_code"), s.day})
		}
	})
	slices.SortFunc(table[1:], slices.Compare)
	return slices.CompactFunc(table, slices.Equal), err
}

func (c Conversion) items() ([][]string, error) {
	parent := map[string]string{}
	if err := c.lines("industry_industry", func(l map[string]any) {
		parent[word(l, "from_code")] = word(l, "to_code")
	}); err != nil {
		return nil, err
	}
	table := [][]string{{"item", "name", "parent"}}
	err := c.lines("industry", func(l map[string]any) {
		code := word(l, "code")
		table = append(table, []string{code, word(l, "name"), parent[code]})
	})
	slices.SortFunc(table[1:], slices.Compare)
	return slices.CompactFunc(table, slices.Equal), err
}

func (c Conversion) feeds() ([][]string, error) {
	table := [][]string{{"from", "to"}}
	err := c.lines("product_product", func(l map[string]any) {
		if from, to := word(l, "to_entity"), word(l, "from_entity"); word(l, "rel") == upstream && from != to {
			table = append(table, []string{from, to})
		}
	})
	slices.SortFunc(table[1:], slices.Compare)
	return slices.CompactFunc(table, slices.Equal), err
}

func (c Conversion) products() ([][]string, error) {
	table := [][]string{{"item", "name"}}
	err := c.lines("product", func(l map[string]any) {
		table = append(table, []string{word(l, "name"), word(l, "name")})
	})
	slices.SortFunc(table[1:], slices.Compare)
	return slices.CompactFunc(table, slices.Equal), err
}

// word returns a text of a line, cleaned of blanks and line breaks.
func word(line map[string]any, name string) string {
	text, _ := line[name].(string)
	return strings.Join(strings.Fields(text), " ")
}

// digits returns a stock code without its exchange.
func digits(code string) string {
	code, _, _ = strings.Cut(strings.TrimSpace(code), ".")
	return code
}

// lines calls visit with each line of a file of JSON lines, gzipped or not.
func (c Conversion) lines(name string, visit func(map[string]any)) error {
	f, err := os.Open(filepath.Join(c.From, name+".json.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		f, err = os.Open(filepath.Join(c.From, name+".json"))
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	text, err := plain(f)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	for {
		var line map[string]any
		if err := d.Decode(&line); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return message.Errorf("%s: %w", f.Name(), err)
		}
		visit(line)
	}
}

// plain reads a file, unpacked if its name says that it is gzipped.
func plain(f *os.File) ([]byte, error) {
	if !strings.HasSuffix(f.Name(), ".gz") {
		return io.ReadAll(f)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, message.Errorf("%s: %w", f.Name(), err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil, message.Errorf("%s: %w", f.Name(), err)
	}
	return text, nil
}
