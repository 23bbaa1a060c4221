package projection

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// The strengths of a text that finds a node, strongest first.
const (
	byIdentifier = iota // a code, such as a stock code or USCC
	byFormerCode        // a code of earlier use
	byName              // the name or the full name
	byShortName         // the short name
	byAlias             // another name, current or former
	byKeyword           // a keyword of a link: a synonym or a typical product
)

// naming lists the properties whose texts find a node. Properties that are not
// public in the schema are never used, whatever their name.
var naming = []struct {
	property string
	strength int
}{
	{"code", byIdentifier},
	{"uscc", byIdentifier},
	{"stock_code", byIdentifier},
	{"lei", byIdentifier},
	{"former_codes", byFormerCode},
	{"name", byName},
	{"full_name", byName},
	{"title", byName},
	{"short_name", byShortName},
	{"english_name", byShortName},
	{"aliases", byAlias},
	{"former_names", byAlias},
	{"keywords", byKeyword},
}

// entry is one text under which a vertex is found.
type entry struct {
	vertex   Vertex
	strength int8
	property string
	text     string // as written
	normal   string
}

// entriesOf returns the texts under which v is found, strongest first.
func (p *Projection) entriesOf(v Vertex) []entry {
	kind := p.model.Node(p.Kind(v))
	var found []entry
	for _, by := range naming {
		property := kind.Property(by.property)
		if property == nil || property.Sensitivity != schema.Public {
			continue
		}
		value, _ := p.nodes[v].Get(by.property)
		var texts []string
		switch x := value.(type) {
		case string:
			texts = []string{x}
		case []string:
			texts = x
		}
		for _, text := range texts {
			if normal := schema.NormalName(text); normal != "" {
				found = append(found, entry{v, int8(by.strength), by.property, text, normal})
			}
		}
	}
	if stock := p.Text(v, "stock_code"); kind.Property("stock_code") != nil {
		// People quote stock codes without the exchange.
		if digits, _, ok := strings.Cut(stock, "."); ok {
			found = append(found, entry{v, byShortName, "stock_code", digits, schema.NormalName(digits)})
		}
	}
	return found
}

// named is a vertex that a text finds.
type named struct {
	vertex   Vertex
	strength int8
}

func (p *Projection) indexTexts() {
	p.byText = make(map[string][]named, len(p.nodes))
	for v := range Vertex(len(p.nodes)) {
		p.indexTextsOf(v, p.byID, p.byText)
	}
}

// indexTextsOf enters a vertex under the ids that it had before, and under its texts.
func (p *Projection) indexTextsOf(v Vertex, byID map[graph.ID]Vertex, byText map[string][]named) {
	for _, key := range p.nodes[v].Keys {
		if id, ok := strings.CutPrefix(string(key), idKeys); ok {
			byID[graph.ID(id)] = v
		}
	}
	for _, e := range p.entriesOf(v) {
		byText[e.normal] = append(byText[e.normal], named{v, e.strength})
		if simplified := schema.SimplifiedName(e.text); simplified != e.normal {
			byText[otherScript+simplified] = append(byText[otherScript+simplified], named{v, e.strength})
		}
	}
}

// texts returns what a normal form finds.
func (p *Projection) texts(form string) []named {
	if own := p.ownText[form]; len(own) > 0 {
		return slices.Concat(p.byText[form], own)
	}
	return p.byText[form]
}

// NotFoundError says that a text finds no node, or more than one, and which
// nodes may be meant. It wraps [graph.ErrNotFound], or [graph.ErrInvalid] if the
// text is ambiguous.
type NotFoundError struct {
	Text      string
	Kinds     []string // the kinds that were searched; empty for all
	Ambiguous bool
	Near      []Hit // which it may be, where it is ambiguous: best first, at most five, or ten of package topics

	// Search finds which nodes may have been meant by a text that finds none, best first, at
	// most five, or ten of package topics; nil where nothing is searched for. It takes
	// thousands of times as long as the lookup: see [NotFoundError.Suggest].
	Search func(ctx context.Context) ([]Hit, error)

	// Other are nodes of other kinds that have the text as their id, code or name, codes
	// first, at most five: the text was given in the wrong place. With Ambiguous it
	// finds one of the kinds, too, which is in Near.
	Other  []Hit
	others []string // their kinds
}

