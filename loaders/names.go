package loaders

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/resolve"
	"liantu/schema"
)

// companyKind is the kind whose names are resolved.
const companyKind = "Company"

// judgementKind is the kind that holds what people decided about names.
const judgementKind = "Judgement"

// titleUse says which properties of a company are names of it.
var titleUse = map[string]resolve.Use{
	"name": resolve.Official, "short_name": resolve.Short, "former_names": resolve.Former,
	"aliases": resolve.Alias, "english_name": resolve.English,
}

// isName reports whether a property of a company is a name of it.
func isName(property string) bool {
	_, ok := titleUse[property]
	return ok
}

// book holds what the names of companies are resolved from: every company of
// the store and of the load with its names, identifiers and keys, and every
// judgement. Companies that share a key are one.
type book struct {
	kind     *schema.Kind
	parent   []int32
	list     []entry
	byKey    map[graph.Key]int32
	opinions map[graph.Key]*opinion
}

// Place is where a load states something of a node: a row of a file.
type Place struct {
	File any // what the caller knows the file by; nil for what is in the store
	Row  int
}

// entry is a company of the book.
type entry struct {
	resolve.Company
	keys    []graph.Key // of the nodes that are known to be the company
	touched bool        // the load states something of it
	at      Place       // the row that tells of it first
}

// newBook makes a book without any company.
func newBook(model *schema.Model) *book {
	return &book{kind: model.Node(companyKind), byKey: map[graph.Key]int32{}, opinions: map[graph.Key]*opinion{}}
}

// add makes a node known, or more of one that is known. A node of another kind
// than the two is passed over.
func (b *book) add(kind string, keys []graph.Key, facts []graph.Fact, at Place) {
	switch kind {
	case companyKind:
		b.company(keys, facts, at)
	case judgementKind:
		b.judge(keys, facts, at)
	}
}

func (b *book) company(keys []graph.Key, facts []graph.Fact, at Place) {
	id := int32(-1)
	for _, k := range keys {
		known, ok := b.byKey[k]
		if !ok {
			continue
		}
		if known = b.find(known); id < 0 {
			id = known
		} else if known != id {
			id = b.join(id, known)
		}
	}
	if id < 0 {
		id = int32(len(b.list))
		b.parent = append(b.parent, id)
		b.list = append(b.list, entry{at: at})
	}
	e := &b.list[id]
	for _, k := range keys {
		if _, ok := b.byKey[k]; !ok {
			b.byKey[k] = id
			e.keys = append(e.keys, k)
		}
	}
	if at.File != nil && !e.touched {
		e.touched, e.at = true, at
	}
	for i := range facts {
		e.tell(&facts[i])
	}
}

// tell adds what a fact says of the names, identifiers and registration.
func (e *entry) tell(f *graph.Fact) {
	if use, ok := titleUse[f.Property]; ok {
		switch v := f.Value.(type) {
		case string:
			e.title(v, use)
		case []string:
			for _, text := range v {
				e.title(text, use)
			}
		}
		return
	}
	value, ok := f.Value.(string)
	if !ok {
		return
	}
	switch f.Property {
	case "uscc", "stock_code", "lei":
		if code := f.Property + "=" + value; !slices.Contains(e.Codes, code) {
			e.Codes = append(e.Codes, code)
		}
	case "region":
		if !slices.Contains(e.Regions, value) {
			e.Regions = append(e.Regions, value)
		}
	}
}

func (e *entry) title(text string, use resolve.Use) {
	if t := (resolve.Title{Text: text, Use: use}); !slices.Contains(e.Titles, t) {
		e.Titles = append(e.Titles, t)
	}
}

// join makes two companies one that a node has keys of both of.
func (b *book) join(x, y int32) int32 {
	x, y = min(x, y), max(x, y)
	to, from := &b.list[x], &b.list[y]
	for _, t := range from.Titles {
		to.title(t.Text, t.Use)
	}
	for _, code := range from.Codes {
		if !slices.Contains(to.Codes, code) {
			to.Codes = append(to.Codes, code)
		}
	}
	to.Regions = append(to.Regions, from.Regions...)
	to.keys = append(to.keys, from.keys...)
	if from.touched && !to.touched {
		to.touched, to.at = true, from.at
	}
	b.parent[y], b.list[y] = x, entry{}
	return x
}

func (b *book) find(i int32) int32 {
	for b.parent[i] != i {
		b.parent[i] = b.parent[b.parent[i]]
		i = b.parent[i]
	}
	return i
}

// companies returns all companies, in an order that depends on
// their keys alone.
func (b *book) companies() []*entry {
	var list []*entry
	for i := range b.list {
		if b.find(int32(i)) != int32(i) {
			continue
		}
		e := &b.list[i]
		slices.Sort(e.keys)
		slices.SortFunc(e.Titles, compareTitles)
		slices.Sort(e.Codes)
		slices.Sort(e.Regions)
		e.Key = string(e.keys[0])
		list = append(list, e)
	}
	slices.SortFunc(list, func(x, y *entry) int { return strings.Compare(x.Key, y.Key) })
	return list
}
