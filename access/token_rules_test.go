package access_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"liantu/access"
)

// judge checks whether a token is accepted.
func judge(t *testing.T, tokens *access.Tokens, token string, want bool) {
	t.Helper()
	_, err := tokens.Authenticate(t.Context(), token)
	if err != nil && !errors.Is(err, access.ErrUnauthenticated) {
		t.Errorf("error %v, want ErrUnauthenticated", err)
	}
	if (err == nil) != want {
		t.Errorf("accepted is %v, want %v: %v", err == nil, want, err)
	}
}

// TestOnlyAccessTokens sends tokens of all kinds that a provider signs with the same key
// about the same person.
func TestOnlyAccessTokens(t *testing.T) {
	i := newIssuer(t)
	strict, plain := i.config(), i.config()
	plain.Type = access.TypePlain
	byType := map[string]*access.Tokens{"at+jwt": newTokens(t, strict), "jwt": newTokens(t, plain)}
	for name, c := range map[string]struct {
		typ           any
		claims        jwt.MapClaims
		strict, plain bool
	}{
		"of RFC 9068":               {"at+jwt", i.claims("scope", "openid"), true, true},
		"of RFC 9068, the whole":    {"Application/AT+JWT", i.claims("scope", "openid"), true, true},
		"of Keycloak":               {"JWT", i.claims("typ", "Bearer", "scope", "openid"), false, true},
		"without typ":               {nil, i.claims("scope", "openid"), false, true},
		"with scp":                  {"JWT", i.claims("scp", []string{"ask"}), false, true},
		"an ID token":               {"JWT", i.claims("nonce", "n", "at_hash", "x"), false, false},
		"an ID token with a scope":  {"JWT", i.claims("nonce", "n", "scope", "openid"), false, false},
		"with at_hash":              {"at+jwt", i.claims("at_hash", "x", "scope", "openid"), false, false},
		"an ID token of few claims": {"JWT", i.claims(), false, false},
		"an ID token of Keycloak":   {"JWT", i.claims("typ", "ID", "scope", "openid"), false, false},
		"a refresh token":           {"JWT", i.claims("typ", "Refresh", "scope", "openid"), false, false},
		"a logout token":            {"logout+jwt", i.claims("scope", "openid"), false, false},
		"a typ that is no text":     {7, i.claims("scope", "openid"), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			token := sign(t, jwt.SigningMethodRS256, i.rsa, c.claims, "typ", c.typ)
			judge(t, byType["at+jwt"], token, c.strict)
			judge(t, byType["jwt"], token, c.plain)
		})
	}
}

// TestAuthorizedParties sends tokens that were issued for other clients.
func TestAuthorizedParties(t *testing.T) {
	i := newIssuer(t)
	none := i.config()
	none.AuthorizedParties = nil
	open, closed := newTokens(t, none), newTokens(t, i.config())
	for name, c := range map[string]struct {
		claims       jwt.MapClaims
		open, closed bool
	}{
		"one audience":          {i.claims("aud", "liantu"), true, true},
		"several audiences":     {i.claims(), false, true},
		"another client":        {i.claims("client_id", "game"), false, false},
		"azp":                   {i.claims("client_id", nil, "azp", "liantu-web"), false, true},
		"azp of another":        {i.claims("azp", "game"), false, false},
		"no client":             {i.claims("client_id", nil), false, false},
		"one audience, another": {i.claims("aud", "liantu", "client_id", "game"), true, false},
		"azp that is no text":   {i.claims("azp", []string{"liantu-web"}), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			token := sign(t, jwt.SigningMethodRS256, i.rsa, c.claims)
			judge(t, open, token, c.open)
			judge(t, closed, token, c.closed)
		})
	}
}

// TestTokenLifetime sends tokens that were issued for very long.
func TestTokenLifetime(t *testing.T) {
	i := newIssuer(t)
	now := time.Now()
	hour := i.config()
	hour.MaxLifetime = time.Hour
	usual, short := newTokens(t, i.config()), newTokens(t, hour)
	for name, c := range map[string]struct {
		claims       jwt.MapClaims
		usual, short bool
	}{
		"an hour":                 {i.claims(), true, true},
		"two hours":               {i.claims("exp", now.Add(2*time.Hour).Unix()), true, false},
		"two hours, nearly over":  {i.claims("iat", now.Add(-time.Hour).Unix(), "exp", now.Add(time.Hour).Unix()), true, false},
		"a year":                  {i.claims("exp", now.AddDate(1, 0, 0).Unix()), false, false},
		"without a time of issue": {i.claims("iat", nil), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			token := sign(t, jwt.SigningMethodRS256, i.rsa, c.claims)
			judge(t, usual, token, c.usual)
			judge(t, short, token, c.short)
		})
	}
}

