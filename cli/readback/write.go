package readback

import (
	"encoding/csv"
	"io"

	"liantu/cli/show/sheets"
	"liantu/schema"
	"liantu/spreadsheet"
)

// WriteCSV writes the sheet as a CSV file with the mark by which Excel detects
// UTF-8. The error is that of the writer.
func (s *Sheet) WriteCSV(out io.Writer) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	record := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		record[i] = c.Head
	}
	if err := w.Write(record); err != nil {
		return err
	}
	for _, row := range s.Rows {
		for i, value := range row {
			record[i] = schema.FormatValue(value)
			if !isNumber(value) {
				record[i] = spreadsheet.Plain(record[i])
			}
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// Book lays sheets out as a workbook, each under the name of its kind, with the
// notes on a last sheet, which a load skips.
func Book(title string, list []*Sheet, notes []string) *sheets.Book {
	book := &sheets.Book{Title: title}
	for _, s := range list {
		sheet := sheets.Sheet{Name: s.Name, Filter: true}
		for i, c := range s.Columns {
			sheet.Columns = append(sheet.Columns, sheets.Column{Head: c.Head, Text: s.isText(i)})
		}
		for _, row := range s.Rows {
			cells := make([]any, len(row))
			for i, value := range row {
				cells[i] = cell(value)
			}
			sheet.Rows = append(sheet.Rows, cells)
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	about := sheets.Sheet{Name: "关于本文件 about", Columns: []sheets.Column{{Head: "关于本文件 · about this file", Wrap: true}}}
	for _, note := range notes {
		about.Rows = append(about.Rows, []any{note})
	}
	book.Sheets = append(book.Sheets, about)
	return book
}

// isText reports whether no cell of a column is a number.
func (s *Sheet) isText(column int) bool {
	for _, row := range s.Rows {
		if isNumber(row[column]) {
			return false
		}
	}
	return true
}

func isNumber(value any) bool {
	switch value.(type) {
	case int64, float64:
		return true
	}
	return false
}

// exactDigits is how many characters of a number a spreadsheet shows without rounding.
const exactDigits = 10

// cell is what a cell of a workbook holds: numbers as numbers where a spreadsheet
// shows all their digits, else the text that reads back as the value.
func cell(value any) any {
	text := schema.FormatValue(value)
	if value == nil || isNumber(value) && len(text) <= exactDigits {
		return value
	}
	return sheets.Text{Text: text}
}
