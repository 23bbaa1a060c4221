package service

import (
	"context"
	"time"

	"liantu/api/metrics"
	"liantu/graph"
)

// timedStore is a [graph.Store] that reports to the metrics how long its calls take.
type timedStore struct {
	graph.Store
	numbers *metrics.Metrics
}

// Apply applies the batch as the store does.
func (s *timedStore) Apply(ctx context.Context, batch graph.Batch) (graph.Result, error) {
	start := time.Now()
	result, err := s.Store.Apply(ctx, batch)
	s.numbers.Store("apply", time.Since(start), err)
	return result, err
}

// Changes streams what changed as the store does. The time includes
// that of yield.
func (s *timedStore) Changes(ctx context.Context, after graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	start := time.Now()
	version, err := s.Store.Changes(ctx, after, yield)
	s.numbers.Store("changes", time.Since(start), err)
	return version, err
}

// Version returns the version as the store does.
func (s *timedStore) Version(ctx context.Context) (graph.Version, error) {
	start := time.Now()
	version, err := s.Store.Version(ctx)
	s.numbers.Store("revision", time.Since(start), err)
	return version, err
}

// Loads lists loads as the store does.
func (s *timedStore) Loads(ctx context.Context, ids ...string) ([]graph.Load, error) {
	start := time.Now()
	loads, err := s.Store.Loads(ctx, ids...)
	s.numbers.Store("loads", time.Since(start), err)
	return loads, err
}
