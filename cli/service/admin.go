package service

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"liantu/api"
	"liantu/api/metrics"
	"liantu/api/transport"
	"liantu/cli/settings"
	"liantu/message"
)

// admin is the listener for those who run the service. A nil one does nothing.
type admin struct {
	listener net.Listener
	server   *http.Server
	secured  *tls.Config // nil for plain HTTP
	done     chan error
}

// newAdmin takes the port of the admin listener, nil where the settings name none. It
// speaks TLS where the service does, except on loopback addresses.
func (c *Config) newAdmin(ctx context.Context, s *Service, numbers *metrics.Metrics) (*admin, error) {
	set := c.Settings.Admin
	if set.Listen == "" {
		return nil, nil
	}
	listener, err := Listen(ctx, set.Listen)
	if err != nil {
		return nil, message.Errorf("admin.listen: %w", err)
	}
	secured := s.secured
	if set.IsLocal() {
		secured = nil
	}
	fmt.Fprintf(c.Stdout, "metrics at %s://%s/metrics\n", scheme(secured), listener.Addr())
	guarded := guardAdmin(&set, s.front, adminRoutes(s.server, numbers, set.Pprof && set.IsLocal()))
	return &admin{
		listener: listener, done: make(chan error, 1), secured: secured,
		server: &http.Server{
			Handler:           s.front.Handler(guarded),
			ReadHeaderTimeout: c.Settings.Limits.ReadHeaderTimeout,
			IdleTimeout:       c.Settings.Limits.IdleTimeout,
			MaxHeaderBytes:    32 << 10,
			ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		},
	}, nil
}

// guardAdmin refuses what a browser sends for a page of another site, which a host name
// that points at this machine could be too, and who does not have the token, if there is
// one. Refusals say nothing more.
func guardAdmin(set *settings.Admin, front *transport.Front, next http.Handler) http.Handler {
	want := sha256.Sum256([]byte(set.Token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		if transport.IsCrossSite(r) || set.IsLocal() && !front.IsLocal(r.Host) {
			refuse(w, http.StatusForbidden)
			return
		}
		given := sha256.Sum256([]byte(bearer(r))) // of the same length, to compare in constant time
		if set.Token != "" && subtle.ConstantTimeCompare(given[:], want[:]) == 0 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			refuse(w, http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func refuse(w http.ResponseWriter, status int) { http.Error(w, http.StatusText(status), status) }

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
		go func() { a.done <- transport.Serve(a.server, a.listener, a.secured) }()
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
