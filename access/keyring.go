package access

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"

	"liantu/message"
)

// When keys are fetched and for how long they are used.
const (
	refetchAfter = time.Minute      // between two fetches at least
	cachedUsual  = 15 * time.Minute // where the issuer states no time
	cachedMost   = time.Hour        // whatever time the issuer states
	staleMost    = time.Hour        // beyond that time, while the issuer cannot be reached
)

// minRSABits is the length from which on RSA keys are accepted.
const minRSABits = 2048

// maxIssuerBytes is the most bytes of an answer of the issuer.
const maxIssuerBytes = 1 << 20

// keyring holds the public keys of an issuer. They are fetched when a token needs them:
// again once the time is over for which the issuer lets them be cached, which is
// taken as at least a minute and at most an hour, and for an unknown key, but never twice
// within a minute, so that tokens with invented key ids cause no requests to the issuer.
// While the issuer cannot be reached, the keys are used for one hour more.
type keyring struct {
	issuer string
	client *http.Client
	now    func() time.Time

	fetching sync.Mutex // held while keys are fetched

	mu      sync.Mutex // of the fields below; only the holder of fetching writes them
	keys    map[string]jose.JSONWebKey
	tried   time.Time // the end of the last fetch, failed or not
	expires time.Time // when the keys are to be fetched again
}

// newKeyring returns a keyring without keys. A client of nil is one with time-outs.
func newKeyring(issuer string, client *http.Client, now func() time.Time) *keyring {
	if client == nil {
		client = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		}}
	}
	bounded := *client
	if bounded.Transport == nil {
		bounded.Transport = http.DefaultTransport
	}
	bounded.Transport = boundedTransport{bounded.Transport}
	bounded.CheckRedirect = sameOrigin
	return &keyring{issuer: issuer, client: &bounded, now: now}
}

// key returns the public key with an id, if it fits the algorithm.
func (k *keyring) key(ctx context.Context, kid, algorithm string) (any, error) {
	key, known, state := k.known(kid)
	if !known || state != fresh {
		if err := k.refresh(ctx, known && state == stale); err != nil {
			return nil, err
		}
		key, known, state = k.known(kid)
	}
	if state == expired {
		return nil, message.Errorf("the keys of the issuer are out of date")
	}
	if !known {
		return nil, message.Errorf("the issuer has no such key")
	}
	if err := fits(key, algorithm); err != nil {
		return nil, err
	}
	return key.Key, nil
}

// The states of the keys.
const (
	fresh   = iota
	stale   // to be fetched again, and used if that fails
	expired // not to be used
)

// known returns the key with an id, and the state of all keys.
func (k *keyring) known(kid string) (key jose.JSONWebKey, known bool, state int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, known = k.keys[kid]
	switch now := k.now(); {
	case now.Before(k.expires):
		return key, known, fresh
	case now.Before(k.expires.Add(staleMost)):
		return key, known, stale
	}
	return key, known, expired
}

