package readback

import (
	"context"
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/schema"
)

// Options say what an export holds.
type Options struct {
	Kinds   []*schema.Kind // nil for all
	Regions bool           // also what the built-in table of regions states
}

// Sheet is a table of an export, to be written as a file or as a sheet of a workbook.
type Sheet struct {
	Kind    *schema.Kind
	Name    string // by which a load knows the kind
	Columns []Column
	Rows    [][]any // of the values of facts, nil for blank
}

// Column is a column of a [Sheet].
type Column struct {
	Name   string // of the property or the column of the row
	Head   string
	Masked Masked
}

// Masked says how much of a column the caller may not see; such cells are blank.
type Masked string

// How much of a column is masked.
const (
	MaskedNot    Masked = ""
	MaskedPartly Masked = "partly"
	MaskedWholly Masked = "wholly"
)

// Export is what an export holds, and what it cannot say in rows that a load reads.
type Export struct {
	Sheets []*Sheet // nodes before edges, in the order of the schema; of kinds that have rows
	Hidden []string // masked properties that have no column, as in Person.name, and kinds of edges of which those of persons are left out

	Added        int // cells with an identifying or required value that the source of the row does not state
	Unidentified int // rows that are left out since nothing that may be seen identifies their node
	Unnamed      int // edges that are left out since no text that may be seen finds one of their ends alone
	Apart        int // nodes that a load joins again only by their similar names or by judgements
	Joined       int // companies that a load joins with another one by their equal names, as what says that they are two is not exported
	Lost         int // names that find a node without its code and are left out, since a load would make a company of its own of each

	NoColumn map[string]int // by kind: edges that have no column in the table of their node
	NoCell   map[string]int // by kind and property, as in FILLS.output: values of edges that have no cell there
}

// export is an export that is being made.
type export struct {
	*Reading
	*Export
	options Options
	ends    *ends
}

// Export makes sheets in the native layout, by which a load reads them without being
// told anything: of nodes a row for each source, day and grade that states something
// of them, with what identifies the node; of edges the same with their ends. Loaded
// into an empty graph they give the same facts, except those that the counts of the
// export name and what is masked. The error is that of the context.
func (r *Reading) Export(ctx context.Context, o Options) (*Export, error) {
	x := &export{Reading: r, Export: &Export{}, options: o, ends: newEnds(r)}
	wanted := func(kind *schema.Kind) bool { return len(o.Kinds) == 0 || slices.Contains(o.Kinds, kind) }
	var sheets []*nodeSheet
	for _, kind := range r.model.Nodes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if wanted(kind) {
			sheets = append(sheets, x.nodes(kind))
		}
	}
	if err := x.joinNodes(ctx, sheets); err != nil {
		return nil, err
	}
	for _, s := range sheets {
		var rows []*row
		for _, w := range s.nodes {
			rows = append(rows, w.rows...)
		}
		x.sheet(s.kind, rows, s.masked, nil)
	}
	for _, kind := range r.model.Edges {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if wanted(kind) {
			x.edges(kind)
		}
	}
	return x.Export, nil
}

// nodes makes the rows of the nodes of a kind.
func (x *export) nodes(kind *schema.Kind) *nodeSheet {
	s := &nodeSheet{kind: kind, masked: map[string]bool{}}
	first, end := x.picture.Range(kind.Name)
	for v := first; v < end; v++ {
		s.nodes = append(s.nodes, x.writer(v, s.masked))
	}
	return s
}

// The columns of a file of edges that name the ends.
var endColumns = []string{"from_kind", "from", "to_kind", "to"}

func (x *export) edges(kind *schema.Kind) {
	masked := map[string]bool{}
	var rows []*row
	withheld := false
	for number := range int32(x.picture.EdgeCount(kind.Name)) {
		edge, from, to := x.picture.Edge(kind.Name, number)
		if !x.writes(edge) {
			withheld = true
			continue
		}
		ends := []any{x.picture.Kind(from), x.ends.named(from), x.picture.Kind(to), x.ends.named(to)}
		if ends[1] == "" || ends[3] == "" {
			x.Unnamed++
			continue
		}
		for _, r := range x.edgeRows(edge, masked) {
			for i, name := range endColumns {
				r.values[name] = ends[i]
			}
			rows = append(rows, r)
		}
	}
	columns := endColumns
	if len(kind.Edge.To) == 1 {
		columns = []string{"from_kind", "from", "to"}
	}
	if len(kind.Edge.From) == 1 {
		columns = columns[1:]
	}
	if withheld {
		x.Hidden = append(x.Hidden, kind.Name)
	}
	x.sheet(kind, rows, masked, columns)
}

