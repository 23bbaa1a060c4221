package rows_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// below are tables with what is found in their rows below the header: data by
// their first texts, = for the header again, # for numbers of columns, ^ for a title, ! for the start of a
// second table. The lines of a table stand between | and hold fields divided by
// commas.
var below = []struct {
	name, table string
	merged      []string // ranges, which make it a workbook
	want        string
}{
	{name: "the header again", table: "|序号,企业名称,所属行业|1,甲,电子|序号,企业名称,所属行业|2,乙,化工|", want: "1 = 2"},
	{name: "the header again with a number, spaces and blanks", table: "|序号,企业名称,所属行业,备注|1,甲,电子,|3, 企业 名称 ,所属行业,|", want: "1 ="},
	{name: "one equal head is a value", table: "|企业名称,所属行业|甲,电子|甲,所属行业|企业名称,|", want: "甲 甲 企业名称"},
	{name: "the only head again", table: "|企业名称|甲|企业名称|乙|", want: "甲 = 乙"},
	{name: "both rows of a header again", table: "|企业名称,投资额,|,总投资,固定资产投资|甲,1,2|企业名称,投资额,|,总投资,固定资产投资|乙,3,4|", merged: []string{"A1:A2", "B1:C1"}, want: "甲 = = 乙"},
	{name: "the header at once again", table: "|企业名称,所属行业|企业名称,所属行业|甲,电子|", want: "= 甲"},
	{name: "a header of two rows again in one", table: "|序号,企业名称,投资额,|,,总投资,固定资产投资|1,甲,5,4|序号,企业名称,总投资,固定资产投资|2,乙,3,2|", want: "1 = 2"},
	{name: "a header of three rows again", table: "|企业名称,投资,,|,计划,,实际|,总,固定,|甲,5,4,3|企业名称,投资,,|,计划,,实际|,总,固定,|乙,4,3,2|", merged: []string{"A1:A3", "B1:D1", "B2:C2", "D2:D3"}, want: "甲 = = = 乙"},
	{name: "the title again without the header", table: "|名录,|企业名称,所属行业|甲,电子|名录,|乙,化工|", want: "甲 ^ 乙"},
	{name: "title and header again", table: "|名录,|企业名称,所属行业|甲,电子|名录,|企业名称,所属行业|乙,化工|", want: "甲 ^ = 乙"},
	{name: "labels above the header again", table: "|名录,,|填报单位：某局,日期：三月,|企业名称,所属行业,注册资本|甲,电子,1|填报单位：某局,日期：三月,|乙,化工,2|", want: "甲 ^ 乙"},
	{name: "a new title, and the header again", table: "|企业名称,所属行业|甲,电子|,|其他,|企业名称,所属行业|乙,化工|", want: "甲 ^ = 乙"},
	{name: "a row merged over the width", table: "|企业名称,所属行业,注册资本|其他,,|甲,电子,1|", merged: []string{"A2:C2"}, want: "^ 甲"},
	{name: "a row merged over a part", table: "|企业名称,所属行业,注册资本,联系人|其他,,,|甲,电子,1,x|", merged: []string{"A2:B2"}, want: "其他 甲"},

	{name: "a cell merged as its head", table: "|企业名称,,所属行业|甲,,|乙,,电子|", merged: []string{"A1:B1", "A2:B2", "A3:B3"}, want: "甲 乙"},
	{name: "numbers of the columns", table: "|企业名称,所属行业,注册资本,联系人|1,2,3,(4)|甲,电子,5,x|1,2,3,4|", want: "# 甲 1"},
	{name: "numbers in few columns are data", table: "|企业名称,所属行业,注册资本|1,2,3|", want: "1"},

	{name: "a second table below a blank row", table: "|企业名称,所属行业|甲,电子|,|所属行业,联系人|化工,张三|,|建材,李四|", want: `甲 !4, with the heads "所属行业", "联系人"; it and the 2 rows below were`},
	{name: "a second table below blank rows of a sheet", table: "|企业名称,所属行业|甲,电子||所属行业,联系人|", merged: []string{"E1:E2"}, want: `甲 !4, with the heads "所属行业", "联系人"; it was`},
	{name: "a second table below its title", table: "|企业名称,所属行业|甲,电子|行业名录,|所属行业,联系人|化工,张三|", want: `甲 !3, with the heads "所属行业", "联系人"; it and the 2 rows below were`},
	{name: "a second table below blanks and two titles", table: "|企业名称,所属行业|甲,电子|,|行业名录,|单位：元,|,|所属行业,联系人|化工,张三|", want: `甲 !4, with the heads "所属行业", "联系人"; it and the 3 rows below were`},
	{name: "a second table of unknown heads by its number", table: "|企业名称,所属行业|甲,电子|表2 园区情况,|指标,数值|园区数,5|", want: `甲 !3, with the heads "指标", "数值"; it and the 2 rows below were`},
	{name: "a second table of unknown heads with numbered rows", table: "|企业名称,所属行业|甲,电子|园区情况,|序号,数值|1,5|", want: `甲 !3, with the heads "序号", "数值"; it and the 2 rows below were`},
	{name: "a second table that is wider", table: "|企业名称,所属行业|甲,电子|,|企业名称,注册资本,联系人|乙,1,张三|", want: `甲 !4, with the heads "企业名称", "注册资本", "联系人"; it and the row below were`},
	{name: "a second table with a title, below a row of one cell", table: "|企业名称,所属行业|甲,|,|行业,|所属行业,联系人|化工,张三|", want: `甲 !4, with the heads "所属行业", "联系人"; it and the 2 rows below were`},
	{name: "no second table: a head and a value", table: "|企业名称,所属行业|甲,电子|,|乙,联系人|", want: "甲 乙"},
	{name: "no second table: two heads among texts", table: "|企业名称,所属行业,注册资本,联系人,x|甲,电子,5,x,y|,,,,|乙,化工,联系人,企业名称,子|", want: "甲 乙"},
	{name: "no second table: heads and numbers", table: "|企业名称,所属行业,注册资本,联系人|甲,电子,5,x|,,,|联系人,企业名称,5,7|", want: "甲 联系人"},
	{name: "no second table: text below a blank row", table: "|企业名称,所属行业|甲,电子|,|乙,化工|丙,|丁,建材|", want: "甲 乙 丙 丁"},
	{name: "no second table: one head among values", table: "|企业名称,所属行业,联系人|甲,电子,x|,,|乙,联系人,y|", want: "甲 乙"},
	{name: "rows of one cell at the end", table: "|企业名称,所属行业|甲,|,|乙,|丙,|,|", want: "甲 乙 丙"},
	{name: "rows of one cell before many", table: "|企业名称,所属行业|甲,|乙,|丙,|丁,|戊,电子|己,|庚,化工|", want: "甲 乙 丙 丁 戊 己 庚"},
}

