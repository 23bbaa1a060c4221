package filestore

import (
	"bytes"
	"context"
	"encoding/binary"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/message"
)

// view shows the state before a batch to [graph.Plan].
type view struct {
	tx      *bbolt.Tx
	kinds   *kinds
	namer   *graph.Namer
	decoder graph.Decoder
	places  map[graph.ID]key // of the nodes that keys have found
	ofEdges []kindNo         // the kinds of which there are edges
}

// view shows the state of a transaction.
func (s *Store) view(tx *bbolt.Tx, kinds *kinds) *view {
	return &view{tx: tx, kinds: kinds, namer: s.namer, places: map[graph.ID]key{}}
}

// Naming implements [graph.View].
func (v *view) Naming() *graph.Namer { return v.namer }

// stride is how many look-ups are made between two checks of the context.
const stride = 1024

// NodeIDs implements [graph.View].
func (v *view) NodeIDs(ctx context.Context, keys []graph.Key) (map[graph.Key]graph.ID, error) {
	bucket := v.tx.Bucket(bucketKeys)
	found := make(map[graph.Key]graph.ID, len(keys))
	for i, k := range keys {
		if i%stride == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if k == "" {
			continue
		}
		value := bucket.Get([]byte(k))
		if value == nil {
			continue
		}
		if len(value) != kindLen+idLen {
			return nil, message.Errorf("%w: the key %q finds %d bytes", errDamaged, k, len(value))
		}
		place := key(value)
		id := place.id()
		v.places[id] = place
		found[k] = id
	}
	return found, nil
}

// Nodes implements [graph.View].
func (v *view) Nodes(ctx context.Context, ids []graph.ID) (map[graph.ID]*graph.Node, error) {
	found := make(map[graph.ID]*graph.Node, len(ids))
	for i, id := range ids {
		if i%stride == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		n, err := v.node(id)
		if err != nil {
			return nil, err
		}
		if n != nil {
			found[id] = n
		}
	}
	return found, nil
}

// node returns a node, nil if it does not exist. A node that no key has found is
// looked up by its id alone, in every kind.
func (v *view) node(id graph.ID) (*graph.Node, error) {
	bucket := v.tx.Bucket(bucketNodes)
	if place, ok := v.places[id]; ok {
		value := bucket.Get(place[:])
		if value == nil {
			return nil, message.Errorf("%w: the node %q is missing", errDamaged, id)
		}
		return readNode(&v.decoder, place, value)
	}
	for no := range v.kinds.names {
		place, ok := makeKey(no, id)
		if !ok {
			return nil, nil
		}
		if value := bucket.Get(place[:]); value != nil {
			return readNode(&v.decoder, place, value)
		}
	}
	return nil, nil
}

// Edges implements [graph.View].
func (v *view) Edges(ctx context.Context, wanted []*graph.Edge) (map[graph.ID]*graph.Edge, error) {
	bucket := v.tx.Bucket(bucketEdges)
	found := make(map[graph.ID]*graph.Edge, len(wanted))
	for i, w := range wanted {
		if i%stride == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		place, ok := makeKey(v.kinds.numbers[w.Kind], w.ID)
		if !ok {
			continue
		}
		value := bucket.Get(place[:])
		if value == nil {
			continue
		}
		e, err := readEdge(&v.decoder, place, value)
		if err != nil {
			return nil, err
		}
		found[w.ID] = e
	}
	return found, nil
}

// EdgesOf implements [graph.View].
func (v *view) EdgesOf(ctx context.Context, ids []graph.ID) ([]*graph.Edge, error) {
	bucket := v.tx.Bucket(bucketEdges)
	seen := map[key]bool{}
	var edges []*graph.Edge
	for _, id := range ids {
		places, err := v.edgesAt(id)
		if err != nil {
			return nil, err
		}
		for i, place := range places {
			if i%stride == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if seen[place] {
				continue
			}
			value := bucket.Get(place[:])
			if value == nil {
				return nil, message.Errorf("%w: the edge %q is missing", errDamaged, place.id())
			}
			e, err := readEdge(&v.decoder, place, value)
			if err != nil {
				return nil, err
			}
			if e.From == id || e.To == id { // or its id only begins like that of the node
				seen[place] = true
				edges = append(edges, e)
			}
		}
	}
	return edges, nil
}

// edgesAt returns the places of the edges that may be at a node: those whose ids
// begin like its own, and those of the bucket ends.
func (v *view) edgesAt(id graph.ID) (places []key, err error) {
	cursor := v.tx.Bucket(bucketEdges).Cursor()
	for _, no := range v.edgeKinds() {
		place, _ := makeKey(no, id)
		prefix := place[:kindLen+graph.EdgePrefix]
		for k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = cursor.Next() {
			if len(k) != len(place) {
				return nil, message.Errorf("%w: the key of an edge has %d bytes", errDamaged, len(k))
			}
			places = append(places, key(k))
		}
	}
	cursor = v.tx.Bucket(bucketEnds).Cursor()
	raw, _ := id.Bytes()
	for k, _ := cursor.Seek(raw[:]); bytes.HasPrefix(k, raw[:]); k, _ = cursor.Next() {
		if len(k) != endLen {
			return nil, message.Errorf("%w: an end of %d bytes", errDamaged, len(k))
		}
		places = append(places, key(k[idLen:]))
	}
	return places, nil
}

// edgeKinds returns the numbers of the kinds of which the file has edges.
func (v *view) edgeKinds() []kindNo {
	if v.ofEdges == nil {
		cursor := v.tx.Bucket(bucketEdges).Cursor()
		for no := range v.kinds.names {
			prefix := binary.BigEndian.AppendUint16(nil, uint16(no))
			if k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix) {
				v.ofEdges = append(v.ofEdges, no)
			}
		}
	}
	return v.ofEdges
}

// endLen is the length of a key in the bucket ends.
const endLen = idLen + kindLen + idLen

// endKey is the key in the bucket ends of an edge at one of its nodes.
func endKey(node graph.ID, edge key) []byte {
	raw, _ := node.Bytes()
	return append(append(make([]byte, 0, endLen), raw[:]...), edge[:]...)
}

// versionKey is the key in the bucket log.
func versionKey(r graph.Version) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(r))
}
