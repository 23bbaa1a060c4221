package place

import (
	"slices"
	"strings"
	"unicode/utf8"

	"liantu/resolve"
)

// How says in which way an item names a link, the strongest last.
type How uint8

// The ways.
const (
	ByClass     How = iota // no item: the industry class only
	Contained              // a word of the link stands within the thing
	TableTrade             // the table of items: trade in goods of the link
	TablePart              // the table: a neighbour of the link
	TableWider             // the table: wider than the link
	Stem                   // the thing without a general word at its end
	Suffix                 // the thing ends with a word of the link
	Exact                  // the thing is a word of the link
	TableExact             // the table: whoever does this is at the link
	ByJudgement            // a person judged that whoever states the item is at the link
)

// String returns the code of a way.
func (h How) String() string {
	return [...]string{
		ByClass: "CLASS", Contained: "CONTAINED", TableTrade: "TABLE_TRADE", TablePart: "TABLE_PART", TableWider: "TABLE_WIDER",
		Stem: "STEM", Suffix: "SUFFIX", Exact: "EXACT", TableExact: "TABLE_EXACT", ByJudgement: "JUDGED",
	}[h]
}

// A Match is a link that an item names.
type Match struct {
	Link  int32
	How   How
	Word  string  // the word of the link
	Cover float32 // the part of the thing that the word covers
	Share float32 // 1 / the number of different links of the word
}

// A term is a word of links.
type term struct {
	links []int32
	share float32 // 1 / the number of links that differ
	whole bool    // it must be the whole thing
}

// lexicon finds the links that an item names.
type lexicon struct {
	t     *Taxonomy
	terms map[string]*term
	table map[string]*tableItem
	words map[string]*tableItem // of the table of words, those that are no words of a link
}

// shortest is the fewest characters of a word that is matched at the end of a thing.
const shortest = 2

func newLexicon(t *Taxonomy, tables *Tables) *lexicon {
	x := &lexicon{t: t, terms: map[string]*term{}, table: tables.items, words: map[string]*tableItem{}}
	for word, e := range tables.words {
		if e.how != TableExact {
			x.words[word] = e
			continue
		}
		for _, i := range t.numbers(e.links) {
			if !t.links[i].Closed {
				x.add(word, i, utf8.RuneCountInString(word) < 3)
			}
		}
	}
	for i, l := range t.links {
		if l.Closed {
			continue
		}
		if t.depth[i] > 1 || t.leaf[i] { // a name at the top of a chain with links below is a title
			x.add(l.Name, int32(i), utf8.RuneCountInString(l.Name) < 3)
			for _, n := range strings.FieldsFunc(l.Name, func(r rune) bool { return r == '/' || r == '与' || r == '和' || r == '及' }) {
				if n != l.Name && utf8.RuneCountInString(n) >= 3 {
					x.add(n, int32(i), true)
				}
			}
		}
		for _, k := range l.Keywords {
			word, whole := strings.CutPrefix(k, "=")
			x.add(word, int32(i), whole || utf8.RuneCountInString(word) < shortest)
		}
		for _, a := range l.Aliases {
			x.add(a, int32(i), true)
		}
		for _, p := range l.Products {
			x.add(p, int32(i), true)
		}
	}
	for _, e := range x.terms {
		e.links = t.equals(e.links)
		e.share = x.share(e.links)
	}
	return x
}

func (x *lexicon) add(word string, link int32, whole bool) {
	word = resolve.Fold(word)
	if utf8.RuneCountInString(word) < 1 {
		return
	}
	e := x.terms[word]
	if e == nil {
		e = &term{whole: true}
		x.terms[word] = e
	}
	e.whole = e.whole && whole
	e.links = append(e.links, link)
}

// general are words at the end of a thing that name no kind of thing, the longest first.
var general = []string{
	"及关键零部件", "及元器件", "及零部件", "及零配件", "及其配件", "及配件", "及组件", "及部件", "及设备", "及材料", "及系统", "及制品", "及器材", "及装置", "及附件", "成套设备", "专用设备", "解决方案", "生产线", "设备", "装备", "系统",
	"制品", "器材", "用品", "装置", "工程", "技术", "机械", "仪器", "仪表", "平台", "软件", "工具", "器件", "元件", "模块", "食品", "药品",
}

// parts are words at the end of a thing that make it another one: who makes 自行车零配件 makes
// no bicycles.
var parts = []string{"零部件", "零配件", "元器件", "原材料", "材料", "组件", "部件", "配件", "附件", "原料"}

