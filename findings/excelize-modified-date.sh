#!/bin/sh
# Library:  github.com/xuri/excelize/v2 v2.11.1 (Go)
# Expected: a workbook that is made or changed and saved says in docProps/core.xml
#           when it was last modified, so that a reader may tell how old a list is.
# Seen:     a new workbook says 2006-09-16T00:00:00Z for created and modified, and so
#           does one that is opened, changed and saved again; the day is that of an
#           empty template. A reader that trusts the property dates a list of today
#           twenty years back, so a loader must take this very day for none.
# Date:     2026-11-30
#
# Installs the pinned module into a fresh folder, makes and changes a workbook, and
# fails if what it sees differs from the above. It needs Go.
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module probe

go 1.25

require github.com/xuri/excelize/v2 v2.11.1
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// dates prints the days that a workbook states of itself.
func dates(what, name string) {
	book, err := excelize.OpenFile(name)
	must(err)
	properties, err := book.GetDocProps()
	must(err)
	fmt.Println(what, "created", properties.Created, "modified", properties.Modified)
	must(book.Close())
}

func main() {
	book := excelize.NewFile()
	must(book.SetCellValue("Sheet1", "A1", "first"))
	must(book.SaveAs("list.xlsx"))
	must(book.Close())
	dates("new:    ", "list.xlsx")

	book, err := excelize.OpenFile("list.xlsx")
	must(err)
	must(book.SetCellValue("Sheet1", "A1", "second"))
	must(book.Save())
	must(book.Close())
	dates("changed:", "list.xlsx")
}
GO
GOFLAGS=-mod=mod GOPATH="$dir/go" go run . > seen 2> log || { cat log; exit 2; }
cat seen
test "$(grep -c 'created 2006-09-16T00:00:00Z modified 2006-09-16T00:00:00Z' seen)" = 2
