package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"

	"liantu/api"
	"liantu/api/mcp"
	"liantu/api/transport"
	"liantu/cli/opening"
	"liantu/cli/settings"
	"liantu/graph"
	"liantu/message"
)

// newAgents makes the server for agents on top of that for GraphQL.
func (c *Config) newAgents(s *Service, door mcp.Door) (*mcp.Server, error) {
	return mcp.New(mcp.Config{
		Executor: s.server, Door: door, Origins: s.origins, Log: s.log, Version: c.Version, MaxBytes: c.Settings.Limits.MaxBodyBytes,
		Timeout:  c.Settings.Limits.RequestTimeout,
		Language: message.Language(settings.Spoken(c.Settings.Language)),
	})
}

// mountAgents has the service answer agents beside GraphQL, where that is on.
func (c *Config) mountAgents(s *Service) error {
	if c.Settings.Server.Mcp != "on" {
		return nil
	}
	agents, err := c.newAgents(s, s.server)
	if err != nil {
		return err
	}
	s.server.Mount(mcp.Path, agents.Handler())
	return nil
}

// ServeStreams answers one agent, the local user, until it closes the input. Only
// answers go to the output.
func ServeStreams(ctx context.Context, c Config, in io.ReadCloser) error {
	c.Settings.Server.TrustedDocuments = "" // the tools use documents of the program
	return withServedStore(ctx, &c.Settings, func(store graph.Store) error {
		s, err := New(ctx, c, store)
		if err != nil {
			return err
		}
		agents, err := c.newAgents(s, nil)
		if err != nil {
			return err
		}
		return s.follow(ctx, func(ctx context.Context) error { return agents.Run(ctx, in, openWriter{c.Stdout}) })
	})
}

// openWriter ignores Close, so that its writer stays open.
type openWriter struct{ io.Writer }

func (openWriter) Close() error { return nil }

// ServeAgents answers agents over HTTP at the address of the settings until ctx
// ends. They are authenticated as by [Serve].
func ServeAgents(ctx context.Context, c Config) error {
	c.Settings.Server.TrustedDocuments = "" // the tools use documents of the program
	return c.onStore(ctx, func(store graph.Store, listener net.Listener) error {
		s, err := New(ctx, c, store)
		if err != nil {
			return err
		}
		agents, err := c.newAgents(s, s.server)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Stdout, "listening on %s://%s%s (version %d)\n", scheme(s.secured), opening.Host(listener.Addr()), mcp.Path, s.Picture().Version())
		defer s.server.FollowDenied(ctx)()
		return s.follow(ctx, func(ctx context.Context) error {
			return c.serveAgents(ctx, s, s.origins.Handler(agents.Handler()), listener)
		})
	})
}

// serveAgents serves HTTP until ctx ends, then lets requests under way finish.
func (c *Config) serveAgents(ctx context.Context, s *Service, handler http.Handler, listener net.Listener) error {
	limits, connections := c.Settings.Limits, api.NewConnections()
	s.live.OnRemoval(connections.Retire)
	server := &http.Server{
		Handler: s.front.Handler(handler), ReadHeaderTimeout: limits.ReadHeaderTimeout, ReadTimeout: limits.ReadTimeout,
		WriteTimeout: limits.WriteTimeout, IdleTimeout: limits.IdleTimeout, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn), ConnState: connections.Track,
	}
	failed := make(chan error, 1)
	go func() { failed <- transport.Serve(server, listener, s.secured) }()
	select {
	case err := <-failed:
		return message.Errorf("serving %s: %w", listener.Addr(), err)
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
