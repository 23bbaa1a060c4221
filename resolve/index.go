package resolve

import (
	"cmp"
	"slices"
	"strings"
)

// Index finds the companies that may be the same as another one without
// comparing it with all. Two companies are compared when
//
//   - they share an identifier, or
//   - a 字号 of one is a 字号 of the other, or differs by one change of a
//     character (found by what is left of near 字号 without one character), and
//     the places of their names do not lie in different provinces.
//
// Compare puts every other pair of companies into the band [Different], so
// nothing is lost: a test compares the index with all pairs.
//
// Where one name meets more than [Crowd] companies, as with the shops of a
// chain, companies are skipped whose names cannot mean the same company: those
// of another trade, another branch or another 字号, without foreign names on both
// sides. No pair of the band [Same] and no branch with its
// company is lost; what is lost would at most be for [Review].
//
// An Index is immutable and may be used by several goroutines.
type Index struct {
	list   []*Entity
	cores  []coreBlock
	byCore map[string]int32
	stems  stems
	byCode map[string][]int32
}

// coreBlock holds the companies that have one 字号, by province.
type coreBlock struct {
	text    []rune
	members []member
}

type member struct {
	province string // of the name, "" for none
	at       int32
	name     int32 // of the company at that position
}

// Crowd is how many companies are compared with one name without comparing
// their trades first.
const Crowd = 500

// NewIndex returns an index of companies. It retains the slice.
func NewIndex(list []*Entity) *Index {
	x := &Index{list: list, byCore: make(map[string]int32, len(list)), byCode: map[string][]int32{}}
	for at, e := range list {
		for i := range e.names {
			x.add(&e.names[i], int32(at), int32(i))
		}
		for _, code := range e.Codes {
			x.byCode[code] = append(x.byCode[code], int32(at))
		}
	}
	for i := range x.cores {
		slices.SortStableFunc(x.cores[i].members, func(a, b member) int {
			return cmp.Or(strings.Compare(a.province, b.province), cmp.Compare(a.at, b.at))
		})
	}
	slices.Sort(x.stems)
	return x
}

func (x *Index) add(n *Name, at, name int32) {
	key := blockKey(n)
	id, known := x.byCore[key]
	if !known {
		id = int32(len(x.cores))
		x.byCore[key] = id
		x.cores = append(x.cores, coreBlock{text: []rune(n.Core)})
		x.stems.add(n.Core, id)
	}
	b := &x.cores[id]
	b.members = append(b.members, member{provinceOf(n.Place), at, name})
}

// blockKey is the 字号, and with it the trade where the 字号 alone is a place or
// a trade, so that not all that begins with 上海 is compared.
func blockKey(n *Name) string {
	if n.CorePlace {
		return n.Core + "\x00" + n.Trade
	}
	return n.Core
}

// Len returns the number of companies in the index.
func (x *Index) Len() int { return len(x.list) }

// At returns the company at a position.
func (x *Index) At(i int) *Entity { return x.list[i] }

// Candidates calls do once for every company of the index that may be the same
// as e or worth a review, in order of position. It finds e itself too.
func (x *Index) Candidates(e *Entity, do func(at int)) {
	var found []int32
	for _, code := range e.Codes {
		found = append(found, x.byCode[code]...)
	}
	var members []member
	for i := range e.names {
		n := &e.names[i]
		province := provinceOf(n.Place)
		members = members[:0]
		if id, ok := x.byCore[blockKey(n)]; ok {
			members = x.cores[id].take(members, province)
		}
		for _, id := range x.nearCores(n.Core) {
			members = x.cores[id].take(members, province)
		}
		crowded := len(members) > Crowd
		for _, m := range members {
			if !crowded || x.mayBeSame(e, n, m) {
				found = append(found, m.at)
			}
		}
	}
	slices.Sort(found)
	for _, at := range slices.Compact(found) {
		do(int(at))
	}
}

// mayBeSame reports whether a member of a block may mean the same company by
// this name, or be its branch. It checks little and errs on the side of yes.
func (x *Index) mayBeSame(e *Entity, n *Name, m member) bool {
	other := x.list[m.at]
	o := &other.names[m.name]
	if n.Branch != o.Branch && n.Branch != "" && o.Branch != "" {
		return false
	}
	if len(e.foreign) > 0 && len(other.foreign) > 0 {
		return true
	}
	return n.Core == o.Core && agreeTrade(n, o) != contrary
}

// take adds the members whose names are not of another province.
func (b *coreBlock) take(found []member, province string) []member {
	if province == "" {
		return append(found, b.members...)
	}
	for _, m := range b.members { // those without a place come first
		if m.province != "" {
			break
		}
		found = append(found, m)
	}
	from, _ := slices.BinarySearchFunc(b.members, province, func(m member, p string) int { return strings.Compare(m.province, p) })
	for _, m := range b.members[from:] {
		if m.province != province {
			break
		}
		found = append(found, m)
	}
	return found
}

// Match is a company of an index that may be the same as another one.
type Match struct {
	At      int
	Verdict Verdict
}

// Find returns the companies of the index that are the same as e or worth a
// review, the best first, equals in order of position, but not e itself.
func (x *Index) Find(e *Entity) []Match {
	var list []Match
	x.Candidates(e, func(at int) {
		if x.list[at] == e {
			return
		}
		if band, _, _ := Decide(e, x.list[at]); band == Different {
			return
		}
		list = append(list, Match{at, Compare(e, x.list[at])})
	})
	slices.SortStableFunc(list, func(a, b Match) int { return cmp.Compare(b.Verdict.Points, a.Verdict.Points) })
	return list
}
