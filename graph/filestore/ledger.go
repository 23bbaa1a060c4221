package filestore

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"slices"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/message"
)

// addition is what a batch adds to the ledger.
type addition struct {
	load  []byte // key in the bucket loads, nil for the load without a name
	key   []byte // in the ledger, nil for a batch without drafts
	value []byte
	next  graph.Load
	fresh bool // the ledger does not have it yet
}

// ledgerKey is the key of a batch of a load in the ledger. The ids of loads hold
// no control characters, so the zero byte ends them.
func ledgerKey(load string, hash []byte) []byte {
	return append(append([]byte(load), 0), hash...)
}

// note determines what a batch adds to the ledger.
func (w *writer) note(batch graph.Batch, result graph.Result) (addition, error) {
	var a addition
	if len(batch.Nodes)+len(batch.Edges) > 0 {
		start := binary.BigEndian.AppendUint64(nil, uint64(result.Version))
		value, hash, err := graph.AppendBatch(start, batch)
		if err != nil {
			return a, err
		}
		key := ledgerKey(batch.Load.ID, hash[:])
		if w.tx.Bucket(bucketLedger).Get(key) == nil {
			a.key, a.value, a.fresh = key, seal(value), true
		}
	}
	if batch.Load.ID == "" {
		return a, nil
	}
	a.load = []byte(batch.Load.ID)
	before, err := readLoad(w.tx, a.load)
	if err != nil {
		return a, err
	}
	a.next = before.Join(batch, result, a.fresh)
	a.fresh = a.fresh || !a.next.Equal(before)
	return a, nil
}

// ledger writes what note has found.
func (w *writer) ledger(a addition) {
	if w.err == nil && a.key != nil {
		w.err = w.tx.Bucket(bucketLedger).Put(a.key, a.value)
	}
	if w.err != nil || a.load == nil {
		return
	}
	var data []byte
	if data, w.err = json.Marshal(a.next); w.err == nil {
		w.err = w.tx.Bucket(bucketLoads).Put(a.load, seal(data))
	}
}

// readLoad reads a load; for one that is not listed it returns the zero value.
func readLoad(tx *bbolt.Tx, id []byte) (graph.Load, error) {
	sealed := tx.Bucket(bucketLoads).Get(id)
	if sealed == nil {
		return graph.Load{}, nil
	}
	return decodeLoad(sealed)
}

func decodeLoad(sealed []byte) (graph.Load, error) {
	var l graph.Load
	data, err := unseal(sealed)
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(data, &l); err != nil {
		return l, message.Errorf("%w: a load: %w", errDamaged, err)
	}
	return l, nil
}

// Loads returns the loads that are in the graph, or those of the ids; see
// [graph.Store].
func (s *Store) Loads(ctx context.Context, ids ...string) ([]graph.Load, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.calls.Done()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var loads []graph.Load
	add := func(_, sealed []byte) error {
		l, err := decodeLoad(sealed)
		loads = append(loads, l)
		return err
	}
	err := s.read(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(bucketLoads)
		if len(ids) == 0 {
			return bucket.ForEach(add)
		}
		for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			if sealed := bucket.Get([]byte(id)); sealed != nil {
				if err := add(nil, sealed); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, s.named(err)
	}
	graph.SortLoads(loads)
	return loads, nil
}

// Ledger yields every batch that was applied and not taken back; see
// [graph.Store].
func (s *Store) Ledger(ctx context.Context, yield func(graph.Entry) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.calls.Done()
	r, err := s.readLedger()
	if err != nil {
		return s.named(err)
	}
	defer r.end()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		entry, more, err := r.next()
		if err != nil {
			return s.named(err)
		}
		if !more {
			return nil
		}
		if err := yield(entry); err != nil {
			return err
		}
	}
}

// ledgerReader reads the ledger batch by batch.
type ledgerReader struct {
	tx      *bbolt.Tx
	end     func() // frees the transaction
	cursor  *bbolt.Cursor
	started bool
	key     []byte // of the batch read last
	decoder graph.Decoder
}

func (s *Store) readLedger() (_ *ledgerReader, err error) {
	defer guard(&err)()
	tx, end, err := s.begin()
	if err != nil {
		return nil, err
	}
	r := ledgerOf(tx)
	r.end = end
	return r, nil
}

