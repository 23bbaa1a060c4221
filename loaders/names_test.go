package loaders_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/loaders/names"
	"liantu/loaders/reviews"
	"liantu/schema"
)

const (
	listedCompanies = `stock_code,name,short_name,english_name
002236.SZ,浙江大华技术股份有限公司,大华股份,"Zhejiang Dahua Technology Co., Ltd."
002415.SZ,杭州海康威视数字技术股份有限公司,海康威视,
600031.SH,三一重工股份有限公司,三一重工,
`
	namedCompanies = `name,employees
浙江大華技術股份有限公司,1
海康威视（Hikvision）,2
三一集团有限公司,3
浙江大华技术股份有限公司北京分公司,4
杭州海康威视系统技术有限公司,5
天天向上科技有限公司,6
`
)

// companiesOf lists the companies of a store by the names that sources state,
// in order.
func companiesOf(t *testing.T, s graph.Store) []string {
	t.Helper()
	var list []string
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Node == nil || c.Node.Kind != "Company" {
			return nil
		}
		var names []string
		for _, f := range c.Node.Facts {
			if f.Property == "name" && !slices.Contains(names, f.Value.(string)) {
				names = append(names, f.Value.(string))
			}
		}
		slices.Sort(names)
		list = append(list, strings.Join(names, " = "))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func namesOptions(s graph.Store, parts map[string]string) loaders.Options {
	o := loaders.Options{Store: s, FS: files(parts), Source: "list", AsOf: "2024", Names: true}
	for name := range parts {
		o.Paths = append(o.Paths, name)
	}
	return o
}

func wantCompanies(t *testing.T, s graph.Store, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := companiesOf(t, s); !slices.Equal(got, want) {
		t.Errorf("companies are\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// faultsOf counts the faults of a code.
func faultsOf(r *loaders.Report, code loaders.Code) (list []string) {
	for _, f := range r.Faults {
		if f.Code == code {
			list = append(list, f.String())
		}
	}
	return list
}

func TestNamesFindKnownCompanies(t *testing.T) {
	s := openStore(t)
	load(t, namesOptions(s, map[string]string{"Company.csv": listedCompanies}))
	r := load(t, namesOptions(s, map[string]string{"Company.csv": namedCompanies}))
	wantCompanies(t, s,
		"浙江大华技术股份有限公司 = 浙江大華技術股份有限公司", "杭州海康威视数字技术股份有限公司 = 海康威视（Hikvision）",
		"三一重工股份有限公司", "三一集团有限公司", "浙江大华技术股份有限公司北京分公司", "杭州海康威视系统技术有限公司", "天天向上科技有限公司",
	)
	if got := faultsOf(r, loaders.CodeFuzzyMatch); len(got) != 2 || !strings.HasPrefix(got[0], `Company.csv:2: "浙江大華技術股份有限公司" is taken for "浙江大华技术股份有限公司" (002236.SZ): both are called "大华" (+8.0)`) {
		t.Errorf("taken by names are %q", got)
	}
	if r.Names == nil || r.Names.Merged != 2 || !r.Complete() {
		t.Errorf("names are %+v, complete %v", r.Names, r.Complete())
	}
	version, before := r.Version, digest(t, s)
	again := load(t, namesOptions(s, map[string]string{"Company.csv": namedCompanies}))
	if again.Version != version || digest(t, s) != before {
		t.Errorf("the same load again brings version %d after %d", again.Version, version)
	}
}

// TestRegisteredNameIsShown: the name of a company in a newer list finds it,
// but does not replace its registered one.
func TestRegisteredNameIsShown(t *testing.T) {
	register := "stock_code,name,short_name,grade,as_of\n002415.SZ,杭州海康威视数字技术股份有限公司,海康威视,A,2020\n"
	list := "name,as_of\n海康威视（Hikvision）,2025\n"
	for _, order := range [][]string{{register, list}, {list, register}} {
		s := openStore(t)
		for _, rows := range order {
			load(t, namesOptions(s, map[string]string{"Company.csv": rows}))
		}
		wantCompanies(t, s, "杭州海康威视数字技术股份有限公司 = 海康威视（Hikvision）")
		_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
			if c.Node == nil || c.Node.Kind != "Company" {
				return nil
			}
			if name, _ := c.Node.Get("name"); name != "杭州海康威视数字技术股份有限公司" {
				t.Errorf("the name is %v", name)
			}
			if lost := c.Node.Conflicts(); len(lost) != 1 || lost[0].Value != "海康威视（Hikvision）" {
				t.Errorf("conflicts are %v", lost)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		o := namesOptions(s, map[string]string{
			"Link.csv": "code,name,position\na,甲环节,上游\nb,乙环节,上游\n", "OPERATES_IN.csv": "from,to\n海康威视（Hikvision）,a\n杭州海康威视数字技术股份有限公司,b\n",
		})
		o.Names = false
		if r := load(t, o); r.Edges().Created != 2 || len(companiesOf(t, s)) != 1 {
			t.Errorf("the names of the company find it at %d ends: %v", r.Edges().Created, r.Faults)
		}
	}
}

// TestNamesAreLeftAloneUnlessAsked: without the option only keys join.
func TestNamesAreLeftAloneUnlessAsked(t *testing.T) {
	s := openStore(t)
	o := namesOptions(s, map[string]string{"1/Company.csv": listedCompanies, "2/Company.csv": namedCompanies})
	o.Names = false
	if r := load(t, o); r.Names != nil || len(companiesOf(t, s)) != 9 {
		t.Errorf("names %+v, companies %q", r.Names, companiesOf(t, s))
	}
}

// TestNamesKnowNoOrder: the result of names does not depend on the order of
// rows and files, nor, where no name fits two companies, on the order of loads.
func TestNamesKnowNoOrder(t *testing.T) {
	rows := map[string][]string{}
	for i, text := range []string{listedCompanies, namedCompanies} {
		head, rest, _ := strings.Cut(text, "\n")
		rows[[]string{"listed", "named"}[i]] = append([]string{head}, strings.Split(strings.TrimSpace(rest), "\n")...)
	}
	base := storeWithRegions(t)
	open := func(t *testing.T) graph.Store {
		path := filepath.Join(t.TempDir(), "graph.db")
		if err := os.WriteFile(path, base, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := filestore.Open(path, schema.Default())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open(t)
	load(t, namesOptions(s, map[string]string{"1/Company.csv": listedCompanies, "2/Company.csv": namedCompanies}))
	want := digest(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(15) {
		random := rand.New(rand.NewPCG(seed, 0))
		loads := make([]map[string]string, 1+random.IntN(3))
		for _, kind := range []string{"listed", "named"} {
			for _, i := range random.Perm(len(rows[kind]) - 1) {
				at := random.IntN(len(loads))
				if loads[at] == nil {
					loads[at] = map[string]string{}
				}
				name := fmt.Sprintf("%d%s/Company.csv", random.IntN(4), kind)
				if loads[at][name] == "" {
					loads[at][name] = rows[kind][0] + "\n"
				}
				loads[at][name] += rows[kind][i+1] + "\n"
			}
		}
		s := open(t)
		for _, parts := range loads {
			if parts != nil {
				load(t, namesOptions(s, parts))
			}
		}
		got := digest(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Fatalf("seed %d: digest is %s, want %s; the loads are %q", seed, got, want, loads)
		}
	}
}

func TestJudgementsDecide(t *testing.T) {
	judged := "left,right,verdict,by\n" +
		"浙江大華技術股份有限公司,002236.SZ,不同,李工\n" + // whatever the names say
		"浙江大華技術股份有限公司,002236.SZ,同一家,王工\n" + // different wins
		"三一集团有限公司,三一重工股份有限公司,是,王工\n" // whatever the names say
	s := openStore(t)
	r := load(t, namesOptions(s, map[string]string{"1/Company.csv": listedCompanies, "2/Company.csv": namedCompanies, "Judgement.csv": judged}))
	got := companiesOf(t, s)
	for name, want := range map[string]bool{
		"浙江大华技术股份有限公司": true, "浙江大華技術股份有限公司": true, "三一重工股份有限公司 = 三一集团有限公司": true,
	} {
		if slices.Contains(got, name) != want {
			t.Errorf("%q is a company of its own: %v; companies are %q", name, !want, got)
		}
	}
	if r.Names.Contradicted != 0 {
		t.Errorf("%d judgements are contradicted: %q", r.Names.Contradicted, faultsOf(r, loaders.CodeContradicted))
	}
	// A later judgement of the same person replaces the earlier one.
	o := namesOptions(s, map[string]string{"Judgement.csv": "left,right,verdict,by\n浙江大華技術股份有限公司,002236.SZ,同一家,李工\n"})
	o.AsOf = "2025"
	load(t, o)
	if got := companiesOf(t, s); !slices.Contains(got, "浙江大华技术股份有限公司 = 浙江大華技術股份有限公司") {
		t.Errorf("companies are %q", got)
	}
}

func TestContradictoryJudgementsAreReported(t *testing.T) {
	s := openStore(t)
	r := load(t, namesOptions(s, map[string]string{
		"Company.csv":   "name,uscc\n甲山科技有限公司,91110000600037341L\n乙水科技有限公司,\n丙木科技有限公司,\n",
		"Judgement.csv": "left,right,verdict,by\n甲山科技有限公司,乙水科技有限公司,同,王\n乙水科技有限公司,丙木科技有限公司,同,王\n丙木科技有限公司,甲山科技有限公司,不是,王\n",
	}))
	wantCompanies(t, s, "甲山科技有限公司", "乙水科技有限公司", "丙木科技有限公司")
	if got := faultsOf(r, loaders.CodeContradicted); r.Names.Contradicted != 2 || len(got) != 2 {
		t.Errorf("contradicted are %q (%+v)", got, r.Names)
	}
}

// TestNameThatFitsTwoIsForReview: a name goes to no company when it fits two.
func TestNameThatFitsTwoIsForReview(t *testing.T) {
	s := openStore(t)
	r := load(t, namesOptions(s, map[string]string{
		"1/Company.csv": "stock_code,name,short_name,former_names\n002193.SZ,山东如意毛纺服装集团股份有限公司,如意集团,\n000626.SZ,远大产业控股股份有限公司,远大控股,如意集团\n",
		"2/Company.csv": "name\n如意集团\n",
	}))
	wantCompanies(t, s, "山东如意毛纺服装集团股份有限公司", "远大产业控股股份有限公司", "如意集团")
	if got := faultsOf(r, loaders.CodeNameReview); r.Names.Review != 2 || len(got) != 2 {
		t.Errorf("for review are %q (%+v)", got, r.Names)
	}
}

func TestEndsOfEdgesAreFoundByName(t *testing.T) {
	s := openStore(t)
	r := load(t, namesOptions(s, map[string]string{
		"Company.csv":     listedCompanies,
		"Link.csv":        "code,name,position\na,甲环节,上游\n",
		"OPERATES_IN.csv": "from,to\n大华股份（Dahua）,a\n海康威视数字,a\n",
	}))
	if got := faultsOf(r, loaders.CodeFuzzyMatch); len(got) != 1 || !strings.HasPrefix(got[0], `OPERATES_IN.csv:2: column "from": "大华股份（Dahua）" is taken for "浙江大华技术股份有限公司" (002236.SZ)`) {
		t.Errorf("ends taken by names are %q", got)
	}
	if e := r.Edges(); e.Created != 1 {
		t.Errorf("%d edges are created: %v", e.Created, r.Faults)
	}
}

// TestCompletedReviewIsLoaded lists what names leave open, fills in the list and
// loads it, twice.
func TestCompletedReviewIsLoaded(t *testing.T) {
	s := openStore(t)
	load(t, namesOptions(s, map[string]string{
		"1/Company.csv": "stock_code,name,short_name\n600588.SH,用友网络科技股份有限公司,用友网络\n",
		"2/Company.csv": "name\n用友\n用友网络科技股份有限公司杭州分公司\n",
	}))
	review := func() []names.ReviewItem {
		items, err := names.Review(t.Context(), s, schema.Default())
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(items, func(i names.ReviewItem) bool { return i.Kind == names.ReviewMerged })
	}
	items := review()
	if len(items) != 1 || items[0].Kind != names.ReviewBranch || items[0].Right.Ref != "600588.SH" {
		t.Fatalf("to review: %+v", items)
	}
	take := func(rows string) *loaders.Report {
		o := loaders.Options{Store: s, FS: files(map[string]string{"review.csv": "left,right,verdict,points\n" + rows}), AsOf: "2025"}
		r, err := reviews.Names(t.Context(), o, "李工")
		if err != nil {
			t.Fatal(err)
		}
		checkAccounts(t, r)
		return r
	}
	filled := items[0].Left.Ref + ",600588.SH,不同,-40\n用友,600588.SH,同一家,6\n别的,600588.SH,,\n"
	r := take(filled)
	if total := r.Total(); total.Accepted != 2 || total.Blank != 1 || total.Rejected != 0 || !r.Complete() {
		t.Errorf("rows are %+v, faults %v", total, r.Faults)
	}
	wantCompanies(t, s, "用友 = 用友网络科技股份有限公司", "用友网络科技股份有限公司杭州分公司")
	version := r.Version
	if again := take(filled); again.Version != version {
		t.Errorf("taken twice, the list brings version %d after %d", again.Version, version)
	}
	if items := review(); len(items) != 0 {
		t.Errorf("still to review: %+v", items)
	}
	// Companies joined by names are separated when they are judged different.
	take("用友,600588.SH,不同,\n")
	wantCompanies(t, s, "用友", "用友网络科技股份有限公司", "用友网络科技股份有限公司杭州分公司")
	if items := review(); len(items) != 0 {
		t.Errorf("still to review: %+v", items)
	}
	if _, err := reviews.Names(t.Context(), loaders.Options{Store: s}, " "); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a list without a person is accepted: %v", err)
	}
}

// TestJoinsAreUndoneWithTheirLoads: after a load is undone and names are
// joined again, the graph is as if it had never been loaded, in whatever order
// loads came, and also where a name fits two companies.
func TestJoinsAreUndoneWithTheirLoads(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads in many orders")
	}
	parts := []map[string]string{
		{"Company.csv": listedCompanies},
		{"Company.csv": namedCompanies},
		{"Company.csv": "stock_code,name,short_name,former_names\n002193.SZ,山东如意毛纺服装集团股份有限公司,如意集团,\n"},
		{"Company.csv": "name\n如意集团\n大华股份\n"},
		{"Company.csv": "stock_code,name,short_name,former_names\n000626.SZ,远大产业控股股份有限公司,远大控股,如意集团\n"},
	}
	anew := func(s graph.Store) string {
		if _, err := names.JoinAnew(t.Context(), s, schema.Default()); err != nil {
			t.Fatal(err)
		}
		return digest(t, s)
	}
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 0))
		s, plain := openStore(t), openStore(t)
		gone := random.IntN(len(parts))
		id := ""
		for _, i := range random.Perm(len(parts)) {
			r := load(t, namesOptions(s, parts[i]))
			if i == gone {
				id = r.Load
			}
		}
		for i, part := range parts {
			if i != gone {
				load(t, namesOptions(plain, part))
			}
		}
		if _, err := s.Undo(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if got, want := anew(s), anew(plain); got != want {
			t.Errorf("seed %d: without %v the companies are\n%s\nnever loaded, they are\n%s", seed, parts[gone],
				strings.Join(companiesOf(t, s), "\n"), strings.Join(companiesOf(t, plain), "\n"))
		}
		before := digest(t, s)
		if again := anew(s); again != before {
			t.Errorf("seed %d: joined again, the graph differs", seed)
		}
	}
}