// find returns the links that an item names, in order of link, each by its strongest way.
func (x *lexicon) find(whole, thing string) []Match {
	best := map[int32]Match{}
	if e, ok := x.table[whole]; ok {
		for _, m := range x.ofTable(e, whole) {
			best[m.Link] = m
		}
		if e.how != TableExact && e.how != TableWider {
			return ordered(best)
		}
	}
	x.ofPhrase(best, whole)
	if thing != whole {
		if e, ok := x.table[thing]; ok && e.how == TableExact {
			for _, m := range x.ofTable(e, thing) {
				m.How = Exact
				better(best, m)
			}
		}
		x.ofPhrase(best, thing)
	}
	if e := x.words[thing]; e != nil {
		for _, m := range x.ofTable(e, thing) {
			better(best, m)
		}
	}
	for _, piece := range pieces(thing) {
		x.ofPhrase(best, piece)
	}
	return ordered(best)
}

// pieces cuts a thing at the words that join things, unless a piece would be a single
// character; nil for a thing that is one.
func pieces(thing string) []string {
	rest := thing
	for _, joint := range []string{"以及", "及其", "及", "和", "与", "或", "等", "/"} {
		rest = strings.ReplaceAll(rest, joint, "\x00")
	}
	out := strings.Split(rest, "\x00")
	if len(out) == 1 {
		return nil
	}
	for i, piece := range out {
		if out[i] = ending(piece); utf8.RuneCountInString(piece) < 2 && piece != "" {
			return nil
		}
	}
	return out
}

// ofTable returns what the table of items says, in order of link.
func (x *lexicon) ofTable(e *tableItem, word string) []Match {
	links := x.t.equals(x.t.numbers(e.links))
	share := x.share(links)
	out := make([]Match, 0, len(links))
	for _, i := range links {
		if !x.t.links[i].Closed {
			out = append(out, Match{Link: i, How: e.how, Word: word, Cover: 1, Share: share})
		}
	}
	return out
}

// ofPhrase adds the links that a phrase names by the words of links.
func (x *lexicon) ofPhrase(best map[int32]Match, phrase string) {
	if phrase == "" {
		return
	}
	starts := make([]int, 0, 64)
	for i := range phrase {
		starts = append(starts, i)
	}
	n := len(starts)
	for k, i := range starts {
		e := x.terms[phrase[i:]]
		if e == nil || e.whole && k > 0 || k > 0 && cutsWord(phrase, i) {
			continue
		}
		how := Suffix
		if k == 0 {
			how = Exact
		}
		x.put(best, e, how, phrase[i:], float32(n-k)/float32(n))
		break // the longest word wins
	}
	x.stems(best, phrase, n, general, Stem)
	x.stems(best, phrase, n, parts, Contained)
	x.within(best, phrase, starts)
}

// stems adds the links of which a phrase is a word when the first of some endings that it
// has is removed.
func (x *lexicon) stems(best map[int32]Match, phrase string, n int, endings []string, how How) {
	for _, g := range endings {
		rest, ok := strings.CutSuffix(phrase, g)
		if !ok || utf8.RuneCountInString(rest) < 2 {
			continue
		}
		if e := x.terms[rest]; e != nil {
			x.put(best, e, how, rest, float32(utf8.RuneCountInString(rest))/float32(n))
		}
		return
	}
}

// within adds the links of which a word of three or more characters stands in the phrase.
func (x *lexicon) within(best map[int32]Match, phrase string, starts []int) {
	n := len(starts)
	for k := 0; k < n; k++ {
		for end := n - 1; end >= k+3; end-- {
			word := phrase[starts[k]:starts[end]]
			if strings.HasPrefix(phrase[starts[end]:], "用") {
				continue // what the thing is for, not what it is
			}
			if e := x.terms[word]; e != nil && !e.whole && !cutsWord(phrase, starts[k]) {
				x.put(best, e, Contained, word, float32(end-k)/float32(n))
				break
			}
		}
	}
}

// cutsWord reports whether a Latin word would be cut in two at i.
func cutsWord(phrase string, i int) bool {
	return i > 0 && i < len(phrase) && latin(phrase[i-1]) && latin(phrase[i])
}

func latin(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }

func (x *lexicon) put(best map[int32]Match, e *term, how How, word string, cover float32) {
	for _, l := range e.links {
		better(best, Match{Link: l, How: how, Word: word, Cover: cover, Share: e.share})
	}
}

// share is 1 / the number of links that differ.
func (x *lexicon) share(links []int32) float32 {
	different := map[int32]bool{}
	for _, l := range links {
		different[x.t.same[l]] = true
	}
	return 1 / float32(max(1, len(different)))
}

// better keeps the stronger of two matches of one link.
func better(best map[int32]Match, m Match) {
	have, ok := best[m.Link]
	if !ok || m.How > have.How || m.How == have.How && (m.Cover > have.Cover || m.Cover == have.Cover && m.Word < have.Word) {
		best[m.Link] = m
	}
}

func ordered(best map[int32]Match) []Match {
	if len(best) == 0 {
		return nil
	}
	out := make([]Match, 0, len(best))
	for _, m := range best {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Match) int { return compareLinks(a.Link, b.Link) })
	return out
}
