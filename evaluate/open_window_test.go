package evaluate_test

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"

	"liantu/evaluate"
)

var update = flag.Bool("update", false, "rewrite the frozen results in testdata")

// listed is where the listed companies of China up to 2016 may be. The data is
// optional.
const listed = "../../shared/data"

// frozen is the file of results that no change may make worse: known by the end
// of 2011, tested to the end of 2016, with a hundredth of the materials hidden.
const frozen = "testdata/open_window.json"

// window is one back-test of the frozen results.
type window struct {
	Name    string            `json:"name"`
	Digest  string            `json:"digest"`
	Methods []evaluate.Method `json:"methods"`
}

// TestOpenWindow runs the back-tests of the frozen results again: our score may
// not fall below them in any figure. Baselines must not change.
func TestOpenWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("it tests on real data")
	}
	if _, err := os.Stat(listed); err != nil {
		t.Skipf("%s is missing: %v", listed, err)
	}
	provinces := convert(t, evaluate.Conversion{Places: filepath.Join(listed, "chainkg/stock_basic.csv"), PlaceColumn: "area"})
	got := []window{openWindow(t, "province", provinces, 1)}
	if !raced { // there is one goroutine, and the run without the detector tests all
		cities := convert(t, evaluate.Conversion{Places: filepath.Join(listed, "listed/companies_tushare_2024.csv.gz"), PlaceColumn: "city"})
		materials, err := evaluate.Products(t.Context(), provinces, evaluate.TieQuestion{Share: 0.01, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, openWindow(t, "city", cities, 10), window{"materials", materials.Digest, materials.Methods})
	}
	if *update {
		text, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(frozen, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	var want []window
	text, err := os.ReadFile(frozen)
	if err == nil {
		err = json.Unmarshal(text, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range got {
		compare(t, w, want[i])
	}
}

// writeFile writes a file of a folder that is there.
func writeFile(name string, data []byte) error { return os.WriteFile(name, data, 0o600) }

// convert makes a folder of the plain layout and reads it.
func convert(t *testing.T, c evaluate.Conversion) *evaluate.Folder {
	t.Helper()
	c.From, c.To, c.Write = filepath.Join(listed, "chainkg"), t.TempDir(), writeFile
	if _, err := evaluate.Convert(c); err != nil {
		t.Fatal(err)
	}
	f, err := evaluate.ReadFolder(c.To, evaluate.CompaniesFile, evaluate.ItemsFile, evaluate.FeedsFile)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func openWindow(t *testing.T, name string, f *evaluate.Folder, least int) window {
	t.Helper()
	r, err := evaluate.Entry(t.Context(), newStore(t), f, evaluate.EntryQuestion{Cutoff: "2011-12-31", Until: "2016-12-31", MinCompanies: least, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return window{name, r.Digest, r.Methods}
}

// compare allows for the rounding of another machine.
func compare(t *testing.T, got, want window) {
	t.Helper()
	const rounding = 1e-6
	if got.Name != want.Name || got.Digest != want.Digest || len(got.Methods) != len(want.Methods) {
		t.Fatalf("%s of data %s became %s of data %s", want.Name, want.Digest, got.Name, got.Digest)
	}
	for i, m := range want.Methods {
		for j, f := range m.Figures {
			is := got.Methods[i].Figures[j]
			switch {
			case m.Name == evaluate.Ours && is.Value < f.Value-rounding:
				t.Errorf("%s: %s of ours fell from %v to %v", want.Name, f.Name, f.Value, is.Value)
			case m.Name == evaluate.Ours && is.Value > f.Value+rounding:
				t.Logf("%s: %s of ours rose from %v to %v; freeze it with -update", want.Name, f.Name, f.Value, is.Value)
			case m.Name != evaluate.Ours && math.Abs(is.Value-f.Value) > rounding:
				t.Errorf("%s: %s of %s was %v and is %v", want.Name, f.Name, m.Name, f.Value, is.Value)
			}
		}
	}
}
