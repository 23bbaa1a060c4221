package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/api/transport"
	"liantu/message"
)

// Handler returns the HTTP interface of the server:
//
//	POST /graphql         queries and mutations; see http.go for the form of a request
//	GET  /graphql         queries in the URL, where that is on
//	PUT, DELETE /graphql  reserve a stream for several operations, and end one; see single.go
//	GET, POST /export/jsonl, /export/csv  a whole list, a row a line; see exports.go
//	GET  /schema.graphql  the schema, in the schema language
//	GET  /scalars         what the scalars of the schema mean and how they are written
//	GET  /healthz         200 while the process runs
//	GET  /readyz          200 while queries can be answered, else 503 with the reason
//	GET  /version         the version of the program and of the graph it answers from
//	POST, DELETE /session begin and end a session of a web page, with authentication
//
// and what [Server.Mount] adds.
//
// It is safe for use by several servers at once. [Server.Serve] puts Deps.Front before it.
func (s *Server) Handler() http.Handler { return s.handler }

// routes builds the handler.
func (s *Server) routes() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.ContextWithFallback = true
	engine.ForwardedByClientIP = false // the front knows which proxies are trusted
	engine.Use(s.identify, s.traceRequest, s.logRequest, s.recoverPanic, s.permit, s.checkName)
	engine.NoRoute(func(c *gin.Context) {
		s.refuseHTTP(c, http.StatusNotFound, fault.Refuse(fault.CodePath, "there is nothing at %q", c.Request.URL.Path))
	})
	engine.NoMethod(func(c *gin.Context) {
		s.refuseHTTP(c, http.StatusMethodNotAllowed,
			fault.Refuse(fault.CodeMethod, "%s does not take %s", c.Request.URL.Path, c.Request.Method))
	})
	engine.POST("/graphql", s.admit, s.serveSingle, s.servePost)
	engine.GET("/graphql", s.admit, s.serveSingle, s.serveGet)
	engine.PUT("/graphql", s.admit, s.reserve)
	engine.DELETE("/graphql", s.admit, s.stopOperation)
	for _, form := range []string{exportLines, exportTable} {
		engine.GET("/export/"+form, s.admit, s.serveExport(form))
		engine.POST("/export/"+form, s.admit, s.serveExport(form))
	}
	if s.authenticator != nil {
		engine.POST("/session", s.openSession)
		engine.DELETE("/session", s.closeSession)
	}
	for path, serve := range map[string]gin.HandlerFunc{fields.ScalarPath: s.serveScalars, "/healthz": s.serveHealth, "/readyz": s.serveReady} {
		engine.GET(path, serve)
		engine.HEAD(path, serve)
	}
	for path, serve := range map[string]gin.HandlerFunc{"/schema.graphql": s.serveSchema, "/version": s.serveVersion} {
		engine.GET(path, s.admit, serve)
		engine.HEAD(path, s.admit, serve)
	}
	for _, d := range s.doors {
		engine.Handle(d.Method, d.Path, s.admit, s.pass(d.Handler))
	}
	for path, handler := range s.mounted {
		engine.Any(path, gin.WrapH(handler))
	}
	return engine
}

