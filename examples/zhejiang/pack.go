// Package zhejiang holds the sample pack: five ecosystems, their chains and
// links, the companies listed in China until 2025 and some others with the links they
// are at, in the native layout of CSV files, one a kind. README.md beside it says
// what is in it, from where, under which rules and with which known faults.
//
// The pack is made by the command in examples/zhejiang/build and is not edited
// by hand. The program and any test may import this package; it imports
// nothing of the module.
package zhejiang

import (
	"embed"
	"io/fs"
	"slices"
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

// Links returns only the files of the links of the pack: ecosystems, chains, links, what
// they are part of, the links that are the same, and the products that belong to them.
func Links() fs.FS { return only{FS(), linkFiles} }

// linkFiles are the files of [Links].
var linkFiles = []string{"Ecosystem.csv", "Chain.csv", "Link.csv", "PART_OF.csv", "SAME_AS.csv", "Product.csv", "BELONGS_TO.csv"}

// only is a folder of which some files are left out.
type only struct {
	fs.FS
	files []string
}

// ReadDir lists the files that are there.
func (o only) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(o.FS, name)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool { return !slices.Contains(o.files, e.Name()) }), err
}
