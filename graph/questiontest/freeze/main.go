// Command freeze writes a copy of the sample pack, reduced to what verdicts follow from, for
// the tests whose figures are those of the pack on the day of the copy:
//
//	go run ./graph/questiontest/freeze -out graph/questiontest/testdata/pack-2026.zip
//
// The copy has companies with what is counted of them, places, links, their order and who is
// at them, sources, and projects; no people, no contacts and nothing that explains a row. It is a tool
// of the project and no part of the program. Nothing imports it; it imports
// examples/zhejiang.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"liantu/examples/zhejiang"
)

// kept are the columns that the copy has of each table, besides source, day and grade.
var kept = []struct{ table, columns string }{
	{"Source", "name title data_date population complete_in"},
	{"Ecosystem", "code name"},
	{"Chain", "code name"},
	{"Link", "code name position declared_role"},
	{"Company", "stock_code founded registered_capital employees leader"},
	{"Park", "code name synthetic"},
	{"Project", "code name stage first_contact signed_on landed_on synthetic"},
	{"TaskForce", "code name synthetic"},
	{"PART_OF", "from_kind from to_kind to"},
	{"FEEDS", "from_kind from to_kind to layer"},
	{"OPERATES_IN", "from to leader"},
	{"LOCATED_IN", "from_kind from to role synthetic"},
	{"HOSTS", "from to_kind to leading synthetic"},
	{"FILLS", "from to_kind to synthetic"},
	{"INVOLVES", "from to_kind to part synthetic"},
	{"IN_CHARGE_OF", "from to_kind to synthetic"},
}

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

// run reads the flags and writes the copy; it returns the exit code.
func run(args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("freeze", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "the file to write")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	var copied bytes.Buffer
	err := freeze(&copied, zhejiang.FS())
	if err == nil {
		err = os.WriteFile(*out, copied.Bytes(), 0o644)
	}
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 1
	}
	return 0
}

// freeze writes the copy of a pack as a zip of CSV files; the same pack gives the same
// bytes.
func freeze(w io.Writer, pack fs.FS) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, k := range kept {
		rows, err := reduced(pack, k.table, strings.Fields(k.columns+" source as_of grade"))
		if err != nil {
			return err
		}
		file, err := z.Create(k.table + ".csv")
		if err != nil {
			return err
		}
		if err := csv.NewWriter(file).WriteAll(rows); err != nil {
			return err
		}
	}
	return z.Close()
}

// reduced returns the head and the rows of a table with some of its columns: those between
// nodes that the copy has, each once, in their order.
func reduced(pack fs.FS, table string, columns []string) ([][]string, error) {
	file, err := pack.Open(table + ".csv")
	if err != nil {
		return nil, err
	}
	all, err := csv.NewReader(file).ReadAll()
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("table %s: %w", table, err)
	}
	at := make([]int, len(columns))
	for i, column := range columns {
		if at[i] = slices.Index(all[0], column); at[i] < 0 {
			return nil, fmt.Errorf("table %s: no column %q", table, column)
		}
	}
	rows, seen := [][]string{columns}, map[string]bool{}
	for _, full := range all[1:] {
		row := make([]string, len(columns))
		for i, k := range at {
			row[i] = full[k]
		}
		if key := strings.Join(row, "\x00"); !seen[key] && between(columns, row) {
			seen[key] = true
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// between reports whether both ends of an edge are of kinds that the copy has; a row of a node has none.
func between(columns, row []string) bool {
	for i, column := range columns {
		if column == "from_kind" || column == "to_kind" {
			has := row[i] == "Region" || slices.ContainsFunc(kept, func(k struct{ table, columns string }) bool { return k.table == row[i] })
			if !has {
				return false
			}
		}
	}
	return true
}
