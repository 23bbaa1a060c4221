package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"liantu/access"
	"liantu/api/engine"
	"liantu/graph/gaps"

	"github.com/gin-gonic/gin"
)

// subscription is a subscription that is valid and ready to be followed.
type subscription struct {
	plan *engine.Plan
	vars map[string]any
	watch
	values   float64            // the estimated cost of an event
	identity *access.Identity   // who subscribed
	began    int64              // the version that was current when it began
	counts   map[gaps.State]int // of that
}

// subscribe readies a subscription. What is wrong with it is told before any
// event.
func (s *Server) subscribe(rq *request, plan *engine.Plan, vars map[string]any) (*subscription, error) {
	if rq.purpose != "" {
		return nil, refuse(CodeInput, "events reveal nothing personal; subscribe without a purpose")
	}
	given, err := plan.RootArguments(vars)
	if errors.Is(err, engine.ErrRoots) {
		return nil, refuse(CodeValidation, "%s", err)
	}
	if err != nil {
		return nil, refuse(CodeInput, "%s", err)
	}
	w, f := watchOf(given)
	if f != nil {
		return nil, f
	}
	counts, err := w.count(rq.ctx, s, rq.picture)
	if err != nil {
		return nil, err
	}
	return &subscription{plan: plan, vars: vars, watch: w, values: rq.watched.values, identity: rq.identity, began: rq.picture.version(), counts: counts}, nil
}

// streams bounds the subscriptions that are followed at once, and ends them
// when the server stops.
type streams struct {
	slots chan struct{}
	ended chan struct{}
	once  sync.Once
}

func newStreams(limit int) *streams {
	return &streams{slots: make(chan struct{}, limit), ended: make(chan struct{})}
}

// enter takes a place, if there is one.
func (s *streams) enter() bool {
	select {
	case s.slots <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s *streams) leave() { <-s.slots }

// end asks all to complete.
func (s *streams) end() { s.once.Do(func() { close(s.ended) }) }

// follow sends an event for each new picture until the client goes or the
// server stops. A client that reads slowly, or whose event finds no place to be
// computed, misses no change: what happened meanwhile is told together. Between
// events a comment keeps the connection.
func (s *Server) follow(c *gin.Context, sub *subscription) {
	if !s.streams.enter() {
		c.Header("Retry-After", strconv.Itoa(retryAfter))
		s.refuseHTTP(c, http.StatusServiceUnavailable,
			refuse(CodeUnavailable, "%d subscriptions are open, which is as many as are allowed", cap(s.streams.slots)).
				with("limit", cap(s.streams.slots)))
		return
	}
	defer s.streams.leave()
	ctx := c.Request.Context()
	alive := time.NewTicker(s.cfg.KeepAlive)
	defer alive.Stop()
	w := s.startEvents(c)
	before, counts := sub.began, sub.counts
	if sub.since != nil {
		before = min(before, int64(*sub.since))
	}
	for w.err == nil {
		changed := s.pictures.Changed()
		if now := s.take(); now.version() > before {
			rq, err := s.event(c, sub, now)
			if err != nil {
				w.complete()
				return
			}
			if after, answer := s.tell(rq, sub, before, counts); answer != nil {
				w.next(answer)
				before, counts = now.version(), after
			}
		}
		select {
		case <-changed:
		case <-alive.C:
			if !s.stillAdmitted(c) {
				w.complete()
				return
			}
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

// event makes the request that one event stands for, of who still may ask.
func (s *Server) event(c *gin.Context, sub *subscription, p picture) (*request, error) {
	if !s.stillAdmitted(c) {
		return nil, access.ErrUnauthenticated
	}
	rq := &request{id: newRequestID(), server: s, identity: sub.identity, picture: p, budget: s.newBudget(), pass: pass{lanes: &s.lanes}}
	rq.ctx = context.WithValue(c.Request.Context(), requestKey{}, rq)
	rq.watched.values = sub.values
	return rq, nil
}

// stillAdmitted asks the doors again: a stream may outlive the key that opened
// it.
func (s *Server) stillAdmitted(c *gin.Context) bool {
	if s.doors == nil {
		return true
	}
	_, err := s.doors.Identify(c.Request, session(c.Request))
	return err == nil
}

// tell computes an event and the counts that the next one is compared with. There
// is no event as long as the service is too busy for it.
func (s *Server) tell(rq *request, sub *subscription, before int64, old map[gaps.State]int) (counts map[gaps.State]int, answer *Response) {
	ctx, cancel := context.WithTimeout(rq.ctx, s.cfg.RequestTimeout)
	defer cancel()
	rq.ctx = ctx
	answer = &Response{Extensions: rq.picture.extensions()}
	defer func() {
		if reason := recover(); reason != nil {
			answer.Errors, answer.Data = []Error{s.panicked(rq, reason, debug.Stack())}, nil
		}
	}()
	defer rq.pass.leave()
	if err := s.turn(rq); err != nil {
		return old, nil
	}
	if err := s.look(rq, nil); err != nil {
		answer.Errors = []Error{s.clientError(rq, err)}
		return old, answer
	}
	counts, err := sub.count(ctx, s, rq.picture)
	if err != nil {
		answer.Errors = []Error{s.clientError(rq, err)}
		return old, answer
	}
	rq.change = &graphChange{after: rq.picture, before: before, states: compare(old, counts)}
	data, faults, err := sub.plan.Run(engine.Call{Context: ctx, Value: rq, Variables: sub.vars, Budget: rq.budget}, nil)
	if err != nil {
		answer.Errors = []Error{s.clientError(rq, err)}
		return counts, answer
	}
	answer.Data, answer.Errors = data, s.fieldErrors(rq, faults)
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

// startEvents begins a stream. It may stay open for longer than other answers:
// only each event must pass in time.
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
