package projection

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// memoLimit is how many results a projection caches. It is many times what all
// grades and levels need; the rest are references to groups of peers that are
// used once.
const memoLimit = 128

// Memo caches the results of computations under keys, up to a limit, at which
// the oldest are dropped. It is safe for concurrent use.
type Memo struct {
	limit   int
	results sync.Map // key → *result
	mu      sync.Mutex
	order   []any // keys, oldest first
}

type result struct {
	done  chan struct{} // closed when the computation has ended
	value any
	err   error
}

// errAbandoned is the error of a result whose computation ended in a panic.
var errAbandoned = errors.New("projection: a computation did not finish")

// NewMemo returns an empty memo that caches at most limit results.
func NewMemo(limit int) *Memo { return &Memo{limit: limit} }

// Get returns what compute returned when it was first called for the key. The
// key must be comparable. Compute is called once even if several goroutines call
// Get at the same time; those that find a result take no lock.
func (m *Memo) Get(key any, compute func() any) any {
	// The context does not end and compute has no error, so that there is none.
	value, _ := m.Try(context.Background(), key, func() (any, error) { return compute(), nil })
	return value
}

// Try is [Memo.Get] for a computation that may fail. An error is returned to the
// caller whose computation failed and is not cached: one of the callers that
// wait for the result then computes it, with its own context. A caller stops
// waiting when its context ends.
func (m *Memo) Try(ctx context.Context, key any, compute func() (any, error)) (any, error) {
	for {
		found, there := m.results.Load(key)
		if !there {
			found, there = m.results.LoadOrStore(key, &result{done: make(chan struct{})})
		}
		r := found.(*result)
		if !there {
			m.note(key)
			return m.compute(key, r, compute)
		}
		select {
		case <-r.done:
		default:
			select {
			case <-r.done:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		if r.err == nil {
			return r.value, nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// note records a key as the newest, and drops the oldest if there are too many.
func (m *Memo) note(key any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.order = append(m.order, key)
	if len(m.order) > m.limit {
		m.results.Delete(m.order[0])
		m.order = m.order[1:]
	}
}

// compute sets a result, and removes it from the cache if there is an error.
func (m *Memo) compute(key any, r *result, compute func() (any, error)) (any, error) {
	r.err = errAbandoned
	defer func() {
		if r.err != nil {
			m.forget(key, r)
		}
		close(r.done)
	}()
	r.value, r.err = compute()
	return r.value, r.err
}

func (m *Memo) forget(key any, r *result) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.results.CompareAndDelete(key, r) {
		return // it was dropped already
	}
	if i := slices.Index(m.order, key); i >= 0 {
		m.order = slices.Delete(m.order, i, i+1)
	}
}

// Memo returns what compute returned when it was first called for the key; see
// [Memo.Get]. The key must be of a type that only the caller has. A result is
// cached as long as the projection lives or until more than a hundred newer ones
// are cached.
func (p *Projection) Memo(key any, compute func() any) any { return p.memo.Get(key, compute) }

// TryMemo is [Projection.Memo] for a computation that may fail; see [Memo.Try].
func (p *Projection) TryMemo(ctx context.Context, key any, compute func() (any, error)) (any, error) {
	return p.memo.Try(ctx, key, compute)
}
