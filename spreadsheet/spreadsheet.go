// Package spreadsheet holds what every file is written by that people open with a
// spreadsheet, whichever package writes it.
//
// The writers of files, cli/show and api/export, may import spreadsheet.
package spreadsheet

import "strings"

// Plain prevents a spreadsheet from reading a text as a formula, by an apostrophe
// before it, which a load removes.
func Plain(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
