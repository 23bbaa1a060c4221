package filestore

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"go.etcd.io/bbolt"

	"liantu/graph"
	"liantu/message"
)

// found says what an opened file holds.
type found struct {
	format  []byte       // nil for a new file
	secret  graph.Secret // none in a new file and before format 5
	unclean bool         // free pages may hold what was removed
}

// prepare makes the buckets of a new file, or checks those of an old one and
// converts it to the present format. Each step is one transaction, and the next
// opening continues after the last one that was done.
func (s *Store) prepare(given graph.Secret) error {
	var f found
	err := s.read(func(tx *bbolt.Tx) (err error) {
		f, err = inspect(tx)
		return err
	})
	if err != nil {
		return err
	}
	secret, err := f.secret.Choose(given)
	if err != nil {
		return err
	}
	s.namer = graph.NewNamer(s.model, secret)
	if f.format == nil {
		return s.create(secret)
	}
	if bytes.Equal(f.format, withoutLedger) {
		if err := s.addLedger(context.Background()); err != nil {
			return err
		}
	}
	if f.secret.None() {
		if f.unclean, err = s.rekey(secret); err != nil {
			return err
		}
	}
	if f.unclean {
		return s.compact()
	}
	return nil
}

// inspect reads what a file holds, and checks its buckets.
func inspect(tx *bbolt.Tx) (found, error) {
	meta := tx.Bucket(bucketMeta)
	if meta == nil || !bytes.HasPrefix(meta.Get(metaFormat), formatPrefix) {
		if first, _ := tx.Cursor().First(); first != nil {
			return found{}, message.As(graph.ErrInvalid, "is the database of another program")
		}
		return found{}, nil
	}
	f := found{format: bytes.Clone(meta.Get(metaFormat)), unclean: meta.Get(metaCompact) != nil}
	if err := check(tx, f.format); err != nil {
		return f, err
	}
	if !bytes.Equal(f.format, format) {
		return f, nil
	}
	var err error
	if f.secret, err = graph.SecretOf(meta.Get(metaSecret)); err != nil {
		return f, message.Errorf("%w: %w", errDamaged, err)
	}
	return f, nil
}

// check checks the format and the buckets of a graph file.
func check(tx *bbolt.Tx, named []byte) error {
	wanted := buckets
	salted := tx.Bucket(bucketMeta).Get(metaSalt) != nil
	switch {
	case bytes.Equal(named, withoutLedger):
		wanted = buckets[:len(buckets)-ledgerBuckets]
	case bytes.Equal(named, withForgotten), salted && (bytes.Equal(named, format) || bytes.Equal(named, withPlainIDs)):
		wanted = append(slices.Clone(buckets), bucketForgotten)
	case !bytes.Equal(named, format) && !bytes.Equal(named, withPlainIDs) && !bytes.Equal(named, withAllEnds):
		return message.As(graph.ErrInvalid, "has the format %q, this program reads %q", named, format)
	}
	for _, name := range wanted {
		if tx.Bucket(name) == nil {
			return message.Errorf("%w: no %s", errDamaged, name)
		}
	}
	return nil
}

// create makes the buckets of a new file.
func (s *Store) create(secret graph.Secret) error {
	return s.write(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		return keep(tx, secret)
	})
}

// keep writes the secret of the graph, which makes its file one of the present format.
func keep(tx *bbolt.Tx, secret graph.Secret) error {
	raw, err := secret.Bytes()
	if err != nil {
		return err
	}
	meta := tx.Bucket(bucketMeta)
	return errors.Join(meta.Put(metaSecret, raw), meta.Put(metaFormat, format))
}

// rekey gives a file whose ids are plain hashes a secret and ids that are keyed with
// it, in one transaction. If anything in the graph changes, it makes a version, and
// the file must be rewritten, since its free pages have the old ids.
func (s *Store) rekey(secret graph.Secret) (unclean bool, err error) {
	err = s.write(func(tx *bbolt.Tx) error {
		kinds, err := readKinds(tx)
		if err != nil {
			return err
		}
		now, err := version(tx)
		if err != nil {
			return err
		}
		v := s.view(tx, kinds)
		nodes, err := v.personal()
		if err != nil {
			return err
		}
		delta, err := graph.PlanRekey(context.Background(), v, nodes)
		if err != nil {
			return err
		}
		if !delta.Empty() {
			unclean = true
			w := &writer{tx: tx, kinds: kinds}
			w.delta(delta, now+1)
			if err := errors.Join(w.err, tx.Bucket(bucketMeta).Put(metaCompact, []byte{1})); err != nil {
				return err
			}
		}
		return keep(tx, secret)
	})
	return unclean, err
}

// personal returns all nodes of the kinds whose ids are keyed.
func (v *view) personal() ([]*graph.Node, error) {
	var nodes []*graph.Node
	cursor := v.tx.Bucket(bucketNodes).Cursor()
	for no, name := range v.kinds.names {
		if !v.namer.Personal(name) {
			continue
		}
		first, _ := makeKey(no, "")
		prefix := first[:kindLen]
		for k, value := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, value = cursor.Next() {
			if len(k) != len(first) {
				return nil, message.Errorf("%w: the key of a node has %d bytes", errDamaged, len(k))
			}
			n, err := readNode(&v.decoder, key(k), value)
			if err != nil {
				return nil, err
			}
			nodes = append(nodes, n)
		}
	}
	return nodes, nil
}
