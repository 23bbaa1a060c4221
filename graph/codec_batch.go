package graph

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"io"

	"liantu/message"
)

// batchVersion is the first byte of every encoded batch.
const batchVersion = 1

// AppendBatch appends the compact form of the drafts of a batch, which the
// ledgers of stores hold, to b. It also returns the hash of the drafts: the
// same for the same drafts in the same order. The load is part of neither. It
// fails if a fact has a value of a type that no fact may have.
func AppendBatch(b []byte, batch Batch) ([]byte, BatchHash, error) {
	plain := binary.AppendUvarint(make([]byte, 0, 256*(len(batch.Nodes)+len(batch.Edges))), uint64(len(batch.Nodes)))
	var err error
	for _, d := range batch.Nodes {
		plain = appendText(plain, d.Kind)
		plain = binary.AppendUvarint(plain, uint64(len(d.Keys)))
		for _, k := range d.Keys {
			plain = appendText(plain, string(k))
		}
		if plain, err = AppendFacts(plain, FactOrder{}.Sorted(d.Facts)); err != nil {
			return nil, BatchHash{}, err
		}
	}
	plain = binary.AppendUvarint(plain, uint64(len(batch.Edges)))
	for _, d := range batch.Edges {
		for _, text := range [...]string{d.Kind, string(d.From), string(d.To), d.Discriminator} {
			plain = appendText(plain, text)
		}
		if plain, err = AppendFacts(plain, FactOrder{}.Sorted(d.Facts)); err != nil {
			return nil, BatchHash{}, err
		}
	}
	sum := sha256.Sum256(plain)
	b = binary.AppendUvarint(append(b, batchVersion), uint64(len(plain)))
	out := bytes.NewBuffer(b)
	w, err := flate.NewWriter(out, flate.BestSpeed)
	if err != nil {
		return nil, BatchHash{}, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, BatchHash{}, err
	}
	if err := w.Close(); err != nil {
		return nil, BatchHash{}, err
	}
	return out.Bytes(), BatchHash(sum[:rawIDLen]), nil
}

// maxBatch limits the size of a batch that is read, so that a damaged length
// cannot make the reader allocate more than a batch may have.
const maxBatch = 1 << 32

// Batch reads what [AppendBatch] wrote. Damaged data give an error.
func (d *Decoder) Batch(data []byte) (Batch, error) {
	head := &reader{rest: data, shared: d}
	if v := head.byte(); v != batchVersion && head.err == nil {
		head.fail("version %d is unknown", v)
	}
	size := head.uvarint()
	if size > maxBatch {
		head.fail("bad length")
	}
	if head.err != nil {
		return Batch{}, message.Errorf("batch: %w", head.err)
	}
	var plain bytes.Buffer
	n, err := io.Copy(&plain, io.LimitReader(flate.NewReader(bytes.NewReader(head.rest)), int64(size)+1))
	if err != nil || uint64(n) != size {
		return Batch{}, message.Errorf("batch: %w: %d bytes of %d: %w", errDamaged, n, size, err)
	}
	r := &reader{rest: plain.Bytes(), shared: d}
	batch := r.batch()
	if err := r.end(); err != nil {
		return Batch{}, message.Errorf("batch: %w", err)
	}
	return batch, nil
}

func (r *reader) batch() Batch {
	var b Batch
	if n := r.count(4); n > 0 {
		b.Nodes = make([]NodeDraft, n)
	}
	for i := range b.Nodes {
		d := &b.Nodes[i]
		d.Kind = r.name()
		if n := r.count(1); n > 0 {
			d.Keys = make([]Key, n)
		}
		for j := range d.Keys {
			d.Keys[j] = Key(r.text())
		}
		d.Facts = r.facts()
	}
	if n := r.count(6); n > 0 {
		b.Edges = make([]EdgeDraft, n)
	}
	for i := range b.Edges {
		d := &b.Edges[i]
		d.Kind, d.From, d.To, d.Discriminator = r.name(), Key(r.text()), Key(r.text()), string(r.text())
		d.Facts = r.facts()
	}
	return b
}
