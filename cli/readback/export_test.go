package readback_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/cli/readback"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

// newStore opens an empty graph in a file.
func newStore(t *testing.T) graph.Store {
	t.Helper()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// load loads files and returns the report.
func load(t *testing.T, store graph.Store, names bool, paths ...string) *loaders.Report {
	t.Helper()
	report, err := loaders.Load(t.Context(), loaders.Options{Store: store, Model: schema.Default(), Paths: paths, Names: names})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// write writes texts as files of a new folder, by their names.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// reader is a reading with the view that it reads.
type reader struct {
	*readback.Reading
	view *projection.Projection
}

// read is what an identity reads of a store.
func read(t *testing.T, store graph.Store, id *access.Identity, purpose string) reader {
	t.Helper()
	picture, err := projection.Build(t.Context(), schema.Default(), store)
	if err != nil {
		t.Fatal(err)
	}
	view, err := disclosure.ViewOf(t.Context(), schema.Default(), picture, id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := readback.For(readback.Use{Purpose: purpose}, view, picture, id)
	if err != nil {
		t.Fatal(err)
	}
	return reader{r, view}
}

// export exports everything into files of a new folder, or into one workbook.
func export(t *testing.T, r reader, workbook bool) (string, *readback.Export) {
	t.Helper()
	x, err := r.Export(t.Context(), readback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name string, b *bytes.Buffer, err error) {
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if workbook {
		put("all.xlsx", &b, readback.Book("all", x.Sheets, []string{"备注"}).Write(&b))
		return dir, x
	}
	for _, s := range x.Sheets {
		b.Reset()
		put(s.Kind.Name+".csv", &b, s.WriteCSV(&b))
	}
	return dir, x
}

// dump lists the facts of a graph in lines, nodes by their keys without the ids that
// they lost when they were joined, which [graph.Digest] leaves out too.
func dump(t *testing.T, store graph.Store) []string {
	t.Helper()
	var lines []string
	names := map[graph.ID]string{}
	if _, err := store.Changes(t.Context(), 0, func(c graph.Change) error {
		switch {
		case c.Node != nil && c.Node.Kind != projection.Region:
			names[c.Node.ID] = string(c.Node.Keys[0])
			var keys []string // as they are, which a key does not print
			for _, k := range c.Node.Keys {
				if k.Kind() != "" {
					keys = append(keys, string(k))
				}
			}
			lines = append(lines, fmt.Sprint(keys))
			for _, f := range c.Node.Facts {
				lines = append(lines, fmt.Sprintf("%s %s=%v %v", names[c.Node.ID], f.Property, f.Value, f.Provenance))
			}
		case c.Node != nil:
			names[c.Node.ID] = string(c.Node.Keys[0])
		case c.Edge != nil:
			for _, f := range c.Edge.Facts {
				lines = append(lines, fmt.Sprintf("%s -%s(%s)> %s %s=%v %v", names[c.Edge.From], c.Edge.Kind, c.Edge.Discriminator, names[c.Edge.To], f.Property, f.Value, f.Provenance))
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return lines
}

// difference lists what only one of two graphs has.
func difference(a, b []string) string {
	count := map[string]int{}
	for _, line := range a {
		count[line]--
	}
	for _, line := range b {
		count[line]++
	}
	var out strings.Builder
	for _, line := range append(a, b...) {
		if n := count[line]; n != 0 {
			fmt.Fprintf(&out, "%+d %s\n", n, line)
			count[line] = 0
		}
	}
	return out.String()
}

func digest(t *testing.T, store graph.Store) string {
	t.Helper()
	sum, err := graph.Digest(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// trusted sees everything for a purpose.
var trusted = &access.Identity{Subject: "user:wang", Role: schema.RoleSteward}

// everybodyConsents lets every person agree for long, so that all can be read back.
func everybodyConsents(t *testing.T, store graph.Store) {
	t.Helper()
	by := graph.Provenance{Source: "征询记录", AsOf: time.Now().Format(time.DateOnly), Grade: graph.GradeA}
	var batch graph.Batch
	if _, err := store.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Node != nil && c.Node.Kind == projection.Person {
			d := graph.NodeDraft{Kind: projection.Person, Keys: []graph.Key{graph.IDKey(c.Node.ID)}, Facts: []graph.Fact{
				{Property: "consent", Value: "GIVEN", Provenance: by}, {Property: "consent_until", Value: "2099", Provenance: by},
			}}
			if code, ok := c.Node.Get("code"); ok { // as an office lists it, with its code and name
				name, _ := c.Node.Get("name")
				d.Facts = append(d.Facts, graph.Fact{Provenance: by}, graph.Fact{Property: "code", Value: code, Provenance: by}, graph.Fact{Property: "name", Value: name, Provenance: by})
			}
			batch.Nodes = append(batch.Nodes, d)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
}

// TestExportLoadsBack exports graphs and loads the export into an empty graph, which
// then has the same keys and facts.
func TestExportLoadsBack(t *testing.T) {
	for name, dir := range map[string]string{
		"every property":  write(t, everything()),
		"several sources": write(t, sources),
		"names and codes": write(t, namesAndCodes),
		"assumed days":    write(t, assumed),
		"the sample pack": filepath.Join("..", "..", "examples", "zhejiang", "data"),
	} {
		if testing.Short() && name == "the sample pack" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			store := newStore(t)
			load(t, store, false, dir)
			everybodyConsents(t, store)
			want, digested := dump(t, store), digest(t, store)
			for _, workbook := range []bool{false, true} {
				if workbook && name == "the sample pack" {
					continue // which takes long and holds nothing that the others do not
				}
				files, x := export(t, read(t, store, trusted, "RECTIFICATION"), workbook)
				if x.Added != 0 || x.Unidentified != 0 || x.Unnamed != 0 || x.Apart != 0 || x.Joined != 0 || x.Lost != 0 || len(x.MaskedColumns()) > 0 {
					t.Errorf("workbook %t: %+v, masked %v", workbook, *x, x.MaskedColumns())
				}
				back := newStore(t)
				report := load(t, back, false, files)
				for _, f := range report.Faults {
					if f.Code != "W_NO_SOURCE" && f.Code != "W_MUTUAL_PAIR" {
						t.Errorf("workbook %t: %+v", workbook, f)
					}
				}
				if d := difference(want, dump(t, back)); d != "" {
					t.Errorf("workbook %t: the graphs differ:\n%.4000s", workbook, d)
				} else if digest(t, back) != digested {
					t.Errorf("workbook %t: the digests differ", workbook)
				}
			}
		})
	}
}

// sources are statements about the same things by several sources.
var sources = map[string]string{
	"Company.csv": `uscc,stock_code,name,region,aliases,employees,registered_capital,source,as_of,grade
,600901.SH,星澜实业有限公司,330683,星澜;=星澜(集团),120,1234.5,年报,2025,B
,,星澜实业有限公司,330683,,130,,名单,2026-03,D
,,星澜实业有限公司,,,,,名单,2026-03,D
,600901.SH,星澜实业股份有限公司,,,140,,年报,2025,B
,,青禾材料有限公司,330100,,0,0.1,名单,2026-03,D
,,青禾材料有限公司,320500,,7,,名单,2026-03,D
,,青禾材料有限公司,,,9,,普查,2024,A
`,
	"Project.csv": `code,name,stage,investment,description,source,as_of,grade
X01,光刻胶一期,SIGNED,50000,"第一行
第二行",台账,2026-03-01,B
X01,光刻胶一期,LANDED,12345678.987654,,台账,2026-05-01,B
,靶材项目,TALKS,,-待定,台账,2026-03-01,B
`,
	"INVOLVES.csv": `from,to_kind,to,part,valid_from,source,as_of,grade
X01,Company,600901,INVESTOR,2026-01,台账,2026-03-01,B
X01,Company,600901.SH,PARTNER,,年报,2026,A
靶材项目,Company,600901.SH,INVESTOR,,台账,2026-03-01,B
靶材项目,Company,青禾材料有限公司,INVESTOR,,台账,2026-03-01,B
`,
	"LOCATED_IN.csv": `from_kind,from,to,role,address,source,as_of,grade
Company,600901.SH,330683,REGISTERED,示例路1号,年报,2025,B
Company,600901.SH,330683,SITE,,年报,2025,B
Company,600901.SH,330683,,,名单,2026-03,D
`,
}

// namesAndCodes are companies whose lists state a code, another code or the name
// alone: 星澜 stands in one list by its code and by its name, of 青禾 there are two and a list that says of
// neither, 云岫 and 寒山 are known by two codes, and the list of 松涛 is judged to be another one.
var namesAndCodes = map[string]string{
	"Company.csv": `uscc,stock_code,name,region,employees,source,as_of,grade
,600901.SH,星澜实业有限公司,330683,120,年报,2025,B
,,星澜实业有限公司,330683,130,年报,2025,B
,600902.SH,青禾材料有限公司,330100,7,年报,2025,B
,600903.SH,青禾材料有限公司,320500,8,年报,2025,B
,,青禾材料有限公司,,9,名单,2026-03,D
,,青禾材料有限公司,320500,,名单,2026-03,D
91330000MA27U0XJ0X,,云岫科技有限公司,,5,登记,2025,A
,600904.SH,云岫科技有限公司,,,年报,2025,B
,600906.SH,寒山电子有限公司,,,年报,2025,B
,00001.HK,寒山电子有限公司,,,年报,2025,B
,600905.SH,松涛机械有限公司,,3,年报,2025,B
,,松涛机械有限公司,,4,名单,2026-03,D
`,
	"Judgement.csv": `left,right,verdict,by,source,as_of,grade
600905.SH,松涛机械有限公司,DIFFERENT,钱某,核对,2026-04,B
`,
	"Product.csv": "name,source,as_of,grade\n靶材,名单,2026-03,D\n",
	"MAKES.csv":   "from,to,source,as_of,grade\n星澜实业有限公司,靶材,名单,2026-03,D\n600903.SH,靶材,年报,2025,B\n",
}

// assumed are statements of days that are assumed, beside the same of stated days.
var assumed = map[string]string{
	"Company.csv": `stock_code,name,employees,source,as_of,grade
600901.SH,星澜实业有限公司,120,名单,2026-03-31?,D
600901.SH,星澜实业有限公司,110,名单,2026-03-31,D
600901.SH,星澜实业有限公司,100,名单,2025,D
,星澜实业有限公司,90,台账,2026-05?,D
`,
	"LOCATED_IN.csv": `from_kind,from,to,role,source,as_of,grade
Company,600901.SH,330683,SITE,名单,2026-03-31?,D
Company,600901.SH,330683,SITE,名单,2026-03-31,D
`,
}

// canary is a text that only one property has.
func canary(k *schema.Kind, p *schema.Property) string { return "=" + k.Name + "." + p.Name }

// everything has an element of every kind with a value of every property.
func everything() map[string]string {
	files := map[string]string{}
	model := schema.Default()
	texts := map[schema.Type]string{
		schema.TypeInt: "12", schema.TypeFloat: "-0.125", schema.TypeBool: "true", schema.TypeMoney: "1234.5678", schema.TypePercent: "0.07",
		schema.TypeDate: "2024-05", schema.TypeRegion: "330683", schema.TypeRegions: "330683;330700", schema.TypeUSCC: "91330000MA27U0XJ0X", schema.TypeLEI: "529900T8BM49AURSDO55",
		schema.TypeStockCode: "600519.SH", schema.TypePhone: "13900000000", schema.TypeEmail: "a@example.com", schema.TypeURL: "https://example.com/?a=1",
	}
	line := func(k *schema.Kind, ends, heads string) string {
		var head, row []string
		for _, p := range k.Properties {
			text := texts[p.Type]
			switch p.Type {
			case schema.TypeText:
				text = canary(k, p) + " "
			case schema.TypeCode:
				text = "c-" + strings.ToLower(k.Name)
			case schema.TypeTexts:
				if text = `乙\;丙;甲`; p.Name == "scope" {
					text = "c-link" // which is there
				}
			case schema.TypeEnum:
				text = p.Values[len(p.Values)-1].Name
			}
			switch {
			case k.Name == projection.Region && p.Name == "code":
				text = "330683"
			case p.Name == "valid_to":
				text = "2099" // so that the edge holds
			}
			head, row = append(head, p.Name), append(row, text)
		}
		return heads + strings.Join(head, ",") + ",source,as_of,grade\n" + ends + strings.Join(row, ",") + ",来源一,2026-01-02,C\n"
	}
	for _, k := range model.Nodes {
		files[k.Name+".csv"] = line(k, "", "")
	}
	named := func(kind string) string {
		switch kind {
		case projection.Company:
			return texts[schema.TypeStockCode]
		case projection.Intermediary:
			return texts[schema.TypeUSCC]
		case projection.Product:
			return "=Product.name"
		case projection.Region:
			return texts[schema.TypeRegion]
		}
		return "c-" + strings.ToLower(kind)
	}
	files["企业.csv"] = "stock_code,source,as_of,grade\n600999.SH,来源一,2026-01-02,C\n"
	for _, k := range model.Edges {
		from, to := k.Edge.From[0], k.Edge.To[0]
		if k.Edge.Pairs != nil {
			from, to = k.Edge.Pairs[0][0], k.Edge.Pairs[0][1]
		}
		end := named(to)
		if k.Edge.Distinct && from == to {
			end = "600999.SH"
		}
		files[k.Name+".csv"] = line(k, strings.Join([]string{from, named(from), to, end, ""}, ","), "from_kind,from,to_kind,to,")
	}
	return files
}
