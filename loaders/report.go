package loaders

import (
	"time"

	"liantu/graph"
	"liantu/loaders/names"
	"liantu/loaders/rehearsal"
)

// Report states what a load did. Everything in it but the durations depends on
// the files, the mapping and the store alone.
type Report struct {
	Mapping string        `json:"mapping,omitempty"` // name of the mapping, "" for the native layout
	Load    string        `json:"load"`              // the id by which the load can be undone; "" if nothing was stored
	DryRun  bool          `json:"dryRun"`
	Version graph.Version `json:"version"`           // the version of the graph that holds the load
	Regions Counts        `json:"regions"`           // what the table of regions added; zero if it existed
	Sources Counts        `json:"sources"`           // what the sources added that the load itself describes
	Files   []FileReport  `json:"files"`             // in the order of their names
	Ignored []string      `json:"ignored,omitempty"` // files of a folder that hold no data, such as README.md

	// Names counts the results of resolving names of companies; nil without
	// Options.Names.
	Names *names.Counts `json:"names,omitempty"`
	// EqualNames counts the companies that were joined with another one because of
	// their equal full names; see [names.Namesakes].
	EqualNames int `json:"equalNames,omitempty"`
	// EqualPersons counts the persons who were joined with another one because of their
	// telephone and name, or their name, native region and employer.
	EqualPersons int `json:"equalPersons,omitempty"`
	// SharedNames are full names that several companies of different codes have,
	// those of most companies first, then by name; at most 20. They are of the
	// companies that the load states and of those of the store, and each company
	// stays one of its own. SharedNamesOmitted counts those beyond.
	SharedNames        []names.SharedName `json:"sharedNames,omitempty"`
	SharedNamesOmitted int                `json:"sharedNamesOmitted,omitempty"`
	// Differences states, for a dry run, what it would change in existing
	// elements, in the order of kinds and properties.
	Differences []rehearsal.Difference `json:"differences,omitempty"`

	// Remarks are sentences about the lists of companies that were loaded, in the
	// language of the load: how complete one is, or the question whether it is.
	Remarks []string `json:"remarks,omitempty"`

	// Faults are in the order of files and rows, those of whole files and
	// those found by checking a file as a whole last. Omitted counts those
	// beyond Options.MaxFaults.
	Faults  []Fault      `json:"faults"`
	Omitted int          `json:"faultsOmitted,omitempty"`
	Codes   []FaultCount `json:"faultCounts"` // all faults, by severity and code

	Elapsed time.Duration `json:"elapsedNs"`
}

// Difference states what a load would do to one property of the elements that exist
// already.
type Difference = rehearsal.Difference

// FileReport states the result of one file. Read = Accepted + Rejected + Blank.
type FileReport struct {
	File      string       `json:"file"`
	Format    string       `json:"format,omitempty"`    // csv, tsv, html, xlsx, json or jsonl, with .gz if packed
	Encoding  string       `json:"encoding,omitempty"`  // of text: utf-8, gb18030, utf-16le or utf-16be
	HeaderRow int          `json:"headerRow,omitempty"` // line of the header of a table
	Rows      Rows         `json:"rows"`
	Kinds     []KindCounts `json:"kinds"`              // nodes first, each in the order of names
	Unmapped  []string     `json:"unmapped,omitempty"` // columns that were not used, in file order
}

// Rows counts the rows of a file. A row of CSV is a record below the header, a
// row of JSON an object or an element of a list that the mapping reads as a
// row.
type Rows struct {
	Read     int `json:"read"`
	Accepted int `json:"accepted"` // rows of which something was loaded
	Rejected int `json:"rejected"` // rows of which nothing was loaded
	Blank    int `json:"blank"`    // empty lines, and totals and notes that were skipped
}

// KindCounts counts the drafts of one kind.
type KindCounts struct {
	Kind string `json:"kind"`
	Edge bool   `json:"edge"`
	Counts
}

// Counts counts the results of drafts.
type Counts struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Merged    int `json:"merged"` // nodes that were joined with another one
}

// FaultCount counts the faults of one severity and code.
type FaultCount struct {
	Severity Severity `json:"severity"`
	Code     Code     `json:"code"`
	Count    int      `json:"count"`
}

// Total adds up the rows of all files.
func (r *Report) Total() Rows {
	var t Rows
	for _, f := range r.Files {
		t.Read += f.Rows.Read
		t.Accepted += f.Rows.Accepted
		t.Rejected += f.Rows.Rejected
		t.Blank += f.Rows.Blank
	}
	return t
}

// Nodes adds up the counts of nodes of all files, without the regions.
func (r *Report) Nodes() Counts { return r.sum(false) }

// Edges adds up the counts of edges of all files.
func (r *Report) Edges() Counts { return r.sum(true) }

func (r *Report) sum(edges bool) Counts {
	var t Counts
	for _, f := range r.Files {
		for _, k := range f.Kinds {
			if k.Edge == edges {
				t.add(k.Counts)
			}
		}
	}
	return t
}

func (c *Counts) add(d Counts) {
	c.Created += d.Created
	c.Updated += d.Updated
	c.Unchanged += d.Unchanged
	c.Merged += d.Merged
}

// Complete reports whether everything in the files was loaded: no row was
// rejected and nothing of a row was left out. Warnings do not count.
func (r *Report) Complete() bool {
	for _, c := range r.Codes {
		if c.Severity != Warning {
			return false
		}
	}
	return true
}

// RowsPerSecond returns the speed of the load, 0 for one without rows.
func (r *Report) RowsPerSecond() float64 {
	if r.Elapsed <= 0 {
		return 0
	}
	return float64(r.Total().Read) / r.Elapsed.Seconds()
}
