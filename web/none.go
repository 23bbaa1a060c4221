//go:build noweb

// Package web holds the built page for strategists. Built with the tag noweb, the program
// has no page.
package web

import "io/fs"

// Documents are those that the page sends; there are none.
var Documents []byte

// Files returns the files of the page; there are none.
func Files() fs.FS { return nil }