// Suggest returns the nodes that may be meant: those of an ambiguous text, else what a
// search finds, which ends with the context. It is for the error that somebody reads, since
// most errors of lookups are read by nobody.
func (e *NotFoundError) Suggest(ctx context.Context) ([]Hit, error) {
	if e.Search == nil {
		return e.Near, nil
	}
	return e.Search(ctx)
}

// Error returns the text in English.
func (e *NotFoundError) Error() string { return e.In(message.English) }

// In returns the text in a language.
func (e *NotFoundError) In(language message.Language) string {
	what := message.Either{message.New("node")}
	if len(e.Kinds) > 0 {
		what = nil
	}
	for _, name := range e.Kinds {
		if kind := schema.Default().Kind(name); kind != nil && language == message.Chinese {
			what = append(what, kind.Label.Zh)
		} else {
			what = append(what, strings.ToLower(name))
		}
	}
	switch {
	case e.Ambiguous && len(e.others) > 0:
		return message.New("%q is the name of %v and of %v that is no part of it: give the code of the one meant",
			e.Text, kindWords(e.others, language), kindWords(e.Kinds, language)).In(language)
	case len(e.others) > 0:
		return message.New("%q is %v, not %v", e.Text, kindWords(e.others, language), kindWords(e.Kinds, language)).In(language)
	case e.Ambiguous:
		return message.New("%s %q: several are called so, give the code", what, e.Text).In(language)
	}
	return message.New("there is no %s %q", what, e.Text).In(language)
}

// Unwrap returns [graph.ErrNotFound] or [graph.ErrInvalid].
func (e *NotFoundError) Unwrap() error {
	if e.Ambiguous {
		return graph.ErrInvalid
	}
	return graph.ErrNotFound
}

// Vertex returns the vertex of an id, its own or one lost in a merge, and
// [None] for an unknown id.
func (p *Projection) Vertex(id graph.ID) Vertex {
	if v, ok := p.ofID(id); ok {
		return v
	}
	return None
}

// ofID finds a node by its own id, by one lost in a merge, or by one that it had while
// ids were plain hashes.
func (p *Projection) ofID(id graph.ID) (Vertex, bool) {
	if v, ok := p.under(id); ok {
		return v, true
	}
	alias, is := p.namer.Alias(graph.IDKey(id))
	if !is {
		return None, false
	}
	return p.under(graph.ID(strings.TrimPrefix(string(alias), idKeys)))
}

// under finds a node by an id as it is indexed.
func (p *Projection) under(id graph.ID) (Vertex, bool) {
	if p.more != nil {
		if v, ok := p.more.byID[id]; ok {
			return v, true
		}
	}
	v, ok := p.byID[id]
	return v, ok
}

// idKeys begins the keys that are ids.
var idKeys = string(graph.IDKey(""))

// NewID returns the id of a node that is first seen with the given key.
func (p *Projection) NewID(strongest graph.Key) graph.ID { return p.namer.NodeID(strongest) }

// NewEdgeID returns the id that an edge of a kind between two vertices has, which need not
// be in the projection. Where an end is a person it is keyed, as all such ids are.
func (p *Projection) NewEdgeID(kind string, from, to Vertex) graph.ID {
	return p.namer.EdgeID(kind, graph.End{Kind: p.Kind(from), ID: p.ID(from)}, graph.End{Kind: p.Kind(to), ID: p.ID(to)}, "")
}

