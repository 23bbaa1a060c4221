package mcp

import (
	"context"
	"errors"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/auth"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/access"
	"liantu/message"
)

// Path is where [Server.Handler] answers.
const Path = "/mcp"

// Handler answers agents over streamable HTTP at [Path]. There are no sessions: each
// request is authenticated, and a revoked key is refused at once. Pages of other
// sites get no answer.
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

// admitted is the key under which a context holds the admitted caller.
type admitted struct{}

// inExtra is the key under which a tool finds the caller.
const inExtra = "identity"

// admit identifies the sender of a request, and ends a request that is not admitted.
// The library passes to the tools only the result of its own check of tokens, which
// is why the identity goes through it.
func (s *Server) admit(next http.Handler) http.Handler {
	pass := auth.RequireBearerToken(func(ctx context.Context, _ string, _ *http.Request) (*auth.TokenInfo, error) {
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
			pass.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), admitted{}, id)))
		case errors.Is(err, access.ErrUnauthenticated):
			// The reason is for the log only, and holds no part of the credentials.
			s.cfg.Log.InfoContext(r.Context(), "not admitted", "reason", err.Error())
			w.Header().Set("WWW-Authenticate", `Bearer realm="liantu"`)
			http.Error(w, "UNAUTHENTICATED: authentication is required: Authorization: Bearer KEY", http.StatusUnauthorized)
		default:
			s.cfg.Log.ErrorContext(r.Context(), "the caller cannot be identified", "error", err)
			http.Error(w, "INTERNAL: internal error", http.StatusInternalServerError)
		}
	})
}

// identityOf returns the caller of a tool. Where authentication is required, a call
// without an identity is refused, however it got here.
func (s *Server) identityOf(call *sdk.CallToolRequest) (*access.Identity, error) {
	if s.cfg.Identify == nil {
		return access.Local, nil
	}
	if call.Extra != nil && call.Extra.TokenInfo != nil {
		if id, ok := call.Extra.TokenInfo.Extra[inExtra].(*access.Identity); ok {
			return id, nil
		}
	}
	return nil, message.Errorf("UNAUTHENTICATED: authentication is required")
}
