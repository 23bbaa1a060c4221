// Package reserve holds the streams of events that callers have reserved for several
// operations, as in the single connection mode of graphql-sse: who reserved them, which
// operations send over them, and when they end. It writes to no connection itself.
//
// Only package api may import reserve.
package reserve

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

// RetryAfter is after how many seconds a client may try again.
const RetryAfter = 5

// Reservations are the streams of the single connection mode, open or to be opened. They
// are limited as subscriptions are, of all and of each caller; one that is not opened
// expires.
type Reservations struct {
	all, each int
	life      time.Duration

	mu      sync.Mutex
	byToken map[string]*Reserved
	of      map[string]int // by whose they are
	held    int            // bytes of answers that wait for their streams
	heldOf  map[string]int // of each whose they are
}

// The most bytes of answers that wait for their streams at once, of all callers and of each,
// and the most operations of a reservation that have not ended.
const (
	mostHeld       = 32 << 20
	mostHeldOf     = mostHeld / 4
	mostOperations = 100
)

// New makes room for so many reservations, of all and of each caller, that expire after a
// life unless they are opened.
func New(all, each int, life time.Duration) *Reservations {
	return &Reservations{all: all, each: each, life: life, byToken: map[string]*Reserved{}, of: map[string]int{}, heldOf: map[string]int{}}
}

// Reserved is one reservation.
type Reserved struct {
	token  string
	Caller *access.Identity
	origin string          // whose place it takes
	ctx    context.Context //nolint:containedctx // it lives as long as the reservation
	cancel context.CancelFunc
	expire *time.Timer
	Out    chan string   // events, for whoever sends them
	ready  chan struct{} // closed once it is open

	mu      sync.Mutex
	request *http.Request // of the open stream, nil before
	running map[string]*Operation
	idle    chan struct{} // closed when it drains and the last operation has ended, nil before
}

// Add makes a reservation, and returns its token.
func (r *Reservations) Add(caller *access.Identity, origin string) (string, *fault.RefusalError) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.of[origin] >= r.each:
		return "", fault.Refuse(fault.CodeUnavailable, "this client has reserved %d streams; no more are allowed", r.each).
			With("limit", r.each).With("retryAfter", RetryAfter)
	case len(r.byToken) >= r.all:
		return "", fault.Refuse(fault.CodeUnavailable, "%d streams are reserved; no more are allowed", r.all).
			With("limit", r.all).With("retryAfter", RetryAfter)
	}
	st := &Reserved{
		token: rand.Text(), Caller: caller, origin: origin, Out: make(chan string), ready: make(chan struct{}), running: map[string]*Operation{},
	}
	st.ctx, st.cancel = context.WithCancel(context.Background())
	st.expire = time.AfterFunc(r.life, func() { r.EndUnopened(st) })
	r.byToken[st.token] = st
	r.of[origin]++
	return st.token, nil
}

// Find returns the reservation of a token, nil for none.
func (r *Reservations) Find(token string) *Reserved {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byToken[token]
}

// End ends a reservation and its operations. To end it again changes nothing.
func (r *Reservations) End(st *Reserved) {
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

// EndUnopened ends reservations that no stream has been opened for, and with them the
// answers that wait there.
func (r *Reservations) EndUnopened(list ...*Reserved) {
	for _, st := range list {
		if st.abandon() {
			r.End(st)
		}
	}
}

// List lists all reservations.
func (r *Reservations) List() []*Reserved {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Values(r.byToken))
}

// Hold takes room for an answer that waits for a stream, and reports whether there is some.
func (r *Reservations) Hold(st *Reserved, bytes int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held+bytes > mostHeld || r.heldOf[st.origin]+bytes > mostHeldOf {
		return false
	}
	r.held += bytes
	r.heldOf[st.origin] += bytes
	return true
}

// Release gives the room of an answer back.
func (r *Reservations) Release(st *Reserved, bytes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held -= bytes
	if r.heldOf[st.origin] -= bytes; r.heldOf[st.origin] == 0 {
		delete(r.heldOf, st.origin)
	}
}

// IsOpen reports whether a client reads the stream.
func (st *Reserved) IsOpen() bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.request != nil
}

// Open notes the request of the one stream, and reports whether there was none before.
func (st *Reserved) Open(request *http.Request) bool {
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
func (st *Reserved) abandon() bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.request != nil {
		return false
	}
	st.cancel()
	return true
}

// opened waits for the stream and returns its request, nil when the context ends before.
func (st *Reserved) opened(ctx context.Context) *http.Request {
	select {
	case <-st.ready:
		return st.request
	case <-ctx.Done():
		return nil
	}
}

// Errors of [Reserved.Begin].
var (
	ErrEnding = message.Errorf("the stream of events ends")
	ErrTaken  = message.Errorf("the stream has an operation of this id")
	ErrMany   = message.Errorf("the stream has %d operations that have not ended; no more are allowed", mostOperations)
)

// Begin begins an operation under an id.
func (st *Reserved) Begin(id string) (*Operation, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.idle != nil || st.ctx.Err() != nil {
		return nil, ErrEnding
	}
	if st.running[id] != nil {
		return nil, ErrTaken
	}
	if len(st.running) == mostOperations {
		return nil, ErrMany
	}
	op := &Operation{of: st, id: id}
	op.Context, op.cancel = context.WithCancel(st.ctx)
	st.running[id] = op
	return op, nil
}

// Stop ends the operation of an id.
func (st *Reserved) Stop(id string) {
	st.mu.Lock()
	op := st.running[id]
	st.mu.Unlock()
	if op != nil {
		op.End()
	}
}

// Operations lists the ids of the operations that have not ended.
func (st *Reserved) Operations() []string {
	st.mu.Lock()
	defer st.mu.Unlock()
	return slices.Sorted(maps.Keys(st.running))
}

// Drain lets in no more operations, and returns a channel that is closed when all have
// ended.
func (st *Reserved) Drain() <-chan struct{} {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.idle = make(chan struct{})
	if len(st.running) == 0 {
		close(st.idle)
	}
	return st.idle
}

// Operation is an operation of a stream of the single connection mode, and writes its events.
type Operation struct {
	of      *Reserved
	id      string
	Context context.Context //nolint:containedctx // it lives as long as the operation
	cancel  context.CancelFunc
}

// End ends the operation. To end it again changes nothing.
func (op *Operation) End() {
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

// Send hands an event to the stream, and waits until it takes it or the operation ends.
func (op *Operation) Send(text string) {
	select {
	case op.of.Out <- text:
	case <-op.Context.Done():
	}
}

// NextEvent is the event of an answer, which write appends to a buffer.
func (op *Operation) NextEvent(write func(buf []byte) ([]byte, error)) (string, error) {
	buf := engine.AppendString([]byte("event: next\ndata: {\"id\":"), op.id)
	buf, err := write(append(buf, `,"payload":`...))
	return string(buf) + "}\n\n", err
}

// CompleteEvent is the event that an operation sends last.
func CompleteEvent(id string) string {
	return string(engine.AppendString([]byte("event: complete\ndata: {\"id\":"), id)) + "}\n\n"
}

// Complete sends that nothing more follows.
func (op *Operation) Complete() { op.Send(CompleteEvent(op.id)) }

// Opened waits for the stream and returns its request, nil when the operation ends before.
func (op *Operation) Opened() *http.Request { return op.of.opened(op.Context) }
