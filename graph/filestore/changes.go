package filestore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/message"
)

// tag says in the log what happened to an element. The order is the one in
// which Changes yields.
type tag byte

const (
	tagEdgeRemoved tag = iota + 1
	tagNodeRemoved
	tagNode
	tagEdge
)

// record is one line of the log: a tag and the key of an element.
type record [1 + kindLen + idLen]byte

func (r *record) tag() tag { return tag(r[0]) }

func (r *record) key() key { return key(r[1:]) }

// Changes yields what changed after a version; see [graph.Store]. All of it
// comes from one transaction, which prevents the file from reusing the pages of
// older states until yield has seen the last element.
func (s *Store) Changes(ctx context.Context, after graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	if err := s.enter(); err != nil {
		return 0, err
	}
	defer s.calls.Done()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	c, err := s.cut(after)
	if err != nil {
		return 0, s.named(err)
	}
	defer c.end()
	for {
		chunk, err := c.next()
		if err != nil {
			return 0, s.named(err)
		}
		if len(chunk) == 0 {
			return c.version, nil
		}
		for _, change := range chunk {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			if err := yield(change); err != nil {
				return 0, err
			}
		}
	}
}

// cut is one consistent state of the graph that is being read. It reads in
// chunks, so that the guard against a damaged file does not enclose the
// caller's yield.
type cut struct {
	tx      *bbolt.Tx
	end     func() // frees the transaction
	version graph.Version
	kinds   *kinds
	decoder graph.Decoder
	chunk   []graph.Change

	// The whole graph: the parts that are left to read, the first of them in
	// progress, and how many nodes and edges must still come.
	parts   []part
	cursor  *bbolt.Cursor
	missing [2]uint64

	// The changes since a version that are left to read.
	records []record
}

// part is all elements of one kind.
type part struct {
	bucket []byte
	what   tag
	kind   kindNo
}

const chunkLen = 256

// cut begins to read the present state.
func (s *Store) cut(after graph.Version) (_ *cut, err error) {
	defer guard(&err)()
	tx, end, err := s.begin()
	if err != nil {
		return nil, err
	}
	c := &cut{tx: tx, end: end, chunk: make([]graph.Change, 0, chunkLen)}
	started := false
	defer func() {
		if !started {
			c.end()
		}
	}()
	if err := c.start(after); err != nil {
		return nil, err
	}
	started = true
	return c, nil
}

func (c *cut) start(after graph.Version) error {
	var err error
	if c.version, err = version(c.tx); err != nil {
		return err
	}
	if after < 0 || after > c.version {
		return message.As(graph.ErrConflict, "changes after version %d of a graph at %d", after, c.version)
	}
	if c.kinds, err = readKinds(c.tx); err != nil {
		return err
	}
	if after == 0 {
		return c.startWhole()
	}
	return c.startSince(after)
}

// next returns the next elements, none at the end.
func (c *cut) next() (chunk []graph.Change, err error) {
	defer guard(&err)()
	c.chunk = c.chunk[:0]
	for len(c.parts) > 0 && len(c.chunk) < chunkLen {
		if err := c.nextOfPart(); err != nil {
			return nil, err
		}
	}
	for len(c.records) > 0 && len(c.chunk) < chunkLen {
		r := c.records[0]
		c.records = c.records[1:]
		if err := c.present(r); err != nil {
			return nil, err
		}
	}
	return c.chunk, nil
}

// startWhole prepares to read everything.
func (c *cut) startWhole() error {
	counts, err := metaNumbers(c.tx, metaCounts, len(c.missing))
	if err != nil {
		return err
	}
	c.missing = [2]uint64(counts)
	names := make([]string, 0, len(c.kinds.numbers))
	for name := range c.kinds.numbers {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c.parts = append(c.parts, part{bucketNodes, tagNode, c.kinds.numbers[name]})
	}
	for _, name := range names {
		c.parts = append(c.parts, part{bucketEdges, tagEdge, c.kinds.numbers[name]})
	}
	return nil
}

