package readback

import (
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// builtIn is the source of the table of regions, which every load brings along.
const builtIn = "gbt2260"

// nodeRows makes the rows of a node: of each statement one, more where it states
// several values of a property, or keys that one row cannot make. Rows that nothing
// identifies are left out and counted.
func (x *export) nodeRows(v projection.Vertex, masked map[string]bool) []*row {
	n, e := x.picture.Node(v), x.node(v)
	list, all := x.statements(e, n.Facts, masked)
	w := &nodeWriter{kind: e.kind, all: all}
	for _, k := range n.Keys {
		if k.Kind() != "" { // else it is an id lost in a merge
			w.keys = append(w.keys, k)
		}
	}
	var rows []*row
	for _, s := range list {
		if s.by.Source == builtIn && !x.options.Regions {
			continue
		}
		for _, r := range w.rows(s) {
			if !w.complete(r) {
				x.Unidentified++
				continue
			}
			rows = append(rows, r)
		}
	}
	if !w.join(rows) {
		x.Apart++
	}
	x.Added += w.added
	return rows
}

// nodeWriter makes the rows of one node.
type nodeWriter struct {
	kind  *schema.Kind
	keys  []graph.Key // of the node, strongest first
	all   values
	added int // values that were added to a row whose source does not state them
}

// valid reports whether a row makes no key that the node does not have: such a key
// would find the node by what nobody said of it.
func (w *nodeWriter) valid(r *row) bool {
	return !slices.ContainsFunc(graph.KeysOf(w.kind, r.values), func(k graph.Key) bool { return !slices.Contains(w.keys, k) })
}

// rows makes the rows of a statement, at least one. Together they make every key
// of the node that the statement can make.
func (w *nodeWriter) rows(s *statement) []*row {
	var rows []*row
	var spellings []spelling
	for _, k := range w.keys {
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
		one := spelling{[]string{p.Name}, map[string]any{p.Name: w.all[p.Name][0]}}
		if r.fits(one) {
			r.put(one)
			w.added++
		}
	}
	return true
}

// identifies reports whether a row makes a key of the node.
func (w *nodeWriter) identifies(r *row) bool {
	return slices.ContainsFunc(graph.KeysOf(w.kind, r.values), func(k graph.Key) bool { return slices.Contains(w.keys, k) })
}

// add adds the strongest spelling that is wanted and fits.
func (w *nodeWriter) add(r *row, wanted func(spelling) bool) bool {
	for _, k := range w.keys {
		s, ok := spell(w.kind, k, w.all)
		if !ok || !wanted(s) || !r.fits(s) || !w.valid(r.with(s)) {
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

// join adds keys to rows until a load finds by them that all are about one node. It
// reports false if that cannot be said by keys, because names alone joined it.
func (w *nodeWriter) join(rows []*row) bool {
	if len(rows) < 2 {
		return true // as where no key is known, which leaves no rows
	}
	known := map[graph.Key]bool{}
	open := slices.Clone(rows)
	take := func(i int) {
		for _, k := range graph.KeysOf(w.kind, open[i].values) {
			known[k] = true
		}
		open = slices.Delete(open, i, i+1)
	}
	shares := func(r *row) bool {
		return slices.ContainsFunc(graph.KeysOf(w.kind, r.values), func(k graph.Key) bool { return known[k] })
	}
	strongest := slices.IndexFunc(open, func(r *row) bool { return slices.Contains(graph.KeysOf(w.kind, r.values), w.keys[0]) })
	take(max(strongest, 0))
	for len(open) > 0 {
		if i := slices.IndexFunc(open, shares); i >= 0 {
			take(i)
			continue
		}
		i := slices.IndexFunc(open, func(r *row) bool {
			return w.add(r, func(s spelling) bool {
				return slices.ContainsFunc(graph.KeysOf(w.kind, s.values), func(k graph.Key) bool { return known[k] })
			})
		})
		if i < 0 {
			return false
		}
		take(i)
	}
	return true
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
