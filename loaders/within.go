package loaders

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"liantu/graph"
	"liantu/loaders/cells"
	"liantu/loaders/choices"
	"liantu/message"
	"liantu/schema"
)

// partOf is the kind of edge by which nodes are parts of others.
const partOf = "PART_OF"

// composition says which nodes are part of which: by the edges of the load, by
// those of the store, which are read when first needed, and by codes, of which
// that of a part usually extends that of the whole, as in semiconductor and
// semiconductor.materials.
type composition struct {
	wholes map[ref][]ref
	stored bool // the edges of the store were read
}

// wholeKinds lists the kinds of which nodes may have parts.
func wholeKinds(model *schema.Model) []*schema.Kind {
	var kinds []*schema.Kind
	edge := model.EdgeKind(partOf)
	if edge == nil {
		return nil // a model of its own
	}
	for _, name := range edge.Edge.To {
		kinds = append(kinds, model.Node(name))
	}
	return kinds
}

// mayBePart reports whether nodes of a kind may be part of others.
func mayBePart(model *schema.Model, kind *schema.Kind) bool {
	edge := model.EdgeKind(partOf)
	return edge != nil && slices.Contains(edge.Edge.From, kind.Name)
}

// wantNames makes the index find nodes of a kind, and those that they may be
// part of, by their names.
func (x *index) wantNames(kind *schema.Kind) {
	for _, k := range append(wholeKinds(x.model), kind) {
		x.want(k.Name, k.Caption)
		for _, property := range []string{aliases, formerCodes} {
			if k.Property(property) != nil {
				x.want(k.Name, property)
			}
		}
	}
}

// called returns the nodes of a kind that a code or name means, by the first
// property by which any are found.
func (x *index) called(kind *schema.Kind, text string) []ref {
	for _, property := range findBy(kind) {
		if refs, err := x.lookup(kind, property, text); err == nil && len(refs) > 0 {
			return refs
		}
	}
	return nil
}

// wholesCalled returns the nodes with parts that a code or name means, of the first
// kind that has any: kinds whose nodes are not part of one another come first, each
// in the order of the model, so that a chain comes before the ecosystem and the
// link of its name.
func (w *writer) wholesCalled(text string) []ref {
	kinds := wholeKinds(w.Model)
	slices.SortStableFunc(kinds, func(a, b *schema.Kind) int {
		return boolInt(w.nests(a)) - boolInt(w.nests(b))
	})
	for _, kind := range kinds {
		if refs := w.index.called(kind, text); len(refs) > 0 {
			return refs
		}
	}
	return nil
}

// nests reports whether nodes of a kind may be part of others of the kind.
func (w *writer) nests(kind *schema.Kind) bool {
	return w.Model.EdgeKind(partOf).Joins(kind.Name, kind.Name)
}

