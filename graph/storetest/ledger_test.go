package storetest_test

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"liantu/graph"
)

// note writes a batch into the ledger.
func (m *memory) note(d *graph.Delta) error {
	b := d.Batch
	_, hash, err := graph.AppendBatch(nil, b)
	if err != nil {
		return err
	}
	key := b.Load.ID + "\x00" + hash.String()
	_, known := m.disk.ledger[key]
	drafts := len(b.Nodes)+len(b.Edges) > 0
	if b.Load.ID != "" {
		fresh := drafts && (!known || m.has("counts batches of a load twice"))
		m.disk.loads[b.Load.ID] = m.disk.loads[b.Load.ID].Join(b, d.Result, fresh)
	}
	if known || !drafts || d.Empty() && m.has("records no batch that changes nothing") {
		return nil
	}
	b.Load = graph.LoadInfo{ID: b.Load.ID}
	m.disk.ledger[key] = graph.Entry{Version: d.Result.Version, Batch: b}
	return nil
}

func (m *memory) Loads(ctx context.Context, ids ...string) ([]graph.Load, error) {
	if err := m.enter(ctx); err != nil {
		return nil, err
	}
	defer m.calls.Done()
	m.mu.Lock()
	defer m.mu.Unlock()
	loads := slices.Collect(maps.Values(m.disk.loads))
	if len(ids) > 0 && !m.has("lists all loads whatever ids are given") {
		loads = slices.DeleteFunc(loads, func(l graph.Load) bool { return !slices.Contains(ids, l.ID) })
	}
	graph.SortLoads(loads)
	if m.has("lists loads in any order") {
		slices.Reverse(loads)
	}
	return loads, nil
}

func (m *memory) Ledger(ctx context.Context, yield func(graph.Entry) error) error {
	if err := m.enter(ctx); err != nil {
		return err
	}
	defer m.calls.Done()
	m.mu.Lock()
	list := m.entries()
	m.mu.Unlock()
	for _, e := range list {
		if err := yield(e); err != nil {
			if m.has("wraps the error of the ledger's yield") {
				err = fmt.Errorf("yield: %w", err)
			}
			return err
		}
	}
	return nil
}

func (m *memory) entries() []graph.Entry {
	var list []graph.Entry
	for _, key := range slices.Sorted(maps.Keys(m.disk.ledger)) {
		list = append(list, m.disk.ledger[key])
	}
	return list
}

func (m *memory) Undo(ctx context.Context, load string) (graph.Undone, error) {
	if err := m.enter(ctx); err != nil {
		return graph.Undone{}, err
	}
	defer m.calls.Done()
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, listed := m.disk.loads[load]; !listed && !m.has("takes back what is not listed") {
		return graph.Undone{}, graph.ErrNotFound
	}
	d, err := graph.PlanUndo(ctx, m.model, load, func(_ context.Context, yield func(graph.Entry) error) error {
		for _, e := range m.entries() {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	}, m)
	if err != nil {
		if !m.has("forgets a load that it cannot take back") {
			return graph.Undone{}, err
		}
		d = &graph.Delta{}
	}
	if !d.Empty() || m.has("counts every undo as a version") {
		m.disk.version++
	}
	d.Stamp(m.disk.version)
	d.Undone.Version = m.disk.version
	m.write(d)
	if !m.has("keeps the ledger of what was taken back") {
		maps.DeleteFunc(m.disk.ledger, func(_ string, e graph.Entry) bool { return e.Batch.Load.ID == load })
	}
	delete(m.disk.loads, load)
	return d.Undone, err
}

func (m *memory) Forget(ctx context.Context, f graph.Forgetting) (graph.Forgotten, error) {
	if err := m.enter(ctx); err != nil {
		return graph.Forgotten{}, err
	}
	defer m.calls.Done()
	m.mu.Lock()
	defer m.mu.Unlock()
	p, err := graph.PlanForget(ctx, m.model, f, m)
	if err != nil {
		return graph.Forgotten{}, err
	}
	m.disk.version++
	done := graph.Forgotten{Version: m.disk.version, Edges: len(p.Delta.EdgesRemoved)}
	m.write(p.Delta)
	for key, e := range maps.Clone(m.disk.ledger) {
		rest, gone := p.Rest(e.Batch)
		if gone == 0 || m.has("keeps the ledger of what was forgotten") {
			continue
		}
		done.Drafts += gone
		done.Loads = append(done.Loads, rest.Load.ID)
		delete(m.disk.ledger, key)
		if len(rest.Nodes)+len(rest.Edges) == 0 || m.has("forgets whole batches") {
			continue
		}
		_, hash, err := graph.AppendBatch(nil, rest)
		if err != nil {
			return done, err
		}
		m.disk.ledger[rest.Load.ID+"\x00"+hash.String()] = graph.Entry{Version: e.Version, Batch: rest}
	}
	slices.Sort(done.Loads)
	done.Loads = slices.Compact(done.Loads)
	var hashes []string
	done.Tombstone, hashes = p.Tombstone(m.disk.salt)
	for _, h := range hashes {
		if !m.has("leaves no tombstone") {
			m.disk.stones[h] = done.Tombstone
		}
	}
	return done, nil
}

// Tombstones is a method of the store and, under its lock, of its view.
func (m *memory) Tombstones(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	if m.closed && !m.has("works after Close") {
		return nil, graph.ErrClosed
	}
	if ctx.Err() != nil && !m.has("ignores the context") {
		return nil, ctx.Err()
	}
	found := map[graph.Key]graph.Tombstone{}
	for _, k := range keys {
		if t, ok := m.disk.stones[m.disk.salt.Hash(k)]; ok {
			found[k] = t
		}
	}
	return found, nil
}
