package api

import (
	"context"
	"crypto/rand"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"liantu/access"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/message"
)

// reservations are the streams of the single connection mode, open or to be opened. They
// are limited as subscriptions are, of all and of each caller; one that is not opened
// expires.
type reservations struct {
	all, each int
	life      time.Duration

	mu      sync.Mutex
	byToken map[string]*reserved
	of      map[string]int // by whose they are
	held    int            // bytes of answers that wait for their streams
}

// mostHeld is the most bytes of answers that wait for their streams at once, of all callers.
const mostHeld = 32 << 20

func newReservations(all, each int, life time.Duration) *reservations {
	return &reservations{all: all, each: each, life: life, byToken: map[string]*reserved{}, of: map[string]int{}}
}

// reserved is one reservation.
type reserved struct {
	token  string
	caller *access.Identity
	origin string          // whose place it takes
	ctx    context.Context //nolint:containedctx // it lives as long as the reservation
	cancel context.CancelFunc
	expire *time.Timer
	out    chan string   // events, for whoever sends them
	ready  chan struct{} // closed once it is open

	mu      sync.Mutex
	request *http.Request // of the open stream, nil before
	running map[string]*streamed
	idle    chan struct{} // closed when it drains and the last operation has ended, nil before
}

// add makes a reservation, and returns its token.
func (r *reservations) add(caller *access.Identity, origin string) (string, *fault.RefusalError) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.of[origin] >= r.each:
		return "", fault.Refuse(fault.CodeUnavailable, "this client has reserved %d streams; no more are allowed", r.each).
			With("limit", r.each).With("retryAfter", retryAfter)
	case len(r.byToken) >= r.all:
		return "", fault.Refuse(fault.CodeUnavailable, "%d streams are reserved; no more are allowed", r.all).
			With("limit", r.all).With("retryAfter", retryAfter)
	}
	st := &reserved{
		token: rand.Text(), caller: caller, origin: origin, out: make(chan string), ready: make(chan struct{}), running: map[string]*streamed{},
	}
	st.ctx, st.cancel = context.WithCancel(context.Background())
	st.expire = time.AfterFunc(r.life, func() { r.endUnopened(st) })
	r.byToken[st.token] = st
	r.of[origin]++
	return st.token, nil
}

func (r *reservations) find(token string) *reserved {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byToken[token]
}

// end ends a reservation and its operations. To end it again changes nothing.
func (r *reservations) end(st *reserved) {
	st.cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	st.expire.Stop()
	if r.byToken[st.token] != st {
		return
	}
	delete(r.byToken, st.token)
	if r.of[st.origin]--; r.of[st.origin] == 0 {
		delete(r.of, st.origin)
	}
}

// endUnopened ends reservations that no stream has been opened for, and with them the
// answers that wait there.
func (r *reservations) endUnopened(list ...*reserved) {
	for _, st := range list {
		if st.abandon() {
			r.end(st)
		}
	}
}

// list lists all reservations.
func (r *reservations) list() []*reserved {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Values(r.byToken))
}

// hold takes room for an answer that waits, and reports whether there is some.
func (r *reservations) hold(bytes int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held > 0 && r.held+bytes > mostHeld {
		return false
	}
	r.held += bytes
	return true
}

func (r *reservations) release(bytes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held -= bytes
}

// open notes the request of the one stream, and reports whether there was none before.
func (st *reserved) open(request *http.Request) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.request != nil || st.ctx.Err() != nil {
		return false
	}
	st.request = request
	close(st.ready)
	return true
}

// abandon ends the operations unless the stream is open, and reports whether it did.
func (st *reserved) abandon() bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.request != nil {
		return false
	}
	st.cancel()
	return true
}

// opened waits for the stream and returns its request, nil when the context ends before.
func (st *reserved) opened(ctx context.Context) *http.Request {
	select {
	case <-st.ready:
		return st.request
	case <-ctx.Done():
		return nil
	}
}

// Errors of [reserved.begin].
var (
	errEnding = message.Errorf("the stream of events ends")
	errTaken  = message.Errorf("the stream has an operation of this id")
)

// begin begins an operation under an id.
func (st *reserved) begin(id string) (*streamed, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.idle != nil || st.ctx.Err() != nil {
		return nil, errEnding
	}
	if st.running[id] != nil {
		return nil, errTaken
	}
	op := &streamed{of: st, id: id}
	op.ctx, op.cancel = context.WithCancel(st.ctx)
	st.running[id] = op
	return op, nil
}

// stop ends the operation of an id.
func (st *reserved) stop(id string) {
	st.mu.Lock()
	op := st.running[id]
	st.mu.Unlock()
	if op != nil {
		op.end()
	}
}

// operations lists the ids of the operations that have not ended.
func (st *reserved) operations() []string {
	st.mu.Lock()
	defer st.mu.Unlock()
	return slices.Sorted(maps.Keys(st.running))
}

// drain lets in no more operations, and returns a channel that is closed when all have
// ended.
func (st *reserved) drain() <-chan struct{} {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.idle = make(chan struct{})
	if len(st.running) == 0 {
		close(st.idle)
	}
	return st.idle
}

// streamed is an operation of a stream of the single connection mode, and writes its events.
type streamed struct {
	of     *reserved
	id     string
	ctx    context.Context //nolint:containedctx // it lives as long as the operation
	cancel context.CancelFunc
}

// end ends the operation. To end it again changes nothing.
func (op *streamed) end() {
	op.cancel()
	st := op.of
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.running[op.id] != op {
		return
	}
	delete(st.running, op.id)
	if st.idle != nil && len(st.running) == 0 {
		close(st.idle)
	}
}

// send hands an event to the stream, and waits until it takes it or the operation ends.
func (op *streamed) send(text string) {
	select {
	case op.of.out <- text:
	case <-op.ctx.Done():
	}
}

// nextEvent is the event of an answer.
func (op *streamed) nextEvent(answer *Response) (string, error) {
	buf := engine.AppendString([]byte("event: next\ndata: {\"id\":"), op.id)
	buf, _, err := answer.append(append(buf, `,"payload":`...))
	return string(buf) + "}\n\n", err
}

func completeEvent(id string) string {
	return string(engine.AppendString([]byte("event: complete\ndata: {\"id\":"), id)) + "}\n\n"
}

func (op *streamed) next(answer *Response) {
	text, err := op.nextEvent(answer)
	if err != nil {
		op.cancel()
		return
	}
	op.send(text)
}

func (op *streamed) complete() { op.send(completeEvent(op.id)) }

// comment does nothing: the stream has comments of its own.
func (op *streamed) comment() {}

func (op *streamed) failed() bool { return op.ctx.Err() != nil }
