package transport_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"liantu/api/transport"
)

// TestCredentialsComeThroughTheProxy sends requests to a service whose TLS ends at its
// proxies, from addresses that no test can really have.
func TestCredentialsComeThroughTheProxy(t *testing.T) {
	front, err := transport.NewFront("https://liantu.example", "10.0.0.0/8 2001:db8::/32")
	if err != nil {
		t.Fatal(err)
	}
	seen := ""
	handler := front.BehindTLS().Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r.RemoteAddr }))
	for name, c := range map[string]struct {
		from, header, chain string
		want                string // the address that the handler sees, "" where it is not asked
	}{
		"the proxy":                      {"10.1.2.3:4711", "Authorization", "203.0.113.5", "203.0.113.5:0"},
		"the proxy of IPv6":              {"[2001:db8::1]:4711", "Cookie", "2001:db9::5", "[2001:db9::5]:0"},
		"the proxy, mapped":              {"[::ffff:10.1.2.3]:4711", "Cookie", "203.0.113.5", "203.0.113.5:0"},
		"the proxy for its own machine":  {"10.1.2.3:4711", "Authorization", "127.0.0.1", "10.1.2.3:4711"},
		"the proxy of nobody":            {"10.1.2.3:4711", "Authorization", "unknown", "10.1.2.3:4711"},
		"a key from elsewhere":           {"203.0.113.5:4711", "Authorization", "", ""},
		"a cookie from elsewhere":        {"203.0.113.5:4711", "Cookie", "10.1.2.3", ""},
		"from elsewhere without either":  {"203.0.113.5:4711", "Accept", "10.1.2.3", "203.0.113.5:4711"},
		"this machine":                   {"127.0.0.1:4711", "Authorization", "203.0.113.5", "127.0.0.1:4711"},
		"an address that cannot be read": {"somewhere", "Authorization", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			seen = ""
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.RemoteAddr = c.from
			r.Header.Set(c.header, "x")
			if c.chain != "" {
				r.Header.Set("X-Forwarded-For", c.chain)
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if seen != c.want || (w.Code == http.StatusForbidden) != (c.want == "") {
				t.Errorf("seen %q, status %d; want %q", seen, w.Code, c.want)
			}
		})
	}
}
