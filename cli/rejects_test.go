package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"liantu/cli/show"
)

// TestRejectsComeBack loads a file with faults and wants its faulty rows back,
// the reason behind them and the cell marked.
func TestRejectsComeBack(t *testing.T) {
	dir := t.TempDir()
	list, book, text := filepath.Join(dir, "Company.csv"), filepath.Join(dir, "back.xlsx"), filepath.Join(dir, "back.csv")
	rows := "企业名称,员工人数,主营业务\n甲山有限公司,5,=1+1\n乙水有限公司,许多,=1+1\n,3,\n"
	if err := os.WriteFile(list, []byte(rows), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{book, text} {
		code, _, stderr := program(t, "load", list, "--file", filepath.Join(dir, "g.db"), "--source", "s", "--as-of", "2024", "--rejects", out)
		if code != exitPartial {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
	}
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it is read only
	got, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got[0][3] != "错误原因" || got[1][0] != "乙水有限公司" || got[1][2] != "=1+1" || !strings.Contains(got[1][3], "E_BAD_VALUE") || !strings.Contains(got[2][3], "E_NO_IDENTITY") {
		t.Errorf("rows are %q", got)
	}
	for cell, want := range map[string]bool{"A2": false, "B2": true} {
		if got, err := marked(f, f.GetSheetName(0), cell); err != nil || got != want {
			t.Errorf("cell %s is marked: %t, %v", cell, got, err)
		}
	}
	if formula, err := f.GetCellFormula(f.GetSheetName(0), "C2"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q: %v", formula, err)
	}
	back, err := os.ReadFile(text)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(back), "\ufeff企业名称,员工人数,主营业务,错误原因\n乙水有限公司,许多,'=1+1,") {
		t.Errorf("CSV is %q", back)
	}
}

// marked reports whether a cell is coloured.
func marked(f *excelize.File, sheet, cell string) (bool, error) {
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		return false, err
	}
	style, err := f.GetStyle(id)
	return style != nil && style.Fill.Pattern == 1, err
}

// TestRejectsGoRound loads what came back as it is: it is known for what it
// was by the name of its sheet, and comes back again with its reasons once.
func TestRejectsGoRound(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for name, rows := range map[string]string{
		"OPERATES_IN.csv": "from,to\n甲山有限公司,无此环节\n",
		"Company.csv":     "企业名称,员工人数\n甲山有限公司,许多\n",
	} {
		if err := os.WriteFile(path(name), []byte(rows), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i, from := range []string{"", "1.xlsx", "2.xlsx"} {
		to := path(fmt.Sprintf("%d.xlsx", i+1))
		if code, _, stderr := program(t, "load", path(from), "--file", path("g.db"), "--source", "s", "--as-of", "2024", "--rejects", to); code != exitPartial {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
		f, err := excelize.OpenFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.GetSheetList(); !slices.Equal(got, []string{"Company", "OPERATES_IN"}) {
			t.Errorf("round %d: the sheets are %v", i, got)
		}
		for sheet, want := range map[string][]string{
			"Company": {"企业名称", "员工人数", show.RejectHead}, "OPERATES_IN": {"from", "to", show.RejectHead},
		} {
			if got, err := f.GetRows(sheet); err != nil || len(got) != 2 || !slices.Equal(got[0], want) || !strings.Contains(got[1][2], "E_") {
				t.Errorf("round %d: %s holds %q, %v", i, sheet, got, err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if i == 0 { // the names of the files no longer state the kind
			for _, name := range []string{"OPERATES_IN.csv", "Company.csv"} {
				if err := os.Remove(path(name)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestRejectsKeepTheUnitOfTheTable reads amounts whose unit stands above the table:
// in the file of rejects it stands in the head, so that they load as they were meant.
func TestRejectsKeepTheUnitOfTheTable(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	ledger := "单位：亿元,,\n项目名称,总投资,签约日期\n示例项目,5,待补\n"
	if err := os.WriteFile(path("台账.csv"), []byte(ledger), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"--file", path("g.db"), "--source", "s", "--as-of", "2024"}
	if code, _, stderr := program(t, append([]string{"load", path("台账.csv"), "--rejects", path("back.csv")}, args...)...); code != exitPartial {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	back, err := os.ReadFile(path("back.csv"))
	if err != nil || !strings.Contains(string(back), "项目名称,总投资（亿元）,签约日期,"+show.RejectHead) {
		t.Fatalf("the rejects are %q, %v", back, err)
	}
	if err := os.WriteFile(path("back.csv"), []byte(strings.ReplaceAll(string(back), "待补", "2024-05")), 0o644); err != nil {
		t.Fatal(err)
	}
	args[1] = path("h.db")
	code, stdout, stderr := program(t, append([]string{"load", path("back.csv"), "--format", "json"}, args...)...)
	if code != exitOK || strings.Contains(stdout, "W_CAPITAL_UNIT") {
		t.Fatalf("exit code %d: %s %s", code, stdout, stderr)
	}
	if _, stdout, _ := program(t, "node", "示例项目", "--file", path("h.db"), "--format", "csv"); !strings.Contains(stdout, "50000") {
		t.Errorf("the amount is not 50000 万元: %s", stdout)
	}
}
