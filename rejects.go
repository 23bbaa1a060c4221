package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"liantu/loaders"
	"liantu/sheets"
)

// rejectHead is the column that a sheet of rejected rows has at its end.
const rejectHead = "错误原因"

// rejectRows are the rows that a load left out, in whole or in part, as the
// sheets of their files.
type rejectRows struct{ files []*rejectFile }

type rejectFile struct {
	name  string
	heads []string
	rows  []loaders.Reject
}

// add takes a row; those of a file come one after the other.
func (r *rejectRows) add(row loaders.Reject) error {
	if n := len(r.files); n == 0 || r.files[n-1].name != row.File {
		r.files = append(r.files, &rejectFile{name: row.File, heads: row.Heads})
	}
	f := r.files[len(r.files)-1]
	f.rows = append(f.rows, row)
	return nil
}

// reasonsOf tells why a row is there, each reason with its code.
func reasonsOf(row loaders.Reject) string {
	var texts []string
	for _, f := range row.Faults {
		text := fmt.Sprintf("%s %s: %s", f.Code, f.Code.Label().Zh, f.Reason)
		if f.Column != "" {
			text = f.Column + ": " + text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "\n")
}

// cells is a row under the heads of the file with the reasons behind it, and
// behind them what stood to the right of the last head.
func (f *rejectFile) cells(row loaders.Reject) []string {
	cells := make([]string, len(f.heads))
	extra := []string{reasonsOf(row)}
	for i, text := range row.Cells {
		at := i
		if !slices.Equal(row.Heads, f.heads) && i < len(row.Heads) { // JSON, whose rows have names of their own
			at = slices.Index(f.heads, row.Heads[i])
		}
		if at >= 0 && at < len(cells) {
			cells[at] = text
		} else {
			extra = append(extra, text)
		}
	}
	return append(cells, extra...)
}

// write writes the rows into a workbook, with the cells at fault marked, or as
// CSV, by the extension of the file.
func (r *rejectRows) write(path string) error {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return r.writeBook(path)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = file.WriteString("\ufeff") // so that Excel reads UTF-8
	w := csv.NewWriter(file)
	for _, f := range r.files {
		records := [][]string{append(slices.Clone(f.heads), rejectHead)}
		for _, row := range f.rows {
			records = append(records, f.cells(row))
		}
		for _, record := range records {
			for i := range record {
				record[i] = sheets.Plain(record[i])
			}
		}
		err = errors.Join(err, w.WriteAll(records))
	}
	return errors.Join(err, file.Close())
}

// writeBook writes a sheet for each file.
func (r *rejectRows) writeBook(path string) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	marked, err := book.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFC7CE"}}})
	if err != nil {
		return err
	}
	for i, f := range r.files {
		name := fmt.Sprintf("未导入%d", i+1)
		if i == 0 {
			err = book.SetSheetName("Sheet1", name)
		} else {
			_, err = book.NewSheet(name)
		}
		if err != nil {
			return err
		}
		if err := f.writeSheet(book, name, bold, marked); err != nil {
			return err
		}
	}
	return book.SaveAs(path)
}

func (f *rejectFile) writeSheet(book *excelize.File, name string, bold, marked int) error {
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	var head []any
	for _, text := range append(slices.Clone(f.heads), rejectHead) {
		head = append(head, excelize.Cell{StyleID: bold, Value: text})
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range f.rows {
		var cells []any
		for column, text := range f.cells(row) {
			c := excelize.Cell{Value: text} // a text is never a formula
			atFault := func(ft loaders.Fault) bool { return column < len(f.heads) && ft.Column == f.heads[column] }
			if slices.ContainsFunc(row.Faults, atFault) {
				c.StyleID = marked
			}
			cells = append(cells, c)
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}
