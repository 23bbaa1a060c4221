// Package neo4jstore stores a graph in a Neo4j database, 5.26 or later,
// Community or Enterprise, one server or a cluster.
//
// The graph can be queried by hand: a node has the label of its kind, an edge is
// a relationship with the type of its kind, and both have the shown value of
// each property under its own name. Names that begin with an underscore are
// internal to the store and must not be changed by hand:
//
//	(:_Node {_id, _rev, _data, _grade, _source, _as_of, _sources})   on every node, and
//	[{_id, _rev, _data, _grade, _source, _as_of, _sources}]          on every relationship:
//	    the id, the version of the last change, the element with all its facts
//	    in the bytes of package graph, the best grade among the facts that state
//	    its existence, and the source and date of the newest of them, the
//	    date with "?" behind it if it is assumed; _sources is a list, of a node
//	    the day and source of each of its facts ("2016 list"), of a relationship
//	    the grade and source of each fact that states its existence ("B list").
//	    It is left out where its only entry follows from the others, and on
//	    what was written before there was such a list
//	(:_Key {_key, _id})             finds a node by any of its keys
//	(:_Removed {_id, _kind, _edge, _rev})  records a removed element
//	(:_Load {_load, _data})         a load, as JSON
//	(:_Told {_told, _load, _rev, _data})  a batch of the ledger, in the bytes of
//	    package graph
//	(:_Forgotten {_hash, _data})    the tombstone, as JSON, of a node that had the
//	    key with this salted hash
//	(:_Meta {_name, _revision, _salt, _secret})  one node that every writer locks
//	    first; _secret is what the ids of persons are keyed with, and is not for
//	    queries
//
// The folder cypher holds the gap questions as statements over this graph.
//
// Only the program and tests import this package; all others use [graph.Store].
package neo4jstore

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// DefaultDatabase is the name of the database that every Neo4j has.
const DefaultDatabase = "neo4j"

// These limits prevent a person or a request from waiting long for a server that
// is unavailable. They do not limit the work of a server that answers.
const (
	connectTimeout = 5 * time.Second  // for one connection
	openTimeout    = 15 * time.Second // for the first answer
	retryTime      = 2 * time.Second  // for retrying a transaction
)

// Config says where the database is and with which user to connect.
type Config struct {
	URI      string // bolt://host:7687, neo4j://host:7687 for a cluster, with +s for TLS
	Username string // empty for a server without authentication
	Password string // is in no message
	Database string // DefaultDatabase if empty

	// Secret is that of a graph that is made, or gets one because an earlier program
	// wrote it; a random one if it is none. A graph with another secret is refused.
	Secret graph.Secret
}

// Store is a graph in a Neo4j database. It is a [graph.Store]. Several stores
// in several processes may share one database.
type Store struct {
	driver    neo4j.DriverWithContext
	bookmarks neo4j.BookmarkManager // lets each session see what this store wrote before
	model     *schema.Model
	namer     *graph.Namer
	kinds     map[string]*statements
	changed   string // the statement that finds the edges changed after a version
	place     string // for messages
	database  string

	mu     sync.Mutex
	closed bool
	calls  sync.WaitGroup // the calls in progress
}

