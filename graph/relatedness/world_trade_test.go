package relatedness_test

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"liantu/graph/relatedness"
	"liantu/graph/relatedness/complexity"
)

// complexityFolder is where the data of the golden test may be: world trade by
// country and product, and the results of the economiccomplexity package of R.
// The data is optional.
const complexityFolder = "../../../shared/data/complexity"

// expectations are the golden values, made by the R package.
type expectations struct {
	Products  []string             `json:"products"`
	Index     []float64            `json:"pci"` // of complexity, by product
	Diversity map[string]int       `json:"diversity"`
	Outlook   map[string]float64   `json:"coi"`
	Gain      map[string][]float64 `json:"cog"`
	FirstRow  []float64            `json:"proximity_first_row"`
}

// TestWorldTrade compares the measures with those of another implementation over
// real data: 226 countries and 785 products.
func TestWorldTrade(t *testing.T) {
	want := expected(t)
	countries, amounts := trade(t, want.Products)
	if len(countries) != 226 || amounts.Columns != 785 {
		t.Fatalf("%d countries and %d products", len(countries), amounts.Columns)
	}
	rca := relatedness.RCA(amounts)
	network := relatedness.Specialised(rca)
	for c, country := range countries {
		if got := network.Diversity(c); got != want.Diversity[country] {
			t.Errorf("%s: diversity %d instead of %d", country, got, want.Diversity[country])
		}
	}
	space := relatedness.NewMinimumSpace(network)
	for j, phi := range want.FirstRow {
		if got := space.Proximity(0, j); math.Abs(got-phi) > 1e-12 {
			t.Errorf("proximity of %s and %s is %v instead of %v", want.Products[0], want.Products[j], got, phi)
		}
	}
	outlook := space.OutlookIndex(want.Index)
	gain := space.OpportunityGain(want.Index)
	for c, country := range countries {
		if !near(outlook[c], want.Outlook[country]) {
			t.Errorf("%s: outlook %v instead of %v", country, outlook[c], want.Outlook[country])
		}
		for p, x := range want.Gain[country] {
			if got := gain.At(c, p); !near(got, x) {
				t.Errorf("%s, %s: gain %v instead of %v", country, want.Products[p], got, x)
				break
			}
		}
	}
}

// near compares to the precision with which the golden values were printed.
func near(got, want float64) bool { return math.Abs(got-want) <= 1e-12*math.Max(1, math.Abs(want)) }

// BenchmarkWorldTrade computes all measures of 226 countries and 785 products,
// from amounts to gains.
func BenchmarkWorldTrade(b *testing.B) {
	want := expected(b)
	_, amounts := trade(b, want.Products)
	for b.Loop() {
		network := relatedness.Specialised(relatedness.RCA(amounts))
		space := relatedness.NewMinimumSpace(network)
		_, index, ok := complexity.Eigenvector(network)
		if !ok {
			b.Fatal("no complexity")
		}
		space.DensityMatrix()
		space.OutlookIndex(index)
		space.OpportunityGainWithoutOwn(index)
	}
}

func expected(tb testing.TB) expectations {
	tb.Helper()
	if _, err := os.Stat(complexityFolder); err != nil {
		tb.Skipf("%s is not there: %v", complexityFolder, err)
	}
	var want expectations
	unzip(tb, "expected.json.gz", func(r io.Reader) error { return json.NewDecoder(r).Decode(&want) })
	return want
}

func unzip(tb testing.TB, name string, read func(io.Reader) error) {
	tb.Helper()
	f, err := os.Open(filepath.Join(complexityFolder, name))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	if err := read(z); err != nil {
		tb.Fatal(err)
	}
}

// trade returns the countries in the order of their codes, and what each
// exports of each product.
func trade(tb testing.TB, products []string) ([]string, relatedness.Matrix) {
	tb.Helper()
	var rows [][]string
	unzip(tb, "world_trade.csv.gz", func(r io.Reader) (err error) {
		rows, err = csv.NewReader(r).ReadAll()
		return err
	})
	rows = rows[1:]
	var countries []string
	for _, row := range rows {
		countries = append(countries, row[0])
	}
	slices.Sort(countries)
	countries = slices.Compact(countries)
	column := map[string]int{}
	for i, p := range products {
		column[p] = i
	}
	amounts := relatedness.NewMatrix(len(countries), len(products))
	for _, row := range rows {
		c, _ := slices.BinarySearch(countries, row[0])
		p, known := column[row[1]]
		x, err := strconv.ParseFloat(row[2], 64)
		if err != nil || !known {
			tb.Fatalf("row %v: %v", row, err)
		}
		amounts.Values[c*amounts.Columns+p] += x
	}
	return countries, amounts
}
