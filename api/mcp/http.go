package mcp

import (
	"context"
	"errors"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/auth"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/access"
)

// Path is where [Server.Handler] answers.
const Path = "/mcp"

// Handler answers agents over streamable HTTP at [Path]. No session is kept:
// each request says who sends it, and a key that was revoked ends at once.
// Pages of other sites get no answer.
func (s *Server) Handler() http.Handler {
	var inner http.Handler = sdk.NewStreamableHTTPHandler(
		func(*http.Request) *sdk.Server { return s.tools },
		&sdk.StreamableHTTPOptions{
			Stateless: true, JSONResponse: true, PropagateRequestCancellation: true, MaxRequestBodyBytes: s.cfg.MaxBytes,
		},
	)
	if s.cfg.Identify != nil {
		inner = s.admit(inner)
	}
	mux := http.NewServeMux()
	mux.Handle(Path, http.NewCrossOriginProtection().Handler(inner))
	return mux
}

// admitted is the key under which a context holds who was let in.
type admitted struct{}

// inExtra is where a tool finds the caller.
const inExtra = "identity"

// admit finds out who sends a request, and ends the request of who may not. The
// library hands on to the tools only what its own check of tokens has said,
// which is why the identity goes through it.
func (s *Server) admit(next http.Handler) http.Handler {
	handOn := auth.RequireBearerToken(func(ctx context.Context, _ string, _ *http.Request) (*auth.TokenInfo, error) {
		id, ok := ctx.Value(admitted{}).(*access.Identity)
		if !ok {
			return nil, auth.ErrInvalidToken
		}
		return &auth.TokenInfo{UserID: id.Subject, Extra: map[string]any{inExtra: id}}, nil
	}, &auth.RequireBearerTokenOptions{AllowMissingExpiration: true})(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, err := s.cfg.Identify(r)
		switch {
		case err == nil:
			handOn.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), admitted{}, id)))
		case errors.Is(err, access.ErrUnauthenticated):
			// Why is for the log alone, and no part of the credentials is in it.
			s.cfg.Log.InfoContext(r.Context(), "not admitted", "reason", err.Error())
			w.Header().Set("WWW-Authenticate", `Bearer realm="liantu"`)
			http.Error(w, "UNAUTHENTICATED: say who asks: Authorization: Bearer KEY", http.StatusUnauthorized)
		default:
			s.cfg.Log.ErrorContext(r.Context(), "cannot find out who asks", "error", err)
			http.Error(w, "INTERNAL: internal error", http.StatusInternalServerError)
		}
	})
}

// identityOf returns who calls a tool. Where callers must say who they are, a
// call without an identity is refused, however it came here.
func (s *Server) identityOf(call *sdk.CallToolRequest) (*access.Identity, error) {
	if s.cfg.Identify == nil {
		return access.Local, nil
	}
	if call.Extra != nil && call.Extra.TokenInfo != nil {
		if id, ok := call.Extra.TokenInfo.Extra[inExtra].(*access.Identity); ok {
			return id, nil
		}
	}
	return nil, errors.New("UNAUTHENTICATED: say who asks")
}
