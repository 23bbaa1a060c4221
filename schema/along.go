package schema

import "slices"

// Along says in which columns of a table of nodes an edge of each row's node
// may stand, so that what people know as one row is one row: a list of
// companies states their places and links, a ledger of projects their
// investors. It belongs to a kind of edge and is data like the rest of the
// kind; loaders, templates and docs read it.
type Along struct {
	// Row lists the kinds of the tables. The node that the row states is the
	// from end of the edge, or the to end if As is "to".
	Row []string `yaml:"row"`
	As  string   `yaml:"as"`
	// Kinds are the kinds of which the other end may be, tried in this order: the
	// first of which a node has the name is meant. None stand for all that the
	// edge allows.
	Kinds []string `yaml:"kinds"`

	// Heads are those of the column that names the other end, that of templates
	// first. Path lists, widest first, the heads of further columns that together
	// name one, such as province, city and county. Columns of both are joined.
	Heads []string   `yaml:"heads"`
	Path  [][]string `yaml:"path"`
	// One says that a cell names a single node. Else it may name several, divided
	// as in a property of type texts.
	One bool `yaml:"one"`
	// Pattern is a regular expression for cells that hold more than the name,
	// which are its groups, joined.
	Pattern string `yaml:"pattern"`

	// Within lists the heads of a column that says what the named node is part
	// of, such as the chain beside a link.
	Within []string `yaml:"within"`
	// Otherwise says that the edge stands in for the one declared before it, where
	// the row does not make that: a link is part of its chain where it names no
	// link above it, or an unknown one.
	Otherwise bool `yaml:"otherwise"`
	// Make says that the row also states the nodes that the column names, so that
	// they need not be known, and which properties the column implies of them, as
	// text; nil for nodes that must be known.
	Make map[string]string `yaml:"make"`

	// Set holds properties of the edge that the column itself implies, as text.
	Set map[string]string `yaml:"set"`
	// Beside names properties of the edge that other columns of the row state, by
	// their heads; no heads stand for those of the property itself. Where a cell
	// names several nodes, a cell with as many values has one for each.
	Beside map[string][]string `yaml:"beside"`
	// Parts names properties that the same cell states besides the name, each by
	// the regular expression of which the value is the first group.
	Parts map[string]string `yaml:"parts"`
}

// AsTo reports whether the row's node is the to end.
func (a *Along) AsTo() bool { return a.As == "to" }

// Makes reports whether the row also states the nodes that the column names.
func (a *Along) Makes() bool { return a.Make != nil }

// Columns returns the heads of the columns that name the other end, those that
// mean one column together: that of Heads, then those of Path.
func (a *Along) Columns() [][]string {
	var columns [][]string
	if len(a.Heads) > 0 {
		columns = append(columns, a.Heads)
	}
	return append(columns, a.Path...)
}

// AlongRow is an Along as it applies to the tables of one kind of node.
type AlongRow struct {
	*Along
	Edge  *Kind
	Kinds []*Kind // of the other end, in the order in which they are tried
	// Beside holds the heads of the properties that other columns state, without
	// those that mean a property of the table's own kind, in order of the names.
	Beside []BesideColumn
}

// BesideColumn is a column that states a property of an edge.
type BesideColumn struct {
	Property *Property
	Heads    []string // that of templates first
}

// Along returns which edges may stand in tables of a kind of node, in the order
// of the edge kinds and of their declarations.
func (m *Model) Along(kind *Kind) []AlongRow {
	var all []AlongRow
	for _, edge := range m.Edges {
		for i := range edge.Along {
			if a := &edge.Along[i]; slices.Contains(a.Row, kind.Name) {
				all = append(all, m.alongRow(kind, edge, a))
			}
		}
	}
	return all
}

func (m *Model) alongRow(kind, edge *Kind, a *Along) AlongRow {
	row := AlongRow{Along: a, Edge: edge}
	names := a.Kinds
	if len(names) == 0 {
		names = edge.Edge.To
		if a.AsTo() {
			names = edge.Edge.From
		}
	}
	for _, name := range names {
		joins := edge.Joins(kind.Name, name)
		if a.AsTo() {
			joins = edge.Joins(name, kind.Name)
		}
		if other := m.Node(name); other != nil && joins {
			row.Kinds = append(row.Kinds, other)
		}
	}
	for _, p := range edge.Properties {
		heads, ok := a.Beside[p.Name]
		if !ok {
			continue
		}
		if len(heads) == 0 {
			heads = append([]string{p.Label.Zh}, p.Heads()...)
			heads = slices.DeleteFunc(heads, func(head string) bool { return kind.Find(head) != nil || m.FindRow(head) != nil })
		}
		row.Beside = append(row.Beside, BesideColumn{p, heads})
	}
	return row
}
