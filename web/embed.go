//go:build !noweb

// Package web holds the built page for strategists. Built with the tag noweb, the program
// has no page.
package web

import (
	"embed"
	"io/fs"
)

// Names that begin with _ or . would be left out without "all:".
//
//go:embed all:dist
var dist embed.FS

// Documents are those that the page sends: a JSON object from the SHA-256 of each document
// to its text. A service that answers known documents alone answers these too.
//
//go:embed documents.json
var Documents []byte

// Files returns the files of the page, nil where the program has none.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // only of a name that is not valid
	}
	return files
}
