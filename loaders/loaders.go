// Package loaders loads files into a graph: it reads them with positions, finds
// by a mapping which nodes and edges their rows state, checks every value
// against the schema, and applies batches to a store. What it cannot load it
// reports with file, row, column, value and reason; nothing is left out
// silently.
//
// A mapping is data. Files in the native layout (one CSV a kind, named after
// it, its header holding property names or their aliases) need none; a single
// file of unknown name is recognised by its columns; foreign layouts are
// described in YAML, see package loaders/mapping, and several such
// mappings come with the program.
//
// Only the program and tests import loaders; it imports graph, schema, its own
// reader of rows, loaders/rows, and loaders/names, which joins companies.
package loaders

import (
	"io/fs"

	"liantu/graph"
	"liantu/loaders/assertions"
	"liantu/loaders/lists"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// Options say what to load, into which store, and how.
type Options struct {
	// Store applies the batches. It is needed for a dry run too, which reads it
	// to report what is known and what would change, and writes nothing.
	Store graph.Store
	// Model is the vocabulary; nil stands for the one of the program.
	Model *schema.Model

	// FS holds the files; nil stands for the file system of the machine.
	FS fs.FS
	// Paths name files and folders; of a folder the files directly in it are
	// loaded. With an FS and no paths its root is loaded.
	Paths []string

	// Mapping describes a foreign layout; nil stands for the native layout and
	// for recognition by columns.
	Mapping *mapping.Mapping
	// Kind names the kind of node or edge that every file holds; it overrides
	// recognition and is not used with a Mapping.
	Kind string

	// Provenance of rows without their own and whose file or mapping has none
	// either. The default grade is D. For a source that is stated nowhere stands
	// the name of the file, for an as-of date the day in the words above the table
	// or in the name of the file; else the day on which the workbook was saved or
	// the file was changed is assumed, see [graph.Provenance]. A warning says so,
	// W_ASSUMED. Where there is no such day either, it is an error before
	// anything is loaded.
	Source string
	AsOf   string
	Grade  graph.Grade

	// Lists is what the load states of the sources of which its rows name companies; it
	// becomes properties of their Source nodes, which are made where there are none.
	Lists lists.Declared

	// Today is an ISO date after which no day can be known: an as-of date after it is
	// an error, and a fault of a row. Default the day of the clock, see [schema.Today].
	Today string

	// Names joins companies whose names mean one company, and finds the ends of
	// edges by names that match no company exactly; see package resolve.
	// Judgements of the store and of the load count.
	Names bool

	// Load is the id of the load, by which [graph.Store.Undo] undoes it; "" makes
	// an id from the files and the options, so that the same load has the same.
	Load string

	// Lift loads also what was forgotten on request, which removes the
	// tombstones; see [graph.Store]. Without it such rows are faults,
	// E_FORGOTTEN.
	Lift bool

	// Language is that of the reasons of faults; the default is English.
	Language message.Language

	// Strict refuses a file without a mapping of which a column means nothing;
	// else such columns are warned of.
	Strict bool

	// Encoding of text files: utf-8, gb18030, utf-16le or utf-16be; "" goes by
	// the rule of rows.Options.
	Encoding string
	// Sheet of workbooks, by name or by number from 1; "" stands for all
	// visible ones that hold data.
	Sheet string
	// HeaderRow is the line of the header of tables; 0 finds it.
	HeaderRow int
	// BatchSize is the number of nodes a batch holds at most, and an eighth of the
	// edges, which hold fewer facts; 0 stands for DefaultBatchSize.
	BatchSize int
	// MaxFaults is the most faults that the report lists one by one; all are
	// counted. 0 stands for DefaultMaxFaults.
	MaxFaults int
	// DryRun leaves the store as it is. The report says what would have
	// happened.
	DryRun bool
	// Assert, if set, holds the conditions without which nothing is written.
	Assert *assertions.Set
	// Rejects, if set, is called after the load for every row of which
	// something was left out, in the order of files and rows.
	Rejects func(Reject) error
	// Progress, if set, is called from time to time, at least at the start
	// and the end of every file, always by the goroutine that called Load.
	Progress func(Progress)
}

// DefaultBatchSize is the default number of nodes in a batch.
const DefaultBatchSize = 8000

// DefaultMaxFaults is the default number of faults that a report lists.
const DefaultMaxFaults = 100_000

// Progress says how far a load is.
type Progress struct {
	File       string // the file being read
	Rows       int    // rows done so far, of all files
	Bytes      int64  // bytes read so far from files, as they are on disk
	TotalBytes int64  // bytes to read; a file that states nodes and edges is read twice
}
