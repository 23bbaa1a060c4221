package api

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"liantu/access"
	"liantu/api/engine"
	"liantu/graph"
)

// secondExactly is the precision in which ages are told.
const secondExactly = time.Second

// Request is one GraphQL request.
type Request struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	// DocumentID names a document that the service knows, instead of Query:
	// sha256: and its hash, or an id of a registered document.
	DocumentID string `json:"documentId"`
	// Extensions may hold minVersion: the answer is then computed from this
	// version of the graph or a later one, or fails with UNAVAILABLE; and
	// persistedQuery, which names a document by its hash, see persisted.go.
	// Others are ignored.
	Extensions map[string]any `json:"extensions"`

	ID       string           `json:"-"` // for the log and for internal errors; made when empty
	Identity *access.Identity `json:"-"` // who asks; the local user when nil
	Client   string           `json:"-"` // whose rate it counts for; nobody's when empty

	shares bool     // whether the data of the answer may be that of a kept one, which nobody may change
	kinds  []string // of the operations that it may run; any when there are none
	events bool     // whether the answer may be a stream of events
}

// Execute answers one request from the current picture, in the way that POST
// /graphql does: bounded by the limits of the configuration and by ctx. It
// never returns nil and never panics.
func (s *Server) Execute(ctx context.Context, r Request) *Response {
	return s.execute(ctx, r, nil)
}

// Append is [Server.Execute] that writes the data of the answer at the end of
// buf, so that a caller with many questions can use its memory again.
func (s *Server) Append(ctx context.Context, r Request, buf []byte) *Response {
	return s.execute(ctx, r, buf)
}

// execute writes the data of the answer into buf.
func (s *Server) execute(ctx context.Context, r Request, buf []byte) *Response {
	if r.ID == "" {
		r.ID = newRequestID()
	}
	ctx, end := s.span(ctx, "graphql")
	rq := &request{id: r.ID, server: s, identity: r.Identity, budget: s.newBudget(), pass: pass{lanes: &s.lanes}, shares: r.shares}
	if rq.identity == nil {
		rq.identity = access.Local
	}
	rq.watched.start = time.Now()
	rq.until.Context, rq.until.until, rq.until.rq = ctx, rq.watched.start.Add(s.cfg.RequestTimeout), rq
	defer rq.until.end()
	rq.ctx = &rq.until
	answer := new(Response)
	s.answer(rq, r, answer, buf)
	s.report(rq, r, answer)
	end(answer)
	return answer
}

// answer fills in the answer to r. A panic ends in an answer, too.
func (s *Server) answer(rq *request, r Request, answer *Response, buf []byte) {
	defer func() {
		if reason := recover(); reason != nil {
			answer.Errors, answer.Data = []Error{s.panicked(rq, reason, debug.Stack())}, nil
		}
	}()
	refuse := func(err error) { answer.Errors = []Error{s.clientError(rq, err)} }
	rq.picture = s.take()
	answer.Extensions = rq.picture.extensions()
	if rq.picture.graph == nil {
		refuse(&fault{code: CodeUnavailable, text: "there is no picture of the graph yet"})
		return
	}
	if minVersion := r.Extensions["minVersion"]; minVersion != nil {
		if err := s.catchUp(rq, minVersion); err != nil {
			refuse(err)
			return
		}
		answer.Extensions = rq.picture.extensions()
	}
	keep, f := s.document(&r)
	if f != nil {
		refuse(f)
		return
	}
	pass := &rq.pass
	defer pass.leave()
	if err := s.enter(rq, r); err != nil {
		refuse(err)
		return
	}
	if err := s.look(rq, r.Extensions); err != nil {
		refuse(err)
		return
	}
	op, plan, vars, errs := s.prepare(rq, r, answer)
	if errs != nil {
		answer.Errors = errs
		return
	}
	keep()
	if f := s.rates.charge(r.Client, rq.watched.values, time.Now()); f != nil {
		refuse(f)
		return
	}
	if op.Type() == engine.Subscription {
		if err := s.open(rq, r, plan, vars, answer); err != nil {
			refuse(err)
		}
		return
	}
	if err := s.compute(rq, op, plan, vars, answer, buf); err != nil {
		refuse(err)
	}
}

