package rows_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"liantu/loaders/rows"
)

// known are the heads that the tests of headers know.
func known(text string) bool {
	return slices.Contains([]string{"序号", "企业名称", "所属行业", "注册资本", "联系人"}, text)
}

func TestAbove(t *testing.T) {
	var many []string
	for range 40 {
		many = append(many, "说明")
	}
	for _, c := range []struct {
		name, file, input string
		options           rows.Options
		want              []string
	}{
		{"nothing", "x.csv", "企业名称,所属行业\n甲,电子\n", rows.Options{Heads: known}, nil},
		{"a title and a line of units", "x.csv", "企业名录,,\n\n, 单位：元 ,截至三月\n企业名称,注册资本\n甲,5\n", rows.Options{Heads: known}, []string{"企业名录", "单位：元", "截至三月"}},
		{"above a header by its row", "x.csv", "企业名录,\n单位：元,\n企业名称,注册资本\n", rows.Options{HeaderRow: 3}, []string{"企业名录", "单位：元"}},
		{"the nearest thirty rows", "x.csv", "企业名录\n" + strings.Repeat("说明\n", 40) + "企业名称,注册资本\n", rows.Options{HeaderRow: 42}, many[:30]},
		{"of HTML", "x.xls", "<table><tr><td colspan=2>企业名录<tr><td>企业名称<td>所属行业<tr><td>甲<td>电子</table>", rows.Options{Heads: known}, []string{"企业名录"}},
		{"above a header of two rows", "x.xls", "<table><tr><td>企业名录<tr><td rowspan=2>编<td rowspan=2>企业名称<td colspan=2>情况<tr><td>所属行业<td>注册资本<tr><td>1<td>甲<td>电子<td>5</table>", rows.Options{Heads: known}, []string{"企业名录"}},
		{"of JSON", "x.json", `[{"企业名称":"甲"}]`, rows.Options{Heads: known}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := rows.Open(c.file, strings.NewReader(c.input), c.options)
			if err != nil {
				t.Fatal(err)
			}
			if got := r.Above(); !slices.Equal(got, c.want) {
				t.Errorf("above the header stand %q, want %q", got, c.want)
			}
		})
	}
}

