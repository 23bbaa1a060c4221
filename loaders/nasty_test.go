package loaders_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/schema"
)

// nastyFiles are files as found in offices, each made here with one fault or
// habit. testdata/nasty.golden has them by their names with the resulting report
// and graph, and those of largeFiles too.
func nastyFiles(t *testing.T) []nastyFile {
	const good = "企业名称,统一社会信用代码,员工人数\n杭州甲有限公司,91110000600037341L,12\n"
	page := func(rows string) string {
		return "<html><head><meta charset=\"utf-8\"></head><body><table>" + rows + "</table></body></html>"
	}
	head := []any{"企业名称", "统一社会信用代码", "注册资本（万元）"}
	row := []any{"杭州甲有限公司", "91110000600037341L", 500}
	return []nastyFile{
		{name: "plain csv", file: "a.csv", text: good},
		{name: "csv with a byte order mark", file: "a.csv", text: "\ufeff" + good},
		{name: "undeclared gbk", file: "a.csv", text: gbk(t, good)},
		{name: "gbk declared", file: "a.csv", text: gbk(t, good), o: loaders.Options{Encoding: "gbk"}},
		{name: "utf-16 with a mark", file: "a.csv", text: utf16le(t, "\ufeff"+good)},
		{name: "utf-16 text of excel divided by tabs", file: "a.txt", text: utf16le(t, "\ufeff"+strings.ReplaceAll(good, ",", "\t"))},
		{name: "utf-16 without a mark", file: "a.csv", text: utf16le(t, "name,employees\nAcme,1\n")},
		{name: "an unknown encoding", file: "a.csv", text: good, o: loaders.Options{Encoding: "big5"}},
		{name: "semicolons", file: "a.csv", text: strings.ReplaceAll(good, ",", ";")},
		{name: "a line sep=", file: "a.csv", text: "sep=;\n" + strings.ReplaceAll(good, ",", ";")},
		{name: "a title above the header", file: "a.csv", text: "杭州市重点企业名单\n\n" + good},
		{name: "a title padded with commas", file: "a.csv", text: "杭州市重点企业名单,,\n填报日期：2024年,,\n" + good},
		{name: "header row given", file: "a.csv", text: "企业名称,统一社会信用代码,员工人数\n" + good, o: loaders.Options{HeaderRow: 2}},
		{name: "header row beyond the end", file: "a.csv", text: good, o: loaders.Options{HeaderRow: 9}},
		{name: "totals and notes below", file: "a.csv", text: good + "合计,,12\n注：数据为内部数据,,\n数据来源：某某\n"},
		{name: "the example of a template", file: "a.csv", text: "企业名称,员工人数\n【示例】某某有限公司,1\n乙水有限公司,2\n"},
		{name: "scientific uscc", file: "a.csv", text: "企业名称,统一社会信用代码\n甲山有限公司,9.13301E+17\n"},
		{name: "wrong check character", file: "a.csv", text: "企业名称,统一社会信用代码\n甲山有限公司,91110000600037341M\n"},
		{name: "errors of formulas", file: "a.csv", text: "企业名称,员工人数\n甲山有限公司,#REF!\n#VALUE!,3\n乙水有限公司,#N/A\n丙木有限公司,########\n"},
		{name: "day numbers for dates", file: "a.csv", text: "企业名称,成立日期\n甲山有限公司,45292\n乙水有限公司,45292.5\n丙木有限公司,2024年1月1日\n丁火有限公司,1/2/24\n"},
		{name: "dates as people write them", file: "a.csv", text: "企业名称,成立日期\n甲山有限公司,2024.1.2\n乙水有限公司,2024/01/02\n丙木有限公司,20240102\n丁火有限公司,2024年1月\n戊土有限公司,2024-13-01\n己金有限公司,去年\n"},
		{name: "money as people write it", file: "a.csv", text: "企业名称,注册资本（万元）\n甲山有限公司,\"1,200.5\"\n乙水有限公司,1.2亿元\n丙木有限公司,500万人民币\n丁火有限公司,100万美元\n戊土有限公司,约五百\n己金有限公司,-\n庚石有限公司,－５\n"},
		{name: "gbk declared of what is utf-8", file: "a.csv", text: good, o: loaders.Options{Encoding: "gbk"}},
		{name: "single bytes of no text", file: "a.csv", text: good + "乙\xff有限公司,,2\n" + strings.Repeat("丙木有限公司,,3\n", 9)},
		{name: "capital without a unit", file: "a.csv", text: "企业名称,注册资本\n甲山有限公司,500\n乙水有限公司,600\n"},
		{name: "units in heads", file: "a.csv", text: "企业名称*,注册资本(亿元),营业总收入 [报告期]2023年报 [单位]亿元\n甲山有限公司,0.5,2\n"},
		{name: "remarks in heads", file: "a.csv", text: "企业名称（必填）,★员工人数（人）,备注,备注\n甲山有限公司,5,x,y\n"},
		{name: "a column in use twice", file: "a.csv", text: "企业名称,员工人数,员工人数\n甲山有限公司,5,6\n"},
		{name: "two columns of one meaning", file: "a.csv", text: "企业名称,员工人数,职工人数\n甲山有限公司,5,6\n"},
		{name: "heads with breaks, spaces and full width", file: "a.csv", text: "\" 企 业\n名称 \",ｕｓｃｃ,注册资本 （ 亿 元 ）\n甲山有限公司,91110000600037341L,1\n"},
		{name: "a header alone", file: "a.csv", text: "企业名称,员工人数\n"},
		{name: "an empty file", file: "a.csv", text: ""},
		{name: "columns that mean nothing", file: "a.csv", text: "甲,乙\n1,2\n"},
		{name: "rows that nothing identifies", file: "a.csv", text: "企业名称,员工人数\n,5\n　,6\n"},
		{name: "one company twice", file: "a.csv", text: good + good[strings.Index(good, "\n")+1:]},
		{name: "company with place in three columns", file: "a.csv", text: "公司名称,所属省份,所属城市,所属区县\n甲山有限公司,浙江省,杭州市,余杭区\n乙水有限公司,浙江省,-,-\n丙木有限公司,,,\n丁火有限公司,浙江省,火星市,\n"},
		{name: "company with unknown links", file: "a.csv", text: "公司名称,所属环节\n甲山有限公司,光刻胶、靶材\n乙水有限公司,\n"},
		{name: "companies that are known by another name", file: "a.csv", text: "企业名称,证券简称,证券代码,英文名称\n浙江大华技术股份有限公司,大华股份,002236,\n大华股份（Dahua）,,,\n浙江大華技術股份有限公司,,,\n浙江大华技术股份有限公司北京分公司,,,\n用友网络科技股份有限公司,用友网络,600588,\"Yonyou Network Technology Co., Ltd.\"\n用友（Yonyou）,,,\n", o: loaders.Options{Names: true}},
		{name: "guarded formulas", file: "a.csv", text: "企业名称,主营业务\n甲山有限公司,'=1+1\n乙水有限公司,'@x\n"},
		{name: "ragged rows", file: "a.csv", text: good + "乙水有限公司,\n丙木有限公司,,1,2,3\n"},
		{name: "a workbook", file: "a.xlsx", text: book(t, sheet{"企业", [][]any{head, row}})},
		{name: "a workbook called csv", file: "a.csv", text: book(t, sheet{"企业", [][]any{head, row}})},
		{name: "a banner and merged heads of two rows", file: "a.xlsx", text: book(t, sheet{"名单", [][]any{
			{"某市重点企业名单"},
			{},
			{"企业名称", "基本情况", nil, "经营情况"},
			{nil, "统一社会信用代码", "成立日期", "员工人数"},
			{"杭州甲有限公司", "91110000600037341L", "2001-02-03", 7},
		}}, "B3:C3", "A3:A4", "A1:D1")},
		{name: "merged cells of data", file: "a.xlsx", text: book(t, sheet{"名单", [][]any{{"所属省份", "企业名称"}, {"浙江省", "甲山有限公司"}, {nil, "乙水有限公司"}, {"江苏省", "丙木有限公司"}}}, "A2:A3")},
		{name: "dates, formulas and long numbers", file: "a.xlsx", text: typedBook(t)},
		{name: "blank rows between and formatted rows below", file: "a.xlsx", text: book(t, sheet{"名单", [][]any{{"企业名称"}, {}, {"甲山有限公司"}, {}, {" "}, {"乙水有限公司"}}})},
		{name: "cells beyond the header", file: "a.xlsx", text: book(t, sheet{"名单", [][]any{{"企业名称", "员工人数"}, {"甲山有限公司", 1, nil, "多"}, {"乙水有限公司"}}})},
		{name: "several sheets, one of explanations", file: "a.xlsx", text: book(t, sheet{"企业", [][]any{head, row}}, sheet{"说明", [][]any{{"请先阅读"}, {"不要改动表头"}}}, sheet{"空", nil})},
		{name: "a sheet by its name", file: "a.xlsx", text: book(t, sheet{"一", [][]any{head, row}}, sheet{"二", [][]any{{"企业名称"}, {"乙水有限公司"}}}), o: loaders.Options{Sheet: "二"}},
		{name: "a sheet by its number", file: "a.xlsx", text: book(t, sheet{"一", [][]any{head, row}}, sheet{"二", [][]any{{"企业名称"}, {"乙水有限公司"}}}), o: loaders.Options{Sheet: "2"}},
		{name: "a sheet that is not there", file: "a.xlsx", text: book(t, sheet{"一", [][]any{head, row}}), o: loaders.Options{Sheet: "三"}},
		{name: "a hidden sheet", file: "a.xlsx", text: hiddenSheet(t)},
		{name: "an empty workbook", file: "a.xlsx", text: book(t, sheet{"一", nil})},
		{name: "a workbook cut short", file: "a.xlsx", text: book(t, sheet{"企业", [][]any{head, row}})[:900]},
		{name: "a binary workbook", file: "a.xls", text: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)},
		{name: "html called xls", file: "a.xls", text: page("<tr><th>企业名称</th><th>员工人数</th></tr>\n<tr><td>甲&amp;乙水有限公司</td><td>3</td></tr>")},
		{name: "html in gbk that says so", file: "a.xls", text: gbk(t, strings.Replace(page("<tr><td>企业名称<td>员工人数<tr><td>甲山有限公司<td>3"), "utf-8", "gb2312", 1))},
		{name: "html with cells over rows and columns", file: "a.xls", text: page("<tr><td colspan=3>某市企业名单</td></tr><tr><td>所属省份</td><td>企业名称</td><td>员工人数</td></tr><tr><td rowspan=2>浙江省</td><td>甲山有限公司</td><td>1</td></tr><tr><td>乙水有限公司</td><td>2</td></tr>")},
		{name: "xml of excel 2003 called xls", file: "a.xls", text: `<?xml version="1.0" encoding="utf-8"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>企业名称</Data></Cell><Cell ss:Index="3"><Data>员工人数</Data></Cell></Row><Row><Cell><Data>甲山有限公司</Data></Cell><Cell ss:Index="3"><Data>4</Data></Cell></Row></Table></Worksheet></Workbook>`},
		{name: "text divided by tabs called xls", file: "a.xls", text: strings.ReplaceAll(good, ",", "\t")},
		{name: "an archive of several", file: "a.zip", text: archive(t, map[string]string{"x/a.csv": good, "b.xlsx": book(t, sheet{"名单", [][]any{{"企业名称"}, {"乙水有限公司"}}}), "readme.docx": "x", "__MACOSX/._a.csv": "x"})},
		{name: "an archive in an archive", file: "a.zip", text: archive(t, map[string]string{"b.zip": archive(t, map[string]string{"a.csv": good}), "a.csv": good})},
		{name: "packed with gzip", file: "a.csv.gz", text: gzipped(t, good)},
		{name: "packed with gzip and cut short", file: "a.csv.gz", text: gzipped(t, good+strings.Repeat("乙水有限公司,,2\n", 9))[:80]},
		{name: "tabs in a tsv", file: "a.tsv", text: strings.ReplaceAll(good, ",", "\t")},
		{name: "lines of json", file: "a.jsonl", text: "{\"企业名称\": \"甲山有限公司\", \"员工人数\": 3}\n{\"企业名称\": \"乙水有限公司\", \"企业名称\": \"丙木有限公司\"}\n{企业名称: 丁火有限公司}\n\n[1]\n{\"企业名称\": {\"全称\": \"戊土有限公司\"}}\n", o: loaders.Options{Kind: "Company"}},
		{name: "a document of json", file: "a.json", text: "[{\"企业名称\": \"甲山有限公司\", \"员工人数\": 3}, 7, {\"企业名称\": \"乙水有限公司\"}]", o: loaders.Options{Kind: "Company"}},
		{name: "a document of json cut short", file: "a.json", text: "[{\"企业名称\": \"甲山有限公司\"}, {\"企业名", o: loaders.Options{Kind: "Company"}},
		{name: "an archive of nothing", file: "a.zip", text: archive(t, map[string]string{"readme.docx": "x"})},
		{name: "too many columns", file: "a.xlsx", text: book(t, sheet{"宽", [][]any{wideHead(5000)}})},
		{name: "a cell too large", file: "a.xls", text: page("<tr><td>企业名称</td></tr><tr><td>" + strings.Repeat("甲", 400_000) + "</td></tr>")},
	}
}

