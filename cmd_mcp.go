package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/api/mcp"
	"liantu/graph"
)

func newMcp(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Let agents ask, by the Model Context Protocol",
		Long: `Let agents ask, by the Model Context Protocol: over the standard input and output,
or with --listen over HTTP at /mcp. The tools only read, and are bounded and masked
as GraphQL requests are. Over the standard streams the agent is the local user;
over HTTP it says who it is as for "liantu serve", where access.mode asks for it.`,
		Example: `  liantu mcp
  liantu mcp --listen 127.0.0.1:8081`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			// The tools ask with documents of the program, which need no trust.
			a.cfg.Server.TrustedDocuments = ""
			if !cmd.Flags().Changed("listen") {
				return a.withServedStore(cmd.Context(), func(store graph.Store) error {
					return a.mcpOverStreams(cmd.Context(), store, os.Stdin)
				})
			}
			listener, err := a.listen(cmd.Context())
			if err != nil {
				return err
			}
			return errors.Join(a.withServedStore(cmd.Context(), func(store graph.Store) error {
				return a.mcpOverHTTP(cmd.Context(), store, listener)
			}), closeQuietly(listener))
		},
	}
	addSettingFlag(cmd.Flags(), "listen", "server.listen", "answer over HTTP at this host and port instead; port 0 takes any free one")
	return cmd
}

// newAgents makes the server for agents on top of that for GraphQL.
func (a *app) newAgents(s *service, identify func(*http.Request) (*access.Identity, error)) (*mcp.Server, error) {
	return mcp.New(mcp.Config{
		Asker: s.server, Identify: identify, Log: s.log, Version: buildVersion(), MaxBytes: a.cfg.Limits.MaxBodyBytes,
	})
}

// mcpOverStreams answers one agent until it closes the input.
func (a *app) mcpOverStreams(ctx context.Context, store graph.Store, in io.ReadCloser) error {
	s, err := a.newService(ctx, store)
	if err != nil {
		return err
	}
	agents, err := a.newAgents(s, nil)
	if err != nil {
		return err
	}
	return s.follow(ctx, func(ctx context.Context) error { return agents.Run(ctx, in, openWriter{a.stdout}) })
}

// openWriter is a writer that stays open for who comes next.
type openWriter struct{ io.Writer }

func (openWriter) Close() error { return nil }

// mcpOverHTTP answers agents until ctx ends.
func (a *app) mcpOverHTTP(ctx context.Context, store graph.Store, listener net.Listener) error {
	s, err := a.newService(ctx, store)
	if err != nil {
		return err
	}
	doors, err := a.newDoors()
	if err != nil {
		return err
	}
	var identify func(*http.Request) (*access.Identity, error)
	if doors != nil {
		identify = func(r *http.Request) (*access.Identity, error) { return doors.Identify(r, "") }
	}
	agents, err := a.newAgents(s, identify)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "listening on http://%s%s (version %d)\n", listener.Addr(), mcp.Path, s.live.Current().Version())
	return s.follow(ctx, func(ctx context.Context) error { return a.serveAgents(ctx, agents.Handler(), listener, s.log) })
}

// serveAgents serves HTTP until ctx ends, then lets requests under way finish.
func (a *app) serveAgents(ctx context.Context, handler http.Handler, listener net.Listener, log *slog.Logger) error {
	limits := a.cfg.Limits
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: limits.ReadHeaderTimeout, ReadTimeout: limits.ReadTimeout,
		WriteTimeout: limits.WriteTimeout, IdleTimeout: limits.IdleTimeout, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), limits.DrainTimeout)
	defer cancel()
	err := server.Shutdown(drain)
	if e := <-failed; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}
