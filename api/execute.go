package api

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"liantu/access"
	"liantu/api/admission"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph/projection"
	"liantu/message"
)

// Request is one GraphQL request.
type Request struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	// DocumentID names a document that the service knows, instead of Query:
	// sha256: and its hash, or an id of a registered document.
	DocumentID string `json:"documentId"`
	// Extensions may hold minVersion: the answer is then computed from this
	// version of the graph or a later one, or fails with UNAVAILABLE; asOf: it is then
	// of what was known on this earlier day, see asof.go; and persistedQuery, which names a document by its hash, see persisted.go.
	// Others are ignored.
	Extensions map[string]any `json:"extensions"`

	ID       string           `json:"-"` // for the log and for internal errors; generated when empty
	Identity *access.Identity `json:"-"` // of the caller; the local user when nil
	Client   string           `json:"-"` // whose rate it counts for; none when empty
	Origin   string           `json:"-"` // whose denied tries it counts among; none when empty
	Language message.Language `json:"-"` // of the texts of errors; English when empty
	Own      bool             `json:"-"` // whether the document is the program's, so that it is answered also where others must be registered

	pinned     *fields.Picture // from which it is answered, or which is to hold from what it was; nil for the current one
	minVersion string          // as the extension of this name, by a header; "" for none

	shares bool     // whether the data of the answer may be shared with the cache, so that it must not be changed
	kinds  []string // of the operations that it may run; any when there are none
	events bool     // whether the answer may be a stream of events
}

// Execute answers one request from the current picture, as POST /graphql does: within
// the limits of the configuration and of ctx. It never returns nil and never panics.
func (s *Server) Execute(ctx context.Context, r Request) *Response {
	return s.execute(ctx, r, nil)
}

// Append is [Server.Execute] that appends the data of the answer to buf, so that a
// caller with many questions can reuse its memory.
func (s *Server) Append(ctx context.Context, r Request, buf []byte) *Response {
	return s.execute(ctx, r, buf)
}

// execution is the state of one request: what resolvers see of it, its limits, and
// its trace.
type execution struct {
	fields.Request
	until     admission.Deadline // what its context is
	budget    admission.Budget
	pass      admission.Pass // its place in a lane
	operation operationHash  // of the document, once it was read
	client    string         // see [Request]
	origin    string         // see [Request]
	shares    bool           // see [Request]
	start     time.Time
	values    float64                     // its estimated cost, 0 until that is known
	lacks     int64                       // the version of the caller's own last change, where the picture could not be renewed to it
	meant     map[string][]projection.Hit // what was found for names that nothing has, by kinds and name
	made      int64                       // what was charged for the picture of an earlier day
	spent     int64                       // values that were written for its answer when that was cached

	forgettings int64 // that were made when it began
}

// begin makes the execution of a request or an event, before any resolver is called.
// Its time runs from now on; until.End must be called at its end.
func (s *Server) begin(ctx context.Context, id string, caller *access.Identity) *execution {
	x := &execution{pass: s.gate.NewPass(), start: time.Now(), forgettings: s.forgettings.count()}
	x.budget.Begin(s.gate)
	x.until.Begin(ctx, x.start.Add(s.cfg.RequestTimeout))
	x.Context = &x.until
	x.ID, x.Service, x.Caller.Identity = id, s.service, caller
	if caller == nil {
		x.Caller.Identity = access.Local
	}
	return x
}

// execute writes the data of the answer into buf.
func (s *Server) execute(ctx context.Context, r Request, buf []byte) *Response {
	if r.ID == "" {
		r.ID = newRequestID()
	}
	ctx, end := s.span(ctx, "graphql")
	x := s.begin(ctx, r.ID, r.Identity)
	x.Language = r.Language
	x.shares, x.client, x.origin = r.shares, r.Client, r.Origin
	defer x.until.End()
	answer := new(Response)
	s.answer(x, r, answer, buf)
	if x.Wrote > 0 {
		answer.wrote = int64(x.Wrote)
		s.own.note(x.Caller.Identity, x.Wrote)
	}
	answer.Extensions.Cost = s.costOf(x)
	s.report(x, r, answer)
	end(answer)
	return answer
}

