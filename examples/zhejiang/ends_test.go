package zhejiang_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/schema"
)

// identifiers lists, for each kind of node, the columns by which an edge file can
// name its rows.
var identifiers = map[string][]string{
	"Company": {"stock_code", "uscc", "name"}, "Ecosystem": {"code"}, "Chain": {"code"}, "Link": {"code"},
	"Product": {"name"}, "Intermediary": {"name"}, "Person": {"code"}, "Park": {"code"},
	"Opportunity": {"code"}, "Project": {"code"}, "TaskForce": {"code"},
}

// TestEndsExist checks that every edge joins kinds that the schema joins and
// ends at a row of the pack or at a region of the table.
func TestEndsExist(t *testing.T) {
	all := sheets(t)
	known := map[string]map[string]bool{"Region": {"100000": true}}
	for _, r := range schema.Regions() {
		known["Region"][r.Code] = true
	}
	for kind, columns := range identifiers {
		known[kind] = map[string]bool{}
		for _, r := range all[kind] {
			for _, c := range columns {
				if r[c] != "" {
					known[kind][r[c]] = true
				}
			}
		}
	}
	for kind, rows := range all {
		k := schema.Default().EdgeKind(kind)
		if k == nil {
			continue
		}
		for i, r := range rows {
			from, to := end(r["from_kind"], k.Edge.From), end(r["to_kind"], k.Edge.To)
			if !k.Joins(from, to) {
				t.Errorf("%s.csv:%d: joins %q to %q", kind, i+2, from, to)
			}
			if !known[from][r["from"]] || !known[to][r["to"]] {
				t.Errorf("%s.csv:%d: %s %q or %s %q is not in the pack", kind, i+2, from, r["from"], to, r["to"])
			}
			if kind == "FEEDS" && r["from"] == r["to"] {
				t.Errorf("FEEDS.csv:%d: %s feeds itself", i+2, r["from"])
			}
		}
	}
}

func end(said string, kinds []string) string {
	if said == "" && len(kinds) == 1 {
		return kinds[0]
	}
	return said
}

// TestTreesAreTrees checks that every link leads up to exactly one chain.
func TestTreesAreTrees(t *testing.T) {
	up := map[string][]string{}
	for _, r := range sheets(t)["PART_OF"] {
		if r["from_kind"] == "Link" {
			up[r["from"]] = append(up[r["from"]], r["to"])
		}
	}
	for code := range up {
		at, chain, steps := code, strings.SplitN(code, ".", 2)[0], 0
		for at != chain && steps < 5 {
			if len(up[at]) != 1 {
				t.Errorf("link %s is part of %v", at, up[at])
				break
			}
			at = up[at][0]
			steps++
		}
		if at != chain {
			t.Errorf("link %s does not lead up to chain %s", code, chain)
		}
	}
}

// TestNoRealPersonIsInIt compares every cell of the pack with the names of the
// officers and of the rich list, which stay outside.
func TestNoRealPersonIsInIt(t *testing.T) {
	people := map[string]bool{}
	for _, name := range []string{"officers_2019.csv.gz", "rich_list_2024.csv"} {
		for _, person := range realNames(t, name) {
			people[person] = true
		}
	}
	if len(people) < 10_000 {
		t.Fatalf("only %d names to compare with", len(people))
	}
	for kind, rows := range sheets(t) {
		for i, r := range rows {
			for head, cell := range r {
				for _, part := range strings.Split(cell, ";") {
					if people[part] && !notAPerson[part] {
						t.Errorf("%s.csv:%d: column %s holds %s, the name of a real person", kind, i+2, head, part)
					}
				}
			}
		}
	}
}

// notAPerson are cells that are words and happen to be a person's name too.
var notAPerson = map[string]bool{"金刚": true} // short name of 300093.SZ

// realNames reads the names of a file of persons, and skips the test where the
// folder of source data is absent.
func realNames(t *testing.T, name string) []string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "listed", name)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the names to compare with are not at %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".gz") {
		unpacked, err := gzip.NewReader(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if text, err = io.ReadAll(unpacked); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(lines[0], "name")
	var names []string
	for _, line := range lines[1:] {
		names = append(names, line[column])
	}
	return names
}
