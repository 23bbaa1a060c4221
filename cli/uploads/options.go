package uploads

import (
	"os"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/loaders"
	"liantu/loaders/lists"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// Options say how files are read, as the flags of the command load do; each may be left
// out. An option that is not known is an error.
type Options struct {
	Kind       string `json:"kind"`       // of node or edge that every file holds
	Source     string `json:"source"`     // where the rows do not state it; the name of the file when left out
	AsOf       string `json:"asOf"`       // day of the facts, where the rows do not state it
	Grade      string `json:"grade"`      // of evidence, A to D, where the rows do not state it
	Population string `json:"population"` // of companies that the lists are meant to hold
	CompleteIn string `json:"completeIn"` // regions in which the lists hold all of them, with commas between
	Scope      string `json:"scope"`      // ecosystems, chains or links that complete lists are limited to
	CompleteOn string `json:"completeOn"` // the day as of which they are whole
	Encoding   string `json:"encoding"`   // of text: utf-8, gb18030, utf-16le or utf-16be
	Sheet      string `json:"sheet"`      // of workbooks, by name or number
	HeaderRow  int    `json:"headerRow"`  // the line of the column heads
	Batch      string `json:"batch"`      // the name of the load, for liantu undo
	Names      *bool  `json:"names"`      // whether companies whose names mean the same are joined; true when left out
	Strict     bool   `json:"strict"`     // whether a file of which a column means nothing is refused
}

// loaderOptions are the options of a load of the files. The error is [graph.ErrInvalid] or
// [graph.ErrNotFound] for a mapping that cannot be used.
func (f *files) loaderOptions(language message.Language) (loaders.Options, error) {
	o := f.options
	options := loaders.Options{
		FS: os.DirFS(f.dir), Paths: f.names, Model: schema.Default(), Kind: o.Kind, Source: o.Source, AsOf: o.AsOf, Grade: graph.Grade(strings.ToUpper(o.Grade)),
		Lists: lists.Declared{Population: o.Population, CompleteIn: o.CompleteIn, Scope: o.Scope, CompleteOn: o.CompleteOn},
		Names: o.Names == nil || *o.Names, Load: o.Batch, Language: language, Strict: o.Strict,
		Encoding: o.Encoding, Sheet: o.Sheet, HeaderRow: o.HeaderRow,
	}
	written := strings.TrimSpace(f.mapping)
	var err error
	switch {
	case written == "":
	case slices.Contains(mapping.BuiltIns(), written):
		options.Mapping, err = mapping.BuiltIn(written, options.Model)
	default:
		options.Mapping, err = mapping.Read(strings.NewReader(f.mapping), options.Model)
	}
	return options, err
}
