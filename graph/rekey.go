package graph

import (
	"context"
	"slices"
	"strings"
)

// PlanRekey computes the change of a graph whose ids are all plain hashes, as those
// of earlier formats are, into one whose ids the namer of the view makes. It takes
// all nodes of the kinds that [Namer.Personal] names. Such a node gets the ids that
// it would have if its loads were applied anew, keeps keys, facts and edges, and is
// still found by the ids that it had: keyed, too, so that neither the store nor what
// it yields holds them any longer. Like [Plan] it is a pure function.
func PlanRekey(ctx context.Context, view View, nodes []*Node) (*Delta, error) {
	r := &rekeyer{namer: view.Naming(), moved: make(map[ID]ID, len(nodes)), delta: &Delta{Keys: map[Key]ID{}}}
	for _, n := range nodes {
		r.node(n)
	}
	if len(r.moved) > 0 {
		ids := make([]ID, len(nodes))
		for i, n := range nodes {
			ids[i] = n.ID
		}
		slices.Sort(ids)
		edges, err := view.EdgesOf(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, e := range edges {
			r.edge(e)
		}
	}
	slices.SortFunc(r.delta.Nodes, compareNodes)
	slices.SortFunc(r.delta.NodesRemoved, compareNodes)
	slices.SortFunc(r.delta.Edges, compareEdges)
	slices.SortFunc(r.delta.EdgesRemoved, compareEdges)
	slices.Sort(r.delta.KeysRemoved)
	return r.delta, ctx.Err()
}

// rekeyer is the state of one call of PlanRekey.
type rekeyer struct {
	namer *Namer
	moved map[ID]ID
	delta *Delta
}

func (r *rekeyer) node(old *Node) {
	n := &Node{Kind: old.Kind, Facts: old.Facts}
	plain := []ID{old.ID}
	for _, k := range old.Keys {
		if text, ref := strings.CutPrefix(string(k), idKeyPrefix); ref {
			plain = append(plain, ID(text))
			r.delta.KeysRemoved = append(r.delta.KeysRemoved, k)
		} else {
			n.Keys = append(n.Keys, k)
		}
	}
	var lost []ID
	for _, k := range n.Keys {
		if slices.Contains(plain, plainNodeID(k)) {
			lost = append(lost, r.namer.NodeID(k))
		}
	}
	if len(lost) == 0 { // made from a key that it has no longer
		lost = append(lost, r.namer.keyed(string(IDKey(old.ID))))
	}
	slices.Sort(lost)
	n.ID, lost = lost[0], lost[1:]
	for _, id := range plain {
		lost = append(lost, r.namer.alias(id))
	}
	slices.Sort(lost)
	for _, id := range lost {
		n.Keys = append(n.Keys, IDKey(id))
	}
	for _, k := range n.Keys {
		r.delta.Keys[k] = n.ID
	}
	r.moved[old.ID] = n.ID
	r.delta.Nodes = append(r.delta.Nodes, n)
	r.delta.NodesRemoved = append(r.delta.NodesRemoved, &Node{ID: old.ID, Kind: old.Kind})
}

func (r *rekeyer) edge(old *Edge) {
	after := func(id ID) ID {
		if now, ok := r.moved[id]; ok {
			return now
		}
		return id
	}
	e := *old
	e.From, e.To, e.Version = after(old.From), after(old.To), 0
	e.ID = r.namer.edgeID(e.Kind, e.From, e.To, e.Discriminator, true)
	r.delta.Edges = append(r.delta.Edges, &e)
	r.delta.EdgesRemoved = append(r.delta.EdgesRemoved, &Edge{ID: old.ID, Kind: old.Kind, From: old.From, To: old.To})
}
