package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/api"
	"liantu/api/metrics"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

func newServe(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer GraphQL over HTTP",
		Long: `Answer GraphQL over HTTP at /graphql, with the schema at /schema.graphql and the
state of the service at /healthz, /readyz and /version. The server looks for
changes in the store and answers from the new picture once it is built. With a
graph file, "liantu load" may run meanwhile.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			listener, err := a.listen(cmd.Context())
			if err != nil {
				return err
			}
			return errors.Join(a.withServedStore(cmd.Context(), func(store graph.Store) error {
				service, err := a.newService(cmd.Context(), store)
				if err != nil {
					return err
				}
				a.announce(service, listener)
				return service.serve(cmd.Context(), listener)
			}), closeQuietly(listener))
		},
	}
	addListenFlag(cmd)
	return cmd
}

func addListenFlag(cmd *cobra.Command) {
	addSettingFlag(cmd.Flags(), "listen", "server.listen", "host and port to listen on; port 0 takes any free one")
}

// listen takes the port first of all, so that a taken one is told at once.
func (a *app) listen(ctx context.Context) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", a.cfg.Server.Listen)
}

// closeQuietly closes a listener that its server has closed already or that
// no server got.
func closeQuietly(l net.Listener) error {
	if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// withServedStore opens the store for as long as the server runs. A graph file
// is shared: between two looks of the server others may have it.
func (a *app) withServedStore(ctx context.Context, do func(graph.Store) error) (err error) {
	if a.cfg.Store.Kind != "file" {
		return a.withStore(ctx, do)
	}
	if err := a.wantGraphFile(); err != nil {
		return err
	}
	store := &sharedFile{path: a.cfg.Store.Path, model: schema.Default()}
	defer func() { err = errors.Join(err, store.Close()) }()
	return do(store)
}

// service is a running picture of a store and the server that answers from it.
type service struct {
	live    *projection.Live
	server  *api.Server
	refresh time.Duration
	log     *slog.Logger
	admin   *admin
	end     func() // ends the traces
}

// newService builds the first picture of the store and the server.
func (a *app) newService(ctx context.Context, store graph.Store) (*service, error) {
	numbers := metrics.New()
	store = &timedStore{store, numbers}
	live, err := projection.NewLive(ctx, schema.Default(), store, projection.Options{})
	if err != nil {
		return nil, err
	}
	trusted, err := a.trusted()
	if err != nil {
		return nil, err
	}
	doors, err := a.newDoors()
	if err != nil {
		return nil, err
	}
	tracer, end, err := a.tracer(ctx)
	if err != nil {
		return nil, fmt.Errorf("tracing.endpoint: %w", err)
	}
	s := &service{live: live, refresh: a.cfg.Server.Refresh, log: a.logger(), end: end}
	deps := api.Deps{
		Pictures: live, Loads: store, Writer: store, Settle: func(ctx context.Context, left, right string) (graph.Revision, error) {
			return loaders.SettleJudged(ctx, store, schema.Default(), left, right)
		},
		Model: schema.Default(), Settings: a.cfg.Gaps, Log: s.log,
		Build:    api.Build{Name: "liantu", Version: buildVersion()},
		Features: a.cfg.features(), Trusted: trusted, Metrics: numbers, Tracer: tracer,
	}
	if doors != nil {
		deps.Doors, deps.Recorder = doors, access.OpenLog(a.cfg.Access.Audit)
	}
	s.server, err = api.New(a.cfg.Limits, deps)
	if err != nil {
		end()
		return nil, err
	}
	s.admin, err = a.newAdmin(ctx, s.server, numbers)
	return s, err
}

// trusted reads the documents that alone are to be answered, nil for any.
func (a *app) trusted() (*api.Trusted, error) {
	if a.cfg.Server.TrustedDocuments == "" {
		return nil, nil
	}
	trusted, err := api.ReadTrusted(a.cfg.Server.TrustedDocuments)
	if err != nil {
		return nil, fmt.Errorf("server.trusted_documents: %w", err)
	}
	return trusted, nil
}

// announce says where the server answers. Scripts wait for this line.
func (a *app) announce(s *service, listener net.Listener) {
	p := s.live.Current()
	fmt.Fprintf(a.stdout, "listening on http://%s/graphql (version %d, %d links, %d companies)\n",
		listener.Addr(), p.Version(), p.Count(projection.Link), p.Count(projection.Company))
}

// serve answers requests until ctx ends, then lets those under way finish. The
// picture follows the store meanwhile.
func (s *service) serve(ctx context.Context, listener net.Listener) error {
	return s.follow(ctx, func(ctx context.Context) error { return s.server.Serve(ctx, listener) })
}

// follow lets the picture follow the store while answer runs.
func (s *service) follow(ctx context.Context, answer func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	refreshed := make(chan error, 1)
	go func() {
		refreshed <- s.live.Run(ctx, s.refresh, s.note)
		stop() // a store that is closed for good ends the service
	}()
	defer s.end()
	s.admin.start()
	err := answer(ctx)
	stop()
	return errors.Join(err, <-refreshed, s.admin.stop())
}

// note logs every new picture and every failure to get one.
func (s *service) note(status projection.Status) {
	if status.Err != nil {
		s.log.Warn("store not read; answering from the last picture",
			"version", status.Version, "age", status.Age(), "error", status.Err)
		return
	}
	s.log.Info("new picture", "version", status.Version, "built_in", status.BuildTime)
}
