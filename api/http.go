package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"liantu/api/admission"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/api/guard"
	"liantu/api/transport"
	"liantu/message"
)

// servePost answers POST /graphql. The body is a JSON object with query, and
// optionally operationName, variables and extensions, as application/json in
// UTF-8. The media type of the answer is one that the client accepts, see
// [negotiate], and decides the status, see [statusOf]. The status is 400 also where
// the body is not such an object, 406 where the client accepts no media type of this
// service, 413 where the body is too long, and 415 where it is not JSON.
func (s *Server) servePost(c *gin.Context) {
	takes, ok := s.negotiate(c)
	if !ok {
		return
	}
	if f := checkBody(c.Request.Header); f != nil {
		s.refuseHTTP(c, http.StatusUnsupportedMediaType, f)
		return
	}
	r, status, f := s.readBody(c)
	if f != nil {
		s.refuseHTTP(c, status, f)
		return
	}
	r.kinds = anyKind
	s.reply(c, r, takes)
}

// readBody reads the request in a body; with a refusal it returns the status. The
// buffer is free again when it returns: a stream that is open for days must not hold
// the bytes of earlier requests.
func (s *Server) readBody(c *gin.Context) (Request, int, *fault.RefusalError) {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	body := bytes.NewBuffer((*buf)[:0])
	_, err := body.ReadFrom(http.MaxBytesReader(c.Writer, c.Request.Body, s.cfg.MaxBodyBytes))
	*buf = body.Bytes()
	if err != nil {
		var tooLong *http.MaxBytesError
		if errors.As(err, &tooLong) {
			return Request{}, http.StatusRequestEntityTooLarge,
				fault.Refuse(fault.CodeLimit, "the body is longer than %d bytes", tooLong.Limit).
					With("reason", "BODY_TOO_LARGE").With("limit", tooLong.Limit)
		}
		return Request{}, http.StatusBadRequest, fault.Refuse(fault.CodeRequest, "the body could not be read")
	}
	r, f := s.readRequest(body.Bytes()) // which retains none of the bytes
	return r, http.StatusBadRequest, f
}

// serveGet answers GET /graphql with the request in the URL: query, and optionally
// operationName, and variables and extensions as JSON. It changes nothing, and
// answers no page of another site. A service may accept queries by POST only. A
// browser that sends no query gets the page of explorer.go, where that is on.
func (s *Server) serveGet(c *gin.Context) {
	if s.wantsExplorer(c) {
		s.serveExplorer(c)
		return
	}
	if !s.features.GetQueries {
		c.Header("Allow", http.MethodPost)
		s.refuseHTTP(c, http.StatusMethodNotAllowed, fault.Refuse(fault.CodeMethod, "queries are accepted by POST only"))
		return
	}
	takes, ok := s.negotiate(c)
	if !ok {
		return
	}
	if f := s.checkCrossSite(c.Request); f != nil {
		s.refuseHTTP(c, http.StatusForbidden, f)
		return
	}
	r, f := s.readAddress(c.Request.URL.RawQuery)
	if f != nil {
		s.refuseHTTP(c, http.StatusBadRequest, f)
		return
	}
	r.kinds = safeKinds
	s.reply(c, r, takes)
}

// The kinds of operations that a request may run. A GET is safe in the sense
// of HTTP: it may be repeated, cached and followed by anyone.
var (
	anyKind   = []string{engine.Query, engine.Mutation, engine.Subscription}
	safeKinds = []string{engine.Query, engine.Subscription}
)

// negotiate decides the media type of the answer. When the client accepts none, it
// is refused, and the second result is false.
func (s *Server) negotiate(c *gin.Context) (transport.Accepted, bool) {
	c.Writer.Header()["Vary"] = s.vary.answer
	takes := transport.Negotiate(c.Request.Header.Values("Accept"))
	if takes.Answer == "" && !takes.Events {
		s.refuseHTTP(c, http.StatusNotAcceptable,
			fault.Refuse(fault.CodeAccept, "the answer can be %s, %s or %s", mediaJSON, mediaGraphQL, mediaEvents))
		return takes, false
	}
	if takes.Answer != mediaJSON {
		c.Set(mediaKey, takes.Answer)
	}
	return takes, true
}

// reply answers a request that was read.
func (s *Server) reply(c *gin.Context, r Request, takes transport.Accepted) {
	if sub := s.answerOnce(c, r, takes); sub != nil {
		s.follow(c, sub)
	}
}

// answerOnce answers a request, or returns the subscription whose stream is to follow
// it. Nothing of the request but that is retained meanwhile.
func (s *Server) answerOnce(c *gin.Context, r Request, takes transport.Accepted) *subscription {
	r = s.sentBy(c, r)
	r.events, r.shares = takes.Events, true
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	answer := s.execute(c.Request.Context(), r, append((*buf)[:0], frame...))
	if answer.framed != nil {
		*buf = answer.framed
	}
	if answer.operation != "" {
		c.Set(operationKey, answer.operation)
	}
	if len(answer.Errors) > 0 {
		c.Set(codesKey, answer.codes())
	}
	stateVersion(c.Writer.Header(), answer)
	status := statusOf(takes.Answer, answer)
	if status == http.StatusMethodNotAllowed {
		c.Header("Allow", http.MethodPost)
	}
	if seconds := answer.retryAfter(); seconds > 0 {
		c.Header("Retry-After", strconv.Itoa(seconds))
	}
	switch {
	case answer.subscription != nil:
	case takes.Answer == "":
		s.replyEvents(c, answer)
	default:
		s.write(c, status, answer)
	}
	return answer.subscription
}

