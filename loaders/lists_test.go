package loaders_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"liantu/graph"
	"liantu/loaders"
	"liantu/loaders/lists"
	"liantu/message"
)

// companies writes a list of n companies, of which some are in one city and the rest in
// another; without cities it states no places.
func companies(n, there int, city, other string) string {
	var b strings.Builder
	b.WriteString("credit_code,name")
	if city != "" {
		b.WriteString(",所在城市")
	}
	b.WriteString("\n")
	for i := range n {
		fmt.Fprintf(&b, ",%s有限公司", company(i))
		if at := other; city != "" {
			if i < there {
				at = city
			}
			b.WriteString("," + at)
		}
		b.WriteString("\n")
	}
	return strings.ReplaceAll(b.String(), "credit_code,", "uscc,")
}

// company is a name that is like no other one.
func company(i int) string {
	const sounds = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
	r := []rune(sounds)
	return string([]rune{r[i%22], r[i/22%22], r[i%22]}) + "恒信"
}

// list loads one table of companies.
func list(t *testing.T, store graph.Store, source, table string, d lists.Declared) *loaders.Report {
	t.Helper()
	return load(t, loaders.Options{
		Store: store, FS: fstest.MapFS{"Company.csv": {Data: []byte(table)}}, Source: source, AsOf: "2025-03", Lists: d,
	})
}

// TestListFaults refuses what is declared wrongly before anything is loaded.
func TestListFaults(t *testing.T) {
	chains := "code,name\na,生物医药\nb,生物医药\nc,光电\n"
	for _, c := range []struct {
		declared lists.Declared
		says     string
	}{
		{lists.Declared{CompleteIn: "330100"}, "--complete-in needs --population"},
		{lists.Declared{Population: "选录", CompleteIn: "330100"}, "a selection is complete nowhere"},
		{lists.Declared{Population: "大企业"}, "--population: \"大企业\" is not a valid choice: population takes one of"},
		{lists.Declared{Population: "规上", CompleteIn: "杭州市,虚构市"}, "--complete-in: \"杭州市,虚构市\" is not a valid list of regions: of \"虚构市\""},
		{lists.Declared{Population: "规上", CompleteIn: "杭州", CompleteOn: "去年"}, "--complete-on: \"去年\" is not a valid date"},
		{lists.Declared{Population: "规上", CompleteIn: "杭州", CompleteOn: "2999"}, "--complete-on: \"2999\" is not a valid date: it lies after today"},
		{lists.Declared{Population: "规上", Scope: "c"}, "--scope and --complete-on say what of a list is complete"},
		{lists.Declared{CompleteOn: "2024"}, "--scope and --complete-on say what of a list is complete"},
		{lists.Declared{Population: "规上", CompleteIn: "杭州", Scope: "c,nowhere"}, "--scope: no ecosystem, chain or link has the code or the name \"nowhere\""},
		{lists.Declared{Population: "规上", CompleteIn: "杭州", Scope: "生物医药"}, "--scope: \"生物医药\" names several of a, b; give the code"},
		{lists.Declared{Population: "LISTED", CompleteIn: "杭州", Scope: "光电,a"}, ""},
	} {
		store := emptyStore(t)
		r, err := loaders.Load(t.Context(), loaders.Options{
			Store: store, Source: "s", AsOf: "2025", Lists: c.declared,
			FS: fstest.MapFS{"Chain.csv": {Data: []byte(chains)}, "Company.csv": {Data: []byte("name\n甲有限公司\n")}},
		})
		if c.says == "" {
			if err != nil || !strings.Contains(dump(t, store), "complete_in=330100 complete_on=2025 name=s population=LISTED scope=a;c title=s") {
				t.Errorf("%+v: %v, graph\n%s", c.declared, err, dump(t, store))
			}
			continue
		}
		if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: the error is %v, want %q", c.declared, err, c.says)
		}
		if version, err := store.Version(t.Context()); err != nil || version != 0 || r.Load != "" && r.Nodes().Created > 0 {
			t.Errorf("%+v: the graph has version %d after a refused load (%v)", c.declared, version, err)
		}
	}
}

// TestDeclaredListIsTakenBack undoes a load and with it what it declared.
func TestDeclaredListIsTakenBack(t *testing.T) {
	store := openStore(t)
	table := companies(3, 3, "杭州市", "")
	first := list(t, store, "hz", table, lists.Declared{})
	before := digest(t, store)
	r := list(t, store, "hz", table, lists.Declared{Population: "REGISTERED", CompleteIn: "330100"})
	if r.Load == first.Load || r.Sources.Created != 1 || !strings.Contains(dump(t, store), "population=REGISTERED") {
		t.Fatalf("the load declares %+v in\n%s", r.Sources, dump(t, store))
	}
	if r.Nodes().Created+r.Nodes().Updated != 0 {
		t.Errorf("the same companies again changed %+v", r.Nodes())
	}
	if _, err := store.Undo(t.Context(), r.Load); err != nil {
		t.Fatal(err)
	}
	if digest(t, store) != before {
		t.Errorf("after the undo the graph is\n%s", dump(t, store))
	}
}

