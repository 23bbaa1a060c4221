package loaders_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/loaders"
)

// dataFolder returns a folder of the real data beside the project, or skips
// the test where that is absent.
func dataFolder(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the data set %s is not there: put it into ../shared/data/%s beside the project", name, name)
	}
	return path
}

// known is a fault that the data is known to have.
type known struct {
	what     string
	file     string // the end of its name
	severity loaders.Severity
	code     loaders.Code
	column   string // "" for any
	text     string // in the reason
	count    int
}

var chainkgFaults = []known{
	{"the same company in several rows", "company.json.gz", loaders.Warning, loaders.CodeRepeated, "", "company", 45},
	{"a date that is a dash", "company.json.gz", loaders.Warning, loaders.CodeExpected, "time", `"-"`, 2},
	{"a date that is the name of an exchange", "company.json.gz", loaders.Dropped, loaders.CodeBadValue, "time", "证券交易所", 11},
	{"an exchange that is a date", "company.json.gz", loaders.Dropped, loaders.CodeBadValue, "location", "2010-02-11", 1},
	{"an industry that industry.json lacks", "company_industry.json.gz", loaders.Rejected, loaders.CodeUnknownEnd, "industry_code", "unknown link", 110},
	{"a negative share", "company_product.json.gz", loaders.Dropped, loaders.CodeBadValue, "rel_weight", "never negative", 672},
	{"a share above one", "company_product.json.gz", loaders.Dropped, loaders.CodeBadValue, "rel_weight", "between 0 and 1", 42},
	{"shares that add up to more than one", "company_product.json.gz", loaders.Warning, loaders.CodeSumAbove, "", "adds up to", 2749},
	{"a product name with a line break", "company_product.json.gz", loaders.Warning, loaders.CodeRepaired, "product_name", `\n`, 6},
	{"a control character in a product name", "company_product.json.gz", loaders.Warning, loaders.CodeRepaired, "product_name", `\x7f`, 3},
	{"an escape written twice", "product.json.gz", loaders.Warning, loaders.CodeRepaired, "name", "repaired", 19},
	{"quotation marks in a name", "product.json.gz", loaders.Warning, loaders.CodeSuspect, "name", "is suspect", 39},
	{"a damaged name", "product.json.gz", loaders.Rejected, loaders.CodeBadValue, "name", "lost in a conversion", 1},
	{"a product under two spellings", "product.json.gz", loaders.Warning, loaders.CodeRepeated, "", "product", 210},
	{"a product upstream of itself", "product_product.json.gz", loaders.Rejected, loaders.CodeSelfLoop, "", "FEEDS", 108},
	{"a product that is a sort of itself", "product_product.json.gz", loaders.Rejected, loaders.CodeSelfLoop, "", "PART_OF", 33},
	{"products upstream of each other", "product_product.json.gz", loaders.Warning, loaders.CodeMutualPair, "", "FEEDS", 4},
	{"a product that product.json lacks", "product_product.json.gz", loaders.Rejected, loaders.CodeUnknownEnd, "to_entity", "unknown product", 1},
	{"a damaged name of a product", "product_product.json.gz", loaders.Rejected, loaders.CodeUnknownEnd, "from_entity", "lost in a conversion", 1},
	{"a control character in the name of a product", "product_product.json.gz", loaders.Warning, loaders.CodeRepaired, "to_entity", `\b`, 1},
}

// chainkgRows is what the files hold, counted with other tools.
var chainkgRows = map[string]loaders.Rows{
	"company.json.gz":           {Read: 3177, Accepted: 3177},
	"company_industry.json.gz":  {Read: 2969, Accepted: 2859, Rejected: 110},
	"company_product.json.gz":   {Read: 45536, Accepted: 45536},
	"industry.json.gz":          {Read: 511, Accepted: 511},
	"industry_industry.json.gz": {Read: 480, Accepted: 480},
	"product.json.gz":           {Read: 95559, Accepted: 95558, Rejected: 1},
	"product_product.json.gz":   {Read: 110153, Accepted: 110010, Rejected: 143},
	"stock_basic.csv":           {Read: 2820, Accepted: 2820},
}

// TestRealData loads both foreign data sets into one store, checks that it
// reports exactly the known faults, and loads the first again.
func TestRealData(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads real data")
	}
	store := openStore(t)
	chainkg := loaders.Options{Store: store, Mapping: builtIn(t, "chainkg"), Paths: []string{dataFolder(t, "chainkg")}}
	r := load(t, chainkg)
	t.Logf("chainkg: %d rows, %.0f rows/s", r.Total().Read, r.RowsPerSecond())
	if len(r.Files) != len(chainkgRows) {
		t.Errorf("%d files, want %d", len(r.Files), len(chainkgRows))
	}
	for _, f := range r.Files {
		if want := chainkgRows[filepath.Base(f.File)]; f.Rows != want {
			t.Errorf("%s: rows are %+v, want %+v", f.File, f.Rows, want)
		}
	}
	checkKnown(t, r, chainkgFaults)
	checkDirections(t, store)
	t.Run("chains28", func(t *testing.T) { checkChains28(t, store) })
	t.Run("again", func(t *testing.T) {
		before, err := store.Version(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r := load(t, chainkg)
		checkUnchanged(t, r)
		if r.Version != before {
			t.Errorf("the graph went from version %d to %d", before, r.Version)
		}
	})
}