// within reports whether a node is part of any of the others, directly or
// through further nodes.
func (w *writer) within(part ref, wholes []ref) bool {
	for _, whole := range wholes {
		if w.extends(part, whole) {
			return true
		}
	}
	w.readComposition()
	seen := map[ref]bool{}
	for next := []ref{part}; len(next) > 0; {
		at := w.index.find(next[0])
		next = next[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		if at != w.index.find(part) && slices.ContainsFunc(wholes, func(whole ref) bool { return w.index.find(whole) == at }) {
			return true
		}
		next = append(next, w.index.parts.wholes[at]...)
	}
	return false
}

// extends reports whether the code of one node extends that of another.
func (w *writer) extends(part, whole ref) bool {
	a, b := w.index.key[part].Values(), w.index.key[whole].Values()
	if len(a) != 1 || len(b) != 1 {
		return false
	}
	rest, ok := strings.CutPrefix(a[0], b[0])
	return ok && rest != "" && strings.ContainsAny(rest[:1], "./-:")
}

// composed records that a node is part of another.
func (x *index) composed(part, whole ref) {
	if !slices.Contains(x.parts.wholes[part], whole) {
		x.parts.wholes[part] = append(x.parts.wholes[part], whole)
	}
}

// readComposition reads which nodes of the store are part of which. An error ends
// the load after the row.
func (w *writer) readComposition() {
	x := w.index
	if x.parts.stored || w.broken != nil {
		return
	}
	x.parts.stored = true
	w.broken = x.readComposition(w.ctx, w.Store)
}

func (x *index) readComposition(ctx context.Context, store graph.Store) error {
	at := map[graph.ID]ref{}
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		switch {
		case c.Node != nil && (c.Node.Kind != "Company" && c.Node.Kind != "Product"):
			if r, ok := x.byKey[c.Node.Keys[0]]; ok {
				at[c.Node.ID] = x.find(r)
			}
		case c.Edge != nil && c.Edge.Kind == partOf:
			part, ok := at[c.Edge.From]
			if whole, known := at[c.Edge.To]; ok && known {
				x.composed(part, whole)
			}
		case c.Edge != nil && c.Edge.Kind > partOf:
			return errStop // edges come in the order of their kinds
		}
		return nil
	})
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// narrowed chooses among nodes of one name the one that is part of what the row
// says, which may stand in a column of its own or before the name in a path. It
// reports false, with the fault recorded, if several remain, or if the only one
// is part of something else.
func (w *writer) narrowed(r *row, e *end, kind *schema.Kind, c cell, refs []ref, within string) ([]ref, bool) {
	steps := []string{within}
	if at := strings.LastIndexAny(c.text, cells.StepMarks); len(refs) == 0 && at > 0 && mayBePart(w.Model, kind) {
		_, n := utf8.DecodeRuneInString(c.text[at:])
		steps = append(steps, strings.FieldsFunc(c.text[:at], cells.IsStepMark)...)
		refs, _ = w.find(e, kind, strings.TrimSpace(c.text[at+n:])) // a name with a faulty part is unknown
	}
	if len(refs) == 0 || !mayBePart(w.Model, kind) {
		return w.single(r, c, refs)
	}
	known := refs
	for _, step := range steps {
		if step = strings.TrimSpace(step); schema.Blank(step) {
			continue
		}
		wholes := w.wholesCalled(step)
		if len(wholes) == 0 {
			continue // it names nothing, so it excludes nothing
		}
		refs = slices.DeleteFunc(slices.Clone(refs), func(at ref) bool { return !w.within(at, wholes) })
		if len(refs) == 0 {
			r.fault(&c, CodeUnknownEnd, message.New("no %s %q is part of %q; known is %s", kind, short(c.text), short(step), choices.Words(w.meant(known))))
			return nil, false
		}
	}
	return w.single(r, c, refs)
}

// single reports false, with the fault recorded, for several nodes.
func (w *writer) single(r *row, c cell, refs []ref) ([]ref, bool) {
	if len(refs) > 1 {
		all := w.meant(refs)
		r.fault(&c, CodeAmbiguousEnd, message.New("%q may be any of %s", short(c.text), choices.Words(all)))
		r.offer(&c, all)
		return nil, false
	}
	return refs, true
}

// wasted warns, once for a file, of a row that names a whole and no part of it,
// where the whole says nothing else.
func (r *row) wasted(e *end) {
	if e.within == nil || e.wasted || r.file.plan.reads[e.within.name] > 1 {
		return
	}
	if c := r.column(e.within); !schema.Blank(c.text) {
		e.wasted = true
		r.warn(&c, CodeUnused, message.New("nothing is loaded of %q where the column %q is blank", short(c.text), e.text.columns[0].name))
	}
}

// withinOf returns what a row says of the whole of which the named node is part.
func (r *row) withinOf(e *end) string {
	if e.within == nil {
		return ""
	}
	if c := r.column(e.within); !schema.Blank(c.text) {
		return strings.TrimSpace(c.text)
	}
	return ""
}
