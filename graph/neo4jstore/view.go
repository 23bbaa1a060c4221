package neo4jstore

import (
	"context"
	"maps"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
)

// view shows the state before a batch to [graph.Plan]. Its transaction holds the
// lock, so that every call sees the same state.
type view struct {
	store   *Store
	tx      neo4j.ManagedTransaction
	decoder graph.Decoder
	stored  map[graph.ID]bool // nodes known to be in the database
	merging bool              // EdgesOf was called
}

func newView(s *Store, tx neo4j.ManagedTransaction) *view {
	return &view{store: s, tx: tx, stored: map[graph.ID]bool{}}
}

// Naming implements [graph.View].
func (v *view) Naming() *graph.Namer { return v.store.namer }

// list runs a statement that returns one row of lists.
func (v *view) list(ctx context.Context, cypher string, params map[string]any) ([][]any, error) {
	row, err := single(ctx, v.tx, cypher, params)
	if err != nil {
		return nil, err
	}
	lists := make([][]any, len(row))
	for i, value := range row {
		list, ok := value.([]any)
		if !ok {
			return nil, message.Errorf("%w: %T where a list is expected", errDamaged, value)
		}
		lists[i] = list
	}
	return lists, nil
}

// NodeIDs implements [graph.View].
func (v *view) NodeIDs(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.ID, error) {
	found := make(map[graph.Key]graph.ID, len(keys))
	for part := range slices.Chunk(keys, rowsPerStatement) {
		lists, err := v.list(ctx,
			"UNWIND $keys AS key MATCH (k:_Key {_key: key}) RETURN collect(k._key), collect(k._id)",
			map[string]any{"keys": texts(part)})
		if err != nil {
			return nil, err
		}
		for i, key := range lists[0] {
			k, okKey := key.(string)
			id, okID := lists[1][i].(string)
			if !okKey || !okID {
				return nil, message.Errorf("%w: the key %v finds %v", errDamaged, key, lists[1][i])
			}
			found[graph.Key(k)] = graph.ID(id)
			v.stored[graph.ID(id)] = true
		}
	}
	return found, nil
}

// Nodes implements [graph.View].
func (v *view) Nodes(ctx context.Context, ids []graph.ID) (map[graph.ID]*graph.Node, error) {
	found := make(map[graph.ID]*graph.Node, len(ids))
	for part := range slices.Chunk(ids, rowsPerStatement) {
		lists, err := v.list(ctx,
			"UNWIND $ids AS id MATCH (n:_Node {_id: id}) RETURN collect(n._data)",
			map[string]any{"ids": texts(part)})
		if err != nil {
			return nil, err
		}
		for _, data := range lists[0] {
			n, err := decodeNode(&v.decoder, data)
			if err != nil {
				return nil, err
			}
			found[n.ID] = n
			v.stored[n.ID] = true
		}
	}
	return found, nil
}

// Edges implements [graph.View]. An edge of a node that the batch creates cannot
// exist and is not looked up. All nodes that exist are known by now, except the
// ends of edges that a merge moves.
func (v *view) Edges(ctx context.Context, wanted []*graph.Edge) (map[graph.ID]*graph.Edge, error) {
	ids := map[string][]string{}
	for _, e := range wanted {
		if v.merging || v.stored[e.From] && v.stored[e.To] {
			ids[e.Kind] = append(ids[e.Kind], string(e.ID))
		}
	}
	found := map[graph.ID]*graph.Edge{}
	for _, kind := range slices.Sorted(maps.Keys(ids)) {
		find := v.store.of(kind, true).find
		for part := range slices.Chunk(ids[kind], rowsPerStatement) {
			edges, err := v.edges(ctx, find, map[string]any{"ids": part})
			if err != nil {
				return nil, err
			}
			for _, e := range edges {
				found[e.ID] = e
			}
		}
	}
	return found, nil
}

// EdgesOf implements [graph.View].
func (v *view) EdgesOf(ctx context.Context, ids []graph.ID) ([]*graph.Edge, error) {
	v.merging = true
	return v.edges(ctx,
		"UNWIND $ids AS id MATCH (n:_Node {_id: id})-[e]-() WITH DISTINCT e RETURN collect(e._data)",
		map[string]any{"ids": texts(ids)})
}

// edges runs a statement that returns one list of data.
func (v *view) edges(ctx context.Context, cypher string, params map[string]any) ([]*graph.Edge, error) {
	lists, err := v.list(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	edges := make([]*graph.Edge, len(lists[0]))
	for i, data := range lists[0] {
		if edges[i], err = decodeEdge(&v.decoder, data); err != nil {
			return nil, err
		}
	}
	return edges, nil
}

// texts turns keys or ids into a parameter.
func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = string(t)
	}
	return out
}

func decodeNode(d *graph.Decoder, data any) (*graph.Node, error) {
	b, ok := data.([]byte)
	if !ok {
		return nil, message.Errorf("%w: a node with _data of type %T", errDamaged, data)
	}
	return d.Node(b)
}

func decodeEdge(d *graph.Decoder, data any) (*graph.Edge, error) {
	b, ok := data.([]byte)
	if !ok {
		return nil, message.Errorf("%w: an edge with _data of type %T", errDamaged, data)
	}
	return d.Edge(b)
}
