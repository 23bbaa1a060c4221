package placement_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/evaluate/placement"
	"liantu/place"
)

// scored is a company with links by their probability; a link with ! is confirmed.
func scored(company, industry string, business bool, links ...string) placement.Scored {
	c := place.Company{Name: company, Industry: industry, Scope: "x"}
	if business {
		c.Business = "x"
	}
	s := placement.Scored{Text: placement.Text{Company: c}}
	for i, link := range links {
		code, confirmed := strings.CutSuffix(link, "!")
		code, one, _ := strings.Cut(code, "=")
		if one == "" {
			one = code
		}
		p := place.Placement{Link: code, One: one, Probability: 1 - .1*float64(i), Outcome: place.Review}
		if confirmed {
			p.Outcome = place.Confirmed
		}
		different := map[string]bool{}
		for _, l := range s.Links {
			different[l.One] = true
		}
		delete(different, one)
		s.Links, s.Ranks = append(s.Links, p), append(s.Ranks, len(different))
	}
	return s
}

func TestMeasure(t *testing.T) {
	all := []placement.Scored{
		scored("甲", "通用设备制造业", false, "a!", "b!", "c"),
		scored("乙", "批发业", false, "a!", "x", "y", "z", "u", "v"),
		scored("丙", "水泥", true, "a=a", "b=a", "c=a", "d=a", "e=a", "f!"),
	}
	results, left := placement.Measure(all, []placement.Label{
		{"甲", "a", place.Yes},
		{"甲", "b", place.Partly},
		{"甲", "c", place.Yes},
		{"甲", "never", place.Yes},
		{"乙", "a", place.No},
		{"乙", "v", place.Yes},
		{"丙", "f", place.Yes},
		{"丁", "a", place.Yes},
	})
	if left != 1 || len(results) != 4 {
		t.Fatalf("%d groups, %d left out", len(results), left)
	}
	r := results[0]
	if r.Group != placement.All || r.Companies != 3 || r.Pairs != 7 || r.Yes != 5 || r.Confirmed != 4 {
		t.Errorf("%+v", r)
	}
	for name, c := range map[string]struct{ got, want float64 }{
		"strict":    {r.Strict.Value, 2. / 4},
		"lenient":   {r.Lenient.Value, 3. / 4},
		"recall":    {r.Recall.Value, 2. / 5},
		"recall@5":  {r.RecallAt5.Value, 3. / 5},
		"lines@5":   {r.LinesAt5.Value, 3. / 5}, // the sixth link of 丙 is the second, as those before it are one
		"expected":  {r.ECE, (math.Abs(1+1-1) + math.Abs(.9) + math.Abs(.8-1) + math.Abs(.5+.5-2) + math.Abs(0-1)) / 7},
		"of makers": {results[3].Recall.Value, 1. / 3},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if r.Strict.Low >= r.Strict.Value || r.Strict.High <= r.Strict.Value {
		t.Errorf("an interval without its value: %+v", r.Strict)
	}
}

func TestMissed(t *testing.T) {
	c := scored("甲", "通用设备制造业", false, "a.1!", "a.2", "a.3", "a.4", "a.5", "a.6")
	c.Links[1].Evidence.Barred = place.BarWider
	many := scored("乙", "批发业", false, "a.1", "a.2", "a.3", "a.4", "a.5", "a.6")
	labels := []placement.Label{
		{"甲", "a.1", place.Yes},
		{"甲", "a.2", place.Yes},
		{"甲", "a.6", place.Yes},
		{"甲", "a.7", place.Yes},
		{"甲", "b.1", place.Yes},
		{"甲", "a.3", place.No},
		{"丁", "a.1", place.Yes},
	}
	for _, l := range many.Links {
		labels = append(labels, placement.Label{Company: "乙", Link: l.Link, Verdict: place.Yes})
	}
	is := placement.Missed([]placement.Scored{c, many}, labels)
	if all := is[placement.All]; all.Yes != 11 || all.At5[placement.AmongFive] != 7 || all.At5[placement.MoreThanFive] != 1 {
		t.Errorf("%+v", all)
	}
	makers := is[placement.Manufacturers]
	for reason, want := range map[placement.Reason]int{placement.AmongFive: 2, placement.BelowFive: 1, placement.ChainNamed: 1, placement.Unnamed: 1} {
		if makers.At5[reason] != want {
			t.Errorf("%s: %d, want %d", reason, makers.At5[reason], want)
		}
	}
	for reason, want := range map[placement.Reason]int{placement.PlacedThere: 1, placement.ByRule: 1, placement.TooUnsure: 1, placement.ChainNamed: 1, placement.Unnamed: 1} {
		if makers.OfRecall[reason] != want {
			t.Errorf("%s: %d, want %d", reason, makers.OfRecall[reason], want)
		}
	}
}

func TestOfNothing(t *testing.T) {
	results, _ := placement.Measure([]placement.Scored{scored("甲", "", false)}, []placement.Label{{"甲", "a", place.No}})
	if r := results[0]; !math.IsNaN(r.Strict.Value) || !math.IsNaN(r.Recall.Value) {
		t.Errorf("a share of nothing is a number: %+v", r)
	}
}

func TestReadFolder(t *testing.T) {
	folder := t.TempDir()
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(folder, placement.CompaniesFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("\ufeffcompany,source,industry,text\n甲,main_business,水泥,水泥\n甲,business_scope,,水泥制造\n乙,main_products,,泵\n")
	list, err := placement.ReadFolder(folder)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	if c := list[0]; c.Industry != "水泥" || c.Business != "水泥" || c.Scope != "水泥制造" || list[1].Products != "泵" {
		t.Errorf("%+v", list)
	}
	for text, want := range map[string]string{
		"company,text\n甲,x\n":                 `the column "source" is missing`,
		"company,source,text\n甲,hearsay,水泥\n": `companies.csv:2: unknown source "hearsay"`,
	} {
		write(text)
		if _, err := placement.ReadFolder(folder); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestHalvesAreOfCompanies(t *testing.T) {
	n := 0
	for i := range 1000 {
		if placement.Teaches(strings.Repeat("企", i%7) + string(rune('一'+i))) {
			n++
		}
	}
	if n < 400 || n > 600 {
		t.Errorf("%d of 1000 teach", n)
	}
}
