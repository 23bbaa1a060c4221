package cli

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// closedGraph sets up a small graph that demands keys, and returns those of two users.
func closedGraph(t *testing.T) (kan, wang string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("LIANTU_STORE_PATH", loaded(t))
	t.Setenv("LIANTU_ACCESS_MODE", "required")
	t.Setenv("LIANTU_ACCESS_USERS", filepath.Join(dir, "users.json"))
	t.Setenv("LIANTU_ACCESS_AUDIT", filepath.Join(dir, "audit.jsonl"))
	must := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := program(t, args...)
		if code != exitOK {
			t.Fatalf("%v: %s", args, stderr)
		}
		return strings.TrimSpace(stdout)
	}
	must("users", "add", "kan", "--role", "viewer")
	must("users", "add", "wang", "--role", "steward")
	return must("keys", "add", "kan"), must("keys", "add", "wang")
}

// exchange makes a request with headers by turns and returns the answer and its body.
func exchange(t *testing.T, client *http.Client, method, url, body string, head ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == "Host" {
			request.Host = head[i+1]
			continue
		}
		request.Header.Add(head[i], head[i+1])
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

// openSession opens a session and returns the answer with its cookie, nil without one.
func openSession(t *testing.T, client *http.Client, url, key string, head ...string) (*http.Response, *http.Cookie) {
	t.Helper()
	response, _ := exchange(t, client, "POST", url+"/session", "{}", append(head, "Authorization", "Bearer "+key, "Content-Type", "application/json")...)
	if cookies := response.Cookies(); len(cookies) == 1 {
		return response, cookies[0]
	}
	return response, nil
}

const askVersion = `{"query":"{ meta { version } }"}`

// admits reports whether a cookie is taken for a session.
func admits(t *testing.T, client *http.Client, url string, cookie *http.Cookie, head ...string) bool {
	t.Helper()
	response, _ := exchange(t, client, "POST", url+"/graphql", askVersion, append(head, "Content-Type", "application/json", "Cookie", cookie.Name+"="+cookie.Value)...)
	return response.StatusCode == http.StatusOK
}

// TestSessionsAreBoundedForEach opens sessions beyond the limits over HTTP.
func TestSessionsAreBoundedForEach(t *testing.T) {
	kan, wang := closedGraph(t)
	t.Setenv("LIANTU_ACCESS_SESSIONS_PER_SUBJECT", "2")
	t.Setenv("LIANTU_ACCESS_MAX_SESSIONS", "2")
	s := serve(t, "serve")
	_, first := openSession(t, http.DefaultClient, s.url, wang)
	_, second := openSession(t, http.DefaultClient, s.url, wang)
	response, body := exchange(t, http.DefaultClient, "POST", s.url+"/session", "{}", "Authorization", "Bearer "+kan, "Content-Type", "application/json")
	if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" || !strings.Contains(body, `"OVERLOADED"`) || !strings.Contains(body, "SESSION_LIMIT") {
		t.Errorf("a session of another user at the limit: %d %s", response.StatusCode, body)
	}
	if !admits(t, http.DefaultClient, s.url, first) || !admits(t, http.DefaultClient, s.url, second) {
		t.Error("somebody else ended a session")
	}
	_, third := openSession(t, http.DefaultClient, s.url, wang)
	if admits(t, http.DefaultClient, s.url, first) || !admits(t, http.DefaultClient, s.url, second) || !admits(t, http.DefaultClient, s.url, third) {
		t.Error("a third session should end the oldest of the same user")
	}
	_, other := openSession(t, http.DefaultClient, s.url, kan, "Cookie", third.Name+"="+third.Value)
	if other == nil || admits(t, http.DefaultClient, s.url, third) || !admits(t, http.DefaultClient, s.url, other) {
		t.Error("a session that is opened in place of another should end that")
	}
	for _, change := range []string{"disable", "enable"} {
		if code, _, stderr := program(t, "users", change, "kan"); code != exitOK {
			t.Fatal(stderr)
		}
	}
	until(t, "the sessions of a user who was disabled to end", func() bool { return !admits(t, http.DefaultClient, s.url, other) })
}

