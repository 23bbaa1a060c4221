package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// addInvented puts the invented rows of the tables folder into the pack: one
// CSV file a kind, in the layout of the pack without provenance. Every row is
// marked as synthetic.
func addInvented(p pack, own string) error {
	paths, err := filepath.Glob(filepath.Join(own, "tables", "*.csv"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		rows, err := readCSV(path)
		if err != nil {
			return err
		}
		sheet := strings.TrimSuffix(filepath.Base(path), ".csv")
		if layout[sheet] == "" {
			return fmt.Errorf("%s: no sheet of that name", path)
		}
		for _, r := range rows {
			r["synthetic"] = "true"
			p.add(sheet, r.by(invented))
		}
	}
	return nil
}
