// Package zhejiang holds the sample pack: five ecosystems, their chains and
// links, and the listed companies of China up to 2016 with the links they are
// at, in the native layout of CSV files, one a kind. README.md beside it says
// what is in it, from where, under which rules and with which known faults.
//
// The pack is made by the command in examples/zhejiang/build and is not edited
// by hand. The program and any test may import this package; it imports
// nothing of the module.
package zhejiang

import (
	"embed"
	"io/fs"
)

//go:embed data
var data embed.FS

// FS returns the files of the pack: one CSV file a kind at the root, named
// after the kind, such as Company.csv and OPERATES_IN.csv.
func FS() fs.FS {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		panic(err) // the folder is embedded under this very name
	}
	return sub
}
