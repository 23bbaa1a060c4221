package projection_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/schema"
)

// TestIncrementalEqualsFull checks the projections of random graphs, and that
// one refreshed change by change equals one built at once.
func TestIncrementalEqualsFull(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := newStore(t, rt)
		live, err := projection.NewLive(t.Context(), schema.Default(), store, projection.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 3).Draw(rt, "batches") {
			apply(t, rt, store, questiontest.Random(rt))
			if _, err := live.Refresh(t.Context()); err != nil {
				rt.Fatal(err)
			}
			full := build(t, rt, store)
			if a, b := describe(live.Current()), describe(full); a != b {
				rt.Fatalf("refreshed:\n%s\nbuilt:\n%s", a, b)
			}
		}
	})
}

const world = `
region 100000 全国
region 330000 浙江省 short_name=浙江
region 330100 杭州市 short_name=杭州
region 330106 西湖区 short_name=西湖 full_name=浙江省杭州市西湖区
region 360103 西湖区 full_name=江西省南昌市西湖区
region 110000 北京市 short_name=北京
region 110108 海淀区
`

func codesOf(p *projection.Projection, list []projection.Vertex) []string {
	codes := []string{}
	for _, v := range list {
		codes = append(codes, p.Code(v))
	}
	return codes
}

func TestPlaces(t *testing.T) {
	tests := []struct {
		name, company, want string
	}{
		{"none", "company 甲", "100000"},
		{"registered before site", "company 甲 at 330106:SITE 110108:REGISTERED", "110108"},
		{"site before office", "company 甲 at 110108:OFFICE 330000:SITE", "330000"},
		{"better grade", "company 甲 at 330106:SITE:C 110108:SITE:B", "110108"},
		{"deeper", "company 甲 at 330100:SITE 330106:SITE 330000:SITE", "330106"},
		{"smaller code", "company 甲 at 330106:SITE 110108:SITE", "110108"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := parse(t, world+test.company)
			first, _ := p.Range(projection.Company)
			if got := p.PlaceOf(first); got != test.want {
				t.Errorf("place %s instead of %s", got, test.want)
			}
		})
	}
}

// TestPlaceTakesTheNewest checks that a newer fact has precedence over a better
// grade, and that an edge which has ended does not count.
func TestPlaceTakesTheNewest(t *testing.T) {
	b := questiontest.NewBuilder()
	hangzhou := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"})
	beijing := b.Node("Region", questiontest.Props{"code": "110000", "name": "北京市"})
	tianjin := b.Node("Region", questiontest.Props{"code": "120000", "name": "天津市"})
	company := b.Node("Company", questiontest.Props{"name": "甲"})
	b.Edge("LOCATED_IN", company, beijing, questiontest.Props{"role": "REGISTERED"})
	b.Provenance = graph.Provenance{Source: "list", AsOf: "2025", Grade: graph.GradeD}
	b.Edge("LOCATED_IN", company, hangzhou, questiontest.Props{"role": "REGISTERED"})
	b.Provenance.AsOf = "2026"
	b.Edge("LOCATED_IN", company, tianjin, questiontest.Props{"role": "REGISTERED", "valid_to": "2025-11"})
	store := newStore(t, t)
	apply(t, t, store, b.Batch())
	p := build(t, t, store)
	first, _ := p.Range(projection.Company)
	if got := p.PlaceOf(first); got != "330100" {
		t.Errorf("place %s", got)
	}
	if p.DataDate() != "2026" || p.AsOf() != "2026-12-31" {
		t.Errorf("data date %q, as of %q", p.DataDate(), p.AsOf())
	}
	past, err := projection.Build(t.Context(), schema.Default(), store, projection.AsOf("2024-12"))
	if err != nil {
		t.Fatal(err)
	}
	if got := past.PlaceOf(past.Vertex(p.ID(first))); got != "110000" {
		t.Errorf("place %s as of 2024", got)
	}
}

