package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/api/admission"
	"liantu/api/earlier"
	"liantu/api/fault"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Door is a way in beside GraphQL that the program adds, such as the one for files to load.
// Its requests pass what those of GraphQL pass: the name of the service, the credentials or
// the session, and where a page of another site sends them. Its handler finds who sent a
// request by [VisitorOf].
type Door struct {
	Method, Path string
	Handler      http.Handler
}

// visitorKey is the key under which the context of a request holds its visitor.
type visitorKey struct{}

// VisitorOf returns the admitted sender of a request that a [Door] answers. Anything else
// has none, and the zero Visitor without an identity is returned.
func VisitorOf(r *http.Request) Visitor {
	v, _ := r.Context().Value(visitorKey{}).(Visitor)
	return v
}

// Open adds doors. It is called before [Server.Handler] and [Server.Serve].
func (s *Server) Open(doors ...Door) {
	s.doors = append(s.doors, doors...)
	s.handler = s.routes()
}

// Mount has another handler answer all requests to a path, on the same listener and behind
// the same front: with a request id, a line of the log, and a status when it panics. The
// handler lets its callers in by [Server.Admit] and charges them itself. It is called
// before [Server.Handler] and [Server.Serve].
func (s *Server) Mount(path string, handler http.Handler) {
	if s.mounted == nil {
		s.mounted = map[string]http.Handler{}
	}
	s.mounted[path] = handler
	s.handler = s.routes()
}

// pass hands a request with its visitor to the handler of a door. A form of another site
// must not load files in the name of a user whose browser shows it.
func (s *Server) pass(next http.Handler) gin.HandlerFunc {
	var otherSites http.CrossOriginProtection
	return func(c *gin.Context) {
		f := s.checkCrossSite(c.Request)
		if f == nil && otherSites.Check(c.Request) != nil && !s.origins.Permits(c.Request) && !asksPermission(c.Request.Header) {
			f = fault.Refuse(fault.CodeCrossSite, "a page of another site sent the request without permission; send the header %s", preflight[0])
		}
		if f != nil {
			s.refuseHTTP(c, http.StatusForbidden, f)
			return
		}
		id := identityOf(c)
		v := Visitor{Identity: id, Client: s.gate.Payer(c.Request, id), Origin: admission.Origin(c.Request, id)}
		if f := s.gate.Tried(v.Origin, time.Now()); f != nil {
			s.denials.note(deniedTo(id), leftOut{1, s.take().Version()})
			SetRetry(c.Writer.Header(), f)
			s.refuseHTTP(c, StatusOf(f), f)
			return
		}
		next.ServeHTTP(c.Writer, c.Request.WithContext(context.WithValue(c.Request.Context(), visitorKey{}, v)))
	}
}

// MayDo refuses a visitor whose role lacks a right. The refusal is a denied try, with an
// entry in the audit log while the visitor has tries left; the detail of the entry names
// what was tried and holds no value.
func (s *Server) MayDo(ctx context.Context, v Visitor, right schema.Right, detail string) *fault.RefusalError {
	return s.denied(ctx, v, v.Identity.Policy().Has(right), detail)
}

// MayAsk is [Server.MayDo] for the right to a question, by its name at the root.
func (s *Server) MayAsk(ctx context.Context, v Visitor, question string) *fault.RefusalError {
	return s.denied(ctx, v, v.Identity.Policy().MayAsk(question), "question "+question)
}

// denied refuses what a visitor may not do, on record; nil for what it may.
func (s *Server) denied(ctx context.Context, v Visitor, may bool, detail string) *fault.RefusalError {
	if may {
		return nil
	}
	refusal := fault.Refuse(fault.CodeForbidden, "the role %s may not do this", v.Identity.Role)
	version := s.take().Version()
	if s.recorder == nil || !s.denials.allowOf(ctx, s, v.Identity, v.Origin, version) {
		return refusal
	}
	err := s.recorder.Append(access.Entry{
		Who: v.Identity.Subject, Role: v.Identity.Role, Action: access.Denied, Version: version, Detail: detail,
	})
	if err != nil {
		s.log.ErrorContext(ctx, "a denied try is not on record", "error", err)
		return fault.Refuse(fault.CodeInternal, "internal error")
	}
	return refusal
}

// Seen is what a visitor may know of a picture, and the whole of it, by which consent is
// decided. Leave must be called once neither is read.
type Seen struct {
	View, Whole *projection.Projection
	Leave       func()
}

// See returns what a visitor may know of the picture that the server answers from now, or of
// that of an earlier day. The view is charged to the visitor, and so is the picture of a day.
func (s *Server) See(ctx context.Context, v Visitor, day string) (Seen, error) {
	x := s.begin(ctx, newRequestID(), v.Identity)
	defer x.until.End()
	x.client, x.origin = v.Client, v.Origin
	if x.Picture = s.take(); x.Picture.Graph == nil {
		return Seen{}, fault.Refuse(fault.CodeUnavailable, "there is no picture of the graph yet")
	}
	leave, err := s.goBack(x, &Request{Extensions: earlier.Asked(day)})
	if err != nil {
		return Seen{}, err
	}
	defer x.pass.Leave()
	if err := s.see(x, nil); err != nil {
		leave()
		return Seen{}, err
	}
	return Seen{x.Picture.Graph, x.Caller.Whole, leave}, nil
}

// WriteErrors ends a request to a [Door] with a status and errors as GraphQL writes them.
func WriteErrors(w http.ResponseWriter, status int, errs ...fault.Error) {
	body, err := (&Response{Errors: errs, bare: true}).MarshalJSON()
	if err != nil { // the extensions are ours, and can be written
		status, body = http.StatusInternalServerError, []byte(internalAnswer)
	}
	w.Header().Set("Content-Type", mediaJSON+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // an error is that the client has gone
}

// ErrorOf is the error by which a [Door] says why a request failed, as GraphQL does: one of
// the domain has its code, any other is an internal one, which is logged.
func (s *Server) ErrorOf(ctx context.Context, language message.Language, err error) fault.Error {
	x := s.begin(ctx, newRequestID(), nil)
	defer x.until.End()
	x.Language = language
	return s.clientError(x, err)
}
