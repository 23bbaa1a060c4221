package neo4jstore

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
)

// addition is what a batch adds to the ledger.
type addition struct {
	rows  [][2]any // of _Told: its key and its data; none if the ledger has it
	load  string
	next  graph.Load
	fresh bool // the ledger does not have it yet
}

// ledgerKey names a batch of a load. The ids of loads hold no control
// characters, so the line break ends them.
func ledgerKey(load string, hash graph.BatchHash) string { return load + "\n" + hash.String() }

// note determines what a batch adds to the ledger.
func note(ctx context.Context, tx neo4j.ManagedTransaction, batch graph.Batch, result graph.Result) (addition, error) {
	a := addition{load: batch.Load.ID}
	drafts := len(batch.Nodes)+len(batch.Edges) > 0
	if !drafts && a.load == "" {
		return a, nil
	}
	data, hash, err := graph.AppendBatch(nil, batch)
	if err != nil {
		return a, err
	}
	key := ledgerKey(a.load, hash)
	row, err := single(ctx, tx,
		"OPTIONAL MATCH (l:_Load {_load: $load}) OPTIONAL MATCH (t:_Told {_told: $key}) RETURN l._data, t IS NOT NULL",
		map[string]any{"load": a.load, "key": key})
	if err != nil {
		return a, err
	}
	if drafts && row[1] == false {
		a.rows, a.fresh = [][2]any{{key, data}}, true
	}
	if a.load == "" {
		return a, nil
	}
	var before graph.Load
	if row[0] != nil {
		if before, err = decodeLoad(row[0]); err != nil {
			return a, err
		}
	}
	a.next = before.Join(batch, result, a.fresh)
	a.fresh = a.fresh || !a.next.Equal(before)
	return a, nil
}

// write writes what note has found.
func (a addition) write(ctx context.Context, tx neo4j.ManagedTransaction, r graph.Version) error {
	for _, row := range a.rows {
		err := consume(ctx, tx, "CREATE (:_Told {_told: $key, _load: $load, _rev: $rev, _data: $data})",
			map[string]any{"key": row[0], "load": a.load, "rev": int64(r), "data": row[1]})
		if err != nil {
			return err
		}
	}
	if a.load == "" {
		return nil
	}
	data, err := json.Marshal(a.next)
	if err != nil {
		return err
	}
	return consume(ctx, tx, "MERGE (l:_Load {_load: $load}) SET l._data = $data", map[string]any{"load": a.load, "data": string(data)})
}

func decodeLoad(data any) (graph.Load, error) {
	var l graph.Load
	text, ok := data.(string)
	if !ok {
		return l, message.Errorf("%w: a load of type %T", errDamaged, data)
	}
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return l, message.Errorf("%w: a load: %w", errDamaged, err)
	}
	return l, nil
}

// Loads returns the loads that are in the graph, or those of the ids; see
// [graph.Store].
func (s *Store) Loads(ctx context.Context, ids ...string) ([]graph.Load, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.calls.Done()
	find := "MATCH (l:_Load) RETURN l._data"
	if len(ids) > 0 {
		find = "UNWIND $ids AS id WITH DISTINCT id MATCH (l:_Load {_load: id}) RETURN l._data"
	}
	var loads []graph.Load
	err := s.in(ctx, neo4j.AccessModeRead, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteRead(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			loads = nil
			return nil, rows(ctx, tx, find, map[string]any{"ids": ids}, func(row []any) error {
				l, err := decodeLoad(row[0])
				loads = append(loads, l)
				return err
			})
		})
		return err
	})
	if err != nil {
		return nil, s.named(ctx, err)
	}
	graph.SortLoads(loads)
	return loads, nil
}

// record is a batch of the ledger as it is stored.
type record struct {
	load string
	key  string
	rev  graph.Version
	data []byte
}

// readLedger reads the whole ledger in its order, still packed.
func readLedger(ctx context.Context, tx neo4j.ManagedTransaction) ([]record, error) {
	return readBatches(ctx, tx, "MATCH (t:_Told)", nil)
}

// readBatches reads batches of the ledger in its order, still packed.
func readBatches(ctx context.Context, tx neo4j.ManagedTransaction, match string, params map[string]any) ([]record, error) {
	var list []record
	err := rows(ctx, tx, match+" RETURN t._load, t._told, t._rev, t._data", params, func(row []any) error {
		load, okLoad := row[0].(string)
		key, okKey := row[1].(string)
		rev, okRev := row[2].(int64)
		data, okData := row[3].([]byte)
		if !okLoad || !okKey || !okRev || !okData {
			return message.Errorf("%w: a batch of the ledger: %T, %T, %T, %T", errDamaged, row[0], row[1], row[2], row[3])
		}
		list = append(list, record{load, key, graph.Version(rev), data})
		return nil
	})
	slices.SortFunc(list, func(a, b record) int {
		return cmp.Or(strings.Compare(a.load, b.load), strings.Compare(a.key, b.key))
	})
	return list, err
}

// ledgerPortion is how many packed batches an undo holds in memory at once.
const ledgerPortion = 16