// refresh fetches the keys unless that was tried within a minute. Who can do with the
// keys that are there does not wait for somebody else's fetch.
func (k *keyring) refresh(ctx context.Context, canDo bool) error {
	if canDo {
		if !k.fetching.TryLock() {
			return nil
		}
	} else {
		k.fetching.Lock()
	}
	defer k.fetching.Unlock()
	if !k.tried.IsZero() && k.now().Sub(k.tried) < refetchAfter {
		return nil
	}
	keys, cached, err := k.fetch(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tried = k.now()
	if err == nil {
		k.keys, k.expires = keys, k.tried.Add(cached)
		return nil
	}
	if k.now().Before(k.expires.Add(staleMost)) {
		return nil
	}
	return message.Errorf("the keys of the issuer cannot be fetched: %w", err)
}

// fetch reads the public keys that the discovery document of the issuer names, and for
// how long they may be cached.
func (k *keyring) fetch(ctx context.Context) (map[string]jose.JSONWebKey, time.Duration, error) {
	// The caller may go away; the keys are for all callers.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, k.client), k.issuer)
	if err != nil {
		return nil, 0, err
	}
	var document struct {
		Keys string `json:"jwks_uri"`
	}
	if err := provider.Claims(&document); err != nil {
		return nil, 0, err
	}
	if !isSecure(document.Keys, k.issuer) {
		return nil, 0, message.Errorf("the address of the keys is %q, which is not an https address", document.Keys)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, document.Keys, nil)
	if err != nil {
		return nil, 0, err
	}
	response, err := k.client.Do(request)
	if err != nil {
		return nil, 0, err
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, 0, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, 0, message.Errorf("%s answers with status %d", document.Keys, response.StatusCode)
	}
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(body, &set); err != nil {
		return nil, 0, err
	}
	keys := map[string]jose.JSONWebKey{}
	for _, key := range set.Keys {
		if key.KeyID != "" && key.IsPublic() && key.Valid() && (key.Use == "" || key.Use == "sig") {
			keys[key.KeyID] = key
		}
	}
	return keys, cachedFor(response.Header), nil
}

// longMaxAge is as good as any greater number of seconds.
const longMaxAge = 24 * 60 * 60

// cachedFor returns for how long an answer may be cached, by its headers Cache-Control
// and Age, and within the bounds.
func cachedFor(header http.Header) time.Duration {
	lifetime := cachedUsual
	for directive := range strings.SplitSeq(strings.ToLower(strings.Join(header.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-store", "no-cache":
			return refetchAfter
		case "max-age":
			seconds, err := strconv.Atoi(strings.Trim(value, `" `))
			if err != nil {
				return refetchAfter
			}
			lifetime = time.Duration(min(seconds, longMaxAge)) * time.Second
			if age, err := strconv.Atoi(header.Get("Age")); err == nil && age > 0 {
				lifetime -= time.Duration(min(age, longMaxAge)) * time.Second
			}
		}
	}
	return max(refetchAfter, min(lifetime, cachedMost))
}

// curves are those of the algorithms of elliptic curves.
var curves = map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()}

// fits refuses a key that is too weak, or that is not one for the algorithm of a token.
func fits(key jose.JSONWebKey, algorithm string) error {
	ok := key.Algorithm == "" || key.Algorithm == algorithm
	switch public := key.Key.(type) {
	case *rsa.PublicKey:
		if bits := public.N.BitLen(); bits < minRSABits {
			return message.Errorf("the key of the issuer has %d bits, fewer than %d", bits, minRSABits)
		}
		ok = ok && (strings.HasPrefix(algorithm, "RS") || strings.HasPrefix(algorithm, "PS"))
	case *ecdsa.PublicKey:
		ok = ok && public.Curve == curves[algorithm]
	case ed25519.PublicKey:
		ok = ok && algorithm == "EdDSA"
	default:
		ok = false
	}
	if !ok {
		return message.Errorf("the key of the issuer is not one for %s", algorithm)
	}
	return nil
}

// isSecure reports whether an address is one of https, or of this machine where that of
// the issuer is one of this machine.
func isSecure(address, issuer string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	if u.Scheme == "https" {
		return true
	}
	here := func(u *url.URL) bool {
		ip, err := netip.ParseAddr(u.Hostname())
		return err == nil && ip.IsLoopback()
	}
	i, err := url.Parse(issuer)
	return err == nil && u.Scheme == "http" && i.Scheme == "http" && here(u) && here(i)
}

// sameOrigin refuses a redirect to another host or scheme: what the issuer says is
// believed because of its name.
func sameOrigin(request *http.Request, via []*http.Request) error {
	first := via[0].URL
	if request.URL.Scheme != first.Scheme || request.URL.Host != first.Host {
		return message.Errorf("the issuer redirects from %s to %s", first.Host, request.URL.Host)
	}
	if len(via) >= 5 {
		return message.Errorf("the issuer redirects too often")
	}
	return nil
}

// boundedTransport fails when more is read of an answer than the issuer may say.
type boundedTransport struct{ http.RoundTripper }

func (t boundedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := t.RoundTripper.RoundTrip(r)
	if err == nil {
		response.Body = http.MaxBytesReader(nil, response.Body, maxIssuerBytes)
	}
	return response, err
}
