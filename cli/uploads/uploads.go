// Package uploads answers POST /load: clients load files over HTTP as the command load does,
// by the same rules and with the same reports.
//
// A request is multipart/form-data. Its parts, in this order, are options, a JSON object of
// [Options], which may be left out; mapping, a mapping in YAML, or the name of one that comes
// with the program, which may be left out; and one or more parts named file, each with the
// name of its file, and before it modified, the day and time at which the file was changed
// (RFC 3339), where the client knows it. The parameter step says what is done:
//
//	map      finds how the files would be read; returns the mapping, to be edited and sent back
//	preview  reports what the load would do, and writes nothing (the default)
//	apply    loads the files
//
// The parameter rejects, csv or xlsx, has the rows that were left out sent back with the
// reasons behind them.
//
// An answer is a stream of JSON objects, one a line, see [Line]: any number with progress, and
// a last one with the mapping, the report or an error. It begins once the files have arrived
// and are about to be read; a request that is refused before has a status of its own and the
// errors as GraphQL writes them. When the report of apply is sent, the service answers from a
// graph that holds the load. A client that goes ends a load between two batches; sending the
// same again completes it.
//
// The right is that of the role to load. A load and its preview are on record as those of the
// command are, and so are rejected rows that are sent back. The files are removed before the
// answer ends.
//
// Only cli/service imports uploads.
package uploads

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Path is where the handler answers.
const Path = "/load"

// Service is the service to which the door belongs; an [api.Server] is one.
type Service interface {
	// MayDo refuses a visitor that lacks a right, on record.
	MayDo(ctx context.Context, v api.Visitor, right schema.Right, detail string) *fault.RefusalError
	// Charge takes the cost of a request from what a visitor may ask for.
	Charge(v api.Visitor, values float64) *fault.RefusalError
	// ErrorOf is an error in the form of an answer.
	ErrorOf(ctx context.Context, language message.Language, err error) fault.Error
}

// Record enters in the audit log what is done.
type Record struct {
	// Change states the intent before and the outcome after, which do may complete.
	Change func(e access.Entry, do func(outcome *access.Entry) error) error
	// Try states what is tried only, before it is.
	Try func(e access.Entry) error
	// Export states what is sent, before it is.
	Export func(e access.Entry) error
}

// Config is what the handler works with. All fields are required.
type Config struct {
	Service Service
	Store   graph.Store
	Record  Record
	// Renew waits until the service answers from a graph of a version or a later one.
	Renew    func(ctx context.Context, version graph.Version) error
	Log      *slog.Logger
	MaxBytes int64         // of a request
	Idle     time.Duration // the longest pause of a client that sends or reads
	Timeout  time.Duration // for its files to arrive, and then for a load
}

// Handler answers POST /load. It is safe for use by several goroutines.
type Handler struct {
	Config
	arriving chan struct{} // a place for each request whose files arrive
	loading  chan struct{} // the place of the load under way
}

// mostArriving is how many requests may send files at once.
const mostArriving = 4

// New makes a handler. What services that were killed have left is removed.
func New(c Config) *Handler {
	sweep(os.TempDir(), c.Log)
	return &Handler{Config: c, arriving: make(chan struct{}, mostArriving), loading: make(chan struct{}, 1)}
}

// requestCost is what a request costs its client, in the values that could be written
// meanwhile. What a load takes beyond that is bounded by the single place for loads.
const requestCost = 100_000

// retryAfter is after how many seconds a client that found no place should try again.
const retryAfter = 5

// ServeHTTP answers a request that a door of the service let in.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := &answer{handler: h, w: w, r: r, visitor: api.VisitorOf(r), language: api.LanguageOf(r.Header), control: http.NewResponseController(w)}
	if a.visitor.Identity == nil {
		a.refuse(http.StatusInternalServerError, fault.Refuse(fault.CodeInternal, "internal error"))
		return
	}
	q, f := questionOf(r)
	if f != nil {
		a.refuse(http.StatusBadRequest, f)
		return
	}
	if f := h.Service.MayDo(r.Context(), a.visitor, schema.MayLoad, "load over HTTP"); f != nil {
		a.refuse(http.StatusForbidden, f)
		return
	}
	if f := h.Service.Charge(a.visitor, requestCost); f != nil {
		api.SetRetry(w.Header(), f)
		a.refuse(api.StatusOf(f), f)
		return
	}
	files, err := h.receive(a)
	if files != nil {
		defer files.remove(h.Log)
	}
	if err != nil {
		a.fail(err)
		return
	}
	leave, ok := enter(h.loading)
	if !ok {
		a.fail(busy())
		return
	}
	defer leave()
	ctx, cancel := context.WithTimeout(r.Context(), h.Timeout)
	defer cancel()
	if err := h.answer(ctx, a, q, files); err != nil {
		a.write(Line{Error: a.shown(err)})
	}
}

// receive takes the files of a request in.
func (h *Handler) receive(a *answer) (*files, error) {
	leave, ok := enter(h.arriving)
	if !ok {
		return nil, busy()
	}
	defer leave()
	if err := a.control.SetWriteDeadline(time.Now().Add(h.Timeout + h.Idle)); err != nil {
		return nil, err
	}
	return receive(a, h.MaxBytes, h.Idle, h.Timeout)
}

// enter takes a place and returns the function that frees it, false where all are taken.
func enter(places chan struct{}) (leave func(), ok bool) {
	select {
	case places <- struct{}{}:
		return func() { <-places }, true
	default:
		return nil, false
	}
}

func busy() error {
	return fault.Refuse(fault.CodeOverloaded, "another load is under way; try again").With("retryAfter", retryAfter)
}
