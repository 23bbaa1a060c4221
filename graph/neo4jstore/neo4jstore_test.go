package neo4jstore_test

import (
	"context"
	"os"
	"testing"

	"liantu/graph"
	"liantu/graph/neo4jstore"
	"liantu/graph/storetest"
	"liantu/schema"
	"liantu/testcontainers"
)

func TestMain(m *testing.M) { os.Exit(testcontainers.Main(m)) }

var _ graph.Store = (*neo4jstore.Store)(nil)

func TestStore(t *testing.T) {
	testcontainers.Neo4j(t) // without one the suite is skipped as a whole
	storetest.Run(t, func(tb testing.TB) storetest.Opener {
		uri := testcontainers.Neo4j(tb)
		return func(ctx context.Context, model *schema.Model, secret graph.Secret) (graph.Store, error) {
			return neo4jstore.Open(ctx, neo4jstore.Config{URI: uri, Secret: secret}, model)
		}
	}, storetest.Options{})
}