// TestCookieIsSecure opens sessions by TLS as proxies and settings state it.
func TestCookieIsSecure(t *testing.T) {
	_, wang := closedGraph(t)
	for name, c := range map[string]struct {
		public, proxies string
		head            []string
		secure          bool
	}{
		"plain":                        {},
		"a stranger's claim":           {head: []string{"X-Forwarded-Proto", "https"}},
		"a claim beside other proxies": {proxies: "10.0.0.0/8", head: []string{"X-Forwarded-Proto", "https"}},
		"a trusted proxy":              {proxies: "10.0.0.0/8 127.0.0.1", head: []string{"X-Forwarded-Proto", "https"}, secure: true},
		"a trusted proxy without TLS":  {proxies: "127.0.0.1", head: []string{"X-Forwarded-Proto", "https, http"}},
		"the public address":           {public: "https://liantu.example", secure: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("LIANTU_SERVER_PUBLIC_URL", c.public)
			t.Setenv("LIANTU_SERVER_TRUSTED_PROXIES", c.proxies)
			s := serve(t, "serve")
			response, cookie := openSession(t, http.DefaultClient, s.url, wang, c.head...)
			if cookie == nil {
				t.Fatalf("no session: %d", response.StatusCode)
			}
			if cookie.Secure != c.secure || strings.HasPrefix(cookie.Name, "__Host-") != c.secure {
				t.Errorf("the cookie is %s", cookie)
			}
			if cookie.SameSite != http.SameSiteStrictMode || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" {
				t.Errorf("the cookie is %s", cookie)
			}
			if !admits(t, http.DefaultClient, s.url, cookie, c.head...) {
				t.Error("the cookie is not taken")
			}
			if c.secure {
				cookie.Name = strings.TrimPrefix(cookie.Name, "__Host-")
				if admits(t, http.DefaultClient, s.url, cookie, c.head...) {
					t.Error("a cookie that a host beside it could have set is taken")
				}
			}
		})
	}
}

// TestClientBehindProxies uses up the limit of one client, by what proxies say and
// strangers claim.
func TestClientBehindProxies(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", loaded(t))
	t.Setenv("LIANTU_LIMITS_CLIENT_RATE", "1")
	t.Setenv("LIANTU_LIMITS_CLIENT_BURST", "100")
	t.Setenv("LIANTU_LIMITS_MAX_FIELDS", "100")
	ask := func(s *served, chain ...string) int {
		head := []string{"Content-Type", "application/json"}
		for _, one := range chain {
			head = append(head, "X-Forwarded-For", one)
		}
		response, _ := exchange(t, http.DefaultClient, "POST", s.url+"/graphql", `{"query":"{ nodes(kind: Region, first: 20) { nodes { id } } }"}`, head...)
		return response.StatusCode
	}
	exhaust := func(s *served, chain ...string) bool {
		for range 50 {
			if ask(s, chain...) == http.StatusTooManyRequests {
				return true
			}
		}
		return false
	}
	t.Setenv("LIANTU_SERVER_TRUSTED_PROXIES", "127.0.0.1 10.0.0.0/8")
	s := serve(t, "serve")
	if !exhaust(s, "203.0.113.5") {
		t.Fatal("a client behind a proxy is not limited")
	}
	for name, chain := range map[string][]string{
		"what it claims to come from":   {"198.51.100.7, 203.0.113.5"},
		"as two headers":                {"198.51.100.7", "203.0.113.5"},
		"this machine":                  {"127.0.0.1, 203.0.113.5"},
		"through two trusted proxies":   {"198.51.100.7, 203.0.113.5, 10.1.2.3"},
		"with a port":                   {"203.0.113.5:4711"},
		"as an address of IPv6":         {"::ffff:203.0.113.5"},
		"what cannot be read before it": {"unknown, ;, 203.0.113.5"},
	} {
		if status := ask(s, chain...); status != http.StatusTooManyRequests {
			t.Errorf("%s: %d, want it to be the same client", name, status)
		}
	}
	if status := ask(s, "198.51.100.7"); status != http.StatusOK {
		t.Errorf("another client: %d", status)
	}
	t.Setenv("LIANTU_SERVER_TRUSTED_PROXIES", "")
	if exhaust(serve(t, "serve"), "203.0.113.5") {
		t.Error("a stranger's claim is believed")
	}
}

