package names

import (
	"cmp"
	"maps"
	"slices"

	"liantu/graph"
	"liantu/resolve"
)

// EqualID is the load of all joins of companies by equal full names, and of persons by
// telephone and name or by name, native region and employer, whichever load caused them. Undoing it leaves what identifiers join, and what the load
// [LoadID] does.
const EqualID = "equal-names"

// Joins reports whether a load is one of the two that hold joins of companies.
func Joins(load string) bool { return load == LoadID || load == EqualID }

// Namesakes are the companies of a book that share a full name with another one.
//
// A name identifies only what has no code. Companies with codes that have one name
// are one if no two of them have codes of one register or other regions of
// registration. What a list calls by the name alone is the only company with codes
// that has the name; where several have it, the name is none of them, and stays a
// company of its own until somebody decides. A name with a region of registration
// is the only company with codes that has both.
type Namesakes struct {
	book *Book
	sets []namesakes
	all  bool
}

// namesakes are the companies of one full name.
type namesakes struct {
	name    string  // normalised
	members []int32 // of the book, in the order in which they were added
	touched bool    // the load states something of one of them, or judges it
}

// Namesakes lists the names that several companies have, in the order of the
// names: those that the load touched or reaches through the other names of their
// companies, or all.
func (b *Book) Namesakes(all bool) *Namesakes {
	touched := b.freshlyJudged()
	first := make(map[string]int32, len(b.list))
	shared := map[string]*namesakes{}
	for i := range b.list {
		if b.find(int32(i)) != int32(i) {
			continue
		}
		for _, name := range b.list[i].full {
			one, ok := first[name]
			if !ok {
				first[name] = int32(i)
				continue
			}
			set := shared[name]
			if set == nil && one != int32(i) {
				set = &namesakes{name: name, members: []int32{one}, touched: all || b.list[one].touched || touched[one]}
				shared[name] = set
			}
			if set != nil && set.members[len(set.members)-1] != int32(i) {
				set.members = append(set.members, int32(i))
				set.touched = set.touched || b.list[i].touched || touched[int32(i)]
			}
		}
	}
	return &Namesakes{book: b, sets: reached(shared), all: all}
}

// reached returns the names that are touched, and those that have a company in
// common with one of them, and so on, in their order: what may be joined by one
// name depends on the others.
func reached(shared map[string]*namesakes) []namesakes {
	of := map[int32][]*namesakes{}
	var next []*namesakes
	for _, set := range shared {
		for _, m := range set.members {
			of[m] = append(of[m], set)
		}
		if set.touched {
			next = append(next, set)
		}
	}
	for len(next) > 0 {
		set := next[0]
		next = next[1:]
		for _, m := range set.members {
			for _, other := range of[m] {
				if !other.touched {
					other.touched = true
					next = append(next, other)
				}
			}
			delete(of, m)
		}
	}
	var sets []namesakes
	for _, name := range slices.Sorted(maps.Keys(shared)) {
		if shared[name].touched {
			sets = append(sets, *shared[name])
		}
	}
	return sets
}

// freshlyJudged returns the companies that this load judges.
func (b *Book) freshlyJudged() map[int32]bool {
	judged := map[int32]bool{}
	_, fresh := b.judged()
	if len(fresh) == 0 {
		return judged
	}
	list := b.companies()
	dir := newDirectory(b.kind, list)
	for text := range fresh {
		for _, i := range dir.lookup(text) {
			judged[b.at(list[i])] = true
		}
	}
	return judged
}

// Join joins the companies that are one by their full names: first those with
// codes, then those without with them; and the persons who are one. It calls apply
// with the drafts of each step, which hold a key of each node and no facts. The result
// depends on the nodes and the judgements, not on the order in which they were added.
func (n *Namesakes) Join(apply func([]graph.NodeDraft) error) error {
	for _, groups := range []func(map[[2]int32]bool) [][]int32{n.coded, n.plain} {
		found := groups(n.apart())
		if err := n.book.relate(len(found), slices.ContainsFunc(found, n.book.severalStored)); err != nil {
			return err
		}
		if len(found) > 0 && len(n.book.relations) > 0 {
			found = groups(n.apart())
		}
		drafts := n.book.drafts(found)
		if err := apply(drafts); err != nil {
			return err
		}
		n.book.Join(drafts)
	}
	persons := n.book.people.drafts(n.all)
	if err := apply(persons); err != nil {
		return err
	}
	n.book.Join(persons)
	return nil
}

