package projection

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"liantu/schema"
)

// Hit is a vertex found by a search.
type Hit struct {
	Vertex   Vertex
	Score    float64 // 1 for exactly the text, down to 0
	Property string  // the property that matched
	Text     string  // its value
}

// searchBudget limits how many index entries one search reads.
const searchBudget = 200_000

// textIndex finds texts by their characters and pairs of characters, which
// suits Chinese, where words are short and not separated. That of a projection made by
// [Projection.With] holds the texts that this adds, which come last.
type textIndex struct {
	under   *textIndex // the entries before; nil for none
	first   int32      // the number of the first entry here
	entries []entry
	grams   map[string][]int32 // one or two characters → entries, ascending
	spare   sync.Pool          // of *shares
}

// entry returns an entry by its number.
func (x *textIndex) entry(number int32) *entry {
	if number < x.first {
		return x.under.entry(number)
	}
	return &x.entries[number-x.first]
}

// list returns the numbers of the entries that have a gram, ascending.
func (x *textIndex) list(gram string) []int32 {
	own := x.grams[gram]
	if x.under == nil {
		return own
	}
	under := x.under.list(gram)
	if len(own) == 0 {
		return under
	}
	return slices.Concat(under, own)
}

// size counts the entries.
func (x *textIndex) size() int { return int(x.first) + len(x.entries) }

// Search finds nodes of the given kinds, or of all kinds if none is given, by
// code, name, short name and other names. The best come first: exactly the text,
// then texts that begin with it, then those that contain it, then those that
// it spells in pinyin (haikang for 海康, hkws by initials), then those that share at
// least half of its pairs of characters; within these the closer in
// length, then the smaller vertex. A node is found once, by its best text. A text
// that is exactly a code finds what has this code and nothing else. An
// empty text finds nothing. At most limit hits are returned. If the context ends
// first its error is returned.
func (p *Projection) Search(ctx context.Context, text string, limit int, kinds ...string) ([]Hit, error) {
	return p.search(ctx, text, limit, 0.5, kinds)
}

// Near finds what may have been meant by a text that finds nothing. It works as
// [Projection.Search], but after texts that contain the text come those that
// differ from it in few characters, larger regions before those in them, and a
// quarter of the pairs of characters is enough.
func (p *Projection) Near(ctx context.Context, text string, limit int, kinds ...string) ([]Hit, error) {
	hits, err := p.search(ctx, text, limit, 0.25, kinds)
	if err != nil {
		return nil, err
	}
	typos, err := p.typos(ctx, schema.SimplifiedName(text), kinds)
	if err != nil {
		return nil, err
	}
	at := 0 // of the first hit that only shares pairs with the text
	for at < len(hits) && hits[at].Score > overlapping {
		at++
	}
	typos = slices.DeleteFunc(typos, func(s Hit) bool {
		return slices.ContainsFunc(hits[:at], func(h Hit) bool { return h.Vertex == s.Vertex })
	})
	rest := slices.DeleteFunc(hits[at:], func(h Hit) bool {
		return slices.ContainsFunc(typos, func(s Hit) bool { return h.Vertex == s.Vertex })
	})
	hits = slices.Concat(hits[:at], typos, rest)
	return hits[:max(0, min(len(hits), limit))], nil
}

func (p *Projection) search(ctx context.Context, text string, limit int, share float64, kinds []string) ([]Hit, error) {
	query := schema.SimplifiedName(text)
	if query == "" || limit <= 0 {
		return nil, nil
	}
	if exact := p.coded(text, kinds); len(exact) > 0 {
		return bestHits(exact, limit), nil
	}
	index, wanted := p.textIndex(), newTerms(query)
	var hits []Hit
	found := index.candidates(wanted.grams)
	defer index.release(found)
	for i, visited := 0, 0; i < len(found.numbers); visited++ { // i advances by all entries of a vertex
		if visited%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		vertex := index.entry(found.numbers[i]).vertex
		named := len(kinds) == 0 || slices.Contains(kinds, p.Kind(vertex))
		best := Hit{Vertex: vertex}
		for ; i < len(found.numbers) && index.entry(found.numbers[i]).vertex == vertex; i++ {
			number := found.numbers[i]
			e := index.entry(number)
			if !named {
				continue
			}
			score := wanted.closeness(e, int(found.shared[number]), share)
			if score -= 0.01 * float64(max(e.strength-1, min(e.strength, 1))); score > best.Score {
				best = Hit{Vertex: vertex, Score: score, Property: e.property, Text: e.text}
			}
		}
		if best.Score > 0 {
			hits = append(hits, best)
		}
		if len(hits) >= 2*limit+64 {
			hits = bestHits(hits, limit)
		}
	}
	spelled, err := p.spelled(ctx, query, limit, func(v Vertex) bool {
		return (len(kinds) == 0 || slices.Contains(kinds, p.Kind(v))) && !slices.ContainsFunc(hits, func(h Hit) bool { return h.Vertex == v })
	})
	return bestHits(append(hits, spelled...), limit), err
}

