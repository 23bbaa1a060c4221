package service

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"liantu/api"
	"liantu/api/metrics"
	"liantu/message"
)

// admin is the listener for those who run the service. A nil one does nothing.
type admin struct {
	listener net.Listener
	server   *http.Server
	done     chan error
}

// newAdmin takes the port of the admin listener, nil where the settings name
// none.
func (c *Config) newAdmin(ctx context.Context, server *api.Server, numbers *metrics.Metrics) (*admin, error) {
	if c.Settings.Admin.Listen == "" {
		return nil, nil
	}
	listener, err := Listen(ctx, c.Settings.Admin.Listen)
	if err != nil {
		return nil, message.Errorf("admin.listen: %w", err)
	}
	fmt.Fprintf(c.Stdout, "metrics at http://%s/metrics\n", listener.Addr())
	return &admin{
		listener: listener, done: make(chan error, 1),
		server: &http.Server{
			Handler:           adminRoutes(server, numbers, c.Settings.Admin.Pprof),
			ReadHeaderTimeout: c.Settings.Limits.ReadHeaderTimeout,
			IdleTimeout:       c.Settings.Limits.IdleTimeout,
		},
	}, nil
}

func adminRoutes(server *api.Server, numbers *metrics.Metrics, profiles bool) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", numbers.Handler())
	mux.Handle("GET /healthz", server.Handler())
	mux.Handle("GET /readyz", server.Readiness())
	if profiles {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return mux
}

// start answers until [admin.stop].
func (a *admin) start() {
	if a != nil {
		go func() { a.done <- a.server.Serve(a.listener) }()
	}
}

// adminDrain is how long a reader of the metrics may still read at the end.
const adminDrain = time.Second

// stop lets readers finish and closes the listener, after the service itself
// has stopped, so that its last numbers can still be read.
func (a *admin) stop() error {
	if a == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), adminDrain)
	defer cancel()
	err := a.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = a.server.Close() // a profile that is being taken
	}
	if e := <-a.done; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}
