package api

import (
	"context"
	"runtime"
	"sync/atomic"
)

// lane lets a bounded number of requests compute at once. A bounded number
// waits, in the order of arrival; those beyond are refused at once, so that
// nobody waits behind work that will never be done in time.
type lane struct {
	name    string
	slots   chan struct{}
	queue   int64
	waiting atomic.Int64
}

func newLane(name string, slots, queue int) *lane {
	return &lane{name: name, slots: make(chan struct{}, slots), queue: int64(queue)}
}

// enter waits for a place. It must be left again by [lane.leave] when the error
// is nil. The error is a fault with [CodeOverloaded] when too many wait, and
// the context's when that ends first.
func (l *lane) enter(ctx context.Context) error {
	select {
	case l.slots <- struct{}{}:
		return nil
	default:
	}
	defer l.waiting.Add(-1)
	if l.waiting.Add(1) > l.queue {
		return refuse(CodeOverloaded, "the service is busy: %d requests compute and %d wait", cap(l.slots), l.queue).
			with("reason", "QUEUE_FULL").with("limit", l.queue).with("retryAfter", overloadedRetry)
	}
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *lane) leave() { <-l.slots }

// overloadedRetry is after how many seconds a client should come again that
// found the queue full.
const overloadedRetry = 1

// lanes are the two ways through the service. Every request computes in the
// light lane until its cost is known. One that turns out to be heavy goes on in
// the heavy lane, which has fewer places than the machine has cores, so that
// the light ones always find a core.
type lanes struct {
	light, heavy *lane
	store        *lane   // of those that look into the store for a newer picture
	heavyFrom    float64 // values from which on a request is heavy
}

func newLanes(c Config) lanes {
	slots := c.MaxConcurrent
	if slots == 0 {
		slots = 2 * runtime.GOMAXPROCS(0)
	}
	return lanes{
		light:     newLane("light", slots, c.MaxQueue),
		heavy:     newLane("heavy", max(1, min(slots, runtime.GOMAXPROCS(0))/2), max(1, c.MaxQueue/4)),
		store:     newLane("store", slots, c.MaxQueue),
		heavyFrom: float64(c.HeavyFields),
	}
}

// pass is the place of one request in a lane.
type pass struct {
	lanes *lanes
	at    *lane
}

// enter takes a place in the light lane.
func (l *lanes) enter(ctx context.Context) (*pass, error) {
	if err := l.light.enter(ctx); err != nil {
		return nil, err
	}
	return &pass{lanes: l, at: l.light}, nil
}

// weigh moves a request of the given cost to the lane that it belongs to. On an
// error it has no place any more.
func (p *pass) weigh(ctx context.Context, values float64) error {
	if values < p.lanes.heavyFrom || p.at == p.lanes.heavy {
		return nil
	}
	p.leave()
	if err := p.lanes.heavy.enter(ctx); err != nil {
		return err
	}
	p.at = p.lanes.heavy
	return nil
}

// leave gives the place back; a second time it does nothing.
func (p *pass) leave() {
	if p.at != nil {
		p.at.leave()
		p.at = nil
	}
}
