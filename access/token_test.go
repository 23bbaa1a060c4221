package access_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"

	"liantu/access"
	"liantu/schema"
)

// issuer is an identity provider on this machine.
type issuer struct {
	*httptest.Server
	rsa     *rsa.PrivateKey
	ec      *ecdsa.PrivateKey
	mu      sync.Mutex
	kids    map[string]any // public keys by their id
	stated  string         // the algorithm that the keys state, "" for none
	keysAt  string         // the address of the keys
	cache   string         // the header Cache-Control of the keys
	padding int            // spaces behind the keys
	turned  string         // where the address of the keys redirects to, "" for nowhere
	fetches atomic.Int64
}

// keyOfIssuers is the key of all of them, since it takes long to make.
var keyOfIssuers = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	i := new(issuer)
	var err error
	if i.rsa, err = keyOfIssuers(); err != nil {
		t.Fatal(err)
	}
	if i.ec, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	i.kids = map[string]any{"r1": &i.rsa.PublicKey}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, map[string]any{"issuer": i.URL, "jwks_uri": i.keysAt, "authorization_endpoint": i.URL + "/a", "token_endpoint": i.URL + "/t"})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		i.fetches.Add(1)
		i.mu.Lock()
		defer i.mu.Unlock()
		if i.turned != "" {
			w.Header().Set("Location", i.turned)
			w.WriteHeader(http.StatusFound)
			return
		}
		if i.cache != "" {
			w.Header().Set("Cache-Control", i.cache)
		}
		var set jose.JSONWebKeySet
		for kid, key := range i.kids {
			set.Keys = append(set.Keys, jose.JSONWebKey{Key: key, KeyID: kid, Use: "sig", Algorithm: i.stated})
		}
		writeJSON(w, set)
		_, _ = io.WriteString(w, strings.Repeat(" ", i.padding)) // the client notices
	})
	i.Server = httptest.NewServer(mux)
	i.keysAt = i.URL + "/keys"
	t.Cleanup(i.Close)
	return i
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the client notices
}

func (i *issuer) config() access.TokenConfig {
	return access.TokenConfig{
		Issuer: i.URL, Audience: "liantu", Algorithms: []string{"RS256", "ES256"}, RoleClaim: "groups",
		Roles:        map[string]schema.Role{"zhuanban": schema.RoleStrategist, "shuju": schema.RoleSteward, "kan": schema.RoleViewer, "jigou": schema.RoleIntermediary},
		RegionsClaim: "regions", EcosystemsClaim: "ecosystems", IntermediaryClaim: "org",
		AuthorizedParties: []string{"liantu-web"},
	}
}

// claims of a token that is in order, changed by pairs of a name and a value; a
// nil value removes a claim.
func (i *issuer) claims(changes ...any) jwt.MapClaims {
	now := time.Now()
	c := jwt.MapClaims{
		"iss": i.URL, "aud": []string{"liantu", "other"}, "sub": "u-17", "exp": now.Add(time.Hour).Unix(), "iat": now.Unix(),
		"groups": []string{"x", "shuju"}, "preferred_username": "wang", "client_id": "liantu-web",
	}
	for k := 0; k < len(changes); k += 2 {
		name := changes[k].(string)
		if changes[k+1] == nil {
			delete(c, name)
		} else {
			c[name] = changes[k+1]
		}
	}
	return c
}

