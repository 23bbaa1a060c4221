package api

import (
	"cmp"
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"runtime"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"
	"go.opentelemetry.io/otel/trace"

	"liantu/api/admission"
	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/api/fields"
	"liantu/api/metrics"
	"liantu/api/mutations"
	"liantu/api/questions"
	"liantu/api/reserve"
	"liantu/api/transport"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// Pictures is where a server finds the graph; a [projection.Live] is one.
type Pictures interface {
	// Current returns the newest picture without waiting, nil while there is none.
	Current() *projection.Projection
	// Status reports without waiting how fresh it is.
	Status() projection.Status
	// AtLeast returns a picture of the given version or a later one, checking the
	// store once if necessary; if there is none yet, the error is
	// [graph.ErrUnavailable].
	AtLeast(ctx context.Context, version graph.Version) (*projection.Projection, error)
	// Refresh checks the store, and returns a picture of its present version, or an
	// error; the picture that it may return with one is older.
	Refresh(ctx context.Context) (*projection.Projection, error)
	// Changed returns a channel that is closed when the current picture is
	// replaced. A caller that takes the channel before the picture misses no change.
	Changed() <-chan struct{}
	// OnRemoval has a function called when a personal node has left the graph: once
	// Current no longer holds it, and before the channel of Changed is closed.
	OnRemoval(do func())
}

// Build describes the running program. Empty fields are filled in.
type Build struct {
	Name    string // liantu
	Version string // of the release, devel when there is none
	Commit  string // of the source
	Go      string // of the toolchain
}

// Deps is what a server works with. Pictures is required; the others have defaults.
type Deps struct {
	Pictures      Pictures
	Temporary     bool             // whether the graph ends with the service
	CanSetUp      bool             // whether a door makes a graph that is kept
	Model         *schema.Model    // the default is schema.Default()
	Loads         fields.Loads     // lists the loads; without it they are UNAVAILABLE
	Past          fields.Past      // makes pictures of earlier versions; without it changes since one are UNAVAILABLE
	Writer        mutations.Writer // writes changes; without it mutations are UNAVAILABLE
	Rejoin        mutations.Rejoin // what follows from taking a load back; without it nothing is joined by name
	Settle        mutations.Settle // what follows from a judgement of names; without it judge is UNAVAILABLE
	Settings      tuning.Settings  // the default, for the zero value, is tuning.Default()
	Log           *slog.Logger     // the default discards
	Build         Build
	Features      Features
	Trusted       *Trusted                   // the only documents that are answered; nil for any
	Known         []string                   // documents of the program, whose operations have a name in logs and metrics
	Authenticator Authenticator              // nil lets in everybody as the local user
	Recorder      disclosure.Recorder        // nil records nothing, and then nothing personal is ever revealed
	Reveals       disclosure.Limits          // on what is revealed to a caller; the default is disclosure.DefaultLimits()
	Metrics       *metrics.Metrics           // the default is not published
	Tracer        trace.Tracer               // nil for no traces
	Front         *transport.Front           // how requests come to the service; nil for directly
	Origins       *transport.Origins         // whose pages may use the service beside its own; nil for none
	TLS           *tls.Config                // with certificates; nil for plain HTTP
	Client        func(*http.Request) string // names the client, for the limit of each; "" for no limit; the default is RemoteClient
}

// Server answers questions about the graph. It is safe for use by several
// goroutines. It holds no data of its own: each request takes the picture that
// is current when it arrives and keeps to it.
type Server struct {
	cfg      Config
	build    Build
	features Features
	log      *slog.Logger
	metrics  *metrics.Metrics
	tracer   trace.Tracer

	pictures Pictures
	service  *fields.Service     // what resolvers see of all this
	recorder disclosure.Recorder // nil without a record
	reveals  disclosure.Limits   // on what is revealed to a caller
	gate     *admission.Gate     // what requests pass before they compute

	schema     *fields.Schema
	sdl        string
	engine     *engine.Engine
	operations *lru.Cache[operationHash, *engine.Operation]
	answers    *answers
	own        *ownChanges
	persisted  persisted
	trusted    *Trusted
	names      map[operationHash]string // of the known operations
	words      map[string]bool          // the names of the schema
	denials    denials                  // that are not on record
	admitted   *admission.Credentials   // that were right before

	front         *transport.Front
	origins       *transport.Origins
	vary          varies
	secured       *tls.Config   // nil for plain HTTP
	authenticator Authenticator // nil without authentication
	streams       *streams
	reserved      *reserve.Reservations
	exports       *streams // that run
	connections   *Connections
	forgettings   *forgettings
	mounted       map[string]http.Handler // by path; see [Server.Mount]
	doors         []Door                  // see [Server.Open]
	schemaPage    fixedPage
	scalarPage    fixedPage
	handler       http.Handler
	draining      atomic.Bool
}

// New makes a server. The error names every limit that is not above zero and
// every name of the model that GraphQL cannot take.
func New(cfg Config, deps Deps) (*Server, error) {
	if deps.Pictures == nil {
		return nil, message.Errorf("api: no pictures to answer from")
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	deps.complete()
	if err := deps.Settings.Check(); err != nil {
		return nil, message.Errorf("gap settings: %w", err)
	}
	s := &Server{
		cfg: cfg, build: deps.Build, features: deps.Features, log: deps.Log, metrics: deps.Metrics, tracer: deps.Tracer,
		pictures: deps.Pictures, recorder: deps.Recorder, reveals: deps.Reveals, trusted: deps.Trusted,
		service: &fields.Service{
			Model: deps.Model, Settings: deps.Settings, Loads: deps.Loads, Past: deps.Past, DefaultPage: cfg.DefaultPage, MaxPage: cfg.MaxPage,
			ViewBytes: cfg.ViewBytes, Temporary: deps.Temporary, CanSetUp: deps.CanSetUp,
		},
		front: deps.Front, origins: deps.Origins, vary: variesOf(deps.Features.Compression, deps.Origins), secured: deps.TLS, authenticator: deps.Authenticator, streams: newStreams(cfg.MaxSubscriptions, cfg.SubjectStreams), admitted: admission.NewCredentials(),
		reserved:    reserve.New(cfg.MaxSubscriptions, cfg.SubjectStreams, cfg.IdleTimeout),
		exports:     newStreams(mostExports, exportsOfOne),
		connections: NewConnections(), forgettings: newForgettings(),
	}
	for _, prepare := range []func(Deps) error{s.bound, s.prepareQuestions, s.prepareDocuments, s.prepareNames} {
		if err := prepare(deps); err != nil {
			return nil, err
		}
	}
	scalars, err := fields.RenderScalars()
	if err != nil {
		return nil, err
	}
	if s.scalarPage, err = newFixedPage(mediaHTML+"; charset=utf-8", scalars); err != nil {
		return nil, err
	}
	if s.schemaPage, err = newFixedPage("text/plain; charset=utf-8", []byte(s.sdl)); err != nil {
		return nil, err
	}
	s.handler = s.routes()
	deps.Pictures.OnRemoval(s.forget)
	return s, nil
}

// complete fills in the defaults.
func (d *Deps) complete() {
	d.Build.Name = cmp.Or(d.Build.Name, "liantu")
	d.Build.Version = cmp.Or(d.Build.Version, "devel")
	d.Build.Go = cmp.Or(d.Build.Go, runtime.Version())
	if d.Model == nil {
		d.Model = schema.Default()
	}
	if d.Settings == (tuning.Settings{}) {
		d.Settings = tuning.Default()
	}
	if d.Reveals == (disclosure.Limits{}) {
		d.Reveals = disclosure.DefaultLimits()
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Metrics == nil {
		d.Metrics = metrics.New()
	}
	if d.Client == nil {
		d.Client = admission.RemoteClient
	}
}

// bound makes what limits and observes the requests.
func (s *Server) bound(deps Deps) (err error) {
	s.gate, err = admission.NewGate(s.cfg.limits(), admission.Deps{Work: questions.WorkOf(questions.All()), Waited: s.metrics.Waited, Client: deps.Client})
	s.gauges()
	return err
}

// prepareQuestions makes the schema and the engine that runs operations on it.
func (s *Server) prepareQuestions(deps Deps) (err error) {
	office := &mutations.Office{Writer: deps.Writer, Settle: deps.Settle, Rejoin: deps.Rejoin, Recorder: deps.Recorder, Renew: s.renew}
	if s.schema, err = newSchema(s.service, questions.All(), office); err != nil {
		return err
	}
	return s.compile()
}

// prepareDocuments makes the caches, and checks the documents that are trusted.
func (s *Server) prepareDocuments(Deps) (err error) {
	if s.answers, err = newAnswers(s.cfg.AnswerBytes); err != nil {
		return err
	}
	if s.own, err = newOwnChanges(); err != nil {
		return err
	}
	if s.persisted, err = newPersisted(s.cfg.MaxPersistedBytes); err != nil {
		return err
	}
	if s.trusted != nil {
		if err := s.trusted.check(s); err != nil {
			return message.Errorf("trusted documents: %w", err)
		}
	}
	return nil
}

// renew sets the picture of a request to one of the given version or a later one,
// since what a change rests on must not be older than the store.
func (s *Server) renew(rq *fields.Request, version graph.Version) error {
	newer, err := s.pictures.AtLeast(rq.Context, version)
	if err != nil {
		return err
	}
	p := s.take()
	p.Graph = newer
	return rq.See(p)
}

// SDL returns the schema of the server in the schema definition language.
func (s *Server) SDL() string { return s.sdl }

// take takes the current picture. A request does so once.
func (s *Server) take() fields.Picture {
	// The status first: if a new picture arrives in between, the answer states a
	// greater age than it has, never a smaller one.
	status := s.pictures.Status()
	p := fields.Picture{Graph: s.pictures.Current(), Status: status}
	if !status.CheckedAt.IsZero() {
		p.Age = max(status.Age(), 0)
	}
	return p
}
