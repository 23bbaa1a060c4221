package api

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/api/fault"
)

// Authenticator identifies who sends a request.
type Authenticator interface {
	// Identify returns who sent a request, by its header Authorization or by the
	// value of its session cookie, which is "" without one. Where neither is valid
	// the error is [access.ErrUnauthenticated].
	Identify(r *http.Request, session string) (*access.Identity, error)
	// Open begins a session for the sender of a request with a key or a token, and
	// returns the value of its cookie and when it ends. It ends the session that the
	// request carried, "" for none. The error is [access.ErrUnauthenticated], or
	// [access.ErrSessionsFull] when there is no room for one more.
	Open(r *http.Request, carried string) (session string, ends time.Time, err error)
	// Close ends a session.
	Close(session string)
}

// The names of the cookie of a session. It holds nothing but the session's secret, is
// hidden from scripts, and is not sent with requests that another site makes, unless pages
// of other origins may use sessions, see [Server.sameSite]. With
// TLS, browsers take the name with this prefix from the service alone, and send it over
// TLS alone: no page of a host beside it and nobody on the way can set it.
const (
	sessionCookie = "liantu_session"
	securedCookie = "__Host-" + sessionCookie
)

// cookieName is the name of the cookie of a session for the client of a request.
func (s *Server) cookieName(r *http.Request) string {
	if s.front.IsTLS(r) {
		return securedCookie
	}
	return sessionCookie
}

// identityKey is the key under which the middleware stores the caller.
const identityKey = "liantu.identity"

// admit identifies the caller, and ends the request of one that is not admitted.
// Without an authenticator everybody is the local user; the program then listens on loopback
// addresses only.
func (s *Server) admit(c *gin.Context) {
	if s.authenticator == nil {
		return // everybody is the local user
	}
	id, err := s.identifyWithin(c.Request, s.session(c.Request))
	if err != nil {
		s.refuseEntry(c, err)
		return
	}
	c.Set(identityKey, id)
}

// session returns the value of the cookie of a session, "" without one, and where it does
// not count, see [transport.Origins.WithCookies].
func (s *Server) session(r *http.Request) string {
	if !s.origins.WithCookies(r, s.front) {
		return ""
	}
	cookie, err := r.Cookie(s.cookieName(r))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// identityOf returns the caller that the middleware has admitted, the local user
// where it admits everybody.
func identityOf(c *gin.Context) *access.Identity {
	if id, ok := c.Get(identityKey); ok {
		return id.(*access.Identity)
	}
	return access.Local
}

// openSession answers POST /session: it begins a session for a web page, whose
// requests then need no key. The request must carry a key or a token.
func (s *Server) openSession(c *gin.Context) {
	if f := s.checkSessionSite(c.Request); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	var value string
	var ends time.Time
	err := s.tryWithin(c.Request, c.GetHeader("Authorization"), func() (err error) {
		value, ends, err = s.authenticator.Open(c.Request, s.session(c.Request))
		return err
	})
	switch {
	case errors.Is(err, access.ErrSessionsFull):
		s.log.WarnContext(c.Request.Context(), "no session opened", "request_id", c.GetString(requestIDKey), "error", err)
		c.Header("Retry-After", "60")
		s.refuseHTTP(c, http.StatusServiceUnavailable, fault.Refuse(fault.CodeOverloaded, "too many sessions are open").
			With("reason", "SESSION_LIMIT").With("retryAfter", 60))
		return
	case err != nil:
		s.refuseEntry(c, err)
		return
	}
	s.admitted.Add(value)
	s.setSession(c, value, ends)
	c.JSON(http.StatusCreated, gin.H{"ends": ends.UTC().Format(time.RFC3339)})
}

// closeSession answers DELETE /session. Ending a session again changes nothing.
func (s *Server) closeSession(c *gin.Context) {
	if f := s.checkSessionSite(c.Request); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	s.authenticator.Close(s.session(c.Request))
	s.setSession(c, "", time.Unix(1, 0))
	c.Status(http.StatusNoContent)
}

// checkSessionSite refuses to begin or end a session for a page of another origin that may
// not use sessions: its browser could take the cookie, or send it, on the same site.
func (s *Server) checkSessionSite(r *http.Request) *fault.RefusalError {
	if f := s.checkCrossSite(r); f != nil {
		return f
	}
	if !s.origins.WithCookies(r, s.front) {
		return fault.Refuse(fault.CodeCrossSite, "pages of other origins have no sessions here; send the key with each request")
	}
	return nil
}

// sameSite is when browsers send the cookie of a session: with requests of the service's own
// site; with those of all sites where their pages may use sessions, which browsers permit
// over TLS alone. What others than those of the permitted origins send then does not
// count, see [Server.session].
func (s *Server) sameSite(r *http.Request) http.SameSite {
	if s.origins.Credentials() && s.front.IsTLS(r) {
		return http.SameSiteNoneMode
	}
	return http.SameSiteStrictMode
}

func (s *Server) setSession(c *gin.Context, value string, ends time.Time) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: s.cookieName(c.Request), Value: value, Path: "/", Expires: ends,
		HttpOnly: true, SameSite: s.sameSite(c.Request), Secure: s.front.IsTLS(c.Request),
	})
}