// TestContraryDeclaration warns where an earlier load states something else of a source.
func TestContraryDeclaration(t *testing.T) {
	store := openStore(t)
	table := companies(3, 3, "杭州市", "")
	list(t, store, "hz", table, lists.Declared{Population: "REGISTERED", CompleteIn: "330100"})
	again := list(t, store, "hz", table, lists.Declared{Population: "REGISTERED", CompleteIn: "330000"})
	if said := codes(again); said[loaders.CodeDeclared] != 0 {
		t.Errorf("a declaration that takes effect has warnings %v", said)
	}
	contrary := list(t, store, "hz", table, lists.Declared{Population: "REGISTERED", CompleteIn: "330200"})
	if said := codes(contrary); said[loaders.CodeDeclared] != 1 {
		t.Errorf("a declaration without effect has warnings %v, want one W_DECLARED", said)
	}
	none := load(t, loaders.Options{
		Store: store, FS: fstest.MapFS{"Chain.csv": {Data: []byte("code,name\na,甲\n")}}, Source: "c", AsOf: "2025",
		Lists: lists.Declared{Population: "LISTED"},
	})
	if said := codes(none); said[loaders.CodeDeclared] != 1 || strings.Contains(dump(t, store), "LISTED") {
		t.Errorf("a load without companies has warnings %v", said)
	}
}

func codes(r *loaders.Report) map[loaders.Code]int {
	counts := map[loaders.Code]int{}
	for _, c := range r.Codes {
		counts[c.Code] += c.Count
	}
	return counts
}

// TestQuestionOfLists asks of what looks like a complete list, and of nothing else.
func TestQuestionOfLists(t *testing.T) {
	hangzhou := companies(60, 59, "杭州市", "宁波市")
	for name, c := range map[string]struct {
		table    string
		declared lists.Declared
		earlier  map[string]string // tables that were loaded before
		dry      bool
		asks     string // "" for no question
	}{
		"a city":         {table: hangzhou, asks: "a complete one of 330100 杭州市 (60 companies, 98 % of them there)"},
		"a dry run":      {table: hangzhou, dry: true, asks: "330100 杭州市 (60 companies"},
		"a county":       {table: companies(60, 57, "杭州市滨江区", "杭州市西湖区"), asks: "330108 滨江区 (60 companies, 95 % of"},
		"its city":       {table: companies(60, 50, "杭州市滨江区", "杭州市西湖区"), asks: "330100 杭州市 (60 companies, 100 % of"},
		"a municipality": {table: companies(60, 30, "北京市海淀区", "北京市西城区"), asks: "110000 北京市 (60 companies"},
		"a province":     {table: companies(60, 30, "杭州市", "宁波市")},
		"too few there":  {table: companies(60, 56, "杭州市", "宁波市")},
		"too few":        {table: companies(49, 49, "杭州市", "")},
		"just enough":    {table: companies(50, 50, "杭州市", ""), asks: "330100 杭州市 (50 companies"},
		"no places":      {table: companies(60, 60, "", "")},
		"places in the graph": {
			table: companies(60, 60, "", ""), earlier: map[string]string{"Company.csv": companies(70, 70, "宁波市", "")},
			asks: "330200 宁波市 (60 companies, 100 % of",
		},
		"a selection":      {table: hangzhou, declared: lists.Declared{Population: "SELECTION"}},
		"a declared list":  {table: hangzhou, declared: lists.Declared{Population: "规上企业", CompleteIn: "330100"}},
		"a source says so": {table: hangzhou, earlier: map[string]string{"Source.csv": "name,title,口径\nlist,名单,选录\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			store := openStore(t)
			if c.earlier != nil {
				files := fstest.MapFS{}
				for name, text := range c.earlier {
					files[name] = &fstest.MapFile{Data: []byte(text)}
				}
				load(t, loaders.Options{Store: store, FS: files, Source: "earlier", AsOf: "2024"})
			}
			o := loaders.Options{
				Store: store, FS: fstest.MapFS{"Company.csv": {Data: []byte(c.table)}}, Source: "list", AsOf: "2025-03", Lists: c.declared, DryRun: c.dry,
			}
			said := strings.Join(load(t, o).Remarks, "\n")
			if asked := strings.Contains(said, "looks like"); asked != (c.asks != "") || !strings.Contains(said, c.asks) {
				t.Errorf("the load says %q, want the question %q", said, c.asks)
			}
			if c.asks != "" {
				o.Language = message.Chinese
				if said := text(t, load(t, o)); !strings.Contains(said, "的一份完整名录（") || !strings.HasSuffix(said, "不说明则不据以认定缺失。\n") {
					t.Errorf("the report in Chinese is %s", said)
				}
			}
		})
	}
}
