// Package documents writes documents for a word processor, as offices lay them out: A4, a
// title, numbered sections, tables whose heads are repeated, no row broken by a page, and the
// number of the page at the foot. It knows nothing of the contents.
//
// A document of the same contents and day is the same byte for byte.
package documents

import (
	"io"
	"time"
)

// Document is a document.
type Document struct {
	Title, Line string // the title, and the line below it
	Box         []Run  // a framed paragraph before the sections, none if it is empty
	Sections    []Section
	Foot        string // left of the page's number
	Page        Words  // around the number of the page and the number of pages
	Made        time.Time
}

// Words are what stands before, between and after the number of a page and that of all pages.
type Words struct{ Before, Between, After string }

// Section is a part with a heading.
type Section struct {
	Head   string
	Blocks []Block
}

// Block is a paragraph, or a table.
type Block struct {
	Text  []Run
	Table *Table
}

// Run is a text of one look.
type Run struct {
	Text string
	Bold bool
}

// Table is a table with a head.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// Column is a column of a table.
type Column struct {
	Head  string
	Width int  // its part of the width of the page, relative to the sum of all columns
	Right bool // what it holds is aligned at the right, as numbers are
}

// Cell is a cell: paragraphs of one run each.
type Cell []Run

// Plain is a block of plain text.
func Plain(text string) Block { return Block{Text: []Run{{Text: text}}} }

// Write writes the document.
func (d *Document) Write(w io.Writer) error {
	out, err := begin(d)
	if err != nil {
		return err
	}
	out.head(d)
	for _, s := range d.Sections {
		if err := out.section(&s); err != nil {
			return err
		}
	}
	return out.root.Write(w)
}
