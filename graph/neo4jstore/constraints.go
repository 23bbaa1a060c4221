package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// format is the number of the layout that the package comment describes.
const format = 4

// The numbers of earlier layouts: without _Load and _Told, with them, and also with
// _Forgotten, which a program must obey. All ids were plain hashes.
const (
	withoutLedger = 1
	withLedger    = 2
	withForgotten = 3
)

// schemaStatements returns the statements that make the constraints and indexes
// for a model, by the name of what they make. Identifying properties have no
// uniqueness constraint: the keys are unique, while sources may state the same
// value of two nodes.
func schemaStatements(model *schema.Model) map[string]string {
	s := map[string]string{}
	unique := func(pattern, label, property string) {
		name := "liantu_unique_" + label + "_" + property
		s[name] = fmt.Sprintf("CREATE CONSTRAINT %s IF NOT EXISTS FOR "+pattern+" REQUIRE e.%s IS UNIQUE", quoted(name), quoted(label), quoted(property))
	}
	index := func(pattern, label, property string) {
		name := "liantu_" + label + "_" + property
		s[name] = fmt.Sprintf("CREATE INDEX %s IF NOT EXISTS FOR "+pattern+" ON (e.%s)", quoted(name), quoted(label), quoted(property))
	}
	unique("(e:%s)", "_Node", "_id")
	unique("(e:%s)", "_Key", "_key")
	unique("(e:%s)", "_Meta", "_name")
	unique("(e:%s)", "_Load", "_load")
	unique("(e:%s)", "_Told", "_told")
	unique("(e:%s)", "_Forgotten", "_hash")
	index("(e:%s)", "_Told", "_load")
	index("(e:%s)", "_Node", "_rev")
	index("(e:%s)", "_Removed", "_rev")
	for _, k := range model.Nodes {
		if k.Caption != "" {
			index("(e:%s)", k.Name, k.Caption)
		}
		for _, group := range k.Identify {
			index("(e:%s)", k.Name, group[0])
		}
	}
	for _, k := range model.Edges {
		unique("()-[e:%s]-()", k.Name, "_id")
		index("()-[e:%s]-()", k.Name, "_rev")
	}
	return s
}

// quoted returns a name in the form that Cypher accepts whatever its characters.
func quoted(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// prepare connects to the server, makes the schema and converts the graph of an
// earlier program. Each step is one transaction, and the next opening continues
// after the last one that was done.
func (s *Store) prepare(ctx context.Context, given graph.Secret) error {
	missing := schemaStatements(s.model)
	meta, err := s.inspect(ctx, missing)
	if err != nil {
		return err
	}
	secret, err := meta.secret.Choose(given)
	if err != nil {
		return err
	}
	s.namer = graph.NewNamer(s.model, secret)
	if len(missing) > 0 {
		if err := s.makeSchema(ctx, missing); err != nil {
			return err
		}
	}
	if meta.format == withoutLedger {
		if err := s.addLedger(ctx); err != nil {
			return err
		}
	}
	if meta.secret.None() {
		return s.adopt(ctx, given)
	}
	return nil
}

// makeSchema makes constraints and indexes and waits until they are ready.
func (s *Store) makeSchema(ctx context.Context, missing map[string]string) error {
	return s.in(ctx, neo4j.AccessModeWrite, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			for _, name := range slices.Sorted(maps.Keys(missing)) {
				if err := consume(ctx, tx, missing[name], nil); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
		if err != nil {
			return err
		}
		_, err = session.ExecuteRead(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			return nil, consume(ctx, tx, "CALL db.awaitIndexes(600)", nil)
		})
		return err
	})
}

// inspect removes from the statements those whose constraint or index exists,
// and checks and returns the format and the secret. It tries only once and not for
// long, so that an unavailable server is reported at once.
func (s *Store) inspect(ctx context.Context, missing map[string]string) (meta meta, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, openTimeout, errNoAnswer)
	defer cancel()
	drop := func(row []any) error {
		name, ok := row[0].(string)
		if !ok {
			return message.Errorf("%w: an index named %v", errDamaged, row[0])
		}
		delete(missing, name)
		return nil
	}
	check := func(row []any) error {
		meta, err = metaOf(row)
		return err
	}
	err = s.in(ctx, neo4j.AccessModeRead, func(session neo4j.SessionWithContext) error {
		for _, step := range []struct {
			cypher string
			each   func([]any) error
		}{
			{"SHOW INDEXES YIELD name", drop},
			{"SHOW CONSTRAINTS YIELD name", drop},
			{"MATCH (m:_Meta {_name: 'graph'}) RETURN m._format, m._secret", check},
		} {
			result, err := session.Run(ctx, step.cypher, nil)
			if err != nil {
				return err
			}
			if err := eachRow(ctx, result, step.each); err != nil {
				return err
			}
		}
		return nil
	})
	if cause := context.Cause(ctx); err != nil && errors.Is(cause, errNoAnswer) {
		return meta, cause
	}
	return meta, err
}

// errNoAnswer is the cause of a context that ended after openTimeout.
var errNoAnswer = message.Errorf("%w: no answer within %v", graph.ErrUnavailable, openTimeout)

// consume runs a statement and drops its rows.
func consume(ctx context.Context, tx neo4j.ManagedTransaction, cypher string, params map[string]any) error {
	result, err := tx.Run(ctx, cypher, params)
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}
