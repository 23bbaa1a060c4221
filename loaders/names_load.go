package loaders

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"liantu/resolve"
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
			b.add(d.Kind, d.Keys, nil, place{})
		}
	}
	// Edges go on to name the companies as the rows do, by the keys of the
	// index, so that they follow when a merge is taken back.
	return nil
}

// tellNames warns of companies at the rows that told of them.
func (l *loader) tellNames(list []alike, code Code, format string) {
	for _, p := range list {
		at := p.a.at
		if at.file == nil {
			at = p.b.at
		}
		if at.file != nil {
			at.file.fault(Warning, code, at.row, fmt.Sprintf(format, p.a.describe(), p.b.describe(), because(p.verdict())))
		}
	}
}

// because gives the reasons of a verdict in a line.
func because(v resolve.Verdict) string {
	var list []string
	for _, r := range v.Reasons {
		list = append(list, fmt.Sprintf("%s (%+.1f)", r.Text.En, r.Points))
	}
	return strings.Join(list, ", ")
}

// ending finds companies by names that ends of edges give and that nobody is
// called exactly so.
type ending struct {
	list  []*entry
	index *resolve.Index
	dir   *directory
	said  map[[2]string]verdict
	known map[string]*answer
}

// answer is what a name means: a company, or none and those that it may mean,
// best first.
type answer struct {
	sure    *resolve.Match
	perhaps []resolve.Match
}

// ends makes the book ready for names of ends. The companies are those that
// there are once all nodes are in.
func (b *book) ends() *ending {
	e := &ending{list: b.companies(), known: map[string]*answer{}}
	entities := make([]*resolve.Entity, len(e.list))
	for i, c := range e.list {
		entities[i] = resolve.Prepare(c.Company)
	}
	e.index, e.dir = resolve.NewIndex(entities), newDirectory(b.kind, e.list)
	e.said, _ = b.judged()
	return e
}

// resolve finds out what a name means.
func (e *ending) resolve(name string) *answer {
	a := e.known[name]
	if a == nil {
		a = e.find(name)
		e.known[name] = a
	}
	return a
}

func (e *ending) find(name string) *answer {
	unknown := resolve.Prepare(resolve.Company{Titles: []resolve.Title{{Text: name}}})
	list, at := []*resolve.Entity{unknown}, []resolve.Match{{At: -1}}
	var d resolve.Decisions
	for _, m := range e.index.Find(unknown) {
		switch e.judged(name, m.At) {
		case judgedDifferent:
			continue
		case judgedSame:
			return &answer{sure: &m}
		case judgedUnsure:
		default:
			if m.Verdict.Band == resolve.Same {
				d.Found = append(d.Found, resolve.Pair{A: 0, B: len(list), Points: m.Verdict.Points})
			}
		}
		list, at = append(list, e.index.At(m.At)), append(at, m)
	}
	for i, group := range resolve.Settle(list, d).Group[1:] {
		if group == 0 {
			return &answer{sure: &at[i+1]}
		}
	}
	return &answer{perhaps: at[1:]}
}

// judged returns what was decided about a name and a company. Judgements about
// names that are not alike at all are not asked for here: who says so loads
// the name as an alias.
func (e *ending) judged(name string, company int) verdict {
	wanted := schema.NormalName(name)
	var all verdict
	for pair, v := range e.said {
		for i, text := range pair {
			if schema.NormalName(text) == wanted && slices.Contains(e.dir.lookup(pair[1-i]), company) && v.beats(all) {
				all = v
			}
		}
	}
	return all
}

// named finds the company that an end means by its name, for a load that
// resolves names.
func (w *writer) named(r *row, e *end, kinds []*schema.Kind, c *cell) (found, bool) {
	b := w.index.book
	i := slices.IndexFunc(kinds, func(k *schema.Kind) bool { return k.Name == companyKind })
	if b == nil || i < 0 || !slices.ContainsFunc(e.by[companyKind], func(p string) bool { _, ok := titleUse[p]; return ok }) {
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
