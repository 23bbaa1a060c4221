package show

import (
	"fmt"
	"io"
	"slices"

	"liantu/cli/show/documents"
	"liantu/cli/show/sheets"
	"liantu/schema"
)

// Answer is the answer of a command, ready to be printed in any form.
type Answer struct {
	Table   *Table     // with the rows that are to be shown
	More    []*Table   // what a workbook shows beside it
	Heading []string   // lines above it in a workbook
	Record  func() any // the answer as JSON

	// A workbook and a document of their own, for answers that are papers; of others a
	// workbook is made of the tables, and there is no document.
	Workbook func(Asked) *sheets.Book
	Document func(Asked) *documents.Document

	// On a terminal these lines are printed above and below the table; Body, where
	// it is not nil, replaces the table.
	Above []Line
	Body  func(Terminal) error
	Below []string
}

// Line is a line on a terminal.
type Line struct {
	Style Style
	Text  string
}

// Lines are lines of one style.
func Lines(style Style, texts ...string) []Line {
	lines := make([]Line, len(texts))
	for i, text := range texts {
		lines[i] = Line{style, text}
	}
	return lines
}

// Above are the lines above a table: a heading, whose first line is bold, what
// is to be noticed, and a blank line.
func Above(heading []string, notices ...[]Line) []Line {
	lines := Lines(Plain, heading...)
	if len(lines) > 0 {
		lines[0].Style = Bold
	}
	return append(append(lines, slices.Concat(notices...)...), Line{})
}

// The forms of an answer.
const (
	FormTable    = "table"
	FormJSON     = "json"
	FormCSV      = "csv"
	FormWorkbook = "xlsx"
	FormDocument = "docx" // of answers that are papers only
)

// Forms lists the forms that every answer has.
func Forms() []string { return []string{FormTable, FormJSON, FormCSV, FormWorkbook} }

// Printer prints the answer of a command.
type Printer struct {
	Terminal           // where the answer goes, and in which language
	Stderr   io.Writer // for the name of the file written
	Form     string    // one of [Forms]
	File     string    // the file or folder to write to, "" for the output

	Asked     func() Asked // the question that was asked
	Exporting func() error // is called before a file is written; its error prevents that
}

// Print writes an answer in the form that is asked for.
func (p *Printer) Print(a Answer) error {
	switch p.Form {
	case FormJSON:
		text, err := encodeLaidOut(a.Record())
		if err != nil {
			return err
		}
		return p.deliver(func(w io.Writer, _ bool) error {
			_, err := io.WriteString(w, text+"\n")
			return err
		})
	case FormCSV:
		return p.deliver(a.Table.writeCSV)
	case FormWorkbook:
		lay := a.Workbook
		if lay == nil {
			lay = func(asked Asked) *sheets.Book { return p.workbook(asked, &a) }
		}
		book := lay(p.Asked())
		return p.deliver(func(w io.Writer, _ bool) error { return book.Write(w) })
	case FormDocument:
		document := a.Document(p.Asked())
		return p.deliver(func(w io.Writer, _ bool) error { return document.Write(w) })
	default:
		return p.terminal(&a)
	}
}

// terminal writes an answer for people.
func (p *Printer) terminal(a *Answer) error {
	if err := p.Put(a.Above...); err != nil {
		return err
	}
	body := a.Body
	if body == nil {
		body = func(t Terminal) error { return t.Draw(a.Table) }
	}
	if err := body(p.Terminal); err != nil {
		return err
	}
	return p.Put(Lines(Plain, a.Below...)...)
}

// What the rows of an answer are called, behind their number.
var (
	Rows      = schema.Text{Zh: "行", En: " rows"}
	Links     = schema.Text{Zh: "个环节", En: " links"}
	Companies = schema.Text{Zh: "家"}
	Items     = schema.Text{Zh: "条"}
)

// Unlisted is the line with the number of rows that are not listed, none for 0.
func (l Language) Unlisted(n int, called schema.Text) []string {
	if n <= 0 {
		return nil
	}
	return []string{l.Text(schema.Text{
		Zh: fmt.Sprintf("另有 %d %s未列出，--limit 0 列出全部", n, called.Zh),
		En: fmt.Sprintf("%d more%s; --limit 0 shows all", n, called.En),
	})}
}