// Open opens the graph in a database and makes the constraints and indexes
// that the model needs and the database lacks. It fails within seconds:
// with [graph.ErrUnavailable] when no server answers, with [graph.ErrDenied]
// when the server refuses the user or the password, with [graph.ErrNotFound]
// when it has no such database, with [graph.ErrInvalid] when the URI is
// malformed or the graph was written by a newer program, and with
// [graph.ErrOtherSecret] when the graph has another secret than cfg. The ids of
// persons in a graph of an earlier program, and of their edges, change when it is
// opened, as one version of the graph.
func Open(ctx context.Context, cfg Config, model *schema.Model) (*Store, error) {
	if cfg.Database == "" {
		cfg.Database = DefaultDatabase
	}
	uri, err := parseURI(cfg.URI)
	if err != nil {
		return nil, err
	}
	s := &Store{
		bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{}),
		model:     model,
		kinds:     allStatements(model),
		changed:   changedEdges(model),
		place:     uri.Scheme + "://" + uri.Host,
		database:  cfg.Database,
	}
	auth := neo4j.NoAuth()
	if cfg.Username != "" || cfg.Password != "" {
		auth = neo4j.BasicAuth(cfg.Username, cfg.Password, "")
	}
	s.driver, err = neo4j.NewDriverWithContext(uri.String(), auth, func(c *config.Config) {
		c.SocketConnectTimeout = connectTimeout
		c.ConnectionAcquisitionTimeout = 2 * connectTimeout
		c.MaxTransactionRetryTime = retryTime
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, s.named(ctx, err)
	}
	if err := s.prepare(ctx, cfg.Secret); err != nil {
		return nil, errors.Join(s.named(ctx, err), s.driver.Close(context.WithoutCancel(ctx)))
	}
	return s, nil
}

// in does work in a session of its own.
func (s *Store) in(ctx context.Context, mode neo4j.AccessMode, work func(neo4j.SessionWithContext) error) (err error) {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{
		DatabaseName:    s.database,
		AccessMode:      mode,
		BookmarkManager: s.bookmarks,
	})
	defer func() {
		if closing := session.Close(ctx); err == nil {
			err = closing
		}
	}()
	return work(session)
}

// enter registers a call, which must end with s.calls.Done.
func (s *Store) enter(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.named(ctx, graph.ErrClosed)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.calls.Add(1)
	return nil
}

// Close closes the connections once the calls in progress have returned. Calls
// that come later fail with [graph.ErrClosed]. A second Close does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if closed {
		return nil
	}
	s.calls.Wait()
	return s.driver.Close(context.Background())
}

// Version returns the version of the last batch that changed something.
func (s *Store) Version(ctx context.Context) (graph.Version, error) {
	if err := s.enter(ctx); err != nil {
		return 0, err
	}
	defer s.calls.Done()
	var version graph.Version
	err := s.in(ctx, neo4j.AccessModeRead, func(session neo4j.SessionWithContext) error {
		_, err := session.ExecuteRead(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			row, err := single(ctx, tx, "OPTIONAL MATCH (m:_Meta {_name: 'graph'}) RETURN coalesce(m._revision, 0)", nil)
			if err != nil {
				return nil, err
			}
			version, err = versionOf(row[0])
			return nil, err
		})
		return err
	})
	return version, s.named(ctx, err)
}

// lockMeta makes a transaction the only writer; it makes the node of a new graph.
const lockMeta = "MERGE (m:_Meta {_name: 'graph'}) " +
	"ON CREATE SET m._revision = 0, m._format = $format, m._secret = $secret SET m._lock = true"

// lock makes a transaction the only writer until it ends, and returns the
// version. A transaction that committed before is visible as a whole, since it
// releases its lock only after its records have changed.
func (s *Store) lock(ctx context.Context, tx neo4j.ManagedTransaction) (graph.Version, error) {
	row, err := single(ctx, tx, lockMeta+" RETURN m._revision", map[string]any{"format": format, "secret": s.namer.Secret().Hex()})
	if err != nil {
		return 0, err
	}
	return versionOf(row[0])
}

// Namer returns what makes the ids of the graph; see [graph.Reader].
func (s *Store) Namer(ctx context.Context) (*graph.Namer, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.calls.Done()
	return s.namer, nil
}

func versionOf(v any) (graph.Version, error) {
	r, ok := v.(int64)
	if !ok {
		return 0, message.Errorf("%w: a version of type %T", errDamaged, v)
	}
	return graph.Version(r), nil
}

// single runs a statement that gives one row.
func single(ctx context.Context, tx neo4j.ManagedTransaction, cypher string, params map[string]any) ([]any, error) {
	result, err := tx.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	record, err := result.Single(ctx)
	if err != nil {
		return nil, err
	}
	return record.Values, nil
}
