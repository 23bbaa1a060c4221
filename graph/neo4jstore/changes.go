package neo4jstore

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
)

// freeTries is how many times a cut is read beside writers. After that it is
// read under their lock, since a busy loader could make readers wait for ever.
const freeTries = 2

// pageNodes is how many nodes, with their edges, one row has when the whole
// graph is read. Collected rows are read much faster than single elements.
const pageNodes = 2000

// cut is one consistent state of the graph, or of what changed since.
type cut struct {
	version  graph.Version
	edgesOut []*graph.Edge // removed, with ID and Kind
	nodesOut []*graph.Node // removed, with ID and Kind
	nodes    []*graph.Node
	edges    []*graph.Edge
	decoder  graph.Decoder
}

// Changes yields what changed after a version; see [graph.Store]. Since the
// database lets a reader see writes that happen while it reads, all of the cut
// is read before its first element is yielded, and read again if the version
// has grown meanwhile. It needs memory for all that it yields.
func (s *Store) Changes(ctx context.Context, after graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	if err := s.enter(ctx); err != nil {
		return 0, err
	}
	defer s.calls.Done()
	var c *cut
	err := s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		var err error
		c, err = s.cut(ctx, session, after)
		return err
	})
	if err != nil {
		return 0, s.named(ctx, err)
	}
	c.sort()
	if err := c.yield(ctx, yield); err != nil {
		return 0, err
	}
	return c.version, nil
}

// cut reads a consistent cut.
func (s *Store) cut(ctx context.Context, session neo4j.SessionWithContext, after graph.Version) (*cut, error) {
	for range freeTries {
		c, err := s.readBesideWriters(ctx, session, after)
		if err != nil {
			return nil, err
		}
		if c != nil {
			return c, nil
		}
	}
	return s.readLocked(ctx, session, after)
}

// readBesideWriters reads a cut without making writers wait. It returns nil if
// one of them has changed the graph meanwhile.
func (s *Store) readBesideWriters(ctx context.Context, session neo4j.SessionWithContext, after graph.Version) (*cut, error) {
	before, err := s.settled(ctx, session)
	if err != nil {
		return nil, err
	}
	c, err := neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) (*cut, error) {
		return s.read(ctx, tx, after)
	})
	if err != nil {
		return nil, err
	}
	if c.version, err = s.settled(ctx, session); err != nil || c.version != before {
		return nil, err
	}
	return c, reached(after, c.version)
}

// readLocked reads a cut while all writers wait.
func (s *Store) readLocked(ctx context.Context, session neo4j.SessionWithContext, after graph.Version) (*cut, error) {
	var c *cut
	err := discard(ctx, session, func(tx neo4j.ManagedTransaction) error {
		version, err := s.lock(ctx, tx)
		if err != nil {
			return err
		}
		if c, err = s.read(ctx, tx, after); err != nil {
			return err
		}
		c.version = version
		return reached(after, version)
	})
	return c, err
}

// reached refuses versions that the graph has not reached.
func reached(after, now graph.Version) error {
	if after < 0 || after > now {
		return message.As(graph.ErrConflict, "changes after version %d of a graph at %d", after, now)
	}
	return nil
}

// settled returns the version at a moment when no writer is active. Only the
// writers' lock ensures this: the records of a transaction change one after the
// other, and the one with the version need be neither first nor last.
func (s *Store) settled(ctx context.Context, session neo4j.SessionWithContext) (graph.Version, error) {
	var version graph.Version
	err := discard(ctx, session, func(tx neo4j.ManagedTransaction) error {
		var err error
		version, err = s.lock(ctx, tx)
		return err
	})
	return version, err
}

