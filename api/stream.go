package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/api/questions"
)

// subscription is a valid subscription whose stream can begin.
type subscription struct {
	plan   *engine.Plan
	vars   map[string]any
	watch  questions.Watch
	values float64          // the estimated cost of an event
	caller *access.Identity // who subscribed
	client string           // whom its work is charged to
	origin string           // whose place it takes
	began  int64            // the version that was current when it began
	counts questions.Counts // of that

	forgettings int64 // that were made when its request began
}

// subscribe prepares a subscription. What is wrong with it is reported before any
// event.
func (s *Server) subscribe(x *execution, plan *engine.Plan, vars map[string]any) (*subscription, error) {
	if !x.Caller.Purpose.None() {
		return nil, fault.Refuse(fault.CodeInput, "events reveal no personal values; subscribe without a purpose")
	}
	if plan.RefusesRoot() {
		f := s.fieldError(x, "", engine.ErrRefused)
		f.Field = disclosure.SubscriptionType
		if err := s.record(x, []fault.Error{f}); err != nil {
			return nil, err
		}
		return nil, engine.ErrRefused
	}
	given, err := plan.RootArguments(vars)
	if errors.Is(err, engine.ErrRoots) {
		return nil, fault.Refuse(fault.CodeValidation, "%s", err)
	}
	if err != nil {
		return nil, err
	}
	w, f := questions.WatchOf(given)
	if f != nil {
		return nil, f
	}
	counts, err := w.Count(x.Context, s.service.Settings, x.Picture)
	if err != nil {
		return nil, err
	}
	return &subscription{
		plan: plan, vars: vars, watch: w, values: x.values, caller: x.Caller.Identity, client: x.client, origin: x.origin, began: x.Picture.Version(), counts: counts,
		forgettings: x.forgettings,
	}, nil
}

// streams limits the subscriptions that are open at once, of all and of each subject, and
// ends them when the server stops.
type streams struct {
	all, each int
	ended     chan struct{}
	once      sync.Once

	mu   sync.Mutex
	open int
	of   map[string]int // by whose they are
}

func newStreams(all, each int) *streams {
	return &streams{all: all, each: each, ended: make(chan struct{}), of: map[string]int{}}
}

// enter takes a place for a subject. Where there is none, the refusal is not nil.
func (s *streams) enter(subject string) *fault.RefusalError {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.of[subject] >= s.each:
		return fault.Refuse(fault.CodeUnavailable, "this client follows %d subscriptions; no more are allowed", s.each).
			With("limit", s.each).With("retryAfter", retryAfter)
	case s.open >= s.all:
		return fault.Refuse(fault.CodeUnavailable, "%d subscriptions are open; no more are allowed", s.all).
			With("limit", s.all).With("retryAfter", retryAfter)
	}
	s.open++
	s.of[subject]++
	return nil
}

func (s *streams) leave(subject string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
	if s.of[subject]--; s.of[subject] == 0 {
		delete(s.of, subject)
	}
}

// end lets all complete.
func (s *streams) end() { s.once.Do(func() { close(s.ended) }) }

// follow sends an event for each new picture until the client disconnects or the
// server stops. A client that reads slowly, or whose event finds no place to be
// computed, misses no change: what happened meanwhile is reported in one event.
// Between events a comment keeps the connection open. The stream ends when its caller is
// no longer admitted as who it was, with the same role and scope. When a person is
// forgotten it completes after its event, since it retains the document that opened it.
func (s *Server) follow(c *gin.Context, sub *subscription) {
	if f := s.streams.enter(sub.origin); f != nil {
		SetRetry(c.Writer.Header(), f)
		s.refuseHTTP(c, http.StatusServiceUnavailable, f)
		return
	}
	defer s.streams.leave(sub.origin)
	s.sendChanges(c.Request.Context(), s.startEvents(c), sub, c.Request)
}

// listener takes the events of a subscription: a stream of its own, or an operation of one
// that is shared.
type listener interface {
	next(answer *Response)
	complete()
	comment()
	failed() bool // whether nothing more can be sent
}

