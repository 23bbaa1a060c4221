package storetest_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"liantu/graph"
	"liantu/schema"
)

// disk is what outlives a memory store: the place in the tests of the suite.
type disk struct {
	keys    map[graph.Key]graph.ID
	nodes   map[graph.ID]*graph.Node
	edges   map[graph.ID]*graph.Edge
	removed map[graph.ID]graph.Change
	gone    map[graph.ID]graph.Version // when an element was removed
	version graph.Version
	loads   map[string]graph.Load
	ledger  map[string]graph.Entry // by load and hash
	salt    graph.Salt
	stones  map[string]graph.Tombstone // by hash
	secret  graph.Secret
}

// memory is a store in maps, correct unless it has a fault. With it the tests
// show that the suite passes a correct store and finds each fault.
type memory struct {
	fault string
	model *schema.Model

	mu     sync.Mutex
	disk   *disk
	closed bool
	calls  sync.WaitGroup
}

func newDisk() *disk {
	return &disk{
		keys: map[graph.Key]graph.ID{}, nodes: map[graph.ID]*graph.Node{}, edges: map[graph.ID]*graph.Edge{},
		removed: map[graph.ID]graph.Change{}, gone: map[graph.ID]graph.Version{},
		loads: map[string]graph.Load{}, ledger: map[string]graph.Entry{},
		salt: graph.NewSalt(), stones: map[string]graph.Tombstone{},
	}
}

// Naming implements [graph.View].
func (m *memory) Naming() *graph.Namer { return graph.NewNamer(m.model, m.disk.secret) }

func (m *memory) Namer(ctx context.Context) (*graph.Namer, error) {
	if err := m.enter(ctx); err != nil {
		return nil, err
	}
	defer m.calls.Done()
	return m.Naming(), nil
}

func (m *memory) has(fault string) bool { return m.fault == fault }

// enter begins a call.
func (m *memory) enter(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed && !m.has("works after Close") {
		return graph.ErrClosed
	}
	if !m.has("ignores the context") && ctx.Err() != nil {
		return ctx.Err()
	}
	m.calls.Add(1)
	return nil
}

func (m *memory) NodeIDs(_ context.Context, keys []graph.Key) (map[graph.Key]graph.ID, error) {
	found := map[graph.Key]graph.ID{}
	for _, k := range keys {
		if m.has("finds nodes by their strongest key only") && !strings.Contains(string(k), "code=") {
			continue
		}
		if id, ok := m.disk.keys[k]; ok {
			found[k] = id
		}
	}
	return found, nil
}

func (m *memory) Nodes(_ context.Context, ids []graph.ID) (map[graph.ID]*graph.Node, error) {
	found := map[graph.ID]*graph.Node{}
	for _, id := range ids {
		if n, ok := m.disk.nodes[id]; ok {
			found[id] = n
		}
	}
	return found, nil
}

func (m *memory) Edges(_ context.Context, wanted []*graph.Edge) (map[graph.ID]*graph.Edge, error) {
	found := map[graph.ID]*graph.Edge{}
	for _, w := range wanted {
		if e, ok := m.disk.edges[w.ID]; ok && !m.has("does not find edges") {
			found[w.ID] = e
		}
	}
	return found, nil
}

func (m *memory) EdgesOf(_ context.Context, ids []graph.ID) ([]*graph.Edge, error) {
	var found []*graph.Edge
	for _, e := range m.disk.edges {
		if slices.Contains(ids, e.From) || slices.Contains(ids, e.To) && !m.has("forgets incoming edges in a merge") {
			found = append(found, e)
		}
	}
	return found, nil
}

func (m *memory) Apply(ctx context.Context, b graph.Batch) (graph.Result, error) {
	if err := m.enter(ctx); err != nil {
		return graph.Result{}, err
	}
	defer m.calls.Done()
	m.mu.Lock()
	defer m.mu.Unlock()
	d, err := graph.Plan(ctx, m.model, b, m)
	if err != nil {
		return graph.Result{}, m.refuse(ctx, b, err)
	}
	maps.DeleteFunc(m.disk.stones, func(_ string, t graph.Tombstone) bool {
		return slices.Contains(d.Lifted, t.ID) && !m.has("keeps tombstones for ever")
	})
	if d.Empty() && !m.has("counts every batch as a version") {
		d.Result.Version = m.disk.version
		return d.Result, m.note(d)
	}
	m.disk.version++
	d.Stamp(m.disk.version)
	if m.has("counts all as updated") {
		d.Result.NodesUpdated += d.Result.NodesUnchanged
		d.Result.NodesUnchanged = 0
	}
	m.write(d)
	return d.Result, m.note(d)
}

// refuse returns the error of a refused batch.
func (m *memory) refuse(ctx context.Context, b graph.Batch, err error) error {
	if m.has("keeps part of a refused batch") && len(b.Nodes) > 0 {
		if d, err := graph.Plan(ctx, m.model, graph.Batch{Nodes: b.Nodes[:1]}, m); err == nil {
			d.Stamp(m.disk.version)
			m.write(d)
		}
	}
	if m.has("does not say what is wrong") {
		return graph.ErrInvalid
	}
	return err
}

