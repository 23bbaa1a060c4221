package graph

import (
	"context"
	"slices"
	"strings"
)

// RefKey is how the ledger holds the id of a node: as a reference to the node
// that a key finds. It finds the node but does not state the key, so that a
// draft that named the id creates no node.
func RefKey(k Key) Key { return Key(idKeyPrefix + string(k)) }

// FindsBy returns the key that finds the node of a key of the ledger, and
// whether that is a reference, as [RefKey] makes it.
func FindsBy(k Key) (found Key, ref bool) {
	text, ref := strings.CutPrefix(string(k), idKeyPrefix)
	return Key(text), ref
}

// forLedger returns the batch as the ledger holds it: the batch itself unless
// it names ids, which mean nothing in a graph that is rebuilt.
func (p *planner) forLedger() Batch {
	isID := func(k Key) bool { return strings.HasPrefix(string(k), idKeyPrefix) }
	byKey := func(k Key) Key {
		if id, ok := p.storedID(k); ok && isID(k) {
			return RefKey(p.nodes[id].Keys[0])
		}
		return k
	}
	b := Batch{Load: p.batch.Load, Nodes: p.batch.Nodes, Edges: p.batch.Edges}
	if slices.ContainsFunc(b.Nodes, func(d NodeDraft) bool { return slices.ContainsFunc(d.Keys, isID) }) {
		b.Nodes = slices.Clone(b.Nodes)
		for i := range b.Nodes {
			keys := slices.Clone(b.Nodes[i].Keys)
			for j, k := range keys {
				keys[j] = byKey(k)
			}
			b.Nodes[i].Keys = keys
		}
	}
	if slices.ContainsFunc(b.Edges, func(d EdgeDraft) bool { return isID(d.From) || isID(d.To) }) {
		b.Edges = slices.Clone(b.Edges)
		for i := range b.Edges {
			b.Edges[i].From, b.Edges[i].To = byKey(b.Edges[i].From), byKey(b.Edges[i].To)
		}
	}
	return b
}

// Applier applies batches, as a [Store] does.
type Applier interface {
	Apply(ctx context.Context, batch Batch) (Result, error)
}

// Replay applies the drafts of a ledger to an empty graph, nodes before edges.
// With a limit above 0 it applies only the batches up to that version, which
// gives the graph as it was then, except for loads that were taken back since; a
// draft that depends on a later batch is left out. The applied batches belong to
// no load.
func Replay(ctx context.Context, ledger Ledger, limit Version, into Applier) error {
	r := &replay{known: map[Key]bool{}}
	err := ledger(ctx, func(e Entry) error {
		if limit > 0 && e.Version > limit {
			return nil
		}
		if len(e.Batch.Edges) > 0 {
			r.edges = append(r.edges, e.Batch.Edges)
		}
		_, err := into.Apply(ctx, Batch{Nodes: r.own(e.Batch.Nodes)})
		return err
	})
	if err != nil {
		return err
	}
	for next := r.settled(); len(next) > 0; next = r.settled() {
		if _, err := into.Apply(ctx, Batch{Nodes: next}); err != nil {
			return err
		}
	}
	for _, edges := range r.edges {
		if _, err := into.Apply(ctx, Batch{Edges: r.joining(edges)}); err != nil {
			return err
		}
	}
	return nil
}

// replay is the state of one Replay.
type replay struct {
	known map[Key]bool // keys that find a node
	refs  []NodeDraft  // that refer to nodes which do not exist yet
	edges [][]EdgeDraft
}

// own holds back the drafts that refer to other nodes and returns the rest.
func (r *replay) own(drafts []NodeDraft) []NodeDraft {
	isRef := func(k Key) bool { _, ref := FindsBy(k); return ref }
	var own []NodeDraft
	for _, d := range drafts {
		if slices.ContainsFunc(d.Keys, isRef) {
			r.refs = append(r.refs, d)
			continue
		}
		own = append(own, d)
		for _, k := range d.Keys {
			r.known[k] = true
		}
	}
	return own
}

// settled returns those of the held-back drafts whose nodes exist now.
func (r *replay) settled() []NodeDraft {
	missing := func(k Key) bool { found, ref := FindsBy(k); return ref && !r.known[found] }
	var ready, waiting []NodeDraft
	for _, d := range r.refs {
		if slices.ContainsFunc(d.Keys, missing) {
			waiting = append(waiting, d)
			continue
		}
		keys := make([]Key, len(d.Keys))
		for i, k := range d.Keys {
			keys[i], _ = FindsBy(k)
			r.known[keys[i]] = true
		}
		d.Keys = keys
		ready = append(ready, d)
	}
	r.refs = waiting
	return ready
}

// joining returns the drafts whose ends exist.
func (r *replay) joining(drafts []EdgeDraft) []EdgeDraft {
	ready := make([]EdgeDraft, 0, len(drafts))
	for _, d := range drafts {
		d.From, _ = FindsBy(d.From)
		d.To, _ = FindsBy(d.To)
		if r.known[d.From] && r.known[d.To] {
			ready = append(ready, d)
		}
	}
	return ready
}

// Restate calls yield with batches of at most size drafts that state a whole
// graph again, nodes before edges: what a store writes into the ledger of a
// graph that was written before there was a ledger.
func Restate(ctx context.Context, r Reader, size int, yield func(Batch) error) error {
	names := map[ID]Key{}
	var b Batch
	flush := func() error {
		if len(b.Nodes)+len(b.Edges) == 0 {
			return nil
		}
		full := b
		b = Batch{}
		return yield(full)
	}
	_, err := r.Changes(ctx, 0, func(c Change) error {
		if n := c.Node; n != nil {
			names[n.ID] = n.Keys[0]
			isID := func(k Key) bool { return strings.HasPrefix(string(k), idKeyPrefix) }
			b.Nodes = append(b.Nodes, NodeDraft{Kind: n.Kind, Keys: slices.DeleteFunc(n.Keys, isID), Facts: n.Facts})
		} else if e := c.Edge; e != nil {
			b.Edges = append(b.Edges, EdgeDraft{Kind: e.Kind, From: names[e.From], To: names[e.To], Discriminator: e.Discriminator, Facts: e.Facts})
		}
		if len(b.Nodes)+len(b.Edges) < size {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}
