package names

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/message"
	"liantu/resolve"
	"liantu/schema"
)

// merged lists the pairs of companies that names alone have joined, those with the
// fewest points first. A store holds what is joined as one node, so the parts are read
// from its ledger. Pairs that a person judged the same are not among them.
func (b *Book) merged(ctx context.Context, store graph.Store, model *schema.Model) ([]ReviewItem, error) {
	wholes, d, err := b.joinedNodes(ctx, store)
	if err != nil || len(wholes) == 0 {
		return nil, err
	}
	parts := NewBook(model)
	err = store.Ledger(ctx, func(e graph.Entry) error {
		for i := range e.Batch.Nodes {
			draft := &e.Batch.Nodes[i]
			if keys := d.of(draft); len(keys) > 0 && draft.Kind == CompanyKind && !Joins(e.Batch.Load.ID) {
				parts.Add(draft.Kind, keys, draft.Facts, Place{})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	list := parts.companies()
	l := &mergedList{list: list, dir: newDirectory(b.kind, list), whole: newDirectory(b.kind, b.companies()), judged: map[[2]int]bool{}}
	together, _ := b.judged()
	for _, p := range l.dir.decisions(together).Same {
		l.judged[[2]int{min(p.A, p.B), max(p.A, p.B)}] = true
	}
	members := map[int32][]int{} // by whole
	for i, e := range list {
		if w := b.Number(e.Keys[0]); w >= 0 {
			members[w] = append(members[w], i)
		}
	}
	for _, w := range wholes {
		l.group(members[w])
	}
	slices.SortStableFunc(l.items, func(x, y ReviewItem) int {
		return cmp.Or(cmp.Compare(x.Points, y.Points), cmp.Compare(x.Left.Ref, y.Left.Ref), cmp.Compare(x.Right.Ref, y.Right.Ref))
	})
	return l.items, nil
}

// joinedNodes returns the numbers of the companies that joins of the ledger are about,
// in order, and all their keys.
func (b *Book) joinedNodes(ctx context.Context, store graph.Store) (wholes []int32, d Doubt, err error) {
	d = Doubt{keys: map[graph.Key]bool{}}
	loads, err := store.Loads(ctx, EqualID, LoadID)
	if err != nil || len(loads) == 0 {
		return nil, d, err
	}
	seen := map[int32]bool{}
	err = store.Ledger(ctx, func(e graph.Entry) error {
		if !Joins(e.Batch.Load.ID) {
			return nil
		}
		for i := range e.Batch.Nodes {
			k, _ := graph.FindsBy(e.Batch.Nodes[i].Keys[0])
			if n, ok := b.byKey[k]; ok && !seen[b.find(n)] {
				seen[b.find(n)] = true
				wholes = append(wholes, b.find(n))
			}
		}
		return nil
	})
	for _, n := range wholes {
		for _, k := range b.list[n].Keys {
			d.keys[k] = true
		}
	}
	return wholes, d, err
}

// mergedList collects pairs of companies that are one node.
type mergedList struct {
	list   []*Entry
	dir    *directory // of the parts
	whole  *directory // of the nodes of the store
	judged map[[2]int]bool
	items  []ReviewItem
}

// group adds the pairs of the parts of one node: those whose names say that they are
// one, and for a part that none of these explains the pair that is most alike.
func (l *mergedList) group(members []int) {
	if len(members) < 2 {
		return
	}
	entities := make([]*resolve.Entity, len(members))
	for i, m := range members {
		entities[i] = resolve.Prepare(l.list[m].Company)
	}
	explained := make([]bool, len(members))
	for i := range members {
		best, with := resolve.Verdict{}, -1
		for j := range members {
			if i == j {
				continue
			}
			v := resolve.Compare(entities[i], entities[j])
			pair := [2]int{min(members[i], members[j]), max(members[i], members[j])}
			switch {
			case l.judged[pair]:
				explained[i], explained[j] = true, true
			case v.Band == resolve.Same && i < j:
				explained[i], explained[j] = true, true
				l.add(members[i], members[j], v)
			case with < 0 || v.Points > best.Points:
				best, with = v, j
			}
		}
		if !explained[i] {
			explained[i], explained[with] = true, true
			l.add(members[i], members[with], best)
		}
	}
}

// add adds a pair, the company with fewer codes first.
func (l *mergedList) add(i, j int, v resolve.Verdict) {
	left, right := l.party(i), l.party(j)
	if len(left.Codes) > len(right.Codes) {
		left, right = right, left
	}
	l.items = append(l.items, ReviewItem{Kind: ReviewMerged, Left: left, Right: right, Points: v.Points, Reasons: v.Reasons, Relation: v.Relation})
}

// party describes a part, by a text that finds nothing else in the store.
func (l *mergedList) party(i int) ReviewParty {
	e := l.list[i]
	p := l.dir.party(e)
	if at, ok := l.whole.byKey[e.Keys[0]]; !ok || !slices.Equal(l.whole.lookup(p.Ref), []int{at}) {
		p.Ref = string(e.Keys[0])
	}
	return p
}

// errReview wraps an error of a review.
func errReview(err error) error { return message.Errorf("review: %w", err) }
