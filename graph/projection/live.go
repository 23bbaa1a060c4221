package projection

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Live holds the current projection of a store. Reading it never waits: a
// refresh builds the next projection beside the current one and publishes it as
// a whole. When the store cannot be reached the last projection stays, marked
// stale.
//
// A refresh reads only what changed since the last one, but lays out the whole
// projection again; its result equals that of [Build], bit for bit.
type Live struct {
	model   *schema.Model
	store   graph.Reader
	options Options

	current atomic.Pointer[Projection]
	status  atomic.Pointer[Status]
	changed atomic.Pointer[chan struct{}]

	mu    sync.Mutex // held by the refresh in progress
	table *table

	removals sync.Mutex
	onRemove []func()
}

// Status says how fresh the current projection is.
type Status struct {
	Version   graph.Version // of the current projection
	BuiltAt   time.Time     // when it was made
	CheckedAt time.Time     // when the store last confirmed that it is current
	Stale     bool          // the last attempt to reach the store failed
	Err       error         // why it failed, nil if it did not
	BuildTime time.Duration // how long the last build took
}

// Age returns how long ago the store last confirmed the projection.
func (s Status) Age() time.Duration { return time.Since(s.CheckedAt) }

// NewLive builds the first projection. The error is that of [Build].
func NewLive(ctx context.Context, model *schema.Model, store graph.Store, options Options) (*Live, error) {
	l := &Live{model: model, store: store, options: options, table: newTable(model)}
	l.changed.Store(newChan())
	if _, err := l.Refresh(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// Current returns the current projection, never nil and without waiting.
func (l *Live) Current() *Projection { return l.current.Load() }

// Changed returns a channel that is closed when the current projection is
// replaced. A caller that takes the channel before the projection misses no
// change.
func (l *Live) Changed() <-chan struct{} { return *l.changed.Load() }

// OnRemoval has a function called whenever a node of a kind that is personal has left
// the graph, such as a person who was forgotten: after the picture without it is
// published, and before the channel of [Live.Changed] is closed. The function drops
// what it retains of earlier pictures and must not refresh.
func (l *Live) OnRemoval(do func()) {
	l.removals.Lock()
	defer l.removals.Unlock()
	l.onRemove = append(l.onRemove, do)
}

// noteRemoval calls the functions of [Live.OnRemoval].
func (l *Live) noteRemoval() {
	l.removals.Lock()
	all := slices.Clone(l.onRemove)
	l.removals.Unlock()
	for _, do := range all {
		do()
	}
}

func newChan() *chan struct{} {
	c := make(chan struct{})
	return &c
}

// Status returns how fresh the current projection is, without waiting.
func (l *Live) Status() Status { return *l.status.Load() }

// Refresh updates the projection to the present version of the store and returns
// it. If it fails the last projection stays and is returned with the error, and
// [Live.Status] reports that it is stale. Refreshes run one after another.
func (l *Live) Refresh(ctx context.Context) (*Projection, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	old := l.current.Load()
	start := time.Now()
	next, err := l.build(ctx, old)
	status := Status{CheckedAt: start}
	if err != nil {
		if old == nil {
			return nil, err
		}
		status = *l.status.Load()
		status.Stale, status.Err = true, err
		l.status.Store(&status)
		return old, err
	}
	status.Version, status.BuiltAt = next.Version(), next.BuiltAt()
	if next == old {
		status.BuildTime = l.status.Load().BuildTime
	} else {
		status.BuildTime = time.Since(start)
		l.current.Store(next)
	}
	l.status.Store(&status)
	if next != old {
		if l.table.removed {
			l.table.removed = false
			l.noteRemoval()
		}
		close(*l.changed.Swap(newChan()))
	}
	return next, nil
}

func (l *Live) build(ctx context.Context, old *Projection) (*Projection, error) {
	version, err := l.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	if old != nil && version == old.Version() {
		return old, nil
	}
	if err := l.table.read(ctx, l.store); err != nil {
		return nil, err
	}
	return l.table.assemble(ctx, l.model, l.options)
}

// AtLeast returns a projection of the given version or a later one, refreshing
// once if the current one is older. If the store has not reached the version
// the error is [graph.ErrUnavailable]; if it cannot be reached the error is
// the store's.
func (l *Live) AtLeast(ctx context.Context, version graph.Version) (*Projection, error) {
	p := l.Current()
	if p.Version() >= version {
		return p, nil
	}
	p, err := l.Refresh(ctx)
	if err != nil {
		return nil, err
	}
	if p.Version() < version {
		return nil, message.As(graph.ErrUnavailable, "version %d: the graph is at %d", version, p.Version())
	}
	return p, nil
}

// Run refreshes at every interval until the context ends, and then returns nil.
// A refresh that fails is retried at the next interval; note, if not nil, is
// called after every change of the projection and every failure.
func (l *Live) Run(ctx context.Context, interval time.Duration, note func(Status)) error {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		before := l.Status()
		_, err := l.Refresh(ctx)
		switch after := l.Status(); {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, graph.ErrClosed):
			return err
		case note != nil && (err != nil || before.Stale || after.Version != before.Version):
			note(after)
		}
	}
}
