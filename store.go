package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/neo4jstore"
	"liantu/graph/projection"
	"liantu/schema"
)

// openStore opens the store that the settings name, making it when it is not
// there. This switch is the only place that knows which stores there are.
func (a *app) openStore(ctx context.Context) (graph.Store, error) {
	switch a.cfg.Store.Kind {
	case "file":
		return filestore.Open(a.cfg.Store.Path, schema.Default())
	case "neo4j":
		return neo4jstore.Open(ctx, neo4jstore.Config{
			URI:      a.cfg.Neo4j.URI,
			Username: a.cfg.Neo4j.User,
			Password: a.cfg.Neo4j.Password,
			Database: a.cfg.Neo4j.Database,
		}, schema.Default())
	default:
		return nil, fmt.Errorf("store kind %q: %w", a.cfg.Store.Kind, graph.ErrInvalid)
	}
}

// withStore opens a store that should hold something already, and closes it
// when do returns. A graph file that is not there is an error instead of a new
// empty one, which would answer every question with nothing.
func (a *app) withStore(ctx context.Context, do func(graph.Store) error) (err error) {
	if err := a.wantGraphFile(); err != nil {
		return err
	}
	store, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return do(store)
}

// wantGraphFile is an error when the store is a graph file that is not there.
func (a *app) wantGraphFile() error {
	if a.cfg.Store.Kind != "file" {
		return nil
	}
	if _, err := os.Stat(a.cfg.Store.Path); errors.Is(err, fs.ErrNotExist) {
		return hint(fmt.Errorf("graph file %q: %w", a.cfg.Store.Path, graph.ErrNotFound), noGraphHint)
	}
	return nil
}

// withPicture builds a picture of the store for one question. The store is
// closed before the question is asked, so that it is held no longer than
// needed. The picture shows all that is known, or what options say,
// as far as who asks may know of it.
func (a *app) withPicture(ctx context.Context, do func(*projection.Projection) error, options ...projection.Options) error {
	return a.withData(ctx, func(p *projection.Projection) error {
		if p.Count(projection.Link) == 0 {
			return hint(fmt.Errorf("the graph holds no link of an industry chain: %w", graph.ErrNotFound), noGraphHint)
		}
		return do(p)
	}, options...)
}

// withData is withPicture for questions about the data themselves, which need
// no chain.
func (a *app) withData(ctx context.Context, do func(*projection.Projection) error, options ...projection.Options) error {
	var picture *projection.Projection
	err := a.withStore(ctx, func(store graph.Store) (err error) {
		picture, err = projection.Build(ctx, schema.Default(), store, options...)
		return err
	})
	if err != nil {
		return err
	}
	if picture, err = a.view(ctx, picture); err != nil {
		return err
	}
	a.picture = picture
	return do(picture)
}

// view is what of a picture the bearer of a token may know of, else all of it.
func (a *app) view(ctx context.Context, p *projection.Projection) (*projection.Projection, error) {
	if a.identity == nil {
		return p, nil
	}
	return disclosure.ViewOf(ctx, schema.Default(), p, a.identity)
}

var noGraphHint = schema.Text{
	Zh: "先用 liantu load 导入数据，或用 liantu demo 看样例；用 --file 指定另一个图谱文件",
	En: "load data with liantu load, look at the sample with liantu demo, or name another graph file with --file",
}
