package mcp

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/auth"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/message"
)

// Path is where [Server.Handler] answers.
const Path = "/mcp"

// Handler answers agents over streamable HTTP at [Path]. There are no sessions: each
// request is authenticated, and a revoked key is refused at once. Pages of other
// origins get no answer, but those that [Config] permits.
func (s *Server) Handler() http.Handler {
	var inner http.Handler = sdk.NewStreamableHTTPHandler(
		func(*http.Request) *sdk.Server { return s.tools },
		&sdk.StreamableHTTPOptions{
			Stateless: true, JSONResponse: true, PropagateRequestCancellation: true, MaxRequestBodyBytes: s.cfg.MaxBytes,
			DisableLocalhostProtection: true, // the door checks names, and knows the public one
		},
	)
	mux := http.NewServeMux()
	inside := s.admit(s.single(inner))
	others := http.NewCrossOriginProtection().Handler(inside)
	mux.HandleFunc(Path, func(w http.ResponseWriter, r *http.Request) {
		if s.cfg.Origins.Permits(r) {
			inside.ServeHTTP(w, r)
			return
		}
		others.ServeHTTP(w, r)
	})
	return mux
}

// admitted is the key under which a context holds the admitted visitor.
type admitted struct{}

// inExtra is the key under which a tool finds the visitor.
const inExtra = "visitor"

// messageCost is what a message costs before any tool is called, in the values that could be
// written meanwhile: most is the list of the tools.
const messageCost = 500

// admit lets in the sender of a request by the rules of the service, and charges it for the
// message, whatever that asks for: tools are charged beside it. The library passes to the
// tools only the result of its own check of tokens, which is why the visitor goes through
// it, in the place of the credentials.
func (s *Server) admit(next http.Handler) http.Handler {
	pass := auth.RequireBearerToken(func(ctx context.Context, _ string, _ *http.Request) (*auth.TokenInfo, error) {
		v, ok := ctx.Value(admitted{}).(api.Visitor)
		if !ok {
			return nil, auth.ErrInvalidToken
		}
		return &auth.TokenInfo{UserID: v.Identity.Subject, Extra: map[string]any{inExtra: v}}, nil
	}, &auth.RequireBearerTokenOptions{AllowMissingExpiration: true})(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.cfg.Door == nil {
			http.Error(w, "INTERNAL: internal error", http.StatusInternalServerError)
			return
		}
		v, f := s.cfg.Door.Admit(r)
		if f == nil {
			f = s.cfg.Door.Charge(v, messageCost)
		}
		if f != nil {
			s.refuse(w, r, f)
			return
		}
		ctx := context.WithValue(r.Context(), admitted{}, v)
		if s.cfg.Timeout > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, s.cfg.Timeout)
			defer cancel()
		}
		inside := r.Clone(ctx)
		inside.Header.Set("Authorization", "Bearer admitted")
		pass.ServeHTTP(w, inside)
	})
}

// maxBlank is the most bytes of white space before a message.
const maxBlank = 512

// single refuses a list of messages, of which a door would charge the first alone. The
// protocol has none since 2025-06-18.
func (s *Server) single(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := bufio.NewReaderSize(r.Body, maxBlank)
		start, err := body.Peek(1)
		for blank := 0; err == nil && blank < maxBlank && bytes.Contains([]byte(" \t\r\n"), start); blank++ {
			if _, err = body.Discard(1); err == nil {
				start, err = body.Peek(1)
			}
		}
		if err == nil && start[0] != '{' {
			s.refuse(w, r, fault.Refuse(fault.CodeRequest, "batches of requests are not accepted; send one object"))
			return
		}
		r.Body = struct {
			io.Reader
			io.Closer
		}{body, r.Body}
		next.ServeHTTP(w, r)
	})
}

// refuse ends a request before it is read.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, f *fault.RefusalError) {
	language := s.cfg.Language
	if r.Header.Get("Accept-Language") != "" {
		language = api.LanguageOf(r.Header)
	}
	api.SetRetry(w.Header(), f)
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, explain(language, f.Shown(language)), api.StatusOf(f))
}

// visitorOf returns the caller of a tool, a resource or a prompt: the local user over streams. A call over HTTP
// without a visitor is refused, however it got here.
func (s *Server) visitorOf(extra *sdk.RequestExtra) (api.Visitor, error) {
	if extra != nil && extra.TokenInfo != nil {
		if v, ok := extra.TokenInfo.Extra[inExtra].(api.Visitor); ok {
			return v, nil
		}
	}
	if s.cfg.Door == nil {
		return api.Visitor{Identity: access.Local}, nil
	}
	return api.Visitor{}, message.Errorf("UNAUTHENTICATED: authentication is required")
}
