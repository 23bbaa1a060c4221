package graph

import (
	"context"
	"maps"
	"slices"

	"liantu/message"
)

// findEdges finds the edges that must be rebuilt: those that the load states
// and those of nodes that moved.
func (u *undoer) findEdges(ctx context.Context) error {
	ends := map[Key]bool{}
	for _, d := range u.stated {
		for _, k := range []Key{d.From, d.To} {
			found, _ := FindsBy(k)
			ends[found] = true
		}
	}
	nodes, err := u.lookUp(ctx, ends)
	if err != nil {
		return err
	}
	u.know(nodes)
	if len(u.moved) > 0 {
		edges, err := u.view.EdgesOf(ctx, sortedIDs(u.moved))
		if err != nil {
			return err
		}
		far := map[ID]bool{}
		for _, e := range edges {
			u.edges[e.ID] = e
			far[e.From], far[e.To] = true, true
		}
		if nodes, err = u.view.Nodes(ctx, sortedIDs(far)); err != nil {
			return err
		}
		u.know(nodes)
	}
	return u.findStated(ctx)
}

// know records all keys of nodes.
func (u *undoer) know(nodes map[ID]*Node) {
	for id, n := range nodes {
		for _, k := range n.Keys {
			u.idOf[k] = id
		}
	}
}

// findStated finds the edges that the load states.
func (u *undoer) findStated(ctx context.Context) error {
	wanted := map[ID]*Edge{}
	for _, d := range u.stated {
		e := u.present(d)
		wanted[e.ID] = e
	}
	list := slices.SortedFunc(maps.Values(wanted), compareEdges)
	found, err := u.view.Edges(ctx, list)
	if err != nil {
		return err
	}
	if len(found) != len(wanted) {
		return message.Errorf("the ledger has %d edges of which %d are missing", len(wanted), len(wanted)-len(found))
	}
	maps.Copy(u.edges, found)
	return nil
}

// present returns what identifies the edge of a draft as it is now; the ends
// must be known.
func (u *undoer) present(d EdgeDraft) *Edge {
	from, _ := FindsBy(d.From)
	to, _ := FindsBy(d.To)
	e := &Edge{Kind: d.Kind, From: u.idOf[from], To: u.idOf[to], Discriminator: d.Discriminator}
	e.ID = u.namer.EdgeID(e.Kind, End{from.Kind(), e.From}, End{to.Kind(), e.To}, e.Discriminator)
	return e
}

// rejoin rebuilds the edges.
func (u *undoer) rejoin(ctx context.Context) error {
	gone := map[Key]bool{}
	for _, k := range u.delta.KeysRemoved {
		gone[k] = true
	}
	plans := map[ID]*edgePlan{}
	drafts := map[ID][]EdgeDraft{}
	err := u.ledger(ctx, func(e Entry) error {
		if e.Batch.Load.ID == u.load {
			return nil
		}
		for _, d := range e.Batch.Edges {
			from, _ := FindsBy(d.From)
			to, _ := FindsBy(d.To)
			if gone[from] || gone[to] {
				u.needEdge(e.Batch.Load.ID, d.Kind, gone, from, to)
				continue
			}
			if u.idOf[from] == "" || u.idOf[to] == "" || u.edges[u.present(d).ID] == nil {
				continue
			}
			p := planEdge(plans, Edge{
				ID:   u.namer.EdgeID(d.Kind, End{from.Kind(), u.after(from)}, End{to.Kind(), u.after(to)}, d.Discriminator),
				Kind: d.Kind, From: u.after(from), To: u.after(to), Discriminator: d.Discriminator,
			})
			drafts[p.ID] = append(drafts[p.ID], d)
		}
		return nil
	})
	if err != nil {
		return err
	}
	u.compare(plans, drafts)
	return nil
}

// after returns the node that a key finds after the undo.
func (u *undoer) after(k Key) ID {
	if id, ok := u.newID[k]; ok {
		return id
	}
	return u.idOf[k]
}

// compare puts into the delta what has changed.
func (u *undoer) compare(plans map[ID]*edgePlan, drafts map[ID][]EdgeDraft) {
	for id, old := range u.edges {
		if plans[id] == nil {
			u.delta.EdgesRemoved = append(u.delta.EdgesRemoved, &Edge{ID: id, Kind: old.Kind, From: old.From, To: old.To})
		}
	}
	fresh := 0
	for id, p := range plans {
		e := p.Edge
		e.Facts, _ = FactOrderOf(u.model.EdgeKind(e.Kind)).add(nil, len(drafts[id]), func(i int) []Fact { return drafts[id][i].Facts })
		old := u.edges[id]
		if old != nil {
			e.Version = old.Version
			if slices.EqualFunc(e.Facts, old.Facts, sameFact) {
				continue
			}
		} else {
			fresh++
		}
		u.delta.Edges = append(u.delta.Edges, &e)
	}
	u.delta.Undone.EdgesChanged = len(u.delta.Edges)
	u.delta.Undone.EdgesRemoved = max(0, len(u.delta.EdgesRemoved)-fresh)
}
