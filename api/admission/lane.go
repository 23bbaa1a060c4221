package admission

import (
	"container/heap"
	"context"
	"sync"

	"liantu/api/fault"
)

// lane lets a bounded number of requests compute at once. A bounded number
// waits, the cheapest first and of one cost in the order of arrival. When too
// many wait, the most expensive of them is refused at once, so that no request waits
// behind work that cannot be done in time, and expensive requests keep no cheap one
// out.
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
// is nil. The error is a refusal with [fault.CodeOverloaded] when too many wait that
// cost no more, and the context's when that ends first.
func (l *lane) enter(ctx context.Context, cost float64) error {
	l.mu.Lock()
	if l.taken < l.places {
		l.taken++
		l.mu.Unlock()
		return nil
	}
	l.arrived++
	w := &waiter{cost: cost, arrived: l.arrived, settled: make(chan error, 1)}
	heap.Push(&l.line, w)
	if len(l.line) > l.queue {
		last := l.line.last()
		heap.Remove(&l.line, last.at)
		last.settled <- l.full()
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

// withdraw takes a waiter that no longer waits out of the queue. A place that it got
// meanwhile is passed on.
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
	return fault.Refuse(fault.CodeOverloaded, "the service is busy: %d requests compute and %d wait", l.places, l.queue).
		With("reason", "QUEUE_FULL").With("limit", l.queue).With("retryAfter", overloadedRetry)
}

// leave frees a place.
func (l *lane) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next()
}

// next passes a free place to the first waiter.
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

// overloadedRetry is the number of seconds after which a client that found the queue
// full should retry.
const overloadedRetry = 1

// waiter is a request in a queue.
type waiter struct {
	cost    float64
	arrived uint64
	at      int        // in the queue, −1 when it has left it
	settled chan error // nil with a place
}

// line is the queue of a lane: a heap of waiters, the next one first.
type line []*waiter

func (l line) Len() int { return len(l) }

func (l line) Less(i, j int) bool { return l[i].before(l[j]) }

func (w *waiter) before(other *waiter) bool {
	if w.cost != other.cost {
		return w.cost < other.cost
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

// last returns the waiter that is last in order.
func (l line) last() *waiter {
	last := l[0]
	for _, w := range l[1:] {
		if last.before(w) {
			last = w
		}
	}
	return last
}
