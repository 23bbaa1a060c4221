package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// cells is a program for the scripts: it prints the sheets of a workbook, or of
// the only one in a folder, or the cells of one sheet, divided by bars. Numbers
// are marked with # and shown as they are stored, followed by their format.
func cells() {
	if err := printCells(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func printCells(args []string) error {
	name := args[0]
	if found, _ := filepath.Glob(filepath.Join(name, "*.xlsx")); len(found) == 1 {
		name = found[0]
		fmt.Println(filepath.Base(name))
	}
	book, err := excelize.OpenFile(name)
	if err != nil {
		return err
	}
	defer book.Close() //nolint:errcheck // what was read or saved is whole
	if len(args) == 1 {
		for _, sheet := range book.GetSheetList() {
			visible, err := book.GetSheetVisible(sheet)
			if err != nil {
				return err
			}
			panes, err := book.GetPanes(sheet)
			if err != nil {
				return err
			}
			fmt.Printf("%s visible=%t frozen=%d\n", sheet, visible, panes.YSplit)
		}
		return nil
	}
	rows, err := book.GetRows(args[1], excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	for r, row := range rows {
		for c := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			if row[c], err = shownCell(book, args[1], at, row[c]); err != nil {
				return err
			}
		}
		fmt.Println(strings.Join(row, "|"))
	}
	return nil
}

func shownCell(book *excelize.File, sheet, at, text string) (string, error) {
	kind, err := book.GetCellType(sheet, at)
	if err != nil || text == "" || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		return text, err
	}
	id, err := book.GetCellStyle(sheet, at)
	if err != nil {
		return "", err
	}
	style, err := book.GetStyle(id)
	if err != nil {
		return "", err
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "", err
	}
	text = strconv.FormatFloat(number, 'g', 6, 64)
	if style.CustomNumFmt != nil {
		text += " (" + *style.CustomNumFmt + ")"
	}
	return "#" + text, nil
}

// fill is a program for the scripts: it types texts into cells of a workbook, as
// in fill list.xlsx 判定 C2=同一家.
func fill() {
	if err := fillCells(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fillCells(name, sheet string, cells []string) error {
	book, err := excelize.OpenFile(name)
	if err != nil {
		return err
	}
	defer book.Close() //nolint:errcheck // what was read or saved is whole
	for _, c := range cells {
		at, text, _ := strings.Cut(c, "=")
		if err := book.SetCellValue(sheet, at, text); err != nil {
			return err
		}
	}
	return book.Save()
}

// book is a program for the scripts: it makes a workbook with a sheet of each CSV
// file, named after it, as in book out.xlsx sheets/一.csv sheets/二.csv.
func book() {
	if err := makeBook(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func makeBook(name string, tables []string) error {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // what was saved is whole
	for i, table := range tables {
		text, err := os.ReadFile(table)
		if err != nil {
			return err
		}
		sheet := strings.TrimSuffix(filepath.Base(table), ".csv")
		if i == 0 {
			err = book.SetSheetName("Sheet1", sheet)
		} else {
			_, err = book.NewSheet(sheet)
		}
		if err != nil {
			return err
		}
		rows := csv.NewReader(bytes.NewReader(text))
		rows.FieldsPerRecord = -1
		records, err := rows.ReadAll()
		if err != nil {
			return err
		}
		for n, record := range records {
			if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", n+1), &record); err != nil {
				return err
			}
		}
	}
	return book.SaveAs(name)
}
