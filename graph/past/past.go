// Package past makes the picture of an earlier version of a graph, or of what was known on
// an earlier day, to compare the present one with.
//
// The service, the program and tests may import past; it imports projection, graph and
// schema.
package past

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Point is a point in the past: a version, or a day.
type Point struct {
	Version graph.Version
	Day     string // an ISO date, month or year; "" for a version
}

// Parse reads a version, such as v12 or 12, or a day. Four digits that may be a year are
// one. What is neither gives [graph.ErrInvalid].
func Parse(text string) (Point, error) {
	digits, marked := strings.CutPrefix(strings.ToLower(text), "v")
	n, err := strconv.ParseInt(digits, 10, 64)
	if year := len(digits) == 4 && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20")); err == nil && (marked || !year) {
		if n < 0 {
			return Point{}, message.As(graph.ErrInvalid, "there is no version %d", n)
		}
		return Point{Version: graph.Version(n)}, nil
	}
	day, err := schema.ParseDate(text)
	if err != nil {
		return Point{}, message.As(graph.ErrInvalid, "%q is neither a version nor a day: %w", text, err)
	}
	return Point{Day: day}, nil
}

// String is the point as [Parse] reads it.
func (p Point) String() string {
	if p.Day != "" {
		return p.Day
	}
	return fmt.Sprint("v", p.Version)
}

// Scratch makes an empty graph that is removed when it is closed, with the secret of
// another graph.
type Scratch func(secret graph.Secret) (graph.Store, error)

// Picture builds the picture of a point: of a version from the ledger, without loads that
// were taken back since. A version that the graph never had gives [graph.ErrNotFound].
func Picture(ctx context.Context, store graph.Store, scratch Scratch, point Point) (*projection.Projection, error) {
	if point.Day != "" {
		return projection.Build(ctx, schema.Default(), store, projection.AsOf(point.Day))
	}
	now, err := store.Version(ctx)
	if err != nil {
		return nil, err
	}
	if point.Version > now {
		return nil, message.As(graph.ErrNotFound, "the graph is at version %d and never was at %d", now, point.Version)
	}
	return replayed(ctx, store, scratch, point.Version)
}

// replayed builds the picture of a version out of the ledger of a store.
func replayed(ctx context.Context, store graph.Store, scratch Scratch, version graph.Version) (picture *projection.Projection, err error) {
	namer, err := store.Namer(ctx)
	if err != nil {
		return nil, err
	}
	empty, err := scratch(namer.Secret())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, empty.Close()) }()
	if version > 0 {
		if err := graph.Replay(ctx, store.Ledger, version, empty); err != nil {
			return nil, err
		}
	}
	return projection.Build(ctx, schema.Default(), empty)
}