// answer fills in the answer to r, also when there is a panic.
func (s *Server) answer(x *execution, r Request, answer *Response, buf []byte) {
	defer func() {
		if reason := recover(); reason != nil {
			answer.Errors, answer.Data = []fault.Error{s.panicked(x, reason, debug.Stack())}, nil
		}
	}()
	fail := func(err error) { answer.Errors = []fault.Error{s.clientError(x, err)} }
	x.Picture = s.take()
	err := s.choosePicture(x, &r)
	answer.state(x, x.Picture)
	if err != nil {
		fail(err)
		return
	}
	if f := s.denials.refuse(s, x); f != nil {
		fail(f)
		return
	}
	keep, f := s.document(x, &r)
	if f != nil {
		fail(f)
		return
	}
	leave, err := s.goBack(x, &r)
	if err != nil {
		fail(err)
		return
	}
	defer leave()
	defer x.pass.Leave()
	if err := s.enter(x, &r); err != nil {
		fail(err)
		return
	}
	answer.state(x, x.Picture)
	if err := s.see(x, r.Extensions); err != nil {
		fail(err)
		return
	}
	if !x.Caller.Purpose.None() { // then the picture may be a newer one
		whole := x.Picture
		whole.Graph = x.Caller.Whole
		answer.state(x, whole)
	}
	op, plan, vars, errs := s.prepare(x, r, answer)
	if errs != nil {
		answer.Errors = errs
		return
	}
	keep()
	if f := s.gate.Charge(r.Client, x.values, time.Now()); f != nil {
		fail(f)
		return
	}
	if op.Type() == engine.Subscription {
		err := s.open(x, r, plan, vars, answer)
		if placed := (*engine.Error)(nil); errors.As(err, &placed) {
			answer.Errors = s.fieldErrors(x, []*engine.Error{placed})
		} else if err != nil {
			fail(err)
		}
		return
	}
	if err := s.compute(x, op, plan, vars, answer, buf); err != nil {
		fail(err)
	}
}

// open prepares the subscription that a request asks for.
func (s *Server) open(x *execution, r Request, plan *engine.Plan, vars map[string]any, answer *Response) (err error) {
	if !r.events {
		return fault.Refuse(fault.CodeAccept, "a subscription is answered by a stream of events; send Accept: %s", mediaEvents)
	}
	if err := s.denials.turn(s, x, false); err != nil {
		return err
	}
	answer.subscription, err = s.subscribe(x, plan, vars)
	return err
}

// compute fills in the data of an answer, from the cache or by running the plan. It
// checks the cache again, since others may have asked the same while the request
// waited.
func (s *Server) compute(x *execution, op *engine.Operation, plan *engine.Plan, vars map[string]any, answer *Response, buf []byte) error {
	key, lasting := s.answers.keyOf(x, op, plan, vars)
	cached := func() bool {
		data, tag, spent, found := s.answers.get(key)
		x.spent = spent
		switch {
		case found && x.shares && len(data) >= worthSharing:
			answer.tag, answer.key, answer.Data, answer.shared = tag, key, data, true
		case found:
			answer.tag, answer.key = tag, key
			answer.hold(buf, append(buf, data...))
		}
		return found
	}
	found := lasting && cached()
	if !found {
		waited := x.pass.Waited
		if err := s.denials.turn(s, x, op.Type() == engine.Mutation); err != nil {
			return err
		}
		found = lasting && x.pass.Waited > waited && cached()
	}
	if lasting {
		s.answers.count(found)
		s.metrics.Cache("answers", found)
	}
	if found {
		return nil
	}
	_, end := s.span(x.Context, "graphql.run")
	defer end(nil)
	data, errs, err := s.run(x, plan, vars, buf)
	if err != nil {
		return err
	}
	if op.Type() == engine.Mutation {
		answer.state(x, x.Picture) // that changes were made from, or that shows them
	}
	answer.hold(buf, data)
	answer.Errors, answer.Extensions.Masked = errs, x.Caller.Withheld()
	if lasting && len(errs) == 0 {
		answer.tag, answer.key = s.answers.put(key, x.Picture.Version(), answer.Data, x.budget.Spent()), key
	}
	return nil
}

// run appends the data of a plan to buf. What it reveals and refuses is in the audit
// log when the error is nil.
func (s *Server) run(x *execution, plan *engine.Plan, vars map[string]any, buf []byte) ([]byte, []fault.Error, error) {
	data, faults, err := plan.Run(engine.Call{Context: x.Context, Value: &x.Request, Variables: vars, Budget: &x.budget}, buf)
	if err != nil {
		return nil, nil, err
	}
	errs := s.fieldErrors(x, faults)
	return data, errs, s.record(x, errs)
}

