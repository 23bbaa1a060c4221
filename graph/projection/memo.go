package projection

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// memoLimit bounds how many results a picture keeps. It holds what every
// grade and level needs many times over; what is beyond it are one-off
// references to groups of peers.
const memoLimit = 128

// Memo keeps the results of computations under keys, up to a limit; the oldest
// make room. It is safe for use by several goroutines.
type Memo struct {
	limit   int
	results sync.Map // key → *result
	mu      sync.Mutex
	order   []any // keys, oldest first
}

type result struct {
	done  chan struct{} // closed when there is a value, or nobody computes it any more
	value any
	err   error
}

// errAbandoned is the error of a result whose computation ended in a panic.
var errAbandoned = errors.New("projection: a computation did not come to its end")

// NewMemo returns an empty memo that keeps at most limit results.
func NewMemo(limit int) *Memo { return &Memo{limit: limit} }

// Get returns what compute returned when it was first called for the key. The
// key must be comparable. Compute is called once even if several goroutines ask
// at the same time; those that find a result take no lock.
func (m *Memo) Get(key any, compute func() any) any {
	// A background does not end and compute has no error, so that there is none.
	value, _ := m.Try(context.Background(), key, func() (any, error) { return compute(), nil })
	return value
}

// Try is [Memo.Get] for a computation that may give up. An error is returned to
// its caller and not kept: of those that wait for it one computes anew, with
// the context that it has itself. Who waits stops waiting when its context
// ends.
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

// note remembers a key as the youngest, and lets go of the oldest if there are
// too many.
func (m *Memo) note(key any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.order = append(m.order, key)
	if len(m.order) > m.limit {
		m.results.Delete(m.order[0])
		m.order = m.order[1:]
	}
}

// compute fills in a result, and forgets it when there is none.
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
		return // it has made room already
	}
	if i := slices.Index(m.order, key); i >= 0 {
		m.order = slices.Delete(m.order, i, i+1)
	}
}

// Memo returns what compute returned when it was first called for the key; see
// [Memo.Get]. The key must be of a type that only the caller has. A result is
// kept as long as the picture lives or until more than a hundred younger ones
// are there.
func (p *Projection) Memo(key any, compute func() any) any { return p.memo.Get(key, compute) }

// TryMemo is [Projection.Memo] for a computation that may give up; see
// [Memo.Try].
func (p *Projection) TryMemo(ctx context.Context, key any, compute func() (any, error)) (any, error) {
	return p.memo.Try(ctx, key, compute)
}
