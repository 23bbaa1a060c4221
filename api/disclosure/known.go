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

// knownNames finds the names of persons and contacts of a picture in a text. It holds
// eight bytes a name, a hash under a seed of its own, and no name; it belongs to the
// memo of the picture and goes with it.
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

// knownNamesOf returns the names of a picture, collected when they are first needed.
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
	slices.Sort(k.sums)
	k.sums = slices.Clip(slices.Compact(k.sums))
	return k
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
			k.addName(value)
		case []string:
			for _, one := range value {
				k.addName(one)
			}
		}
	}
}

func (k *knownNames) addName(name string) {
	name = schema.SimplifiedName(name)
	if n := utf8.RuneCountInString(name); n >= minName && n <= maxName {
		k.sums = append(k.sums, maphash.String(k.seed, name))
		k.lengths |= 1 << n
	}
}

func (k *knownNames) has(name string) bool {
	_, found := slices.BinarySearch(k.sums, maphash.String(k.seed, name))
	return found
}

// mask masks the names in a text, the longest at each place, whatever the width, case
// and script of the letters and whatever blanks and marks are between them. What
// looks like a name in the midst of a word of Latin letters is none.
func (k *knownNames) mask(text string) string {
	var plain strings.Builder // in the form of the names
	var at []int              // for each character of plain, where it begins in plain
	var from, to []int        // and where its original is in text
	for i, r := range text {
		folded := schema.SimplifiedName(string(r))
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || folded == "" {
			continue
		}
		for range utf8.RuneCountInString(folded) {
			from, to = append(from, i), append(to, i+utf8.RuneLen(r))
		}
		for j := range folded {
			at = append(at, plain.Len()+j)
		}
		plain.WriteString(folded)
	}
	at = append(at, plain.Len())
	var out strings.Builder
	done := 0 // of text
	for i := 0; i < len(from); {
		n := k.longest(text, plain.String(), at, from, to, i)
		if n == 0 {
			i++
			continue
		}
		out.WriteString(text[done:from[i]])
		out.WriteString(maskText(schema.TypeText, text[from[i]:to[i+n-1]]))
		done = to[i+n-1]
		i += n
	}
	return out.String() + text[done:]
}

// longest is the number of characters of the longest name at place i of the plain form
// of a text, 0 for none.
func (k *knownNames) longest(text, plain string, at, from, to []int, i int) int {
	for n := min(maxName, len(from)-i); n >= minName; n-- {
		if k.lengths&(1<<n) == 0 || !k.has(plain[at[i]:at[i+n]]) {
			continue
		}
		if whole(text, from[i], to[i+n-1]) {
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