// sendChanges sends the events of a subscription, for which a request holds a stream open.
func (s *Server) sendChanges(ctx context.Context, w listener, sub *subscription, request *http.Request) {
	alive, identity := time.NewTicker(s.cfg.KeepAlive), time.NewTicker(identityCheck)
	defer alive.Stop()
	defer identity.Stop()
	before, counts, forgotten := sub.watch.Before(sub.began), sub.counts, s.forgettings.after(sub.forgettings)
	for !w.failed() {
		changed, ends := s.pictures.Changed(), s.forgettings.count() > sub.forgettings
		if now := s.take(); now.Version() > before {
			if !s.isAdmitted(request, sub.caller) {
				w.complete()
				return
			}
			after, answer := s.reportChange(s.event(ctx, sub, now), sub, before, counts)
			if !s.isAdmitted(request, sub.caller) { // since the event was begun
				w.complete()
				return
			}
			if answer != nil {
				w.next(answer)
				before, counts = now.Version(), after
			}
		}
		if ends {
			w.complete()
			return
		}
		select {
		case <-changed:
		case <-forgotten:
		case <-identity.C:
			if !s.isAdmitted(request, sub.caller) {
				w.complete()
				return
			}
		case <-alive.C:
			w.comment()
		case <-ctx.Done():
			return
		case <-s.streams.ended:
			w.complete()
			return
		}
	}
}

// retryAfter is after how many seconds a client may try again.
const retryAfter = 5

// identityCheck is how often a stream identifies its caller again. Users are noticed to have
// changed within half a second, so that a stream ends within one.
const identityCheck = 250 * time.Millisecond

// event makes the execution of one event.
func (s *Server) event(ctx context.Context, sub *subscription, p fields.Picture) *execution {
	x := s.begin(ctx, newRequestID(), sub.caller)
	x.Picture, x.values, x.client, x.origin = p, sub.values, sub.client, sub.origin
	return x
}

// isAdmitted identifies the sender of an open request again, and reports whether it is
// admitted as who it was: a stream may outlive a key, a role and a scope.
func (s *Server) isAdmitted(request *http.Request, caller *access.Identity) bool {
	if s.authenticator == nil {
		return true
	}
	id, err := s.authenticator.Identify(request, s.session(request))
	return err == nil && isSame(id, caller)
}

// reportChange computes an event and the counts that the next one is compared with.
// There is no event while the service is too busy for it.
func (s *Server) reportChange(x *execution, sub *subscription, before int64, old questions.Counts) (counts questions.Counts, answer *Response) {
	defer x.until.End()
	answer = &Response{Extensions: extensionsOf(x.Picture)}
	defer func() {
		if answer != nil {
			answer.Extensions.Cost = s.costOf(x)
		}
	}()
	defer func() {
		if reason := recover(); reason != nil {
			answer.Errors, answer.Data = []fault.Error{s.panicked(x, reason, debug.Stack())}, nil
		}
	}()
	defer x.pass.Leave()
	if err := s.turn(x, false); err != nil {
		return old, nil
	}
	if err := s.see(x, nil); err != nil {
		answer.Errors = []fault.Error{s.clientError(x, err)}
		return old, answer
	}
	counts, err := sub.watch.Count(x.Context, s.service.Settings, x.Picture)
	if err != nil {
		answer.Errors = []fault.Error{s.clientError(x, err)}
		return old, answer
	}
	x.Event = questions.Changed(x.Picture, before, old, counts)
	if answer.Data, answer.Errors, err = s.run(x, sub.plan, sub.vars, nil); err != nil {
		answer.Data, answer.Errors = nil, []fault.Error{s.clientError(x, err)}
	}
	return counts, answer
}

// events writes a stream of events in the form of graphql-sse. After the first
// failure it writes nothing more.
type events struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
	err      error
}

// startEvents begins a stream. It may stay open for longer than other answers: the
// time limit of writing holds for each event.
func (s *Server) startEvents(c *gin.Context) *events {
	e := &events{w: c.Writer, control: http.NewResponseController(c.Writer), patience: s.cfg.WriteTimeout}
	c.Header("Content-Type", mediaEvents+"; charset=utf-8")
	c.Header("X-Accel-Buffering", "no")
	c.Status(http.StatusOK)
	e.err = e.control.SetReadDeadline(time.Time{})
	e.comment()
	return e
}

func (e *events) next(answer *Response) {
	body, _, err := answer.append([]byte("event: next\ndata: "))
	if err != nil {
		e.err = err
	}
	e.write(string(body) + "\n\n")
}

func (e *events) complete() { e.write("event: complete\ndata:\n\n") }

func (e *events) failed() bool { return e.err != nil }

func (e *events) comment() { e.write(":\n\n") }

func (e *events) write(text string) {
	if e.err != nil {
		return
	}
	if e.err = e.control.SetWriteDeadline(time.Now().Add(e.patience)); e.err != nil {
		return
	}
	if _, e.err = fmt.Fprint(e.w, text); e.err != nil {
		return
	}
	e.err = e.control.Flush()
}

// replyEvents answers a query, or refuses a subscription, as a stream of one
// event, for clients that take nothing else.
func (s *Server) replyEvents(c *gin.Context, answer *Response) {
	e := s.startEvents(c)
	e.next(answer)
	e.complete()
}
