package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// Ledger streams the entries of a store to [PlanUndo], as [Store.Ledger] does
// but from the same state as the view.
type Ledger func(ctx context.Context, yield func(Entry) error) error

// PlanUndo computes the effect of taking a load back from the graph that view
// shows and whose ledger is given. Like [Plan] it is a pure function.
//
// The nodes that the load is about are rebuilt from what the other loads state
// of them, and so are the edges that the load states and the edges of nodes that
// are removed or split. A node keeps its id, or takes back one that it lost in a
// merge, as long as some load states the key that the id was made from; else it
// gets the id of its strongest key.
//
// If other loads depend on this one the error is a [*DependencyError]; any other
// error comes from the view, the ledger or the context.
func PlanUndo(ctx context.Context, model *schema.Model, load string, ledger Ledger, view View) (*Delta, error) {
	u := &undoer{
		model: model, load: load, ledger: ledger, view: view, namer: view.Naming(),
		nodes: map[ID]*Node{}, idOf: map[Key]ID{}, drafts: map[ID][]NodeDraft{}, loads: map[ID][]string{},
		newID: map[Key]ID{}, edges: map[ID]*Edge{}, needs: map[Dependency]bool{}, delta: &Delta{Keys: map[Key]ID{}},
	}
	for _, step := range []func(context.Context) error{u.own, u.others, u.regroup, u.findEdges, u.rejoin} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	if u.count > 0 {
		return nil, u.dependency()
	}
	u.sort()
	return u.delta, ctx.Err()
}

// undoer is the state of one call of PlanUndo.
type undoer struct {
	model  *schema.Model
	load   string
	ledger Ledger
	view   View
	namer  *Namer

	nodes  map[ID]*Node       // that the load is about
	idOf   map[Key]ID         // by every key of these nodes, and of the ends of edges below
	stated []EdgeDraft        // of the load
	drafts map[ID][]NodeDraft // of other loads, by node
	loads  map[ID][]string    // the loads of these drafts
	newID  map[Key]ID         // after the undo, by every key of these nodes that stays
	moved  map[ID]bool        // nodes that are removed, split or got another id
	edges  map[ID]*Edge       // that must be rebuilt
	needs  map[Dependency]bool
	count  int
	delta  *Delta
}

// own finds the nodes and the edges that the load is about.
func (u *undoer) own(ctx context.Context) error {
	keys := map[Key]bool{}
	err := u.ledger(ctx, func(e Entry) error {
		if e.Batch.Load.ID != u.load {
			return nil
		}
		for _, d := range e.Batch.Nodes {
			k, _ := FindsBy(d.Keys[0])
			keys[k] = true
		}
		u.stated = append(u.stated, e.Batch.Edges...)
		return nil
	})
	if err != nil {
		return err
	}
	if u.nodes, err = u.lookUp(ctx, keys); err != nil {
		return err
	}
	for id, n := range u.nodes {
		for _, k := range n.Keys {
			u.idOf[k] = id
		}
	}
	return nil
}

// lookUp returns the nodes that keys find.
func (u *undoer) lookUp(ctx context.Context, keys map[Key]bool) (map[ID]*Node, error) {
	found, err := u.view.NodeIDs(ctx, slices.Sorted(maps.Keys(keys)))
	if err != nil {
		return nil, err
	}
	ids := map[ID]bool{}
	for k := range keys {
		id, ok := found[k]
		if !ok {
			return nil, message.Errorf("the ledger has the key %q, which finds no node", k)
		}
		ids[id] = true
	}
	return u.view.Nodes(ctx, sortedIDs(ids))
}

// others collects what other loads state of these nodes.
func (u *undoer) others(ctx context.Context) error {
	return u.ledger(ctx, func(e Entry) error {
		if e.Batch.Load.ID == u.load {
			return nil
		}
		for _, d := range e.Batch.Nodes {
			k, _ := FindsBy(d.Keys[0])
			if id, ok := u.idOf[k]; ok {
				u.drafts[id] = append(u.drafts[id], d)
				u.loads[id] = append(u.loads[id], e.Batch.Load.ID)
			}
		}
		return nil
	})
}

// regroup rebuilds the nodes.
func (u *undoer) regroup(context.Context) error {
	u.moved = map[ID]bool{}
	for _, id := range slices.Sorted(maps.Keys(u.nodes)) {
		u.remake(u.nodes[id])
	}
	return nil
}

