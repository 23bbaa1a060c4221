// Package sheets writes workbooks that people in offices work on: a bold head
// that stays in sight, filters, columns as wide as what they hold, numbers that
// are numbers, and lists to choose from. It knows nothing of the contents.
//
// A text that a spreadsheet could take for a formula is written with an
// apostrophe before it, see [spreadsheet.Plain].
package sheets

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"liantu/message"
	"liantu/spreadsheet"

	"github.com/mattn/go-runewidth"
	"github.com/xuri/excelize/v2"
)

// Book is a workbook.
type Book struct {
	Title  string    // among the properties of the file
	Made   time.Time // when, among the properties too; zero leaves the day of the library's own template
	Sheets []Sheet
}

// Sheet is a sheet with a head and rows below it.
type Sheet struct {
	Name    string // at most 31 characters, none of []:*?/\
	Columns []Column
	Rows    [][]any // of string, float64, int, Text and nil, which leaves the cell empty
	Filter  bool    // whether the head has the buttons of a filter
	Page    *Page   // how it is printed; nil for a sheet that is not laid out for paper
}

// Page lays a sheet out for paper: a title and a line above the head, landscape A4, as wide as
// one page, with the title and the head again on every page and the page's number at its foot.
type Page struct {
	Title, Line string
	Foot        string // left of the page's number
}

// head is the row of the head, from 1.
func (s *Sheet) head() int {
	if s.Page != nil {
		return 3
	}
	return 1
}

// Column describes a column of a sheet.
type Column struct {
	Head    string
	Format  string   // of numbers, as Excel writes it, such as 0.00 or 0%; "" for any
	Text    bool     // what people type into it stays text, such as codes of digits alone
	Wrap    bool     // long texts go on in the next line
	Strong  bool     // the head is marked, since the column has to be filled in
	Choices []string // what may be chosen, in a list that opens at the cell
	Open    bool     // whether other values than the choices are taken too
}

// Text is the text of a cell of a foreign sheet. It is written unchanged and as
// text, also where it begins like a formula, so that it reads back unchanged.
type Text struct {
	Text   string
	Marked bool // the cell is coloured, for somebody to check
}

// ErrRows is in the error of a sheet with more rows than a workbook can hold.
var ErrRows = message.Errorf("a sheet of a workbook holds 1,048,576 rows")

// filled is how many rows below the head have lists and formats for what is
// still to be typed in.
const filled = 2000

// listSheet is the hidden sheet that holds the choices.
const listSheet = "lists"

// Write writes the workbook.
func (b *Book) Write(w io.Writer) (err error) {
	out := &writer{book: excelize.NewFile(), styles: map[style]int{}}
	defer func() { err = errors.Join(err, out.book.Close()) }()
	for i := range b.Sheets {
		if err := out.sheet(&b.Sheets[i], i == 0); err != nil {
			return message.Errorf("sheet %q: %w", b.Sheets[i].Name, err)
		}
	}
	for _, add := range out.later { // so that the choices come after all sheets
		if err := add(); err != nil {
			return err
		}
	}
	if out.lists > 0 {
		if err := out.book.SetSheetVisible(listSheet, false); err != nil {
			return err
		}
	}
	made := ""
	if !b.Made.IsZero() {
		made = b.Made.UTC().Format(time.RFC3339)
	}
	if err := out.book.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: "liantu", Created: made, Modified: made}); err != nil {
		return err
	}
	return out.book.Write(w)
}

type writer struct {
	book   *excelize.File
	styles map[style]int
	later  []func() error
	lists  int // columns of the sheet of choices
}

// style is the look of a cell.
type style struct {
	head, strong, wrap, marked, title bool
	format                            string
}

func (w *writer) style(s style) (int, error) {
	if id, ok := w.styles[s]; ok {
		return id, nil
	}
	look := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: s.wrap}}
	if s.head {
		color := "DDEBF7"
		if s.strong {
			color = "FCE4D6"
		}
		look.Font = &excelize.Font{Bold: true}
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
		look.Alignment = &excelize.Alignment{Vertical: "center", WrapText: true}
	}
	if s.title {
		look.Font = &excelize.Font{Bold: true, Size: 16}
	}
	if s.marked {
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFC7CE"}}
	}
	if s.format != "" {
		look.CustomNumFmt = &s.format
	}
	id, err := w.book.NewStyle(&look)
	w.styles[s] = id
	return id, err
}

func (w *writer) sheet(s *Sheet, first bool) error {
	if len(s.Rows) >= excelize.TotalRows {
		return message.Errorf("%d rows: %w", len(s.Rows), ErrRows)
	}
	var err error
	if first {
		err = w.book.SetSheetName("Sheet1", s.Name)
	} else {
		_, err = w.book.NewSheet(s.Name)
	}
	if err != nil {
		return err
	}
	for i := range s.Columns {
		if err := w.column(s, i); err != nil {
			return err
		}
	}
	for r, row := range s.Rows {
		for c, value := range row {
			if err := w.cell(s, c, s.head()+1+r, value); err != nil {
				return err
			}
		}
	}
	if s.Filter && len(s.Columns) > 0 {
		end, err := excelize.CoordinatesToCellName(len(s.Columns), len(s.Rows)+s.head())
		if err != nil {
			return err
		}
		if err := w.book.AutoFilter(s.Name, fmt.Sprintf("A%d:%s", s.head(), end), nil); err != nil {
			return err
		}
	}
	if s.Page != nil {
		if err := w.page(s); err != nil {
			return err
		}
	}
	below := fmt.Sprintf("A%d", s.head()+1)
	return w.book.SetPanes(s.Name, &excelize.Panes{
		Freeze: true, YSplit: s.head(), TopLeftCell: below, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: below, ActiveCell: below, Pane: "bottomLeft"}},
	})
}

