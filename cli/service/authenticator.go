package service

import (
	"context"
	"net/http"
	"strings"
	"time"

	"liantu/access"
	"liantu/cli/settings"
	"liantu/message"
)

// Authenticator authenticates callers: users of a file by their keys, users of an
// identity provider by its tokens, and sessions opened with either.
type Authenticator struct {
	users    *access.Users
	tokens   *access.Tokens // nil without a provider
	sessions *access.Sessions
}

// NewAuthenticator makes the authenticator of the settings, nil where callers are not
// authenticated.
func NewAuthenticator(c *settings.Access) (*Authenticator, error) {
	if c.Mode == settings.AccessNone {
		return nil, nil
	}
	users, err := access.OpenUsers(c.Users)
	if err != nil {
		return nil, err
	}
	a := &Authenticator{users: users, sessions: access.NewSessions(access.SessionLimits{
		Lifetime: c.Session, PerSubject: c.SessionsPerSubject, Most: c.MaxSessions,
	})}
	if c.Oidc.Issuer == "" {
		return a, nil
	}
	tokens, err := c.Oidc.Tokens()
	if err != nil {
		return nil, err
	}
	a.tokens, err = access.NewTokens(tokens)
	return a, err
}

// bearer returns the credentials in the header Authorization: Bearer.
func bearer(r *http.Request) string {
	scheme, value, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(value)
}

// Identify returns the caller of a request. Credentials in the header take
// precedence over a session.
func (a *Authenticator) Identify(r *http.Request, session string) (*access.Identity, error) {
	if r.Header.Get("Authorization") != "" {
		return a.Admit(r.Context(), bearer(r))
	}
	if session != "" {
		return a.sessions.Authenticate(session)
	}
	return nil, message.Errorf("%w: no credentials", access.ErrUnauthenticated)
}

// Claims names the key that a request claims to have by its public part, without checking
// it; "" where there is no such key.
func (a *Authenticator) Claims(r *http.Request) string {
	if text := bearer(r); access.IsKey(text) {
		return a.users.Names(text)
	}
	return ""
}

// Admit returns the owner of a key or a token, which differ in form.
func (a *Authenticator) Admit(ctx context.Context, credentials string) (*access.Identity, error) {
	return a.admitSince(ctx, credentials, time.Time{})
}

// admitSince admits the bearer of a key or a token for a session that was opened with
// it at a time, zero for none.
func (a *Authenticator) admitSince(ctx context.Context, credentials string, opened time.Time) (*access.Identity, error) {
	if access.IsKey(credentials) || a.tokens == nil {
		return a.users.AuthenticateSince(credentials, opened)
	}
	return a.tokens.Authenticate(ctx, credentials)
}

// Open begins a session for the bearer of a key or a token, and ends the one that the
// request carried. It ends with the key or the token.
func (a *Authenticator) Open(r *http.Request, carried string) (string, time.Time, error) {
	credentials, opened := bearer(r), time.Now()
	return a.sessions.Open(carried, func() (*access.Identity, error) {
		return a.admitSince(context.Background(), credentials, opened)
	})
}

// Close ends a session.
func (a *Authenticator) Close(session string) { a.sessions.Close(session) }
