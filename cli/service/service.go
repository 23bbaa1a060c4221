// Package service wires the parts of a running service: the store, the picture
// that follows it, the API, the tools for agents, the listener for operators,
// tracing and authentication. All its inputs are in [Config]; it knows no command,
// and only cli imports it.
package service

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"time"

	"liantu/api"
	"liantu/api/disclosure"
	"liantu/api/mcp"
	"liantu/api/metrics"
	"liantu/api/transport"
	"liantu/cli/opening"
	"liantu/cli/papers"
	"liantu/cli/settings"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
	"liantu/web"
)

// Config is what a service needs to know.
type Config struct {
	Settings settings.Settings
	Version  string       // of the program
	Stdout   io.Writer    // for the addresses at which it answers
	Stderr   io.Writer    // where its log goes
	Papers   papers.Print // prints what the commands print; nil for no papers

	Temporary bool              // whether the store is removed when the service ends
	Made      func(path string) // is called when a caller has set up a graph file; nil where nobody can
	Open      bool              // whether to open the page in the browser of this machine
}

// logger writes to the standard error, so that the output stays clean.
func (c *Config) logger() *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Settings.Log.Level)); err != nil {
		level = slog.LevelInfo // the rules of the settings leave only known levels
	}
	options := &slog.HandlerOptions{Level: level}
	if c.Settings.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(c.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(c.Stderr, options))
}

// Serve answers GraphQL over HTTP at the address of the settings until ctx ends.
func Serve(ctx context.Context, c Config) error {
	return c.onStore(ctx, func(store graph.Store, listener net.Listener) error {
		s, err := New(ctx, c, store)
		if err != nil {
			return err
		}
		s.Announce(ctx, listener)
		return s.Serve(ctx, listener)
	})
}

// onStore takes the port of the settings first of all, so that a taken one is
// reported at once, and then opens the store.
func (c *Config) onStore(ctx context.Context, do func(graph.Store, net.Listener) error) error {
	listener, err := Listen(ctx, c.Settings.Server.Listen)
	if err != nil {
		return err
	}
	return errors.Join(withServedStore(ctx, &c.Settings, func(store graph.Store) error { return do(store, listener) }), CloseQuietly(listener))
}

// Listen takes a port.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", address)
}