// sentBy adds to a request who sent it, and what its headers ask for.
func (s *Server) sentBy(c *gin.Context, r Request) Request {
	r.ID, r.Identity, r.minVersion = c.GetString(requestIDKey), identityOf(c), c.GetHeader(minVersionHeader)
	r.Client, r.Origin, r.Language = s.gate.Payer(c.Request, r.Identity), admission.Origin(c.Request, r.Identity), languageOf(c.Request)
	return r
}

// buffers holds the buffers that data is written into.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// readRequest reads a body. Its depth is checked before it is decoded.
func (s *Server) readRequest(body []byte) (Request, *fault.RefusalError) {
	trimmed := bytes.TrimLeft(body, " \t\r\n")
	if len(trimmed) > 1 && trimmed[0] == '[' && trimmed[1] != '[' {
		return Request{}, fault.Refuse(fault.CodeRequest, "batches of requests are not accepted; send one object").
			With("reason", "BATCH").With("limit", 1)
	}
	if f := s.checkJSON(body); f != nil {
		return Request{}, f
	}
	r, quick := quickRead(body)
	if !quick {
		var f *fault.RefusalError
		if r, f = slowRead(body); f != nil {
			return r, f
		}
	}
	if r.Query == "" && !r.named() {
		return r, fault.Refuse(fault.CodeRequest, `the request has no "query"`)
	}
	return r, nil
}

// slowRead reads any body that is JSON.
func slowRead(body []byte) (Request, *fault.RefusalError) {
	var r Request
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&r); err != nil {
		return r, fault.Refuse(fault.CodeRequest, "the request is not a JSON object with query, operationName and variables: %s", jsonFault(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return r, fault.Refuse(fault.CodeRequest, "the request holds more than one JSON object")
	}
	return r, nil
}

// readAddress reads the request in a URL, as a body with the same members.
func (s *Server) readAddress(text string) (Request, *fault.RefusalError) {
	var r Request
	given, err := url.ParseQuery(text)
	if err != nil {
		return r, fault.Refuse(fault.CodeRequest, "the parameters of the URL cannot be read")
	}
	for name, values := range given {
		if len(values) > 1 {
			return r, fault.Refuse(fault.CodeRequest, "the parameter %q is given %d times", fields.Shorten(name), len(values))
		}
		if !utf8.ValidString(values[0]) { // which the encoder below would replace
			return r, fault.Refuse(fault.CodeRequest, "the parameters of the URL are not valid UTF-8").With("reason", guard.CodeEncoding)
		}
	}
	body, err := json.Marshal(struct {
		Query         string          `json:"query"`
		OperationName string          `json:"operationName"`
		DocumentID    string          `json:"documentId"`
		Variables     json.RawMessage `json:"variables,omitempty"`
		Extensions    json.RawMessage `json:"extensions,omitempty"`
	}{
		given.Get("query"), given.Get("operationName"), given.Get("documentId"),
		json.RawMessage(given.Get("variables")), json.RawMessage(given.Get("extensions")),
	})
	if err != nil {
		return r, fault.Refuse(fault.CodeRequest, "the parameters variables and extensions must be JSON objects")
	}
	return s.readRequest(body)
}

// jsonFault describes what is wrong with a body without the words of its decoder,
// which name Go types.
func jsonFault(err error) message.Text {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return message.New("%s", syntax.Error())
	case errors.As(err, &wrong) && wrong.Field != "":
		return message.New("%s cannot be a JSON %s", wrong.Field, wrong.Value)
	case errors.As(err, &wrong):
		return message.New("it is a JSON %s", wrong.Value)
	case errors.Is(err, io.EOF):
		return message.New("it is empty")
	}
	return message.New("it ends early")
}

// refuseHTTP answers with a status and one error, and ends the request. It says nothing of
// the picture, since the client may be anybody.
func (s *Server) refuseHTTP(c *gin.Context, status int, f *fault.RefusalError) {
	answer := &Response{Errors: []fault.Error{f.Shown(languageOf(c.Request))}, bare: true}
	c.Set(codesKey, answer.codes())
	s.refusedFor(answer)
	if h := c.Writer.Header(); len(h["Vary"]) == 0 || h["Vary"][0] == "Origin" { // else the answer was negotiated
		h["Vary"] = s.vary.refusal
	}
	if status == http.StatusRequestEntityTooLarge {
		c.Header("Connection", "close")
	}
	s.write(c, status, answer)
	c.Abort()
}
