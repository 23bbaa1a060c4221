package projection

import (
	"cmp"
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// scopes are the kinds that a question can be limited to, the widest first. People
// call them alike, so that the kind asked for decides least.
var scopes = []string{Ecosystem, Chain, Link}

// openKinds are the kinds of which an error may say that something is one of them. All
// are public, and people are not among them.
var openKinds = []string{Ecosystem, Chain, Link, Region, Company, Product, Intermediary, Park}

// misnamed is the error of a text that finds the best of the wanted kinds, where it
// means something else, and nil where it does not. Among ecosystems, chains and
// links:
//
//   - What has exactly the text as its code, but for case, is meant, whatever is only
//     called so: bio-medicine is the chain, even if the English name of a link is
//     Biomedicine.
//   - A link that is found by a name, while a chain or an ecosystem that it is no part of
//     is found by a name too, may not be the one meant: its code is wanted.
func (p *Projection) misnamed(text string, kinds []string, best named) error {
	if len(kinds) == 0 || best.strength == byIdentifier && strings.EqualFold(p.Code(best.vertex), strings.TrimSpace(text)) {
		return nil
	}
	for _, kind := range kinds {
		if !slices.Contains(scopes, kind) {
			return nil
		}
	}
	var coded, called []Hit
	for _, h := range p.alsoCalled(text, but(scopes, kinds)) {
		switch {
		case strings.EqualFold(p.Code(h.Vertex), strings.TrimSpace(text)):
			coded = append(coded, h)
		case p.Kind(h.Vertex) != Link && h.Property != "keywords" && !p.holds(h.Vertex, best.vertex):
			called = append(called, h)
		}
	}
	switch {
	case len(coded) > 0:
		return &NotFoundError{Text: text, Kinds: kinds, Other: coded, others: p.kindsOf(coded)}
	case len(called) > 0 && p.Kind(best.vertex) == Link && best.strength != byIdentifier:
		return &NotFoundError{
			Text: text, Kinds: kinds, Ambiguous: true, Other: called, others: p.kindsOf(called),
			Near: []Hit{{Vertex: best.vertex, Score: 1, Text: text}},
		}
	}
	return nil
}

// holds reports whether a link is part of a chain or an ecosystem.
func (p *Projection) holds(scope, link Vertex) bool {
	if p.Kind(link) != Link {
		return false
	}
	for _, chain := range p.ChainsOf(link) {
		if chain == scope || slices.Contains(p.EcosystemsOf(chain), scope) {
			return true
		}
	}
	return false
}

// elsewhere finds what has a text as its id, code or name but is of none of the wanted
// kinds, codes first, then names, in the order of the open kinds; at most five.
func (p *Projection) elsewhere(text string, kinds []string) []Hit {
	if len(kinds) == 0 {
		return nil
	}
	other := but(openKinds, kinds)
	if v, ok := p.ofID(graphID(text)); ok && slices.Contains(other, p.Kind(v)) {
		return []Hit{{Vertex: v, Score: 1, Text: text}}
	}
	hits := p.alsoCalled(text, other)
	if len(hits) == 0 && slices.Contains(other, Region) {
		if r, err := schema.FindRegion(text); err == nil && p.RegionByCode(r.Code) != None {
			hits = []Hit{{Vertex: p.RegionByCode(r.Code), Score: 1, Text: text}}
		}
	}
	return hits
}

// but is a list without what is in another.
func but(list, without []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(kind string) bool { return slices.Contains(without, kind) })
}

// alsoCalled finds what of some kinds has a text as its code, name or keyword, the
// strongest first, then in the order of the open kinds; at most five.
func (p *Projection) alsoCalled(text string, kinds []string) []Hit {
	simplified := schema.SimplifiedName(text)
	found := p.called(func(v Vertex) bool { return slices.Contains(kinds, p.Kind(v)) }, schema.NormalName(text), simplified, otherScript+simplified)
	rank := func(n named) int { return slices.Index(openKinds, p.Kind(n.vertex)) }
	slices.SortFunc(found, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.strength, b.strength), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.vertex, b.vertex))
	})
	var hits []Hit
	for _, n := range found {
		if len(hits) < maxElsewhere && !slices.ContainsFunc(hits, func(h Hit) bool { return h.Vertex == n.vertex }) {
			hits = append(hits, Hit{Vertex: n.vertex, Score: 1, Text: text, Property: propertyOf(n)})
		}
	}
	return hits
}

// maxElsewhere is the most nodes of other kinds that an error names.
const maxElsewhere = 5

// propertyOf is "keywords" for what a keyword finds.
func propertyOf(n named) string {
	if n.strength == byKeyword {
		return "keywords"
	}
	return ""
}

// kindsOf returns the kinds of hits, each once, in their order.
func (p *Projection) kindsOf(hits []Hit) (kinds []string) {
	for _, h := range hits {
		if kind := p.Kind(h.Vertex); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// kindWords are the labels of kinds, of which one is meant: in English with an article.
func kindWords(kinds []string, language message.Language) message.Either {
	words := make(message.Either, len(kinds))
	for i, name := range kinds {
		kind := schema.Default().Kind(name)
		switch {
		case language == message.Chinese && kind != nil:
			words[i] = kind.Label.Zh
		case strings.ContainsRune("AEIOU", rune(name[0])):
			words[i] = "an " + strings.ToLower(name)
		default:
			words[i] = "a " + strings.ToLower(name)
		}
	}
	return words
}