// checkKnown checks that each known fault occurs as often as expected, and that
// there are no others.
func checkKnown(t *testing.T, r *loaders.Report, wanted []known) {
	t.Helper()
	counts := make([]int, len(wanted))
faults:
	for _, f := range r.Faults {
		for i, k := range wanted {
			if strings.HasSuffix(f.File, string(filepath.Separator)+k.file) && f.Severity == k.severity && f.Code == k.code &&
				(k.column == "" || f.Column == k.column) && strings.Contains(f.Reason, k.text) {
				counts[i]++
				continue faults
			}
		}
		t.Errorf("not known: %s %s: %s", f.Severity, f.Code, f)
	}
	for i, k := range wanted {
		if counts[i] != k.count {
			t.Errorf("%s: %d times, want %d", k.what, counts[i], k.count)
		}
	}
}

// checkDirections checks that known edges are present in the right direction.
func checkDirections(t *testing.T, store graph.Store) {
	t.Helper()
	wanted := map[string]bool{
		"Product/name=冰糖 FEEDS Product/name=红豆薏米仁汤":                    false, // 上游材料
		"Product/name=木糖 FEEDS Product/name=木糖醇":                       false, // 下游产品
		"Product/name=纸包装容器 PART_OF Product/name=包装容器":                 false, // 产品小类
		"Link/code=sw.110101 PART_OF Link/code=sw.110100":              false,
		"Link/code=sw.110100 PART_OF Chain/code=sw.110000":             false,
		"Company/stock_code=600373.SH OPERATES_IN Link/code=sw.720902": false,
		"Company/stock_code=000001.SZ LOCATED_IN Region/code=440300":   false, // 深圳
		"Company/stock_code=600373.SH LOCATED_IN Region/code=360000":   false, // 江西
		"Company/stock_code=300265.SZ MAKES Product/name=光纤复合架空地线":     false,
		"Company/stock_code=002053.SZ MAKES Product/name=防伪碘盐标志":       false,
	}
	keys := map[graph.ID]graph.Key{}
	_, err := store.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Node != nil {
			keys[c.Node.ID] = c.Node.Keys[0]
		}
		if e := c.Edge; e != nil {
			text := string(keys[e.From]) + " " + e.Kind + " " + string(keys[e.To])
			if _, ok := wanted[text]; ok {
				wanted[text] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, found := range wanted {
		if !found {
			t.Errorf("there is no edge %s", text)
		}
	}
}

// checkChains28 checks that the whole tree is loaded and every company that is
// not resolved is reported.
func checkChains28(t *testing.T, store graph.Store) {
	r := load(t, loaders.Options{Store: store, Mapping: builtIn(t, "chains28"), Paths: []string{dataFolder(t, "chains28")}})
	kinds := map[string]loaders.Counts{}
	for _, f := range r.Files {
		if len(f.Unmapped) > 0 {
			t.Errorf("%s has columns that are not used: %q", f.File, f.Unmapped)
		}
		for _, k := range f.Kinds {
			c := kinds[k.Kind]
			c.Created += k.Created
			c.Updated += k.Updated
			kinds[k.Kind] = c
		}
	}
	for kind, want := range map[string]int{"Chain": 28, "Link": 84 + 337 + 1263, "PART_OF": 84 + 337 + 1263} {
		if got := kinds[kind]; got.Created != want {
			t.Errorf("%s: %+v, want %d created", kind, got, want)
		}
	}
	total := r.Total()
	if companies := total.Read - 28 - 84 - 337 - 1263; len(r.Files) != 28 || companies != 7098 {
		t.Errorf("%d files with %d companies, want 28 with 7098", len(r.Files), companies)
	}
	for _, c := range r.Codes {
		if c.Code != loaders.CodeUnresolved && c.Code != loaders.CodeAmbiguousEnd {
			t.Errorf("%d faults %s %s", c.Count, c.Severity, c.Code)
		}
	}
	t.Logf("chains28: %d of 7098 companies resolved", 7098-total.Rejected)
	if total.Rejected < 5000 || total.Rejected > 7000 {
		t.Errorf("%d companies are not resolved", total.Rejected)
	}
}
