package graph

import (
	"context"
	"slices"
	"strings"
)

// planNodes computes the nodes after the batch.
func (p *planner) planNodes() {
	p.draftID = make([]ID, len(p.batch.Nodes))
	for _, g := range p.groups {
		p.planNode(g)
	}
}

// planNode computes one node after the batch, and what happens to the nodes of
// the store and the drafts that it consists of.
func (p *planner) planNode(g group) {
	kind := p.model.Node(p.batch.Nodes[g.drafts[0]].Kind)
	order := p.orderOf(kind)
	n := &Node{Kind: kind.Name}
	slices.Sort(g.stored)
	for _, id := range g.stored {
		old := p.nodes[id]
		n.Keys = append(n.Keys, old.Keys...)
		n.Facts = order.union(n.Facts, order.Sorted(old.Facts))
		if n.ID == "" {
			n.ID, n.Version = old.ID, old.Version
			continue
		}
		p.lose(old, n.ID)
		n.Keys = append(n.Keys, IDKey(id))
	}
	added, keyAdds := p.newKeys(n, g.drafts)
	facts, factAdds := order.add(n.Facts, len(g.drafts), func(i int) []Fact { return p.batch.Nodes[g.drafts[i]].Facts })
	grown := len(added) > 0 || len(facts) > len(n.Facts)
	fresh := len(g.stored) == 0
	if grown || fresh || len(g.stored) > 1 {
		n.Keys = sortKeys(kind, append(n.Keys, added...))
		n.Facts = facts
		if fresh {
			n.ID = p.namer.NodeID(n.Keys[0])
		}
		for _, k := range added {
			p.delta.Keys[k] = n.ID
		}
		p.delta.Nodes = append(p.delta.Nodes, n)
	}
	r := &p.delta.Result
	for i, d := range g.drafts {
		p.draftID[d] = n.ID
		switch {
		case fresh && i == 0:
			r.NodesCreated++
		case keyAdds[i] || factAdds[i] || p.joined[d]:
			r.NodesUpdated++
		default:
			r.NodesUnchanged++
		}
	}
}

// lose records that a node of the store was merged into another one.
func (p *planner) lose(n *Node, survivor ID) {
	p.final[n.ID] = survivor
	p.delta.NodesRemoved = append(p.delta.NodesRemoved, &Node{ID: n.ID, Kind: n.Kind})
	p.delta.Keys[IDKey(n.ID)] = survivor
	for _, k := range n.Keys {
		p.delta.Keys[k] = survivor
	}
	p.delta.Result.NodesMerged++
}

// newKeys returns the keys that drafts add to a node, and which drafts add any.
func (p *planner) newKeys(n *Node, drafts []int) (added []Key, adds []bool) {
	known := make(map[Key]bool, len(n.Keys)+2)
	for _, k := range n.Keys {
		known[k] = true
	}
	adds = make([]bool, len(drafts))
	for i, d := range drafts {
		for _, k := range p.batch.Nodes[d].Keys {
			if !known[k] && !strings.HasPrefix(string(k), idKeyPrefix) {
				known[k] = true
				added = append(added, k)
				adds[i] = true
			}
		}
	}
	return added, adds
}

// edgePlan is one edge after the batch and what it consists of.
type edgePlan struct {
	Edge
	moved  []*Edge // edges of the store that a merge of nodes moved here
	drafts []int
}

// planEdges computes the edges after the batch. The nodes must be planned.
func (p *planner) planEdges(ctx context.Context) error {
	plans := map[ID]*edgePlan{}
	if err := p.moveEdges(ctx, plans); err != nil {
		return err
	}
	for i, d := range p.batch.Edges {
		e := planEdge(plans, Edge{
			ID:   p.namer.EdgeID(d.Kind, p.endOf(d.From), p.endOf(d.To), d.Discriminator),
			Kind: d.Kind, From: p.nodeOf(d.From), To: p.nodeOf(d.To), Discriminator: d.Discriminator,
		})
		e.drafts = append(e.drafts, i)
	}
	wanted := make([]*Edge, 0, len(plans))
	for _, e := range plans {
		wanted = append(wanted, &e.Edge)
	}
	slices.SortFunc(wanted, compareEdges)
	stored, err := p.view.Edges(ctx, wanted)
	if err != nil {
		return err
	}
	for _, e := range wanted {
		p.finishEdge(plans[e.ID], stored[e.ID])
	}
	return nil
}

// planEdge returns the plan of an edge, of which what identifies it is set.
func planEdge(plans map[ID]*edgePlan, edge Edge) *edgePlan {
	e := plans[edge.ID]
	if e == nil {
		e = &edgePlan{Edge: edge}
		plans[edge.ID] = e
	}
	return e
}

// moveEdges moves the edges of lost nodes to the survivors.
func (p *planner) moveEdges(ctx context.Context, plans map[ID]*edgePlan) error {
	if len(p.final) == 0 {
		return nil
	}
	lost := make([]ID, 0, len(p.final))
	for id := range p.final {
		lost = append(lost, id)
	}
	slices.Sort(lost)
	edges, err := p.view.EdgesOf(ctx, lost)
	if err != nil {
		return err
	}
	for _, old := range edges {
		// The kinds of the ends stay, and so does whether the id is keyed.
		moved := Edge{Kind: old.Kind, From: p.survivor(old.From), To: p.survivor(old.To), Discriminator: old.Discriminator}
		moved.ID = p.namer.edgeID(moved.Kind, moved.From, moved.To, moved.Discriminator, p.namer.isKeyed(old))
		e := planEdge(plans, moved)
		e.moved = append(e.moved, old)
		p.delta.EdgesRemoved = append(p.delta.EdgesRemoved,
			&Edge{ID: old.ID, Kind: old.Kind, From: old.From, To: old.To})
	}
	return nil
}

// finishEdge merges what an edge consists of; stored is nil if the edge is not
// in the store under its present id.
func (p *planner) finishEdge(e *edgePlan, stored *Edge) {
	order := p.orderOf(p.model.EdgeKind(e.Kind))
	if stored != nil {
		e.Facts, e.Version = order.Sorted(stored.Facts), stored.Version
	}
	had := len(e.Facts)
	for _, old := range e.moved {
		e.Facts = order.union(e.Facts, order.Sorted(old.Facts))
	}
	facts, adds := order.add(e.Facts, len(e.drafts), func(i int) []Fact { return p.batch.Edges[e.drafts[i]].Facts })
	e.Facts = facts
	if stored == nil || len(facts) > had {
		edge := e.Edge
		p.delta.Edges = append(p.delta.Edges, &edge)
	}
	fresh := stored == nil && len(e.moved) == 0
	r := &p.delta.Result
	for i := range e.drafts {
		switch {
		case fresh && i == 0:
			r.EdgesCreated++
		case adds[i]:
			r.EdgesUpdated++
		default:
			r.EdgesUnchanged++
		}
	}
}

// nodeOf returns the node that a key finds after the batch.
func (p *planner) nodeOf(k Key) ID {
	if id, ok := p.storedID(k); ok {
		return p.survivor(id)
	}
	return p.draftID[p.owner[k]]
}

// endOf returns the node that a key finds after the batch as the end of an edge.
func (p *planner) endOf(k Key) End {
	kind := k.Kind()
	if kind == "" {
		if id, ok := p.storedID(k); ok {
			kind = p.nodes[id].Kind
		}
	}
	return End{kind, p.nodeOf(k)}
}

// survivor returns the node that a node of the store is part of after the batch.
func (p *planner) survivor(id ID) ID {
	if s, ok := p.final[id]; ok {
		return s
	}
	return id
}