func ledgerOf(tx *bbolt.Tx) *ledgerReader {
	return &ledgerReader{tx: tx, cursor: tx.Bucket(bucketLedger).Cursor()}
}

// next reads the next batch and reports whether there was one.
func (r *ledgerReader) next() (entry graph.Entry, more bool, err error) {
	defer guard(&err)()
	var k, v []byte
	if r.started {
		k, v = r.cursor.Next()
	} else {
		k, v = r.cursor.First()
		r.started = true
	}
	if k == nil {
		return entry, false, nil
	}
	load, _, ok := bytes.Cut(k, []byte{0})
	data, err := unseal(v)
	if err != nil || !ok || len(data) < 8 {
		return entry, false, message.Errorf("%w: a batch of the ledger: %w", errDamaged, err)
	}
	r.key = k
	entry.Version = graph.Version(binary.BigEndian.Uint64(data))
	entry.Batch, err = r.decoder.Batch(data[8:])
	entry.Batch.Load.ID = string(load)
	if err != nil {
		return entry, false, message.Errorf("%w: %w", errDamaged, err)
	}
	return entry, true, nil
}

// Undo takes a load back; see [graph.Store].
func (s *Store) Undo(ctx context.Context, load string) (graph.Undone, error) {
	if err := s.enter(); err != nil {
		return graph.Undone{}, err
	}
	defer s.calls.Done()
	release, err := s.wait(ctx)
	if err != nil {
		return graph.Undone{}, err
	}
	defer release()
	var undone graph.Undone
	err = s.write(func(tx *bbolt.Tx) error {
		var err error
		undone, err = s.undo(ctx, tx, load)
		return err
	})
	if err != nil {
		return graph.Undone{}, s.named(err)
	}
	return undone, nil
}

// undo works inside a transaction.
func (s *Store) undo(ctx context.Context, tx *bbolt.Tx, load string) (graph.Undone, error) {
	if load == "" || tx.Bucket(bucketLoads).Get([]byte(load)) == nil {
		return graph.Undone{}, message.As(graph.ErrNotFound, "there is no load %q", load)
	}
	kinds, err := readKinds(tx)
	if err != nil {
		return graph.Undone{}, err
	}
	now, err := version(tx)
	if err != nil {
		return graph.Undone{}, err
	}
	ledger := func(ctx context.Context, yield func(graph.Entry) error) error {
		r := ledgerOf(tx)
		for {
			entry, more, err := r.next()
			if err != nil || !more {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := yield(entry); err != nil {
				return err
			}
		}
	}
	delta, err := graph.PlanUndo(ctx, s.model, load, ledger, s.view(tx, kinds))
	if err != nil {
		return graph.Undone{}, err
	}
	w := &writer{tx: tx, kinds: kinds}
	if !delta.Empty() {
		now++
		w.delta(delta, now)
	}
	w.forget(load)
	if w.err == nil {
		w.err = ctx.Err()
	}
	delta.Undone.Version = now
	return delta.Undone, w.err
}

// forget removes a load from the ledger.
func (w *writer) forget(load string) {
	if w.err != nil {
		return
	}
	var keys [][]byte
	prefix := ledgerKey(load, nil)
	cursor := w.tx.Bucket(bucketLedger).Cursor()
	for k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = cursor.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	w.remove(bucketLedger, keys)
	w.remove(bucketLoads, [][]byte{[]byte(load)})
}

// restated is how many drafts a batch of the ledger has that is made for a graph
// without a ledger.
const restated = 8000

// addLedger gives a file of the first format a ledger: the graph as it is, as a
// statement of the load without a name. If it is interrupted, the next opening
// starts it again.
func (s *Store) addLedger(ctx context.Context) error {
	err := s.write(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketLoads, bucketLedger} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	now, err := s.Version(ctx)
	if err != nil {
		return err
	}
	err = graph.Restate(ctx, s, restated, func(b graph.Batch) error {
		return s.write(func(tx *bbolt.Tx) error {
			w := &writer{tx: tx}
			a, err := w.note(b, graph.Result{Version: now})
			w.ledger(a)
			if err != nil {
				return err
			}
			return w.err
		})
	})
	if err != nil {
		return err
	}
	return s.write(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(metaFormat, withPlainIDs) })
}
