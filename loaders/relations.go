package loaders

import (
	"context"

	"liantu/graph"
	"liantu/loaders/names"
	"liantu/message"
)

// relations adds to the book the edges that say of two companies that one owns,
// supplies or contains the other: those of the load, whose files are read once more for
// them, and where wanted those of the store.
type relations struct {
	loaded, stored bool         // they were added
	contrary       [2]graph.Key // the ends of an edge that the store holds joined by their names
}

// relate adds the edges that relate companies, each sort once.
func (l *loader) relate(ctx context.Context, stored bool) error {
	if !l.relations.loaded {
		l.relations.loaded = true
		for _, f := range l.files {
			if err := l.relateFile(ctx, f); err != nil {
				return message.Errorf("load: %s: %w", f.in.Name, err)
			}
		}
	}
	if stored && !l.relations.stored {
		l.relations.stored = true
		if err := l.index.book.RelateStored(ctx, l.Store, l.Model); err != nil {
			return message.Errorf("load: %w", err)
		}
	}
	return nil
}

// relateFile adds the edges of a file whose ends are found exactly. Its faults are
// reported when the edges are made.
func (l *loader) relateFile(ctx context.Context, f *file) error {
	var emitters []*emitter
	for _, e := range f.plan.edges {
		if names.Distinct(l.Model, e.kind.Name) != nil {
			emitters = append(emitters, e)
		}
	}
	if len(emitters) == 0 {
		return nil
	}
	w := &writer{loader: l, file: f, ctx: ctx, codes: map[string]madeCode{}, exact: true}
	return f.each(false, func(int64) {}, func(r *row) error {
		mark := len(f.faults)
		for _, e := range emitters {
			if w.labelled(r) && r.takes(e) {
				w.relateRow(r, e)
			}
		}
		f.faults = f.faults[:mark]
		return ctx.Err()
	})
}

// relateRow adds the edges that one rule makes of a row.
func (w *writer) relateRow(r *row, e *emitter) {
	froms, ok := w.cells(r, e.from)
	tos, okTo := w.cells(r, e.to)
	if !ok || !okTo {
		return
	}
	for _, from := range froms {
		for _, to := range tos {
			a, b := w.ends(r, e.from, from), w.ends(r, e.to, to)
			if a == nil || b == nil {
				continue
			}
			if x, y, ok := w.pair(r, e.kind, a, b); ok && x != y {
				w.index.book.Relate(e.kind, w.index.key[x], w.index.key[y])
			}
		}
	}
}

// related reports whether an edge says of its ends that they are two companies, and
// similar names alone made them one: then the name at the end means another company.
// Where the store holds the ends joined, the joins are computed again after the load.
func (w *writer) related(r *row, e *emitter, from, to []found, a, b ref, mark int) bool {
	if names.Distinct(w.Model, e.kind.Name) == nil || !w.index.one(a, b) {
		return false
	}
	for _, f := range append(from[:len(from):len(from)], to...) {
		if f.similar != nil {
			r.file.faults = r.file.faults[:mark]
			r.fault(f.similar, CodeUnknownEnd, message.New("unknown company %q; it is like the company at the other end, which this edge says it is not", short(f.similar.text)))
			r.file.faults.failing(mark, true)
			return true
		}
	}
	if a != b && !w.index.book.JudgedOne(w.index.key[a]) {
		w.relations.contrary = [2]graph.Key{w.index.key[a], w.index.key[b]}
	}
	return false
}