// CloseQuietly closes a listener that its server has closed already or that
// no server got.
func CloseQuietly(l net.Listener) error {
	if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// Service is a running picture of a store and the server that answers from it.
type Service struct {
	live    *projection.Live
	server  *api.Server
	refresh time.Duration
	log     *slog.Logger
	stdout  io.Writer
	admin   *admin
	end     func() // ends the traces

	origins       *transport.Origins // of pages that may use the service; nil for none
	authenticator *Authenticator     // nil where callers are not authenticated
	front         *transport.Front
	secured       *tls.Config            // nil for plain HTTP
	page          bool                   // whether it serves the page for strategists
	notOpened     func(why message.Text) // says so; nil where no browser is to be opened
}

// rejoin joins by name what may be joined since a load was taken back, unless that load was
// such joins.
func rejoin(store graph.Store) func(context.Context, string) (graph.Version, error) {
	return func(ctx context.Context, load string) (graph.Version, error) {
		if !names.Joins(load) {
			if _, err := names.JoinAnew(ctx, store, schema.Default()); err != nil {
				return 0, err
			}
		}
		return store.Version(ctx)
	}
}

// New builds the first picture of the store and the server.
func New(ctx context.Context, c Config, store graph.Store) (*Service, error) {
	numbers := metrics.New()
	store = &timedStore{store, numbers}
	live, err := projection.NewLive(ctx, schema.Default(), store, projection.Options{})
	if err != nil {
		return nil, err
	}
	trusted, err := c.trusted()
	if err != nil {
		return nil, err
	}
	known, err := mcp.Documents()
	if err != nil {
		return nil, err
	}
	authenticator, err := NewAuthenticator(&c.Settings.Access)
	if err != nil {
		return nil, err
	}
	front, err := c.Settings.Server.Front()
	if err != nil {
		return nil, err
	}
	origins, err := c.Settings.Server.AllowedOrigins()
	if err != nil {
		return nil, err
	}
	secured, err := transport.TLS(c.Settings.Server.TLS.Cert, c.Settings.Server.TLS.Key, c.logger())
	if err != nil {
		return nil, err
	}
	tracer, end, err := c.tracer(ctx)
	if err != nil {
		return nil, message.Errorf("tracing.endpoint: %w", err)
	}
	s := &Service{live: live, refresh: c.Settings.Server.Refresh, log: c.logger(), stdout: c.Stdout, end: end, authenticator: authenticator, front: front, origins: origins, secured: secured}
	deps := api.Deps{
		Pictures: live, Loads: store, Past: earlier{store}, Writer: store, Settle: func(ctx context.Context, left, right string) (graph.Version, error) {
			return names.SettleJudged(ctx, store, schema.Default(), left, right)
		},
		Rejoin:    rejoin(store),
		Temporary: c.Temporary, CanSetUp: c.Made != nil, Model: schema.Default(), Settings: c.Settings.Gaps, Log: s.log,
		Build:    api.Build{Name: "liantu", Version: c.Version},
		Features: c.Settings.Features(), Trusted: trusted, Known: known, Metrics: numbers, Tracer: tracer,
		Front: front, Origins: origins, TLS: secured,
	}
	if authenticator != nil {
		deps.Authenticator, deps.Recorder = authenticator, c.Settings.Access.Log()
		deps.Reveals = disclosure.Limits{Request: c.Settings.Access.RevealsPerRequest, Day: c.Settings.Access.RevealsPerDay}
	}
	s.notOpened = c.notOpened()
	s.server, err = api.New(c.Settings.Limits, deps)
	if err != nil {
		end()
		return nil, err
	}
	if s.admin, err = c.newAdmin(ctx, s, numbers); err == nil {
		s.server.Open(c.doors(s, store)...)
		if err = c.mountAgents(s); err == nil {
			err = c.mountPage(s)
		}
	}
	if err != nil {
		end()
		return nil, err
	}
	return s, nil
}

// notOpened says why no browser was opened; it is nil where none is to be.
func (c *Config) notOpened() func(why message.Text) {
	if !c.Open {
		return nil
	}
	language := message.Language(settings.Spoken(c.Settings.Language))
	return func(why message.Text) { fmt.Fprintln(c.Stderr, why.In(language)) }
}

// trusted reads the documents that alone are to be answered, nil for any.
func (c *Config) trusted() (*api.Trusted, error) {
	if c.Settings.Server.TrustedDocuments == "" {
		return nil, nil
	}
	trusted, err := api.ReadTrusted(c.Settings.Server.TrustedDocuments)
	if err == nil && len(web.Documents) > 0 {
		err = trusted.Add(web.Documents, "web/documents.json")
	}
	if err != nil {
		return nil, message.Errorf("server.trusted_documents: %w", err)
	}
	return trusted, nil
}

// Picture returns the picture that the server answers from now.
func (s *Service) Picture() *projection.Projection { return s.live.Current() }

// Announce says where this machine reaches the server, and opens the page there if that
// was asked for. Scripts wait for the line with "listening on".
func (s *Service) Announce(ctx context.Context, listener net.Listener) {
	p, root := s.Picture(), scheme(s.secured)+"://"+opening.Host(listener.Addr())
	if s.page {
		fmt.Fprintf(s.stdout, "the page is at %s/\n", root)
	}
	fmt.Fprintf(s.stdout, "listening on %s/graphql (version %d, %d links, %d companies)\n",
		root, p.Version(), p.Count(projection.Link), p.Count(projection.Company))
	switch {
	case s.notOpened == nil:
	case !s.page:
		s.notOpened(message.New("no page to open: server.page or the build of this program leaves it out"))
	default:
		opening.Browser(ctx, root+"/", func(err error) {
			s.notOpened(message.New("no browser opened (%v); the page is at %s", err, root+"/"))
		})
	}
}

// scheme is that of the addresses of a listener.
func scheme(secured *tls.Config) string {
	if secured == nil {
		return "http"
	}
	return "https"
}

// Serve answers requests until ctx ends, then lets those under way finish. The
// picture follows the store meanwhile.
func (s *Service) Serve(ctx context.Context, listener net.Listener) error {
	return s.follow(ctx, func(ctx context.Context) error { return s.server.Serve(ctx, listener) })
}

// follow keeps the picture up to date with the store while answer runs.
func (s *Service) follow(ctx context.Context, answer func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	refreshed := make(chan error, 1)
	go func() {
		refreshed <- s.live.Run(ctx, s.refresh, s.note)
		stop() // a store that was closed ends the service
	}()
	defer s.end()
	s.admin.start()
	err := answer(ctx)
	stop()
	return errors.Join(err, <-refreshed, s.admin.stop())
}

// note logs every new picture and every failure to get one.
func (s *Service) note(status projection.Status) {
	if status.Err != nil {
		s.log.Warn("store not read; answering from the last picture",
			"version", status.Version, "age", status.Age(), "error", status.Err)
		return
	}
	s.log.Info("new picture", "version", status.Version, "built_in", status.BuildTime)
}
