package api

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/schema"
)

// Doors say who sends a request.
type Doors interface {
	// Identify returns who sent a request, by its header Authorization or by the
	// value of its session cookie, which is "" without one. What does not open
	// gives [access.ErrUnauthenticated].
	Identify(r *http.Request, session string) (*access.Identity, error)
	// Open begins a session for who sent a request by a key or a token, and
	// returns the value of its cookie and its end.
	Open(r *http.Request) (session string, ends time.Time, err error)
	// Close ends a session.
	Close(session string)
}

// Recorder keeps the record of what was revealed, changed and refused.
type Recorder interface {
	Append(access.Entry) error
}

// sessionCookie is the name of the cookie of a session. It holds nothing but
// the session's secret, reaches scripts of no page, and is sent with no request
// that another site makes in the background.
const sessionCookie = "liantu_session"

// identityKey is where the middleware leaves who asks.
const identityKey = "liantu.identity"

// admit finds out who asks, and ends the request of who may not. Without doors
// everybody is the local user; the program then listens on loopback addresses
// only.
func (s *Server) admit(c *gin.Context) {
	if s.doors == nil {
		return // everybody is the local user
	}
	id, err := s.doors.Identify(c.Request, session(c.Request))
	if err == nil {
		c.Set(identityKey, id)
		return
	}
	if !errors.Is(err, access.ErrUnauthenticated) {
		s.log.ErrorContext(c.Request.Context(), "cannot find out who asks", "request_id", c.GetString(requestIDKey), "error", err)
		s.refuseHTTP(c, http.StatusInternalServerError, refuse(CodeInternal, "internal error").with("requestId", c.GetString(requestIDKey)))
		return
	}
	// Why is for the log alone, and no part of the credentials is in it.
	s.log.InfoContext(c.Request.Context(), "not admitted", "request_id", c.GetString(requestIDKey), "reason", err.Error())
	c.Header("WWW-Authenticate", `Bearer realm="liantu"`)
	s.refuseHTTP(c, http.StatusUnauthorized, refuse(CodeUnauthenticated, "say who asks: Authorization: Bearer KEY"))
}

func session(r *http.Request) string {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// identityOf returns whom the middleware has admitted, the local user where it
// admits everybody.
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
	value, ends, err := s.doors.Open(c.Request)
	if err != nil {
		c.Header("WWW-Authenticate", `Bearer realm="liantu"`)
		s.refuseHTTP(c, http.StatusUnauthorized, refuse(CodeUnauthenticated, "say who asks: Authorization: Bearer KEY"))
		return
	}
	s.setSession(c, value, ends)
	c.JSON(http.StatusCreated, gin.H{"ends": ends.UTC().Format(time.RFC3339)})
}

// closeSession answers DELETE /session. A session that has ended stays so.
func (s *Server) closeSession(c *gin.Context) {
	if f := checkCrossSite(c.Request.Header); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	s.doors.Close(session(c.Request))
	s.setSession(c, "", time.Unix(1, 0))
	c.Status(http.StatusNoContent)
}

func (s *Server) setSession(c *gin.Context, value string, ends time.Time) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: sessionCookie, Value: value, Path: "/", Expires: ends,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Request.TLS != nil,
	})
}

// maxPurpose bounds the letters of a purpose.
const maxPurpose = 200

// purposeOf reads why the caller wants to see personal values, "" if it does
// not.
func purposeOf(extensions map[string]any) (string, *fault) {
	given, ok := extensions["purpose"]
	if !ok || given == nil {
		return "", nil
	}
	text, ok := given.(string)
	text = strings.TrimSpace(text)
	if !ok || !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxPurpose || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		return "", refuse(CodeInput, "extensions.purpose is not a text of at most %d letters on one line", maxPurpose)
	}
	return text, nil
}

// roleOf names what plans are made for: the role, and whether a purpose is
// stated.
func roleOf(id *access.Identity, purpose string) Role {
	if purpose != "" {
		return Role(id.Role) + purposeMark
	}
	return Role(id.Role)
}

const purposeMark = "+purpose"

// policyOf returns the row of the policy for a role, and whether a purpose is
// stated. A role that is not in the table may see nothing.
func policyOf(role Role) (row *schema.RolePolicy, purpose bool) {
	name, purpose := strings.CutSuffix(string(role), purposeMark)
	if row = schema.DefaultPolicy().Role(schema.Role(name)); row == nil {
		row = new(schema.RolePolicy)
	}
	return row, purpose
}

// reveals are the personal values that an answer shows as they are.
type reveals struct {
	fields []string // as in Person.phone
	ids    []string // of the elements
}

// maxRecordedIDs bounds the ids that one entry of the record names.
const maxRecordedIDs = 200

func (r *reveals) add(field, id string) {
	if !slices.Contains(r.fields, field) {
		r.fields = append(r.fields, field)
	}
	if !slices.Contains(r.ids, id) {
		r.ids = append(r.ids, id)
	}
}

// record puts on record what an answer is about to reveal, and what was refused.
// An answer that cannot be put on record is not given.
func (rq *request) record(errs []Error) error {
	if rq.server.recorder == nil {
		if len(rq.revealed.ids) > 0 {
			return errors.New("something would be revealed without a record")
		}
		return nil
	}
	base := access.Entry{Who: rq.identity.Subject, Role: rq.identity.Role, Version: rq.picture.version(), Purpose: rq.purpose, Request: rq.id}
	if len(rq.revealed.ids) > 0 {
		e := base
		e.Action, e.Fields, e.Count = access.Reveal, rq.revealed.fields, len(rq.revealed.ids)
		e.IDs = rq.revealed.ids[:min(len(rq.revealed.ids), maxRecordedIDs)]
		if err := rq.server.recorder.Append(e); err != nil {
			return err
		}
	}
	var denied []string
	for _, e := range errs {
		if e.Code() == CodeForbidden && len(denied) < 20 {
			if !slices.Contains(denied, e.field) {
				denied = append(denied, e.field)
			}
		}
	}
	if len(denied) > 0 {
		e := base
		e.Action, e.Fields = access.Denied, denied
		return rq.server.recorder.Append(e)
	}
	return nil
}
