package access

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"

	"liantu/message"
	"liantu/schema"
)

// TokenConfig says which bearer tokens are accepted.
type TokenConfig struct {
	Issuer     string   // exactly as the claim iss has it; its discovery document names the keys
	Audience   string   // must be among the claim aud
	Algorithms []string // accepted signatures, of public keys only: never HS256 or none
	RoleClaim  string   // the claim that holds a role or a list of groups
	// Roles gives the role of a value of that claim; of several the one that
	// comes last in schema.Roles.
	Roles map[string]schema.Role
	// The claims that hold the scope: lists of texts, or one text.
	RegionsClaim, EcosystemsClaim, IntermediaryClaim string

	Client *http.Client // for the issuer; the default is one with time-outs
}

// leeway is how far clocks may differ.
const leeway = 30 * time.Second

// Keys are fetched again for an unknown key id after refetchAfter, and in any
// case after keysLifetime.
const (
	refetchAfter = time.Minute
	keysLifetime = time.Hour
)

// publicAlgorithms are the signatures that a token may have.
var publicAlgorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// Tokens verifies bearer tokens (JSON Web Tokens) of one identity provider.
// The issuer need not be reachable when it is made; keys are fetched when a
// token needs them, at most once a minute, whatever key ids tokens name.
type Tokens struct {
	cfg    TokenConfig
	parser *jwt.Parser
	now    func() time.Time

	fetching sync.Mutex // held while keys are fetched

	mu      sync.Mutex     // of the fields below; only the holder of fetching writes them
	keys    map[string]any // by key id
	fetched time.Time      // the last try
}

// NewTokens checks the configuration. The error joins every fault.
func NewTokens(cfg TokenConfig) (*Tokens, error) {
	var faults []error
	if !strings.HasPrefix(cfg.Issuer, "https://") && !strings.HasPrefix(cfg.Issuer, "http://127.0.0.1:") {
		faults = append(faults, message.As(ErrInvalid, "issuer %q is not an https address", cfg.Issuer))
	}
	if cfg.Audience == "" {
		faults = append(faults, message.As(ErrInvalid, "audience is empty: any token of the issuer would do"))
	}
	if len(cfg.Algorithms) == 0 {
		faults = append(faults, message.As(ErrInvalid, "no algorithm is accepted"))
	}
	for _, a := range cfg.Algorithms {
		if !slices.Contains(publicAlgorithms, a) {
			faults = append(faults, message.As(ErrInvalid, "algorithm %q is not one of %s", a, strings.Join(publicAlgorithms, ", ")))
		}
	}
	if cfg.RoleClaim == "" || len(cfg.Roles) == 0 {
		faults = append(faults, message.As(ErrInvalid, "no claim gives a role"))
	}
	for value, role := range cfg.Roles {
		if role == schema.RoleAnonymous || schema.DefaultPolicy().Role(role) == nil {
			faults = append(faults, message.As(ErrInvalid, "claim value %q: role %q is not one that a user can have", value, role))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if cfg.Client == nil {
		cfg.Client = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		}}
	}
	t := &Tokens{cfg: cfg, now: time.Now}
	t.parser = jwt.NewParser(
		jwt.WithValidMethods(cfg.Algorithms), jwt.WithIssuer(cfg.Issuer), jwt.WithAudience(cfg.Audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway), jwt.WithStrictDecoding(),
		jwt.WithTimeFunc(func() time.Time { return t.now() }),
	)
	return t, nil
}

// maxToken is the most bytes of a token.
const maxToken = 8 << 10

// refusedHeaders name keys or demands that a token must not bring.
var refusedHeaders = []string{"jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"}

// Authenticate returns the identity that a bearer token stands for. A token
// that is not signed by the issuer, not for this audience, not yet or no
// longer valid, or without a role gives [ErrUnauthenticated].
func (t *Tokens) Authenticate(ctx context.Context, token string) (*Identity, error) {
	if len(token) > maxToken {
		return nil, message.Errorf("%w: the token is longer than %d bytes", ErrUnauthenticated, maxToken)
	}
	claims := jwt.MapClaims{}
	_, err := t.parser.ParseWithClaims(token, claims, func(parsed *jwt.Token) (any, error) {
		for _, name := range refusedHeaders {
			if _, ok := parsed.Header[name]; ok {
				return nil, message.Errorf("the header %q is not accepted", name)
			}
		}
		kid, ok := parsed.Header["kid"].(string)
		if !ok || kid == "" {
			return nil, message.Errorf("the token names no key")
		}
		return t.key(ctx, kid)
	})
	if err != nil {
		return nil, message.Errorf("%w: %w", ErrUnauthenticated, err)
	}
	return t.identity(claims)
}

