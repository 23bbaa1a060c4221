package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"liantu/api/engine"
	"liantu/api/metrics"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"go.opentelemetry.io/otel/trace"
)

// Pictures is where a server finds the graph; a [projection.Live] is one.
type Pictures interface {
	// Current returns the newest picture without waiting, nil as long as there
	// is none.
	Current() *projection.Projection
	// Status says without waiting how fresh it is.
	Status() projection.Status
	// AtLeast returns a picture of the given revision or a later one, looking
	// into the store once if need be; if there is none yet, the error is
	// [graph.ErrUnavailable].
	AtLeast(ctx context.Context, revision graph.Revision) (*projection.Projection, error)
	// Changed returns a channel that is closed when the current picture is
	// replaced. Who takes the channel before the picture misses no change.
	Changed() <-chan struct{}
}

// Build says which program runs. Empty fields are filled in.
type Build struct {
	Name    string // liantu
	Version string // of the release, devel when there is none
	Commit  string // of the source
	Go      string // of the toolchain
}

// Deps is what a server works with. Pictures is needed; the others have
// defaults.
type Deps struct {
	Pictures Pictures
	Model    *schema.Model // the default is schema.Default()
	Loads    Loads         // whom to ask for batches; without it they are UNAVAILABLE
	Writer   Writer        // who takes changes; without it mutations are UNAVAILABLE
	Settle   Settle        // what follows from a judgement of names; without it judge is UNAVAILABLE
	Settings gaps.Settings // the default, for the zero value, is gaps.DefaultSettings()
	Log      *slog.Logger  // the default discards
	Build    Build
	Features Features
	Trusted  *Trusted                   // the documents that alone are answered; nil for any
	Doors    Doors                      // nil lets in everybody as the local user
	Recorder Recorder                   // nil keeps no record, and then nothing personal is ever revealed
	Metrics  *metrics.Metrics           // the default is told to nobody
	Tracer   trace.Tracer               // nil for no traces
	Client   func(*http.Request) string // who asks, for the limit of each client; "" for no limit; the default is RemoteClient
}

// Server answers questions about the graph. It is safe for use by several
// goroutines. It holds no data of its own: each request takes the picture that
// is current when it arrives and keeps to it.
type Server struct {
	cfg      Config
	model    *schema.Model
	settings gaps.Settings
	pictures Pictures
	loads    Loads
	writer   Writer // nil takes no changes
	settle   Settle // nil takes no judgements
	log      *slog.Logger
	build    Build
	features Features
	trusted  *Trusted
	doors    Doors    // nil without authentication
	recorder Recorder // nil without a record

	schema     graphql.Schema
	accesses   map[string]engine.Access      // by object and field, as in Company.name
	properties map[string]*schema.Property   // what of the data a field shows
	leads      map[string]schema.Sensitivity // of the nodes that a field leads to, where it is not public
	rights     map[string]schema.Right       // that the mutations take, by field
	columns    []*column
	engine     *engine.Engine
	operations *lru.Cache[operationHash, *engine.Operation]
	answers    *answers
	sdl        string
	persisted  *persisted
	streams    *streams
	scalarPage []byte
	handler    http.Handler
	draining   atomic.Bool

	lanes   lanes
	rates   *rates
	metrics *metrics.Metrics
	tracer  trace.Tracer
	client  func(*http.Request) string
}

// New makes a server. The error names every limit that is not above zero and
// every name of the model that GraphQL cannot take.
func New(cfg Config, deps Deps) (*Server, error) {
	if deps.Pictures == nil {
		return nil, errors.New("api: no pictures to answer from")
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, model: deps.Model, settings: deps.Settings, pictures: deps.Pictures, loads: deps.Loads, log: deps.Log,
		writer: deps.Writer, settle: deps.Settle,
		features: deps.Features, trusted: deps.Trusted, streams: newStreams(cfg.MaxSubscriptions),
		doors: deps.Doors, recorder: deps.Recorder,
		build: Build{
			Name:    cmp.Or(deps.Build.Name, "liantu"),
			Version: cmp.Or(deps.Build.Version, "devel"),
			Commit:  deps.Build.Commit,
			Go:      cmp.Or(deps.Build.Go, runtime.Version()),
		},
	}
	if s.model == nil {
		s.model = schema.Default()
	}
	if s.settings == (gaps.Settings{}) {
		s.settings = gaps.DefaultSettings()
	}
	if err := s.settings.Check(); err != nil {
		return nil, fmt.Errorf("gap settings: %w", err)
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.bound(deps); err != nil {
		return nil, err
	}
	var err error
	if s.answers, err = newAnswers(cfg.AnswerBytes); err != nil {
		return nil, err
	}
	if s.schema, err = newSchema(s); err != nil {
		return nil, err
	}
	if err := s.compile(); err != nil {
		return nil, err
	}
	if s.persisted, err = newPersisted(cfg.MaxPersistedBytes); err != nil {
		return nil, err
	}
	if s.trusted != nil {
		if err := s.trusted.check(s); err != nil {
			return nil, fmt.Errorf("trusted documents: %w", err)
		}
	}
	if s.scalarPage, err = renderScalars(); err != nil {
		return nil, err
	}
	s.handler = s.routes()
	return s, nil
}

// bound makes what bounds and watches the requests.
func (s *Server) bound(deps Deps) (err error) {
	s.lanes = newLanes(s.cfg)
	s.metrics, s.tracer, s.client = deps.Metrics, deps.Tracer, deps.Client
	if s.metrics == nil {
		s.metrics = metrics.New()
	}
	if s.client == nil {
		s.client = RemoteClient
	}
	s.gauges()
	s.rates, err = newRates(s.cfg)
	return err
}

// SDL returns the schema of the questions in the schema definition language.
func (s *Server) SDL() string { return s.sdl }

// picture is the state of the graph that one request answers from.
type picture struct {
	graph  *projection.Projection // nil when there is none
	status projection.Status
	age    time.Duration // since the store confirmed it
}

// take takes the current picture. A request does so once.
func (s *Server) take() picture {
	// The status first: if a new picture comes between, the answer calls
	// itself older than it is, never younger.
	status := s.pictures.Status()
	p := picture{graph: s.pictures.Current(), status: status}
	if !status.CheckedAt.IsZero() {
		p.age = max(status.Age(), 0)
	}
	return p
}

// ageStep is the precision in which ages are told. An answer is at most as old
// as it says, and as long as the store is heard of regularly it says the same,
// so that equal answers are equal to the byte.
const ageStep = 5 * time.Second

// steps is an age in seconds, rounded up to whole steps, at least one.
func steps(age time.Duration) float64 {
	return (max((age+ageStep-1)/ageStep, 1) * ageStep).Seconds()
}

func (p picture) version() int64 {
	if p.graph == nil {
		return 0
	}
	return int64(p.graph.Version())
}

// extensions is what every answer says about its picture.
func (p picture) extensions() Extensions {
	e := Extensions{Version: p.version(), AgeSeconds: steps(p.age), Stale: p.status.Stale, Synthetic: p.synthetic()}
	if p.graph == nil {
		e.Stale = true
		return e
	}
	if date := p.graph.DataDate(); date != "" {
		e.DataDate = &date
	}
	return e
}