func TestRowsBelow(t *testing.T) {
	for _, c := range below {
		t.Run(c.name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSuffix(strings.TrimPrefix(c.table, "|"), "|"), "|")
			file, input := "x.csv", strings.Join(lines, "\n")
			if c.merged != nil {
				var texts [][]string
				for _, line := range lines {
					texts = append(texts, strings.Split(line, ","))
				}
				file, input = "x.xlsx", written(t, sheet(t, texts, c.merged...))
			}
			if got := rolesOf(t, file, input); got != c.want {
				t.Errorf("the rows are %s, want %s", got, c.want)
			}
		})
	}
}

// TestSparseRows reads many rows, before each of which of one cell the reader looks
// ahead.
func TestSparseRows(t *testing.T) {
	input, want := "企业名称,所属行业\n", ""
	for i := range 100 {
		name := fmt.Sprint("甲", i)
		input += name + "," + strings.Repeat("电子", i/7%2) + "\n" + strings.Repeat(",\n", i/5%2)
		want += " " + name
	}
	if got := rolesOf(t, "x.csv", input); " "+got != want {
		t.Errorf("the rows are %s, want %s", got, want)
	}
}

// TestTextsOfSecondTable checks that the row with the fault has its own texts, not
// those of the rows that were counted.
func TestTextsOfSecondTable(t *testing.T) {
	input := "企业名称,所属行业\n" + strings.Repeat("甲,电子\n", 40) + ",\n所属行业,联系人\n" + strings.Repeat("化工,张三\n", 40)
	got := rolesOf(t, "x.csv", input)
	if want := `!43, with the heads "所属行业", "联系人"; it and the 40 rows below were`; !strings.HasSuffix(got, want) {
		t.Errorf("the rows are %s, want at their end %s", got, want)
	}
}

func TestTablesOfHTML(t *testing.T) {
	const first = "<table><tr><td>企业名称<td>所属行业<tr><td>甲<td>电子</table>\n"
	if got, want := rolesOf(t, "x.xls", first+first), "甲 = 甲"; got != want {
		t.Errorf("the same table twice: the rows are %s, want %s", got, want)
	}
	second := "<table><tr><td>所属行业<td>联系人<tr><td>化工<td>张三</table>"
	if got, want := rolesOf(t, "x.xls", first+second), `甲 !2, with the heads "所属行业", "联系人"; it and the row below were`; got != want {
		t.Errorf("two tables: the rows are %s, want %s", got, want)
	}
}

// rolesOf lists the rows of a table in the form of below.
func rolesOf(t *testing.T, file, input string) string {
	t.Helper()
	r, err := rows.Open(file, strings.NewReader(input), rows.Options{Heads: known})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // only read
	var roles []string
	for {
		rec, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return strings.Join(roles, " ")
		case err != nil:
			t.Fatal(err)
		case rec.Err != nil && errors.Is(rec.Err, rows.ErrSecondTable):
			_, reason, _ := strings.Cut(rec.Err.Reason.String(), "starts in row ")
			reason, _, _ = strings.Cut(reason, " not read")
			roles = append(roles, "!"+reason)
			if lines := strings.Split(input, "\n"); file == "x.csv" && !strings.HasPrefix(lines[rec.Line-1], rec.Texts()[0]) {
				t.Errorf("the row in line %d has the texts %q", rec.Line, rec.Texts())
			}
		case rec.Err != nil:
			t.Error(rec.Err)
		case rec.Blank:
		case rec.Role == rows.Heads:
			roles = append(roles, "=")
		case rec.Role == rows.Numbers:
			roles = append(roles, "#")
		case rec.Role == rows.Title:
			roles = append(roles, "^")
		default:
			roles = append(roles, rec.Texts()[slices.IndexFunc(rec.Texts(), func(s string) bool { return s != "" })])
		}
	}
}
