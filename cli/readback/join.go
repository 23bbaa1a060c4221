package readback

import (
	"context"
	"iter"
	"slices"

	"liantu/graph"
	"liantu/loaders/names"
)

// joinNodes adds to the rows of each node what a load needs to find that they are
// about one node, and rows for the keys that no row makes. A load joins rows that
// share a key, and companies by equal full names, which depends on all of them: on
// whether another one has the name.
func (x *export) joinNodes(ctx context.Context, sheets []*nodeSheet) error {
	joined, err := equalNames(ctx, x.Reading, sheets)
	if err != nil {
		return err
	}
	for w := range writers(sheets) {
		w.join(joined, true)
		w.addNamed()
	}
	if joined, err = equalNames(ctx, x.Reading, sheets); err != nil { // of what was added
		return err
	}
	owner := map[int32]*nodeWriter{}
	for w := range writers(sheets) {
		w.takeNamed(joined)
		if n := w.number(joined); n >= 0 && owner[n] == nil {
			owner[n] = w
		} else if n >= 0 {
			x.Joined++
		}
		if !w.join(joined, false) {
			x.Apart++
		}
		x.Lost += len(w.unmade())
		x.Added += w.added
	}
	return nil
}

// writers are the nodes of all sheets, in their order.
func writers(sheets []*nodeSheet) iter.Seq[*nodeWriter] {
	return func(yield func(*nodeWriter) bool) {
		for _, s := range sheets {
			for _, w := range s.nodes {
				if !yield(w) {
					return
				}
			}
		}
	}
}

// equalNames joins the companies of the rows as a load into an empty graph does by
// their equal full names, with the judgements that are exported.
func equalNames(ctx context.Context, r *Reading, sheets []*nodeSheet) (*names.Book, error) {
	book := names.NewBook(r.model)
	for w := range writers(sheets) {
		for _, row := range slices.Concat(w.rows, w.named) {
			book.Add(w.kind.Name, w.keysOf(row), row.facts(), names.Place{})
		}
	}
	err := book.Namesakes(true).Join(func([]graph.NodeDraft) error { return ctx.Err() })
	return book, err
}

// facts are the values of a row as facts, in no order.
func (r *row) facts() []graph.Fact {
	list := make([]graph.Fact, 0, len(r.values))
	for name, value := range r.values {
		list = append(list, graph.Fact{Property: name, Value: value, Provenance: r.by})
	}
	return list
}

// group are keys that a load finds to be of one node.
type group struct {
	joined *names.Book // by equal names
	keys   map[graph.Key]bool
	number map[int32]bool // of the company in the book
}

func (g *group) add(keys []graph.Key) {
	for _, k := range keys {
		g.keys[k] = true
		if n := g.joined.Number(k); n >= 0 {
			g.number[n] = true
		}
	}
}

// has reports whether one of the keys is of the node.
func (g *group) has(keys []graph.Key) bool {
	return slices.ContainsFunc(keys, func(k graph.Key) bool { return g.keys[k] || g.number[g.joined.Number(k)] })
}

// join adds keys to rows until a load finds that all are about one node: by the keys,
// or by the equal names of companies. It reports false if that cannot be said, because
// similar names or judgements joined it. Where names may be repeated, a row may hold
// another name that its statement has: whether a load then joins it is to be seen.
func (w *nodeWriter) join(joined *names.Book, repeat bool) bool {
	if len(w.rows) < 2 {
		return true // as where no key is known, which leaves no rows
	}
	known := &group{joined, map[graph.Key]bool{}, map[int32]bool{}}
	open := slices.Clone(w.rows)
	take := func(i int) {
		known.add(w.keysOf(open[i]))
		open = slices.Delete(open, i, i+1)
	}
	strongest := slices.IndexFunc(open, func(r *row) bool { return slices.Contains(w.keysOf(r), w.keys[0]) })
	take(max(strongest, 0))
	for len(open) > 0 {
		if i := slices.IndexFunc(open, func(r *row) bool { return known.has(w.keysOf(r)) }); i >= 0 {
			take(i)
			continue
		}
		i := slices.IndexFunc(open, func(r *row) bool {
			return repeat && w.repeat(r) || w.add(r, func(s spelling) bool { return known.keys[s.key] })
		})
		if i < 0 {
			return false
		}
		take(i)
	}
	return true
}

// repeat puts a name that the statement of a row has into the row, where it has none
// and another row of the node has the name.
func (w *nodeWriter) repeat(r *row) bool {
	if len(w.kind.Fallback) == 0 || r.decided[w.kind.Fallback[0][0]] {
		return false
	}
	name := w.kind.Fallback[0][0]
	at := slices.IndexFunc(w.list, func(s *statement) bool { return s.by == r.by })
	for _, value := range w.list[at].values[name] {
		if slices.ContainsFunc(w.rows, func(other *row) bool { return same(other.values[name], value) }) {
			r.put(spelling{group: []string{name}, values: map[string]any{name: value}})
			return true
		}
	}
	return false
}

// unmade lists the spellings of keys that no row makes: of names, where the rows that
// state them state a code too.
func (w *nodeWriter) unmade() []statedName {
	made := map[graph.Key]bool{}
	for _, r := range w.rows {
		for _, k := range w.keysOf(r) {
			made[k] = true
		}
	}
	var list []statedName
	for _, k := range w.keys {
		if made[k] {
			continue
		}
		for _, s := range w.list {
			if spelt, ok := spell(w.kind, k, s.values); ok {
				list = append(list, statedName{spelt, s.by})
				break
			}
		}
	}
	return list
}

// statedName is the spelling of a name with who states it.
type statedName struct {
	spelling
	by graph.Provenance
}

// number is that of the company in the book, -1 if it is none or has no rows.
func (w *nodeWriter) number(joined *names.Book) int32 {
	if len(w.rows) == 0 {
		return -1
	}
	return joined.Number(w.keysOf(w.rows[0])[0])
}

// addNamed makes a row of each name that no row makes a key of.
func (w *nodeWriter) addNamed() {
	for _, n := range w.unmade() {
		r := newRow(n.by)
		r.put(n.spelling)
		w.named = append(w.named, r)
	}
}

// takeNamed takes of the rows of names those that a load joins with the node. Any
// other would be a company of its own, of which no source knows.
func (w *nodeWriter) takeNamed(joined *names.Book) {
	own := &group{joined, map[graph.Key]bool{}, map[int32]bool{}}
	for _, r := range w.rows {
		own.add(w.keysOf(r))
	}
	for _, r := range w.named {
		if own.has(w.keysOf(r)) {
			w.rows = append(w.rows, r)
		}
	}
	w.named = nil
}
