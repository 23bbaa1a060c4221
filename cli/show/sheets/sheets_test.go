package sheets_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"liantu/cli/show/sheets"
	"liantu/spreadsheet"
)

// written writes a workbook and opens it again.
func written(t *testing.T, b *sheets.Book) *excelize.File {
	t.Helper()
	var file bytes.Buffer
	if err := b.Write(&file); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// styleOf returns how a cell looks.
func styleOf(t *testing.T, f *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// list is a sheet with a column of each sort.
func list() sheets.Sheet {
	return sheets.Sheet{
		Name: "名单", Filter: true,
		Columns: []sheets.Column{
			{Head: "企业名称", Wrap: true},
			{Head: "注册资本（万元）", Format: "0.00"},
			{Head: "编号", Text: true},
			{Head: "判定", Choices: []string{"同一家", "不同"}, Strong: true},
		},
		Rows: [][]any{{"杭州甲科技股份有限公司", 1234.5, "007", nil}, {"", 2, nil, "不同"}, {nil, nil, nil, nil}},
	}
}

func TestHeadStaysInSightAndFilters(t *testing.T) {
	f := written(t, &sheets.Book{Title: "重点企业", Made: time.Date(2026, 5, 4, 17, 30, 0, 0, time.FixedZone("", 8*3600)), Sheets: []sheets.Sheet{list(), {Name: "说明", Columns: []sheets.Column{{Head: "项目"}}}}})
	if got := f.GetSheetList(); !slices.Equal(got, []string{"名单", "说明", "lists"}) {
		t.Errorf("the sheets are %v", got)
	}
	if visible, err := f.GetSheetVisible("lists"); err != nil || visible {
		t.Errorf("the sheet of choices is visible: %t, %v", visible, err)
	}
	for _, sheet := range []string{"名单", "说明"} {
		if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("the head of %s is not frozen: %+v, %v", sheet, panes, err)
		}
		if s := styleOf(t, f, sheet, "A1"); s.Font == nil || !s.Font.Bold {
			t.Errorf("the head of %s is not bold", sheet)
		}
	}
	filters := map[string]string{}
	for _, name := range f.GetDefinedName() {
		filters[name.Scope] = name.RefersTo
	}
	if len(filters) != 1 || !strings.HasSuffix(filters["名单"], "$A$1:$D$4") {
		t.Errorf("the filters are %v", filters)
	}
	if properties, err := f.GetDocProps(); err != nil || properties.Title != "重点企业" || properties.Created != "2026-05-04T09:30:00Z" || properties.Modified != properties.Created {
		t.Errorf("the properties are %+v, %v", properties, err)
	}
}

func TestNumbersAreNumbersAndTextIsText(t *testing.T) {
	f := written(t, &sheets.Book{Sheets: []sheets.Sheet{list()}})
	for cell, want := range map[string]string{
		"A2": "杭州甲科技股份有限公司", "B2": "1234.50", "C2": "007", "D2": "", "A3": "", "B3": "2.00", "D3": "不同",
	} {
		if got, err := f.GetCellValue("名单", cell); err != nil || got != want {
			t.Errorf("%s shows %q, %v, want %q", cell, got, err, want)
		}
	}
	for cell, text := range map[string]bool{"A2": true, "B2": false, "B3": false, "C2": true} {
		kind, err := f.GetCellType("名单", cell)
		if err != nil || (kind == excelize.CellTypeSharedString) != text {
			t.Errorf("%s is of type %v, %v", cell, kind, err)
		}
	}
	if s := styleOf(t, f, "名单", "C9"); s.NumFmt != 49 && (s.CustomNumFmt == nil || *s.CustomNumFmt != "@") {
		t.Errorf("what is typed into a column of codes is no text: %+v", s)
	}
	if s := styleOf(t, f, "名单", "A9"); s.Alignment == nil || !s.Alignment.WrapText {
		t.Error("long texts do not go on in the next line")
	}
}

func TestChoicesOpenAtTheCells(t *testing.T) {
	s := list()
	s.Columns = append(s.Columns, sheets.Column{Head: "地区", Choices: []string{"杭州"}, Open: true})
	f := written(t, &sheets.Book{Sheets: []sheets.Sheet{s}})
	rules, err := f.GetDataValidations("名单")
	if err != nil || len(rules) != 2 {
		t.Fatalf("the rules are %v, %v", rules, err)
	}
	for i, want := range []struct {
		cells, list string
		only        bool
	}{{"D2:D2001", "lists!$A$1:$A$2", true}, {"E2:E2001", "lists!$B$1:$B$1", false}} {
		if r := rules[i]; r.Sqref != want.cells || r.Formula1 != want.list || r.ShowErrorMessage != want.only {
			t.Errorf("rule %d is %+v, want %+v", i, r, want)
		}
	}
	if got, err := f.GetCols("lists"); err != nil || len(got) != 2 || !slices.Equal(got[0], []string{"同一家", "不同"}) {
		t.Errorf("the choices are %v, %v", got, err)
	}
}

// Texts of our own that begin like a formula are disarmed, those of somebody
// else's sheet come back as they were; neither is a formula.
func TestNoTextIsAFormula(t *testing.T) {
	var rows [][]any
	texts := []string{"=1+1", "+86", "-5", "@sum", "\tx", "\rx", "plain", "'quoted", ""}
	for _, text := range texts {
		rows = append(rows, []any{text, sheets.Text{Text: text, Marked: text == "-5"}})
	}
	f := written(t, &sheets.Book{Sheets: []sheets.Sheet{{Name: "x", Columns: []sheets.Column{{Head: "=ours"}, {Head: "theirs", Text: true}}, Rows: rows}}})
	if got, err := f.GetCellValue("x", "A1"); err != nil || got != "'=ours" {
		t.Errorf("the head is %q, %v", got, err)
	}
	for i, text := range texts {
		for column, want := range []string{spreadsheet.Plain(text), text} {
			cell, err := excelize.CoordinatesToCellName(column+1, i+2)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.GetCellValue("x", cell)
			if text == "\rx" { // which XML makes a line end
				got = strings.ReplaceAll(got, "\n", "\r")
			}
			if err != nil || got != want {
				t.Errorf("%s holds %q, %v, want %q", cell, got, err, want)
			}
			if formula, err := f.GetCellFormula("x", cell); err != nil || formula != "" {
				t.Errorf("%s has the formula %q, %v", cell, formula, err)
			}
			if filled := styleOf(t, f, "x", cell).Fill.Pattern == 1; filled != (column == 1 && text == "-5") {
				t.Errorf("%s is marked: %t", cell, filled)
			}
		}
	}
}

func TestColumnsAreAsWideAsWhatTheyHold(t *testing.T) {
	f := written(t, &sheets.Book{Sheets: []sheets.Sheet{{
		Name:    "x",
		Columns: []sheets.Column{{Head: "n"}, {Head: "名称"}, {Head: "说明"}},
		Rows:    [][]any{{1, "杭州甲科技股份有限公司", strings.Repeat("长", 200)}},
	}}})
	for column, want := range map[string]float64{"A": 8, "B": 24, "C": 60} {
		if got, err := f.GetColWidth("x", column); err != nil || got != want {
			t.Errorf("column %s is %v wide, %v, want %v", column, got, err, want)
		}
	}
}

func TestNamesOfSheets(t *testing.T) {
	for text, want := range map[string]string{
		"a/b[c]:d*e?f\\g":       "a b c  d e f g",
		"'quoted'":              "quoted",
		strings.Repeat("企", 40): strings.Repeat("企", 31),
		"":                      "",
	} {
		if got := sheets.Name(text); got != want {
			t.Errorf("Name(%q) = %q, want %q", text, got, want)
		}
	}
	long := strings.Repeat("企", 31)
	list := []sheets.Sheet{{Name: "Company"}, {Name: "company"}, {Name: "COMPANY"}, {Name: long}, {Name: long}, {Name: "Lists"}}
	sheets.Apart(list)
	var names []string
	for _, s := range list {
		names = append(names, s.Name)
	}
	want := []string{"Company", "company (2)", "COMPANY (3)", long, strings.Repeat("企", 27) + " (2)", "Lists (2)"}
	if !slices.Equal(names, want) {
		t.Errorf("the names are %q, want %q", names, want)
	}
	written(t, &sheets.Book{Sheets: list})
}

func TestTooManyRows(t *testing.T) {
	b := sheets.Book{Sheets: []sheets.Sheet{{Name: "x", Columns: []sheets.Column{{Head: "n"}}, Rows: make([][]any, 1<<20)}}}
	if err := b.Write(&bytes.Buffer{}); !errors.Is(err, sheets.ErrRows) || !strings.Contains(err.Error(), `"x"`) {
		t.Errorf("error is %v", err)
	}
}

// TestPageIsLaidOutForPaper reads a sheet for paper: title and head on every page, one page wide.
func TestPageIsLaidOutForPaper(t *testing.T) {
	s := list()
	s.Name, s.Page = "杭州'材料", &sheets.Page{Title: "杭州作战图", Line: strings.Repeat("口径 ", 80), Foot: "R&D"}
	f := written(t, &sheets.Book{Sheets: []sheets.Sheet{s}})
	rows, err := f.GetRows(s.Name)
	if err != nil || len(rows) < 4 || rows[0][0] != "杭州作战图" || rows[2][0] != "企业名称" || rows[3][0] != "杭州甲科技股份有限公司" {
		t.Errorf("rows %q, error %v", rows, err)
	}
	layout, err := f.GetPageLayout(s.Name)
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("layout %+v, error %v", layout, err)
	}
	props, err := f.GetSheetProps(s.Name)
	if err != nil || !*props.FitToPage {
		t.Errorf("the sheet does not fit the page: %v", err)
	}
	if names := f.GetDefinedName(); !slices.ContainsFunc(names, func(n excelize.DefinedName) bool {
		return n.Name == "_xlnm.Print_Titles" && n.RefersTo == "'杭州''材料'!$1:$3"
	}) {
		t.Errorf("defined names %+v", names)
	}
	foot, err := f.GetHeaderFooter(s.Name)
	if err != nil || foot.OddFooter != "&LR&&D&R&P / &N" {
		t.Errorf("foot %+v, error %v", foot, err)
	}
	panes, err := f.GetPanes(s.Name)
	if err != nil || panes.YSplit != 3 {
		t.Errorf("panes %+v, error %v", panes, err)
	}
	if height, err := f.GetRowHeight(s.Name, 2); err != nil || height <= 16 {
		t.Errorf("the line above the head is %v points high, error %v", height, err)
	}
}
