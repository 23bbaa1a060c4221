package readback

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/schema"
)

// row is a row of a file: what a statement says of an element, as far as one row
// can hold it.
type row struct {
	by      graph.Provenance
	values  map[string]any
	decided map[string]bool // properties that are set, or must stay blank in the row
}

func newRow(by graph.Provenance) *row {
	return &row{by: by, values: map[string]any{}, decided: map[string]bool{}}
}

// spelling is a group of properties that identify, with the values that make a key
// of a node; properties without one are blank.
type spelling struct {
	key    graph.Key // "" if the values make none
	group  []string
	values map[string]any
}

// fits reports whether a row can hold a spelling beside what it has.
func (r *row) fits(s spelling) bool {
	return !slices.ContainsFunc(s.group, func(name string) bool {
		return r.decided[name] && !same(r.values[name], s.values[name])
	})
}

func (r *row) put(s spelling) {
	for _, name := range s.group {
		if r.decided[name] = true; s.values[name] != nil {
			r.values[name] = s.values[name]
		}
	}
}

// with returns a copy of the row that holds a spelling too.
func (r *row) with(s spelling) *row {
	c := newRow(r.by)
	for name, value := range r.values {
		c.values[name] = value
	}
	for name := range r.decided {
		c.decided[name] = true
	}
	c.put(s)
	return c
}

// choose looks for values of some properties, or none, of which ok is true. It
// returns nil if there are none.
func choose(names []string, from values, ok func(map[string]any) bool) map[string]any {
	chosen := map[string]any{}
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(names) {
			return ok(chosen)
		}
		for _, value := range from[names[i]] {
			if chosen[names[i]] = value; try(i + 1) {
				return true
			}
		}
		delete(chosen, names[i])
		return try(i + 1)
	}
	if try(0) {
		return chosen
	}
	return nil
}

// spell looks for values that make a key of a node.
func spell(kind *schema.Kind, key graph.Key, from values) (spelling, bool) {
	for _, group := range kind.Identify {
		if !strings.HasPrefix(string(key), kind.Name+"/"+group[0]+"=") || len(key.Values()) != len(group) {
			continue
		}
		found := choose(group, from, func(chosen map[string]any) bool { return slices.Contains(graph.KeysOf(kind, chosen), key) })
		if found != nil {
			return spelling{key, group, found}, true
		}
	}
	return spelling{}, false
}

// spread places the values of a statement that no row has yet: each into the first
// row that can hold it, else into a further row that begins like the first.
func spread(rows []*row, from values, properties []*schema.Property, first spelling) []*row {
	for _, p := range properties {
		for _, value := range from[p.Name] {
			if slices.ContainsFunc(rows, func(r *row) bool { return r.values[p.Name] != nil && same(r.values[p.Name], value) }) {
				continue
			}
			one := spelling{group: []string{p.Name}, values: map[string]any{p.Name: value}}
			i := slices.IndexFunc(rows, func(r *row) bool { return r.fits(one) })
			if i < 0 {
				further := newRow(rows[0].by)
				if further.put(first); !further.fits(one) {
					further = newRow(rows[0].by)
				}
				i, rows = len(rows), append(rows, further)
			}
			rows[i].put(one)
		}
	}
	return rows
}