// coded returns the nodes of the kinds that have a text as their code: a code of a
// region, a link or a chain, a USCC, a LEI, or a stock code in any way of writing it,
// with or without its exchange.
func (p *Projection) coded(text string, kinds []string) []Hit {
	queries := []string{schema.NormalName(text)}
	if code, err := schema.ParseStockCode(text); err == nil {
		queries = append(queries, schema.NormalName(code))
	}
	var found []Hit
	for _, query := range queries {
		for _, n := range p.texts(query) {
			if len(kinds) > 0 && !slices.Contains(kinds, p.Kind(n.vertex)) || slices.ContainsFunc(found, func(h Hit) bool { return h.Vertex == n.vertex }) {
				continue
			}
			for _, e := range p.entriesOf(n.vertex) {
				if e.normal == query && (e.strength == byIdentifier || e.property == "stock_code") {
					found = append(found, Hit{Vertex: n.vertex, Score: 1, Property: e.property, Text: e.text})
					break
				}
			}
		}
	}
	return found
}

// bestHits returns the best hits, in order.
func bestHits(hits []Hit, limit int) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Vertex, b.Vertex))
	})
	return hits[:min(len(hits), limit)]
}

// overlapping is the greatest score of a text that only shares pairs of
// characters with the query.
const overlapping = 0.55

// terms is a query.
type terms struct {
	text   string
	length float64 // in characters
	grams  []string
}

func newTerms(query string) *terms {
	return &terms{text: query, length: float64(utf8.RuneCountInString(query)), grams: grams(query)}
}

// closeness returns the score of a text that shares a number of grams with the
// query, 0 if it is not close.
func (q *terms) closeness(e *entry, shared int, share float64) float64 {
	overlap := float64(shared) / float64(len(q.grams))
	text := e.normal
	within := strings.Index(text, q.text)
	if within < 0 && overlap < share {
		return 0
	}
	t := float64(utf8.RuneCountInString(text))
	length := min(q.length, t) / max(q.length, t)
	switch {
	case within == 0 && len(text) == len(q.text):
		return 1
	case within == 0:
		return 0.8 + 0.15*length
	case within > 0:
		return 0.6 + 0.15*length
	}
	return 0.5*overlap + 0.05*length
}

// grams returns the different pairs of neighbouring characters of a text, and
// the character itself for a text of one.
func grams(text string) []string {
	var found []string
	last := -1
	for i := 0; i < len(text); {
		_, width := utf8.DecodeRuneInString(text[i:])
		if last >= 0 {
			found = append(found, text[last:i+width])
		}
		last = i
		i += width
	}
	if len(found) == 0 && text != "" {
		return []string{text}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// textIndex returns the index, which is made when it is first needed.
func (p *Projection) textIndex() *textIndex {
	type key struct{}
	if p.more != nil && len(p.ownText) == 0 {
		return p.more.under.textIndex()
	}
	return p.Memo(key{}, func() any { return newTextIndex(p) }).(*textIndex)
}

func newTextIndex(p *Projection) *textIndex {
	index, from := &textIndex{grams: map[string][]int32{}}, Vertex(0)
	if p.more != nil {
		index.under, from = p.more.under.textIndex(), Vertex(len(p.more.under.nodes))
		index.first = int32(index.under.size())
	}
	for v := from; int(v) < len(p.nodes); v++ {
		for _, e := range p.entriesOf(v) {
			e.normal = schema.SimplifiedName(e.text)
			index.entries = append(index.entries, e)
		}
	}
	for i, e := range index.entries {
		number := index.first + int32(i)
		for _, g := range grams(e.normal) {
			index.grams[g] = append(index.grams[g], number)
		}
		// Single characters are indexed too, for queries of one.
		for _, r := range e.normal {
			g := string(r)
			if list := index.grams[g]; len(list) == 0 || list[len(list)-1] != number {
				index.grams[g] = append(list, number)
			}
		}
	}
	return index
}

// shares lists the entries that share grams with the query.
type shares struct {
	numbers []int32 // of the entries, ascending
	shared  []uint8 // by number, how many grams they share, 0 for the others
}

// maxShared is the limit to which grams are counted; names are not that long.
const maxShared = math.MaxUint8

// candidates counts how many of the grams each entry shares, rare grams first
// until the budget is used up. The result must be released.
func (x *textIndex) candidates(grams []string) *shares {
	lists := make([][]int32, 0, 8)
	for _, g := range grams {
		if list := x.list(g); len(list) > 0 {
			lists = append(lists, list)
		}
	}
	slices.SortStableFunc(lists, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	s, ok := x.spare.Get().(*shares)
	if !ok {
		s = &shares{shared: make([]uint8, x.size())}
	}
	budget := searchBudget
	for _, list := range lists {
		list = list[:min(len(list), budget)]
		budget -= len(list)
		for _, number := range list {
			if s.shared[number] == 0 {
				s.numbers = append(s.numbers, number)
			}
			if s.shared[number] < maxShared {
				s.shared[number]++
			}
		}
	}
	slices.Sort(s.numbers)
	return s
}

// release makes the memory of a search available to the next one.
func (x *textIndex) release(s *shares) {
	for _, number := range s.numbers {
		s.shared[number] = 0
	}
	s.numbers = s.numbers[:0]
	x.spare.Put(s)
}
