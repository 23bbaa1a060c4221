package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/api/admission"
	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/api/reserve"
	"liantu/api/transport"
)

// The single connection mode of graphql-sse, for browsers that may open few connections: a
// client reserves one stream of events by PUT, opens it with the token of the reservation,
// and sends each operation by a request of its own, which is answered 202. What the
// operation answers comes over the stream under the id that the client gave it. The token
// is bound to who reserved, and each request is authenticated by itself.
const (
	tokenHeader    = "X-Graphql-Event-Stream-Token"
	tokenParameter = "token"
	operationID    = "operationId"
)

// maxOperationID is the most characters of the id of an operation.
const maxOperationID = 100

// reserve answers PUT /graphql: it reserves a stream and sends its token.
func (s *Server) reserve(c *gin.Context) {
	if f := s.checkCrossSite(c.Request); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	id := identityOf(c)
	token, f := s.reserved.Add(id, admission.Origin(c.Request, id))
	if f != nil {
		SetRetry(c.Writer.Header(), f)
		s.refuseHTTP(c, http.StatusServiceUnavailable, f)
		return
	}
	c.Data(http.StatusCreated, "text/plain; charset=utf-8", []byte(token))
}

// tokenOf is the token that a request carries, "" for none.
func tokenOf(c *gin.Context) string { return cmp.Or(c.GetHeader(tokenHeader), c.Query(tokenParameter)) }

// serveSingle answers a request that carries the token of a reservation, and leaves others
// to the next handler.
func (s *Server) serveSingle(c *gin.Context) {
	if tokenOf(c) == "" {
		return
	}
	c.Abort()
	c.Writer.Header()["Vary"] = s.vary.answer
	if f := s.checkCrossSite(c.Request); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	st := s.reservedOf(c)
	if st == nil {
		return
	}
	if transport.Negotiate(c.Request.Header.Values("Accept")).Events {
		s.relay(c, st)
		return
	}
	if r, ok := s.readOperation(c); ok {
		s.operate(c, st, r)
	}
}

// reservedOf finds the reservation of a request; without one the request is refused. That
// of another caller is as good as none.
func (s *Server) reservedOf(c *gin.Context) *reserve.Reserved {
	st := s.reserved.Find(tokenOf(c))
	if st == nil || !isSame(identityOf(c), st.Caller) {
		s.refuseHTTP(c, http.StatusNotFound, fault.Refuse(fault.CodeNotFound, "no stream of events is reserved by this token"))
		return nil
	}
	return st
}

// isSame reports whether two identities are of one caller with the same role and scope.
func isSame(a, b *access.Identity) bool {
	return a.Subject == b.Subject && a.Role == b.Role && disclosure.ViewKey(a) == disclosure.ViewKey(b)
}

// readOperation reads the operation that a request asks for. Without one, or where the
// client accepts no form of an error, the request is refused.
func (s *Server) readOperation(c *gin.Context) (r Request, ok bool) {
	if _, ok := s.negotiate(c); !ok {
		return r, false
	}
	return s.readAsked(c)
}

// readAsked reads what a request asks for, by the rules for its method. Without that the
// request is refused.
func (s *Server) readAsked(c *gin.Context) (r Request, ok bool) {
	var f *fault.RefusalError
	status := http.StatusBadRequest
	switch {
	case c.Request.Method != http.MethodGet:
		if f = checkBody(c.Request.Header); f != nil {
			status = http.StatusUnsupportedMediaType
			break
		}
		r, status, f = s.readBody(c)
		r.kinds = anyKind
	case !s.features.GetQueries:
		c.Header("Allow", http.MethodPost)
		status, f = http.StatusMethodNotAllowed, fault.Refuse(fault.CodeMethod, "queries are accepted by POST only")
	default:
		r, f = s.readAddress(c.Request.URL.RawQuery)
		r.kinds = safeKinds
	}
	if f != nil {
		s.refuseHTTP(c, status, f)
		return r, false
	}
	return s.sentBy(c, r), true
}

