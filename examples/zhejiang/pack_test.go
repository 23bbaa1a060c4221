package zhejiang_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/schema"
)

// row is one line of a sheet: column heads and what is under them.
type row map[string]string

// sheets returns all files of the pack by the name of their kind.
func sheets(t *testing.T) map[string][]row {
	t.Helper()
	all, err := readSheets()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// readSheets reads the pack once for all tests, which do not change it.
var readSheets = sync.OnceValues(func() (map[string][]row, error) {
	names, err := fs.Glob(zhejiang.FS(), "*.csv")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("the pack has %d files: %w", len(names), err)
	}
	all := map[string][]row{}
	for _, name := range names {
		text, err := fs.ReadFile(zhejiang.FS(), name)
		if err != nil {
			return nil, err
		}
		lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		kind := strings.TrimSuffix(name, ".csv")
		for _, line := range lines[1:] {
			r := row{}
			for i, head := range lines[0] {
				r[head] = line[i]
			}
			all[kind] = append(all[kind], r)
		}
	}
	return all, nil
})

// count returns how many different values a column of the chosen rows has.
func count(rows []row, column string, chosen func(row) bool) int {
	seen := map[string]bool{}
	for _, r := range rows {
		if r[column] != "" && (chosen == nil || chosen(r)) {
			seen[r[column]] = true
		}
	}
	return len(seen)
}

func TestHoldsWhatTheReadmeStates(t *testing.T) {
	all := sheets(t)
	has := func(column string) func(row) bool { return func(r row) bool { return r[column] != "" } }
	is := func(column, value string) func(row) bool { return func(r row) bool { return r[column] == value } }
	city := func(r row) bool { return r["from_kind"] == "Company" && !strings.HasSuffix(r["to"], "0000") }
	cases := []struct {
		what  string
		got   int
		least int
	}{
		{"ecosystems", count(all["Ecosystem"], "code", nil), 5},
		{"chains", count(all["Chain"], "code", nil), 37},
		{"links", count(all["Link"], "code", has("position")), 1900},
		{"links in a tree", count(all["PART_OF"], "from", is("from_kind", "Link")), 800},
		{"flows", len(all["FEEDS"]), 500},
		{"key links", count(all["Link"], "code", is("declared_role", "KEY")), 8},
		{"restricted links", count(all["Link"], "code", is("declared_role", "RESTRICTED")), 13},
		{"headings", count(all["Link"], "code", is("holds", "HEADING")), 100},
		{"customers", count(all["Link"], "code", is("holds", "CUSTOMERS")), 220},
		{"activities", count(all["Link"], "code", is("holds", "ACTIVITY")), 50},
		{"companies with a full name", count(all["Company"], "stock_code", has("name")), 4755},
		{"companies with a listing date", count(all["Company"], "stock_code", has("list_date")), 5400},
		{"companies with employees", count(all["Company"], "stock_code", has("employees")), 5100},
		{"companies with a province", count(all["LOCATED_IN"], "from", is("from_kind", "Company")), 5990},
		{"companies with a city", count(all["LOCATED_IN"], "from", city), 5000},
		{"listed companies", count(all["Company"], "stock_code", nil), 5454},
		{"companies that are not listed", count(all["Company"], "uscc", is("status", "ACTIVE")), 530},
		{"companies that say what they do", count(all["Company"], "stock_code", func(r row) bool { return r["main_products"]+r["main_business"] != "" }), 3700},
		{"companies at a link by the program", count(all["OPERATES_IN"], "from", is("source", "placement")), 2450},
		{"links with companies by the program", count(all["OPERATES_IN"], "to", is("source", "placement")), 900},
		{"companies for review", count(all["MAY_OPERATE_IN"], "from", nil), 1200},
		{"companies at a link by the rule of products", count(all["OPERATES_IN"], "from", is("source", "chainkg")), 2900},
		{"companies at a link by a list", count(all["OPERATES_IN"], "from", is("grade", "D")), 400},
		{"leading firms", count(all["OPERATES_IN"], "from", is("leader", "true")), 250},
		{"suppliers", count(all["SUPPLIES"], "from", nil), 10},
		{"advisers with clients", count(all["SERVES"], "from", nil), 200},
		{"specialties of advisers", len(all["SPECIALISES_IN"]), 200},
		{"hometown contacts", len(all["Person"]), 20},
		{"parks", len(all["Park"]), 8},
		{"opportunities", len(all["Opportunity"]), 10},
		{"projects", len(all["Project"]), 8},
		{"task forces", len(all["TaskForce"]), 5},
	}
	for _, c := range cases {
		if c.got < c.least {
			t.Errorf("%d %s, want at least %d", c.got, c.what, c.least)
		}
	}
	for _, code := range []string{"aiot", "biomed", "equipment", "materials", "energy"} {
		if n := count(all["PART_OF"], "from", is("to", code)); n < 3 {
			t.Errorf("ecosystem %s has %d chains, want at least 3", code, n)
		}
	}
}

