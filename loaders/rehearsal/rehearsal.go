// Package rehearsal takes the place of a store in a dry run: batches change a copy of
// the graph in memory, and what they would change can be listed.
//
// Package loaders imports it; it imports graph and schema.
package rehearsal

import (
	"context"
	"maps"

	"liantu/graph"
	"liantu/schema"
)

// Rehearsal replaces the store in a dry run: it begins with what the store holds,
// and plans every batch as a store does, in memory. It is its own [graph.View].
type Rehearsal struct {
	model    *schema.Model
	store    graph.Store // for its tombstones
	namer    *graph.Namer
	version  graph.Version
	keys     map[graph.Key]graph.ID
	nodes    map[graph.ID]*graph.Node
	edges    map[graph.ID]*graph.Edge
	touching map[graph.ID]map[graph.ID]bool // by node: the edges at it
	before   map[graph.ID]earlier           // elements that changed, as they were
	drafted  []graph.Key                    // one for every draft of a node
}

// New returns a rehearsal that begins with the contents of a store.
func New(ctx context.Context, model *schema.Model, store graph.Store) (*Rehearsal, error) {
	v := &Rehearsal{
		model: model, store: store, keys: map[graph.Key]graph.ID{}, nodes: map[graph.ID]*graph.Node{},
		edges: map[graph.ID]*graph.Edge{}, touching: map[graph.ID]map[graph.ID]bool{}, before: map[graph.ID]earlier{},
	}
	var err error
	if v.namer, err = store.Namer(ctx); err != nil {
		return nil, err
	}
	v.version, err = store.Changes(ctx, 0, func(c graph.Change) error {
		if n := c.Node; n != nil {
			v.nodes[n.ID] = n
			for _, k := range n.Keys {
				v.keys[k] = n.ID
			}
		}
		if c.Edge != nil {
			v.put(c.Edge)
		}
		return nil
	})
	return v, err
}

// Apply plans a batch and remembers its effect.
func (v *Rehearsal) Apply(ctx context.Context, batch graph.Batch) (graph.Result, error) {
	delta, err := graph.Plan(ctx, v.model, batch, v)
	if err != nil {
		return graph.Result{}, err
	}
	if !delta.Empty() {
		v.version++
	}
	delta.Stamp(v.version)
	v.record(batch, delta)
	for _, n := range delta.NodesRemoved {
		delete(v.nodes, n.ID)
	}
	for _, e := range delta.EdgesRemoved {
		delete(v.edges, e.ID)
		delete(v.touching[e.From], e.ID)
		delete(v.touching[e.To], e.ID)
	}
	for _, n := range delta.Nodes {
		v.nodes[n.ID] = n
	}
	for _, e := range delta.Edges {
		v.put(e)
	}
	maps.Copy(v.keys, delta.Keys)
	return delta.Result, nil
}

// record stores the elements that are about to change.
func (v *Rehearsal) record(batch graph.Batch, delta *graph.Delta) {
	for _, d := range batch.Nodes {
		v.drafted = append(v.drafted, d.Keys[0])
	}
	for _, n := range delta.Nodes {
		old, was := v.nodes[n.ID]
		if !was {
			old = n
		}
		v.remember(n.ID, n.Kind, old.Facts, !was)
	}
	for _, e := range delta.Edges {
		old, was := v.edges[e.ID]
		if !was {
			old = e
		}
		v.remember(e.ID, e.Kind, old.Facts, !was)
	}
}

func (v *Rehearsal) put(e *graph.Edge) {
	v.edges[e.ID] = e
	for _, end := range []graph.ID{e.From, e.To} {
		if v.touching[end] == nil {
			v.touching[end] = map[graph.ID]bool{}
		}
		v.touching[end][e.ID] = true
	}
}

// Naming implements [graph.View].
func (v *Rehearsal) Naming() *graph.Namer { return v.namer }

// NodeIDs implements [graph.View].
func (v *Rehearsal) NodeIDs(_ context.Context, keys []graph.Key) (map[graph.Key]graph.ID, error) {
	found := make(map[graph.Key]graph.ID)
	for _, k := range keys {
		if id, ok := v.keys[k]; ok {
			found[k] = id
		}
	}
	return found, nil
}

// Nodes implements [graph.View].
func (v *Rehearsal) Nodes(_ context.Context, ids []graph.ID) (map[graph.ID]*graph.Node, error) {
	found := make(map[graph.ID]*graph.Node)
	for _, id := range ids {
		if n, ok := v.nodes[id]; ok {
			found[id] = n
		}
	}
	return found, nil
}

// Edges implements [graph.View].
func (v *Rehearsal) Edges(_ context.Context, wanted []*graph.Edge) (map[graph.ID]*graph.Edge, error) {
	found := make(map[graph.ID]*graph.Edge)
	for _, w := range wanted {
		if e, ok := v.edges[w.ID]; ok {
			found[w.ID] = e
		}
	}
	return found, nil
}

// Tombstones implements [graph.View].
func (v *Rehearsal) Tombstones(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	return v.store.Tombstones(ctx, keys)
}

// EdgesOf implements [graph.View].
func (v *Rehearsal) EdgesOf(_ context.Context, ids []graph.ID) ([]*graph.Edge, error) {
	var found []*graph.Edge
	seen := map[graph.ID]bool{}
	for _, id := range ids {
		for e := range v.touching[id] {
			if !seen[e] {
				seen[e] = true
				found = append(found, v.edges[e])
			}
		}
	}
	return found, nil
}

// Stated returns by kind the nodes that the load states, as they would be.
func (v *Rehearsal) Stated() map[string][]*graph.Node {
	seen := map[graph.ID]bool{}
	nodes := map[string][]*graph.Node{}
	for _, k := range v.drafted {
		id := v.keys[k]
		if n := v.nodes[id]; n != nil && !seen[id] {
			seen[id] = true
			nodes[n.Kind] = append(nodes[n.Kind], n)
		}
	}
	return nodes
}

// Each calls do with every node, then with every edge, as they would be.
func (v *Rehearsal) Each(do func(graph.Change) error) error {
	for _, n := range v.nodes {
		if err := do(graph.Change{Node: n}); err != nil {
			return err
		}
	}
	for _, e := range v.edges {
		if err := do(graph.Change{Edge: e}); err != nil {
			return err
		}
	}
	return nil
}

// Joined reports whether an edge has the node at one of its ends.
func (v *Rehearsal) Joined(node graph.ID) bool { return len(v.touching[node]) > 0 }
