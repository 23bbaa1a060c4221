package names

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/message"
	"liantu/resolve"
	"liantu/schema"
)

// Doubt holds the companies and persons whose joins a load may have made wrong: those
// with several keys that share a full name with a company that they are not, or of
// which sources state what they would not state of one.
type Doubt struct {
	keys map[graph.Key]bool // of all companies of such names
}

// Doubt returns the companies whose joins must be considered again.
func (n *Namesakes) Doubt() Doubt {
	d := Doubt{keys: map[graph.Key]bool{}}
	add := func(members ...int32) {
		for _, m := range members {
			for _, k := range n.book.list[m].Keys {
				d.keys[k] = true
			}
		}
	}
	for i := range n.book.list {
		if m := int32(i); n.book.find(m) == m && n.book.list[m].touched && n.book.severalKeys(m) && n.book.divided(m) {
			add(m)
		}
	}
	for _, set := range n.sets {
		members := n.current(set.members)
		if len(members) > 1 && slices.ContainsFunc(members, n.book.severalKeys) || slices.ContainsFunc(members, n.book.divided) {
			add(members...)
		}
	}
	for _, k := range n.book.people.doubt() {
		d.keys[k] = true
	}
	return d
}

// divided reports whether a company has two regions of registration, or two codes
// of one register.
func (b *Book) divided(m int32) bool {
	e := &b.list[m]
	x, _ := resolve.Contrary(e.Codes, e.Codes)
	return len(e.Regions) > 1 || x != ""
}

// severalKeys reports whether a company has more than one key but its lost ids, so
// that it may have been joined.
func (b *Book) severalKeys(m int32) bool {
	n := 0
	for _, k := range b.list[m].Keys {
		if k.Kind() != "" {
			n++
		}
	}
	return n > 1
}

// Mistaken reports whether any of the doubtful companies is joined with one that
// it would not be joined with now: a name that was one company's when it was
// joined may be that of two. What a store holds joined it holds as one node, so
// the parts are read from its ledger.
func (d Doubt) Mistaken(ctx context.Context, store graph.Store, model *schema.Model) (bool, error) {
	if len(d.keys) == 0 {
		return false, nil
	}
	loads, err := store.Loads(ctx, EqualID, LoadID)
	if err != nil || len(loads) == 0 {
		return false, err
	}
	now, parts, similar := NewBook(model), NewBook(model), false
	err = store.Ledger(ctx, func(e graph.Entry) error {
		join := Joins(e.Batch.Load.ID)
		similar = similar || e.Batch.Load.ID == LoadID
		for i := range e.Batch.Nodes {
			draft := &e.Batch.Nodes[i]
			if draft.Kind == judgementKind {
				parts.Add(draft.Kind, draft.Keys, draft.Facts, Place{})
			}
			keys := d.of(draft)
			if len(keys) == 0 {
				continue
			}
			now.Add(draft.Kind, keys, nil, Place{})
			if !join {
				parts.Add(draft.Kind, keys, draft.Facts, Place{})
			}
		}
		return nil
	})
	if err != nil {
		return false, message.Errorf("names: %w", err)
	}
	if _, err := parts.joinAll(ctx, similar, func([]graph.NodeDraft, string) error { return nil }); err != nil {
		return false, message.Errorf("names: %w", err)
	}
	return now.coarser(parts), nil
}

// of returns the keys of a draft of the ledger if it is about a doubtful node.
func (d Doubt) of(draft *graph.NodeDraft) []graph.Key {
	if draft.Kind != CompanyKind && draft.Kind != PersonKind {
		return nil
	}
	ours := false
	keys := make([]graph.Key, len(draft.Keys))
	for i, k := range draft.Keys {
		keys[i], _ = graph.FindsBy(k)
		ours = ours || d.keys[keys[i]]
	}
	if !ours {
		return nil
	}
	return keys
}

// coarser reports whether nodes are one in b that are several in parts.
func (b *Book) coarser(parts *Book) bool {
	partOf := map[int32]int32{}
	for _, keys := range []map[graph.Key]int32{parts.byKey, parts.people.byKey} {
		for k := range keys {
			whole, part := b.Number(k), parts.Number(k)
			if whole < 0 {
				continue
			}
			if known, ok := partOf[whole]; ok && known != part {
				return true
			}
			partOf[whole] = part
		}
	}
	return false
}