// numbers is the format of numbers in a column.
func (c *Column) numbers() string {
	if c.Text {
		return "@"
	}
	return c.Format
}

// column writes the head of a column, and what holds for the cells below it.
func (w *writer) column(s *Sheet, i int) error {
	c := s.Columns[i]
	letter, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return err
	}
	below, err := w.style(style{wrap: c.Wrap, format: c.numbers()})
	if err != nil {
		return err
	}
	head, err := w.style(style{head: true, strong: c.Strong})
	if err != nil {
		return err
	}
	top := fmt.Sprintf("%s%d", letter, s.head())
	if err := errors.Join(
		w.book.SetColWidth(s.Name, letter, letter, width(s, i)),
		w.book.SetColStyle(s.Name, letter, below),
		w.book.SetCellStr(s.Name, top, spreadsheet.Plain(c.Head)),
		w.book.SetCellStyle(s.Name, top, top, head),
	); err != nil {
		return err
	}
	if len(c.Choices) > 0 {
		w.later = append(w.later, func() error { return w.choices(s, letter, &c) })
	}
	return nil
}

func (w *writer) cell(s *Sheet, column, row int, value any) error {
	at, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return err
	}
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
		return w.book.SetCellStr(s.Name, at, spreadsheet.Plain(v))
	case Text:
		return w.text(s, column, at, v)
	default:
		return w.book.SetCellValue(s.Name, at, v)
	}
}

func (w *writer) text(s *Sheet, column int, at string, t Text) error {
	if t.Text != "" {
		if err := w.book.SetCellStr(s.Name, at, t.Text); err != nil {
			return err
		}
	}
	if !t.Marked {
		return nil
	}
	look := style{marked: true}
	if column < len(s.Columns) {
		look.wrap, look.format = s.Columns[column].Wrap, s.Columns[column].numbers()
	}
	id, err := w.style(look)
	if err != nil {
		return err
	}
	return w.book.SetCellStyle(s.Name, at, at, id)
}

// choices lets the cells of a column be chosen from a list. The list is in
// a hidden sheet, since one within the column may have 255 characters only.
func (w *writer) choices(s *Sheet, letter string, c *Column) error {
	if w.lists == 0 {
		if _, err := w.book.NewSheet(listSheet); err != nil {
			return err
		}
	}
	w.lists++
	list, err := excelize.ColumnNumberToName(w.lists)
	if err != nil {
		return err
	}
	for i, text := range c.Choices {
		if err := w.book.SetCellStr(listSheet, fmt.Sprintf("%s%d", list, i+1), text); err != nil {
			return err
		}
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(fmt.Sprintf("%s%d:%s%d", letter, s.head()+1, letter, s.head()+filled))
	rule.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, list, list, len(c.Choices)))
	if c.Open {
		rule.ShowErrorMessage = false
	} else {
		rule.SetError(excelize.DataValidationErrorStyleStop, c.Head, strings.Join(c.Choices[:min(len(c.Choices), 10)], " / "))
	}
	return w.book.AddDataValidation(s.Name, rule)
}

// The bounds of the width of a column, in characters of half width.
const (
	narrowest, widest = 8, 60
	measuredRows      = 1000
)

// eastAsian counts the characters of Chinese writing as two.
var eastAsian = &runewidth.Condition{EastAsianWidth: true}

// width is that of the head or of the longest of the first rows, within bounds.
func width(s *Sheet, i int) float64 {
	longest := eastAsian.StringWidth(s.Columns[i].Head)
	if s.Filter {
		longest += 3 // the button
	}
	for _, row := range s.Rows[:min(len(s.Rows), measuredRows)] {
		if i >= len(row) || row[i] == nil {
			continue
		}
		for line := range strings.Lines(shown(row[i])) {
			longest = max(longest, eastAsian.StringWidth(line))
		}
	}
	for _, text := range s.Columns[i].Choices {
		longest = max(longest, eastAsian.StringWidth(text))
	}
	most := widest
	if s.Page != nil {
		most = widestOnPaper
	}
	return float64(min(max(longest+2, narrowest), most))
}

// shown is about what a value looks like.
func shown(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case Text:
		return v.Text
	case float64:
		return fmt.Sprintf("%.2f", v)
	default:
		return fmt.Sprint(v)
	}
}

// longest is how many characters the name of a sheet may have.
const longest = 31

// Name makes a name for a sheet out of a text.
func Name(text string) string {
	name := []rune(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, text), "' "))
	return string(slices.Clip(name[:min(len(name), longest)]))
}

// Apart makes the names of sheets differ, as a workbook wants them to do
// whatever their case is, by a number at the end of a name that was there before.
func Apart(list []Sheet) {
	taken := map[string]bool{listSheet: true}
	for i := range list {
		name := list[i].Name
		for n := 2; taken[strings.ToLower(name)]; n++ {
			end := fmt.Sprintf(" (%d)", n)
			start := []rune(list[i].Name)
			name = string(start[:min(len(start), longest-len(end))]) + end
		}
		taken[strings.ToLower(name)] = true
		list[i].Name = name
	}
}
