// Package setup answers POST /setup of a demonstration: it makes the graph file of an office,
// which is kept when the demonstration ends.
//
// The body is a JSON object of [Wish]: {"region": "杭州", "ecosystems": ["biomed"], "sample":
// true}. The graph holds the regions, and the chains of these ecosystems with their links
// and products; with the sample also the companies, and what is invented beside them, each
// as a load that can be taken back. The file is the one of the settings (store.path), in the
// folder where the program was started; one that is there is left as it is. The answer,
// 201, is a [Made]; the service answers from the new graph soon after.
//
// Only callers on the machine of the service may ask, and no page of another origin,
// whatever else may use the service. The right is that to load; where callers must
// authenticate, the making is on record as a load is.
//
// Only cli/service may import setup.
package setup

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/message"
	"liantu/schema"
)

// Path is where the handler answers.
const Path = "/setup"

// Service is the service to which the door belongs; an [api.Server] is one.
type Service interface {
	// MayDo refuses a visitor that lacks a right, on record.
	MayDo(ctx context.Context, v api.Visitor, right schema.Right, detail string) *fault.RefusalError
	// Charge takes the cost of a request from what a visitor may ask for.
	Charge(v api.Visitor, values float64) *fault.RefusalError
	// ErrorOf is an error in the form of an answer.
	ErrorOf(ctx context.Context, language message.Language, err error) fault.Error
}

// Config is what the handler works with. All fields are required.
type Config struct {
	Service Service
	File    string // of the graph to be made
	Open    Open
	Record  func(e access.Entry, do func(outcome *access.Entry) error) error
	Made    func(path string) // is called once, when the graph is made and before the answer
	Timeout time.Duration     // for making it
}

// Handler answers POST /setup. It is safe for use by several goroutines.
type Handler struct {
	Config
	place  chan struct{} // that of the graph that is being made; taken for good by the one that was
	origin http.CrossOriginProtection
}

// New makes a handler.
func New(c Config) *Handler { return &Handler{Config: c, place: make(chan struct{}, 1)} }

const (
	maxBody     = 64 << 10
	requestCost = 100_000 // in the values that could be written meanwhile
	retryAfter  = 5       // seconds
)

// ServeHTTP answers a request that a door of the service let in.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	made, err := h.make(w, r)
	if err != nil {
		h.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(http.StatusCreated)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(made) // an error is that the client has gone
}

// make checks a request and makes the graph.
func (h *Handler) make(w http.ResponseWriter, r *http.Request) (Made, error) {
	v := api.VisitorOf(r)
	if v.Identity == nil {
		return Made{}, fault.Refuse(fault.CodeInternal, "internal error")
	}
	if !local(r) {
		return Made{}, fault.Refuse(fault.CodeForbidden, "a graph is set up on the machine of the service only")
	}
	if h.origin.Check(r) != nil {
		return Made{}, fault.Refuse(fault.CodeCrossSite, "a page of another origin may not set up a graph")
	}
	if f := h.Service.MayDo(r.Context(), v, schema.MayLoad, "set up a graph"); f != nil {
		return Made{}, f
	}
	wish, region, f := wishOf(w, r)
	if f == nil {
		f = h.Service.Charge(v, requestCost)
	}
	if f != nil {
		return Made{}, f
	}
	select {
	case h.place <- struct{}{}:
	default:
		return Made{}, fault.Refuse(fault.CodeOverloaded, "a graph is being set up already").With("retryAfter", retryAfter)
	}
	made, err := h.write(w, r, v, wish)
	if err != nil {
		<-h.place
		return Made{}, err
	}
	made.Region = Place{region.Code, region.Name}
	h.Made(made.Path)
	return made, nil
}

// write writes the file of the graph, on record.
func (h *Handler) write(w http.ResponseWriter, r *http.Request, v api.Visitor, wish Wish) (Made, error) {
	path, err := filepath.Abs(h.File)
	if err != nil {
		return Made{}, err
	}
	if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(h.Timeout)); err != nil {
		return Made{}, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.Timeout)
	defer cancel()
	made := Made{Path: path, Command: Command(path)}
	entry := access.Entry{Who: v.Identity.Subject, Role: v.Identity.Role, Action: access.Change, Detail: "set up a graph"}
	err = h.Record(entry, func(*access.Entry) error {
		made.Loads, err = write(ctx, h.Open, path, wish)
		return err
	})
	return made, err
}

// local reports whether a request comes from the machine of the service.
func local(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback()
}

// wishOf reads the body of a request.
func wishOf(w http.ResponseWriter, r *http.Request) (Wish, schema.Region, *fault.RefusalError) {
	var none schema.Region
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return Wish{}, none, fault.Refuse(fault.CodeMediaType, "the body must be application/json")
	}
	var wish Wish
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	d.DisallowUnknownFields()
	err := d.Decode(&wish)
	if _, more := d.Token(); err != nil || !errors.Is(more, io.EOF) {
		return Wish{}, none, fault.Refuse(fault.CodeInput, "the body must be a JSON object with region, ecosystems and sample")
	}
	region, err := schema.FindRegion(wish.Region)
	if err != nil {
		return Wish{}, none, fault.Refuse(fault.CodeInput, "region: %v", err)
	}
	known, err := ecosystems()
	if err != nil {
		return Wish{}, none, fault.Refuse(fault.CodeInternal, "internal error")
	}
	if len(wish.Ecosystems) == 0 {
		return Wish{}, none, fault.Refuse(fault.CodeInput, "ecosystems: at least one of %s", strings.Join(known, ", "))
	}
	for _, code := range wish.Ecosystems {
		if !slices.Contains(known, code) {
			return Wish{}, none, fault.Refuse(fault.CodeInput, "ecosystems: %q is not one of %s", code, strings.Join(known, ", "))
		}
	}
	return wish, region, nil
}

// refuse ends a request with an error.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, err error) {
	shown := h.Service.ErrorOf(r.Context(), api.LanguageOf(r.Header), err)
	status, ok := statuses[shown.Code()]
	if !ok {
		status = http.StatusInternalServerError
	}
	var f *fault.RefusalError
	if errors.As(err, &f) {
		api.SetRetry(w.Header(), f)
	}
	api.WriteErrors(w, status, shown)
}

// statuses are those of the reasons for which no graph is made.
var statuses = map[fault.Code]int{
	fault.CodeInput: http.StatusBadRequest, fault.CodeMediaType: http.StatusUnsupportedMediaType, fault.CodeForbidden: http.StatusForbidden,
	fault.CodeCrossSite: http.StatusForbidden, fault.CodeConflict: http.StatusConflict, fault.CodeRate: http.StatusTooManyRequests,
	fault.CodeOverloaded: http.StatusServiceUnavailable, fault.CodeUnavailable: http.StatusServiceUnavailable, fault.CodeTimeout: http.StatusServiceUnavailable,
}
