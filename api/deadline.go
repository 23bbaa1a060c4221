package api

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

// deadline is the context that a request is answered in: that of its client,
// until a moment, with the request as a value. Unlike context.WithTimeout it
// sets no timer as long as nobody waits for its end, which most requests never
// do: they look at Err between the values that they write.
type deadline struct {
	context.Context
	until time.Time
	rq    *request
	timed atomic.Pointer[timed] // once somebody waits, or it has ended
	heavy atomic.Bool           // whether others go first
	since atomic.Int64          // when it last let others go first, in nanoseconds
}

// turnTime is how long a heavy request computes before it lets others go first.
// The scheduler of Go would leave it its core for ten milliseconds.
const turnTime = 100 * time.Microsecond

// yield lets others go first that wait for a core.
func (d *deadline) yield(now time.Time) {
	if at := now.UnixNano(); at-d.since.Load() > int64(turnTime) {
		d.since.Store(at)
		runtime.Gosched()
	}
}

// timed is the context with a timer.
type timed struct {
	context.Context
	cancel context.CancelFunc
}

func (d *deadline) Deadline() (time.Time, bool) {
	if of, ok := d.Context.Deadline(); ok && of.Before(d.until) {
		return of, true
	}
	return d.until, true
}

func (d *deadline) Done() <-chan struct{} { return d.arm().Done() }

func (d *deadline) Err() error {
	if d.timed.Load() == nil && d.Context.Err() == nil {
		now := time.Now()
		if d.heavy.Load() {
			d.yield(now)
		}
		if now.Before(d.until) {
			return nil
		}
	}
	return d.arm().Err() // which stays as it is from now on
}

func (d *deadline) Value(key any) any {
	if _, ok := key.(requestKey); ok {
		return d.rq
	}
	return d.Context.Value(key)
}

// arm returns the context with a timer, the same each time.
func (d *deadline) arm() *timed {
	if t := d.timed.Load(); t != nil {
		return t
	}
	ctx, cancel := context.WithDeadline(d.Context, d.until)
	t := &timed{ctx, cancel}
	if !d.timed.CompareAndSwap(nil, t) {
		cancel()
		return d.timed.Load()
	}
	return t
}

// end stops the timer if there is one.
func (d *deadline) end() {
	if t := d.timed.Load(); t != nil {
		t.cancel()
	}
}