// remake rebuilds one node from its remaining drafts, which may make several.
func (u *undoer) remake(old *Node) {
	drafts := u.drafts[old.ID]
	stated := map[Key]bool{}
	for _, d := range drafts {
		for _, k := range d.Keys {
			if found, ref := FindsBy(k); !ref {
				stated[found] = true
			}
		}
	}
	for i, d := range drafts {
		for _, k := range d.Keys {
			if found, ref := FindsBy(k); ref && !stated[found] {
				u.need(u.loads[old.ID][i], d.Kind, found)
			}
		}
	}
	gone := map[Key]bool{}
	for _, k := range old.Keys {
		gone[k] = true
	}
	groups := components(drafts)
	survives := false
	for _, group := range groups {
		n := u.node(old, drafts, group)
		if n == nil {
			continue // only references, which were recorded as needs
		}
		survives = survives || n.ID == old.ID
		for _, k := range n.Keys {
			delete(gone, k)
			u.newID[k] = n.ID
		}
		u.add(old, n)
	}
	u.delta.KeysRemoved = append(u.delta.KeysRemoved, slices.Collect(maps.Keys(gone))...)
	if !survives {
		u.delta.NodesRemoved = append(u.delta.NodesRemoved, &Node{ID: old.ID, Kind: old.Kind})
	}
	if !survives || len(groups) > 1 {
		u.moved[old.ID] = true
	}
	switch {
	case len(groups) == 0:
		u.delta.Undone.NodesRemoved++
	case len(groups) > 1:
		u.delta.Undone.NodesSplit += len(groups) - 1
	}
}

// add records a node that remains, unless it is unchanged.
func (u *undoer) add(old, n *Node) {
	if n.ID == old.ID {
		n.Version = old.Version
		if slices.Equal(n.Keys, old.Keys) && slices.EqualFunc(n.Facts, old.Facts, sameFact) {
			return
		}
	} else {
		for _, k := range n.Keys {
			u.delta.Keys[k] = n.ID
		}
	}
	u.delta.Nodes = append(u.delta.Nodes, n)
	u.delta.Undone.NodesChanged++
}

func sameFact(a, b Fact) bool { return CompareFacts(a, b) == 0 }

// node makes the node of a group of drafts, nil if none of them states a key.
func (u *undoer) node(old *Node, drafts []NodeDraft, group []int) *Node {
	n := &Node{Kind: old.Kind}
	for _, i := range group {
		for _, k := range drafts[i].Keys {
			if found, ref := FindsBy(k); !ref {
				n.Keys = append(n.Keys, found)
			}
		}
	}
	if len(n.Keys) == 0 {
		return nil
	}
	kind := u.model.Node(old.Kind)
	if kind == nil {
		kind = &schema.Kind{Name: old.Kind} // one that the model no longer has
	}
	n.Keys = sortKeys(kind, n.Keys)
	n.Facts, _ = FactOrderOf(kind).add(nil, len(group), func(i int) []Fact { return drafts[group[i]].Facts })
	u.name(n, old)
	return n
}

// name gives a node that remains of an old one its id, and the ids as lost ones
// that the old one had and that come from keys which it still has.
func (u *undoer) name(n, old *Node) {
	had := map[ID]bool{old.ID: true}
	for _, k := range old.Keys {
		if text, ref := FindsBy(k); ref {
			had[ID(text)] = true
		}
	}
	var ids, aliases []ID
	for _, k := range n.Keys {
		if id := u.namer.NodeID(k); had[id] {
			ids = append(ids, id)
		}
		if u.namer.Personal(n.Kind) {
			if id := u.namer.alias(plainNodeID(k)); had[id] {
				aliases = append(aliases, id)
			}
		}
	}
	slices.Sort(ids)
	n.ID = u.namer.NodeID(n.Keys[0])
	if len(ids) > 0 {
		n.ID = ids[0]
		ids = ids[1:]
	}
	lost := append(ids, aliases...)
	slices.Sort(lost)
	for _, id := range lost {
		n.Keys = append(n.Keys, IDKey(id))
	}
}

// components returns which drafts share keys, directly or through others, each
// in ascending order.
func components(drafts []NodeDraft) [][]int {
	sets := newSets(len(drafts))
	first := map[Key]int{}
	for i, d := range drafts {
		for _, k := range d.Keys {
			found, _ := FindsBy(k)
			if at, ok := first[found]; ok {
				sets.join(i, at)
			} else {
				first[found] = i
			}
		}
	}
	at := map[int]int{}
	var groups [][]int
	for i := range drafts {
		root := sets.find(i)
		g, ok := at[root]
		if !ok {
			g = len(groups)
			at[root] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}

func (u *undoer) need(load, kind string, k Key) {
	u.count++
	if len(u.needs) < MaxDependencies {
		u.needs[Dependency{Load: load, Kind: kind, Key: k}] = true
	}
}

func (u *undoer) needEdge(load, kind string, gone map[Key]bool, from, to Key) {
	if gone[from] {
		u.need(load, kind, from)
	} else {
		u.need(load, kind, to)
	}
}

func (u *undoer) dependency() error {
	needs := slices.SortedFunc(maps.Keys(u.needs), func(a, b Dependency) int {
		return cmp.Or(strings.Compare(a.Load, b.Load), strings.Compare(a.Kind, b.Kind), strings.Compare(string(a.Key), string(b.Key)))
	})
	return &DependencyError{Load: u.load, Dependencies: needs, Count: u.count}
}

// sort puts the delta in the promised order.
func (u *undoer) sort() {
	d := u.delta
	slices.SortFunc(d.Nodes, compareNodes)
	slices.SortFunc(d.NodesRemoved, compareNodes)
	slices.SortFunc(d.Edges, compareEdges)
	slices.SortFunc(d.EdgesRemoved, compareEdges)
	slices.Sort(d.KeysRemoved)
}