// discard runs a transaction that may lock but commits nothing.
func discard(ctx context.Context, session neo4j.SessionWithContext, work func(neo4j.ManagedTransaction) error) error {
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		if err := work(tx); err != nil {
			return nil, err
		}
		return nil, errNothing
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// read reads the whole graph after version 0, else what changed since.
func (s *Store) read(ctx context.Context, tx neo4j.ManagedTransaction, after graph.Version) (*cut, error) {
	c := new(cut)
	if after == 0 {
		return c, c.readAll(ctx, tx)
	}
	params := map[string]any{"after": int64(after)}
	err := rows(ctx, tx, "MATCH (r:_Removed) WHERE r._rev > $after RETURN r._id, r._kind, r._edge", params, c.addRemoved)
	if err != nil {
		return nil, err
	}
	err = rows(ctx, tx, "MATCH (n:_Node) WHERE n._rev > $after RETURN n._data", params, func(row []any) error {
		return c.addNode(row[0])
	})
	if err != nil || s.changed == "" {
		return c, err
	}
	return c, rows(ctx, tx, s.changed, params, func(row []any) error { return c.addEdge(row[0]) })
}

// readAll reads every node with the list of its outgoing edges, in pages along
// the index of ids.
func (c *cut) readAll(ctx context.Context, tx neo4j.ManagedTransaction) error {
	last := any("")
	for last != nil {
		row, err := single(ctx, tx, `
			MATCH (n:_Node) WHERE n._id > $last
			WITH n ORDER BY n._id LIMIT $size
			RETURN max(n._id), collect(n._data), collect([(n)-[e]->() WHERE e._data IS NOT NULL | e._data])`,
			map[string]any{"last": last, "size": pageNodes})
		if err != nil {
			return err
		}
		last = row[0]
		nodes, okNodes := row[1].([]any)
		lists, okLists := row[2].([]any)
		if !okNodes || !okLists {
			return message.Errorf("%w: a page of %T and %T", errDamaged, row[1], row[2])
		}
		if err := c.addPage(nodes, lists); err != nil {
			return err
		}
	}
	return nil
}

func (c *cut) addPage(nodes, lists []any) error {
	for _, data := range nodes {
		if err := c.addNode(data); err != nil {
			return err
		}
	}
	for _, list := range lists {
		edges, ok := list.([]any)
		if !ok {
			return message.Errorf("%w: a list of edges of type %T", errDamaged, list)
		}
		for _, data := range edges {
			if err := c.addEdge(data); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *cut) addNode(data any) error {
	n, err := decodeNode(&c.decoder, data)
	c.nodes = append(c.nodes, n)
	return err
}

func (c *cut) addEdge(data any) error {
	e, err := decodeEdge(&c.decoder, data)
	c.edges = append(c.edges, e)
	return err
}

func (c *cut) addRemoved(row []any) error {
	id, okID := row[0].(string)
	kind, okKind := row[1].(string)
	edge, okEdge := row[2].(bool)
	switch {
	case !okID || !okKind || !okEdge:
		return message.Errorf("%w: a removal of %v", errDamaged, row)
	case edge:
		c.edgesOut = append(c.edgesOut, &graph.Edge{ID: graph.ID(id), Kind: kind})
	default:
		c.nodesOut = append(c.nodesOut, &graph.Node{ID: graph.ID(id), Kind: kind})
	}
	return nil
}

// rows runs a statement and calls add for every row.
func rows(ctx context.Context, tx neo4j.ManagedTransaction, cypher string, params map[string]any, add func([]any) error) error {
	result, err := tx.Run(ctx, cypher, params)
	if err != nil {
		return err
	}
	return eachRow(ctx, result, add)
}

// eachRow calls do for every row of a result.
func eachRow(ctx context.Context, result neo4j.ResultWithContext, do func([]any) error) error {
	for result.Next(ctx) {
		if err := do(result.Record().Values); err != nil {
			return err
		}
	}
	return result.Err()
}

// sort puts each sort of element in the order of kind and id.
func (c *cut) sort() {
	byNode := func(a, b *graph.Node) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) }
	byEdge := func(a, b *graph.Edge) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(c.nodesOut, byNode)
	slices.SortFunc(c.nodes, byNode)
	// An element may have been removed more than once.
	c.nodesOut = slices.CompactFunc(c.nodesOut, func(a, b *graph.Node) bool { return byNode(a, b) == 0 })
	slices.SortFunc(c.edgesOut, byEdge)
	slices.SortFunc(c.edges, byEdge)
	c.edgesOut = slices.CompactFunc(c.edgesOut, func(a, b *graph.Edge) bool { return byEdge(a, b) == 0 })
}

// yield yields the elements in order and drops its reference to each.
func (c *cut) yield(ctx context.Context, yield func(graph.Change) error) error {
	if err := each(ctx, c.edgesOut, func(e *graph.Edge) error { return yield(graph.Change{EdgeRemoved: e}) }); err != nil {
		return err
	}
	if err := each(ctx, c.nodesOut, func(n *graph.Node) error { return yield(graph.Change{NodeRemoved: n}) }); err != nil {
		return err
	}
	if err := each(ctx, c.nodes, func(n *graph.Node) error { return yield(graph.Change{Node: n}) }); err != nil {
		return err
	}
	return each(ctx, c.edges, func(e *graph.Edge) error { return yield(graph.Change{Edge: e}) })
}

func each[T any](ctx context.Context, list []*T, do func(*T) error) error {
	for i, e := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		list[i] = nil
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}