// inPortions returns a function that reads the ledger in its order each time it
// is called, and holds only one portion of it in memory.
func inPortions(ctx context.Context, tx neo4j.ManagedTransaction) (graph.Ledger, error) {
	var keys []string
	err := rows(ctx, tx, "MATCH (t:_Told) RETURN t._load, t._told", nil, func(row []any) error {
		load, okLoad := row[0].(string)
		key, okKey := row[1].(string)
		if !okLoad || !okKey {
			return message.Errorf("%w: a batch of the ledger: %T, %T", errDamaged, row[0], row[1])
		}
		keys = append(keys, load+"\x00"+key)
		return nil
	})
	slices.Sort(keys)
	for i := range keys {
		_, keys[i], _ = strings.Cut(keys[i], "\x00")
	}
	return func(ctx context.Context, yield func(graph.Entry) error) error {
		for portion := range slices.Chunk(keys, ledgerPortion) {
			list, err := readBatches(ctx, tx, "UNWIND $keys AS key MATCH (t:_Told {_told: key})", map[string]any{"keys": portion})
			if err != nil {
				return err
			}
			if err := entries(ctx, list, yield); err != nil {
				return err
			}
		}
		return nil
	}, err
}

// entries unpacks the ledger batch by batch.
func entries(ctx context.Context, list []record, yield func(graph.Entry) error) error {
	var decoder graph.Decoder
	for _, r := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		batch, err := decoder.Batch(r.data)
		if err != nil {
			return message.Errorf("%w: %w", errDamaged, err)
		}
		batch.Load.ID = r.load
		if err := yield(graph.Entry{Version: r.rev, Batch: batch}); err != nil {
			return err
		}
	}
	return nil
}

// Ledger yields every batch that was applied and not taken back; see
// [graph.Store]. The packed ledger is read as a whole before the first batch is
// yielded.
func (s *Store) Ledger(ctx context.Context, yield func(graph.Entry) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.calls.Done()
	var list []record
	err := s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		return discard(ctx, session, func(tx neo4j.ManagedTransaction) error {
			_, err := s.lock(ctx, tx)
			if err != nil {
				return err
			}
			list, err = readLedger(ctx, tx)
			return err
		})
	})
	if err != nil {
		return s.named(ctx, err)
	}
	return entries(ctx, list, yield)
}

// Undo takes a load back; see [graph.Store]. It is one transaction, for which
// the server needs memory for all that changes.
func (s *Store) Undo(ctx context.Context, load string) (graph.Undone, error) {
	if err := s.enter(ctx); err != nil {
		return graph.Undone{}, err
	}
	defer s.calls.Done()
	var undone graph.Undone
	err := s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			var err error
			undone, err = s.undo(ctx, tx, load)
			return nil, err
		})
		return err
	})
	if err != nil {
		return graph.Undone{}, s.named(ctx, err)
	}
	return undone, nil
}

// undo works inside a transaction, which may be retried.
func (s *Store) undo(ctx context.Context, tx neo4j.ManagedTransaction, load string) (graph.Undone, error) {
	now, err := s.lock(ctx, tx)
	if err != nil {
		return graph.Undone{}, err
	}
	row, err := single(ctx, tx, "OPTIONAL MATCH (l:_Load {_load: $load}) RETURN l IS NOT NULL", map[string]any{"load": load})
	if err != nil {
		return graph.Undone{}, err
	}
	if load == "" || row[0] != true {
		return graph.Undone{}, message.As(graph.ErrNotFound, "there is no load %q", load)
	}
	ledger, err := inPortions(ctx, tx)
	if err != nil {
		return graph.Undone{}, err
	}
	delta, err := graph.PlanUndo(ctx, s.model, load, ledger, newView(s, tx))
	if err != nil {
		return graph.Undone{}, err
	}
	if !delta.Empty() {
		now++
		if err := s.write(ctx, tx, delta, now); err != nil {
			return graph.Undone{}, err
		}
	}
	for _, cypher := range []string{
		"MATCH (t:_Told {_load: $load}) DELETE t",
		"MATCH (l:_Load {_load: $load}) DELETE l",
	} {
		if err := consume(ctx, tx, cypher, map[string]any{"load": load}); err != nil {
			return graph.Undone{}, err
		}
	}
	delta.Undone.Version = now
	return delta.Undone, nil
}

// restated is how many drafts a batch of the ledger has that is made for a graph
// without a ledger.
const restated = 8000

// addLedger gives a graph of the first format a ledger: the graph as it is, as a
// statement of the load without a name.
func (s *Store) addLedger(ctx context.Context) error {
	err := s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			now, err := s.lock(ctx, tx)
			if err != nil {
				return nil, err
			}
			row, err := single(ctx, tx, "MATCH (m:_Meta {_name: 'graph'}) RETURN m._format", nil)
			if err != nil || row[0] != int64(withoutLedger) {
				return nil, err // another process was faster
			}
			c, err := s.read(ctx, tx, 0)
			if err != nil {
				return nil, err
			}
			c.sort()
			err = graph.Restate(ctx, c, restated, func(b graph.Batch) error {
				a, err := note(ctx, tx, b, graph.Result{Version: now})
				return errors.Join(err, a.write(ctx, tx, now))
			})
			if err != nil {
				return nil, err
			}
			return nil, consume(ctx, tx, "MATCH (m:_Meta {_name: 'graph'}) SET m._format = $format", map[string]any{"format": withLedger})
		})
		return err
	})
	return err
}

// Changes yields the cut of a whole graph, which is a [graph.Reader].
func (c *cut) Changes(ctx context.Context, _ graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	return c.version, c.yield(ctx, yield)
}

// Namer returns none, since nobody makes ids by a cut.
func (c *cut) Namer(context.Context) (*graph.Namer, error) { return nil, graph.ErrNotFound }

// Version returns that of the cut.
func (c *cut) Version(context.Context) (graph.Version, error) { return c.version, nil }
