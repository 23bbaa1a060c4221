package neo4jstore

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
)

// Forget removes a node permanently; see [graph.Store]. It is one transaction.
// What the server itself retains beside the graph, its transaction logs and the
// free records of its files, is out of reach of a statement: see docs/neo4j.md.
func (s *Store) Forget(ctx context.Context, f graph.Forgetting) (graph.Forgotten, error) {
	if err := s.enter(ctx); err != nil {
		return graph.Forgotten{}, err
	}
	defer s.calls.Done()
	var done graph.Forgotten
	err := s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			var err error
			done, err = s.forget(ctx, tx, f)
			return nil, err
		})
		return err
	})
	if err != nil {
		return graph.Forgotten{}, s.named(ctx, err)
	}
	return done, nil
}

// forget works inside a transaction, which may be retried.
func (s *Store) forget(ctx context.Context, tx neo4j.ManagedTransaction, f graph.Forgetting) (graph.Forgotten, error) {
	var done graph.Forgotten
	now, err := s.lock(ctx, tx)
	if err != nil {
		return done, err
	}
	purge, err := graph.PlanForget(ctx, s.model, f, newView(s, tx))
	if err != nil {
		return done, err
	}
	done.Version, done.Edges = now+1, len(purge.Delta.EdgesRemoved)
	if err := s.write(ctx, tx, purge.Delta, done.Version); err != nil {
		return done, err
	}
	if err := rewrite(ctx, tx, purge, &done); err != nil {
		return done, err
	}
	done.Tombstone, err = bury(ctx, tx, purge)
	return done, err
}

// rewrite removes a node from the ledger.
func rewrite(ctx context.Context, tx neo4j.ManagedTransaction, purge *graph.Purge, done *graph.Forgotten) error {
	list, err := readLedger(ctx, tx)
	if err != nil {
		return err
	}
	var gone, rest []any
	at := 0
	err = entries(ctx, list, func(e graph.Entry) error {
		r := list[at]
		at++
		batch, n := purge.Rest(e.Batch)
		if n == 0 {
			return nil
		}
		gone = append(gone, r.key)
		done.Drafts += n
		if !slices.Contains(done.Loads, r.load) {
			done.Loads = append(done.Loads, r.load)
		}
		if len(batch.Nodes)+len(batch.Edges) == 0 {
			return nil
		}
		data, hash, err := graph.AppendBatch(nil, batch)
		rest = append(rest, []any{ledgerKey(r.load, hash), r.load, int64(r.rev), data})
		return err
	})
	if err != nil {
		return err
	}
	if err := consume(ctx, tx, "UNWIND $keys AS key MATCH (t:_Told {_told: key}) DELETE t", map[string]any{"keys": gone}); err != nil {
		return err
	}
	return consume(ctx, tx, "UNWIND $rows AS row MERGE (t:_Told {_told: row[0]}) SET t._load = row[1], t._rev = row[2], t._data = row[3]",
		map[string]any{"rows": rest})
}

// bury writes the tombstone.
func bury(ctx context.Context, tx neo4j.ManagedTransaction, purge *graph.Purge) (graph.Tombstone, error) {
	salt, err := saltOf(ctx, tx)
	if err != nil {
		return graph.Tombstone{}, err
	}
	if salt == nil {
		salt = graph.NewSalt()
	}
	stone, hashes := purge.Tombstone(salt)
	data, err := json.Marshal(stone)
	if err != nil {
		return stone, err
	}
	err = consume(ctx, tx, "UNWIND $hashes AS hash MERGE (f:_Forgotten {_hash: hash}) SET f._data = $data",
		map[string]any{"hashes": hashes, "data": string(data)})
	if err != nil {
		return stone, err
	}
	return stone, consume(ctx, tx, "MATCH (m:_Meta {_name: 'graph'}) SET m._salt = $salt",
		map[string]any{"salt": hex.EncodeToString(salt)})
}

// saltOf returns the salt of the graph, nil if no node was forgotten yet.
func saltOf(ctx context.Context, tx neo4j.ManagedTransaction) (graph.Salt, error) {
	row, err := single(ctx, tx, "OPTIONAL MATCH (m:_Meta {_name: 'graph'}) RETURN coalesce(m._salt, '')", nil)
	if err != nil {
		return nil, err
	}
	text, ok := row[0].(string)
	if !ok {
		return nil, message.Errorf("%w: a salt of type %T", errDamaged, row[0])
	}
	if text == "" {
		return nil, nil
	}
	salt, err := hex.DecodeString(text)
	if err != nil {
		return nil, message.Errorf("%w: a salt: %w", errDamaged, err)
	}
	return salt, nil
}

// Tombstones returns the tombstones of nodes that had the keys; see
// [graph.Store].
func (s *Store) Tombstones(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.calls.Done()
	var found map[graph.Key]graph.Tombstone
	err := s.in(ctx, neo4j.AccessModeRead, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteRead(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			var err error
			found, err = graph.FindTombstones(ctx, newView(s, tx), keys)
			return nil, err
		})
		return err
	})
	return found, s.named(ctx, err)
}

// Tombstones implements [graph.View].
func (v *view) Tombstones(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	salt, err := saltOf(ctx, v.tx)
	if err != nil || salt == nil {
		return nil, err
	}
	byHash := make(map[string]graph.Key, len(keys))
	hashes := make([]string, len(keys))
	for i, k := range keys {
		hashes[i] = salt.Hash(k)
		byHash[hashes[i]] = k
	}
	found := map[graph.Key]graph.Tombstone{}
	for part := range slices.Chunk(hashes, rowsPerStatement) {
		err := rows(ctx, v.tx, "UNWIND $hashes AS hash MATCH (f:_Forgotten {_hash: hash}) RETURN f._hash, f._data",
			map[string]any{"hashes": part}, func(row []any) error {
				hash, okHash := row[0].(string)
				data, okData := row[1].(string)
				var stone graph.Tombstone
				if !okHash || !okData || json.Unmarshal([]byte(data), &stone) != nil {
					return message.Errorf("%w: a tombstone", errDamaged)
				}
				found[byHash[hash]] = stone
				return nil
			})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// lift removes tombstones.
func lift(ctx context.Context, tx neo4j.ManagedTransaction, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	var hashes []any
	err := rows(ctx, tx, "MATCH (f:_Forgotten) RETURN f._hash, f._data", nil, func(row []any) error {
		var stone graph.Tombstone
		data, ok := row[1].(string)
		if !ok || json.Unmarshal([]byte(data), &stone) != nil {
			return message.Errorf("%w: a tombstone", errDamaged)
		}
		if slices.Contains(ids, stone.ID) {
			hashes = append(hashes, row[0])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return consume(ctx, tx, "UNWIND $hashes AS hash MATCH (f:_Forgotten {_hash: hash}) DELETE f", map[string]any{"hashes": hashes})
}
