#!/bin/sh
# Library:  github.com/gomutex/godocx v0.1.6-0.20250811222946-aefd2d814cd1 (Go)
# Expected: GetStyleByID returns the style of the document, so that what is set on the
#           result (letters of a heading, as offices prescribe them) is in the saved file;
#           it returns a pointer, as the getters of paragraphs and tables do, whose
#           results do change the document.
# Seen:     the result is a copy that nothing else holds: a size set on it is lost without
#           an error, and the saved styles are those of the template. The same size set in
#           DocStyles.StyleList is saved.
# Date:     2026-12-03
#
# Installs the pinned module into a fresh folder, sets a size both ways, saves and opens
# the document again, and fails if what it sees differs from the above. It needs Go.
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module probe

go 1.25

require github.com/gomutex/godocx v0.1.6-0.20250811222946-aefd2d814cd1
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/gomutex/godocx"
	"github.com/gomutex/godocx/wml/ctypes"
	"github.com/gomutex/godocx/wml/stypes"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// saved is the size of the first heading, in half points, after set has changed a new
// document that was saved and opened again.
func saved(set func(size *ctypes.FontSize, find func() *ctypes.Style, list []ctypes.Style)) uint64 {
	doc, err := godocx.NewDocument()
	must(err)
	find := func() *ctypes.Style { return doc.GetStyleByID("Heading1", stypes.StyleTypeParagraph) }
	set(ctypes.NewFontSize(60), find, doc.DocStyles.StyleList)
	must(doc.SaveTo("a.docx"))
	again, err := godocx.OpenDocument("a.docx")
	must(err)
	return again.GetStyleByID("Heading1", stypes.StyleTypeParagraph).RunProp.Size.Value
}

func main() {
	template := saved(func(*ctypes.FontSize, func() *ctypes.Style, []ctypes.Style) {})
	found := saved(func(size *ctypes.FontSize, find func() *ctypes.Style, _ []ctypes.Style) {
		style := find()
		properties := *style.RunProp
		properties.Size = size
		style.RunProp = &properties
	})
	listed := saved(func(size *ctypes.FontSize, _ func() *ctypes.Style, list []ctypes.Style) {
		for i := range list {
			if list[i].ID != nil && *list[i].ID == "Heading1" {
				list[i].RunProp.Size = size
			}
		}
	})
	fmt.Printf("template %d, set on the result of GetStyleByID %d, set in the list %d\n", template, found, listed)
	if found != template || listed != 60 || template == 60 {
		os.Exit(1)
	}
}
GO
GOFLAGS=-mod=mod GOPATH="$dir/go" go run . 2> log || { cat log; exit 2; }
