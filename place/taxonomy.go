package place

import (
	"cmp"
	"slices"
	"strings"

	"liantu/message"
)

// A Link is a link of an industry chain as placement needs it.
type Link struct {
	Code     string
	Name     string
	Parent   string   // code of the link above, "" at the top of the chain
	Chain    string   // code of the chain
	Keywords []string // other words for it; =泵 matches only the whole thing
	Aliases  []string // further names, matched whole
	Products []string // products that belong to it, matched whole
	Same     []string // codes of equal links of other chains
	Closed   bool     // it holds no companies: a heading, a customer, an activity
}

// Taxonomy is the links in order of code, joined into trees.
type Taxonomy struct {
	links  []Link
	byCode map[string]int32
	above  [][]int32 // the open links above each, the nearest first
	depth  []int8    // 1 at the top of a chain
	leaf   []bool
	same   []int32           // the first of the equal links
	equal  map[int32][]int32 // by the first of them, all links that are equal; only where there are several
}

// NewTaxonomy joins links by their parents. Two links of one code, a parent that is
// missing and a circle of parents are errors; the first is returned.
func NewTaxonomy(links []Link) (*Taxonomy, error) {
	t := &Taxonomy{links: slices.Clone(links), byCode: make(map[string]int32, len(links))}
	slices.SortFunc(t.links, func(a, b Link) int { return strings.Compare(a.Code, b.Code) })
	for i, l := range t.links {
		if _, ok := t.byCode[l.Code]; ok {
			return nil, message.Errorf("two links have the code %q", l.Code)
		}
		t.byCode[l.Code] = int32(i)
	}
	n := len(t.links)
	t.above, t.depth, t.leaf, t.same = make([][]int32, n), make([]int8, n), make([]bool, n), make([]int32, n)
	for i := range t.leaf {
		t.leaf[i], t.same[i] = true, int32(i)
	}
	for i := range t.links {
		if err := t.climb(int32(i)); err != nil {
			return nil, err
		}
	}
	t.join()
	return t, nil
}

// climb fills in what is above a link.
func (t *Taxonomy) climb(i int32) error {
	at := i
	for depth := int8(1); ; depth++ {
		parent := t.links[at].Parent
		if parent == "" {
			t.depth[i] = depth
			return nil
		}
		p, ok := t.byCode[parent]
		if !ok {
			return message.Errorf("link %q: the link above it, %q, is missing", t.links[at].Code, parent)
		}
		if depth > 20 {
			return message.Errorf("link %q lies above itself", t.links[i].Code)
		}
		if at == i {
			t.leaf[p] = false
		}
		if !t.links[p].Closed {
			t.above[i] = append(t.above[i], p)
		}
		at = p
	}
}

// join gives all links that are equal, over any number of steps, the first of them.
func (t *Taxonomy) join() {
	for i, l := range t.links {
		for _, code := range l.Same {
			if o, ok := t.byCode[code]; ok {
				a, b := t.first(int32(i)), t.first(o)
				t.same[max(a, b)] = min(a, b)
			}
		}
	}
	all := map[int32][]int32{}
	for i := range t.same {
		t.same[i] = t.first(int32(i))
		all[t.same[i]] = append(all[t.same[i]], int32(i))
	}
	t.equal = map[int32][]int32{}
	for first, links := range all {
		if len(links) > 1 {
			t.equal[first] = links
		}
	}
}

// first follows the links that are the same to the first of them.
func (t *Taxonomy) first(i int32) int32 {
	for t.same[i] != i {
		t.same[i] = t.same[t.same[i]]
		i = t.same[i]
	}
	return i
}

// equals returns links and all that are equal to them, each once, in order.
func (t *Taxonomy) equals(links []int32) []int32 {
	out := slices.Clone(links)
	for _, l := range links {
		out = append(out, t.equal[t.same[l]]...)
	}
	slices.SortFunc(out, compareLinks)
	return slices.Compact(out)
}

// Len returns how many links there are.
func (t *Taxonomy) Len() int { return len(t.links) }

// onLine reports whether a link is another one, or lies below or above it.
func (t *Taxonomy) onLine(a, b int32) bool {
	return a == b || slices.Contains(t.above[a], b) || slices.Contains(t.above[b], a)
}

// compareLinks orders numbers of links.
func compareLinks(a, b int32) int { return cmp.Compare(a, b) }