// Lookup finds a node of one of the given kinds, or of any kind if none is
// given, by its id, a code (GB/T 2260 code, USCC, stock code with or without
// exchange, code of a link, chain or ecosystem), its name, short name or another
// name, a region also as [schema.FindRegion] does. Case, width and spaces do not
// matter; traditional and simplified characters count as one where nothing is called
// exactly so. An identifier has precedence over a code of earlier use, that over a name, a name over a short name,
// that over other names, and those over keywords. What means a node of another kind
// finds none: see [NotFoundError] for the error, and misnamed for when it is so.
func (p *Projection) Lookup(text string, kinds ...string) (Vertex, error) {
	wanted := func(v Vertex) bool { return len(kinds) == 0 || slices.Contains(kinds, p.Kind(v)) }
	if v, ok := p.ofID(graphID(text)); ok && wanted(v) {
		return v, nil
	}
	if len(kinds) == 0 || slices.Contains(kinds, Region) {
		if v := p.RegionByCode(strings.TrimSpace(text)); v != None {
			return v, nil
		}
	}
	simplified := schema.SimplifiedName(text)
	found := p.called(wanted, schema.NormalName(text))
	if len(found) == 0 {
		found = p.called(wanted, simplified, otherScript+simplified)
	}
	if len(found) == 0 {
		return p.lookupRegion(text, kinds)
	}
	slices.SortFunc(found, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.strength, b.strength), cmp.Compare(a.vertex, b.vertex))
	})
	best := found[0]
	for _, other := range found[1:] {
		if other.strength > best.strength {
			break
		}
		if other.vertex != best.vertex && (best.strength == byFormerCode || !p.outranks(best.vertex, other.vertex)) {
			return None, &NotFoundError{Text: text, Kinds: kinds, Ambiguous: true, Near: p.hits(found, text)}
		}
	}
	if err := p.misnamed(text, kinds, best); err != nil {
		return None, err
	}
	return best.vertex, nil
}

// graphID is a text as an id.
func graphID(text string) graph.ID { return graph.ID(strings.TrimSpace(text)) }

// otherScript begins the entries of texts in traditional characters under their
// simplified form. No normal form begins so.
const otherScript = "\x00"

// called returns the wanted vertices that any of the normal forms finds.
func (p *Projection) called(wanted func(Vertex) bool, forms ...string) (found []named) {
	for _, form := range forms {
		for _, n := range p.texts(form) {
			if wanted(n.vertex) {
				found = append(found, n)
			}
		}
	}
	return found
}

// Called returns all nodes of the given kinds, or of any kind if none is given, that
// have a text as their code, name or keyword, compared as by [Projection.Lookup]; each
// once, ascending.
func (p *Projection) Called(text string, kinds ...string) (nodes []Vertex) {
	simplified := schema.SimplifiedName(text)
	wanted := func(v Vertex) bool { return len(kinds) == 0 || slices.Contains(kinds, p.Kind(v)) }
	for _, n := range p.called(wanted, schema.NormalName(text), simplified, otherScript+simplified) {
		nodes = append(nodes, n.vertex)
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

// lookupRegion finds a region by what no node is called but the table of regions
// knows: a path, a former code or name, English, pinyin, a development zone.
func (p *Projection) lookupRegion(text string, kinds []string) (Vertex, error) {
	fault := &NotFoundError{Text: text, Kinds: kinds}
	if len(kinds) == 0 || slices.Contains(kinds, Region) {
		r, err := schema.FindRegion(text)
		if v := p.RegionByCode(r.Code); err == nil && v != None {
			return v, nil
		}
		for _, r := range schema.RegionsMeant(text) {
			if v := p.RegionByCode(r.Code); v != None {
				fault.Near = append(fault.Near, Hit{Vertex: v, Score: 1, Text: text})
			}
		}
		fault.Ambiguous = len(fault.Near) > 1
	}
	if !fault.Ambiguous {
		fault.Other = p.elsewhere(text, kinds)
		fault.others = p.kindsOf(fault.Other)
		fault.Near = nil
		fault.Search = func(ctx context.Context) ([]Hit, error) { return p.Near(ctx, text, 5, kinds...) }
	}
	return None, fault
}

// outranks reports whether, of two nodes with the same name, the first is meant:
// the region or link that contains the other.
func (p *Projection) outranks(a, b Vertex) bool {
	if p.Kind(a) != p.Kind(b) {
		return false
	}
	switch p.Kind(a) {
	case Region:
		return p.LevelOfRegion(a) < p.LevelOfRegion(b)
	case Link:
		_, below := slices.BinarySearch(p.LinksBelow(a), b)
		return below
	}
	return false
}

// hits lists the candidates of an ambiguous text.
func (p *Projection) hits(found []named, text string) []Hit {
	var list []Hit
	for _, n := range found[:min(len(found), 5)] {
		list = append(list, Hit{Vertex: n.vertex, Score: 1, Text: text})
	}
	return list
}