// Serve answers requests on the listener until ctx ends. Then it accepts no new
// requests, lets those in flight finish within Config.DrainTimeout, and returns nil;
// Config.DrainDelay earlier /readyz begins to fail. The error is not nil when some
// requests had to be cut off or when the listener failed. The listener is closed in
// every case. Serve may be called once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s.front.Handler(s.handler),
		ReadHeaderTimeout: s.cfg.ReadHeaderTimeout,
		ReadTimeout:       s.cfg.ReadTimeout,
		WriteTimeout:      s.cfg.WriteTimeout,
		IdleTimeout:       s.cfg.IdleTimeout,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		ConnState:         s.connections.Track,
	}
	defer s.FollowDenied(ctx)()
	failed := make(chan error, 1)
	go func() { failed <- transport.Serve(server, l, s.secured) }()
	select {
	case err := <-failed:
		return message.Errorf("serving %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	s.draining.Store(true)
	s.streams.end()
	s.reserved.EndUnopened(s.reserved.List()...)
	s.log.Info("draining", "delay", s.cfg.DrainDelay, "at_most", s.cfg.DrainTimeout)
	server.SetKeepAlivesEnabled(false) // so that clients connect elsewhere next time
	if s.cfg.DrainDelay > 0 {
		select {
		case err := <-failed:
			return message.Errorf("serving %s: %w", l.Addr(), err)
		case <-time.After(s.cfg.DrainDelay):
		}
	}
	// The context of the caller has ended, which is why the drain needs its own.
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.DrainTimeout)
	defer cancel()
	err := server.Shutdown(drain)
	if err != nil {
		err = errors.Join(message.Errorf("requests were cut off after %v: %w", s.cfg.DrainTimeout, err), server.Close())
	}
	if e := <-failed; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}

func (s *Server) serveHealth(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"status": "ok"})
}

// serveReady reports whether queries can be answered now. A stale picture still
// answers; one that is older than Config.MaxPictureAge does not count.
func (s *Server) serveReady(c *gin.Context) {
	language := languageOf(c.Request)
	c.Writer.Header()["Vary"] = s.vary.refusal
	status, state := s.readiness(s.take(), language)
	if status != http.StatusOK {
		c.Header("Content-Language", string(language))
	}
	c.JSON(status, state)
}

// The reasons why queries cannot be answered now.
var (
	reasonDraining  = message.New("draining")
	reasonNoPicture = message.New("no picture of the graph yet")
	reasonOld       = message.New("the store has not been heard of for too long")
)

// readiness is what anybody may know of whether queries can be answered: that, and a reason
// of a fixed list.
func (s *Server) readiness(p fields.Picture, language message.Language) (status int, state gin.H) {
	var reason message.Text
	switch {
	case s.draining.Load():
		reason = reasonDraining
	case p.Graph == nil:
		reason = reasonNoPicture
	case p.Age > s.cfg.MaxPictureAge:
		reason = reasonOld
	default:
		return http.StatusOK, gin.H{"status": "ready"}
	}
	return http.StatusServiceUnavailable, gin.H{"status": "not ready", "reason": reason.In(language)}
}

// Readiness answers as /readyz does, for those who run the service: also from which picture
// answers are computed, how old it is and may become, and how many requests compute and
// wait.
func (s *Server) Readiness() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := s.take()
		status, state := s.readiness(p, languageOf(r))
		computing, waiting := s.gate.Counts()
		maps.Copy(state, gin.H{
			"version": p.Version(), "picture": extensionsOf(p), "maxAgeSeconds": s.cfg.MaxPictureAge.Seconds(),
			"computing": computing, "waiting": waiting,
		})
		w.Header().Set("Content-Type", mediaJSON+"; charset=utf-8")
		w.WriteHeader(status)
		if err := json.NewEncoder(w).Encode(state); err != nil {
			s.log.Debug("the client has gone", "error", err)
		}
	})
}

func (s *Server) serveVersion(c *gin.Context) {
	p := s.take()
	c.JSON(http.StatusOK, gin.H{
		"name": s.build.Name, "version": s.build.Version, "commit": s.build.Commit,
		"go": s.build.Go, "graph": extensionsOf(p),
	})
}

func (s *Server) serveSchema(c *gin.Context) {
	if !s.features.Introspection {
		s.refuseHTTP(c, http.StatusNotFound, fault.Refuse(fault.CodeIntrospection, "this service does not disclose its schema"))
		return
	}
	s.serveFixed(c, &s.schemaPage)
}

// serveScalars sends the specifications.
func (s *Server) serveScalars(c *gin.Context) {
	c.Header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	s.serveFixed(c, &s.scalarPage)
}
