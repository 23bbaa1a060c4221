package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/graph/placements"
)

const (
	sourceData = "../../../../shared/data"
	packFolder = "../data"
	ownFiles   = "../curation"
)

// TestRegeneratesByteForByte rebuilds the pack and compares every file.
func TestRegeneratesByteForByte(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads real data")
	}
	if _, err := os.Stat(sourceData); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the source data is not at %s", sourceData)
	}
	out := t.TempDir()
	var stdout, stderr bytes.Buffer
	if code := run([]string{"-data", sourceData, "-curation", ownFiles, "-out", out}, &stdout, &stderr); code != 0 {
		t.Fatalf("build ended with %d: %s", code, stderr.String())
	}
	made, want := names(t, out), names(t, packFolder)
	if !slices.Equal(made, want) {
		t.Fatalf("build made %v, the pack holds %v", made, want)
	}
	for _, name := range made {
		a, errA := os.ReadFile(filepath.Join(out, name))
		b, errB := os.ReadFile(filepath.Join(packFolder, name))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: build makes another file; run go run ./examples/zhejiang/build", name)
		}
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range paths {
		paths[i] = filepath.Base(p)
	}
	return paths
}

// The drawn pairs: change the seed and label the new draw when the rule has
// changed, so that the rule is not fitted to its test.
const (
	labelled = 300
	drawSeed = "2026-12-01"
	atLeast  = 0.88
)

// TestPrecisionOfTheRule compares the labelled pairs with a draw from the pack
// and prints the part of them that people found right.
func TestPrecisionOfTheRule(t *testing.T) {
	rows, err := readCSV(packFolder, "OPERATES_IN.csv")
	if err != nil {
		t.Fatal(err)
	}
	labels, err := readCSV("..", "precision", "labels.csv")
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[[2]string]string{}
	for i, l := range labels {
		if l["verdict"] != "yes" && l["verdict"] != "no" || l["why"] == "" {
			t.Errorf("labels.csv:%d: verdict %q, why %q", i+2, l["verdict"], l["why"])
		}
		verdicts[[2]string{l["company"], l["link"]}] = l["verdict"]
	}
	right := 0
	for _, r := range draw(rows, labelled, drawSeed) {
		verdict := verdicts[[2]string{r["from"], r["to"]}]
		switch verdict {
		case "":
			t.Errorf("drawn pair %s at %s is not labelled: the rule has changed; draw with a new seed and label again", r["from"], r["to"])
		case "yes":
			right++
		}
	}
	if len(verdicts) != labelled {
		t.Errorf("%d pairs are labelled, want %d", len(verdicts), labelled)
	}
	precision := float64(right) / labelled
	t.Logf("precision of the rule: %d of %d pairs are right, %.3f", right, labelled, precision)
	if precision < atLeast {
		t.Errorf("precision %.3f, want at least %.2f", precision, atLeast)
	}
}

// TestPrecisionOfPlacements: of the placements by the program that were drawn and judged, most
// are still in the pack, and of these at least nine tenths are right.
func TestPrecisionOfPlacements(t *testing.T) {
	rows, err := readCSV(packFolder, "OPERATES_IN.csv")
	if err != nil {
		t.Fatal(err)
	}
	labels, err := readCSV("..", "precision", "placed.csv")
	if err != nil {
		t.Fatal(err)
	}
	held := map[[2]string]bool{}
	for _, r := range rows {
		if r["source"] == placements.Source {
			held[[2]string{r["from"], r["to"]}] = true
		}
	}
	judged, right := 0, 0
	for _, l := range labels {
		if !held[[2]string{l["company"], l["link"]}] {
			continue
		}
		judged++
		if l["verdict"] == "yes" {
			right++
		}
	}
	t.Logf("placements: %d of %d judged ones that the pack holds are right", right, judged)
	if judged < 80 || float64(right) < .9*float64(judged) {
		t.Errorf("%d of %d are right, want nine tenths of at least 80; draw and judge anew", right, judged)
	}
}

func TestDrawIsStratifiedAndRepeatable(t *testing.T) {
	var rows []row
	for i, code := range []string{"a", "a", "a", "a", "a", "a", "a", "b", "b", "c"} {
		rows = append(rows, row{"from": string(rune('0' + i)), "to": code + ".x", "source": matched.source, "grade": "C"})
	}
	rows = append(rows, row{"from": "z", "to": "d.x", "source": matched.source, "grade": "D"})
	picked := draw(slices.Clone(rows), 5, "s")
	slices.Reverse(rows)
	again := draw(rows, 5, "s")
	var got, gotAgain []string
	for i := range picked {
		got = append(got, picked[i]["from"]+picked[i]["to"])
		gotAgain = append(gotAgain, again[i]["from"]+again[i]["to"])
	}
	if !slices.Equal(got, gotAgain) {
		t.Errorf("the same seed draws %v and %v", got, gotAgain)
	}
	for chain, want := range map[string]int{"a": 3, "b": 1, "c": 1, "d": 0} {
		if n := strings.Count(strings.Join(got, " "), chain+".x"); n != want {
			t.Errorf("drew %d pairs of chain %s, want %d", n, chain, want)
		}
	}
}

func TestUnknownFlagAndMissingData(t *testing.T) {
	var out, stderr bytes.Buffer
	if code := run([]string{"-nonsense"}, &out, &stderr); code != 2 {
		t.Errorf("an unknown flag ends with %d, want 2", code)
	}
	stderr.Reset()
	code := run([]string{"-data", t.TempDir(), "-curation", ownFiles, "-out", t.TempDir()}, &out, &stderr)
	if code != 1 || !strings.HasPrefix(stderr.String(), "error: ") {
		t.Errorf("missing data ends with %d and says %q", code, stderr.String())
	}
}