func sign(t *testing.T, method jwt.SigningMethod, key any, claims jwt.MapClaims, header ...any) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	token.Header["kid"], token.Header["typ"] = "r1", "at+jwt"
	for k := 0; k < len(header); k += 2 {
		if header[k+1] == nil {
			delete(token.Header, header[k].(string))
		} else {
			token.Header[header[k].(string)] = header[k+1]
		}
	}
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func newTokens(t *testing.T, cfg access.TokenConfig) *access.Tokens {
	t.Helper()
	tokens, err := access.NewTokens(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

func TestTokenGivesIdentity(t *testing.T) {
	i := newIssuer(t)
	tokens := newTokens(t, i.config())
	for name, c := range map[string]struct {
		claims jwt.MapClaims
		want   access.Identity
	}{
		"steward":                         {i.claims(), access.Identity{Subject: i.URL + "#u-17", Name: "wang", Role: schema.RoleSteward}},
		"several groups, the widest role": {i.claims("groups", []string{"kan", "shuju"}, "preferred_username", nil), access.Identity{Subject: i.URL + "#u-17", Name: "u-17", Role: schema.RoleSteward}},
		"strategist with a scope": {
			i.claims("groups", "zhuanban", "regions", []string{"330100"}, "ecosystems", []string{"aiot", "energy"}),
			access.Identity{Subject: i.URL + "#u-17", Name: "wang", Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"aiot", "energy"}}},
		},
		"intermediary": {
			i.claims("groups", "jigou", "org", "某律师事务所"),
			access.Identity{Subject: i.URL + "#u-17", Name: "wang", Role: schema.RoleIntermediary, Scope: access.Scope{Intermediary: "某律师事务所"}},
		},
		"audience as one text": {i.claims("aud", "liantu"), access.Identity{Subject: i.URL + "#u-17", Name: "wang", Role: schema.RoleSteward}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tokens.Authenticate(t.Context(), sign(t, jwt.SigningMethodRS256, i.rsa, c.claims))
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprintf("%+v", *got) != fmt.Sprintf("%+v", c.want) {
				t.Errorf("identity %+v, want %+v", *got, c.want)
			}
		})
	}
}

// TestTokenAttacks holds tokens that must be refused.
func TestTokenAttacks(t *testing.T) {
	i := newIssuer(t)
	tokens := newTokens(t, i.config())
	now := time.Now()
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&i.rsa.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	good := sign(t, jwt.SigningMethodRS256, i.rsa, i.claims())
	parts := strings.Split(good, ".")
	rs := func(claims jwt.MapClaims, header ...any) string {
		return sign(t, jwt.SigningMethodRS256, i.rsa, claims, header...)
	}
	for name, token := range map[string]string{
		"alg none":                         sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, i.claims()),
		"alg None without a signature":     base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"None","kid":"r1"}`)) + "." + parts[1] + ".",
		"HS256 signed with the public key": sign(t, jwt.SigningMethodHS256, public, i.claims()),
		"an algorithm that is not pinned":  sign(t, jwt.SigningMethodRS512, i.rsa, i.claims()),
		"ES256 with the id of an RSA key":  sign(t, jwt.SigningMethodES256, i.ec, i.claims()),
		"another key":                      sign(t, jwt.SigningMethodRS256, other, i.claims()),
		"wrong issuer":                     rs(i.claims("iss", "https://issuer.example")),
		"issuer that only begins alike":    rs(i.claims("iss", i.URL+".evil.example")),
		"issuer with a slash":              rs(i.claims("iss", i.URL+"/")),
		"no issuer":                        rs(i.claims("iss", nil)),
		"missing audience":                 rs(i.claims("aud", nil)),
		"wrong audience":                   rs(i.claims("aud", "liantu-test")),
		"no expiry":                        rs(i.claims("exp", nil)),
		"expired":                          rs(i.claims("exp", now.Add(-time.Minute).Unix())),
		"not yet valid":                    rs(i.claims("nbf", now.Add(time.Hour).Unix())),
		"issued in the future":             rs(i.claims("iat", now.Add(time.Hour).Unix())),
		"no subject":                       rs(i.claims("sub", nil)),
		"no role":                          rs(i.claims("groups", []string{"others"})),
		"strategist without a scope":       rs(i.claims("groups", "zhuanban")),
		"strategist of an unknown region":  rs(i.claims("groups", "zhuanban", "regions", []string{"999999"}, "ecosystems", []string{"*"})),
		"intermediary of several":          rs(i.claims("groups", "jigou", "org", []string{"a", "b"})),
		"jku":                              rs(i.claims(), "jku", "https://evil.example/keys"),
		"x5u":                              rs(i.claims(), "x5u", "https://evil.example/cert"),
		"x5c":                              rs(i.claims(), "x5c", []string{"MII"}),
		"its own key":                      rs(i.claims(), "jwk", map[string]string{"kty": "RSA"}),
		"crit":                             rs(i.claims(), "crit", []string{"exp"}),
		"no key id":                        rs(i.claims(), "kid", nil),
		"unknown key id":                   rs(i.claims(), "kid", "r9"),
		"changed payload":                  parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"iss":"`+i.URL+`"}`)) + "." + parts[2],
		"cut signature":                    good[:len(good)-4],
		"padding":                          good + "=",
		"two dots":                         "..",
		"empty":                            "",
		"too long":                         rs(i.claims("padding", strings.Repeat("x", 9<<10))),
	} {
		t.Run(name, func(t *testing.T) {
			id, err := tokens.Authenticate(t.Context(), token)
			if !errors.Is(err, access.ErrUnauthenticated) {
				t.Errorf("identity %+v, error %v; want it refused", id, err)
			}
		})
	}
	if _, err := tokens.Authenticate(t.Context(), good); err != nil {
		t.Errorf("the good token: %v", err)
	}
}