// identity returns the caller that verified claims describe.
func (t *Tokens) identity(claims jwt.MapClaims) (*Identity, error) {
	subject, err := claims.GetSubject()
	if err != nil || subject == "" {
		return nil, message.Errorf("%w: the token has no subject", ErrUnauthenticated)
	}
	id := &Identity{Subject: t.cfg.Issuer + "#" + subject, Name: subject}
	for _, name := range []string{"preferred_username", "name"} {
		if text, ok := claims[name].(string); ok && text != "" {
			id.Name = text
			break
		}
	}
	rank := -1
	for _, value := range texts(claims[t.cfg.RoleClaim]) {
		role := t.cfg.Roles[value]
		if r := slices.Index(schema.Roles, role); r > rank {
			rank, id.Role = r, role
		}
	}
	if rank < 0 {
		return nil, message.Errorf("%w: the claim %q gives no role", ErrUnauthenticated, t.cfg.RoleClaim)
	}
	switch id.Policy().Scope {
	case schema.ScopeTaskForce:
		id.Scope.Regions, id.Scope.Ecosystems = texts(claims[t.cfg.RegionsClaim]), texts(claims[t.cfg.EcosystemsClaim])
	case schema.ScopeItself:
		if of := texts(claims[t.cfg.IntermediaryClaim]); len(of) == 1 {
			id.Scope.Intermediary = of[0]
		}
	}
	if err := id.Scope.check(id.Role); err != nil {
		return nil, message.Errorf("%w: %w", ErrUnauthenticated, err)
	}
	return id, nil
}

// texts reads a claim that is a text or a list of texts.
func texts(claim any) []string {
	switch v := claim.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, item := range v {
			if text, ok := item.(string); ok && text != "" {
				out = append(out, text)
			}
		}
		return out
	}
	return nil
}

// key returns a public key of the issuer. Keys are fetched again when they are
// old, and when one is not known, but never twice within a minute: tokens with
// invented key ids cause no requests to the issuer and do not delay the others.
func (t *Tokens) key(ctx context.Context, kid string) (any, error) {
	if key, fresh := t.known(kid); key != nil && fresh {
		return key, nil
	}
	t.fetching.Lock()
	defer t.fetching.Unlock()
	if t.fetched.IsZero() || t.now().Sub(t.fetched) >= refetchAfter {
		keys, err := t.fetch(ctx)
		t.mu.Lock()
		t.fetched = t.now()
		if err == nil {
			t.keys = keys
		}
		none := len(t.keys) == 0
		t.mu.Unlock()
		if err != nil && none {
			return nil, message.Errorf("the keys of the issuer cannot be fetched: %w", err)
		}
	}
	if key, _ := t.known(kid); key != nil {
		return key, nil
	}
	return nil, message.Errorf("the issuer has no such key")
}

// known returns a key that was fetched, nil for none, and whether it is recent.
func (t *Tokens) known(kid string) (key any, fresh bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.keys[kid], t.now().Sub(t.fetched) < keysLifetime
}

// fetch reads the public keys that the discovery document of the issuer names.
func (t *Tokens) fetch(ctx context.Context) (map[string]any, error) {
	// The caller may go away; the keys are for all callers.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, t.cfg.Client), t.cfg.Issuer)
	if err != nil {
		return nil, err
	}
	var document struct {
		Keys string `json:"jwks_uri"`
	}
	if err := provider.Claims(&document); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, document.Keys, nil)
	if err != nil {
		return nil, err
	}
	response, err := t.cfg.Client.Do(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, message.Errorf("%s answers with status %d", document.Keys, response.StatusCode)
	}
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(body, &set); err != nil {
		return nil, err
	}
	keys := map[string]any{}
	for _, k := range set.Keys {
		if k.KeyID != "" && k.IsPublic() && k.Valid() && (k.Use == "" || k.Use == "sig") {
			keys[k.KeyID] = k.Key
		}
	}
	return keys, nil
}
