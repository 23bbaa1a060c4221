package neo4jstore

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
)

// meta says what the bookkeeping node of a graph holds, nothing without one.
type meta struct {
	format int64
	secret graph.Secret // none before format 4
}

// metaOf reads the format and the secret of a graph.
func metaOf(row []any) (meta, error) {
	number, _ := row[0].(int64)
	if number < withoutLedger || number > format {
		return meta{}, message.As(graph.ErrInvalid, "has the format %v, this program reads %d", row[0], format)
	}
	m := meta{format: number}
	text, ok := row[1].(string)
	if !ok && row[1] != nil {
		return m, message.Errorf("%w: a secret of type %T", errDamaged, row[1])
	}
	var err error
	if m.secret, err = graph.ParseSecret(text); err != nil {
		return m, message.Errorf("%w: %w", errDamaged, err)
	}
	return m, nil
}

// adopt makes a graph, or gives one whose ids are plain hashes a secret and ids that
// are keyed with it, in one transaction. If anything in the graph changes, it makes
// a version. Another process may have done the same before.
func (s *Store) adopt(ctx context.Context, given graph.Secret) error {
	fresh := s.namer
	return s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			s.namer = fresh
			row, err := single(ctx, tx, lockMeta+" RETURN m._format, m._secret, m._revision",
				map[string]any{"format": format, "secret": fresh.Secret().Hex()})
			if err != nil {
				return nil, err
			}
			found, err := metaOf(row)
			if err != nil {
				return nil, err
			}
			if !found.secret.None() {
				secret, err := found.secret.Choose(given)
				if err == nil {
					s.namer = graph.NewNamer(s.model, secret)
				}
				return nil, err
			}
			now, err := versionOf(row[2])
			if err != nil {
				return nil, err
			}
			return nil, s.rekey(ctx, tx, now)
		})
		return err
	})
}

// rekey works inside a transaction, which may be retried.
func (s *Store) rekey(ctx context.Context, tx neo4j.ManagedTransaction, now graph.Version) error {
	v := newView(s, tx)
	var nodes []*graph.Node
	for _, k := range s.model.Nodes {
		if !s.namer.Personal(k.Name) {
			continue
		}
		err := rows(ctx, tx, "MATCH (n:_Node:"+quoted(k.Name)+") RETURN n._data", nil, func(row []any) error {
			n, err := decodeNode(&v.decoder, row[0])
			nodes = append(nodes, n)
			return err
		})
		if err != nil {
			return err
		}
	}
	delta, err := graph.PlanRekey(ctx, v, nodes)
	if err != nil {
		return err
	}
	if !delta.Empty() {
		if err := s.write(ctx, tx, delta, now+1); err != nil {
			return err
		}
	}
	return consume(ctx, tx, "MATCH (m:_Meta {_name: 'graph'}) SET m._secret = $secret, m._format = $format",
		map[string]any{"secret": s.namer.Secret().Hex(), "format": format})
}
