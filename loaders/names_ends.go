package loaders

import (
	"slices"

	"liantu/resolve"
	"liantu/schema"
)

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
