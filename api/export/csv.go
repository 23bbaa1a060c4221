package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"liantu/api/fault"
	"liantu/spreadsheet"
)

// column is a value of a row: the names in the answer that lead to it.
type column []string

func (c column) head() string { return strings.Join(c, ".") }

// collect lists the columns of a selection, in its order, and the fields that it reads.
func (s *Source) collect(set ast.SelectionSet, within column) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			at, of := append(slices.Clone(within), sel.Alias), sel.ObjectDefinition.Name
			if len(within) == 0 && of != s.Kind && !slices.Contains(s.kinds, of) {
				s.kinds = append(s.kinds, of)
			}
			if len(sel.SelectionSet) == 0 {
				if !slices.ContainsFunc(s.columns, func(c column) bool { return slices.Equal(c, at) }) {
					s.columns = append(s.columns, at)
				}
				if name := of + "." + sel.Name; !slices.Contains(s.Fields, name) {
					s.Fields = append(s.Fields, name)
				}
				continue
			}
			if sel.Definition.Type.Elem != nil && s.nested == "" {
				s.nested = at.head()
			}
			s.collect(sel.SelectionSet, at)
		case *ast.InlineFragment:
			s.collect(sel.SelectionSet, within)
		case *ast.FragmentSpread:
			s.collect(sel.Definition.SelectionSet, within)
		}
	}
}

// Writer writes the rows of a list.
type Writer interface {
	// Write writes rows.
	Write(rows []json.RawMessage) error
}

// Lines writes each row as a line of JSON.
type Lines struct{ To io.Writer }

// Write writes rows.
func (l Lines) Write(rows []json.RawMessage) error {
	for _, row := range rows {
		if _, err := l.To.Write(append(row, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// separator divides the items of a list in a cell.
const separator = ";"

// Table writes each row as a record of CSV, by RFC 4180.
type Table struct {
	source *Source
	out    *csv.Writer
}

// Flat refuses a list whose rows hold lists of objects, which no cell can hold.
func (s *Source) Flat() *fault.RefusalError {
	if s.nested == "" {
		return nil
	}
	return fault.Refuse(fault.CodeInput, "%q is a list of objects, which is no column of a table; leave it out, or export JSON lines", s.nested)
}

// Table begins a table with its heads, in UTF-8, after the mark of it that some programs want.
func (s *Source) Table(to io.Writer, mark bool) (*Table, error) {
	if mark {
		if _, err := io.WriteString(to, "\ufeff"); err != nil {
			return nil, err
		}
	}
	t := &Table{s, csv.NewWriter(to)}
	t.out.UseCRLF = true
	heads := make([]string, len(s.columns))
	for i, c := range s.columns {
		heads[i] = c.head()
	}
	return t, t.out.Write(heads)
}

// Write writes rows.
func (t *Table) Write(rows []json.RawMessage) error {
	record := make([]string, len(t.source.columns))
	for _, row := range rows {
		d := json.NewDecoder(bytes.NewReader(row))
		d.UseNumber()
		var value any
		if err := d.Decode(&value); err != nil {
			return err
		}
		for i, c := range t.source.columns {
			record[i] = cell(c.of(value))
		}
		if err := t.out.Write(record); err != nil {
			return err
		}
	}
	t.out.Flush()
	return t.out.Error()
}

// of finds the value of a column in a row, nil where there is none.
func (c column) of(row any) any {
	for _, name := range c {
		object, _ := row.(map[string]any)
		row = object[name]
	}
	return row
}

// cell is a value as text; what is not known is empty.
func cell(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return spreadsheet.Plain(textOf(value))
}

func textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = textOf(item)
		}
		return strings.Join(items, separator)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return "" // it was read from JSON
	}
	return string(text)
}