// TestLeadersOfToday checks that leading companies are at the links that they are known for,
// and that what makes video equipment in Hangzhou is there, listed or not.
func TestLeadersOfToday(t *testing.T) {
	all := sheets(t)
	codes, at := map[string]string{}, map[string]map[string]bool{}
	for _, r := range all["Company"] {
		if r["short_name"] != "" {
			codes[r["short_name"]] = cmp.Or(r["stock_code"], r["uscc"], r["name"])
		}
	}
	for _, r := range all["OPERATES_IN"] {
		if at[r["from"]] == nil {
			at[r["from"]] = map[string]bool{}
		}
		if r["grade"] != "D" {
			at[r["from"]][r["to"]] = true
		}
	}
	for name, link := range map[string]string{
		"宁德时代": "new-energy.energy-storage.lithium-batteries",
		"中微公司": "precision-instrument.semiconductor-equipment.etching-equipment",
		"安恒信息": "network-comm.integration-and-services.network-security-services",
		"药明康德": "bio-medicine.outsourcing-services.cro",
		"海康威视": "digital-security.video-equipment.video-surveillance-systems",
		"大华股份": "digital-security.video-equipment.video-surveillance-systems",
		"宇视科技": "digital-security.video-equipment.video-surveillance-systems",
		"贝达药业": "bio-medicine.drug-production.finished-dosage-forms",
		"泰格医药": "bio-medicine.outsourcing-services.cro",
	} {
		if !at[codes[name]][link] {
			t.Errorf("%s %s is at %v, not at %s", codes[name], name, at[codes[name]], link)
		}
	}
}

// TestStaysSmall checks that the pack, which is embedded in the program, stays below 8 MB.
func TestStaysSmall(t *testing.T) {
	size := 0
	names, err := fs.Glob(zhejiang.FS(), "*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(zhejiang.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		size += len(text)
	}
	if size > 8_000_000 {
		t.Errorf("the pack has %d bytes", size)
	}
}

// TestKeepsConflicts checks that companies whose sources disagree on the city
// are at both places.
func TestKeepsConflicts(t *testing.T) {
	cities := map[string]map[string]bool{}
	for _, r := range sheets(t)["LOCATED_IN"] {
		if r["from_kind"] != "Company" {
			continue
		}
		if cities[r["from"]] == nil {
			cities[r["from"]] = map[string]bool{}
		}
		cities[r["from"]][r["to"][:4]] = true
	}
	several := 0
	for _, at := range cities {
		if len(at) > 1 {
			several++
		}
	}
	if several < 22 {
		t.Errorf("%d companies have sources that disagree on the city, want at least 22", several)
	}
	if at := cities["002011.SZ"]; !at["3306"] || !at["3301"] {
		t.Errorf("002011.SZ is at %v, want Shaoxing by one source and Hangzhou by another", at)
	}
}

func TestEveryRowStatesItsSource(t *testing.T) {
	all := sheets(t)
	var sources []string
	for _, s := range all["Source"] {
		sources = append(sources, s["name"])
	}
	for kind, rows := range all {
		for i, r := range rows {
			if !slices.Contains(sources, r["source"]) {
				t.Errorf("%s.csv:%d: source %q is not in Source.csv", kind, i+2, r["source"])
			}
			if _, err := schema.ParseDate(r["as_of"]); err != nil {
				t.Errorf("%s.csv:%d: %v", kind, i+2, err)
			}
			if !graph.Grade(r["grade"]).Valid() {
				t.Errorf("%s.csv:%d: grade %q", kind, i+2, r["grade"])
			}
		}
	}
}

// TestInventedIsMarked checks that rows that the project invented are marked, and
// that no other row holds a personal value.
func TestInventedIsMarked(t *testing.T) {
	all := sheets(t)
	for kind, rows := range all {
		k := schema.Default().Kind(kind)
		for i, r := range rows {
			if (r["source"] == "synthetic") != (r["synthetic"] == "true") {
				t.Errorf("%s.csv:%d: source %q, synthetic %q", kind, i+2, r["source"], r["synthetic"])
			}
			for _, p := range k.Properties {
				if p.Sensitivity == schema.Personal && r[p.Name] != "" && r["synthetic"] != "true" {
					t.Errorf("%s.csv:%d: personal property %s of something real", kind, i+2, p.Name)
				}
			}
			if phone := r["phone"]; phone != "" && !strings.HasPrefix(phone, "100") {
				t.Errorf("%s.csv:%d: phone %s could be somebody's; no number begins with 100", kind, i+2, phone)
			}
		}
	}
	for _, kind := range []string{"Person", "Park", "Opportunity", "Project", "TaskForce"} {
		for i, r := range all[kind] {
			if r["synthetic"] != "true" {
				t.Errorf("%s.csv:%d is not marked as synthetic", kind, i+2)
			}
		}
	}
}

// TestLoadsWithoutAFault loads the pack into a file store and checks that the
// report has no faults, and that a second load changes nothing.
func TestLoadsWithoutAFault(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the sample pack")
	}
	store, err := filestore.Open(filepath.Join(t.TempDir(), "pack.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for pass := range 2 {
		report, err := loaders.Load(t.Context(), loaders.Options{Store: store, FS: zhejiang.FS()})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Faults[:min(len(report.Faults), 20)] {
			t.Errorf("%+v", f)
		}
		if len(report.Ignored) > 0 || !report.Complete() {
			t.Errorf("load %d: ignored %v, %d faults", pass+1, report.Ignored, len(report.Faults))
		}
		nodes, edges := report.Nodes(), report.Edges()
		t.Logf("load %d: nodes %+v, edges %+v", pass+1, nodes, edges)
		if again := nodes.Created + nodes.Updated + edges.Created + edges.Updated; pass == 1 && again > 0 {
			t.Errorf("the second load changed %d elements", again)
		}
	}
}
