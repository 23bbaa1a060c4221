package names

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/schema"
)

// PersonKind is the kind whose nodes are joined by telephone and name, or by name,
// native region and employer.
const PersonKind = "Person"

// people holds the persons of a book. Persons that share a key are one. A row has one
// key only, so that two rows that differ in telephone, sex or code share none; which
// of them are one all the same is decided by [people.groups].
type people struct {
	numbers
	list []person
}

// person is a person of the book with what distinguishes it from others.
type person struct {
	keys                      []graph.Key
	names, regions, employers []string // as far as they are whole, names normalised
	codes, phones, genders    []string
	at                        Place
	touched                   bool
}

// add adds a person, or more facts of a known one.
func (p *people) add(keys []graph.Key, facts []graph.Fact, at Place) {
	id, fresh := p.number(keys, p.join)
	if int(id) == len(p.list) {
		p.list = append(p.list, person{at: at})
	}
	one := &p.list[id]
	one.keys = append(one.keys, fresh...)
	if at.File != nil && !one.touched {
		one.touched, one.at = true, at
	}
	for i := range facts {
		one.addFact(&facts[i])
	}
}

// addFact adds what a fact states of a person, unless it is masked.
func (p *person) addFact(f *graph.Fact) {
	value, ok := f.Value.(string)
	if !ok || schema.Masked(value) {
		return
	}
	var list *[]string
	switch f.Property {
	case "name":
		list, value = &p.names, schema.NormalName(value)
	case "native_region":
		list = &p.regions
	case "employer":
		list, value = &p.employers, schema.NormalName(value)
	case "code":
		list = &p.codes
	case "phone":
		list = &p.phones
	case "gender":
		list = &p.genders
	default:
		return
	}
	if !slices.Contains(*list, value) {
		*list = append(*list, value)
	}
}

// join joins two persons when a node has keys of both.
func (p *people) join(x, y int32) {
	to, from := &p.list[x], &p.list[y]
	into, lists := to.lists(), from.lists()
	for i, list := range lists {
		for _, value := range *list {
			if !slices.Contains(*into[i], value) {
				*into[i] = append(*into[i], value)
			}
		}
	}
	to.keys = append(to.keys, from.keys...)
	if from.touched && !to.touched {
		to.touched, to.at = true, from.at
	}
	p.list[y] = person{}
}

func (p *person) lists() [6]*[]string {
	return [6]*[]string{&p.names, &p.regions, &p.employers, &p.codes, &p.phones, &p.genders}
}

// handles returns the texts by which a person may be one with another: each telephone
// number with each name, and each name with each native region and employer.
func (p *person) handles() []string {
	var list []string
	for _, name := range p.names {
		for _, phone := range p.phones {
			list = append(list, phone+"\n"+name)
		}
		for _, region := range p.regions {
			for _, employer := range p.employers {
				list = append(list, strings.Join([]string{name, region, employer}, "\n"))
			}
		}
	}
	return list
}

// differ reports whether two persons are two whatever they share: both have codes,
// telephone numbers or a sex, and none in common.
func differ(x, y *person) bool {
	apart := func(a, b []string) bool {
		return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
	}
	return apart(x.codes, y.codes) || apart(x.phones, y.phones) || apart(x.genders, y.genders)
}

// alike are the persons who share a handle, directly or through others.
type alike struct {
	members []int32
	differ  bool // two of them do; then none of them is joined by what they share
}

// groups returns the persons who share a handle, of two and more. They are one if no
// two of them differ: a row without what distinguishes two namesakes is neither. The
// result depends on the persons, not on the order in which they were added.
func (p *people) groups() []alike {
	parent := map[int32]int32{}
	root := func(i int32) int32 {
		for up, ok := parent[i]; ok; up, ok = parent[i] {
			i = up
		}
		return i
	}
	first := map[string]int32{}
	for i := range p.list {
		if p.find(int32(i)) != int32(i) {
			continue
		}
		for _, handle := range p.list[i].handles() {
			if one, ok := first[handle]; !ok {
				first[handle] = int32(i)
			} else if x, y := root(one), root(int32(i)); x != y {
				parent[max(x, y)] = min(x, y)
			}
		}
	}
	members := map[int32][]int32{}
	for i := range p.list {
		if p.find(int32(i)) != int32(i) {
			continue
		}
		if up := root(int32(i)); up != int32(i) {
			members[up] = append(members[up], int32(i))
		}
	}
	var out []alike
	for up, list := range members {
		group := alike{members: append([]int32{up}, list...)}
		for i, x := range group.members {
			for _, y := range group.members[:i] {
				group.differ = group.differ || differ(&p.list[x], &p.list[y])
			}
		}
		out = append(out, group)
	}
	slices.SortFunc(out, func(x, y alike) int { return int(x.members[0]) - int(y.members[0]) })
	return out
}

// touched reports whether the load states something of one of the persons.
func (p *people) touched(list []int32) bool {
	return slices.ContainsFunc(list, func(m int32) bool { return p.list[m].touched })
}

// drafts joins the persons who are one: those of whom the load states something, or
// all. The drafts hold a key of each and no facts.
func (p *people) drafts(all bool) []graph.NodeDraft {
	var out []graph.NodeDraft
	for _, group := range p.groups() {
		if group.differ || !all && !p.touched(group.members) {
			continue
		}
		d := graph.NodeDraft{Kind: PersonKind}
		for _, m := range group.members {
			d.Keys = append(d.Keys, slices.Min(p.list[m].keys))
		}
		slices.Sort(d.Keys)
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y graph.NodeDraft) int { return strings.Compare(string(x.Keys[0]), string(y.Keys[0])) })
	return out
}

// Similar lists the rows of the load that state a person who shares telephone and
// name, or name, native region and employer, with another one and differs from it, so
// that both stay persons of their own, in the order in which they were added.
func (n *Namesakes) Similar() []Place {
	var out []Place
	p := &n.book.people
	for _, group := range p.groups() {
		for _, m := range group.members {
			if group.differ && p.list[m].touched {
				out = append(out, p.list[m].at)
			}
		}
	}
	return out
}

// doubt returns the keys of the persons whose joins must be considered again: one who
// may have been joined and shares a handle with somebody who differs, or of whom sources
// state what they would not state of one.
func (p *people) doubt() []graph.Key {
	var keys []graph.Key
	add := func(members []int32) {
		for _, m := range members {
			keys = append(keys, p.list[m].keys...)
		}
	}
	for i := range p.list {
		one := &p.list[i]
		if one.touched && len(one.keys) > 1 && (len(one.codes) > 1 || len(one.phones) > 1 || len(one.genders) > 1) {
			add([]int32{int32(i)})
		}
	}
	for _, group := range p.groups() {
		several := func(m int32) bool { return len(p.list[m].keys) > 1 }
		if group.differ && p.touched(group.members) && slices.ContainsFunc(group.members, several) {
			add(group.members)
		}
	}
	return keys
}
