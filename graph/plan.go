package graph

import (
	"context"
	"slices"
	"strings"

	"liantu/message"
	"liantu/schema"
)

// View is what [Plan] needs from a store: the state of the graph before the
// batch, the same in every call. Elements that do not exist are absent from the
// results. Plan changes no result.
type View interface {
	// Naming returns what makes the ids of the graph, as [Reader.Namer] does.
	Naming() *Namer
	// NodeIDs finds nodes by any of their Keys, lost ids among them. It need not
	// find a node by the IDKey of its own id.
	NodeIDs(ctx context.Context, keys []Key) (map[Key]ID, error)
	// Nodes returns nodes by their own id.
	Nodes(ctx context.Context, ids []ID) (map[ID]*Node, error)
	// Edges returns those of the wanted edges that exist, by id. A wanted edge
	// has all fields set that identify it: ID, Kind, From, To and
	// Discriminator.
	Edges(ctx context.Context, wanted []*Edge) (map[ID]*Edge, error)
	// EdgesOf returns all edges from or to any of the nodes, each once, in any
	// order. It is called only when nodes are merged or removed.
	EdgesOf(ctx context.Context, ids []ID) ([]*Edge, error)
	// Tombstones returns by key the tombstones of nodes that had it.
	Tombstones(ctx context.Context, keys []Key) (map[Key]Tombstone, error)
}

// Delta is the effect of a batch on a graph. It may share memory with the
// batch and with what the view returned.
type Delta struct {
	// Nodes and Edges are the new and the changed elements in their complete new
	// state, sorted by id. Their version is that of their state before, 0 for a
	// new element; see [Delta.Stamp].
	Nodes []*Node
	Edges []*Edge
	// Keys are the keys that are new or find another node than before,
	// KeysRemoved those that no longer find a node, sorted.
	Keys        map[Key]ID
	KeysRemoved []Key
	// NodesRemoved and EdgesRemoved are the removed elements, sorted by id, with
	// ID and Kind set, and of edges From and To.
	NodesRemoved []*Node
	EdgesRemoved []*Edge
	// Result has everything but the version; see [Delta.Stamp].
	Result Result
	// Batch is the batch as the ledger holds it, Undone what taking back a load
	// did, without the version.
	Batch  Batch
	Undone Undone
	// Lifted are the ids of the tombstones that the batch removes, sorted.
	Lifted []string
}

// Empty reports whether the batch changes nothing.
func (d *Delta) Empty() bool {
	return len(d.Nodes) == 0 && len(d.Edges) == 0 && len(d.NodesRemoved) == 0 && len(d.EdgesRemoved) == 0
}

// Stamp sets the version that the batch makes on the changed elements and the
// result.
func (d *Delta) Stamp(r Version) {
	for _, n := range d.Nodes {
		n.Version = r
	}
	for _, e := range d.Edges {
		e.Version = r
	}
	d.Result.Version = r
}

// Plan computes the effect of a batch on the graph that view shows. It is a
// pure function: the same batch and view give the same delta. Every store
// applies batches by it, in one transaction that covers the view and the
// writing of the delta.
//
// Nodes that share a key, directly or through others, become one: it keeps the
// smallest id of those in the store, or gets the id of its strongest key if
// none is in the store. Edges of the lost nodes move to the survivor under a new
// id, and are merged with an edge that has this id already. An edge between two
// nodes that become one stays, as an edge from the node to itself: dropping it
// would make the graph depend on whether the edge or the merge came first.
//
// A batch with faults gives an [*InvalidError] that lists them all, one whose
// condition does not hold a [*ConflictError]; any other error comes from the
// view or the context.
func Plan(ctx context.Context, model *schema.Model, batch Batch, view View) (*Delta, error) {
	if err := checkLoad(batch.Load.ID); err != nil {
		return nil, err
	}
	p := &planner{checker: newChecker(model), batch: batch, view: view, namer: view.Naming(), final: map[ID]ID{}}
	p.check()
	if err := p.find(ctx); err != nil {
		return nil, err
	}
	if err := p.findTombstones(ctx); err != nil {
		return nil, err
	}
	p.checkFound()
	if len(p.faults) > 0 {
		slices.SortStableFunc(p.faults, compareFaults)
		return nil, &InvalidError{Faults: p.faults}
	}
	p.delta = &Delta{Keys: map[Key]ID{}, Batch: p.forLedger(), Lifted: p.lifted()}
	p.unite()
	p.planNodes()
	if err := p.planEdges(ctx); err != nil {
		return nil, err
	}
	p.sort()
	if err := p.unchanged(); err != nil {
		return nil, err
	}
	return p.delta, ctx.Err()
}

