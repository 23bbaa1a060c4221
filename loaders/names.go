package loaders

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"liantu/loaders/names"
	"liantu/schema"
)

// names joins the companies of the load with those that are the same by their
// names or by a judgement. It runs after all nodes are known and before the
// first edge, so that the order of files and rows has no influence.
func (l *loader) names(ctx context.Context) error {
	b := l.index.book
	if b == nil {
		return nil
	}
	out, err := b.Settle(ctx, false)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	l.report.Names.Review, l.report.Names.Contradicted = len(out.Review), len(out.Contradicted)
	l.warnNames(out.Taken, CodeFuzzyMatch, "%s is taken for %s: %s")
	l.warnNames(out.Review, CodeNameReview, "%s may be %s: %s")
	l.warnNames(out.Contradicted, CodeContradicted, "%s is judged the same as %s, and other judgements or identifiers keep them apart (%s)")
	for drafts := range slices.Chunk(out.Drafts(), l.BatchSize) {
		result, err := l.sink.Apply(ctx, names.Batch(drafts, l.started))
		if err != nil {
			return fmt.Errorf("load: names: %w", err)
		}
		l.report.Names.Merged += result.NodesMerged
		l.report.Version = result.Version
		for _, d := range drafts {
			b.Add(d.Kind, d.Keys, nil, names.Place{})
		}
	}
	// Edges still name the companies as the rows do, by the keys of the index,
	// so that they follow when a merge is undone.
	return nil
}

// warnNames warns of companies at the rows that state them.
func (l *loader) warnNames(list []names.Alike, code Code, format string) {
	for _, p := range list {
		if f, ok := p.Place().File.(*file); ok {
			f.fault(Warning, code, p.Place().Row, fmt.Sprintf(format, p.A.Describe(), p.B.Describe(), names.Because(p.Verdict())))
		}
	}
}

// named finds the company that an end means by its name, for a load that
// resolves names.
func (w *writer) named(r *row, e *end, kinds []*schema.Kind, c *cell) (found, bool) {
	b := w.index.book
	i := slices.IndexFunc(kinds, func(k *schema.Kind) bool { return k.Name == names.CompanyKind })
	if b == nil || i < 0 || !slices.ContainsFunc(e.by[names.CompanyKind], names.IsName) {
		return found{}, false
	}
	if w.ending == nil {
		w.ending = b.Finder()
	}
	name := c.text
	if strings.HasPrefix(c.raw, name) {
		name = c.raw // a mapping may have removed the foreign name
	}
	a := w.ending.Resolve(name)
	if a.Sure == nil {
		if len(a.Perhaps) > 0 {
			best := a.Perhaps[0]
			r.warn(c, CodeNameReview, fmt.Sprintf("%q may be %s: %s", short(name), w.ending.List[best.At].Describe(), names.Because(best.Verdict)))
		}
		return found{}, false
	}
	company := w.ending.List[a.Sure.At]
	r.warn(c, CodeFuzzyMatch, fmt.Sprintf("%q is taken for %s: %s", short(name), company.Describe(), names.Because(a.Sure.Verdict)))
	return found{kinds[i], w.index.find(w.index.byKey[company.Keys[0]])}, true
}

// part computes the joins again if companies that were joined by their names
// are judged different.
func (l *loader) part(ctx context.Context) error {
	b := l.index.book
	if b == nil || !b.Mistaken() {
		return nil
	}
	if _, err := names.JoinAnew(ctx, l.Store, l.Model); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	var err error
	l.report.Version, err = l.Store.Version(ctx)
	return err
}
