package api

import (
	"container/heap"
	"context"
	"runtime"
	"sync"
)

// lane lets a bounded number of requests compute at once. A bounded number
// waits, the cheapest first and of one price in the order of arrival. When too
// many wait, the dearest of them is refused at once, so that nobody waits behind
// work that will never be done in time, and dear requests keep no cheap one out.
type lane struct {
	name   string
	places int
	queue  int

	mu      sync.Mutex
	taken   int
	arrived uint64
	line    line
}

func newLane(name string, places, queue int) *lane {
	return &lane{name: name, places: places, queue: queue}
}

// enter waits for a place. It must be left again by [lane.leave] when the error
// is nil. The error is a fault with [CodeOverloaded] when too many wait that are
// no dearer, and the context's when that ends first.
func (l *lane) enter(ctx context.Context, price float64) error {
	l.mu.Lock()
	if l.taken < l.places {
		l.taken++
		l.mu.Unlock()
		return nil
	}
	l.arrived++
	w := &waiter{price: price, arrived: l.arrived, settled: make(chan error, 1)}
	heap.Push(&l.line, w)
	if len(l.line) > l.queue {
		dearest := l.line.dearest()
		heap.Remove(&l.line, dearest.at)
		dearest.settled <- l.full()
	}
	l.mu.Unlock()
	select {
	case err := <-w.settled:
		return err
	case <-ctx.Done():
		l.withdraw(w)
		return ctx.Err()
	}
}

// withdraw takes a waiter out of the line that waits no longer. The place that
// it got meanwhile goes on.
func (l *lane) withdraw(w *waiter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.at >= 0 {
		heap.Remove(&l.line, w.at)
		return
	}
	if err := <-w.settled; err == nil {
		l.next()
	}
}

func (l *lane) full() error {
	return refuse(CodeOverloaded, "the service is busy: %d requests compute and %d wait", l.places, l.queue).
		with("reason", "QUEUE_FULL").with("limit", l.queue).with("retryAfter", overloadedRetry)
}

// leave gives a place back.
func (l *lane) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next()
}

// next hands a place to who comes next.
func (l *lane) next() {
	if len(l.line) == 0 {
		l.taken--
		return
	}
	heap.Pop(&l.line).(*waiter).settled <- nil
}

// counts counts the requests that compute and that wait.
func (l *lane) counts() (computing, waiting int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.taken, len(l.line)
}

// overloadedRetry is after how many seconds a client should come again that
// found the queue full.
const overloadedRetry = 1

// waiter is a request in a line.
type waiter struct {
	price   float64
	arrived uint64
	at      int        // in the line, −1 when it has left it
	settled chan error // nil with a place
}

// line is a heap of waiters, the next one first.
type line []*waiter

func (l line) Len() int { return len(l) }

func (l line) Less(i, j int) bool { return l[i].before(l[j]) }

func (w *waiter) before(other *waiter) bool {
	if w.price != other.price {
		return w.price < other.price
	}
	return w.arrived < other.arrived
}

func (l line) Swap(i, j int) {
	l[i], l[j] = l[j], l[i]
	l[i].at, l[j].at = i, j
}

// Push is for package heap.
func (l *line) Push(x any) {
	w := x.(*waiter)
	w.at = len(*l)
	*l = append(*l, w)
}

// Pop is for package heap.
func (l *line) Pop() any {
	last := len(*l) - 1
	w := (*l)[last]
	w.at, (*l)[last] = -1, nil
	*l = (*l)[:last]
	return w
}

// dearest returns the last one in the order of the line.
func (l line) dearest() *waiter {
	last := l[0]
	for _, w := range l[1:] {
		if last.before(w) {
			last = w
		}
	}
	return last
}

// lanes are the ways through the service. What is light computes in the light
// lane. Documents that the service has not read before are read in the heavy
// lane, and what is heavy computes there; it has fewer places than the machine
// has cores, so that the light ones always find a core, and reading goes before
// computing.
type lanes struct {
	light, heavy *lane
	store        *lane   // of those that look into the store for a newer picture
	write        *lane   // of those that change the graph, one at a time
	heavyFrom    float64 // values from which on a request is heavy
}

func newLanes(c Config) lanes {
	places := c.MaxConcurrent
	if places == 0 {
		places = 2 * runtime.GOMAXPROCS(0)
	}
	return lanes{
		light:     newLane("light", places, c.MaxQueue),
		heavy:     newLane("heavy", max(1, min(places, runtime.GOMAXPROCS(0))/2), c.MaxQueue),
		store:     newLane("store", places, c.MaxQueue),
		write:     newLane("write", 1, c.MaxQueue),
		heavyFrom: float64(c.HeavyFields),
	}
}

// of is the lane that so many values are computed in.
func (l *lanes) of(values float64) *lane {
	if values < l.heavyFrom {
		return l.light
	}
	return l.heavy
}

// counts counts the requests that compute and that wait.
func (l *lanes) counts() (computing, waiting int) {
	for _, lane := range []*lane{l.light, l.heavy, l.write} {
		c, w := lane.counts()
		computing, waiting = computing+c, waiting+w
	}
	return computing, waiting
}

// readingPrice is what it costs to read a byte of a document, in values.
const readingPrice = 0.1

// pass is the place of one request in a lane.
type pass struct {
	lanes *lanes
	at    *lane // nil without a place
}

// enter takes a place: in the light lane for what has been read before, else in
// the heavy lane to read so many bytes.
func (p *pass) enter(ctx context.Context, unread int) error {
	if unread == 0 {
		return p.take(ctx, p.lanes.light, 0)
	}
	return p.take(ctx, p.lanes.heavy, readingPrice*float64(unread))
}

// weigh moves a request of so many values to the lane that it computes in. On an
// error it has no place any more.
func (p *pass) weigh(ctx context.Context, values float64) error {
	p.leave()
	return p.take(ctx, p.lanes.of(values), values)
}

func (p *pass) take(ctx context.Context, at *lane, price float64) error {
	err := at.enter(ctx, price)
	if err == nil {
		p.at = at
	}
	return err
}

// leave gives the place back; a second time it does nothing.
func (p *pass) leave() {
	if p.at != nil {
		p.at.leave()
		p.at = nil
	}
}
