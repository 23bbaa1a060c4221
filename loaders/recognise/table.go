package recognise

import (
	"regexp"
	"slices"

	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// noHead is the name that the readers give to a column without a head, or a note
// on the unit of amounts that stands beside the heads.
var noHead = regexp.MustCompile(`^column \d+$|^[(（]?(金额)?单位[:：]`)

// table is the attempt to read a table as one of a kind.
type table struct {
	*Recogniser
	*kindHeads
	columns []string

	emit    mapping.EmitRule
	means   map[string]*schema.Property
	makes   []mapping.EmitRule // nodes that a row of edges states
	row     map[string]string  // by name: the column that describes the row
	doubled []Doubled
	rule    *mapping.FileRule
	used    map[string]bool
	lacks   message.Text // why no row can be read
	typical bool         // a typical column is there
	leveled bool         // its columns name nodes that are part of one another
}

// read reads a table as one of a kind.
func (r *Recogniser) read(k *kindHeads, columns []string) *table {
	t := &table{
		Recogniser: r, kindHeads: k, columns: columns, rule: &mapping.FileRule{},
		emit: mapping.EmitRule{Properties: map[string]mapping.ValueRule{}}, row: map[string]string{}, used: map[string]bool{},
		means: map[string]*schema.Property{},
	}
	for pass := range 2 { // exact names win over aliases
		for _, c := range columns {
			t.column(c, pass == 0)
		}
	}
	if k.kind.IsEdge() {
		t.ends()
	} else {
		t.emit.Node = k.kind.Name
		t.composed()
		t.lacks = t.lacksIdentity()
	}
	switch {
	case !t.lacks.IsZero() && t.byLevels():
		t.lacks = message.Text{}
	case !t.lacks.IsZero():
		return t
	case k.kind.IsEdge():
		t.rule.Emit = append(t.makes, t.emit)
	default:
		t.rule.Emit = []mapping.EmitRule{t.emit}
		t.edges(k, nil, map[string]bool{})
		// A list whose rows name their sources may repeat a node, once for each
		// source, and one whose rows name links or persons once for each of them.
		each := slices.ContainsFunc(t.rule.Emit, func(e mapping.EmitRule) bool {
			return e.Edge != "" && (e.From.Each || e.To.Each)
		})
		t.rule.Emit[0].NoRepeat = t.row["source"] == "" && !each
	}
	t.rule.Row = mapping.RowColumns{Source: t.row["source"], AsOf: t.row["as_of"], Grade: t.row["grade"]}
	for _, c := range t.rule.Columns() {
		t.used[c] = true
	}
	t.typical = len(k.kind.Typical) == 0 || slices.ContainsFunc(k.kind.Typical, t.states)
	return t
}

// states reports whether the table states a property or edges of a kind.
func (t *table) states(name string) bool {
	_, ok := t.emit.Properties[name]
	return ok || slices.ContainsFunc(t.rule.Emit, func(e mapping.EmitRule) bool { return e.Edge == name })
}

// column assigns a column: in the exact pass one whose head is the name of what
// it means, else any other.
func (t *table) column(head string, exact bool) {
	var name, taken string
	property := t.property(head)
	row := t.rowColumn(head)
	switch {
	case property != nil:
		name, taken = property.Name, t.emit.Properties[property.Name].Column
	case row != "" && (t.kind.IsEdge() || !slices.Contains(edgeColumns, row)):
		name, taken = row, t.row[row]
	}
	if name == "" || exact != (name == head) {
		return
	}
	if taken != "" {
		if !slices.ContainsFunc(t.along, func(a alongHeads) bool {
			return slices.ContainsFunc(a.columns, func(h Heads) bool { return t.has(h, head) })
		}) {
			t.doubled = append(t.doubled, Doubled{Column: head, Means: name, Used: taken})
		}
		return
	}
	if property != nil {
		t.emit.Properties[name] = mapping.ValueRule{Column: head}
		return
	}
	t.row[name] = head
}

// edgeColumns are the columns of a row that only files of edges have.
var edgeColumns = []string{"from", "to", "from_kind", "to_kind"}

// rowColumn returns which column of the row a head means, "" for none.
func (t *table) rowColumn(head string) string {
	for _, p := range t.model.Row {
		if t.has(t.Recogniser.row[p.Name], head) {
			return p.Name
		}
	}
	return ""
}

// composed assigns the properties that no column holds alone: those that are a
// part of one, and those that several columns make together.
func (t *table) composed() {
	for _, p := range t.kind.Properties {
		if c := t.emit.Properties[p.Name].Column; c != "" {
			if steps := t.steps(t.path[p.Name]); steps != nil { // where the column is blank
				t.emit.Properties[p.Name] = mapping.ValueRule{Column: c, Steps: steps}
			}
			continue
		}
		for i, heads := range t.parts[p.Name] {
			if c := t.first(heads); c != "" {
				t.emit.Properties[p.Name] = mapping.ValueRule{Column: c, Replace: part(p.Parts[i].Pattern)}
				break
			}
		}
		if steps := t.steps(t.path[p.Name]); steps != nil {
			t.emit.Properties[p.Name] = mapping.ValueRule{Steps: steps}
		}
	}
}

// steps returns the columns of a path, nil if its first or its last is not there.
func (t *table) steps(path []Heads) []string {
	var steps []string
	for i, heads := range path {
		c := t.first(heads)
		if c == "" && (i == 0 || i == len(path)-1) {
			return nil
		}
		if c != "" {
			steps = append(steps, c)
		}
	}
	return steps
}

// part replaces a cell by the part of it that the groups of an expression match.
func part(pattern string) []mapping.Replacement {
	return []mapping.Replacement{{Pattern: pattern, With: "$1$2"}}
}

// first returns the first column with one of the heads.
func (t *table) first(heads Heads) string {
	for _, c := range t.columns {
		if t.has(heads, c) {
			return c
		}
	}
	return ""
}

// property returns the property of the kind that a column means, or nil.
func (t *table) property(column string) *schema.Property {
	p, ok := t.means[column]
	if !ok {
		p = Property(t.kind, column)
		t.means[column] = p
	}
	return p
}

// lacksIdentity says that no column identifies the node of a row, nothing if one does.
func (t *table) lacksIdentity() message.Text {
	var first []string
	for _, g := range t.kind.Identify {
		if _, ok := t.emit.Properties[g[0]]; ok {
			return message.Text{}
		}
		first = append(first, g[0])
	}
	text := message.New("header has no column that identifies a %s; needed is one of %s", t.kind.Name, Quoted(first))
	if p := t.kind.Property(first[0]); len(p.Path) > 0 {
		var heads []string
		for _, group := range []int{0, len(p.Path) - 1} {
			heads = append(heads, p.Path[group][0])
		}
		text = message.New("%s, or %s", text, Quoted(slices.Compact(heads)))
	}
	return text
}

// Quoted lists names in quotation marks.
func Quoted(names []string) message.List {
	q := make(message.List, len(names))
	for i, n := range names {
		q[i] = message.New("%q", n)
	}
	return q
}
