package loaders

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/loaders/rows"
	"liantu/schema"
)

// nativeRule makes the rule for a file in the native layout: of the given
// kind, or of the kind that the file is named after, or of the only kind that
// its columns fit best.
func nativeRule(model *schema.Model, o *Options, in *input, columns []string) (*FileRule, []Fault) {
	kind, reason := nativeKind(model, o.Kind, in.called(), columns)
	if kind == nil {
		return nil, []Fault{{File: in.name, Severity: Rejected, Code: CodeUnknownFile, Reason: reason}}
	}
	n := nativeHeader{
		model: model, kind: kind, rule: &FileRule{},
		emit: EmitRule{Properties: map[string]ValueRule{}}, row: map[string]string{},
	}
	for pass := range 2 { // exact names win over aliases
		for _, c := range columns {
			n.column(c, pass == 0)
		}
	}
	if kind.IsEdge() {
		n.row["from"], n.row["to"] = endsByColumns(model, kind, columns, n.row["from"], n.row["to"])
	}
	for i := range n.faults {
		n.faults[i].File = in.name
	}
	if kind.IsEdge() {
		n.emit.Edge = kind.Name
		n.emit.From, n.emit.To = n.end("from", kind.Edge.From), n.end("to", kind.Edge.To)
	} else {
		n.emit.Node = kind.Name
	}
	if reason := n.lacks(); reason != "" {
		return nil, append(n.faults, Fault{File: in.name, Severity: Rejected, Code: CodeHeader, Reason: reason})
	}
	n.rule.Emit = []EmitRule{n.emit}
	if !kind.IsEdge() {
		// A list whose rows name their sources may repeat a node, once for
		// each source.
		n.rule.Emit[0].NoRepeat = n.row["source"] == ""
		n.rule.Emit = append(n.rule.Emit, n.feed(columns)...)
	}
	n.rule.Row = RowColumns{Source: n.row["source"], AsOf: n.row["as_of"], Grade: n.row["grade"]}
	return n.rule, n.faults
}

// nativeKind returns the kind of a file, or the reason why it is unknown.
func nativeKind(model *schema.Model, stated string, called, columns []string) (*schema.Kind, string) {
	if stated != "" {
		if k := model.Kind(stated); k != nil {
			return k, ""
		}
		return nil, fmt.Sprintf("unknown kind %q", stated)
	}
	kinds := slices.Concat(model.Nodes, model.Edges)
	for _, name := range called {
		for _, k := range kinds {
			if strings.EqualFold(k.Name, name) || k.Label.Zh == name {
				return k, ""
			}
		}
	}
	var best []*schema.Kind
	most := 0
	for _, k := range kinds {
		n := fit(model, k, columns)
		if n > most {
			best, most = nil, n
		}
		if n > 0 && n == most {
			best = append(best, k)
		}
	}
	switch len(best) {
	case 1:
		return best[0], ""
	case 0:
		return nil, fmt.Sprintf("the columns %s identify no kind; name the kind, or give a mapping", quoted(columns))
	}
	names := make([]string, len(best))
	for i, k := range best {
		names[i] = k.Name
	}
	return nil, fmt.Sprintf("the columns %s fit %s equally well; name the kind, or give a mapping", quoted(columns), strings.Join(names, ", "))
}

// fit counts the columns that have a meaning in a kind, 0 if they do not suffice
// for a draft.
func fit(model *schema.Model, kind *schema.Kind, columns []string) int {
	found := map[string]string{}
	for _, c := range columns {
		if p := findProperty(kind, c); p != nil {
			found[p.Name] = c
		} else if p := findRow(model, c); p != nil && kind.IsEdge() {
			found[p.Name] = c
		}
	}
	if kind.IsEdge() {
		from, to := endsByColumns(model, kind, columns, found["from"], found["to"])
		if from == "" || to == "" {
			return 0
		}
		found["from"], found["to"] = from, to
		return len(found)
	}
	for _, g := range kind.Identify {
		if found[g[0]] != "" {
			return len(found)
		}
	}
	return 0
}

// nativeHeader finds the meaning of the columns of a file.
type nativeHeader struct {
	model  *schema.Model
	kind   *schema.Kind
	rule   *FileRule
	emit   EmitRule
	row    map[string]string
	faults []Fault
}

// column assigns a column: in the exact pass one whose head is the name of what
// it means, else any other.
func (n *nativeHeader) column(head string, exact bool) {
	var name, taken string
	property := findProperty(n.kind, head)
	row := findRow(n.model, head)
	switch {
	case property != nil:
		name, taken = property.Name, n.emit.Properties[property.Name].Column
	case row != nil && (n.kind.IsEdge() || !slices.Contains(edgeColumns, row.Name)):
		name, taken = row.Name, n.row[row.Name]
	}
	if name == "" || exact != (name == head) {
		return
	}
	if taken != "" {
		n.faults = append(n.faults, Fault{
			Column: head, Severity: Warning, Code: CodeColumn,
			Reason: fmt.Sprintf("means %s like the column %q, which is used instead", name, taken),
		})
		return
	}
	if property != nil {
		n.emit.Properties[name] = ValueRule{Column: head}
		return
	}
	n.row[name] = head
}

