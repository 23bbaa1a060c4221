package loaders_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// bookOf makes the workbook that a text describes, one cell a line: its place, its
// value and, for a number, its format, divided by " | ". A value after = is a number
// as it is stored, one after =: a formula without a result, any other a text. A range is merged. The
// line 1904 lets days count from that year.
func bookOf(t *testing.T, text string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it is in memory
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "1904" {
			yes := true
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
				t.Fatal(err)
			}
			continue
		}
		parts := append(strings.Split(line, " | "), "")
		if err := setCell(f, parts[0], parts[1], parts[2]); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	return []byte(written(t, f))
}

func setCell(f *excelize.File, at, value, format string) error {
	if from, to, ok := strings.Cut(at, ":"); ok {
		return f.MergeCell("Sheet1", from, to)
	}
	if formula, ok := strings.CutPrefix(value, "=:"); ok {
		return f.SetCellFormula("Sheet1", at, formula)
	}
	number, ok := strings.CutPrefix(value, "=")
	if !ok {
		return f.SetCellStr("Sheet1", at, value)
	}
	if format != "" {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			return fmt.Errorf("format: %w", err)
		}
		if err := f.SetCellStyle("Sheet1", at, at, style); err != nil {
			return err
		}
	}
	return f.SetCellDefault("Sheet1", at, number)
}
