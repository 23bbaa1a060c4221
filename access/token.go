package access

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

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

	// Type is what the header typ must say: [TypeAccess], which is the default, or
	// [TypePlain] for a provider that marks its access tokens like any others.
	Type string
	// AuthorizedParties are the clients for which tokens may have been issued, by the
	// claims azp and client_id. Where it is empty, a token of several audiences is refused.
	AuthorizedParties []string
	MaxLifetime       time.Duration // between the claims iat and exp; the default is 24 hours

	Client *http.Client // for the issuer; the default is one with time-outs
}

// leeway is how far clocks may differ.
const leeway = 30 * time.Second

// The types of tokens that a configuration may accept.
const (
	TypeAccess = "at+jwt" // access tokens in the form of RFC 9068
	TypePlain  = "jwt"    // access tokens whose header says JWT or nothing; see [Tokens.Authenticate]
)

// defaultLifetime is the longest lifetime of a token where the configuration has none.
const defaultLifetime = 24 * time.Hour

// publicAlgorithms are the signatures that a token may have.
var publicAlgorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// Tokens verifies bearer tokens (JSON Web Tokens) of one identity provider.
// The issuer need not be reachable when it is made; see [keyring] for when keys are
// fetched.
type Tokens struct {
	cfg    TokenConfig
	parser *jwt.Parser
	keys   *keyring
	now    func() time.Time
}

// NewTokens checks the configuration. The error joins every fault.
func NewTokens(cfg TokenConfig) (*Tokens, error) {
	cfg.Type, cfg.MaxLifetime = cmp.Or(cfg.Type, TypeAccess), cmp.Or(cfg.MaxLifetime, defaultLifetime)
	if err := cfg.check(); err != nil {
		return nil, err
	}
	t := &Tokens{cfg: cfg, now: time.Now}
	t.keys = newKeyring(cfg.Issuer, cfg.Client, func() time.Time { return t.now() })
	t.parser = jwt.NewParser(
		jwt.WithValidMethods(cfg.Algorithms), jwt.WithIssuer(cfg.Issuer), jwt.WithAudience(cfg.Audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway), jwt.WithStrictDecoding(),
		jwt.WithTimeFunc(func() time.Time { return t.now() }),
	)
	return t, nil
}

// check joins every fault of the configuration.
func (cfg TokenConfig) check() error {
	var faults []error
	if !isSecure(cfg.Issuer, cfg.Issuer) {
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
	if cfg.Type != TypeAccess && cfg.Type != TypePlain {
		faults = append(faults, message.As(ErrInvalid, "token type %q is neither %s nor %s", cfg.Type, TypeAccess, TypePlain))
	}
	if cfg.MaxLifetime < 0 {
		faults = append(faults, message.As(ErrInvalid, "the longest lifetime of a token is below zero"))
	}
	if cfg.RoleClaim == "" || len(cfg.Roles) == 0 {
		faults = append(faults, message.As(ErrInvalid, "no claim gives a role"))
	}
	for value, role := range cfg.Roles {
		if role == schema.RoleAnonymous || schema.DefaultPolicy().Role(role) == nil {
			faults = append(faults, message.As(ErrInvalid, "claim value %q: role %q is not one that a user can have", value, role))
		}
	}
	return errors.Join(faults...)
}

// maxToken is the most bytes of a token.
const maxToken = 8 << 10

// refusedHeaders name keys or demands that a token must not bring.
var refusedHeaders = []string{"jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"}

// Authenticate returns the identity that a bearer token stands for. A token
// that is not signed by the issuer, not for this audience, not yet or no
// longer valid, longer valid than permitted, issued for a client that is not an
// authorized party, not an access token, or without a role gives [ErrUnauthenticated].
//
// An access token is one whose header typ says so. With [TypePlain] it is one whose
// claims have a mark of access tokens and none of ID tokens, which the same provider
// issues about the same persons to pages that must not ask with them.
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
		if err := t.checkType(parsed.Header); err != nil {
			return nil, err
		}
		kid, ok := parsed.Header["kid"].(string)
		if !ok || kid == "" {
			return nil, message.Errorf("the token names no key")
		}
		return t.keys.key(ctx, kid, parsed.Method.Alg())
	})
	if err == nil {
		err = t.checkClaims(claims)
	}
	if err != nil {
		return nil, message.Errorf("%w: %w", ErrUnauthenticated, err)
	}
	return t.identity(claims)
}

// checkType refuses a token whose header typ is not one of access tokens.
func (t *Tokens) checkType(header map[string]any) error {
	text, isText := header["typ"].(string)
	typ := strings.TrimPrefix(strings.ToLower(text), "application/")
	_, stated := header["typ"]
	switch {
	case typ == TypeAccess:
		return nil
	case t.cfg.Type == TypePlain && (!stated || isText && typ == "jwt"):
		return nil
	}
	return message.Errorf("the type of the token is %q, which is not that of an access token", text)
}

// checkClaims refuses what a valid signature does not decide.
func (t *Tokens) checkClaims(claims jwt.MapClaims) error {
	issued, err := claims.GetIssuedAt()
	if err != nil || issued == nil {
		return message.Errorf("the token does not state when it was issued")
	}
	expires, err := claims.GetExpirationTime()
	if err != nil || expires == nil || expires.Sub(issued.Time) > t.cfg.MaxLifetime {
		return message.Errorf("the token is valid for longer than %v", t.cfg.MaxLifetime)
	}
	if err := t.checkParty(claims); err != nil {
		return err
	}
	for _, name := range []string{"nonce", "at_hash", "c_hash", "s_hash"} {
		if _, ok := claims[name]; ok {
			return message.Errorf("the claim %q is one of ID tokens", name)
		}
	}
	kind, stated := claims["typ"] // which Keycloak sets: Bearer, ID, Refresh
	if stated && kind != "Bearer" {
		return message.Errorf("the claim %q is not that of an access token", "typ")
	}
	if t.cfg.Type == TypePlain && !stated && len(texts(claims["scope"])) == 0 && len(texts(claims["scp"])) == 0 {
		return message.Errorf("the token has no mark of access tokens: a scope, or the type Bearer")
	}
	return nil
}

// checkParty refuses a token that was issued for a client which is not an authorized
// party, or for several audiences where no party is authorized.
func (t *Tokens) checkParty(claims jwt.MapClaims) error {
	audiences, err := claims.GetAudience()
	if err != nil {
		return err
	}
	if len(t.cfg.AuthorizedParties) == 0 {
		if len(audiences) > 1 {
			return message.Errorf("the token has several audiences, and no authorized party is set")
		}
		return nil
	}
	found := false
	for _, name := range []string{"azp", "client_id"} {
		value, stated := claims[name]
		if !stated {
			continue
		}
		party, ok := value.(string)
		if !ok || !slices.Contains(t.cfg.AuthorizedParties, party) {
			return message.Errorf("the token was issued for another client than the authorized parties")
		}
		found = true
	}
	if !found {
		return message.Errorf("the token does not state for which client it was issued")
	}
	return nil
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
