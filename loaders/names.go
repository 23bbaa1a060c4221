package loaders

import (
	"context"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

// maxSharedNames is the most shared names that a report lists.
const maxSharedNames = 20

// names joins the companies of the load with those that are the same by their
// equal full names, and, if wanted, by similar names or a judgement. It runs after
// all nodes are known and before the first edge, so that the order of files and
// rows has no influence.
func (l *loader) names(ctx context.Context) error {
	l.index.book.Relations = func(stored bool) error { return l.relate(ctx, stored) }
	same := l.index.book.Namesakes(false)
	err := same.Join(func(drafts []graph.NodeDraft) error {
		merged, err := l.join(ctx, names.EqualID, drafts)
		if len(drafts) > 0 && drafts[0].Kind == names.PersonKind {
			l.report.EqualPersons += merged
		} else {
			l.report.EqualNames += merged
		}
		return err
	})
	if err != nil {
		return err
	}
	if l.Names {
		if err := l.similar(ctx); err != nil {
			return err
		}
	}
	shared := same.Shared()
	l.report.SharedNames = shared[:min(len(shared), maxSharedNames)]
	l.report.SharedNamesOmitted = len(shared) - len(l.report.SharedNames)
	for _, at := range same.Similar() {
		if f, ok := at.File.(*file); ok {
			f.fault(Warning, CodeNamesake, at.Row, message.New("another person has the same telephone and name, or the same name, native region and employer, and differs in telephone, sex or code; the two stay persons of their own"))
		}
	}
	l.doubt = same.Doubt()
	return nil
}

// similar joins companies of similar names and those that are judged the same.
func (l *loader) similar(ctx context.Context) error {
	b := l.index.book
	out, err := b.Settle(ctx, false)
	if err != nil {
		return message.Errorf("load: %w", err)
	}
	l.report.Names.Review, l.report.Names.Contradicted = len(out.Review), len(out.Contradicted)
	warnNames(out.Taken, CodeFuzzyMatch, func(a, b string, why message.Localised) message.Text {
		return message.New("%s is taken for %s: %s", a, b, why)
	})
	warnNames(out.Review, CodeNameReview, func(a, b string, why message.Localised) message.Text {
		return message.New("%s may be %s: %s", a, b, why)
	})
	warnNames(out.Contradicted, CodeContradicted, func(a, b string, why message.Localised) message.Text {
		return message.New("%s is judged the same as %s, and other judgements or identifiers keep them apart (%s)", a, b, why)
	})
	drafts := out.Drafts()
	l.report.Names.Merged, err = l.join(ctx, names.LoadID, drafts)
	b.Join(drafts)
	return err
}

// join applies the drafts of joins and returns how many companies were joined with
// another one. Edges still name the companies as the rows do, by the keys of the
// index, so that they follow when a join is undone.
func (l *loader) join(ctx context.Context, load string, drafts []graph.NodeDraft) (merged int, err error) {
	for some := range slices.Chunk(drafts, l.BatchSize) {
		result, err := l.sink.Apply(ctx, names.Batch(load, some, l.started))
		if err != nil {
			return merged, message.Errorf("load: names: %w", err)
		}
		merged += result.NodesMerged
		l.report.Version = result.Version
	}
	return merged, nil
}

// warnNames warns of companies at the rows that state them.
func warnNames(list []names.Alike, code Code, say func(a, b string, why message.Localised) message.Text) {
	for _, p := range list {
		if f, ok := p.Place().File.(*file); ok {
			f.fault(Warning, code, p.Place().Row, say(p.A.Describe(), p.B.Describe(), names.Because(p.Verdict())))
		}
	}
}

// named finds the company that an end means by its name, for a load that
// resolves names.
func (w *writer) named(r *row, e *end, kinds []*schema.Kind, c *cell) (found, bool) {
	b := w.index.book
	i := slices.IndexFunc(kinds, func(k *schema.Kind) bool { return k.Name == names.CompanyKind })
	if w.exact || !w.Names || i < 0 || !slices.ContainsFunc(e.by[names.CompanyKind], names.IsName) {
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
			r.warn(c, CodeNameReview, message.New("%q may be %s: %s", short(name), w.ending.List[best.At].Describe(), names.Because(best.Verdict)))
		}
		return found{}, false
	}
	company := w.ending.List[a.Sure.At]
	r.warn(c, CodeFuzzyMatch, message.New("%q is taken for %s: %s", short(name), company.Describe(), names.Because(a.Sure.Verdict)))
	return found{kinds[i], w.index.find(w.index.byKey[company.Handle()]), c}, true
}

// part computes the joins again if companies that were joined are judged
// different, or if a name by which they were joined is now that of another one.
func (l *loader) part(ctx context.Context) error {
	mistaken := l.relations.contrary != [2]graph.Key{} || l.index.book.Mistaken()
	if !mistaken {
		var err error
		if mistaken, err = l.doubt.Mistaken(ctx, l.Store, l.Model); err != nil {
			return message.Errorf("load: %w", err)
		}
	}
	if !mistaken {
		return nil
	}
	if _, err := names.JoinAnew(ctx, l.Store, l.Model); err != nil {
		return message.Errorf("load: %w", err)
	}
	var err error
	l.report.Version, err = l.Store.Version(ctx)
	return err
}
