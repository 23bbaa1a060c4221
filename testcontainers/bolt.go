package testcontainers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

const database = "neo4j"

// ask runs work with a session on a test server. It does not retry.
func ask(ctx context.Context, uri, password string, work func(neo4j.SessionWithContext) error) (err error) {
	auth := neo4j.NoAuth()
	if password != "" {
		auth = neo4j.BasicAuth("neo4j", password, "")
	}
	driver, err := neo4j.NewDriverWithContext(uri, auth, func(c *config.Config) {
		c.SocketConnectTimeout = 5 * time.Second
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, driver.Close(ctx)) }()
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	return work(session)
}

// query runs a statement in its own transaction and drops its rows.
func query(ctx context.Context, session neo4j.SessionWithContext, cypher string) error {
	result, err := session.Run(ctx, cypher, nil)
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}

// ready waits until the server answers a query about its schema, which warms up
// more of it than a constant would. It waits longer after each attempt.
func ready(ctx context.Context, uri, password string) error {
	return ask(ctx, uri, password, func(session neo4j.SessionWithContext) error {
		for pause := 50 * time.Millisecond; ; pause = min(2*pause, time.Second) {
			err := query(ctx, session, "SHOW INDEXES YIELD name RETURN count(*)")
			if err == nil {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("%s answers no query within %v: %w", uri, startTimeout, err)
			case <-time.After(pause):
			}
		}
	})
}

// erase removes all nodes and relationships. It leaves constraints and indexes:
// they hold no data, and stores check them when they open.
func erase(ctx context.Context, uri string) error {
	return ask(ctx, uri, "", func(session neo4j.SessionWithContext) error {
		return query(ctx, session, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS")
	})
}