func TestRegionHierarchy(t *testing.T) {
	p := parse(t, world)
	xihu, haidian := p.RegionByCode("330106"), p.RegionByCode("110108")
	if got := p.Code(p.ParentRegion(xihu)); got != "330100" {
		t.Errorf("西湖区 is in %s", got)
	}
	if got := p.Code(p.ParentRegion(haidian)); got != "110000" {
		t.Errorf("海淀区 is in %s", got)
	}
	if got := p.Above(haidian); !slices.Equal(got, []string{"110000", "100000"}) {
		t.Errorf("above 海淀区 are %v", got)
	}
	if got := codesOf(p, p.ChildRegions(p.RegionByCode("100000"))); !slices.Equal(got, []string{"110000", "330000", "360103"}) {
		t.Errorf("children of the country are %v", got)
	}
	if p.RegionByCode("110100") != p.RegionByCode("110000") || p.RegionByCode("999999") != projection.None {
		t.Error("110100 is not 110000, or 999999 is something")
	}
	if got := codesOf(p, p.RegionsAt(projection.LevelCounty, "330000")); !slices.Equal(got, []string{"330106"}) {
		t.Errorf("counties of 浙江 are %v", got)
	}
}

// TestTreeOfLinks checks depths, chains and the links below, also where a link
// has two parents.
func TestTreeOfLinks(t *testing.T) {
	p := parse(t, `
ecosystem e 生态圈
chain a 甲链 in e
chain b 乙链
link a.1 一 in a
link a.1.1 一一 in a.1
link b.1 又一 in b a.1.1
link free 游离
feeds a.1.1 free
feeds a.1 b.1
`)
	link := func(code string) projection.Vertex {
		v, err := p.Lookup(code, projection.Link)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	tests := []struct {
		code                      string
		depth                     int
		below, above, chains, fed []string
	}{
		{"a.1", 1, []string{"a.1", "a.1.1", "b.1"}, []string{"a.1"}, []string{"a"}, []string{"free"}},
		{"a.1.1", 2, []string{"a.1.1", "b.1"}, []string{"a.1", "a.1.1"}, []string{"a"}, []string{"free"}},
		{"b.1", 1, []string{"b.1"}, []string{"a.1", "a.1.1", "b.1"}, []string{"a", "b"}, []string{}},
		{"free", 1, []string{"free"}, []string{"free"}, []string{}, []string{}},
	}
	for _, test := range tests {
		v := link(test.code)
		if got := p.Depth(v); got != test.depth {
			t.Errorf("%s: depth %d", test.code, got)
		}
		for what, pair := range map[string][2][]string{
			"below":  {codesOf(p, p.LinksBelow(v)), test.below},
			"above":  {codesOf(p, p.LinksAbove(v)), test.above},
			"chains": {codesOf(p, p.ChainsOf(v)), test.chains},
			"feeds":  {codesOf(p, p.Downstream(v)), test.fed},
		} {
			if !slices.Equal(pair[0], pair[1]) {
				t.Errorf("%s: %s %v instead of %v", test.code, what, pair[0], pair[1])
			}
		}
	}
	if got := codesOf(p, p.Upstream(link("free"))); !slices.Equal(got, []string{"a.1.1"}) {
		t.Errorf("upstream of free are %v", got)
	}
	if got := p.Code(p.EcosystemOf(p.ChainOf(link("b.1")))); got != "e" {
		t.Errorf("b.1 is of the ecosystem %q", got)
	}
}

func TestPresenceCountsEachCompanyOnce(t *testing.T) {
	p := parse(t, world+`
chain a 甲链
link a.1 一 in a
link a.1.1 一一 in a.1
link a.1.2 一二 in a.1
company 甲 at 330106 in a.1.1:B a.1.2:D!
company 乙 at 110108 in a.1:C
company 丙 at 330100
`)
	link, err := p.Lookup("a.1", projection.Link)
	if err != nil {
		t.Fatal(err)
	}
	names := func(list []projection.Vertex) string {
		text := ""
		for _, v := range list {
			text += p.Caption(v)
		}
		return text
	}
	for grade, want := range map[graph.Grade][2]string{"A": {"", ""}, "B": {"甲", ""}, "C": {"乙甲", ""}, "D": {"乙甲", "甲"}} {
		presence := p.Presence(grade)
		if got := [2]string{names(presence.At(link)), names(presence.Leading(link))}; got != want {
			t.Errorf("grade %s: %v instead of %v", grade, got, want)
		}
	}
	first, end := p.CompaniesIn("330000")
	if got := p.Presence("B").Attributed(first, end); got != 1 || end-first != 2 {
		t.Errorf("%d of %d companies of 浙江 are attributed", got, end-first)
	}
}

func TestBuildStops(t *testing.T) {
	store := newStore(t, t)
	apply(t, t, store, mustParse(t, world))
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := projection.Build(t.Context(), schema.Default(), store); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("got error %v", err)
	}
}

