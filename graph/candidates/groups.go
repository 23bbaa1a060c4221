package candidates

import (
	"liantu/graph/landing"
	"liantu/graph/projection"
	"liantu/resolve"
)

// DiverseTop is how many of the best candidates are grouped: a list that people
// read. Those beyond stay in the order of their scores.
const DiverseTop = 200

// maxControl is the most steps from a company to whoever controls it.
const maxControl = 16

// diversify finds the groups among the best candidates and moves those behind
// the others of whose group enough are listed already, each part in its order.
// Two companies are of one group if one controls the other, or both are
// controlled, in any number of steps, by one; or if their names or those of
// whoever controls them have the same 字号, as long as that is not the name of a
// place or a trade. It returns the new order and how many were moved.
func (s *search) diversify(best []ranked) (order []standing, moved int) {
	groups := map[string]*Group{}
	byHead := map[projection.Vertex]string{}
	keys := make([]string, len(best))
	for i, c := range best {
		head := s.controller(c.company)
		key, known := byHead[head]
		if !known {
			key = s.groupKey(head)
			byHead[head] = key
		}
		keys[i] = key
		if groups[key] == nil {
			groups[key] = &Group{Head: head}
		}
		group := groups[key]
		group.Size++
		if group.Head != head { // held together by the name
			group.Name = key
		}
	}
	var back []standing
	listed := map[string]int{}
	for i, c := range best {
		x := standing{ranked: c}
		if group := groups[keys[i]]; group.Size > 1 {
			x.group = group
		}
		listed[keys[i]]++
		if x.setBack = listed[keys[i]] > s.settings.CandidatesPerGroup; x.setBack {
			back = append(back, x)
		} else {
			order = append(order, x)
		}
	}
	return append(order, back...), len(back)
}

// maxNames is the most names of groups that a picture caches.
const maxNames = 20_000

// groupKey is the 字号 of a company's name, or its id if the name has none that
// is its own.
func (s *search) groupKey(head projection.Vertex) string {
	type memoKey struct{}
	memo := s.Picture.Memo(memoKey{}, func() any { return projection.NewMemo(maxNames) }).(*projection.Memo)
	return memo.Get(head, func() any {
		name := resolve.Parse(s.Picture.Text(head, "name"))
		if name.Core == "" || name.CorePlace || len([]rune(name.Core)) < 2 {
			return string(s.Picture.ID(head))
		}
		return name.Core
	}).(string)
}

// controller returns the company at the top of the chain of holders of more
// than half of the shares, the company itself if nobody holds as much. In a
// ring it is the member with the smallest vertex.
func (s *search) controller(company projection.Vertex) projection.Vertex {
	top := company
	seen := []projection.Vertex{company}
	for range maxControl {
		holder, _ := landing.HolderOf(s.Picture, top)
		if holder == projection.None {
			return top
		}
		for i, v := range seen {
			if v == holder {
				for _, w := range seen[i:] {
					holder = min(holder, w)
				}
				return holder
			}
		}
		seen = append(seen, holder)
		top = holder
	}
	return top
}
