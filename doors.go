package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"liantu/access"
)

// doors let in the users of a file by their keys, those whom an identity
// provider vouches for by its tokens, and sessions opened with either.
type doors struct {
	users    *access.Users
	tokens   *access.Tokens // nil without a provider
	sessions *access.Sessions
}

// newDoors makes the doors of the settings, nil if nobody is asked who they are.
func (a *app) newDoors() (*doors, error) {
	c := a.cfg.Access
	if c.Mode == accessNone {
		return nil, nil
	}
	users, err := access.OpenUsers(c.Users)
	if err != nil {
		return nil, err
	}
	d := &doors{users: users, sessions: access.NewSessions(c.Session, c.MaxSessions)}
	if c.Oidc.Issuer == "" {
		return d, nil
	}
	tokens, err := c.Oidc.tokens()
	if err != nil {
		return nil, err
	}
	d.tokens, err = access.NewTokens(tokens)
	return d, err
}

// bearer returns what a request brings as Authorization: Bearer.
func bearer(r *http.Request) string {
	scheme, value, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(value)
}

// Identify finds out who sent a request. Credentials in the header go before a
// session: what they say is what counts.
func (d *doors) Identify(r *http.Request, session string) (*access.Identity, error) {
	if r.Header.Get("Authorization") != "" {
		return d.admit(r.Context(), bearer(r))
	}
	if session != "" {
		return d.sessions.Authenticate(session)
	}
	return nil, fmt.Errorf("%w: no credentials", access.ErrUnauthenticated)
}

// admit tells a key from a token by its form.
func (d *doors) admit(ctx context.Context, credentials string) (*access.Identity, error) {
	if access.IsKey(credentials) || d.tokens == nil {
		return d.users.Authenticate(credentials)
	}
	return d.tokens.Authenticate(ctx, credentials)
}

// Open begins a session for the bearer of a key or a token. It ends with them.
func (d *doors) Open(r *http.Request) (string, time.Time, error) {
	credentials := bearer(r)
	if _, err := d.admit(r.Context(), credentials); err != nil {
		return "", time.Time{}, err
	}
	return d.sessions.Open(func() (*access.Identity, error) { return d.admit(context.Background(), credentials) })
}

// Close ends a session.
func (d *doors) Close(session string) { d.sessions.Close(session) }