// TestPublicName asks by host names that are the service's and that are not.
func TestPublicName(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", loaded(t))
	t.Setenv("LIANTU_SERVER_PUBLIC_URL", "https://liantu.example:8443")
	s, agents := serve(t, "serve"), serve(t, "mcp")
	for host, want := range map[string]bool{
		"liantu.example": true, "Liantu.Example.:8443": true, "localhost:1": true, "127.0.0.1": true,
		"evil.example": false, "liantu.example.evil.example": false, "liantu.example@evil.example": false,
	} {
		response, body := exchange(t, http.DefaultClient, "POST", s.url+"/graphql", askVersion, "Content-Type", "application/json", "Host", host)
		if (response.StatusCode == http.StatusOK) != want {
			t.Errorf("%s: %d %s", host, response.StatusCode, body)
		}
		response, body = exchange(t, http.DefaultClient, "POST", agents.url+"/mcp", `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`,
			"Content-Type", "application/json", "Accept", "application/json, text/event-stream", "Host", host)
		if (response.StatusCode == http.StatusOK) != want {
			t.Errorf("agents, %s: %d %.200s", host, response.StatusCode, body)
		}
	}
}

// TestAdminDoors asks the admin listener as pages of other sites do, and with a token.
func TestAdminDoors(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", loaded(t))
	t.Setenv("LIANTU_ADMIN_LISTEN", "127.0.0.1:0")
	admin := serve(t, "serve").adminOf(t)
	t.Setenv("LIANTU_ADMIN_TOKEN", "a-token-for-the-metrics")
	closed := serve(t, "serve").adminOf(t)
	for _, path := range []string{"/metrics", "/healthz", "/readyz", "/debug/pprof/", "/debug/pprof/cmdline", "/none"} {
		for name, head := range map[string][]string{
			"a host name that points here": {"Host", "evil.example"}, "another site": {"Sec-Fetch-Site", "cross-site"}, "a site beside it": {"Sec-Fetch-Site", "same-site"},
		} {
			if response, body := exchange(t, http.DefaultClient, "GET", admin+path, "", head...); response.StatusCode != http.StatusForbidden || body != "Forbidden\n" {
				t.Errorf("%s, %s: %d %.200s", path, name, response.StatusCode, body)
			}
		}
		if response, body := exchange(t, http.DefaultClient, "GET", closed+path, ""); response.StatusCode != http.StatusUnauthorized || body != "Unauthorized\n" {
			t.Errorf("%s without a token: %d %.200s", path, response.StatusCode, body)
		}
	}
	for _, head := range [][]string{{"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Site", "same-origin"}, {"Host", "localhost:9090"}} {
		if response, body := exchange(t, http.DefaultClient, "GET", admin+"/metrics", "", head...); response.StatusCode != http.StatusOK {
			t.Errorf("%v: %d %.200s", head, response.StatusCode, body)
		}
	}
	if response, _ := exchange(t, http.DefaultClient, "GET", closed+"/metrics", "", "Authorization", "Bearer a-token-for-the-metrics"); response.StatusCode != http.StatusOK {
		t.Errorf("with the token: %d", response.StatusCode)
	}
}

// certificate is a certificate for 127.0.0.1 in two files.
type certificate struct{ cert, key string }