func mustParse(t *testing.T, text string) graph.Batch {
	t.Helper()
	batch, err := questiontest.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// TestMemoComputesOnce checks that many calls share one computation and that the
// oldest results are dropped.
func TestMemoComputesOnce(t *testing.T) {
	p := parse(t, world)
	type key struct{ n int }
	calls := 0
	for range 3 {
		for n := range 100 {
			if got := p.Memo(key{n}, func() any { calls++; return fmt.Sprint(n) }); got != fmt.Sprint(n) {
				t.Fatalf("result %v for %d", got, n)
			}
		}
	}
	if calls != 100 {
		t.Errorf("%d computations for 100 keys", calls)
	}
	for n := range 1000 {
		p.Memo(key{n}, func() any { return n })
	}
	p.Memo(key{0}, func() any { calls++; return "again" })
	if calls != 101 {
		t.Error("the oldest result is cached for ever")
	}
}

// TestTieBreakOfTheModelOfToday checks that the present tie break applies to
// facts that a store holds as they were sorted under an earlier schema.
func TestTieBreakOfTheModelOfToday(t *testing.T) {
	person, err := os.ReadFile("../../schema/kinds/Person.yaml")
	if err != nil {
		t.Fatal(err)
	}
	free := regexp.MustCompile(`(?m)^ *tie_break:.*$`).ReplaceAll(person, nil)
	if len(free) == len(person) {
		t.Fatal("no property of a person has a tie break")
	}
	common, err := os.ReadFile("../../schema/kinds/common.yaml")
	if err != nil {
		t.Fatal(err)
	}
	before, err := schema.Read(fstest.MapFS{"Person.yaml": {Data: free}, "common.yaml": {Data: common}})
	if err != nil {
		t.Fatal(err)
	}
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), before)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	provenance := graph.Provenance{Source: "示例名册", AsOf: "2026-11-24", Grade: graph.GradeB}
	draft := graph.NodeDraft{Kind: projection.Person, Keys: []graph.Key{graph.NewKey(projection.Person, []string{"code"}, []string{"P1"})}}
	draft.Facts = []graph.Fact{{Provenance: provenance}}
	for _, value := range []string{"GIVEN", "WITHDRAWN"} {
		draft.Facts = append(draft.Facts, graph.Fact{Property: "consent", Value: value, Provenance: provenance})
	}
	apply(t, t, store, graph.Batch{Nodes: []graph.NodeDraft{draft}})
	p := build(t, t, store)
	if got := p.Text(first(p, projection.Person), "consent"); got != "WITHDRAWN" {
		t.Errorf("the consent is %s, want WITHDRAWN", got)
	}
}

// TestEditsMakeDataNoNewer checks that a change made through the program moves the day of
// the picture and not the date of its data, and that a list does both.
func TestEditsMakeDataNoNewer(t *testing.T) {
	b := questiontest.NewBuilder()
	b.Provenance = graph.Provenance{Source: "list", AsOf: "2024-03", Grade: graph.GradeD}
	company := b.Node("Company", questiontest.Props{"name": "甲"})
	force := b.Node("TaskForce", questiontest.Props{"name": "专班"})
	store := newStore(t, t)
	apply(t, t, store, b.Batch())
	b.Provenance = graph.Provenance{Source: graph.EditSource, AsOf: "2026-05-31", Grade: graph.GradeB}
	b.Edge("TARGETS", force, company, questiontest.Props{"status": "TALKS"})
	apply(t, t, store, b.Batch())
	if p := build(t, t, store); p.DataDate() != "2024-03" || p.AsOf() != "2026-05-31" {
		t.Errorf("data date %q, as of %q", p.DataDate(), p.AsOf())
	}
	b.Provenance = graph.Provenance{Source: "register", AsOf: "2025-07", Grade: graph.GradeA}
	b.Node("Company", questiontest.Props{"name": "乙"})
	apply(t, t, store, b.Batch())
	if p := build(t, t, store); p.DataDate() != "2025-07" || p.AsOf() != "2026-05-31" {
		t.Errorf("data date %q, as of %q", p.DataDate(), p.AsOf())
	}
}
