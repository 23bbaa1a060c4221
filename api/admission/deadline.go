package admission

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

// Deadline is the context that a request is answered in: that of its client,
// until a moment. Unlike context.WithTimeout it sets no timer while nothing waits
// for its end, which most requests never do: they check Err between the values that
// they write.
type Deadline struct {
	context.Context
	until time.Time
	timed atomic.Pointer[timed] // once something waits, or it has ended
	heavy atomic.Bool           // whether it yields to others
	since atomic.Int64          // when it last yielded, in nanoseconds
}

// Begin sets the context that it wraps, and when it ends. It must be called once,
// before anything else.
func (d *Deadline) Begin(ctx context.Context, until time.Time) { d.Context, d.until = ctx, until }

// GiveWay sets whether the request yields to others from time to time.
func (d *Deadline) GiveWay(heavy bool) { d.heavy.Store(heavy) }

// turnTime is how long a heavy request computes before it yields. The scheduler of
// Go would leave it its core for ten milliseconds.
const turnTime = 100 * time.Microsecond

// yield lets goroutines run that wait for a core.
func (d *Deadline) yield(now time.Time) {
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

// Deadline returns when it ends.
func (d *Deadline) Deadline() (time.Time, bool) {
	if of, ok := d.Context.Deadline(); ok && of.Before(d.until) {
		return of, true
	}
	return d.until, true
}

// Done returns a channel that is closed at its end.
func (d *Deadline) Done() <-chan struct{} { return d.arm().Done() }

// Err returns why it has ended, nil while it has not. A heavy request yields here.
func (d *Deadline) Err() error {
	if d.timed.Load() == nil && d.Context.Err() == nil {
		now := time.Now()
		if d.heavy.Load() {
			d.yield(now)
		}
		if now.Before(d.until) {
			return nil
		}
	}
	return d.arm().Err() // which does not change any more
}

// arm returns the context with a timer, the same each time.
func (d *Deadline) arm() *timed {
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

// End stops the timer if there is one. The context must not be used afterwards.
func (d *Deadline) End() {
	if t := d.timed.Load(); t != nil {
		t.cancel()
	}
}
