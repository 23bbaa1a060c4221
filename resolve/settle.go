package resolve

import (
	"cmp"
	"slices"
)

// Pair is two companies by their positions in a list, and how sure it is that
// they are one.
type Pair struct {
	A, B   int
	Points float64
}

// Decisions are the pairs by which Settle joins companies. The order of pairs
// and of their ends has no meaning.
type Decisions struct {
	// Same are pairs that a person judged to be one company, Different those
	// that a person judged to be two. Unsure pairs wait for a judgement: they
	// are not joined directly by a found pair.
	Same, Different, Unsure []Pair
	// Found are pairs that Compare put into the band [Same].
	Found []Pair
}

// Settlement says which companies are one.
type Settlement struct {
	// Group holds for every company the smallest position among those that
	// are the same.
	Group []int
	// Contradicted are judged pairs, sorted, that together would join two
	// companies that are different; none of them is followed.
	Contradicted []Pair
	// Ambiguous are found pairs, sorted, that are not followed for that reason
	// or because one of their companies fits another one as well. They are for
	// review.
	Ambiguous []Pair
}

// ambiguity is by how many points the best of several companies must beat the
// next for a name to be taken for it.
const ambiguity = 6.0

// Settle joins companies that are the same, as the closure over the pairs
// that say so. Different wins: no group holds two companies that a person
// judged different or that have two codes of one register. Where the closure
// would join such companies, none of the pairs that lead there is followed.
// Judgements come first; a found pair never overrides one. The outcome depends
// on the pairs alone, not on their order.
func Settle(list []*Entity, d Decisions) Settlement {
	s := &settler{list: list, apart: map[[2]int]bool{}}
	for _, p := range d.Different {
		s.apart[ends(p)] = true
	}
	var out Settlement
	judged, dropped := s.follow(newUnion(len(list)), tidy(d.Same))
	out.Contradicted = dropped
	held := map[[2]int]bool{}
	for _, p := range slices.Concat(d.Unsure, dropped) {
		held[ends(p)] = true
	}
	found := slices.DeleteFunc(tidy(d.Found), func(p Pair) bool { return held[ends(p)] || s.apart[ends(p)] || s.differ(p) })
	found, rivals := s.unrivalled(judged, found)
	joined, more := s.follow(judged, found)
	out.Ambiguous = tidy(append(rivals, more...))
	out.Group = make([]int, len(list))
	for i := range out.Group {
		out.Group[i] = joined.find(i)
	}
	return out
}

// settler holds the companies and which of them must stay apart.
type settler struct {
	list  []*Entity
	apart map[[2]int]bool
}

func ends(p Pair) [2]int { return [2]int{min(p.A, p.B), max(p.A, p.B)} }

// tidy sorts pairs and drops repetitions and pairs of one.
func tidy(pairs []Pair) []Pair {
	list := make([]Pair, 0, len(pairs))
	for _, p := range pairs {
		if p.A != p.B {
			list = append(list, Pair{min(p.A, p.B), max(p.A, p.B), p.Points})
		}
	}
	slices.SortFunc(list, func(x, y Pair) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(y.Points, x.Points))
	})
	return slices.CompactFunc(list, func(x, y Pair) bool { return x.A == y.A && x.B == y.B })
}

// differ reports whether identifiers keep two companies apart.
func (s *settler) differ(p Pair) bool {
	v, ok := decide(s.list[p.A], s.list[p.B])
	return ok && v.Band == Different
}

// unrivalled splits off the pairs whose ends fit nothing else nearly as well.
// Two companies are rivals for a third if they may not be joined.
func (s *settler) unrivalled(u *union, pairs []Pair) (clear, rivals []Pair) {
	at := map[int][]Pair{}
	for _, p := range pairs {
		at[u.find(p.A)] = append(at[u.find(p.A)], p)
		at[u.find(p.B)] = append(at[u.find(p.B)], p)
	}
	rivalled := func(p Pair) bool {
		for _, end := range []int{u.find(p.A), u.find(p.B)} {
			mine := u.find(p.A) + u.find(p.B) - end
			for _, q := range at[end] {
				other := u.find(q.A) + u.find(q.B) - end
				if other != mine && q.Points > p.Points-ambiguity && s.conflict(u, mine, other) {
					return true
				}
			}
		}
		return false
	}
	for _, p := range pairs {
		if rivalled(p) {
			rivals = append(rivals, p)
		} else {
			clear = append(clear, p)
		}
	}
	return clear, rivals
}

// conflict reports whether any member of one group must stay apart from any of
// another.
func (s *settler) conflict(u *union, a, b int) bool {
	for _, x := range u.members(a) {
		for _, y := range u.members(b) {
			if s.apart[[2]int{min(x, y), max(x, y)}] || s.differ(Pair{A: x, B: y}) {
				return true
			}
		}
	}
	return false
}

// follow joins the pairs, except for those of groups that would hold companies
// that must stay apart; these it returns.
func (s *settler) follow(u *union, pairs []Pair) (joined *union, dropped []Pair) {
	all := u.clone()
	for _, p := range pairs {
		all.join(p.A, p.B)
	}
	bad := s.contradictory(all)
	if len(bad) == 0 {
		return all, nil
	}
	joined = u.clone()
	for _, p := range pairs {
		if bad[all.find(p.A)] {
			dropped = append(dropped, p)
		} else {
			joined.join(p.A, p.B)
		}
	}
	return joined, dropped
}

// contradictory returns the groups that hold companies that must stay apart.
func (s *settler) contradictory(u *union) map[int]bool {
	bad := map[int]bool{}
	for p := range s.apart {
		if u.find(p[0]) == u.find(p[1]) {
			bad[u.find(p[0])] = true
		}
	}
	type entry struct {
		group    int
		register string
	}
	values := map[entry]string{}
	for i, e := range s.list {
		for _, code := range e.Codes {
			k := entry{u.find(i), Register(code)}
			code = holding(code)
			if before, ok := values[k]; ok && before != code && u.size(i) > 1 {
				bad[k.group] = true
			}
			values[k] = code
		}
	}
	return bad
}

// union joins positions into groups that are named by their smallest member.
type union struct {
	parent []int
	list   map[int][]int // members of groups of more than one
}

func newUnion(n int) *union {
	u := &union{parent: make([]int, n), list: map[int][]int{}}
	for i := range u.parent {
		u.parent[i] = i
	}
	return u
}

func (u *union) clone() *union {
	c := &union{parent: slices.Clone(u.parent), list: make(map[int][]int, len(u.list))}
	for k, v := range u.list {
		c.list[k] = slices.Clone(v)
	}
	return c
}

func (u *union) find(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

func (u *union) join(a, b int) {
	a, b = u.find(a), u.find(b)
	if a == b {
		return
	}
	a, b = min(a, b), max(a, b)
	all := append(u.members(a), u.members(b)...)
	delete(u.list, b)
	u.parent[b], u.list[a] = a, all
}

func (u *union) members(group int) []int {
	group = u.find(group)
	if list, ok := u.list[group]; ok {
		return list
	}
	return []int{group}
}

func (u *union) size(i int) int { return len(u.members(i)) }
