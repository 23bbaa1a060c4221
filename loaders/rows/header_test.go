package rows_test

import (
	"bytes"
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
