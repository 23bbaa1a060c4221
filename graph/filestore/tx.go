package filestore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"runtime/debug"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/message"
)

// errDamaged says that the file is not as it was written.
var errDamaged = message.As(graph.ErrInvalid, "damaged file")

// guard turns a panic of bbolt or a fault of the memory map, both of which a
// damaged or truncated file can cause, into an error. Use it as
// defer guard(&err)().
func guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if r := recover(); r != nil {
			*err = message.Errorf("%w: %v", errDamaged, r)
		}
	}
}

// read runs f in a read transaction.
func (s *Store) read(f func(*bbolt.Tx) error) (err error) {
	defer guard(&err)()
	d := s.use()
	defer d.users.Done()
	return d.db.View(f)
}

// use returns the present database for a transaction that reads, which must end
// with users.Done.
func (s *Store) use() *database {
	s.swap.RLock()
	defer s.swap.RUnlock()
	s.users.Add(1)
	return s.database
}

// begin begins a transaction that reads; end frees it.
func (s *Store) begin() (tx *bbolt.Tx, end func(), err error) {
	d := s.use()
	if tx, err = d.db.Begin(false); err != nil {
		d.users.Done()
		return nil, nil, err
	}
	return tx, func() {
		// The only error of Rollback is that the transaction has ended before.
		_ = tx.Rollback()
		d.users.Done()
	}, nil
}

// errNothing makes write leave everything unchanged.
var errNothing = errors.New("nothing to write")

// write runs f in the write transaction and makes what it wrote durable. If f
// fails nothing is written, and errNothing is no failure. Only the holder of
// the writer's token may call it.
func (s *Store) write(f func(*bbolt.Tx) error) error {
	if s.broken != nil {
		return s.broken
	}
	done := false
	err := func() (err error) {
		defer guard(&err)()
		err = s.db.Update(f)
		done = true
		return err
	}()
	if !done {
		// bbolt may still hold its own locks: it must not write again.
		s.broken = err
	}
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// sums is the polynomial of the seals, for which processors have instructions.
var sums = crc32.MakeTable(crc32.Castagnoli)

// seal appends a checksum, so that damaged data is reported and never returned.
func seal(b []byte) []byte {
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, sums))
}

// unseal checks and removes the checksum.
func unseal(b []byte) ([]byte, error) {
	at := len(b) - crc32.Size
	if at < 0 || binary.BigEndian.Uint32(b[at:]) != crc32.Checksum(b[:at], sums) {
		return nil, message.Errorf("%w: a checksum is wrong", errDamaged)
	}
	return b[:at], nil
}

// kindNo is the number of a kind in one file. It outlives changes of the model.
type kindNo uint16

const (
	kindLen = 2
	idLen   = 16
)

// key is the place of an element in the buckets nodes and edges.
type key [kindLen + idLen]byte

func (k *key) kind() kindNo { return kindNo(binary.BigEndian.Uint16(k[:])) }

func (k *key) id() graph.ID { return graph.IDFromBytes([idLen]byte(k[kindLen:])) }

// makeKey reports false for an id that no element could have.
func makeKey(kind kindNo, id graph.ID) (k key, ok bool) {
	raw, ok := id.Bytes()
	binary.BigEndian.PutUint16(k[:], uint16(kind))
	copy(k[kindLen:], raw[:])
	return k, ok
}

// startsAt reports whether the id of an edge begins like that of a node, as the ids
// of all edges that start at the node do.
func (k *key) startsAt(node graph.ID) bool {
	raw, _ := node.Bytes()
	return bytes.HasPrefix(k[kindLen:], raw[:graph.EdgePrefix])
}

// kinds are the kinds that a file knows.
type kinds struct {
	numbers map[string]kindNo
	names   map[kindNo]string
}

func readKinds(tx *bbolt.Tx) (*kinds, error) {
	k := &kinds{numbers: map[string]kindNo{}, names: map[kindNo]string{}}
	err := tx.Bucket(bucketKinds).ForEach(func(name, number []byte) error {
		if len(number) != kindLen {
			return message.Errorf("%w: the number of a kind has %d bytes", errDamaged, len(number))
		}
		no := kindNo(binary.BigEndian.Uint16(number))
		k.numbers[string(name)] = no
		k.names[no] = string(name)
		return nil
	})
	return k, err
}

// number returns the number of a kind, a new one if the file has none for it.
func (k *kinds) number(tx *bbolt.Tx, name string) (kindNo, error) {
	if no, ok := k.numbers[name]; ok {
		return no, nil
	}
	no := kindNo(len(k.numbers) + 1)
	k.numbers[name] = no
	k.names[no] = name
	return no, tx.Bucket(bucketKinds).Put([]byte(name), binary.BigEndian.AppendUint16(nil, uint16(no)))
}

// readNode reads the sealed node in the place k and checks that it belongs
// there.
func readNode(d *graph.Decoder, k key, sealed []byte) (*graph.Node, error) {
	data, err := unseal(sealed)
	if err != nil {
		return nil, err
	}
	n, err := d.Node(data)
	if err != nil {
		return nil, message.Errorf("%w: %w", errDamaged, err)
	}
	if n.ID != k.id() {
		return nil, message.Errorf("%w: node %q in the place of %q", errDamaged, n.ID, k.id())
	}
	return n, nil
}

// readEdge does for an edge what readNode does for a node.
func readEdge(d *graph.Decoder, k key, sealed []byte) (*graph.Edge, error) {
	data, err := unseal(sealed)
	if err != nil {
		return nil, err
	}
	e, err := d.Edge(data)
	if err != nil {
		return nil, message.Errorf("%w: %w", errDamaged, err)
	}
	if e.ID != k.id() {
		return nil, message.Errorf("%w: edge %q in the place of %q", errDamaged, e.ID, k.id())
	}
	return e, nil
}
