package api

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/api/fault"
	"liantu/api/transport"
)

const (
	requestIDHeader = "X-Request-Id"
	requestIDKey    = "liantu.request_id"
	operationKey    = "liantu.operation"
	codesKey        = "liantu.codes"
)

// identify sets the id of the request: that of the client when it is fit to be
// logged, otherwise a new one. The answer returns it.
func (s *Server) identify(c *gin.Context) {
	id := c.GetHeader(requestIDHeader)
	if !validRequestID(id) {
		id = newRequestID()
	}
	c.Set(requestIDKey, id)
	h := c.Writer.Header()
	h.Set(requestIDHeader, id)
	h["X-Content-Type-Options"] = noSniff
	h["Cache-Control"] = noStore
}

// Values of headers that every answer has. They must not be changed.
var (
	noSniff = []string{"nosniff"}
	noStore = []string{"no-store"}
	noCache = []string{"private, no-cache"}
)

// varies are the values of the header Vary, by kinds of answers. They must not be changed.
type varies struct {
	answer  []string // to a question
	page    []string // for a browser, at the same address
	refusal []string // before a question is read
	fixed   []string // that is the same for all
}

func variesOf(compression bool, origins *transport.Origins) varies {
	list := func(headers ...string) []string {
		if compression {
			headers = append(headers, "Accept-Encoding")
		}
		if origins != nil {
			headers = append(headers, "Origin")
		}
		return []string{strings.Join(headers, ", ")}
	}
	return varies{answer: list("Accept", "Accept-Language"), page: list("Accept"), refusal: list("Accept-Language"), fixed: list()}
}

// permit lets pages of the permitted origins read the answer, refusals too, and answers the
// questions of their browsers. These carry no credentials, so that nobody is identified.
func (s *Server) permit(c *gin.Context) {
	if s.origins.Permit(c.Writer.Header(), c.Request) {
		c.AbortWithStatus(http.StatusNoContent)
	}
}

// checkName refuses requests to a host name that is not one of a local service.
func (s *Server) checkName(c *gin.Context) {
	if f := s.wrongName(c.Request, s.features.LocalNames); f != nil {
		s.refuseHTTP(c, http.StatusMisdirectedRequest, f)
	}
}

// validRequestID accepts up to 64 letters, digits, dots, hyphens and
// underscores, so that an id cannot forge a line of the log.
func validRequestID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for _, c := range []byte(id) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && c != '.' && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

func newRequestID() string { return rand.Text() }

// logRequest writes one line for each request. It contains no value that a client
// sent except a checked request id: methods, paths and operations have a name only where
// the service knows it.
func (s *Server) logRequest(c *gin.Context) {
	start := time.Now()
	c.Next()
	level := slog.LevelInfo
	if c.Writer.Status() >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	path := c.FullPath()
	if path == "" {
		path = "(none)"
	}
	attrs := []slog.Attr{
		slog.String("request_id", c.GetString(requestIDKey)),
		slog.String("method", methodOf(c.Request)),
		slog.String("path", path),
		slog.Int("status", c.Writer.Status()),
		slog.Int("bytes", max(c.Writer.Size(), 0)),
		slog.Duration("took", time.Since(start)),
	}
	if op := c.GetString(operationKey); op != "" {
		attrs = append(attrs, slog.String("operation", op))
	}
	if codes, ok := c.Get(codesKey); ok {
		attrs = append(attrs, slog.Any("codes", codes))
	}
	s.log.LogAttrs(c.Request.Context(), level, "request", attrs...)
}

// recoverPanic turns a panic of a handler into one failed request. Panics of
// resolvers are recovered earlier; see [Server.answer].
func (s *Server) recoverPanic(c *gin.Context) {
	defer func() {
		reason := recover()
		if reason == nil {
			return
		}
		if reason == http.ErrAbortHandler { //nolint:errorlint // the value itself is the signal
			panic(reason)
		}
		s.log.ErrorContext(c.Request.Context(), "panic", "request_id", c.GetString(requestIDKey),
			"reason", reasonOfPanic(reason), "stack", string(debug.Stack()))
		if !c.Writer.Written() {
			s.refuseHTTP(c, http.StatusInternalServerError,
				fault.Refuse(fault.CodeInternal, "internal error").With("requestId", c.GetString(requestIDKey)))
		}
		c.Abort()
	}()
	c.Next()
}