func (m *memory) write(d *graph.Delta) {
	k := m.disk
	for _, n := range d.NodesRemoved {
		delete(k.nodes, n.ID)
		k.removed[n.ID] = graph.Change{NodeRemoved: &graph.Node{ID: n.ID, Kind: n.Kind}}
		k.gone[n.ID] = k.version
	}
	for _, e := range d.EdgesRemoved {
		delete(k.edges, e.ID)
		k.removed[e.ID] = graph.Change{EdgeRemoved: &graph.Edge{ID: e.ID, Kind: e.Kind}}
		k.gone[e.ID] = k.version
	}
	for _, n := range d.Nodes {
		n = copyNode(n)
		if old := k.nodes[n.ID]; m.has("keeps the old facts") && old != nil {
			n.Facts = old.Facts
		}
		if m.has("forgets lost ids") {
			n.Keys = slices.DeleteFunc(n.Keys, func(k graph.Key) bool { return k.Kind() == "" })
		}
		k.nodes[n.ID] = n
	}
	for _, e := range d.Edges {
		e = copyEdge(e)
		if old := k.edges[e.ID]; m.has("keeps the old facts of edges") && old != nil {
			e.Facts = old.Facts
		}
		k.edges[e.ID] = e
	}
	for _, key := range d.KeysRemoved {
		if !m.has("leaves keys behind") {
			delete(k.keys, key)
		}
	}
	for key, id := range d.Keys {
		if !m.has("forgets lost ids") || key.Kind() != "" {
			k.keys[key] = id
		}
	}
}

func (m *memory) Changes(ctx context.Context, after graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	if err := m.enter(ctx); err != nil {
		return 0, err
	}
	defer m.calls.Done()
	m.mu.Lock()
	at := m.disk.version
	list := m.list(after)
	m.mu.Unlock()
	if (after > at || after < 0) && !m.has("takes any version") {
		return 0, graph.ErrConflict
	}
	for _, c := range list {
		if m.has("shows what is applied meanwhile") {
			m.mu.Lock()
			if c.Node != nil && m.disk.nodes[c.Node.ID] != nil {
				c.Node = copyNode(m.disk.nodes[c.Node.ID])
			}
			m.mu.Unlock()
		}
		if ctx.Err() != nil && !m.has("ignores the context") {
			return 0, ctx.Err()
		}
		if err := yield(c); err != nil {
			if m.has("wraps the error of yield") {
				err = fmt.Errorf("yield: %w", err)
			}
			return 0, err
		}
	}
	if m.has("describes the version at the end") {
		at, _ = m.Version(ctx)
	}
	return at, nil
}

// list collects the changes after a version in their order.
func (m *memory) list(after graph.Version) []graph.Change {
	var list []graph.Change
	ids := slices.Sorted(maps.Keys(m.disk.removed))
	for _, id := range ids {
		if c := m.disk.removed[id]; m.disk.gone[id] > after && (after > 0 || m.has("yields removals of the whole graph")) && c.EdgeRemoved != nil {
			list = append(list, c)
		}
	}
	for _, id := range ids {
		if c := m.disk.removed[id]; m.disk.gone[id] > after && after > 0 && c.NodeRemoved != nil && !m.has("forgets removals") {
			list = append(list, c)
		}
	}
	start := len(list)
	for _, n := range m.disk.nodes {
		if n.Version > after || m.has("yields what did not change") {
			list = append(list, graph.Change{Node: m.give(n)})
		}
	}
	for _, e := range m.disk.edges {
		if e.Version > after {
			list = append(list, graph.Change{Edge: copyEdge(e)})
		}
	}
	slices.SortFunc(list[start:], func(a, b graph.Change) int { return strings.Compare(place(a), place(b)) })
	slices.SortStableFunc(list[:start], func(a, b graph.Change) int { return strings.Compare(place(a), place(b)) })
	if m.has("sorts by id alone") {
		slices.SortFunc(list[start:], func(a, b graph.Change) int { return strings.Compare(place(a)[1:], place(b)[1:]) })
	}
	return list
}

// place is the position of a change in the promised order.
func place(c graph.Change) string {
	switch {
	case c.EdgeRemoved != nil:
		return "0" + c.EdgeRemoved.Kind + "/" + string(c.EdgeRemoved.ID)
	case c.NodeRemoved != nil:
		return "1" + c.NodeRemoved.Kind + "/" + string(c.NodeRemoved.ID)
	case c.Node != nil:
		return "2" + c.Node.Kind + "/" + string(c.Node.ID)
	}
	return "3" + c.Edge.Kind + "/" + string(c.Edge.ID)
}

func (m *memory) give(n *graph.Node) *graph.Node {
	if m.has("gives away its own elements") {
		return n
	}
	n = copyNode(n)
	for i, f := range n.Facts {
		if v, ok := f.Value.(int64); ok && m.has("stores whole numbers as decimals") {
			n.Facts[i].Value = int64(float64(v))
		}
		if v, ok := f.Value.(string); ok && m.has("cuts long texts") {
			n.Facts[i].Value = v[:min(len(v), 1000)]
		}
	}
	return n
}

func (m *memory) Version(ctx context.Context) (graph.Version, error) {
	if err := m.enter(ctx); err != nil {
		return 0, err
	}
	defer m.calls.Done()
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.disk.version, nil
}

func (m *memory) Close() error {
	m.mu.Lock()
	closed := m.closed
	m.closed = true
	m.mu.Unlock()
	if closed && m.has("closes once") {
		return graph.ErrClosed
	}
	m.calls.Wait()
	return nil
}

func copyNode(n *graph.Node) *graph.Node {
	c := *n
	c.Keys, c.Facts = slices.Clone(n.Keys), copyFacts(n.Facts)
	return &c
}

func copyEdge(e *graph.Edge) *graph.Edge {
	c := *e
	c.Facts = copyFacts(e.Facts)
	return &c
}

func copyFacts(facts []graph.Fact) []graph.Fact {
	facts = slices.Clone(facts)
	for i, f := range facts {
		if set, ok := f.Value.([]string); ok {
			facts[i].Value = slices.Clone(set)
		}
	}
	return facts
}
