package api

import "net/http"

// Mount has another handler answer all requests to a path, on the same listener and behind
// the same front: with a request id, a line of the log, and a status when it panics. The
// handler lets its callers in by [Server.Admit] and charges them itself. It must be mounted
// before [Server.Handler] and [Server.Serve] are called.
func (s *Server) Mount(path string, handler http.Handler) {
	if s.mounted == nil {
		s.mounted = map[string]http.Handler{}
	}
	s.mounted[path] = handler
	s.handler = s.routes()
}
