package evaluate

import (
	"bytes"
	"cmp"
	_ "embed"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"liantu/message"
	"liantu/schema"
)

// ServicesFile says who served whom: company, date, region, item, kind (such as
// LAW_FIRM) and intermediary. A company has a row for each item, kind and
// intermediary; a cell may name several intermediaries, separated by commas.
const ServicesFile = "services.csv"

// offering is the services of intermediaries of one kind to one company on one
// day.
type offering struct {
	company, kind string
	day           string
	region        string
	items, firms  []string
}

// readServices reads the offerings of a folder, the oldest first.
func readServices(folder string, left *[]LeftOut) ([]offering, error) {
	text, err := os.ReadFile(filepath.Join(folder, ServicesFile))
	if err != nil {
		return nil, err
	}
	type key struct{ company, kind, day string }
	found := map[key]*offering{}
	err = readRows(ServicesFile, bytes.NewReader(text), []string{"company", "date", "region", "kind", "intermediary"}, []string{"item"}, func(_ int, row []string) string {
		day, err := schema.ParseDate(row[1])
		switch {
		case row[0] == "" || row[2] == "" || row[3] == "" || row[4] == "":
			return "company, region, kind or intermediary is missing"
		case err != nil:
			return "the date is invalid"
		}
		k := key{row[0], strings.ToUpper(strings.Join(strings.Fields(row[3]), "_")), schema.LastDay(day)}
		o := found[k]
		if o == nil {
			o = &offering{company: k.company, kind: k.kind, day: k.day, region: row[2]}
			found[k] = o
		}
		if row[5] != "" && !slices.Contains(o.items, row[5]) {
			o.items = append(o.items, row[5])
		}
		for _, name := range strings.FieldsFunc(row[4], func(r rune) bool { return strings.ContainsRune(",，;；、\n", r) }) {
			if firm := firmName(name); firm != "" && !slices.Contains(o.firms, firm) {
				o.firms = append(o.firms, firm)
			}
		}
		return ""
	}, left)
	offerings := make([]offering, 0, len(found))
	for _, o := range found {
		if len(o.firms) > 0 {
			slices.Sort(o.items)
			slices.Sort(o.firms)
			offerings = append(offerings, *o)
		}
	}
	slices.SortFunc(offerings, func(a, b offering) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.company, b.company), cmp.Compare(a.kind, b.kind))
	})
	if err == nil && len(offerings) == 0 {
		err = message.Errorf("%s: no service can be used", ServicesFile)
	}
	return offerings, err
}

// companyForm matches the part of a firm's name that changes with its legal form
// while the firm stays the same.
var companyForm = regexp.MustCompile(`(股份有限公司|有限责任公司|有限公司|\((特殊)?普通合伙\)|\(集团\))`)

// firmName is a name without width, blanks and legal form; "" for a placeholder.
func firmName(name string) string {
	name = strings.Join(strings.Fields(norm.NFKC.String(name)), "")
	if name = companyForm.ReplaceAllString(name, ""); strings.Trim(name, "-—/0") == "" {
		return ""
	}
	return name
}

// renamings lists which firm continues under which name, and since when. A firm
// that merged into another, or whose business moved to a subsidiary, continues
// there. The list is common knowledge of grade D: its days were not checked
// against documents, and it serves to count names of one firm together, not to
// state its history.
//
//go:embed firms.csv
var renamings []byte

// succession holds the names of firms over the years.
type succession struct{ next map[string]renaming }

type renaming struct{ name, since string }

func newSuccession() (*succession, error) {
	s := &succession{map[string]renaming{}}
	return s, readRows("firms.csv", bytes.NewReader(renamings), []string{"former", "present", "since"}, nil, func(_ int, row []string) string {
		s.next[firmName(row[0])] = renaming{firmName(row[1]), schema.FirstDay(row[2])}
		return ""
	}, nil)
}

// on returns the name by which a firm is known on a day.
func (s *succession) on(firm, day string) string {
	for r, ok := s.next[firm]; ok && r.since <= day; r, ok = s.next[firm] {
		firm = r.name
	}
	return firm
}

// before returns the names on a day that lead to a firm as it is called later:
// its own, and those of the firms that have merged into it since.
func (s *succession) before(firm, day, later string) []string {
	names := []string{s.on(firm, day)}
	for former := range s.next {
		if s.on(former, later) == s.on(firm, later) {
			names = append(names, s.on(former, day))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
