// Package recognise finds by its column heads what a table states: which kind
// of node or edge its rows are, which properties its columns hold, and which
// edges stand beside a node.
//
// A table whose kind the caller states is of this kind, and so is one whose file or
// sheet is named after a kind, unless another kind is clear and has a meaning for
// more columns. Any other is recognised only if its kind is clear:
//
//   - a column identifies the node, or two columns that are not generic the ends of
//     the edge; where only a generic head names the node, two other columns have a
//     meaning;
//   - of the columns that say what a table is about, at least one in three, or
//     five, have a meaning in the kind, and a single one does only where there are at
//     most two. Heads that occur in tables about anything
//     (name, telephone, state) do not count on either side, and neither do
//     running numbers, remarks and the columns that describe the row itself;
//   - of a kind that lists what is typical of it, a typical column is there: a
//     list of staff is no roster of hometown contacts;
//   - a column about a person, such as 姓名 or 性别, stands only in kinds that
//     have personal properties;
//   - no column with a meaning holds lists or objects;
//   - no other kind has as many columns with a meaning.
//
// The kind with most columns is the only one considered: where it is not clear,
// a lesser one would misfile the table.
//
// Package loaders imports it; it imports schema and loaders/mapping.
package recognise

import (
	"slices"
	"sync"

	"liantu/loaders/mapping"
	"liantu/schema"
)

// Table is what is known of a table before its rows are read.
type Table struct {
	Kind    string   // stated by the caller, "" for none
	Called  []string // names of the file and the sheet, which may be those of a kind
	Columns []string // the heads in file order
	Nested  []string // those of which a value is a list or an object, which no property is
}

// Reading is how a table is read.
type Reading struct {
	Kind    *schema.Kind
	Rule    *mapping.FileRule // prepared for use
	Doubled []Doubled         // columns that are not used since another means the same
}

// Doubled is a column that means what another column states already.
type Doubled struct {
	Column, Means, Used string
}

// Recogniser recognises tables by the heads of a model. It is safe for
// concurrent use.
type Recogniser struct {
	model            *schema.Model
	known            Heads
	generic, neutral Heads
	row              map[string]Heads // by name: the heads of the columns that describe the row
	kinds            []*kindHeads     // nodes first
	forms            sync.Map         // by column: its forms as names are compared, []string
}

// has reports whether a column has one of the heads.
func (r *Recogniser) has(heads Heads, column string) bool {
	return len(heads) > 0 && slices.ContainsFunc(r.formsOf(column), func(form string) bool { return heads[form] })
}

// formsOf returns the forms of a column, computed once.
func (r *Recogniser) formsOf(column string) []string {
	if forms, ok := r.forms.Load(column); ok {
		return forms.([]string)
	}
	forms := Forms(column)
	for i := range forms {
		forms[i] = schema.NormalName(forms[i])
	}
	r.forms.Store(column, forms)
	return forms
}

// kindHeads are the heads of one kind.
type kindHeads struct {
	kind   *schema.Kind
	parts  map[string][]Heads // by property
	path   map[string][]Heads // by property
	levels []Heads
	along  []alongHeads // of tables of nodes, or how files of edges name their ends
}

// alongHeads are the heads of an edge that may stand in a table.
type alongHeads struct {
	schema.AlongRow
	columns []Heads
	within  Heads
	beside  []Heads
}

// New makes a recogniser of the heads of a model.
func New(model *schema.Model) *Recogniser {
	r := &Recogniser{
		model: model, known: knownHeads(model), row: map[string]Heads{},
		generic: headsOf(model.Words.Generic), neutral: headsOf(model.Words.Neutral),
	}
	for _, p := range model.Row {
		r.row[p.Name] = headsOf(p.Heads())
	}
	for _, kind := range slices.Concat(model.Nodes, model.Edges) {
		k := &kindHeads{kind: kind, parts: map[string][]Heads{}, path: map[string][]Heads{}}
		for _, p := range kind.Properties {
			for _, part := range p.Parts {
				k.parts[p.Name] = append(k.parts[p.Name], headsOf(part.Heads))
			}
			for _, heads := range p.Path {
				k.path[p.Name] = append(k.path[p.Name], headsOf(heads))
			}
		}
		for _, heads := range kind.Levels {
			k.levels = append(k.levels, headsOf(heads))
		}
		for _, row := range alongOf(model, kind) {
			a := alongHeads{AlongRow: row, within: headsOf(row.Within)}
			for _, heads := range row.Columns() {
				a.columns = append(a.columns, headsOf(heads))
			}
			for _, b := range row.Beside {
				a.beside = append(a.beside, headsOf(b.Heads))
			}
			k.along = append(k.along, a)
		}
		r.kinds = append(r.kinds, k)
	}
	return r
}

// alongOf returns which edges may stand in tables of a kind of node, or of a
// kind of edge all of its own.
func alongOf(model *schema.Model, kind *schema.Kind) []schema.AlongRow {
	if !kind.IsEdge() {
		return model.Along(kind)
	}
	var all []schema.AlongRow
	for i := range kind.Along {
		a := &kind.Along[i]
		row := schema.AlongRow{Along: a, Edge: kind}
		for _, name := range a.Row {
			for _, other := range model.Along(model.Node(name)) {
				if other.Along == a {
					row.Kinds = append(row.Kinds, other.Kinds...)
				}
			}
		}
		all = append(all, row)
	}
	return all
}

func (r *Recogniser) heads(kind *schema.Kind) *kindHeads {
	i := slices.IndexFunc(r.kinds, func(k *kindHeads) bool { return k.kind == kind })
	return r.kinds[i]
}

// Neutral reports whether a column holds nothing to load by its head, such as a
// running number or remarks, or has no head.
func (r *Recogniser) Neutral(column string) bool {
	return r.has(r.neutral, column) || noHead.MatchString(column)
}

// Property returns the property of a kind that a head means, or nil.
func Property(kind *schema.Kind, head string) *schema.Property {
	for _, form := range Forms(head) {
		if p := kind.Find(form); p != nil {
			return p
		}
	}
	return nil
}