// operate executes an operation whose answer goes to a stream. What is refused as a whole
// is answered at once instead, with the status that this has for GraphQL.
func (s *Server) operate(c *gin.Context, st *reserve.Reserved, r Request) {
	id, _ := r.Extensions[operationID].(string)
	if n := utf8.RuneCountInString(id); n == 0 || n > maxOperationID {
		s.refuseHTTP(c, http.StatusBadRequest, fault.Refuse(fault.CodeRequest, "extensions.operationId is not a text of 1 to %d characters", maxOperationID))
		return
	}
	op, err := st.Begin(id)
	if err != nil {
		status, f := http.StatusConflict, fault.Refuse(fault.CodeRequest, "%s", err)
		if errors.Is(err, reserve.ErrEnding) || errors.Is(err, reserve.ErrMany) {
			status, f = http.StatusServiceUnavailable, fault.Refuse(fault.CodeUnavailable, "%s", err).With("retryAfter", retryAfter)
			SetRetry(c.Writer.Header(), f)
		}
		s.refuseHTTP(c, status, f)
		return
	}
	ctx, stop := context.WithCancel(c.Request.Context())
	defer stop()
	defer context.AfterFunc(op.Context, stop)()
	r.events = true
	answer := s.execute(ctx, r, nil)
	if answer.operation != "" {
		c.Set(operationKey, answer.operation)
	}
	if len(answer.Errors) > 0 {
		c.Set(codesKey, answer.codes())
	}
	stateVersion(c.Writer.Header(), answer)
	f := s.startOperation(ctx, st, op, answer)
	if f != nil && answer.wrote == 0 {
		op.End()
		SetRetry(c.Writer.Header(), f)
		s.refuseHTTP(c, http.StatusServiceUnavailable, f)
		return
	}
	// What was written is answered at once where it cannot wait.
	if f != nil || answer.subscription == nil && answer.Data == nil {
		op.End()
		status := statusOf(mediaGraphQL, answer)
		if seconds := answer.retryAfter(); seconds > 0 {
			c.Header("Retry-After", strconv.Itoa(seconds))
		}
		s.write(c, status, answer)
		return
	}
	c.Status(http.StatusAccepted)
	c.Writer.WriteHeaderNow()
}

// startOperation has the events of an operation that was not refused as a whole sent to
// its stream, and ends the operation after them. An answer that finds no room to wait is sent
// before the request for it ends, as any other answer, if a client reads the stream.
func (s *Server) startOperation(ctx context.Context, st *reserve.Reserved, op *reserve.Operation, answer *Response) *fault.RefusalError {
	switch sub := answer.subscription; {
	case sub != nil:
		if f := s.streams.enter(sub.origin); f != nil {
			return f
		}
		go func() {
			defer op.End()
			defer s.streams.leave(sub.origin)
			request := op.Opened()
			if request == nil {
				return
			}
			s.sendChanges(op.Context, shared{op}, sub, request)
		}()
	case answer.Data != nil:
		text, err := shared{op}.event(answer)
		if err != nil {
			return fault.Refuse(fault.CodeInternal, "internal error")
		}
		send := func() {
			defer op.End()
			op.Send(text)
			op.Complete()
		}
		switch {
		case s.reserved.Hold(st, len(text)):
			go func() {
				defer s.reserved.Release(st, len(text))
				send()
			}()
		case st.IsOpen():
			defer context.AfterFunc(ctx, op.End)()
			send()
		default:
			return fault.Refuse(fault.CodeOverloaded, "too many answers wait for their streams").With("retryAfter", retryAfter)
		}
	}
	return nil
}

// stopOperation answers DELETE /graphql: it ends an operation, which sends nothing more.
// To end it again changes nothing.
func (s *Server) stopOperation(c *gin.Context) {
	if f := s.checkCrossSite(c.Request); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	st := s.reservedOf(c)
	if st == nil {
		return
	}
	id := c.Query(operationID)
	if id == "" {
		s.refuseHTTP(c, http.StatusBadRequest, fault.Refuse(fault.CodeRequest, "the parameter %s is missing", operationID))
		return
	}
	st.Stop(id)
	c.Status(http.StatusOK)
	c.Writer.WriteHeaderNow()
}

// relay sends the events of all operations of a reservation until the client disconnects,
// the server stops, or the caller is no longer admitted as who it was. Its end is that of
// the reservation and of all its operations.
func (s *Server) relay(c *gin.Context, st *reserve.Reserved) {
	if !st.Open(c.Request) {
		s.refuseHTTP(c, http.StatusConflict, fault.Refuse(fault.CodeRequest, "the stream of events is open already"))
		return
	}
	defer s.reserved.End(st)
	alive, identity := time.NewTicker(s.cfg.KeepAlive), time.NewTicker(identityCheck)
	defer alive.Stop()
	defer identity.Stop()
	ended, idle := s.streams.ended, (<-chan struct{})(nil)
	for w := s.startEvents(c); w.err == nil; {
		select {
		case text := <-st.Out:
			w.write(text)
		case <-alive.C:
			w.comment()
		case <-identity.C:
			if !s.isAdmitted(c.Request, st.Caller) {
				for _, id := range st.Operations() {
					w.write(reserve.CompleteEvent(id))
				}
				return
			}
		case <-ended: // each operation sends that it is complete
			ended, idle = nil, st.Drain()
		case <-idle:
			return
		case <-c.Request.Context().Done():
			return
		}
	}
}

// shared writes the events of a subscription to a stream that others share.
type shared struct{ *reserve.Operation }

func (o shared) event(answer *Response) (string, error) {
	return o.NextEvent(func(buf []byte) ([]byte, error) {
		buf, _, err := answer.append(buf)
		return buf, err
	})
}

func (o shared) next(answer *Response) {
	text, err := o.event(answer)
	if err != nil {
		o.End()
		return
	}
	o.Send(text)
}

func (o shared) complete() { o.Complete() }

// comment does nothing: the stream has comments of its own.
func (o shared) comment() {}

func (o shared) failed() bool { return o.Context.Err() != nil }
