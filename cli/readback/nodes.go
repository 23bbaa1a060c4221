package readback

import (
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// builtIn is the source of the table of regions, which every load brings along.
const builtIn = "gbt2260"

// nodeSheet are the nodes of a kind on their way to a sheet.
type nodeSheet struct {
	kind   *schema.Kind
	masked map[string]bool
	nodes  []*nodeWriter
}

// writer makes the rows of a node: of each statement one, more where it states several
// values of a property, or keys that one row cannot make. Rows that nothing
// identifies are left out and counted.
func (x *export) writer(v projection.Vertex, masked map[string]bool) *nodeWriter {
	n, e := x.picture.Node(v), x.node(v)
	list, all := x.statements(e, n.Facts, masked)
	w := &nodeWriter{kind: e.kind, all: all}
	for _, k := range n.Keys {
		if k.Kind() != "" { // else it is an id lost in a merge
			w.keys = append(w.keys, k)
		}
	}
	for _, s := range list {
		if s.by.Source == builtIn && !x.options.Regions {
			continue
		}
		w.list = append(w.list, s)
		for _, r := range w.statement(s) {
			if !w.complete(r) {
				x.Unidentified++
				continue
			}
			w.rows = append(w.rows, r)
		}
	}
	return w
}

// nodeWriter makes the rows of one node.
type nodeWriter struct {
	kind  *schema.Kind
	keys  []graph.Key // of the node, strongest first
	list  []*statement
	all   values
	rows  []*row
	named []*row // that hold nothing but a name, for a key that the other rows do not make
	added int    // values that were added to a row whose source does not state them
}

func (w *nodeWriter) keysOf(r *row) []graph.Key { return graph.KeysOf(w.kind, r.values) }

// fallback reports whether a key identifies only in a row without a stronger one.
func (w *nodeWriter) fallback(k graph.Key) bool {
	_, ok := graph.FallbackText(w.kind, k)
	return ok
}

// valid reports whether a row makes no key that the node does not have: such a key
// would find the node by what nobody said of it.
func (w *nodeWriter) valid(r *row) bool {
	return !slices.ContainsFunc(w.keysOf(r), func(k graph.Key) bool { return !slices.Contains(w.keys, k) })
}

// statement makes the rows of a statement, at least one. Together they make every key
// of the node that the statement can make, those of names only where it can make no
// stronger one.
func (w *nodeWriter) statement(s *statement) []*row {
	var rows []*row
	var spellings []spelling
	for _, k := range w.keys {
		if w.fallback(k) && len(spellings) > 0 && !w.fallback(spellings[0].key) {
			break
		}
		spelt, ok := spell(w.kind, k, s.values)
		if !ok {
			continue
		}
		spellings = append(spellings, spelt)
		if i := slices.IndexFunc(rows, func(r *row) bool { return r.fits(spelt) }); i >= 0 {
			rows[i].put(spelt)
			continue
		}
		r := newRow(s.by)
		r.put(spelt)
		rows = append(rows, r)
	}
	for _, r := range rows { // so that the rows share keys
		for _, spelt := range spellings {
			if r.fits(spelt) {
				r.put(spelt)
			}
		}
	}
	if len(rows) == 0 {
		rows = []*row{newRow(s.by)}
	}
	var first spelling
	if len(spellings) > 0 {
		for name := range rows[0].decided {
			first.group = append(first.group, name)
		}
		first.values = rows[0].with(spelling{}).values
	}
	return spread(rows, s.values, w.kind.Properties, first)
}

// complete adds to a row what identifies the node and what every row must state,
// where the source does not state them. It reports false if nothing that is known
// identifies it.
func (w *nodeWriter) complete(r *row) bool {
	if !w.identifies(r) && !w.add(r, func(spelling) bool { return true }) {
		return false
	}
	for _, p := range w.kind.Properties {
		if !p.Required || r.values[p.Name] != nil || len(w.all[p.Name]) == 0 {
			continue
		}
		if w.add(r, func(s spelling) bool { return s.values[p.Name] != nil }) {
			continue
		}
		one := spelling{group: []string{p.Name}, values: map[string]any{p.Name: w.all[p.Name][0]}}
		if r.fits(one) {
			r.put(one)
			w.added++
		}
	}
	return true
}

// identifies reports whether a row makes a key of the node.
func (w *nodeWriter) identifies(r *row) bool {
	return slices.ContainsFunc(w.keysOf(r), func(k graph.Key) bool { return slices.Contains(w.keys, k) })
}

// add adds the strongest spelling that is wanted, fits, and makes its key in the row.
func (w *nodeWriter) add(r *row, wanted func(spelling) bool) bool {
	for _, k := range w.keys {
		s, ok := spell(w.kind, k, w.all)
		if !ok || !wanted(s) || !r.fits(s) {
			continue
		}
		if with := r.with(s); !w.valid(with) || !slices.Contains(w.keysOf(with), k) {
			continue
		}
		for _, name := range s.group {
			if s.values[name] != nil && r.values[name] == nil {
				w.added++
			}
		}
		r.put(s)
		return true
	}
	return false
}

// shared lists the properties of a kind that a load would read from columns that name
// the other end of an edge too, as the employer of a person: such a property
// stands under its very name, by which nothing but the property is read.
func shared(model *schema.Model, kind *schema.Kind) map[string]bool {
	names := map[string]bool{}
	for _, along := range model.Along(kind) {
		for _, head := range slices.Concat(along.Columns()...) {
			if p := kind.Find(head); p != nil {
				names[p.Name] = true
			}
		}
	}
	return names
}
