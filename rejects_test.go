package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestRejectsComeBack loads a file with faults and wants its faulty rows back,
// the reason behind them and the cell marked.
func TestRejectsComeBack(t *testing.T) {
	dir := t.TempDir()
	list, book, text := filepath.Join(dir, "Company.csv"), filepath.Join(dir, "back.xlsx"), filepath.Join(dir, "back.csv")
	rows := "企业名称,员工人数,主营业务\n甲有限公司,5,=1+1\n乙有限公司,许多,=1+1\n,3,\n"
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
	if len(got) != 3 || got[0][3] != "错误原因" || got[1][0] != "乙有限公司" || got[1][2] != "=1+1" || !strings.Contains(got[1][3], "E_BAD_VALUE") || !strings.Contains(got[2][3], "E_NO_IDENTITY") {
		t.Errorf("rows are %q", got)
	}
	for cell, want := range map[string]bool{"A2": false, "B2": true} {
		if style, err := f.GetCellStyle(f.GetSheetName(0), cell); err != nil || (style != 0) != want {
			t.Errorf("cell %s has the style %d: %v", cell, style, err)
		}
	}
	if formula, err := f.GetCellFormula(f.GetSheetName(0), "C2"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q: %v", formula, err)
	}
	back, err := os.ReadFile(text)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(back), "\ufeff企业名称,员工人数,主营业务,错误原因\n乙有限公司,许多,'=1+1,") {
		t.Errorf("CSV is %q", back)
	}
}
