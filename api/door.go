package api

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/api/admission"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/api/transport"
)

// Visitor is the admitted sender of a request: who it is, and whom its work and its denied
// tries are charged to.
type Visitor struct {
	Identity *access.Identity
	Client   string // as in [Request]
	Origin   string // as in [Request]
}

// Admit lets in the sender of a request that another handler answers, by the same rules as
// those of this server: its name for the service, its credentials, and how often it was
// denied lately. Unlike a page's questions, those of agents come by such a name also where
// callers must authenticate, if they come in at a loopback address. Such a handler calls
// [Server.FollowDenied].
func (s *Server) Admit(r *http.Request) (Visitor, *fault.RefusalError) {
	if f := s.wrongName(r, s.features.LocalNames || transport.ArrivesLocally(r)); f != nil {
		return Visitor{}, f
	}
	id := access.Local
	if s.authenticator != nil {
		var err error
		if id, err = s.identifyWithin(r, ""); err != nil {
			return Visitor{}, s.notAdmitted(r, "", err)
		}
	}
	v := Visitor{Identity: id, Client: s.gate.Payer(r, id), Origin: admission.Origin(r, id)}
	if f := s.gate.Tried(v.Origin, time.Now()); f != nil {
		s.denials.note(deniedTo(id), leftOut{1, s.take().Version()})
		return Visitor{}, f
	}
	return v, nil
}

// Charge takes the cost of what another handler does from what a visitor may ask for.
func (s *Server) Charge(v Visitor, values float64) *fault.RefusalError {
	return s.gate.Charge(v.Client, values, time.Now())
}

// wrongName refuses a request of a local service to a host name that is not one of it: a
// page of another site could point its name at this machine.
func (s *Server) wrongName(r *http.Request, local bool) *fault.RefusalError {
	if !local || s.front.IsLocal(r.Host) {
		return nil
	}
	return fault.Refuse(fault.CodeCrossSite, "this service answers only to localhost, to numeric addresses and to its public address, not to %q",
		fields.Shorten(r.Host))
}

// claimant is an [Authenticator] that names what credentials claim to be, without checking
// them: a known key by its public part, "" for all else.
type claimant interface {
	Claims(r *http.Request) string
}

// identifyWithin identifies the sender of a request, unless too many wrong credentials came
// from its address lately. Whatever is wrong counts for the address, since a flood of
// invented credentials must not cost more than a look at a table. Three kinds of callers
// share the address of a flood, as behind one router, and are let in all the same: whose
// credentials were right before; who names a key that exists, for which tries are counted
// apart; and who sends none, and is refused for nothing.
func (s *Server) identifyWithin(r *http.Request, session string) (id *access.Identity, err error) {
	given := r.Header.Get("Authorization")
	if given == "" {
		given = session
	}
	err = s.tryWithin(r, given, func() error {
		id, err = s.authenticator.Identify(r, session)
		return err
	})
	return id, err
}

// tryWithin tries credentials, unless too many that were wrong came from the address.
func (s *Server) tryWithin(r *http.Request, given string, try func() error) error {
	if given == "" {
		return try()
	}
	from := "credentials " + admission.Address(r)
	if c, ok := s.authenticator.(claimant); ok {
		from += " " + c.Claims(r)
	}
	if !s.admitted.Right(given) {
		if f := s.gate.Tried(from, time.Now()); f != nil {
			s.denials.note(wrongCredentials, leftOut{count: 1})
			return f
		}
	}
	err := try()
	if errors.Is(err, access.ErrUnauthenticated) {
		s.admitted.Forget(given)
		s.gate.Denied(from, time.Now())
		s.denials.note(wrongCredentials, leftOut{count: 1})
	}
	if err == nil {
		s.admitted.Add(given)
	}
	return err
}

// notAdmitted logs why somebody is not admitted, and returns what it may know of that. The
// reason is for the log only, and holds no part of the credentials.
func (s *Server) notAdmitted(r *http.Request, id string, err error) *fault.RefusalError {
	var f *fault.RefusalError
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, access.ErrUnauthenticated):
		s.log.InfoContext(r.Context(), "not admitted", "request_id", id, "reason", err.Error())
		return fault.Refuse(fault.CodeUnauthenticated, "authentication is required: Authorization: Bearer KEY")
	}
	s.log.ErrorContext(r.Context(), "the caller cannot be identified", "request_id", id, "error", err)
	return fault.Refuse(fault.CodeInternal, "internal error").With("requestId", id)
}

// refuseEntry ends the request of one that is not admitted.
func (s *Server) refuseEntry(c *gin.Context, err error) {
	f := s.notAdmitted(c.Request, c.GetString(requestIDKey), err)
	status := StatusOf(f)
	SetRetry(c.Writer.Header(), f)
	s.refuseHTTP(c, status, f)
}

// StatusOf is the status of HTTP of a refusal before a message is read.
func StatusOf(f *fault.RefusalError) int {
	switch f.Shown("").Code() {
	case fault.CodeUnauthenticated:
		return http.StatusUnauthorized
	case fault.CodeRate:
		return http.StatusTooManyRequests
	case fault.CodeCrossSite:
		return http.StatusMisdirectedRequest
	case fault.CodeRequest:
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

// SetRetry sets the header that says what a client whose request was refused may do:
// authenticate, or try again later.
func SetRetry(h http.Header, f *fault.RefusalError) {
	shown := f.Shown("")
	if shown.Code() == fault.CodeUnauthenticated {
		h.Set("WWW-Authenticate", `Bearer realm="liantu"`)
	}
	if seconds, ok := shown.Extensions["retryAfter"].(int); ok {
		h.Set("Retry-After", strconv.Itoa(seconds))
	}
}
