package filestore

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"

	"go.etcd.io/bbolt"

	"liantu/graph"
)

// Apply applies a batch to the graph; see [graph.Store]. It returns when the
// batch is on the disk. Batches of several goroutines are applied one at a time.
func (s *Store) Apply(ctx context.Context, batch graph.Batch) (graph.Result, error) {
	if err := s.enter(); err != nil {
		return graph.Result{}, err
	}
	defer s.calls.Done()
	release, err := s.wait(ctx)
	if err != nil {
		return graph.Result{}, err
	}
	defer release()
	var result graph.Result
	err = s.write(func(tx *bbolt.Tx) error {
		var err error
		result, err = s.apply(ctx, tx, batch)
		return err
	})
	if err != nil {
		return graph.Result{}, s.named(err)
	}
	return result, nil
}

// wait waits until no other call writes; release lets the next one write.
func (s *Store) wait(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case s.writer <- struct{}{}:
		return func() { <-s.writer }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// apply works inside a transaction. It returns errNothing with the result of
// a batch that changes nothing.
func (s *Store) apply(ctx context.Context, tx *bbolt.Tx, batch graph.Batch) (graph.Result, error) {
	kinds, err := readKinds(tx)
	if err != nil {
		return graph.Result{}, err
	}
	now, err := version(tx)
	if err != nil {
		return graph.Result{}, err
	}
	delta, err := graph.Plan(ctx, s.model, batch, s.view(tx, kinds))
	if err != nil {
		return graph.Result{}, err
	}
	w := &writer{tx: tx, kinds: kinds}
	delta.Result.Version = now
	if !delta.Empty() {
		delta.Result.Version = now + 1
	}
	a, err := w.note(delta.Batch, delta.Result)
	switch {
	case err != nil:
		return graph.Result{}, err
	case !delta.Empty():
		w.delta(delta, now+1)
	case !a.fresh:
		return delta.Result, errNothing
	}
	w.ledger(a)
	w.lift(delta.Lifted)
	if w.err == nil {
		w.err = ctx.Err()
	}
	return delta.Result, w.err
}

// delta writes what changes in the graph.
func (w *writer) delta(delta *graph.Delta, r graph.Version) {
	w.drop(delta)
	w.nodes(delta.Nodes, r)
	w.keys(delta)
	w.edges(delta.Edges, r)
	w.count(delta)
	w.finish(r)
}

// writer writes a delta. Each bucket is written in the order of its keys, which
// saves the tree most of its work. After the first error it does nothing.
type writer struct {
	tx    *bbolt.Tx
	kinds *kinds
	log   []byte
	space []byte // where keys and values are made
	err   error
}

// entry is something to put into a bucket.
type entry struct{ key, value []byte }

// put puts entries into a bucket in the order of their keys.
func (w *writer) put(bucket []byte, entries []entry) {
	if w.err != nil {
		return
	}
	slices.SortFunc(entries, func(a, b entry) int { return bytes.Compare(a.key, b.key) })
	b := w.tx.Bucket(bucket)
	for _, e := range entries {
		if w.err = b.Put(e.key, e.value); w.err != nil {
			return
		}
	}
}

// remove removes keys from a bucket in their order.
func (w *writer) remove(bucket []byte, keys [][]byte) {
	if w.err != nil {
		return
	}
	slices.SortFunc(keys, bytes.Compare)
	b := w.tx.Bucket(bucket)
	for _, k := range keys {
		if w.err = b.Delete(k); w.err != nil {
			return
		}
	}
}

// place returns the key of an element and records in the log what happened to
// it.
func (w *writer) place(what tag, kind string, id graph.ID) key {
	no, err := w.kinds.number(w.tx, kind)
	if err != nil && w.err == nil {
		w.err = err
	}
	k, _ := makeKey(no, id)
	w.log = append(append(w.log, byte(what)), k[:]...)
	return k
}

// drop removes elements.
func (w *writer) drop(delta *graph.Delta) {
	var nodes, edges, ends [][]byte
	for _, n := range delta.NodesRemoved {
		k := w.place(tagNodeRemoved, n.Kind, n.ID)
		nodes = append(nodes, k[:])
	}
	for _, e := range delta.EdgesRemoved {
		k := w.place(tagEdgeRemoved, e.Kind, e.ID)
		edges = append(edges, k[:])
		ends = append(ends, endKey(e.From, k), endKey(e.To, k))
	}
	w.remove(bucketNodes, nodes)
	w.remove(bucketEdges, edges)
	w.remove(bucketEnds, ends)
}

func (w *writer) nodes(nodes []*graph.Node, r graph.Version) {
	entries := make([]entry, 0, len(nodes))
	for _, n := range nodes {
		k := w.place(tagNode, n.Kind, n.ID)
		stamped := *n
		stamped.Version = r
		entries = w.seal(entries, k, func(b []byte) ([]byte, error) { return graph.AppendNode(b, &stamped) })
	}
	w.put(bucketNodes, entries)
}

func (w *writer) edges(edges []*graph.Edge, r graph.Version) {
	entries := make([]entry, 0, len(edges))
	var ends []entry
	for _, e := range edges {
		k := w.place(tagEdge, e.Kind, e.ID)
		if e.Version == 0 {
			if !k.startsAt(e.From) {
				ends = append(ends, entry{key: endKey(e.From, k)})
			}
			if !k.startsAt(e.To) {
				ends = append(ends, entry{key: endKey(e.To, k)})
			}
		}
		stamped := *e
		stamped.Version = r
		entries = w.seal(entries, k, func(b []byte) ([]byte, error) { return graph.AppendEdge(b, &stamped) })
	}
	w.put(bucketEdges, entries)
	w.put(bucketEnds, ends)
}

// seal appends the entry of an element.
func (w *writer) seal(entries []entry, k key, encode func([]byte) ([]byte, error)) []entry {
	const most = 1 << 10 // larger ones are copied
	if cap(w.space)-len(w.space) < most {
		w.space = make([]byte, 0, 64*most)
	}
	key := append(w.space, k[:]...)
	data, err := encode(key[len(key):])
	if err != nil && w.err == nil {
		w.err = err
	}
	value := seal(data)
	w.space = key // which the next element must not overwrite
	if end := len(key) + len(value); end <= cap(key) {
		w.space = key[:end]
	}
	return append(entries, entry{key[len(key)-len(k):], value})
}

// keys writes the keys that are new or find another node than before, and
// removes those that no longer find a node.
func (w *writer) keys(delta *graph.Delta) {
	gone := make([][]byte, len(delta.KeysRemoved))
	for i, k := range delta.KeysRemoved {
		gone[i] = []byte(k)
	}
	w.remove(bucketKeys, gone)
	entries := make([]entry, 0, len(delta.Keys))
	places := make(map[graph.ID][]byte, len(delta.Nodes))
	for _, n := range delta.Nodes {
		k, _ := makeKey(w.kinds.numbers[n.Kind], n.ID)
		places[n.ID] = k[:]
	}
	for k, id := range delta.Keys {
		entries = append(entries, entry{[]byte(k), places[id]})
	}
	w.put(bucketKeys, entries)
}

// count writes the number of elements, by which a reader of the whole graph
// checks that none is missing.
func (w *writer) count(delta *graph.Delta) {
	if w.err != nil {
		return
	}
	counts, err := metaNumbers(w.tx, metaCounts, 2)
	if err != nil {
		w.err = err
		return
	}
	for _, n := range delta.Nodes {
		if n.Version == 0 {
			counts[0]++
		}
	}
	for _, e := range delta.Edges {
		if e.Version == 0 {
			counts[1]++
		}
	}
	counts[0] -= uint64(len(delta.NodesRemoved))
	counts[1] -= uint64(len(delta.EdgesRemoved))
	b := binary.BigEndian.AppendUint64(nil, counts[0])
	w.err = w.tx.Bucket(bucketMeta).Put(metaCounts, binary.BigEndian.AppendUint64(b, counts[1]))
}

// finish writes the log and the version.
func (w *writer) finish(r graph.Version) {
	if w.err == nil {
		w.err = w.tx.Bucket(bucketLog).Put(versionKey(r), seal(w.log))
	}
	if w.err == nil {
		w.err = w.tx.Bucket(bucketMeta).Put(metaVersion, versionKey(r))
	}
}