// nextOfPart reads one element, or ends the part.
func (c *cut) nextOfPart() error {
	p := c.parts[0]
	var k, v []byte
	prefix := binary.BigEndian.AppendUint16(nil, uint16(p.kind))
	if c.cursor == nil {
		c.cursor = c.tx.Bucket(p.bucket).Cursor()
		k, v = c.cursor.Seek(prefix)
	} else {
		k, v = c.cursor.Next()
	}
	if !bytes.HasPrefix(k, prefix) {
		c.parts = c.parts[1:]
		c.cursor = nil
		if len(c.parts) == 0 && c.missing != [2]uint64{} {
			return message.Errorf("%w: %d nodes and %d edges are missing", errDamaged, int64(c.missing[0]), int64(c.missing[1]))
		}
		return nil
	}
	if len(k) != len(key{}) {
		return message.Errorf("%w: a key of %d bytes", errDamaged, len(k))
	}
	c.missing[p.what-tagNode]--
	return c.add(p.what, key(k), v)
}

// add reads an element into the chunk.
func (c *cut) add(what tag, k key, sealed []byte) error {
	if what == tagNode {
		n, err := readNode(&c.decoder, k, sealed)
		if err == nil && n.Kind != c.kinds.names[k.kind()] {
			err = message.Errorf("%w: a %s among the %s", errDamaged, n.Kind, c.kinds.names[k.kind()])
		}
		c.chunk = append(c.chunk, graph.Change{Node: n})
		return err
	}
	e, err := readEdge(&c.decoder, k, sealed)
	if err == nil && e.Kind != c.kinds.names[k.kind()] {
		err = message.Errorf("%w: a %s among the %s", errDamaged, e.Kind, c.kinds.names[k.kind()])
	}
	c.chunk = append(c.chunk, graph.Change{Edge: e})
	return err
}

// startSince collects from the log what changed after a version.
func (c *cut) startSince(after graph.Version) error {
	cursor := c.tx.Bucket(bucketLog).Cursor()
	for k, v := cursor.Seek(versionKey(after + 1)); k != nil; k, v = cursor.Next() {
		data, err := unseal(v)
		if err != nil {
			return err
		}
		for ; len(data) >= len(record{}); data = data[len(record{}):] {
			c.records = append(c.records, record(data))
		}
		if len(data) > 0 {
			return message.Errorf("%w: the log of a version is cut off", errDamaged)
		}
	}
	slices.SortFunc(c.records, func(a, b record) int {
		if d := cmp.Compare(a.tag(), b.tag()); d != 0 {
			return d
		}
		ka, kb := a.key(), b.key()
		if ka.kind() != kb.kind() {
			return strings.Compare(c.kinds.names[ka.kind()], c.kinds.names[kb.kind()])
		}
		return bytes.Compare(a[:], b[:])
	})
	c.records = slices.Compact(c.records)
	return nil
}

// present adds the present form of an element that changed. An element that was
// removed after it changed has none; its removal is a record of its own.
func (c *cut) present(r record) error {
	k := r.key()
	kind, ok := c.kinds.names[k.kind()]
	if !ok {
		return message.Errorf("%w: the log names the kind %d", errDamaged, k.kind())
	}
	switch r.tag() {
	case tagEdgeRemoved:
		c.chunk = append(c.chunk, graph.Change{EdgeRemoved: &graph.Edge{ID: k.id(), Kind: kind}})
	case tagNodeRemoved:
		c.chunk = append(c.chunk, graph.Change{NodeRemoved: &graph.Node{ID: k.id(), Kind: kind}})
	case tagNode, tagEdge:
		bucket := bucketNodes
		if r.tag() == tagEdge {
			bucket = bucketEdges
		}
		if v := c.tx.Bucket(bucket).Get(k[:]); v != nil {
			return c.add(r.tag(), k, v)
		}
	default:
		return message.Errorf("%w: the log has the tag %d", errDamaged, r.tag())
	}
	return nil
}
