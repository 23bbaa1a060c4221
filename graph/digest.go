package graph

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strings"

	"liantu/message"
)

// Digest returns a text of 64 hexadecimal digits, which is the same for two
// graphs with the same contents: the same nodes with the same keys and facts,
// joined by the same edges with the same facts. Ids, versions, and the order
// and batches in which the graph was loaded have no influence, since the digest
// is a sum over the elements and names a node by its strongest key instead of
// its id. Its errors are those of [Reader.Changes], and ErrInvalid for a stream
// that is not a graph.
func Digest(ctx context.Context, s Reader) (string, error) {
	d := digest{names: map[ID]Key{}}
	if _, err := s.Changes(ctx, 0, d.add); err != nil {
		return "", err
	}
	b := append([]byte("liantu graph 1\n"), 0)
	for _, limb := range d.sum {
		b = binary.BigEndian.AppendUint64(b, limb)
	}
	b = binary.BigEndian.AppendUint64(b, d.nodes)
	b = binary.BigEndian.AppendUint64(b, d.edges)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// digest sums up the elements of a graph.
type digest struct {
	names        map[ID]Key
	sum          [4]uint64 // the sum of the hashes modulo 2^256, low limb first
	nodes, edges uint64
	buf          []byte
}

func (d *digest) add(c Change) error {
	var err error
	switch {
	case c.Node != nil:
		err = d.addNode(c.Node)
	case c.Edge != nil:
		err = d.addEdge(c.Edge)
	}
	return err
}

func (d *digest) addNode(n *Node) error {
	if len(n.Keys) == 0 {
		return message.Errorf("%w graph: node %q has no key", ErrInvalid, n.ID)
	}
	d.names[n.ID] = n.Keys[0]
	d.nodes++
	b := appendText(append(d.buf[:0], 'n'), n.Kind)
	for _, k := range n.Keys {
		if !strings.HasPrefix(string(k), idKeyPrefix) {
			b = appendText(b, string(k))
		}
	}
	return d.hash(append(b, 0), n.Facts)
}

func (d *digest) addEdge(e *Edge) error {
	from, okFrom := d.names[e.From]
	to, okTo := d.names[e.To]
	if !okFrom || !okTo {
		return message.Errorf("%w graph: edge %q leads from %q to %q, one of which is no node", ErrInvalid, e.ID, e.From, e.To)
	}
	d.edges++
	b := appendText(append(d.buf[:0], 'e'), e.Kind)
	b = appendText(b, string(from))
	b = appendText(b, string(to))
	b = appendText(b, e.Discriminator)
	return d.hash(b, e.Facts)
}

// hash adds one element to the sum. Facts are sorted in the order that does not
// depend on a schema, and their tables are in order of use, so that the same
// facts give the same bytes.
func (d *digest) hash(b []byte, facts []Fact) error {
	b, err := AppendFacts(b, FactOrder{}.Sorted(facts))
	if err != nil {
		return err
	}
	d.buf = b
	h := sha256.Sum256(b)
	var carry uint64
	for i := range d.sum {
		d.sum[i], carry = bits.Add64(d.sum[i], binary.BigEndian.Uint64(h[8*i:]), carry)
	}
	return nil
}
