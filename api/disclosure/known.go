package disclosure

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// knownNames finds names in a text. It holds eight bytes a name, a hash under a seed of
// its own, and no name; it belongs to the memo of a picture and goes with it.
type knownNames struct {
	seed    maphash.Seed
	sums    []uint64 // of names, ascending
	lengths uint64   // bit n: there is a name of n characters
}

// The lengths in characters of names that are looked for.
const (
	minName = 2
	maxName = 63
)

// notNames are personal texts that name no person: what they say is public elsewhere
// and would be missed in a note.
var notNames = []string{"post", "employer"}

// knownNamesOf returns the names of persons and contacts of a picture, collected when
// they are first needed.
func knownNamesOf(g *projection.Projection) *knownNames {
	type key struct{}
	return g.Memo(key{}, func() any { return collectNames(g) }).(*knownNames)
}

func collectNames(g *projection.Projection) *knownNames {
	k := &knownNames{seed: maphash.MakeSeed()}
	for _, kind := range g.Model().Nodes {
		if names := namingOf(kind); len(names) > 0 {
			for v, end := g.Range(kind.Name); v < end; v++ {
				k.add(g.Node(v).Facts, names)
			}
		}
	}
	for _, kind := range g.Model().Edges {
		if names := namingOf(kind); len(names) > 0 {
			for number := range int32(g.EdgeCount(kind.Name)) {
				edge, _, _ := g.Edge(kind.Name, number)
				k.add(edge.Facts, names)
			}
		}
	}
	k.seal()
	return k
}

// seal ends the adding of names.
func (k *knownNames) seal() {
	slices.Sort(k.sums)
	k.sums = slices.Clip(slices.Compact(k.sums))
}

// namingOf lists the properties of a kind that may name a person.
func namingOf(k *schema.Kind) []string {
	var names []string
	for _, p := range k.Properties {
		if p.Sensitivity == schema.Personal && (p.Type == schema.TypeText || p.Type == schema.TypeTexts) && !slices.Contains(notNames, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// add notes every value that a source states of the properties, also one that lost.
func (k *knownNames) add(facts []graph.Fact, properties []string) {
	for _, f := range facts {
		if !slices.Contains(properties, f.Property) {
			continue
		}
		switch value := f.Value.(type) {
		case string:
			k.addName("", value)
		case []string:
			for _, one := range value {
				k.addName("", one)
			}
		}
	}
}

// addName adds a name that is looked for at one place, "" for everywhere.
func (k *knownNames) addName(place graph.ID, name string) {
	name = schema.SimplifiedName(name)
	if n := utf8.RuneCountInString(name); n >= minName && n <= maxName {
		k.sums = append(k.sums, k.sum(place, name))
		k.lengths |= 1 << n
	}
}

func (k *knownNames) sum(place graph.ID, name string) uint64 {
	return maphash.String(k.seed, string(place)+"\x00"+name)
}

func (k *knownNames) has(place graph.ID, name string) bool {
	_, found := slices.BinarySearch(k.sums, k.sum(place, name))
	return found
}

// span is a part of a text.
type span struct{ from, to int }

// mask masks the names in a text.
func (k *knownNames) mask(text string) string {
	var out strings.Builder
	done := 0 // of text
	for _, s := range k.find("", text) {
		out.WriteString(text[done:s.from])
		out.WriteString(maskText(schema.TypeText, text[s.from:s.to]))
		done = s.to
	}
	return out.String() + text[done:]
}

// find finds the names of a place in a text, the longest at each point, whatever the
// width, case and script of the letters and whatever blanks and marks are between them.
// What looks like a name in the midst of a word of Latin letters is none.
func (k *knownNames) find(place graph.ID, text string) (found []span) {
	f := folded{text: text}
	var plain strings.Builder
	for i, r := range text {
		form := schema.SimplifiedName(string(r))
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || form == "" {
			continue
		}
		for j := range form {
			f.at = append(f.at, plain.Len()+j)
			f.spans = append(f.spans, span{i, i + utf8.RuneLen(r)})
		}
		plain.WriteString(form)
	}
	f.plain, f.at = plain.String(), append(f.at, plain.Len())
	for i := 0; i < len(f.spans); {
		n := k.longest(place, &f, i)
		if n == 0 {
			i++
			continue
		}
		found = append(found, span{f.spans[i].from, f.spans[i+n-1].to})
		i += n
	}
	return found
}

// folded is a text and its letters and digits in the form of the names.
type folded struct {
	text, plain string
	at          []int  // for each character of plain, where it begins in plain, and the end
	spans       []span // for each character of plain, its original in text
}

// longest is the number of characters of the longest name of a place at character i of a
// text, 0 for none.
func (k *knownNames) longest(place graph.ID, f *folded, i int) int {
	for n := min(maxName, len(f.spans)-i); n >= minName; n-- {
		if k.lengths&(1<<n) == 0 || !k.has(place, f.plain[f.at[i]:f.at[i+n]]) {
			continue
		}
		if whole(f.text, f.spans[i].from, f.spans[i+n-1].to) {
			return n
		}
	}
	return 0
}

// whole reports whether a part of a text neither begins nor ends within a word of
// Latin letters or digits.
func whole(text string, from, to int) bool {
	inWord := func(a, b rune) bool { return latin(a) && latin(b) }
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	first, _ := utf8.DecodeRuneInString(text[from:])
	last, _ := utf8.DecodeLastRuneInString(text[:to])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !inWord(before, first) && !inWord(last, after)
}

func latin(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) }
