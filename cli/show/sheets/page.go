package sheets

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"liantu/spreadsheet"
)

// a4 is the number of the paper size in the format.
const a4 = 9

// lineHeight is the height of a line of text, in points.
const lineHeight = 16

// widestOnPaper is the widest column of a sheet for paper, in characters of half width, so
// that a page as wide as all columns stays readable.
const widestOnPaper = 34

// page writes the rows above the head of a sheet, and lays it out for paper.
func (w *writer) page(s *Sheet) error {
	last, err := excelize.ColumnNumberToName(max(len(s.Columns), 1))
	if err != nil {
		return err
	}
	title, err := w.style(style{title: true})
	if err != nil {
		return err
	}
	line, err := w.style(style{wrap: true})
	if err != nil {
		return err
	}
	across := 0.0
	for i := range s.Columns {
		across += width(s, i)
	}
	lines := 1 + int(float64(eastAsian.StringWidth(s.Page.Line))/max(across, 1))
	landscape, size, wide, tall, fit := "landscape", a4, 1, 0, true
	return errors.Join(
		w.book.MergeCell(s.Name, "A1", last+"1"),
		w.book.MergeCell(s.Name, "A2", last+"2"),
		w.book.SetCellStr(s.Name, "A1", spreadsheet.Plain(s.Page.Title)),
		w.book.SetCellStr(s.Name, "A2", spreadsheet.Plain(s.Page.Line)),
		w.book.SetCellStyle(s.Name, "A1", "A1", title),
		w.book.SetCellStyle(s.Name, "A2", "A2", line),
		w.book.SetRowHeight(s.Name, 1, 26),
		w.book.SetRowHeight(s.Name, 2, float64(lines*lineHeight)),
		w.book.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &size, FitToWidth: &wide, FitToHeight: &tall}),
		w.book.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.book.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&L" + strings.ReplaceAll(s.Page.Foot, "&", "&&") + "&R&P / &N"}),
		w.book.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: fmt.Sprintf("'%s'!$1:$%d", strings.ReplaceAll(s.Name, "'", "''"), s.head()),
		}),
	)
}