// planner is the state of one call of Plan.
type planner struct {
	*checker
	batch    Batch
	view     View
	namer    *Namer
	badNodes []bool // by node draft: has a fault of its own
	badEdges []bool // by edge draft: has a fault of its own

	owner  map[Key]int // the first node draft of the batch with the key
	stored map[Key]ID  // the node in the store with the key
	ids    map[Key]ID  // the same for keys that are ids of nodes in the store

	tombstones map[Key]Tombstone // by keys of forgotten nodes

	nodes  map[ID]*Node // nodes in the store that drafts are about
	joined []bool       // by node draft: it merged nodes that were separate before
	groups []group      // the nodes after the batch that drafts are about

	draftID []ID      // by node draft: the node it became part of
	final   map[ID]ID // from lost ids to survivors
	delta   *Delta
}

// group is one node after the batch: the nodes of the store and the drafts that
// it consists of.
type group struct {
	stored []ID
	drafts []int
}

// find looks up everything that the keys of the batch name in the store.
func (p *planner) find(ctx context.Context) error {
	p.owner = make(map[Key]int, len(p.batch.Nodes)*2)
	ask := make(map[Key]bool, len(p.batch.Nodes)*2)
	for i, d := range p.batch.Nodes {
		for _, k := range d.Keys {
			if _, ok := p.owner[k]; !ok && !strings.HasPrefix(string(k), idKeyPrefix) {
				p.owner[k] = i
			}
			if !p.badNodes[i] {
				ask[k] = true
			}
		}
	}
	for i, d := range p.batch.Edges {
		if !p.badEdges[i] {
			ask[d.From] = true
			ask[d.To] = true
		}
	}
	keys := make([]Key, 0, len(ask))
	for k := range ask {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var err error
	if p.stored, err = nodeIDs(ctx, p.view, keys); err != nil {
		return err
	}
	return p.findNodes(ctx, keys)
}

// nodeIDs finds nodes by keys as [View.NodeIDs] does, also by the ids that they had
// while ids were plain hashes.
func nodeIDs(ctx context.Context, view View, keys []Key) (map[Key]ID, error) {
	found, err := view.NodeIDs(ctx, keys)
	if err != nil {
		return nil, err
	}
	var ask []Key
	for _, k := range keys {
		if _, ok := found[k]; ok || !strings.HasPrefix(string(k), idKeyPrefix) {
			continue
		}
		if alias, ok := view.Naming().Alias(k); ok {
			ask = append(ask, alias)
		}
	}
	if len(ask) == 0 {
		return found, nil
	}
	slices.Sort(ask)
	byAlias, err := view.NodeIDs(ctx, ask)
	if err != nil {
		return nil, err
	}
	if found == nil {
		found = map[Key]ID{}
	}
	for _, k := range keys {
		if alias, ok := view.Naming().Alias(k); ok {
			if id, ok := byAlias[alias]; ok {
				found[k] = id
			}
		}
	}
	return found, nil
}

// findNodes fetches the nodes that node drafts are about, and those that an id
// names, since no key states their kind.
func (p *planner) findNodes(ctx context.Context, keys []Key) error {
	want := map[ID]bool{}
	for _, d := range p.batch.Nodes {
		for _, k := range d.Keys {
			if id, ok := p.stored[k]; ok {
				want[id] = true
			}
		}
	}
	own := map[Key]ID{}
	for _, k := range keys {
		text, ok := strings.CutPrefix(string(k), idKeyPrefix)
		if !ok {
			continue
		}
		id, lost := p.stored[k]
		if !lost {
			id = ID(text)
			own[k] = id
		}
		want[id] = true
	}
	var err error
	if p.nodes, err = p.view.Nodes(ctx, sortedIDs(want)); err != nil {
		return err
	}
	p.ids = make(map[Key]ID, len(own))
	for k, id := range own {
		if p.nodes[id] != nil {
			p.ids[k] = id
		}
	}
	for k, id := range p.stored {
		if want[id] && p.nodes[id] == nil {
			return message.Errorf("the key %q finds the node %q, which the store lacks", k, id)
		}
	}
	return nil
}

// storedID returns the node in the store that a key finds.
func (p *planner) storedID(k Key) (ID, bool) {
	if id, ok := p.stored[k]; ok {
		return id, true
	}
	id, ok := p.ids[k]
	return id, ok
}

// unite determines which drafts and nodes of the store are one node.
func (p *planner) unite() {
	n := len(p.batch.Nodes)
	sets := newSets(n + len(p.nodes))
	place := make(map[ID]int, len(p.nodes)) // of nodes of the store among the sets
	ids := make([]ID, 0, len(p.nodes))
	p.joined = make([]bool, n)
	for i, d := range p.batch.Nodes {
		met := 0 // sets that were separate before this draft
		for _, k := range d.Keys {
			if id, ok := p.storedID(k); ok {
				at, ok := place[id]
				if !ok {
					at = n + len(ids)
					place[id] = at
					ids = append(ids, id)
				}
				if sets.join(i, at) {
					met++
				}
			}
			if first, ok := p.owner[k]; ok && first < i && sets.join(i, first) {
				met++
			}
		}
		p.joined[i] = met > 1
	}
	p.collect(sets, ids)
}

// collect makes the groups out of the sets.
func (p *planner) collect(sets sets, ids []ID) {
	n := len(p.batch.Nodes)
	at := make(map[int]int, n)
	p.groups = make([]group, 0, n)
	for i := range n {
		root := sets.find(i)
		g, ok := at[root]
		if !ok {
			g = len(p.groups)
			at[root] = g
			p.groups = append(p.groups, group{})
		}
		p.groups[g].drafts = append(p.groups[g].drafts, i)
	}
	for j, id := range ids {
		if g, ok := at[sets.find(n+j)]; ok {
			p.groups[g].stored = append(p.groups[g].stored, id)
		}
	}
}

// sort puts the delta in the promised order.
func (p *planner) sort() {
	slices.SortFunc(p.delta.Nodes, compareNodes)
	slices.SortFunc(p.delta.NodesRemoved, compareNodes)
	slices.SortFunc(p.delta.Edges, compareEdges)
	slices.SortFunc(p.delta.EdgesRemoved, compareEdges)
}

func compareNodes(a, b *Node) int { return strings.Compare(string(a.ID), string(b.ID)) }

func compareEdges(a, b *Edge) int { return strings.Compare(string(a.ID), string(b.ID)) }

func sortedIDs(set map[ID]bool) []ID {
	ids := make([]ID, 0, len(set))
	for id := range set {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// sets are disjoint sets of the numbers 0..n-1; each number holds its parent.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// join merges the sets of a and b and reports whether they were two. The smaller
// number becomes the root, so that the result does not depend on the order.
func (s sets) join(a, b int) bool {
	a, b = s.find(a), s.find(b)
	if a == b {
		return false
	}
	s[max(a, b)] = min(a, b)
	return true
}
