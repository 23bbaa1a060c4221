package readback_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/cli/readback"
	"liantu/cli/show"
	"liantu/graph/projection"
	"liantu/schema"
)

// around is what the tables of an office refer to.
var around = map[string]string{
	"Ecosystem.csv": "code,name,source,as_of\nmat,新材料,规划,2026\n",
	"Chain.csv":     "code,name,source,as_of\nresist,光刻胶链,规划,2026\npack,封装链,规划,2026\n",
	"Link.csv":      "code,name,source,as_of\nresist.resin,光刻胶树脂,规划,2026\nresist.litho,光刻胶,规划,2026\npack.test,封装、测试,规划,2026\n",
	"PART_OF.csv":   "from_kind,from,to_kind,to,source,as_of\nLink,resist.resin,Chain,resist,规划,2026\nLink,resist.litho,Chain,resist,规划,2026\nLink,pack.test,Chain,pack,规划,2026\n",
	"Company.csv":   "stock_code,name,source,as_of\n600901.SH,星澜实业有限公司,规划,2026\n600902.SH,青禾材料有限公司,规划,2026\n",
	"Park.csv":      "code,name,source,as_of\nP1,示例产业园,规划,2026\n",
}

// offices are tables of an office, by the kind of their rows.
var offices = map[string]string{
	"Project": `项目编号,项目名称,投资方,计划总投资（亿元）,填补环节,设计产能,所属产业链,拟落户地,落户平台,阶段,签约日期,预计开工时间,是否固投类,责任人,联系电话,数据来源,数据日期,证据等级
X01,光刻胶一期,星澜实业有限公司；青禾材料有限公司,5.2,光刻胶；封装\、测试,500吨；80吨,,嵊州市,示例产业园,签约,2026-03-01,2026-06,是,钱某,13900001111,台账,2026-03,B
X02,封测项目,星澜实业有限公司,0.80005,封装、测试,,,浙江省杭州市西湖区,,洽谈,,,否,孙某,,台账,2026-04,C
X03,=封装,,,,,封装链,,,,,,,,,台账,2026-04,B
`,
	"Park": `编号,名称,所属地区,主导产业,数据来源,数据日期
P2,示例二区,嵊州市,光刻胶链；封装链,园区表,2026
`,
	"TaskForce": `编号,名称,负责产业链,目标企业,推进状态,责任人,数据来源,数据日期
T1,示例专班,光刻胶链,星澜实业有限公司；青禾材料有限公司,洽谈中；已签约,钱某；孙某,专班表,2026
`,
	"Opportunity": `编号,名称,需求环节,需求说明,数据来源,数据日期
O1,示例场景,光刻胶,年需 5 吨,机会表,2026
`,
}