// sheet returns a workbook of one sheet with the texts, and with ranges merged.
func sheet(t *testing.T, texts [][]string, merged ...string) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	for i, row := range texts {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", at, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merged {
		from, to, _ := strings.Cut(m, ":")
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// written returns a workbook as a file.
func written(t *testing.T, f *excelize.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestModified(t *testing.T) {
	texts := [][]string{{"企业名称", "所属行业"}, {"甲", "电子"}}
	for _, c := range []struct{ name, modified, want string }{
		{"a day and a time", "2026-03-31T08:15:00Z", "2026-03-31"},
		{"a day", "2026-03-31", "2026-03-31"},
		{"no day", "yesterday", ""},
		{"that of an empty workbook", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := sheet(t, texts)
			if c.modified != "" {
				if err := f.SetDocProps(&excelize.DocProperties{Modified: c.modified}); err != nil {
					t.Fatal(err)
				}
			}
			r, err := rows.Open("x.xlsx", strings.NewReader(written(t, f)), rows.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close() //nolint:errcheck // only read
			if got := r.Modified(); got != c.want {
				t.Errorf("the workbook was modified on %q, want %q", got, c.want)
			}
		})
	}
	r, err := rows.Open("x.csv", strings.NewReader("a\n1\n"), rows.Options{})
	if err != nil || r.Modified() != "" {
		t.Errorf("a table of text was modified on %q, %v", r.Modified(), err)
	}
}

// headers are tables with the header that is found in them. The lines of a
// table stand between | and hold fields divided by commas.
var headers = []struct {
	name, table string
	merged      []string // ranges, which make it a workbook
	row         int
	columns     string
	data        string // the first cells of the rows below
}{
	{name: "values that are heads", table: "|edge,kind,from_type,to_type|E1,supplies,企业名称,企业名称|E2,supplies,企业名称,所属行业|", row: 1, columns: "edge,kind,from_type,to_type", data: "E1,E2"},
	{name: "one value that is a head", table: "|stock:ID,name:string,:LABEL|600001,甲股份,企业名称|", row: 1, columns: "stock:ID,name:string,:LABEL", data: "600001"},
	{name: "values that are heads, distinct", table: "|a_type,a,b_type,b|企业名称,甲,所属行业,乙|", row: 1, columns: "a_type,a,b_type,b", data: "企业名称"},
	{name: "rows that hold nothing but heads", table: "|a_type,b_type|企业名称,所属行业|联系人,企业名称|", row: 1, columns: "a_type,b_type", data: "企业名称,联系人"},
	{name: "heads of which one is there twice, below distinct ones", table: "|qymc,sshy,bz|企业名称,所属行业,企业名称|", row: 1, columns: "qymc,sshy,bz", data: "企业名称"},
	{name: "a code among values that are heads", table: "|a,b,c|E1,企业名称,所属行业|", row: 1, columns: "a,b,c", data: "E1"},
	{name: "a day among values that are heads", table: "|a,b,c|2024年1月,企业名称,所属行业|", row: 1, columns: "a,b,c", data: "2024年1月"},
	{name: "heads among the values further down", table: "|企业名称,x|甲,y|所属行业,联系人|乙,z|", row: 1, columns: "企业名称,x", data: "甲,所属行业,乙"},
	{name: "heads of which one is a year", table: "|名,类,2023|甲,企业名称,5|", row: 1, columns: "名,类,2023", data: "甲"},
	{name: "names of fields above the header", table: "|qymc,sshy,bz|企业名称,所属行业,备注|甲,电子,x|", row: 2, columns: "企业名称,所属行业,备注", data: "甲"},
	{name: "a title and labels above", table: "|企业名录,,|填报单位：某局,填报人：张三,日期：三月|企业名称,所属行业,备注|甲,电子,x|", row: 3, columns: "企业名称,所属行业,备注", data: "甲"},
	{name: "labels above heads of which two are equal", table: "|填报单位：某局,填报人：张三,日期：三月|企业名称,备注,备注|甲,电子,x|", row: 2, columns: "企业名称,备注,备注 (column 3)", data: "甲"},
	{name: "a title with a label above heads of which two are equal", table: "|企业名录,填报人：张三,三月|企业名称,备注,备注|甲,x,y|", row: 2, columns: "企业名称,备注,备注 (column 3)", data: "甲"},
	{name: "a title of two cells", table: "|某市,名录,|企业名称,x,y|甲,1,2|", row: 2, columns: "企业名称,x,y", data: "甲"},
	{name: "a title and labels above unknown heads", table: "|某某名录,,|填报人：张三,日期：三月,科室：某科|名,类,量|甲,x,1|", row: 3, columns: "名,类,量", data: "甲"},
	{name: "a title that is a head", table: "|所属行业,,,|企业名称,x,y,z|甲,1,2,3|", row: 2, columns: "企业名称,x,y,z", data: "甲"},
	{name: "one column", table: "|企业名称|甲|乙|", row: 1, columns: "企业名称", data: "甲,乙"},
	{name: "unknown heads below a title", table: "|某某名录,,|名,类,量|甲,x,1|", row: 2, columns: "名,类,量", data: "甲"},
	{name: "unknown heads", table: "|名,类|甲,x|", row: 1, columns: "名,类", data: "甲"},

	{name: "groups without merges", table: "|序号,企业名称,投资额,,进度|,,总投资,固定资产投资,|1,甲,5,4,x|", row: 2, columns: "序号,企业名称,总投资,固定资产投资,进度", data: "1"},
	{name: "groups of which the header knows one head", table: "|编,企业名称,情况,,,|,,所属行业,注册资本,联系人,备注|1,甲,电子,5,x,y|", row: 2, columns: "编,企业名称,所属行业,注册资本,联系人,备注", data: "1"},
	{name: "a column without a head is no group", table: "|企业名称,,所属行业|甲,x,电子|乙,y,|", row: 1, columns: "企业名称,column 2,所属行业", data: "甲,乙"},
	{name: "a column without a head, and a blank below", table: "|企业名称,,所属行业|乙,电,|", row: 1, columns: "企业名称,column 2,所属行业", data: "乙"},
	{name: "two groups of equal heads", table: "|企业名称,境内,,境外,|,收入,利润,收入,利润|甲,1,2,3,4|", row: 2, columns: "企业名称,境内/收入,境内/利润,境外/收入,境外/利润", data: "甲"},
	{name: "two groups of equal heads that are known", table: "|甲方,,乙方,|企业名称,联系人,企业名称,联系人|甲,x,乙,y|", row: 2, columns: "甲方/企业名称,甲方/联系人,乙方/企业名称,乙方/联系人", data: "甲"},
	{name: "values below groups", table: "|序号,企业名称,投资额,|,,5,6|1,甲,7,8|", row: 1, columns: "序号,企业名称,投资额", data: ",1"},
	{name: "texts below groups and other heads", table: "|序号,企业名称,情况,,备注|,甲,乙,丙,丁|1,甲,7,8,x|", row: 1, columns: "序号,企业名称,情况,column 4,备注", data: ",1"},
	{name: "a title above a column without a head", table: "|,名录,|企业名称,,所属行业|甲,x,电子|", row: 2, columns: "企业名称,column 2,所属行业", data: "甲"},
	{name: "a title with a unit above heads of which two are equal", table: "|名录,,内部,单位：元|企业名称,备注,备注,联系人|甲,x,y,z|", row: 2, columns: "企业名称,备注,备注 (column 3),联系人", data: "甲"},
	{name: "a value that is a head", table: "|企业名称,x,y|所属行业,,|甲,1,2|", row: 1, columns: "企业名称,x,y", data: "所属行业,甲"},
	{name: "a row of blanks is no lower row", table: "|企业名称,所属行业,|,,|甲,电子,|", row: 1, columns: "企业名称,所属行业", data: "甲"},
	{name: "heads in two languages", table: "|企业名称,所属行业,备|企业名称,所属行业,注册资本|甲,电子,5|", row: 2, columns: "企业名称,所属行业,注册资本", data: "甲"},

	{name: "merged downwards", table: "|名录,,,,|序号,企业名称,投资额,,进度|,,总投资,固定资产投资,|1,甲,5,4,x|", merged: []string{"A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"}, row: 3, columns: "序号,企业名称,总投资,固定资产投资,进度", data: "1"},
	{name: "merged downwards, no head known", table: "|编,名,额,,况|,,总,固定,|1,甲,5,4,x|", merged: []string{"A1:A2", "B1:B2", "C1:D1", "E1:E2"}, row: 2, columns: "编,名,总,固定,况", data: "1"},
	{name: "merged over three rows", table: "|企业名称,投资,,|,计划,,实际|,总,固定,|甲,5,4,3|", merged: []string{"A1:A3", "B1:D1", "B2:C2", "D2:D3"}, row: 3, columns: "企业名称,总,固定,实际", data: "甲"},
	{name: "merged over columns only", table: "|企业名称,境内,,境外,|,收入,利润,收入,利润|甲,1,2,3,4|", merged: []string{"B1:C1", "D1:E1"}, row: 2, columns: "企业名称,境内/收入,境内/利润,境外/收入,境外/利润", data: "甲"},
	{name: "merged columns of data", table: "|企业名称,,联系人,|甲,,张三|乙,,李四|", merged: []string{"A1:B1", "C1:D1", "A2:B2", "A3:B3"}, row: 1, columns: "企业名称,column 2,联系人", data: "甲,乙"},
	{name: "merged data below the header", table: "|所属行业,企业名称|电子,甲|,乙|", merged: []string{"A2:A3"}, row: 1, columns: "所属行业,企业名称", data: "电子,电子"},
}

func TestHeaders(t *testing.T) {
	for _, c := range headers {
		var texts [][]string
		for _, line := range strings.Split(strings.Trim(c.table, "|"), "|") {
			texts = append(texts, strings.Split(line, ","))
		}
		t.Run(c.name, func(t *testing.T) {
			file, input := "x.csv", strings.ReplaceAll(strings.Trim(c.table, "|"), "|", "\n")
			if c.merged != nil {
				file, input = "x.xlsx", written(t, sheet(t, texts, c.merged...))
			}
			r, err := rows.Open(file, strings.NewReader(input), rows.Options{Heads: known})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close() //nolint:errcheck // only read
			if got := strings.Join(r.Columns(), ","); r.HeaderRow() != c.row || got != c.columns {
				t.Errorf("header in row %d is %q, want row %d, %q", r.HeaderRow(), got, c.row, c.columns)
			}
			var data []string
			for {
				rec, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if !rec.Blank {
					data = append(data, rec.Texts()[0])
				}
			}
			if got := strings.Join(data, ","); got != c.data {
				t.Errorf("rows below begin with %q, want %q", got, c.data)
			}
		})
	}
}

func TestHeaderOfHTML(t *testing.T) {
	const table = "<table><tr><td rowspan=2>编<td rowspan=2>名<td colspan=2>额<tr><td>总<td>固定<tr><td>1<td>甲<td>5<td>4</table>"
	r, err := rows.Open("x.xls", strings.NewReader(table), rows.Options{Heads: known})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"编", "名", "总", "固定"}; !slices.Equal(r.Columns(), want) {
		t.Errorf("columns are %q, want %q", r.Columns(), want)
	}
	if rec, err := r.Next(); err != nil || rec.Get("总").Text != "5" {
		t.Errorf("the first row is %v, %v", rec, err)
	}
}
