package loaders_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/loaders/names"
	"liantu/schema"
)

// copiesOf returns a function that opens a fresh store with the regions in it.
func copiesOf(t *testing.T) func() graph.Store {
	base, folder, n := storeWithRegions(t), t.TempDir(), 0
	return func() graph.Store {
		n++
		path := filepath.Join(folder, fmt.Sprint(n, ".db"))
		if err := os.WriteFile(path, base, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := filestore.Open(path, schema.Default())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// named are the options of a load of companies.
func named(s graph.Store, similar bool, rows ...string) loaders.Options {
	o := namesOptions(s, map[string]string{"Company.csv": strings.Join(rows, "\n") + "\n"})
	o.Names = similar
	return o
}

// TestEveryCodeIsACompany loads 2,000 companies of 2,000 codes and 1,500 names.
func TestEveryCodeIsACompany(t *testing.T) {
	open := copiesOf(t)
	const companies, namesOf = 2000, 1500
	rows := []string{"name,uscc,region"}
	for i := range companies {
		rows = append(rows, fmt.Sprintf("星澜%d号实业有限公司,%s,%s", i%namesOf, benchUSCC(i), []string{"", "330100", "330600"}[i%3]))
	}
	for _, similar := range []bool{false, true} {
		s := open()
		r := load(t, named(s, similar, rows...))
		if got := len(companiesOf(t, s)); got != companies || r.Nodes().Created != companies || r.EqualNames != 0 {
			t.Errorf("with similar names %v: %d companies, %d created, %d joined", similar, got, r.Nodes().Created, r.EqualNames)
		}
		if len(r.SharedNames) != 20 || r.SharedNamesOmitted != companies-namesOf-20 {
			t.Errorf("%d shared names are listed and %d are not", len(r.SharedNames), r.SharedNamesOmitted)
		}
		want := names.SharedName{Name: "星澜0号实业有限公司", Companies: 2, Codes: []string{benchUSCC(0), benchUSCC(namesOf)}}
		slices.Sort(want.Codes)
		if got := r.SharedNames[0]; got.Name != want.Name || got.Companies != 2 || !slices.Equal(got.Codes, want.Codes) {
			t.Errorf("the first shared name is %+v, want %+v", got, want)
		}
		if again := load(t, named(s, similar, rows...)); again.Version != r.Version {
			t.Errorf("the same load again brings version %d after %d", again.Version, r.Version)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// drawCompanies draws rows of few names, codes and, if wanted, regions.
func drawCompanies(random *rand.Rand, regions bool) []string {
	of := func(list ...string) string { return list[random.IntN(len(list))] }
	rows := make([]string, 2+random.IntN(8))
	for i := range rows {
		uscc, stock, region := "", "", ""
		if random.IntN(2) == 0 {
			uscc = benchUSCC(random.IntN(3))
		}
		if random.IntN(4) == 0 {
			stock = of("600000.SH", "600001.SH", "00001.HK")
		}
		if regions {
			region = of("", "", "330100", "330600")
		}
		rows[i] = strings.Join([]string{
			of("星澜实业有限公司", "星澜实业有限公司", "云岫科技有限公司", "松涛机械有限公司"), uscc, stock, region, fmt.Sprint(i),
		}, ",")
	}
	return rows
}

const drawnHead = "name,uscc,stock_code,region,employees"

// TestEqualNamesKnowNoOrder loads rows at once, and in several loads in any order:
// the graph is the same, also after one more load was undone. Where similar names
// are joined too, those without a code that differ in their regions are left out:
// what joins them depends on the order.
func TestEqualNamesKnowNoOrder(t *testing.T) {
	seeds := uint64(15)
	if testing.Short() {
		seeds = 2
	}
	open, joined := copiesOf(t), 0
	for seed := range 2 * seeds {
		joined += anyOrder(t, open, rand.New(rand.NewPCG(seed/2, 0)), seed%2 == 1)
	}
	if joined == 0 {
		t.Error("nothing is joined, so that nothing is compared")
	}
}

// anyOrder does the test for one draw and returns how many companies are joined.
func anyOrder(t *testing.T, open func() graph.Store, random *rand.Rand, similar bool) (joined int) {
	t.Helper()
	whole, split := open(), open()
	take := func(s graph.Store, id string, rows []string) *loaders.Report {
		o := named(s, similar, append([]string{drawnHead}, rows...)...)
		o.Load = id
		return load(t, o)
	}
	rows := drawCompanies(random, !similar)
	joined = take(whole, "", rows).EqualNames
	loads := make([][]string, 1+random.IntN(4))
	for _, i := range random.Perm(len(rows)) {
		at := random.IntN(len(loads))
		loads[at] = append(loads[at], rows[i])
	}
	want := digest(t, whole)
	compare := func(when string) {
		if digest(t, split) != want {
			t.Errorf("%s, in the loads\n%s\nthe companies are\n%s\nat once they are\n%s", when, strings.Join(texts(loads), "\n--\n"),
				strings.Join(described(t, split), "\n"), strings.Join(described(t, whole), "\n"))
		}
	}
	for _, part := range loads {
		take(split, "", part)
	}
	compare("loaded one by one")
	before := take(split, "", loads[0]).Version
	if again := take(split, "", loads[0]).Version; again != before {
		t.Errorf("the load\n%s\nrepeated brings version %d after %d", strings.Join(loads[0], "\n"), again, before)
	}
	take(split, "extra", drawCompanies(random, !similar))
	if _, err := split.Undo(t.Context(), "extra"); err != nil {
		t.Fatal(err)
	}
	if _, err := names.JoinAnew(t.Context(), split, schema.Default()); err != nil {
		t.Fatal(err)
	}
	compare("after one more was undone")
	for _, s := range []graph.Store{whole, split} {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return joined
}

// texts joins the rows of each load.
func texts(loads [][]string) []string {
	list := make([]string, len(loads))
	for i, rows := range loads {
		list[i] = strings.Join(rows, "\n")
	}
	return list
}

// described lists the keys and the numbers of employees of companies.
func described(t *testing.T, s graph.Store) (list []string) {
	t.Helper()
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Node != nil && c.Node.Kind == "Company" {
			text := fmt.Sprint(c.Node.Keys)
			for _, f := range c.Node.Facts {
				if f.Property == "employees" {
					text += fmt.Sprint(" ", f.Value)
				}
			}
			list = append(list, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

// TestANameFollowsNobodyWhenTwoHaveIt joins a list without codes with the only
// company of the name, and separates the two when a second one is loaded. What was
// stated of the name follows the name.
func TestANameFollowsNobodyWhenTwoHaveIt(t *testing.T) {
	open := copiesOf(t)
	first, second := benchUSCC(1), benchUSCC(2)
	for _, similar := range []bool{false, true} {
		s := open()
		load(t, named(s, similar, "name,uscc", "星澜实业有限公司,"+first))
		if r := load(t, named(s, similar, "name,employees", "星澜实业有限公司,7")); r.EqualNames != 1 || len(companiesOf(t, s)) != 1 {
			t.Errorf("similar names %v: %d are joined, companies are %q", similar, r.EqualNames, companiesOf(t, s))
		}
		o := namesOptions(s, map[string]string{
			"Link.csv":        "code,name,position\na,甲环节,上游\nb,乙环节,上游\n",
			"OPERATES_IN.csv": "from,to\n星澜实业有限公司,a\n" + first + ",b\n",
		})
		o.Names = similar
		if r := load(t, o); r.Edges().Created != 2 {
			t.Errorf("similar names %v: %d edges are created: %v", similar, r.Edges().Created, r.Faults)
		}
		r := load(t, named(s, similar, "name,uscc", "星澜实业有限公司,"+second))
		want := []string{
			"[Company/name=星澜实业有限公司&region=] 7 a", "[Company/uscc=" + first + "] b", "[Company/uscc=" + second + "]",
		}
		if got := withLinks(t, s); !slices.Equal(got, want) {
			t.Errorf("similar names %v: the companies are\n%s\nwant\n%s", similar, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if len(r.SharedNames) != 1 || r.SharedNames[0].Companies != 2 {
			t.Errorf("shared names are %+v", r.SharedNames)
		}
		items, err := names.Review(t.Context(), s, schema.Default())
		if err != nil || len(items) != 2 || items[0].Kind != names.ReviewSame || items[0].Left.Name != "星澜实业有限公司" {
			t.Errorf("to review are %+v, %v", items, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSimilarNamesJoinNothingByASharedName: a name that two companies have goes to a
// third one with another code neither.
func TestSimilarNamesJoinNothingByASharedName(t *testing.T) {
	s := copiesOf(t)()
	rows := []string{
		"name,uscc,stock_code", "星澜实业有限公司," + benchUSCC(1) + ",", "星澜实业有限公司," + benchUSCC(2) + ",00001.HK",
		"星澜实业有限公司,,600000.SH", "星澜实业有限公司,,",
	}
	r := load(t, named(s, true, rows...))
	if got := len(companiesOf(t, s)); got != 4 || r.Names.Merged != 0 || r.Names.Review != 5 {
		t.Errorf("there are %d companies, names are %+v", got, r.Names)
	}
}

// withLinks is described with the links in which the companies operate.
func withLinks(t *testing.T, s graph.Store) []string {
	t.Helper()
	code := map[graph.ID]string{}
	list := map[graph.ID]string{}
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		switch {
		case c.Node != nil && c.Node.Kind == "Company":
			keys := slices.DeleteFunc(c.Node.Keys, func(k graph.Key) bool { return k.Kind() == "" })
			list[c.Node.ID] = fmt.Sprint(keys)
			if v, ok := c.Node.Get("employees"); ok {
				list[c.Node.ID] += fmt.Sprint(" ", v)
			}
		case c.Node != nil && c.Node.Kind == "Link":
			code[c.Node.ID] = string(c.Node.Keys[0][len("Link/code="):])
		case c.Edge != nil && c.Edge.Kind == "OPERATES_IN":
			list[c.Edge.From] += " " + code[c.Edge.To]
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Values(list))
}

// TestEqualNamesAreUndone takes back what equal names joined, and nothing else.
func TestEqualNamesAreUndone(t *testing.T) {
	s := copiesOf(t)()
	apart := []string{"name,uscc,stock_code", "星澜实业有限公司," + benchUSCC(1) + ",", "星澜实业有限公司,,600000.SH", "星澜实业有限公司,,"}
	load(t, named(s, true, append(apart, "云岫科技有限公司,"+benchUSCC(2)+",", "云岫科技有限公司（Yunxiu）,,")...))
	wantCompanies(t, s, "云岫科技有限公司 = 云岫科技有限公司（Yunxiu）", "星澜实业有限公司")
	if _, err := s.Undo(t.Context(), names.LoadID); err != nil {
		t.Fatal(err)
	}
	wantCompanies(t, s, "云岫科技有限公司", "云岫科技有限公司（Yunxiu）", "星澜实业有限公司")
	if _, err := s.Undo(t.Context(), names.EqualID); err != nil {
		t.Fatal(err)
	}
	wantCompanies(t, s, "云岫科技有限公司", "云岫科技有限公司（Yunxiu）", "星澜实业有限公司", "星澜实业有限公司", "星澜实业有限公司")
}

// TestJudgedDifferentIsNotJoinedByName: a judgement counts more than equal names,
// before they join and after.
func TestJudgedDifferentIsNotJoinedByName(t *testing.T) {
	open := copiesOf(t)
	companies := "name,uscc\n星澜实业有限公司," + benchUSCC(1) + "\n星澜实业有限公司,\n"
	judged := "left,right,verdict,by\nCompany/name=星澜实业有限公司&region=," + benchUSCC(1) + ",不同,王工\n"
	for _, loads := range [][]map[string]string{
		{{"Company.csv": companies, "Judgement.csv": judged}},
		{{"Company.csv": companies}, {"Judgement.csv": judged}},
	} {
		s := open()
		for _, parts := range loads {
			o := namesOptions(s, parts)
			o.Names = false
			load(t, o)
		}
		wantCompanies(t, s, "星澜实业有限公司", "星澜实业有限公司")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOldGraphKeepsItsNameKeys loads into a graph of a program that made keys of
// names beside codes: the old company is still found by its name, and a company of
// another code is not joined with it.
func TestOldGraphKeepsItsNameKeys(t *testing.T) {
	s := copiesOf(t)()
	by := graph.Provenance{Source: "list", AsOf: "2023", Grade: graph.GradeD}
	old := graph.NodeDraft{
		Kind: "Company", Keys: []graph.Key{graph.Key("Company/uscc=" + benchUSCC(1)), "Company/name=星澜实业有限公司&region="},
		Facts: []graph.Fact{
			{Provenance: by}, {Property: "uscc", Value: benchUSCC(1), Provenance: by}, {Property: "name", Value: "星澜实业有限公司", Provenance: by},
		},
	}
	if _, err := s.Apply(t.Context(), graph.Batch{Load: graph.LoadInfo{ID: "old", Source: "list", At: time.Unix(0, 0).UTC()}, Nodes: []graph.NodeDraft{old}}); err != nil {
		t.Fatal(err)
	}
	rows := []string{"name,uscc,employees", "星澜实业有限公司," + benchUSCC(1) + ",1", "星澜实业有限公司," + benchUSCC(2) + ",2", "星澜实业有限公司,,3"}
	r := load(t, named(s, true, rows...))
	want := []string{
		"[Company/uscc=" + benchUSCC(1) + " Company/name=星澜实业有限公司&region=] 1 3", "[Company/uscc=" + benchUSCC(2) + "] 2",
	}
	if got := described(t, s); !slices.Equal(got, want) || r.EqualNames != 0 || len(r.SharedNames) != 1 {
		t.Errorf("the companies are\n%s\nwant\n%s; %+v", strings.Join(got, "\n"), strings.Join(want, "\n"), r.SharedNames)
	}
	if again := load(t, named(s, true, rows...)); again.Version != r.Version {
		t.Errorf("the same load again brings version %d after %d", again.Version, r.Version)
	}
}
