// Package fault holds what a client receives when a request, or a field of it,
// fails: the codes, the errors of an answer, and refusals, which are errors whose
// text is meant for the client. It has the one table from the errors of the domain
// to the codes.
//
// Package api, everything below it, and packages that read the errors of its answers
// may import fault.
package fault

import (
	"context"
	"errors"

	"liantu/api/engine"
	"liantu/graph"
	"liantu/message"
)

// Code states what kind of failure an error is. It is in extensions.code of every
// error of an answer.
type Code string

// The codes of errors.
const (
	CodeParse           Code = "PARSE_FAILED"              // the document is not GraphQL
	CodeValidation      Code = "VALIDATION_FAILED"         // the document does not fit the schema
	CodeInput           Code = "BAD_INPUT"                 // an argument or a variable has no valid value
	CodeCursor          Code = "BAD_CURSOR"                // a cursor that this question did not give out
	CodeLimit           Code = "LIMIT_EXCEEDED"            // the request asks for more than is allowed
	CodeNotFound        Code = "NOT_FOUND"                 // nothing has the given code, id or name
	CodeForbidden       Code = "FORBIDDEN"                 // the caller may not see the field
	CodeConflict        Code = "CONFLICT"                  // the graph has moved on since the caller looked
	CodeUnavailable     Code = "UNAVAILABLE"               // there is no picture of the graph to answer from now
	CodeOverloaded      Code = "OVERLOADED"                // too many requests compute and wait already
	CodeRate            Code = "RATE_LIMITED"              // this client asks for too much in too short a time
	CodeTimeout         Code = "TIMEOUT"                   // the answer took longer than the service allows
	CodeCancelled       Code = "CANCELLED"                 // the client went away
	CodeRequest         Code = "BAD_REQUEST"               // the HTTP request is not a GraphQL request
	CodeMediaType       Code = "UNSUPPORTED_MEDIA"         // the body is not application/json
	CodeMethod          Code = "METHOD_NOT_ALLOWED"        // the path does not know the method
	CodeAccept          Code = "NOT_ACCEPTABLE"            // no media type of this service is one that the client takes
	CodeCrossSite       Code = "CROSS_SITE"                // a browser asks for a page of another site
	CodePath            Code = "NO_SUCH_PATH"              // the service has nothing at the path
	CodeNotPersisted    Code = "PERSISTED_QUERY_NOT_FOUND" // no document is known by the hash or the id
	CodeIntrospection   Code = "INTROSPECTION_OFF"         // the service does not show its schema
	CodeInternal        Code = "INTERNAL"                  // a fault of the service; the log has the whole of it
	CodeUnauthenticated Code = "UNAUTHENTICATED"           // nobody is known by the credentials of the request
)

// domain is the one table from the errors of the domain to the codes of the
// interface. The first sentinel that an error wraps decides.
var domain = []struct {
	is   error
	code Code
}{
	{context.DeadlineExceeded, CodeTimeout},
	{context.Canceled, CodeCancelled},
	{engine.ErrRefused, CodeForbidden},
	{graph.ErrNotFound, CodeNotFound},
	{graph.ErrInvalid, CodeInput},
	{graph.ErrConflict, CodeConflict},
	{graph.ErrUnavailable, CodeUnavailable},
	{graph.ErrClosed, CodeUnavailable},
	{graph.ErrLocked, CodeUnavailable},
}

// Error is one error of an answer, in the form of the GraphQL specification.
type Error struct {
	Message    string         `json:"message"`
	Locations  []Location     `json:"locations,omitempty"`
	Path       []any          `json:"path,omitempty"`
	Extensions map[string]any `json:"extensions"`

	Field string `json:"-"` // which failed, as Type.field, whatever the client calls it; "" for the request
	Guess bool   `json:"-"` // whether it was asked for an id that nothing has
}

// Location is a place in a document; lines and columns count from 1.
type Location struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Code returns the code of the error.
func (e Error) Code() Code {
	code, _ := e.Extensions["code"].(Code)
	return code
}

// RefusalError is an error whose text is meant for the client.
type RefusalError struct {
	code  Code
	text  message.Text
	extra map[string]any // further extensions, such as didYouMean
}

// Error returns the text in English.
func (f *RefusalError) Error() string { return f.text.String() }

// In returns the text in a language.
func (f *RefusalError) In(language message.Language) string { return f.text.In(language) }

// Refuse makes a refusal with the given code. The format is that of package fmt.
func Refuse(code Code, format string, args ...any) *RefusalError {
	return &RefusalError{code: code, text: message.New(format, args...)}
}

// ReasonPage is the reason in the extensions of [RefusePage].
const ReasonPage = "PAGE_LIMIT"

// RefusePage refuses a page of so many items, where 0 to most are allowed.
func RefusePage(asked, most int) *RefusalError {
	f := &RefusalError{code: CodeLimit, text: message.New("first is %d; it must lie between 0 and %d", asked, most)}
	return f.With("reason", ReasonPage).With("limit", most)
}

// With adds one extension to the refusal.
func (f *RefusalError) With(name string, value any) *RefusalError {
	if f.extra == nil {
		f.extra = map[string]any{}
	}
	f.extra[name] = value
	return f
}

// Shown is the error of an answer that says it, in a language.
func (f *RefusalError) Shown(language message.Language) Error {
	ext := map[string]any{"code": f.code}
	for name, value := range f.extra {
		ext[name] = value
	}
	return Error{Message: f.text.In(language), Extensions: ext}
}

// CodeOf returns the code of an error of the domain, and false for one that is
// none: an internal error.
func CodeOf(err error) (Code, bool) {
	for _, known := range domain {
		if errors.Is(err, known.is) {
			return known.code, true
		}
	}
	return CodeInternal, false
}
