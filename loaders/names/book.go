package names

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/resolve"
	"liantu/schema"
)

// CompanyKind is the kind whose names are resolved.
const CompanyKind = "Company"

// judgementKind is the kind of nodes that hold judgements of names.
const judgementKind = "Judgement"

// titleUse says which properties of a company are names of it.
var titleUse = map[string]resolve.Use{
	"name": resolve.Official, "short_name": resolve.Short, "former_names": resolve.Former,
	"aliases": resolve.Alias, "english_name": resolve.English,
}

// IsName reports whether a property of a company is a name of it.
func IsName(property string) bool {
	_, ok := titleUse[property]
	return ok
}

// Nameless reports whether a text that stands where companies are named names none:
// a placeholder of a disclosure, such as 客户A, or a masked name, such as 三角***公司.
func Nameless(text string) bool { return resolve.Anonymous(text) || resolve.Masked(text) }

// Book holds what is needed to resolve the names of companies: every company of
// the store and of the load with its names, identifiers and keys, and every
// judgement. Companies that share a key are one. It also holds every person.
type Book struct {
	numbers  // of companies
	kind     *schema.Kind
	list     []Entry
	opinions map[graph.Key]*judgement
	people   people

	// Relations adds the edges of a load that relate companies, and, where stored is
	// set, those of the store; see [Book.Relate]. It is called before names join any
	// companies, and may be nil. It adds nothing twice.
	Relations func(stored bool) error
	relations []relation
}

// Place is a row of a file that states something of a node.
type Place struct {
	File any // the file, as the caller names it; nil for nodes of the store
	Row  int
}

// Entry is a company of the book.
type Entry struct {
	resolve.Company
	Keys    []graph.Key // of the nodes that are known to be the company
	full    []string    // its full names, normalised
	handle  graph.Key   // the key by which it is joined
	touched bool        // the load states something of it
	stored  bool        // the store holds it
	at      Place       // the first row that states it
}

// NewBook makes a book without any company.
func NewBook(model *schema.Model) *Book {
	return &Book{
		numbers: numbers{byKey: map[graph.Key]int32{}}, kind: model.Node(CompanyKind), opinions: map[graph.Key]*judgement{},
		people: people{numbers: numbers{byKey: map[graph.Key]int32{}}},
	}
}

// Add adds a node, or more facts of a known one. A node of another kind than
// the three is ignored. If the facts state a code of a company, such as
// uscc=91330106900000137L, and the company has another one of the same register
// already, Add returns both, the stated one first; else "".
func (b *Book) Add(kind string, keys []graph.Key, facts []graph.Fact, at Place) (stated, known string) {
	switch kind {
	case CompanyKind:
		e := b.company(keys, facts, at)
		if len(e.Codes) > 1 {
			return contradiction(e, facts)
		}
	case PersonKind:
		b.people.add(keys, facts, at)
	case judgementKind:
		b.judge(keys, facts, at)
	}
	return "", ""
}

// contradiction returns a code that facts state and one of the same register that
// the company has too.
func contradiction(e *Entry, facts []graph.Fact) (stated, known string) {
	var codes []string
	for i := range facts {
		if code, ok := codeOf(&facts[i]); ok {
			codes = append(codes, code)
		}
	}
	return resolve.Contrary(codes, e.Codes)
}

// codeOf returns the identifier that a fact states, as kind=value.
func codeOf(f *graph.Fact) (string, bool) {
	switch f.Property {
	case "uscc", "stock_code", "lei":
		if value, ok := f.Value.(string); ok {
			return f.Property + "=" + value, true
		}
	}
	return "", false
}

// Number returns the number of the company or person that a key finds, the same for
// all keys of it until it is joined with another one, and -1 if the book has no such
// key.
func (b *Book) Number(k graph.Key) int32 {
	if i, ok := b.people.byKey[k]; ok {
		return firstPerson + b.people.find(i)
	}
	if i, ok := b.byKey[k]; ok {
		return b.find(i)
	}
	return -1
}

// firstPerson is the number of the first person; those of companies are smaller.
const firstPerson = 1 << 30

// Handle returns the key that an entry of a [Finder] is joined by: of an identifier
// if the company has one, so that what names it follows the identifier.
func (e *Entry) Handle() graph.Key { return e.handle }

func (b *Book) company(keys []graph.Key, facts []graph.Fact, at Place) *Entry {
	id, fresh := b.number(keys, b.join)
	if int(id) == len(b.list) {
		b.list = append(b.list, Entry{at: at})
	}
	e := &b.list[id]
	e.Keys = append(e.Keys, fresh...)
	if at.File != nil && !e.touched {
		e.touched, e.at = true, at
	}
	e.stored = e.stored || at.File == nil
	for i := range facts {
		e.addFact(&facts[i])
	}
	return e
}

// addFact adds the name, identifier or registration that a fact states.
func (e *Entry) addFact(f *graph.Fact) {
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
	if code, ok := codeOf(f); ok {
		if !slices.Contains(e.Codes, code) {
			e.Codes = append(e.Codes, code)
		}
		return
	}
	if value, ok := f.Value.(string); ok && f.Property == "region" && !slices.Contains(e.Regions, value) {
		e.Regions = append(e.Regions, value)
	}
}

func (e *Entry) title(text string, use resolve.Use) {
	t := resolve.Title{Text: text, Use: use}
	if slices.Contains(e.Titles, t) || Nameless(text) {
		return
	}
	e.Titles = append(e.Titles, t)
	if use != resolve.Official {
		return
	}
	if name := schema.NormalName(text); !slices.Contains(e.full, name) {
		e.full = append(e.full, name)
	}
}

// join joins two companies when a node has keys of both.
func (b *Book) join(x, y int32) {
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
	to.Keys = append(to.Keys, from.Keys...)
	if from.touched && !to.touched {
		to.touched, to.at = true, from.at
	}
	to.stored = to.stored || from.stored
	b.list[y] = Entry{}
}

// companies returns all companies, in an order that depends only on their keys.
func (b *Book) companies() []*Entry {
	var list []*Entry
	for i := range b.list {
		if b.find(int32(i)) != int32(i) {
			continue
		}
		e := &b.list[i]
		slices.Sort(e.Keys)
		slices.SortFunc(e.Titles, compareTitles)
		slices.Sort(e.Codes)
		slices.Sort(e.Regions)
		e.Key, e.handle = string(e.Keys[0]), b.handle(e)
		list = append(list, e)
	}
	slices.SortFunc(list, func(x, y *Entry) int { return strings.Compare(x.Key, y.Key) })
	return list
}
