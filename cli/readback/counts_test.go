package readback_test

import (
	"slices"
	"strings"
	"testing"

	"liantu/cli/readback"
	"liantu/graph"
	"liantu/schema"
)

// counted is a graph of which rows cannot say everything as it was stated.
type counted struct {
	name  string
	nodes []graph.NodeDraft
	edges []graph.EdgeDraft
	want  readback.Export
	same  bool // the export loads back as the same nodes
}

func by(source string) graph.Provenance {
	return graph.Provenance{Source: source, AsOf: "2026", Grade: graph.GradeB}
}

// facts are texts by the names of their properties, and that the element exists.
func facts(by graph.Provenance, pairs ...string) []graph.Fact {
	list := []graph.Fact{{Provenance: by}}
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, graph.Fact{Property: pairs[i], Value: pairs[i+1], Provenance: by})
	}
	return list
}

func key(kind string, pairs ...any) graph.Key {
	props := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		props[pairs[i].(string)] = pairs[i+1]
	}
	return graph.KeysOf(schema.Default().Node(kind), props)[0]
}

// TestExportCounts exports what rows cannot say as it was stated.
func TestExportCounts(t *testing.T) {
	for _, c := range slices.Concat(ofNodes, ofNames, ofEnds) {
		t.Run(c.name, func(t *testing.T) {
			store := newStore(t)
			if _, err := store.Apply(t.Context(), graph.Batch{Nodes: c.nodes, Edges: c.edges}); err != nil {
				t.Fatal(err)
			}
			files, x := export(t, read(t, store, trusted, "RECTIFICATION"), false)
			if x.Added != c.want.Added || x.Apart != c.want.Apart || x.Joined != c.want.Joined || x.Lost != c.want.Lost || x.Unnamed != c.want.Unnamed || x.Unidentified != 0 {
				t.Errorf("added %d, apart %d, joined %d, lost %d, unnamed %d, unidentified %d", x.Added, x.Apart, x.Joined, x.Lost, x.Unnamed, x.Unidentified)
			}
			back := newStore(t)
			load(t, back, false, files)
			got, want := nodeLines(dump(t, back)), nodeLines(dump(t, store))
			if slices.Equal(got, want) != c.same || len(got) != len(want)+c.want.Apart-c.want.Joined {
				t.Errorf("the nodes are %q, were %q", got, want)
			}
			if _, x := export(t, read(t, store, trusted, ""), false); c.name == "a consent that an office recorded" && (len(x.Hidden) != 1 || len(x.Sheets) != 1) {
				t.Errorf("without a purpose %+v", *x)
			}
		})
	}
}

// nodeLines are the lines of nodes with their keys, except the source of the table of
// regions, which a load brings along.
func nodeLines(lines []string) []string {
	return slices.DeleteFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "[") || strings.Contains(line, "gbt2260") })
}

// ofNodes are nodes that were joined, and statements that do not name theirs.
var ofNodes = []counted{
	{"a consent that an office recorded", []graph.NodeDraft{
		{
			Kind: "Person", Keys: []graph.Key{key("Person", "code", "V1"), key("Person", "phone", "13900001111", "name", "钱一川")},
			Facts: facts(by("名册"), "code", "V1", "phone", "13900001111", "name", "钱一川", "employer", "示例所"),
		},
		{Kind: "Person", Keys: []graph.Key{key("Person", "code", "V1")}, Facts: facts(by("办公室"), "consent", "GIVEN")},
	}, nil, readback.Export{Added: 2}, true},
	{"names that were joined, of a company with a code", []graph.NodeDraft{
		{
			Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600901.SH"), key("Company", "name", "星澜实业有限公司")},
			Facts: facts(by("年报"), "stock_code", "600901.SH", "name", "星澜实业有限公司"),
		},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业")}, Facts: facts(by("名单"), "name", "星澜实业")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业"), key("Company", "stock_code", "600901.SH")}},
	}, nil, readback.Export{Added: 1}, true},
	{"names alone that were joined", []graph.NodeDraft{
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业有限公司")}, Facts: facts(by("年报"), "name", "星澜实业有限公司")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业")}, Facts: facts(by("名单"), "name", "星澜实业")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业"), key("Company", "name", "星澜实业有限公司")}},
	}, nil, readback.Export{Apart: 1}, false},
	{"two codes that were joined", []graph.NodeDraft{
		{Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600901.SH")}, Facts: facts(by("年报"), "stock_code", "600901.SH", "name", "星澜实业有限公司")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600902.SH")}, Facts: facts(by("年表"), "stock_code", "600902.SH")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业有限公司")}, Facts: facts(by("名单"), "name", "星澜实业有限公司")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600901.SH"), key("Company", "stock_code", "600902.SH"), key("Company", "name", "星澜实业有限公司")}},
	}, nil, readback.Export{Apart: 1}, false},
}