// open readies the subscription that a request asks for.
func (s *Server) open(rq *request, r Request, plan *engine.Plan, vars map[string]any, answer *Response) (err error) {
	if !r.events {
		return &fault{code: CodeAccept, text: "a subscription is answered by events; send Accept: " + mediaEvents}
	}
	if err := s.turn(rq); err != nil {
		return err
	}
	answer.subscription, err = s.subscribe(rq, plan, vars)
	return err
}

// compute fills in the data of an answer, from the kept answers or by running
// the plan. What others asked for while the request waited for its turn is kept
// by then.
func (s *Server) compute(rq *request, op *engine.Operation, plan *engine.Plan, vars map[string]any, answer *Response, buf []byte) error {
	key, lasting := s.answers.keyOf(rq, op, plan, vars)
	kept := func() bool {
		data, tag, found := s.answers.get(key)
		switch {
		case found && rq.shares && len(data) >= worthSharing:
			answer.tag, answer.Data, answer.shared = tag, data, true
		case found:
			answer.tag = tag
			answer.hold(buf, append(buf, data...))
		}
		return found
	}
	found := lasting && kept()
	if !found {
		waited, turn := rq.watched.waited, s.turn
		if op.Type() == engine.Mutation {
			turn = s.turnToWrite
		}
		if err := turn(rq); err != nil {
			return err
		}
		found = lasting && rq.watched.waited > waited && kept()
	}
	if lasting {
		s.answers.count(found)
		s.metrics.Cache("answers", found)
	}
	if found {
		return nil
	}
	_, end := s.span(rq.ctx, "graphql.run")
	defer end(nil)
	data, faults, err := plan.Run(engine.Call{Context: rq.ctx, Value: rq, Variables: vars, Budget: rq.budget}, buf)
	if err != nil {
		return err
	}
	if op.Type() == engine.Mutation {
		answer.Extensions = rq.picture.extensions() // which changes were made from
	}
	errs := s.fieldErrors(rq, faults)
	if err := rq.record(errs); err != nil {
		return err
	}
	answer.hold(buf, data)
	answer.Errors = errs
	if lasting && len(faults) == 0 {
		answer.tag = s.answers.put(key, rq.picture.version(), answer.Data)
	}
	return nil
}

// hold takes the data that was written behind buf.
func (r *Response) hold(buf, written []byte) {
	r.Data = written[len(buf):]
	if string(buf) == frame {
		r.framed = written
	}
}

// look restricts the request to what who asks may know of.
func (s *Server) look(rq *request, extensions map[string]any) error {
	purpose, f := purposeOf(extensions)
	if f != nil {
		return f
	}
	if s.recorder == nil {
		purpose = "" // nothing can be revealed without a record
	}
	rq.purpose, rq.role = purpose, roleOf(rq.identity, purpose)
	seen, err := s.viewOf(rq.ctx, rq.picture.graph, rq.identity)
	if err != nil {
		return err
	}
	rq.picture.graph, rq.scope = seen.graph, seen.scope
	return nil
}

// enter waits for a place to read the document, or to look it up.
func (s *Server) enter(rq *request, r Request) error {
	rq.operation = operationKeyOf(r)
	lane, unread := s.lanes.light, 0
	if !s.operations.Contains(rq.operation) {
		lane, unread = s.lanes.heavy, len(r.Query)
	}
	return s.wait(&rq.watched, lane, func() error { return rq.pass.enter(rq.ctx, unread) })
}

// turn waits for a place to compute what the request asks for.
func (s *Server) turn(rq *request) error {
	at := s.lanes.of(rq.watched.values)
	rq.until.heavy.Store(at == s.lanes.heavy)
	if rq.pass.at == at && at == s.lanes.light {
		return nil
	}
	return s.wait(&rq.watched, at, func() error { return rq.pass.weigh(rq.ctx, rq.watched.values) })
}

