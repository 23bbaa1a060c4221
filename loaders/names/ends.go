package names

import (
	"slices"

	"liantu/resolve"
	"liantu/schema"
)

// Finder finds companies by names at ends of edges that match no company
// exactly.
type Finder struct {
	List  []*Entry
	index *resolve.Index
	dir   *directory
	said  map[[2]string]verdict
	known map[string]*Meaning
}

// Meaning is what a name means: one company, or none and the companies it may
// mean, best first.
type Meaning struct {
	Sure    *resolve.Match
	Perhaps []resolve.Match
}

// Finder prepares the book for names at ends. The companies are those known
// after all nodes are read.
func (b *Book) Finder() *Finder {
	e := &Finder{List: b.companies(), known: map[string]*Meaning{}}
	entities := make([]*resolve.Entity, len(e.List))
	for i, c := range e.List {
		entities[i] = resolve.Prepare(c.Company)
	}
	e.index, e.dir = resolve.NewIndex(entities), newDirectory(b.kind, e.List)
	e.said, _ = b.judged()
	return e
}

// Resolve returns what a name means.
func (e *Finder) Resolve(name string) *Meaning {
	a := e.known[name]
	if a == nil {
		a = e.find(name)
		e.known[name] = a
	}
	return a
}

func (e *Finder) find(name string) *Meaning {
	unknown := resolve.Prepare(resolve.Company{Titles: []resolve.Title{{Text: name}}})
	list, at := []*resolve.Entity{unknown}, []resolve.Match{{At: -1}}
	var d resolve.Decisions
	for _, m := range e.index.Find(unknown) {
		switch e.judged(name, m.At) {
		case judgedDifferent:
			continue
		case judgedSame:
			return &Meaning{Sure: &m}
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
			return &Meaning{Sure: &at[i+1]}
		}
	}
	return &Meaning{Perhaps: at[1:]}
}

// judged returns what was decided about a name and a company. Judgements about
// names that are not similar are not considered here: for those, the name is
// loaded as an alias.
func (e *Finder) judged(name string, company int) verdict {
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
