package service

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"liantu/cli/settings"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/neo4jstore"
	"liantu/graph/past"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// ErrNoGraph is in the error about a graph file that is not there, and about a
// graph that holds nothing to ask about. It is a [graph.ErrNotFound].
var ErrNoGraph = fmt.Errorf("%w", graph.ErrNotFound)

// OpenStore opens the store that the settings name, making it when it is not
// there. This switch alone lists the kinds of stores.
func OpenStore(ctx context.Context, s *settings.Settings) (graph.Store, error) {
	secret, err := secretOf(s)
	if err != nil {
		return nil, err
	}
	switch s.Store.Kind {
	case "file":
		return filestore.OpenWith(s.Store.Path, schema.Default(), secret)
	case "neo4j":
		return neo4jstore.Open(ctx, neo4jstore.Config{
			URI:      s.Neo4j.URI,
			Username: s.Neo4j.User,
			Password: s.Neo4j.Password,
			Database: s.Neo4j.Database,
			Secret:   secret,
		}, schema.Default())
	default:
		return nil, message.As(graph.ErrInvalid, "there is no kind of store %q", s.Store.Kind)
	}
}

// WithStore opens a store that should hold something already, and closes it
// when do returns. A graph file that is not there is an [ErrNoGraph] instead of
// a new empty one, which would answer every question with nothing.
func WithStore(ctx context.Context, s *settings.Settings, do func(graph.Store) error) (err error) {
	if err := wantGraphFile(s); err != nil {
		return err
	}
	store, err := OpenStore(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return do(store)
}

// wantGraphFile is an error when the store is a graph file that is not there.
func wantGraphFile(s *settings.Settings) error {
	if s.Store.Kind != "file" {
		return nil
	}
	if _, err := os.Stat(s.Store.Path); errors.Is(err, fs.ErrNotExist) {
		return message.As(ErrNoGraph, "there is no graph file %q", s.Store.Path)
	}
	return nil
}

// withServedStore opens the store for as long as the server runs. A graph file
// is shared: between two calls of the server other processes may open it.
func withServedStore(ctx context.Context, s *settings.Settings, do func(graph.Store) error) (err error) {
	if s.Store.Kind != "file" {
		return WithStore(ctx, s, do)
	}
	if err := wantGraphFile(s); err != nil {
		return err
	}
	secret, err := secretOf(s)
	if err != nil {
		return err
	}
	store := &sharedFile{path: s.Store.Path, model: schema.Default(), secret: secret}
	defer func() { err = errors.Join(err, store.Close()) }()
	return do(store)
}

// LoadStore opens the store to load into. A dry run on a graph file that is not
// there works on an empty one that is thrown away, so that it leaves nothing.
func LoadStore(ctx context.Context, s *settings.Settings, dryRun bool) (graph.Store, error) {
	if dryRun && s.Store.Kind == "file" {
		if _, err := os.Stat(s.Store.Path); errors.Is(err, fs.ErrNotExist) {
			secret, err := secretOf(s)
			if err != nil {
				return nil, err
			}
			return ThrowAway(secret)
		}
	}
	return OpenStore(ctx, s)
}

// throwAwayStore is a graph file in a folder of its own that goes with it.
type throwAwayStore struct {
	*filestore.Store
	dir string
}

// ThrowAway makes an empty graph that is removed when it is closed, with the secret of
// another graph if its ids must be the same as there.
func ThrowAway(secret graph.Secret) (graph.Store, error) {
	dir, err := os.MkdirTemp("", "liantu-")
	if err != nil {
		return nil, err
	}
	store, err := filestore.OpenWith(filepath.Join(dir, "graph.db"), schema.Default(), secret)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &throwAwayStore{store, dir}, nil
}

// Close frees the graph and removes it.
func (s *throwAwayStore) Close() error {
	return errors.Join(s.Store.Close(), os.RemoveAll(s.dir))
}

// earlier makes pictures of the past of a store.
type earlier struct{ store graph.Store }

// Picture builds the picture of a point in the past.
func (e earlier) Picture(ctx context.Context, point past.Point) (*projection.Projection, error) {
	return past.Picture(ctx, e.store, ThrowAway, point)
}
