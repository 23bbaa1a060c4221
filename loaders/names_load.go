package loaders

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"liantu/schema"
)

// names makes one of the companies that the load told of and those that mean
// the same by their names or by a judgement. It runs after all nodes are known
// and before the first edge, so that the order of files and rows has no
// influence.
func (l *loader) names(ctx context.Context) error {
	b := l.index.book
	if b == nil {
		return nil
	}
	out, err := b.settle(ctx, false)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	l.report.Names.Review, l.report.Names.Contradicted = len(out.review), len(out.contradicted)
	l.tellNames(out.taken, CodeFuzzyMatch, "%s is taken for %s: %s")
	l.tellNames(out.review, CodeNameReview, "%s may be %s: %s")
	l.tellNames(out.contradicted, CodeContradicted, "%s is judged the same as %s, and other judgements or identifiers keep them apart (%s)")
	for drafts := range slices.Chunk(out.drafts(), l.BatchSize) {
		result, err := l.sink.Apply(ctx, namesBatch(drafts, l.started))
		if err != nil {
			return fmt.Errorf("load: names: %w", err)
		}
		l.report.Names.Merged += result.NodesMerged
		l.report.Revision = result.Revision
		for _, d := range drafts {
			b.add(d.Kind, d.Keys, nil, Place{})
		}
	}
	// Edges go on to name the companies as the rows do, by the keys of the
	// index, so that they follow when a merge is taken back.
	return nil
}

// tellNames warns of companies at the rows that told of them.
func (l *loader) tellNames(list []alike, code Code, format string) {
	for _, p := range list {
		if f, ok := p.place().File.(*file); ok {
			f.fault(Warning, code, p.place().Row, fmt.Sprintf(format, p.a.describe(), p.b.describe(), because(p.verdict())))
		}
	}
}

// named finds the company that an end means by its name, for a load that
// resolves names.
func (w *writer) named(r *row, e *end, kinds []*schema.Kind, c *cell) (found, bool) {
	b := w.index.book
	i := slices.IndexFunc(kinds, func(k *schema.Kind) bool { return k.Name == companyKind })
	if b == nil || i < 0 || !slices.ContainsFunc(e.by[companyKind], isName) {
		return found{}, false
	}
	if w.ending == nil {
		w.ending = b.ends()
	}
	name := c.text
	if strings.HasPrefix(c.raw, name) {
		name = c.raw // a mapping may have cut the foreign name off
	}
	a := w.ending.resolve(name)
	if a.sure == nil {
		if len(a.perhaps) > 0 {
			best := a.perhaps[0]
			r.warn(c, CodeNameReview, fmt.Sprintf("%q may be %s: %s", short(name), w.ending.list[best.At].describe(), because(best.Verdict)))
		}
		return found{}, false
	}
	company := w.ending.list[a.sure.At]
	r.warn(c, CodeFuzzyMatch, fmt.Sprintf("%q is taken for %s: %s", short(name), company.describe(), because(a.sure.Verdict)))
	return found{kinds[i], w.index.find(w.index.byKey[company.keys[0]])}, true
}

// part joins anew if somebody judged different what is one company because of
// its names.
func (l *loader) part(ctx context.Context) error {
	b := l.index.book
	if b == nil || !b.mistaken() {
		return nil
	}
	if _, err := JoinAnew(ctx, l.Store, l.Model); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	var err error
	l.report.Revision, err = l.Store.Revision(ctx)
	return err
}