// ofNames are companies of one name.
var ofNames = []counted{
	{"a name of two companies, of which it finds one", []graph.NodeDraft{
		{
			Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600901.SH"), key("Company", "name", "星澜实业有限公司")},
			Facts: facts(by("年报"), "stock_code", "600901.SH", "name", "星澜实业有限公司"),
		},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业有限公司")}, Facts: facts(by("名单"), "name", "星澜实业有限公司")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600902.SH")}, Facts: facts(by("年报"), "stock_code", "600902.SH", "name", "星澜实业有限公司")},
	}, nil, readback.Export{Added: 1, Lost: 1}, false},
	{"a name of two companies since a code was added to it", []graph.NodeDraft{
		{
			Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600901.SH")},
			Facts: facts(by("年报"), "stock_code", "600901.SH", "name", "星澜实业有限公司", "region", "330100"),
		},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业")}, Facts: facts(by("名单"), "name", "星澜实业")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业"), key("Company", "stock_code", "600901.SH")}},
		{
			Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600902.SH")},
			Facts: facts(by("年报"), "stock_code", "600902.SH", "name", "星澜实业", "region", "330100"),
		},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业", "region", "330100")}, Facts: facts(by("名单"), "name", "星澜实业", "region", "330100")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业", "region", "330100"), key("Company", "stock_code", "600902.SH")}},
	}, nil, readback.Export{Added: 2, Lost: 2}, false},
	{"equal names that are two", []graph.NodeDraft{
		{Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600901.SH")}, Facts: facts(by("年报"), "stock_code", "600901.SH", "name", "星澜实业有限公司")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "星澜实业有限公司")}, Facts: facts(by("名单"), "name", "星澜实业有限公司")},
	}, nil, readback.Export{Joined: 1}, false},
}

// ofEnds are edges of which a name does not find an end.
var ofEnds = []counted{
	{
		"an end that shares its name",
		[]graph.NodeDraft{
			{Kind: "Company", Keys: []graph.Key{key("Company", "name", "青禾材料有限公司", "region", "330100")}, Facts: facts(by("名单"), "name", "青禾材料有限公司", "region", "330100")},
			{Kind: "Company", Keys: []graph.Key{key("Company", "name", "青禾材料有限公司", "region", "320500")}, Facts: facts(by("名单"), "name", "青禾材料有限公司", "region", "320500")},
			{Kind: "Product", Keys: []graph.Key{key("Product", "name", "靶材")}, Facts: facts(by("名单"), "name", "靶材")},
		},
		[]graph.EdgeDraft{{Kind: "MAKES", From: key("Company", "name", "青禾材料有限公司", "region", "330100"), To: key("Product", "name", "靶材"), Facts: facts(by("名单"))}},
		readback.Export{Unnamed: 1},
		true,
	},
	{"an end that is known by the name of others with codes", []graph.NodeDraft{
		{Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600901.SH")}, Facts: facts(by("年报"), "stock_code", "600901.SH", "name", "青禾材料有限公司")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "stock_code", "600902.SH")}, Facts: facts(by("年报"), "stock_code", "600902.SH", "name", "青禾材料有限公司")},
		{Kind: "Company", Keys: []graph.Key{key("Company", "name", "青禾材料有限公司")}, Facts: facts(by("名单"), "name", "青禾材料有限公司")},
		{Kind: "Product", Keys: []graph.Key{key("Product", "name", "靶材")}, Facts: facts(by("名单"), "name", "靶材")},
	}, []graph.EdgeDraft{
		{Kind: "MAKES", From: key("Company", "name", "青禾材料有限公司"), To: key("Product", "name", "靶材"), Facts: facts(by("名单"))},
		{Kind: "MAKES", From: key("Company", "stock_code", "600902.SH"), To: key("Product", "name", "靶材"), Facts: facts(by("名单"))},
	}, readback.Export{Unnamed: 1}, true},
}
