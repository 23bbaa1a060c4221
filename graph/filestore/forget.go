package filestore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/message"
)

// Forget removes a node permanently; see [graph.Store]. When it returns, the
// file is a new one that holds only what is in the graph, so that none of its
// pages has the bytes of the node. If making it fails although the node is
// removed, the next opening of the file makes it. Readers in progress hold the
// old file, which no longer has a name, open until they end.
func (s *Store) Forget(ctx context.Context, f graph.Forgetting) (graph.Forgotten, error) {
	if err := s.enter(); err != nil {
		return graph.Forgotten{}, err
	}
	defer s.calls.Done()
	release, err := s.wait(ctx)
	if err != nil {
		return graph.Forgotten{}, err
	}
	defer release()
	var done graph.Forgotten
	err = s.write(func(tx *bbolt.Tx) error {
		var err error
		done, err = s.forget(ctx, tx, f)
		return err
	})
	if err != nil {
		return graph.Forgotten{}, s.named(err)
	}
	if err := s.compact(); err != nil {
		return done, s.named(message.Errorf("the node is forgotten, but free pages may still hold bytes of it; open the file again: %w", err))
	}
	return done, nil
}

// forget works inside a transaction.
func (s *Store) forget(ctx context.Context, tx *bbolt.Tx, f graph.Forgetting) (graph.Forgotten, error) {
	var done graph.Forgotten
	kinds, err := readKinds(tx)
	if err != nil {
		return done, err
	}
	now, err := version(tx)
	if err != nil {
		return done, err
	}
	purge, err := graph.PlanForget(ctx, s.model, f, s.view(tx, kinds))
	if err != nil {
		return done, err
	}
	w := &writer{tx: tx, kinds: kinds}
	w.delta(purge.Delta, now+1)
	done.Version, done.Edges = now+1, len(purge.Delta.EdgesRemoved)
	if w.err == nil {
		w.err = w.rewrite(ctx, purge, &done)
	}
	if w.err == nil {
		done.Tombstone, w.err = bury(tx, purge)
	}
	if w.err == nil {
		w.err = ctx.Err()
	}
	return done, w.err
}

// rewrite removes a node from the ledger.
func (w *writer) rewrite(ctx context.Context, purge *graph.Purge, done *graph.Forgotten) error {
	var gone [][]byte
	var rest []entry
	for r := ledgerOf(w.tx); ; {
		e, more, err := r.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		batch, n := purge.Rest(e.Batch)
		if n == 0 {
			continue
		}
		gone = append(gone, bytes.Clone(r.key))
		done.Drafts += n
		if !slices.Contains(done.Loads, e.Batch.Load.ID) {
			done.Loads = append(done.Loads, e.Batch.Load.ID)
		}
		if len(batch.Nodes)+len(batch.Edges) == 0 {
			continue
		}
		value, hash, err := graph.AppendBatch(versionKey(e.Version), batch)
		if err != nil {
			return err
		}
		rest = append(rest, entry{ledgerKey(batch.Load.ID, hash[:]), seal(value)})
	}
	w.remove(bucketLedger, gone)
	w.put(bucketLedger, rest)
	return w.err
}

// bury writes the tombstone, and marks the file as one that must be rewritten.
func bury(tx *bbolt.Tx, purge *graph.Purge) (graph.Tombstone, error) {
	meta := tx.Bucket(bucketMeta)
	salt := graph.Salt(bytes.Clone(meta.Get(metaSalt)))
	if salt == nil {
		salt = graph.NewSalt()
	}
	stone, hashes := purge.Tombstone(salt)
	data, err := json.Marshal(stone)
	if err != nil {
		return stone, err
	}
	forgotten, err := tx.CreateBucketIfNotExists(bucketForgotten)
	if err != nil {
		return stone, err
	}
	for _, h := range hashes {
		if err := forgotten.Put([]byte(h), seal(bytes.Clone(data))); err != nil {
			return stone, err
		}
	}
	return stone, errors.Join(meta.Put(metaSalt, salt), meta.Put(metaCompact, []byte{1}))
}

// Tombstones returns the tombstones of nodes that had the keys; see
// [graph.Store].
func (s *Store) Tombstones(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.calls.Done()
	var found map[graph.Key]graph.Tombstone
	err := s.read(func(tx *bbolt.Tx) error {
		var err error
		found, err = graph.FindTombstones(ctx, s.view(tx, nil), keys)
		return err
	})
	return found, s.named(err)
}

// Tombstones implements [graph.View].
func (v *view) Tombstones(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	forgotten := v.tx.Bucket(bucketForgotten)
	if forgotten == nil {
		return nil, nil
	}
	salt := graph.Salt(v.tx.Bucket(bucketMeta).Get(metaSalt))
	found := map[graph.Key]graph.Tombstone{}
	for _, k := range keys {
		sealed := forgotten.Get([]byte(salt.Hash(k)))
		if sealed == nil {
			continue
		}
		stone, err := decodeTombstone(sealed)
		if err != nil {
			return nil, err
		}
		found[k] = stone
	}
	return found, nil
}

func decodeTombstone(sealed []byte) (graph.Tombstone, error) {
	var stone graph.Tombstone
	data, err := unseal(sealed)
	if err != nil {
		return stone, err
	}
	if err := json.Unmarshal(data, &stone); err != nil {
		return stone, message.Errorf("%w: a tombstone: %w", errDamaged, err)
	}
	return stone, nil
}

// lift removes tombstones.
func (w *writer) lift(ids []string) {
	if w.err != nil || len(ids) == 0 {
		return
	}
	var keys [][]byte
	w.err = w.tx.Bucket(bucketForgotten).ForEach(func(k, sealed []byte) error {
		stone, err := decodeTombstone(sealed)
		if slices.Contains(ids, stone.ID) {
			keys = append(keys, bytes.Clone(k))
		}
		return err
	})
	w.remove(bucketForgotten, keys)
}

// portion is how many bytes one transaction of a new file writes.
const portion = 64 << 20

// compact replaces the file by a new one that holds only what is in the graph.
// Only the holder of the writer's token may call it.
func (s *Store) compact() (err error) {
	defer guard(&err)()
	path, err := filepath.EvalSymlinks(s.path)
	if err != nil {
		return err
	}
	fresh := path + ".compact"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	next, err := openDatabase(fresh)
	if err != nil {
		return err
	}
	if err := s.copyInto(next); err != nil {
		return errors.Join(err, next.db.Close(), os.Remove(fresh))
	}
	if err := os.Rename(fresh, path); err != nil {
		return errors.Join(err, next.db.Close(), os.Remove(fresh))
	}
	s.swap.Lock()
	old := s.database
	s.database = next
	s.swap.Unlock()
	s.calls.Add(1)
	go func() {
		defer s.calls.Done()
		old.users.Wait()
		err := old.db.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.late = errors.Join(s.late, err)
	}()
	return syncFolder(filepath.Dir(path))
}

// copyInto copies the present file into a new one.
func (s *Store) copyInto(next *database) error {
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	if err := bbolt.Compact(next.db, s.db, portion); err != nil {
		return err
	}
	err = next.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Delete(metaCompact) })
	if err != nil {
		return err
	}
	return errors.Join(next.file.Chmod(info.Mode().Perm()), next.db.Sync())
}

// syncFolder makes the change of a file name durable.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