// hold takes the data that was appended to buf.
func (r *Response) hold(buf, written []byte) {
	r.Data = written[len(buf):]
	if string(buf) == frame {
		r.framed = written
	}
}

// enter waits for a place to read the document, or to look it up.
func (s *Server) enter(x *execution, r *Request) error {
	x.operation = operationKeyOf(r)
	return x.pass.Enter(x.Context, s.operations.Contains(x.operation), len(r.Query))
}

// turn waits for a place to compute the answer, or to make the changes of the
// request.
func (s *Server) turn(x *execution, write bool) error {
	if write {
		return x.pass.TurnToWrite(x.Context)
	}
	x.until.GiveWay(s.gate.Heavy(x.values))
	return x.pass.Turn(x.Context, x.values)
}

// prepare reads the operation of a request and plans it.
func (s *Server) prepare(x *execution, r Request, answer *Response) (*engine.Operation, *engine.Plan, map[string]any, []fault.Error) {
	_, end := s.span(x.Context, "graphql.prepare")
	defer end(nil)
	op, errs := s.operation(x, r)
	if errs != nil {
		return nil, nil, nil, errs
	}
	answer.operation = s.nameOf(x.operation, op.Name())
	if f := checkPresent(x, op); f != nil {
		return nil, nil, nil, []fault.Error{s.clientError(x, f)}
	}
	plan, vars, errs := s.plan(x, op, r.Variables)
	return op, plan, vars, errs
}

// operation returns the operation of a request, parsed and valid. Valid operations
// are cached, so that a document that clients repeat is read once.
func (s *Server) operation(x *execution, r Request) (*engine.Operation, []fault.Error) {
	key := x.operation
	op, ok := s.operations.Get(key)
	s.metrics.Cache("operations", ok)
	if ok {
		if wrong := op.OneOf(r.kinds); wrong != nil {
			return nil, requestErrors(x.Language, []*engine.Error{wrong})
		}
		return op, nil
	}
	if f := s.checkDocument(r.Query); f != nil {
		return nil, []fault.Error{s.clientError(x, f)}
	}
	doc, faults := s.engine.Read(r.Query)
	if faults != nil {
		return nil, requestErrors(x.Language, faults)
	}
	estimate := doc.Estimate(r.OperationName, r.Variables, s.gate.Sizes())
	x.price(estimate)
	if err := s.gate.CheckCost(estimate); err != nil {
		return nil, []fault.Error{s.clientError(x, err)}
	}
	op, faults = doc.Operation(r.OperationName, r.kinds...)
	if faults != nil {
		return nil, requestErrors(x.Language, faults)
	}
	if !s.features.Introspection && op.Introspects() {
		return nil, []fault.Error{s.clientError(x, fault.Refuse(fault.CodeIntrospection, "this service does not disclose its schema"))}
	}
	s.operations.Add(key, op)
	if s.forgettings.count() != x.forgettings {
		s.operations.Remove(key) // the others were dropped before
	}
	return op, nil
}

// plan compiles an operation for its variables, and refuses it when its answer could
// be too large.
func (s *Server) plan(x *execution, op *engine.Operation, given map[string]any) (*engine.Plan, map[string]any, []fault.Error) {
	vars, faults := op.Variables(given)
	if len(faults) > 0 {
		return nil, nil, inputErrors(x.Language, faults)
	}
	plan, faults := op.Plan(string(x.Caller.Role), vars)
	if len(faults) > 0 {
		return nil, nil, inputErrors(x.Language, faults)
	}
	cost := plan.Cost(vars, s.gate.Sizes())
	x.price(cost)
	if err := s.gate.CheckCost(cost); err != nil {
		return nil, nil, []fault.Error{s.clientError(x, err)}
	}
	return plan, vars, nil
}

// price sets the estimated cost.
func (x *execution) price(cost engine.Cost) {
	x.values = cost.Values + cost.Work + cost.Schema/admission.SchemaShare
}

// panicked logs a panic and returns what the client may see of it.
func (s *Server) panicked(x *execution, reason any, stack []byte) fault.Error {
	s.metrics.Panicked()
	s.log.ErrorContext(x.Context, "panic", "request_id", x.ID, "reason", reasonOfPanic(reason), "stack", string(stack))
	return fault.Error{Message: message.New("internal error").In(x.Language), Extensions: map[string]any{"code": fault.CodeInternal, "requestId": x.ID}}
}
