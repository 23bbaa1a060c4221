package show

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"liantu/cli/show/sheets"
	"liantu/schema"
)

// Texts that a spreadsheet takes for formulas are disarmed in both forms of a
// file, and numbers below zero are not.
func TestFilesHoldNoFormulas(t *testing.T) {
	tab := &Table{Columns: []Column{
		{Name: "text", Head: schema.Text{En: "TEXT"}},
		{Name: "n", Head: schema.Text{En: "N"}, Right: true},
		{Name: "money", Head: schema.Text{En: "MONEY (10,000 CNY)"}, Right: true},
	}}
	for _, text := range []string{"=1+1", "+86", "-x", "@sum", "\tx", "plain", "-5"} {
		tab.Add(Word(text), Count(-3), Number(-1234.5, 2))
	}
	var csv bytes.Buffer
	if err := tab.writeCSV(&csv, true); err != nil {
		t.Fatal(err)
	}
	want := "\ufefftext,n,money\n'=1+1,-3,-1234.5\n'+86,-3,-1234.5\n'-x,-3,-1234.5\n'@sum,-3,-1234.5\n'\tx,-3,-1234.5\nplain,-3,-1234.5\n'-5,-3,-1234.5\n"
	if csv.String() != want {
		t.Errorf("got %q\nwant %q", csv.String(), want)
	}

	sheet := English.sheet("x", tab)
	var file bytes.Buffer
	if err := (&sheets.Book{Sheets: []sheets.Sheet{sheet}}).Write(&file); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() //nolint:errcheck // what was read or saved is whole
	for row, text := range []string{"'=1+1", "'+86", "'-x", "'@sum", "'\tx", "plain", "'-5"} {
		at := fmt.Sprintf("A%d", row+2)
		if got, err := book.GetCellValue("x", at); err != nil || got != text {
			t.Errorf("%s holds %q, %v, want %q", at, got, err, text)
		}
		if formula, err := book.GetCellFormula("x", at); err != nil || formula != "" {
			t.Errorf("%s has the formula %q, %v", at, formula, err)
		}
		if kind, err := book.GetCellType("x", fmt.Sprintf("B%d", row+2)); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("the number in row %d is of type %v, %v", row+2, kind, err)
		}
	}
	if got, err := book.GetCellValue("x", "C2"); err != nil || got != "-1234.50" {
		t.Errorf("C2 shows %q, %v", got, err)
	}
}
