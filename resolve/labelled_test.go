package resolve_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"liantu/resolve"
)

var update = flag.Bool("update", false, "rewrite the figures of the README")

// readTable reads a file of testdata without its head.
func readTable(t testing.TB, name string) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	table, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return table[1:]
}

// listed returns the listed companies of testdata.
func listed(t testing.TB) []*resolve.Entity {
	var list []*resolve.Entity
	for _, r := range readTable(t, "companies.csv") {
		c := resolve.Company{Key: r[0], Codes: []string{"stock_code=" + r[0]}}
		add := func(text string, use resolve.Use) {
			if text != "" {
				c.Titles = append(c.Titles, resolve.Title{Text: text, Use: use})
			}
		}
		add(r[1], resolve.Official)
		add(r[2], resolve.Short)
		for _, old := range strings.Split(r[3], ";") {
			add(old, resolve.Former)
		}
		add(r[4], resolve.English)
		list = append(list, resolve.Prepare(c))
	}
	return list
}

// named returns a company of which only a name is known.
func named(name string) *resolve.Entity {
	return resolve.Prepare(resolve.Company{Key: name, Titles: []resolve.Title{{Text: name}}})
}

// resolved returns the bands of the companies that a name may mean, by code, as
// a load decides them: by the points of each, and for no two at once.
func resolved(x *resolve.Index, name string) map[string]resolve.Band {
	e := named(name)
	list := []*resolve.Entity{e}
	bands := map[string]resolve.Band{}
	var d resolve.Decisions
	for _, m := range x.Find(e) {
		list = append(list, x.At(m.At))
		bands[x.At(m.At).Key] = resolve.Review
		if m.Verdict.Band == resolve.Same {
			d.Found = append(d.Found, resolve.Pair{A: 0, B: len(list) - 1, Points: m.Verdict.Points})
		}
	}
	for i, group := range resolve.Settle(list, d).Group[1:] {
		if group == 0 {
			bands[list[i+1].Key] = resolve.Same
		}
	}
	return bands
}

// tally counts pairs by what they are and what was decided.
type tally struct{ right, wrong, missed, review, apart int }

func (n tally) precision() float64 { return ratio(n.right, n.right+n.wrong) }
func (n tally) recall() float64    { return ratio(n.right, n.right+n.missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// TestLabelledPairs measures the resolution on pairs of a name and a listed
// company that were labelled by hand, each with its reason. The weights were
// chosen on one half, the figures that count are those of the other.
func TestLabelledPairs(t *testing.T) {
	x := resolve.NewIndex(listed(t))
	halves, classes := map[string]*tally{"tune": {}, "report": {}, "hard": {}}, map[string]*tally{}
	labels := map[string]map[string]bool{}
	var faults []string
	total := 0
	for _, r := range readTable(t, "pairs.csv") {
		name, code, label, class, half := r[0], r[1], r[2], r[3], r[4]
		if labels[name] == nil {
			labels[name] = map[string]bool{}
		}
		labels[name][code] = true
		if label == "unsure" {
			continue
		}
		total++
		if classes[class] == nil {
			classes[class] = &tally{}
		}
		band := resolved(x, name)[code]
		counted := []*tally{halves[half], classes[class]}
		if half == "report" && class != "short name" {
			counted = append(counted, halves["hard"])
		}
		for _, n := range counted {
			n.count(label == "same", band)
		}
		if (band == resolve.Same) != (label == "same") {
			faults = append(faults, fmt.Sprintf("%s: %s and %s are %s and went to %q (%s)", half, name, code, label, band, class))
		}
	}
	for name, known := range labels {
		for code, band := range resolved(x, name) {
			if band == resolve.Same && !known[code] {
				t.Errorf("%s is taken for %s, and no label says what is right", name, code)
			}
		}
	}
	slices.Sort(faults)
	t.Log(strings.Join(faults, "\n"))
	report := figures(total, halves, classes)
	t.Log("\n" + report)
	if n := halves["report"]; n.precision() < 0.98 || n.recall() < 0.90 {
		t.Errorf("precision %.3f and recall %.3f of the reported half; at least 0.98 and 0.90 are promised", n.precision(), n.recall())
	}
	checkReadme(t, "figures", report)
}

// TestRichListUnseen resolves a list that the weights were not chosen on: the
// companies of a published list of rich persons, with their stock codes. Of
// the persons nothing is read.
func TestRichListUnseen(t *testing.T) {
	text, err := os.ReadFile("../../shared/data/listed/rich_list_2024.csv")
	if err != nil {
		t.Skip("the data folder is not here: ", err)
	}
	table, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	name, code := slices.Index(table[0], "company"), slices.Index(table[0], "stock_code")
	x := resolve.NewIndex(listed(t))
	var n tally
	for _, r := range table[1:] {
		bands := resolved(x, r[name])
		n.count(true, bands[r[code]])
		for at, band := range bands {
			if band == resolve.Same && at != r[code] {
				t.Errorf("%s of %s is taken for %s", r[name], r[code], at)
			}
		}
	}
	t.Logf("%d right, %d not merged, %d of them to review", n.right, n.missed, n.review)
	if n.recall() < 0.98 {
		t.Errorf("recall %.3f; the README reports more", n.recall())
	}
}

func (n *tally) count(same bool, band resolve.Band) {
	switch {
	case same && band == resolve.Same:
		n.right++
	case same:
		n.missed++
	case band == resolve.Same:
		n.wrong++
	default:
		n.apart++
	}
	if band == resolve.Review {
		n.review++
	}
}

// figures writes the table of the README.
func figures(total int, halves, classes map[string]*tally) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %d labelled pairs | same | different | merged rightly | merged wrongly | not merged | to review | precision | recall |\n", total)
	b.WriteString("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	row := func(name string, n *tally) { n.row(&b, name) }
	row("**the half that is reported**", halves["report"])
	row("of it all but *short name*", halves["hard"])
	row("the half that the weights were chosen on", halves["tune"])
	var names []string
	for name := range classes {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		row("both: "+name, classes[name])
	}
	return b.String()
}

// row writes a row of a table of the README.
func (n *tally) row(b *strings.Builder, name string) {
	fmt.Fprintf(b, "| %s | %d | %d | %d | %d | %d | %d |", name, n.right+n.missed, n.wrong+n.apart, n.right, n.wrong, n.missed, n.review)
	if n.right+n.missed == 0 {
		b.WriteString(" | |\n")
		return
	}
	fmt.Fprintf(b, " %.3f | %.3f |\n", n.precision(), n.recall())
}

// checkReadme compares a table of the README with the figures, or writes it.
func checkReadme(t *testing.T, name, report string) {
	t.Helper()
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has no place for the figures")
	}
	wanted := before + begin + report + end + after
	if string(text) == wanted {
		return
	}
	if !*update {
		t.Error("README.md has other figures; go test ./resolve -update writes them")
		return
	}
	if err := os.WriteFile("README.md", []byte(wanted), 0o600); err != nil {
		t.Fatal(err)
	}
}
