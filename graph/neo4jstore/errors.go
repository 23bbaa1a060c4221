package neo4jstore

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"liantu/graph"
	"liantu/message"
)

// errDamaged says that the database holds something that this store did not
// write.
var errDamaged = message.Errorf("damaged data")

// named adds the place to an error and wraps it with the matching error of the
// domain.
func (s *Store) named(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil && !errors.Is(err, cause) {
		err = message.Errorf("%w: %w", cause, err) // the driver hides why it gave up
	}
	return message.Errorf("neo4j %q, database %q: %w", s.place, s.database, translate(err))
}

// translate wraps an error of the driver with the matching sentinel.
func translate(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var server *neo4j.Neo4jError
	if errors.As(err, &server) {
		if sentinel := sentinelOf(server.Code); sentinel != nil {
			return message.Errorf("%w: %w", sentinel, err)
		}
		return err
	}
	var limit *neo4j.TransactionExecutionLimit
	var away *neo4j.ConnectivityError
	switch {
	case errors.As(err, &away), errors.As(err, &limit):
		return message.Errorf("%w: %w", graph.ErrUnavailable, err)
	case neo4j.IsUsageError(err):
		return message.Errorf("%w: %w", graph.ErrInvalid, err)
	}
	return err
}

// sentinelOf returns the error of the domain for a status code of the server,
// nil if none matches.
func sentinelOf(code string) error {
	switch {
	case strings.HasPrefix(code, "Neo.ClientError.Security."):
		return graph.ErrDenied
	case code == "Neo.ClientError.Database.DatabaseNotFound":
		return graph.ErrNotFound
	case strings.HasPrefix(code, "Neo.TransientError."),
		code == "Neo.ClientError.Cluster.NotALeader",
		code == "Neo.DatabaseError.Database.DatabaseUnavailable",
		code == "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase":
		return graph.ErrUnavailable
	}
	return nil
}

// parseURI checks a URI and takes any user and password out of it. The error
// does not repeat the URI, since it may hold a password.
func parseURI(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || !slices.Contains(schemes, u.Scheme) {
		return nil, message.As(graph.ErrInvalid, "neo4j URI: want scheme://host:port with one of the schemes %s", strings.Join(schemes, ", "))
	}
	u.User = nil
	return u, nil
}

// schemes are those of the driver: for one server or a cluster, without TLS,
// with TLS, or with TLS and a self-signed certificate.
var schemes = []string{"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"}
