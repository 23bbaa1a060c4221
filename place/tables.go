package place

import (
	"embed"
	"encoding/csv"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"liantu/message"
	"liantu/resolve"
)

//go:embed tables
var embedded embed.FS

// Tables is what people wrote down about items and industry classes.
type Tables struct {
	items         map[string]*tableItem
	words         map[string]*tableItem // things; they count wherever a thing is named, items only as they stand
	classes       map[string]*class     // by code and by name
	divisions     map[string]string     // name or code of a class of GB/T 4754 → its division of two digits
	linkDivisions map[string][]string   // code of a link → the divisions of its classes
}

// A tableItem says what an item means wherever it stands.
type tableItem struct {
	how   How // TableExact, TableWider, TablePart, TableTrade; ByClass for an item of no link
	links []string
}

// numbers returns the numbers of links in a taxonomy by their codes; codes that it lacks are
// left out.
func (t *Taxonomy) numbers(codes []string) []int32 {
	var out []int32
	for _, code := range codes {
		if i, ok := t.byCode[code]; ok {
			out = append(out, i)
		}
	}
	return out
}

// A class says which links an industry class means.
type class struct {
	exact  bool // whoever is of the class is at one of the links
	links  []string
	chains []string // chains to which a company of the class may belong
}

// hows are the kinds of the table of items.
var hows = map[string]How{"exact": TableExact, "wider": TableWider, "partly": TablePart, "trade": TableTrade, "none": ByClass, "template": ByClass, "boilerplate": ByClass}

// ReadTables reads items.csv, words.csv, divisions.csv, classes.csv and industries.csv of a
// folder, each of which may be missing. A fault names the file and the line.
func ReadTables(fsys fs.FS) (*Tables, error) {
	t := &Tables{items: map[string]*tableItem{}, words: map[string]*tableItem{}, classes: map[string]*class{}, divisions: map[string]string{}, linkDivisions: map[string][]string{}}
	return t, errors.Join(
		readTable(fsys, "divisions.csv", func(row map[string]string) error {
			t.divisions[row["division"]] = row["division"]
			t.divisions[resolve.Fold(row["name"])] = row["division"]
			return nil
		}),
		readTable(fsys, "items.csv", into(t.items)),
		readTable(fsys, "words.csv", into(t.words)),
		readTable(fsys, "classes.csv", func(row map[string]string) error {
			c := &class{exact: row["fit"] == "exact", links: codes(row["links"])}
			c.chains = chainsOf(c.links)
			division := row["class"][:min(2, len(row["class"]))]
			t.divisions[row["class"]] = division
			t.divisions[resolve.Fold(row["name"])] = division
			for _, l := range c.links {
				if !slices.Contains(t.linkDivisions[l], division) {
					t.linkDivisions[l] = append(t.linkDivisions[l], division)
				}
			}
			t.classes[row["class"]] = c
			if item := resolve.Fold(row["name"]); t.items[item] == nil { // registers state items in the words of the classes
				t.items[item] = &tableItem{how: classHow(row["fit"]), links: c.links}
			}
			if key := resolve.Fold(row["name"]); t.classes[key] == nil {
				t.classes[key] = c
			}
			return nil
		}),
		readTable(fsys, "industries.csv", func(row map[string]string) error {
			c := &class{exact: row["fit"] == "exact", links: codes(row["links"]), chains: codes(row["chains"])}
			if key := resolve.Fold(row["industry"]); key != "" { // -- stands for an unknown industry
				t.classes[key] = c
			}
			return nil
		}))
}

// into returns what takes the rows of a table of items.
func into(items map[string]*tableItem) func(map[string]string) error {
	return func(row map[string]string) error {
		how, ok := hows[row["kind"]]
		if !ok {
			return message.Errorf("unknown kind %q", row["kind"])
		}
		items[resolve.Fold(row["item"])] = &tableItem{how: how, links: codes(row["links"])}
		return nil
	}
}

// classHow is what a class says as an item.
func classHow(fit string) How {
	switch fit {
	case "exact":
		return TableExact
	case "wider":
		return TableWider
	}
	return ByClass
}

// industry returns the class and the division of GB/T 4754 of a company, by the code of a
// class or else by its folded name. A code that is not in the table counts by its
// beginning: 3985 by 398, then by 39. The class is nil and the division "" when unknown.
func (t *Tables) industry(code, name string) (*class, string) {
	code = strings.TrimLeft(resolve.Fold(code), "abcdefghijklmnopqrst")
	for n := len(code); n >= 2; n-- {
		if c := t.classes[code[:n]]; c != nil || t.divisions[code[:n]] != "" {
			return c, t.divisions[code[:n]]
		}
	}
	name = strings.TrimLeft(name, "abcdefghijklmnopqrst0123456789 ")
	return t.classes[name], t.divisions[name]
}

// chainsOf returns the chains of links, which are the beginnings of their codes.
func chainsOf(links []string) []string {
	var out []string
	for _, l := range links {
		chain, _, _ := strings.Cut(l, ".")
		out = append(out, chain)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// codes cuts a cell at its semicolons.
func codes(cell string) []string {
	var out []string
	for _, c := range strings.Split(cell, ";") {
		if c = strings.TrimSpace(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}

// readTable calls use for every row of a CSV file with a header.
func readTable(fsys fs.FS, name string, use func(map[string]string) error) error {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	rows, err := r.ReadAll()
	if err != nil {
		return message.Errorf("%s: %w", name, err)
	}
	for n, cells := range rows[min(1, len(rows)):] {
		row := map[string]string{}
		for i, head := range rows[0] {
			row[head] = strings.TrimSpace(cells[i])
		}
		if err := use(row); err != nil {
			return message.Errorf("%s:%d: %w", name, n+2, err)
		}
	}
	return nil
}