// TestTableLoadsBack loads the tables of an office, makes the same tables of the
// graph, and loads these into a graph that lacks them. What was stated of the nodes
// and their edges is then there again.
func TestTableLoadsBack(t *testing.T) {
	for kind, text := range offices {
		t.Run(kind, func(t *testing.T) {
			base := write(t, around)
			store := newStore(t)
			load(t, store, false, base)
			report := load(t, store, false, filepath.Join(write(t, map[string]string{kind + ".csv": text}), kind+".csv"))
			if !report.Complete() {
				t.Fatalf("%+v", report.Faults)
			}
			x, err := read(t, store, trusted, "RECTIFICATION").Table(t.Context(), readback.Options{Kinds: []*schema.Kind{schema.Default().Node(kind)}})
			if err != nil {
				t.Fatal(err)
			}
			only := *x
			if only.Sheets = nil; len(only.NoColumn)+len(only.NoCell)+only.Unidentified != 0 || len(x.Sheets) == 0 {
				t.Errorf("%+v", only)
			}
			for _, workbook := range []bool{false, true} {
				back := newStore(t)
				load(t, back, false, base)
				var b bytes.Buffer
				name := filepath.Join(t.TempDir(), x.Sheets[0].Name)
				if workbook {
					err, name = readback.Book("表", x.Sheets, []string{"备注"}).Write(&b), name+".xlsx"
				} else {
					err, name = x.Sheets[0].WriteCSV(&b), name+".csv"
					if strings.Contains(b.String(), ",=") {
						t.Errorf("a spreadsheet takes a text for a formula: %s", b.String())
					}
				}
				if err == nil {
					err = os.WriteFile(name, b.Bytes(), 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
				load(t, back, false, name)
				if d := difference(dump(t, store), dump(t, back)); d != "" {
					t.Errorf("workbook %t: the graphs differ:\n%s\n%s", workbook, d, b.String()[:min(b.Len(), 900)])
				}
			}
		})
	}
}

// TestTableCounts makes a table of what has no column in it.
func TestTableCounts(t *testing.T) {
	store := newStore(t)
	load(t, store, false, write(t, around))
	load(t, store, false, write(t, map[string]string{
		"Project.csv":    "code,name,source,as_of\nX01,光刻胶一期,台账,2026\n",
		"FILLS.csv":      "from,to_kind,to,output,source,as_of\nX01,Link,resist.litho,5吨,台账,2026\nX01,Link,resist.resin,,台账,2026\nX01,Chain,resist,,台账,2026\n",
		"LOCATED_IN.csv": "from_kind,from,to,role,source,as_of\nProject,X01,330683,SITE,台账,2026\n",
		"INVOLVES.csv":   "from,to_kind,to,part,source,as_of\nX01,Company,600901.SH,,台账,2026\nX01,Company,600902.SH,PARTNER,台账,2026\n",
	}))
	x, err := read(t, store, trusted, "").Table(t.Context(), readback.Options{Kinds: []*schema.Kind{schema.Default().Node(projection.Project)}})
	if err != nil {
		t.Fatal(err)
	}
	// the chain beside its links, the site and the company without a part; the output
	// of one of two links
	if fmt.Sprint(x.NoColumn, x.NoCell) != "map[FILLS:1 INVOLVES:1 LOCATED_IN:1] map[FILLS.output:1]" {
		t.Errorf("edges without a column %v, values without a cell %v", x.NoColumn, x.NoCell)
	}
	var heads []string
	for _, c := range x.Sheets[0].Columns {
		heads = append(heads, c.Head)
	}
	if want := "编号 名称 填补环节 合作方 数据来源 数据日期 证据等级"; strings.Join(heads, " ") != want {
		t.Errorf("the heads are %q, want %q", heads, want)
	}
	if row := x.Sheets[0].Rows[0]; !slices.Contains(row, any("光刻胶；光刻胶树脂")) {
		t.Errorf("the row is %v", row)
	}
}

// TestLinksOfOtherChains makes a table of links of which one feeds a link of another
// chain, which the row of neither can name beside its own chain.
func TestLinksOfOtherChains(t *testing.T) {
	store := newStore(t)
	load(t, store, false, write(t, around))
	load(t, store, false, write(t, map[string]string{
		"FEEDS.csv": "from_kind,from,to_kind,to,source,as_of\nLink,resist.resin,Link,resist.litho,规划,2026\nLink,pack.test,Link,resist.litho,规划,2026\n",
	}))
	x, err := read(t, store, trusted, "").Table(t.Context(), readback.Options{Kinds: []*schema.Kind{schema.Default().Node(projection.Link)}})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(x.NoColumn) != "map[FEEDS:2]" {
		t.Errorf("edges without a column %v", x.NoColumn)
	}
	var b bytes.Buffer
	if err := x.Sheets[0].WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	report := load(t, store, false, write(t, map[string]string{x.Sheets[0].Name + ".csv": b.String()}))
	if !report.Complete() {
		t.Errorf("%+v\n%s", report.Faults, b.String())
	}
}

// TestLongTextsAreNotCut writes a text that no cell of a workbook holds.
func TestLongTextsAreNotCut(t *testing.T) {
	store := newStore(t)
	load(t, store, false, write(t, map[string]string{
		"Project.csv": "code,name,description,source,as_of\nX01,光刻胶一期," + strings.Repeat("a", 32_768) + ",台账,2026\nX02,光刻胶二期," + strings.Repeat("b", 32_767) + ",台账,2026\n",
	}))
	x, err := read(t, store, trusted, "").Export(t.Context(), readback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Files(show.FormWorkbook, "", "t", nil); !errors.Is(err, readback.ErrCell) || !strings.Contains(err.Error(), "Project.description") {
		t.Errorf("a workbook gives %v", err)
	}
	if files, err := x.Files(show.FormCSV, "", "t", nil); err != nil || !strings.Contains(string(files[0].Data), strings.Repeat("a", 32_768)) {
		t.Errorf("CSV gives %v", err)
	}
	x.Sheets[0].Rows = x.Sheets[0].Rows[1:]
	if _, err := x.Files(show.FormWorkbook, "", "t", nil); err != nil {
		t.Errorf("a text that fits gives %v", err)
	}
}