// TestKeyRotation checks that a new key is accepted, after at most a minute.
func TestKeyRotation(t *testing.T) {
	i := newIssuer(t)
	now := time.Now()
	tokens := newTokens(t, i.config())
	access.SetTokenClock(tokens, func() time.Time { return now })
	good := sign(t, jwt.SigningMethodRS256, i.rsa, i.claims())
	if _, err := tokens.Authenticate(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for k := range 50 {
		all.Go(func() {
			storm := sign(t, jwt.SigningMethodRS256, i.rsa, i.claims(), "kid", fmt.Sprint("unknown", k))
			if _, err := tokens.Authenticate(t.Context(), storm); !errors.Is(err, access.ErrUnauthenticated) {
				t.Errorf("unknown key: %v", err)
			}
		})
	}
	all.Wait()
	if n := i.fetches.Load(); n != 1 {
		t.Errorf("%d fetches during a storm of unknown keys, want 1", n)
	}
	i.mu.Lock()
	i.kids = map[string]any{"e2": &i.ec.PublicKey}
	i.mu.Unlock()
	rotated := sign(t, jwt.SigningMethodES256, i.ec, i.claims(), "kid", "e2")
	if _, err := tokens.Authenticate(t.Context(), rotated); err == nil {
		t.Error("the new key is known before it was fetched")
	}
	now = now.Add(time.Minute)
	if _, err := tokens.Authenticate(t.Context(), rotated); err != nil {
		t.Errorf("the new key: %v", err)
	}
	if _, err := tokens.Authenticate(t.Context(), good); err == nil {
		t.Error("the removed key is still accepted")
	}
	i.Close()
	now = now.Add(30 * time.Minute)
	late := sign(t, jwt.SigningMethodES256, i.ec, i.claims("exp", now.Add(3*time.Hour).Unix()), "kid", "e2")
	if _, err := tokens.Authenticate(t.Context(), late); err != nil {
		t.Errorf("with the issuer unreachable: %v", err)
	}
}

func TestTokenConfig(t *testing.T) {
	_, err := access.NewTokens(access.TokenConfig{Issuer: "http://issuer.example", Algorithms: []string{"HS256", "none"}, Roles: map[string]schema.Role{"a": "king"}})
	if !errors.Is(err, access.ErrInvalid) {
		t.Fatal(err)
	}
	for _, want := range []string{"not an https address", "audience is empty", `"HS256"`, `"none"`, "no claim gives a role", `"king"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %s:\n%v", want, err)
		}
	}
}