// current returns the companies of which the members are part now.
func (n *Namesakes) current(members []int32) []int32 {
	list := make([]int32, len(members))
	for i, m := range members {
		list[i] = n.book.find(m)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// apart returns the pairs of companies that are judged different, or that an edge
// relates and nobody judged the same, the smaller first.
func (n *Namesakes) apart() map[[2]int32]bool {
	apart := map[[2]int32]bool{}
	if len(n.sets) == 0 {
		return apart
	}
	for pair := range n.book.related() {
		apart[pair] = true
	}
	together, _ := n.book.judged()
	if len(together) == 0 {
		return apart
	}
	list := n.book.companies()
	decided := newDirectory(n.book.kind, list).decisions(together)
	set := func(pairs []resolve.Pair, different bool) {
		for _, p := range pairs {
			x, y := n.book.at(list[p.A]), n.book.at(list[p.B])
			apart[[2]int32{min(x, y), max(x, y)}] = different
		}
	}
	set(decided.Same, false)
	set(decided.Different, true)
	return apart
}

// severalStored reports whether a store holds two of the companies.
func (b *Book) severalStored(list []int32) bool {
	n := 0
	for _, m := range list {
		if b.list[m].stored {
			n++
		}
	}
	return n > 1
}

// at returns the number of a company.
func (b *Book) at(e *Entry) int32 { return b.find(b.byKey[e.Keys[0]]) }

// split returns the present companies of a name, with codes and without.
func (n *Namesakes) split(set *namesakes) (coded, plain []int32) {
	for _, m := range n.current(set.members) {
		if len(n.book.list[m].Codes) > 0 {
			coded = append(coded, m)
		} else {
			plain = append(plain, m)
		}
	}
	return coded, plain
}

// coded returns the groups of companies with codes that are one. A company may
// have several names: what they would join together must be one as a whole.
func (n *Namesakes) coded(apart map[[2]int32]bool) [][]int32 {
	parent := map[int32]int32{}
	find := func(i int32) int32 {
		for p, ok := parent[i]; ok; p, ok = parent[i] {
			i = p
		}
		return i
	}
	var involved []int32
	for i := range n.sets {
		coded, _ := n.split(&n.sets[i])
		if len(coded) < 2 || !n.book.one(coded, apart) {
			continue
		}
		involved = append(involved, coded...)
		for _, m := range coded[1:] {
			if x, y := find(coded[0]), find(m); x != y {
				parent[max(x, y)] = min(x, y)
			}
		}
	}
	slices.Sort(involved)
	whole := map[int32][]int32{}
	for _, m := range slices.Compact(involved) {
		whole[find(m)] = append(whole[find(m)], m)
	}
	var groups [][]int32
	for _, group := range whole {
		if n.book.one(group, apart) {
			groups = append(groups, group)
		}
	}
	return groups
}

// plain returns the groups of a company with codes and those without that are the
// same: the only one with codes that has the name and, where a list states one,
// the region of registration.
func (n *Namesakes) plain(apart map[[2]int32]bool) [][]int32 {
	targets := map[int32][]int32{} // of each company without codes
	for i := range n.sets {
		coded, plain := n.split(&n.sets[i])
		byRegion := map[string][]int32{}
		for _, c := range coded {
			for _, region := range n.book.list[c].Regions {
				byRegion[region] = append(byRegion[region], c)
			}
		}
		for _, p := range plain {
			regions := n.book.list[p].Regions
			if len(regions) == 0 {
				targets[p] = append(targets[p], coded...)
			}
			for _, region := range regions {
				targets[p] = append(targets[p], byRegion[region]...)
			}
		}
	}
	groups := map[int32][]int32{}
	for p, list := range targets {
		slices.Sort(list)
		list = slices.Compact(list)
		if len(list) != 1 || apart[[2]int32{min(p, list[0]), max(p, list[0])}] {
			continue
		}
		groups[list[0]] = append(groups[list[0]], p)
	}
	out := make([][]int32, 0, len(groups))
	for to, list := range groups {
		out = append(out, append([]int32{to}, list...))
	}
	return out
}

// one reports whether companies with codes of one name may be one: they do not
// contradict each other, and those that have a region of registration have one in
// common.
func (b *Book) one(coded []int32, apart map[[2]int32]bool) bool {
	return b.compatible(coded, apart) && b.near(coded)
}

// compatible reports whether companies may be one: no two have codes of one
// register, which are different since a shared one would have made them one, and
// none is judged different from another.
func (b *Book) compatible(list []int32, apart map[[2]int32]bool) bool {
	owner := map[string]int32{} // by register
	for _, m := range list {
		for _, code := range b.list[m].Codes {
			register := resolve.Register(code)
			if known, ok := owner[register]; ok && known != m {
				return false
			}
			owner[register] = m
		}
	}
	if len(apart) == 0 {
		return true
	}
	for i, x := range list {
		for _, y := range list[:i] {
			if apart[[2]int32{min(x, y), max(x, y)}] {
				return false
			}
		}
	}
	return true
}

// near reports whether the companies that have a region of registration have one
// in common.
func (b *Book) near(list []int32) bool {
	var common []string
	for _, m := range list {
		regions := b.list[m].Regions
		if len(regions) == 0 {
			continue
		}
		if common == nil {
			common = slices.Clone(regions)
			continue
		}
		common = slices.DeleteFunc(common, func(r string) bool { return !slices.Contains(regions, r) })
	}
	return common == nil || len(common) > 0
}

// drafts turns groups of companies into drafts, in the order of their keys.
func (b *Book) drafts(groups [][]int32) []graph.NodeDraft {
	list := make([]graph.NodeDraft, len(groups))
	for i, group := range groups {
		list[i].Kind = CompanyKind
		for _, m := range group {
			list[i].Keys = append(list[i].Keys, b.handle(&b.list[m]))
		}
		slices.Sort(list[i].Keys)
	}
	slices.SortFunc(list, func(x, y graph.NodeDraft) int { return cmp.Compare(x.Keys[0], y.Keys[0]) })
	return list
}

// handle returns the key by which a company is joined: the first that is not a
// name, if it has one, so that the company follows its identifiers.
func (b *Book) handle(e *Entry) graph.Key {
	slices.Sort(e.Keys)
	for _, k := range e.Keys {
		if _, name := graph.FallbackText(b.kind, k); !name && k.Kind() != "" {
			return k
		}
	}
	return e.Keys[0]
}
