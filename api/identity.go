package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/access"
)

// Authenticator identifies who sends a request.
type Authenticator interface {
	// Identify returns who sent a request, by its header Authorization or by the
	// value of its session cookie, which is "" without one. Where neither is valid
	// the error is [access.ErrUnauthenticated].
	Identify(r *http.Request, session string) (*access.Identity, error)
	// Open begins a session for the sender of a request with a key or a token, and
	// returns the value of its cookie and when it ends.
	Open(r *http.Request) (session string, ends time.Time, err error)
	// Close ends a session.
	Close(session string)
}

// sessionCookie is the name of the cookie of a session. It holds nothing but the
// session's secret, is hidden from scripts, and is not sent with requests that
// another site makes in the background.
const sessionCookie = "liantu_session"

// identityKey is the key under which the middleware stores the caller.
const identityKey = "liantu.identity"

// admit identifies the caller, and ends the request of one that is not admitted.
// Without an authenticator everybody is the local user; the program then listens on loopback
// addresses only.
func (s *Server) admit(c *gin.Context) {
	if s.authenticator == nil {
		return // everybody is the local user
	}
	id, err := s.identifyWithin(c.Request, session(c.Request))
	if err != nil {
		s.refuseEntry(c, err)
		return
	}
	c.Set(identityKey, id)
}

func session(r *http.Request) string {
	cookie, err := r.Cookie(sessionCookie)
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
	if f := checkCrossSite(c.Request.Header); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	var value string
	var ends time.Time
	err := s.tryWithin(c.Request, c.GetHeader("Authorization"), func() (err error) {
		value, ends, err = s.authenticator.Open(c.Request)
		return err
	})
	if err != nil {
		s.refuseEntry(c, err)
		return
	}
	s.admitted.add(value)
	s.setSession(c, value, ends)
	c.JSON(http.StatusCreated, gin.H{"ends": ends.UTC().Format(time.RFC3339)})
}

// closeSession answers DELETE /session. Ending a session again changes nothing.
func (s *Server) closeSession(c *gin.Context) {
	if f := checkCrossSite(c.Request.Header); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	s.authenticator.Close(session(c.Request))
	s.setSession(c, "", time.Unix(1, 0))
	c.Status(http.StatusNoContent)
}

func (s *Server) setSession(c *gin.Context, value string, ends time.Time) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: sessionCookie, Value: value, Path: "/", Expires: ends,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Request.TLS != nil,
	})
}
