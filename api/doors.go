package api

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/api/admission"
	"liantu/api/fault"
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

// openDoors adds the doors to the routes.
func (s *Server) openDoors(engine *gin.Engine, doors []Door) {
	for _, d := range doors {
		engine.Handle(d.Method, d.Path, s.admit, s.pass(d.Handler))
	}
}

// pass hands a request with its visitor to the handler of a door. A form of another site
// must not load files in the name of a user whose browser shows it.
func (s *Server) pass(next http.Handler) gin.HandlerFunc {
	var otherSites http.CrossOriginProtection
	return func(c *gin.Context) {
		f := checkCrossSite(c.Request)
		if f == nil && otherSites.Check(c.Request) != nil && !asksPermission(c.Request.Header) {
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
	if v.Identity.Policy().Has(right) {
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

// ErrorOf is the error by which a [Door] says why a request failed, as GraphQL does: one of
// the domain has its code, any other is an internal one, which is logged.
func (s *Server) ErrorOf(ctx context.Context, language message.Language, err error) fault.Error {
	x := s.begin(ctx, newRequestID(), nil)
	defer x.until.End()
	x.Language = language
	return s.clientError(x, err)
}
