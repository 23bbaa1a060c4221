package names

import "liantu/graph"

// numbers gives a number to what shares keys: what shares one with several others is
// one with all of them, and has the smallest of their numbers.
type numbers struct {
	parent []int32
	byKey  map[graph.Key]int32
}

// number returns the number of what has the keys, the next one if none of them is
// known, and the keys that were not known. It calls join for each two numbers that the
// keys show to be one, with the one that stays first.
func (n *numbers) number(keys []graph.Key, join func(to, from int32)) (id int32, fresh []graph.Key) {
	id = -1
	for _, k := range keys {
		known, ok := n.byKey[k]
		if !ok {
			continue
		}
		switch known = n.find(known); {
		case id < 0:
			id = known
		case id != known:
			to, from := min(id, known), max(id, known)
			n.parent[from], id = to, to
			join(to, from)
		}
	}
	if id < 0 {
		id = int32(len(n.parent))
		n.parent = append(n.parent, id)
	}
	for _, k := range keys {
		if _, ok := n.byKey[k]; !ok {
			n.byKey[k] = id
			fresh = append(fresh, k)
		}
	}
	return id, fresh
}

// find returns the number that stands for a number.
func (n *numbers) find(i int32) int32 {
	for n.parent[i] != i {
		n.parent[i] = n.parent[n.parent[i]]
		i = n.parent[i]
	}
	return i
}