// edgeColumns are the columns of a row that only files of edges have.
var edgeColumns = []string{"from", "to", "from_kind", "to_kind"}

// endsByColumns finds the ends of edges that no column from or to names: by
// the only column that means an identifying property or the name of a kind
// that may stand there, such as 企业名称 and 环节名称 of OPERATES_IN. What it
// does not find stays "".
func endsByColumns(model *schema.Model, edge *schema.Kind, columns []string, from, to string) (string, string) {
	one := func(known string, kinds []string) string {
		if found := endColumns(model, edge, kinds, columns); known == "" && len(found) == 1 {
			return found[0]
		}
		return known
	}
	from, to = one(from, edge.Edge.From), one(to, edge.Edge.To)
	if from == to {
		return "", ""
	}
	return from, to
}

// endColumns lists the columns that may name a node at an end of an edge.
func endColumns(model *schema.Model, edge *schema.Kind, kinds, columns []string) []string {
	var found []string
	for _, c := range columns {
		if findProperty(edge, c) != nil || findRow(model, c) != nil {
			continue
		}
		names := func(name string) bool {
			kind := model.Node(name)
			p := findProperty(kind, c)
			return p != nil && (p.Name == kind.Caption || solelyIdentifies(kind, p.Name))
		}
		if slices.ContainsFunc(kinds, names) {
			found = append(found, c)
		}
	}
	return found
}

func (n *nativeHeader) end(name string, kinds []string) *EndRule {
	e := &EndRule{Value: ValueRule{Column: n.row[name]}, KindColumn: n.row[name+"_kind"]}
	if len(kinds) == 1 && e.KindColumn == "" {
		e.Kind = kinds[0]
	}
	return e
}

// lacks returns the fault of a missing column without which no row can be read.
func (n *nativeHeader) lacks() string {
	if n.kind.IsEdge() {
		for _, name := range []string{"from", "to"} {
			if n.row[name] == "" {
				return fmt.Sprintf("header has no column %q, which a file of %s needs", name, n.kind.Name)
			}
		}
		return ""
	}
	var first []string
	for _, g := range n.kind.Identify {
		if n.emit.Properties[g[0]].Column != "" {
			return ""
		}
		first = append(first, g[0])
	}
	return fmt.Sprintf("header has no column that identifies a %s; needed is one of %s", n.kind.Name, quoted(first))
}

// columnsOf returns the heads of a table, or the names that occur in the rows
// of a JSON file if names are wanted, in file order, and the heads of several
// columns.
func columnsOf(in *input, o rows.Options, names bool) ([]string, []rows.RepeatedHead, error) {
	f, err := in.open()
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	r, err := rows.Open(in.name, f, o)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close() //nolint:errcheck // nothing was written
	in.about.Above, in.about.Saved = r.Above(), r.Modified()
	if columns := r.Columns(); columns != nil || !names {
		return columns, r.RepeatedHeads(), nil
	}
	var columns []string
	var faulty error // of a file of which nothing can be read
	seen := map[string]bool{}
	for len(columns) < rows.MaxColumns {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			if len(columns) == 0 && faulty != nil {
				return nil, nil, faulty
			}
			return columns, r.RepeatedHeads(), nil
		}
		if err != nil {
			return nil, nil, err
		}
		if faulty == nil && rec.Err != nil {
			faulty = rec.Err
		}
		for i := range rec.Fields {
			if name := rec.Fields[i].Name; !seen[name] {
				seen[name] = true
				columns = append(columns, name)
			}
		}
	}
	return columns, r.RepeatedHeads(), nil
}

func quoted(names []string) string {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(q, ", ")
}

// defaultProvenance returns the provenance of rows that do not state their own:
// that of the file rule, else of the mapping, else of the options.
func defaultProvenance(o *Options, f *FileRule) graph.Provenance {
	var wide Provenance
	if o.Mapping != nil {
		wide = o.Mapping.Provenance
	}
	first := func(texts ...string) string {
		for _, t := range texts {
			if t != "" {
				return t
			}
		}
		return ""
	}
	return graph.Provenance{
		Source: first(f.Source, wide.Source, o.Source),
		AsOf:   first(f.AsOf, wide.AsOf, o.AsOf),
		Grade:  graph.Grade(first(string(f.Grade), string(wide.Grade), string(o.Grade), string(graph.GradeD))),
	}
}