func newCertificate(t *testing.T) certificate {
	dir := t.TempDir()
	c := certificate{filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")}
	c.renew(t, 1)
	t.Setenv("LIANTU_SERVER_TLS_CERT", c.cert)
	t.Setenv("LIANTU_SERVER_TLS_KEY", c.key)
	return c
}

// renew replaces both files by a new pair with a serial number.
func (c certificate) renew(t *testing.T, serial int64) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "liantu"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		DNSNames: []string{"liantu.example"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
}

func (c certificate) write(t *testing.T, cert, key []byte) {
	t.Helper()
	for path, text := range map[string][]byte{c.cert: cert, c.key: key} {
		if err := os.WriteFile(path+".new", text, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
}

// serialOf is the serial number of the certificate that a new connection is shown.
func serialOf(t *testing.T, url string, most uint16) (int64, error) {
	t.Helper()
	conn, err := tls.Dial("tcp", strings.TrimPrefix(url, "https://"), &tls.Config{InsecureSkipVerify: true, MaxVersion: most}) // a test reads what it shows
	if err != nil {
		return 0, err
	}
	serial := conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	return serial, conn.Close()
}

// secureClient takes any certificate, and keeps its connection.
func secureClient(t *testing.T) *http.Client {
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true, MaxConnsPerHost: 1}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// TestServingTLS serves and replaces the certificate, also by one that cannot be used.
func TestServingTLS(t *testing.T) {
	_, wang := closedGraph(t)
	c := newCertificate(t)
	c.write(t, []byte("no certificate"), []byte("no key"))
	if code, _, stderr := program(t, "serve", "--listen", "127.0.0.1:0"); code != exitFailed || !strings.Contains(stderr, "server.tls: ") {
		t.Errorf("with a broken certificate from the start: %d %s", code, stderr)
	}
	c.renew(t, 1)
	s := serve(t, "serve")
	client := secureClient(t)
	response, cookie := openSession(t, client, s.url, wang)
	if response.ProtoMajor != 2 || cookie == nil || !cookie.Secure || cookie.Name != "__Host-liantu_session" {
		t.Fatalf("HTTP/%d, cookie %v", response.ProtoMajor, cookie)
	}
	if !admits(t, client, s.url, cookie) {
		t.Error("the cookie is not taken")
	}
	response, _ = exchange(t, client, "GET", s.url+"/healthz", "", "Host", "liantu.example")
	if response.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no header asks browsers to use TLS only")
	}
	if _, err := serialOf(t, s.url, tls.VersionTLS11); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
	shows := func(want int64) {
		t.Helper()
		if got, err := serialOf(t, s.url, 0); err != nil || got != want {
			t.Errorf("certificate %d, error %v; want %d", got, err, want)
		}
	}
	shows(1)
	c.renew(t, 2)
	shows(2)
	c.write(t, []byte("no certificate"), []byte("no key"))
	shows(2)
	shows(2)
	if n := strings.Count(s.stderr.String(), "the new certificate cannot be used"); n != 1 {
		t.Errorf("the log reports the broken certificate %d times: %s", n, s.stderr)
	}
	if err := os.Remove(c.key); err != nil {
		t.Fatal(err)
	}
	shows(2)
	c.renew(t, 3)
	shows(3)
	if !admits(t, client, s.url, cookie) { // on the connection that was there before
		t.Error("the connection was dropped")
	}
	if status, body := fetch(t, "GET", strings.Replace(s.url, "https", "http", 1)+"/healthz", ""); status != http.StatusBadRequest {
		t.Errorf("without TLS: %d %s", status, body)
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("exit code %d: %s", code, s.stderr)
	}
}

// TestServingAgentsByTLS lists the tools over TLS, and reads metrics without it.
func TestServingAgentsByTLS(t *testing.T) {
	kan, _ := closedGraph(t)
	newCertificate(t)
	t.Setenv("LIANTU_ADMIN_LISTEN", "127.0.0.1:0")
	s := serve(t, "mcp")
	response, body := exchange(t, secureClient(t), "POST", s.url+"/mcp", `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`,
		"Content-Type", "application/json", "Accept", "application/json, text/event-stream", "Authorization", "Bearer "+kan)
	if !strings.HasPrefix(s.url, "https://") || response.StatusCode != http.StatusOK || !strings.Contains(body, `"gaps"`) {
		t.Errorf("%s: %d %.200s", s.url, response.StatusCode, body)
	}
	if status, _ := fetch(t, "GET", s.adminOf(t)+"/metrics", ""); status != http.StatusOK {
		t.Errorf("metrics on a loopback address: %d", status)
	}
}