// TestWeakKeys signs with keys that an issuer should not have.
func TestWeakKeys(t *testing.T) {
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i := newIssuer(t)
	cfg := i.config()
	cfg.Algorithms = []string{"RS256", "PS256", "ES256", "ES384"}
	i.kids = map[string]any{"r1": &i.rsa.PublicKey, "weak": &weak.PublicKey, "e1": &i.ec.PublicKey, "e2": &other.PublicKey}
	tokens := newTokens(t, cfg)
	judge(t, tokens, sign(t, jwt.SigningMethodRS256, weak, i.claims(), "kid", "weak"), false)
	judge(t, tokens, sign(t, jwt.SigningMethodPS256, weak, i.claims(), "kid", "weak"), false)
	judge(t, tokens, sign(t, jwt.SigningMethodPS256, i.rsa, i.claims()), true)
	judge(t, tokens, sign(t, jwt.SigningMethodES256, i.ec, i.claims(), "kid", "e1"), true)
	judge(t, tokens, sign(t, jwt.SigningMethodES384, other, i.claims(), "kid", "e2"), true)
	judge(t, tokens, sign(t, jwt.SigningMethodES256, i.ec, i.claims(), "kid", "e2"), false)

	i.mu.Lock()
	i.stated = "PS256"
	i.mu.Unlock()
	tokens = newTokens(t, cfg)
	judge(t, tokens, sign(t, jwt.SigningMethodRS256, i.rsa, i.claims()), false)
	judge(t, tokens, sign(t, jwt.SigningMethodPS256, i.rsa, i.claims()), true)
}

// TestKeysAreCachedAsTheIssuerSays removes the key of an issuer and sends tokens of it
// as time goes by.
func TestKeysAreCachedAsTheIssuerSays(t *testing.T) {
	for cache, want := range map[string]time.Duration{
		"": 15 * time.Minute, "public, max-age=300": 5 * time.Minute, "max-age=5": time.Minute, "no-store": time.Minute,
		"max-age=864000": time.Hour, "max-age=99999999999999999999": time.Minute, "max-age=-1": time.Minute,
	} {
		t.Run(cache, func(t *testing.T) {
			i := newIssuer(t)
			i.cache = cache
			start := time.Now()
			now := start
			tokens := newTokens(t, i.config())
			access.SetTokenClock(tokens, func() time.Time { return now })
			token := sign(t, jwt.SigningMethodRS256, i.rsa, i.claims("exp", start.Add(5*time.Hour).Unix()))
			judge(t, tokens, token, true)
			i.mu.Lock()
			i.kids = map[string]any{}
			i.mu.Unlock()
			now = start.Add(want - time.Second)
			judge(t, tokens, token, true)
			now = start.Add(want + time.Second)
			judge(t, tokens, token, false)
		})
	}
}

// TestStaleKeys sends tokens while the issuer cannot be reached.
func TestStaleKeys(t *testing.T) {
	i := newIssuer(t)
	i.cache = "max-age=300"
	start := time.Now()
	now := start
	tokens := newTokens(t, i.config())
	access.SetTokenClock(tokens, func() time.Time { return now })
	token := sign(t, jwt.SigningMethodRS256, i.rsa, i.claims("exp", start.Add(5*time.Hour).Unix()))
	judge(t, tokens, token, true)
	i.mu.Lock()
	i.turned = "https://127.0.0.1:1/" // it answers, but not with keys
	i.mu.Unlock()
	now = start.Add(5*time.Minute + 59*time.Minute)
	judge(t, tokens, token, true)
	for range 5 {
		judge(t, tokens, token, true)
	}
	if n := i.fetches.Load(); n != 2 {
		t.Errorf("%d fetches, want one at the start and one when the keys were old", n)
	}
	now = start.Add(5*time.Minute + time.Hour + time.Second)
	judge(t, tokens, token, false)
	i.mu.Lock()
	i.turned = ""
	i.mu.Unlock()
	judge(t, tokens, token, false)
	now = now.Add(time.Minute)
	judge(t, tokens, token, true)
}

// TestIssuerIsHeld has an issuer, or somebody in its place, answer in ways that it should
// not.
func TestIssuerIsHeld(t *testing.T) {
	elsewhere := newIssuer(t)
	t.Run("keys on another host without TLS", func(t *testing.T) {
		i := newIssuer(t)
		i.keysAt = strings.Replace(i.keysAt, "127.0.0.1", "localhost", 1)
		judge(t, newTokens(t, i.config()), sign(t, jwt.SigningMethodRS256, i.rsa, i.claims()), false)
	})
	t.Run("too many bytes", func(t *testing.T) {
		i := newIssuer(t)
		i.padding = 2 << 20
		judge(t, newTokens(t, i.config()), sign(t, jwt.SigningMethodRS256, i.rsa, i.claims()), false)
	})
	t.Run("a redirect to another host", func(t *testing.T) {
		i := newIssuer(t)
		i.turned = elsewhere.keysAt
		elsewhere.kids = map[string]any{"r1": &i.rsa.PublicKey}
		judge(t, newTokens(t, i.config()), sign(t, jwt.SigningMethodRS256, i.rsa, i.claims()), false)
	})
	t.Run("a discovery document of too many bytes", func(t *testing.T) {
		i := newIssuer(t)
		next := i.Config.Handler
		i.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			if strings.Contains(r.URL.Path, "openid-configuration") {
				_, _ = w.Write([]byte(strings.Repeat(" ", 2<<20))) // the client notices
			}
		})
		judge(t, newTokens(t, i.config()), sign(t, jwt.SigningMethodRS256, i.rsa, i.claims()), false)
	})
	t.Run("an address with a name before the host", func(t *testing.T) {
		_, err := access.NewTokens(access.TokenConfig{
			Issuer: "http://127.0.0.1:80@issuer.example", Audience: "liantu", Algorithms: []string{"RS256"}, RoleClaim: "groups", Roles: elsewhere.config().Roles,
		})
		if !errors.Is(err, access.ErrInvalid) {
			t.Errorf("error %v, want ErrInvalid", err)
		}
	})
}