// edgeRows makes the rows of an edge, of each statement one, more where it states
// several values of a property.
func (x *export) edgeRows(edge *graph.Edge, masked map[string]bool) []*row {
	e := x.edge(edge)
	list, all := x.statements(e, edge.Facts, masked)
	distinct := func(chosen map[string]any) bool { return graph.Discriminator(e.kind, chosen) == edge.Discriminator }
	var rows []*row
	for _, s := range list {
		first := spelling{group: e.kind.Key, values: choose(e.kind.Key, s.values, distinct)}
		if first.values == nil {
			first.values = choose(e.kind.Key, all, distinct)
			x.Added += len(first.values)
		}
		r := newRow(s.by)
		if first.values != nil { // else what distinguishes the edge is masked
			r.put(first)
		}
		made := spread([]*row{r}, s.values, e.kind.Properties, first)
		for _, r := range made {
			for _, p := range e.kind.Properties {
				if p.Required && r.values[p.Name] == nil && len(all[p.Name]) > 0 {
					r.values[p.Name] = all[p.Name][0]
					x.Added++
				}
			}
		}
		rows = append(rows, made...)
	}
	return rows
}

// sheet adds a sheet of rows with a column for every property that a row states or
// that is masked. A required property that is masked throughout has no column, since
// a load refuses rows that leave it blank.
func (x *export) sheet(kind *schema.Kind, rows []*row, hidden map[string]bool, ends []string) {
	if len(rows) == 0 {
		return
	}
	s := &Sheet{Kind: kind, Name: kind.Name}
	for _, name := range ends {
		s.Columns = append(s.Columns, Column{Name: name, Head: name})
	}
	for _, p := range kind.Properties {
		stated := slices.ContainsFunc(rows, func(r *row) bool { return r.values[p.Name] != nil })
		switch {
		case hidden[p.Name] && !stated && p.Required:
			x.Hidden = append(x.Hidden, kind.Name+"."+p.Name)
			continue
		case !hidden[p.Name] && !stated:
			continue
		}
		s.Columns = append(s.Columns, masked(Column{Name: p.Name, Head: p.Name}, hidden[p.Name], stated))
	}
	for _, name := range []string{"source", "as_of", "grade"} {
		s.Columns = append(s.Columns, Column{Name: name, Head: name})
	}
	s.fill(rows)
	x.Sheets = append(x.Sheets, s)
}

// masked is a column whose head says how much of it is masked, if anything is;
// stated reports whether any of it is not.
func masked(c Column, is, stated bool) Column {
	switch {
	case is && stated:
		c.Masked, c.Head = MaskedPartly, c.Head+"（部分遮蔽 partly masked）"
	case is:
		c.Masked, c.Head = MaskedWholly, c.Head+"（已遮蔽 masked）"
	}
	return c
}

// fill fills the cells of the columns.
func (s *Sheet) fill(rows []*row) {
	for _, r := range rows {
		r.values["source"], r.values["as_of"], r.values["grade"] = r.by.Source, r.by.Date(), string(r.by.Grade)
		cells := make([]any, len(s.Columns))
		for i, c := range s.Columns {
			cells[i] = r.values[c.Name]
		}
		s.Rows = append(s.Rows, cells)
	}
}

// MaskedColumns lists what the caller may see only masked and what is therefore
// blank, as in Person.phone, in the order of the sheets.
func (x *Export) MaskedColumns() []string {
	list := slices.Clone(x.Hidden)
	for _, s := range x.Sheets {
		for _, c := range s.Columns {
			if c.Masked != MaskedNot {
				list = append(list, fmt.Sprintf("%s.%s", s.Kind.Name, c.Name))
			}
		}
	}
	return list
}