// hiddenSheet has the same list in a visible sheet and in a hidden one.
func hiddenSheet(t *testing.T) string {
	t.Helper()
	list := func(name string) [][]any { return [][]any{{"企业名称"}, {name}} }
	f, err := excelize.OpenReader(strings.NewReader(book(t, sheet{"新", list("甲山有限公司")}, sheet{"旧", list("乙水有限公司")})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it is in memory
	if err := f.SetSheetVisible("旧", false); err != nil {
		t.Fatal(err)
	}
	return written(t, f)
}

type nastyFile struct {
	name, file, text string
	o                loaders.Options
}

type sheet struct {
	name string
	rows [][]any
}

func wideHead(n int) []any {
	row := make([]any, n)
	for i := range row {
		row[i] = fmt.Sprint("列", i)
	}
	return row
}

// book makes a workbook of sheets; ranges such as A1:B2 are merged in the
// first.
func book(t testing.TB, parts ...any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it is in memory
	first := ""
	for _, part := range parts {
		var err error
		switch p := part.(type) {
		case string:
			from, to, _ := strings.Cut(p, ":")
			err = f.MergeCell(first, from, to)
		case sheet:
			if first == "" {
				first = p.name
				err = f.SetSheetName("Sheet1", p.name)
			} else {
				_, err = f.NewSheet(p.name)
			}
			for i, row := range p.rows {
				if e := f.SetSheetRow(p.name, fmt.Sprintf("A%d", i+1), &row); e != nil {
					err = e
				}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return written(t, f)
}

func written(t testing.TB, f *excelize.File) string {
	t.Helper()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// typedBook holds a date in three formats, a formula with and without its
// value, a share, and a code that became a number.
func typedBook(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it is in memory
	for cell, value := range map[string]any{
		"A1": "企业名称", "B1": "成立日期", "C1": "员工人数", "D1": "统一社会信用代码", "E1": "经度",
		"A2": "甲山有限公司", "B2": 45292, "C2": 10, "D2": 913301000000000000, "E2": 120.123456,
		"A3": "乙水有限公司", "B3": 45293.75, "C3": 20, "D3": "91110000600037341L",
		"A4": "丙木有限公司", "B4": 45294, "C4": 30,
	} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellFormula("Sheet1", "C4", "C2+C3"); err != nil {
		t.Fatal(err)
	}
	for cell, format := range map[string]string{"B2": "mm-dd-yy", "B3": "yyyy\"年\"m\"月\"d\"日\" h:mm", "E2": "0.0"} {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			t.Fatal(err)
		}
	}
	return written(t, f)
}

func archive(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gbk(t *testing.T, text string) string {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func utf16le(t *testing.T, text string) string {
	t.Helper()
	b, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestNastyFiles loads every file twice: the first gives the report and the
// graph of testdata/nasty.golden, the second changes nothing.
func TestNastyFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads large files")
	}
	regions := storeWithRegions(t)
	var got strings.Builder
	for _, c := range append(nastyFiles(t), largeFiles(t)...) {
		path := filepath.Join(t.TempDir(), "graph.db")
		if err := os.WriteFile(path, regions, 0o644); err != nil {
			t.Fatal(err)
		}
		store, err := filestore.Open(path, schema.Default())
		if err != nil {
			t.Fatal(err)
		}
		o := c.o
		o.Store, o.Paths, o.FS, o.Source, o.AsOf = store, []string{c.file}, files(map[string]string{c.file: c.text}), "list", "2024"
		r, err := loaders.Load(t.Context(), o)
		if err != nil {
			fmt.Fprintf(&got, "== %s\nerror: %v\n", c.name, err)
		} else {
			checkAccounts(t, r)
			fmt.Fprintf(&got, "== %s\n%s-- graph\n%s", c.name, text(t, r), dump(t, store))
			checkSecondLoad(t, o)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	const golden = "testdata/nasty.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gotCases, wantCases := strings.Split(got.String(), "== "), strings.Split(string(want), "== ")
	for i := range max(len(gotCases), len(wantCases)) {
		if i >= len(gotCases) || i >= len(wantCases) || gotCases[i] != wantCases[i] {
			t.Fatalf("case %d is\n%s\nwant\n%s", i, gotCases[min(i, len(gotCases)-1)], wantCases[min(i, len(wantCases)-1)])
		}
	}
}

// TestEveryCodeIsShown checks that each code of a fault is in an expected report,
// and that there are more than forty nasty files.
func TestEveryCodeIsShown(t *testing.T) {
	names, err := filepath.Glob("testdata/loads/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range append(names, "testdata/nasty.golden") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	elsewhere := map[loaders.Code]string{
		loaders.CodeContradicted: "TestContradictoryJudgementsAreReported", loaders.CodeRefused: "TestRefusedDrafts",
		loaders.CodeForgotten: "TestForgottenPersons",
	}
	for _, code := range loaders.Codes() {
		if shown := strings.Contains(all.String(), "("+string(code)+")"); shown == (elsewhere[code] != "") {
			t.Errorf("%s is in an expected report: %t; shown elsewhere by %q", code, shown, elsewhere[code])
		}
	}
	if n := strings.Count(all.String(), "\n== "); n < 40 {
		t.Errorf("there are %d nasty files", n)
	}
}

// TestEveryCodeIsDocumented checks the pages on loading, in both languages, against the
// codes of faults.
func TestEveryCodeIsDocumented(t *testing.T) {
	for _, name := range []string{"docs/loading.md", "docs/loading.zh.md"} {
		page, err := os.ReadFile("../" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range loaders.Codes() {
			if n := strings.Count(string(page), "\n| `"+string(code)+"` |"); n != 1 {
				t.Errorf("%s has %d rows for %s", name, n, code)
			}
		}
	}
}