// prepare reads the operation of a request and makes it ready to run.
func (s *Server) prepare(rq *request, r Request, answer *Response) (*engine.Operation, *engine.Plan, map[string]any, []Error) {
	_, end := s.span(rq.ctx, "graphql.prepare")
	defer end(nil)
	op, errs := s.operation(rq, r)
	if errs != nil {
		return nil, nil, nil, errs
	}
	answer.operation = op.Name()
	plan, vars, errs := s.plan(rq, op, r.Variables)
	return op, plan, vars, errs
}

// catchUp exchanges the picture of the request for a newer one if the client
// asks for a version that it does not have.
func (s *Server) catchUp(rq *request, minVersion any) error {
	wanted, ok := wholeNumber(minVersion).(int)
	if !ok || wanted < 0 {
		return refuse(CodeInput, "extensions.minVersion is not a version number")
	}
	if rq.picture.version() >= int64(wanted) {
		return nil
	}
	if err := s.lanes.store.enter(rq.ctx, 0); err != nil {
		return err
	}
	defer s.lanes.store.leave()
	newer, err := s.pictures.AtLeast(rq.ctx, graph.Revision(wanted))
	if err != nil {
		return err
	}
	rq.picture = s.take()
	rq.picture.graph = newer
	return nil
}

// operation returns the operation of a request, parsed and valid. What was
// good once is kept, so that clients which repeat their documents pay for
// reading them once.
func (s *Server) operation(rq *request, r Request) (*engine.Operation, []Error) {
	key := rq.operation
	op, ok := s.operations.Get(key)
	s.metrics.Cache("operations", ok)
	if ok {
		if fault := op.OneOf(r.kinds); fault != nil {
			return nil, requestErrors([]*engine.Error{fault})
		}
		return op, nil
	}
	if f := s.checkDocument(r.Query); f != nil {
		return nil, []Error{s.clientError(rq, f)}
	}
	doc, faults := s.engine.Read(r.Query)
	if faults != nil {
		return nil, requestErrors(faults)
	}
	if err := s.checkCost(doc.Price(r.OperationName, r.Variables, s.sizes())); err != nil {
		return nil, []Error{s.clientError(rq, err)}
	}
	op, faults = doc.Operation(r.OperationName, r.kinds...)
	if faults != nil {
		return nil, requestErrors(faults)
	}
	if !s.features.Introspection && op.Introspects() {
		return nil, []Error{s.clientError(rq, refuse(CodeIntrospection, "this service does not tell its schema"))}
	}
	s.operations.Add(key, op)
	return op, nil
}

// plan makes an operation ready for its variables, and refuses it when its
// answer could be too large.
func (s *Server) plan(rq *request, op *engine.Operation, given map[string]any) (*engine.Plan, map[string]any, []Error) {
	vars, faults := op.Variables(given)
	if len(faults) > 0 {
		return nil, nil, inputErrors(faults)
	}
	plan, faults := op.Plan(string(rq.role), vars)
	if len(faults) > 0 {
		return nil, nil, inputErrors(faults)
	}
	cost, err := plan.Cost(vars, s.sizes())
	if err != nil {
		return nil, nil, []Error{s.clientError(rq, refuse(CodeInput, "%s", err))}
	}
	if err := s.checkCost(cost); err != nil {
		return nil, nil, []Error{s.clientError(rq, err)}
	}
	rq.watched.values = cost.Values + cost.Work + cost.Schema/schemaShare
	return plan, vars, nil
}

// panicked logs a panic and gives what the client may see of it.
func (s *Server) panicked(rq *request, reason any, stack []byte) Error {
	s.metrics.Panicked()
	s.log.ErrorContext(rq.ctx, "panic", "request_id", rq.id, "reason", fmt.Sprint(reason), "stack", string(stack))
	return Error{Message: "internal error", Extensions: map[string]any{"code": CodeInternal, "requestId": rq.id}}
}
