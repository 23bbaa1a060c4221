package neo4jstore

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
)

// rowsPerStatement is the most rows of one statement. It limits the memory that
// the server needs beside the transaction itself.
const rowsPerStatement = 10_000

// errNothing ends a transaction that has nothing to commit.
var errNothing = errors.New("nothing changed")

// Apply applies a batch to the graph; see [graph.Store]. Batches of several
// stores on one database are applied one at a time. When the connection breaks
// during the commit the error is [graph.ErrUnavailable] although the batch may
// be in the graph; applying it again is safe.
func (s *Store) Apply(ctx context.Context, batch graph.Batch) (graph.Result, error) {
	if err := s.enter(ctx); err != nil {
		return graph.Result{}, err
	}
	defer s.calls.Done()
	var result graph.Result
	err := s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			var err error
			result, err = s.apply(ctx, tx, batch)
			return nil, err
		})
		return err
	})
	if err != nil && !errors.Is(err, errNothing) {
		return graph.Result{}, s.named(ctx, err)
	}
	return result, nil
}

// apply works inside a transaction, which may be retried. It returns errNothing
// with the result of a batch that changes nothing.
func (s *Store) apply(ctx context.Context, tx neo4j.ManagedTransaction, batch graph.Batch) (graph.Result, error) {
	now, err := s.lock(ctx, tx)
	if err != nil {
		return graph.Result{}, err
	}
	delta, err := graph.Plan(ctx, s.model, batch, newView(s, tx))
	if err != nil {
		return graph.Result{}, err
	}
	r := now
	if !delta.Empty() {
		r = now + 1
	}
	delta.Result.Version = r
	a, err := note(ctx, tx, delta.Batch, delta.Result)
	if err != nil {
		return graph.Result{}, err
	}
	if delta.Empty() && !a.fresh {
		return delta.Result, errNothing
	}
	if !delta.Empty() {
		if err := s.write(ctx, tx, delta, r); err != nil {
			return graph.Result{}, err
		}
	}
	if err := lift(ctx, tx, delta.Lifted); err != nil {
		return graph.Result{}, err
	}
	return delta.Result, a.write(ctx, tx, r)
}

// write writes what changes in the graph.
func (s *Store) write(ctx context.Context, tx neo4j.ManagedTransaction, delta *graph.Delta, r graph.Version) error {
	w := &writer{store: s, tx: tx, rev: r}
	for _, step := range []func(context.Context, *graph.Delta) error{
		w.drop, w.nodes, w.keys, w.edges, w.finish,
	} {
		if err := step(ctx, delta); err != nil {
			return err
		}
	}
	return nil
}

// writer writes a delta.
type writer struct {
	store *Store
	tx    neo4j.ManagedTransaction
	rev   graph.Version
}

// run runs a statement with rows and fails if any of them found nothing.
func (w *writer) run(ctx context.Context, cypher string, rows []any) error {
	for part := range slices.Chunk(rows, rowsPerStatement) {
		row, err := single(ctx, w.tx, cypher, map[string]any{"rows": part, "rev": int64(w.rev)})
		if err != nil {
			return err
		}
		if row[0] != int64(len(part)) {
			return message.Errorf("%w: %v of %d rows found their element by: %s", errDamaged, row[0], len(part), cypher)
		}
	}
	return nil
}

// portion is what is written of one kind.
type portion struct{ created, updated, removed []any }

// portions are written in the order of the kinds, the same each time.
type portions map[string]*portion

func (p portions) of(kind string) *portion {
	if p[kind] == nil {
		p[kind] = new(portion)
	}
	return p[kind]
}

// write writes one kind after the other.
func (w *writer) write(ctx context.Context, p portions, edge bool) error {
	for _, kind := range slices.Sorted(maps.Keys(p)) {
		s := w.store.of(kind, edge)
		if err := w.run(ctx, s.remove, p[kind].removed); err != nil {
			return err
		}
		if err := w.run(ctx, s.create, p[kind].created); err != nil {
			return err
		}
		if err := w.run(ctx, s.update, p[kind].updated); err != nil {
			return err
		}
	}
	return nil
}

// drop removes elements and records their removal.
func (w *writer) drop(ctx context.Context, delta *graph.Delta) error {
	edges, nodes := portions{}, portions{}
	var gone []any
	for _, e := range delta.EdgesRemoved {
		p := edges.of(e.Kind)
		p.removed = append(p.removed, []any{string(e.From), string(e.To), string(e.ID)})
		gone = append(gone, []any{string(e.ID), e.Kind, true})
	}
	for _, n := range delta.NodesRemoved {
		p := nodes.of(n.Kind)
		p.removed = append(p.removed, []any{string(n.ID)})
		gone = append(gone, []any{string(n.ID), n.Kind, false})
	}
	if err := w.write(ctx, edges, true); err != nil {
		return err
	}
	if err := w.write(ctx, nodes, false); err != nil {
		return err
	}
	return w.run(ctx, "UNWIND $rows AS row CREATE (:_Removed {_id: row[0], _kind: row[1], _edge: row[2], _rev: $rev}) RETURN count(*)", gone)
}

func (w *writer) nodes(ctx context.Context, delta *graph.Delta) error {
	all := portions{}
	for _, n := range delta.Nodes {
		stamped := *n
		stamped.Version = w.rev
		row, err := w.store.of(n.Kind, false).nodeRow(&stamped)
		if err != nil {
			return err
		}
		if p := all.of(n.Kind); n.Version == 0 {
			p.created = append(p.created, row)
		} else {
			p.updated = append(p.updated, row)
		}
	}
	return w.write(ctx, all, false)
}

// keys writes the keys that are new or find another node than before, and
// removes those that no longer find a node.
func (w *writer) keys(ctx context.Context, delta *graph.Delta) error {
	gone := make([]any, len(delta.KeysRemoved))
	for i, k := range delta.KeysRemoved {
		gone[i] = string(k)
	}
	if err := w.run(ctx, "UNWIND $rows AS row MATCH (k:_Key {_key: row}) DELETE k RETURN count(*)", gone); err != nil {
		return err
	}
	rows := make([]any, 0, len(delta.Keys))
	for _, k := range slices.Sorted(maps.Keys(delta.Keys)) {
		rows = append(rows, []any{string(k), string(delta.Keys[k])})
	}
	return w.run(ctx, "UNWIND $rows AS row MERGE (k:_Key {_key: row[0]}) SET k._id = row[1] RETURN count(*)", rows)
}

// edges writes the edges in the order of their ends, so that the server jumps
// less between records.
func (w *writer) edges(ctx context.Context, delta *graph.Delta) error {
	sorted := slices.SortedFunc(slices.Values(delta.Edges), compareEnds)
	all := portions{}
	for _, e := range sorted {
		stamped := *e
		stamped.Version = w.rev
		row, err := w.store.of(e.Kind, true).edgeRow(&stamped)
		if err != nil {
			return err
		}
		if p := all.of(e.Kind); e.Version == 0 {
			p.created = append(p.created, row)
		} else {
			p.updated = append(p.updated, row)
		}
	}
	return w.write(ctx, all, true)
}

func compareEnds(a, b *graph.Edge) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.ID, b.ID))
}

// finish writes the version.
func (w *writer) finish(ctx context.Context, _ *graph.Delta) error {
	return consume(ctx, w.tx, "MATCH (m:_Meta {_name: 'graph'}) SET m._revision = $rev", map[string]any{"rev": int64(w.rev)})
}
