package api_test

import (
	"net/http"
	"strings"
	"testing"

	"liantu/api"
	"liantu/api/transport"
)

// withOrigins makes a server whose pages of other origins are those of a list.
func withOrigins(t *testing.T, list string, credentials bool) string {
	t.Helper()
	origins, err := transport.NewOrigins(list, credentials)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Origins = origins }))
}

// corsOf is what an answer grants by CORS, "" for nothing.
func corsOf(h http.Header) string {
	var grants []string
	for name, values := range h {
		if strings.HasPrefix(name, "Access-Control-") {
			grants = append(grants, name+": "+strings.Join(values, ", "))
		}
	}
	return strings.Join(grants, "; ")
}

// TestPagesOfOtherOrigins asks as browsers do for pages of permitted and of other origins.
func TestPagesOfOtherOrigins(t *testing.T) {
	const page = "https://dashboard.example"
	base := withOrigins(t, "https://Other.example:443 "+page, true)
	question := `{"query":"{ meta { version } }"}`
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		head               []string
	}{
		"POST":           {"POST", "/graphql", question, 200, []string{"Content-Type", plainJSON}},
		"GET":            {"GET", "/graphql?query=%7Bmeta%7Bversion%7D%7D", "", 200, []string{"Sec-Fetch-Site", "cross-site"}},
		"schema":         {"GET", "/schema.graphql", "", 200, []string{"Sec-Fetch-Site", "cross-site"}},
		"HEAD":           {"HEAD", "/schema.graphql", "", 200, nil},
		"scalars":        {"GET", "/scalars", "", 200, nil},
		"version":        {"GET", "/version", "", 200, nil},
		"a refusal":      {"POST", "/graphql", question, 415, []string{"Content-Type", "text/plain"}},
		"nothing there":  {"GET", "/nothing", "", 404, nil},
		"another method": {"PATCH", "/graphql", question, 405, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := send(t, tt.method, base+tt.path, tt.body, append(tt.head, "Origin", page)...)
			if r.status != tt.status || r.header.Get("Access-Control-Allow-Origin") != page || r.header.Get("Access-Control-Allow-Credentials") != "true" {
				t.Errorf("%d, %s: %s", r.status, corsOf(r.header), r.body)
			}
			if exposed := r.header.Get("Access-Control-Expose-Headers"); !strings.Contains(exposed, "ETag") || !strings.Contains(exposed, "Retry-After") || !strings.Contains(exposed, "X-Request-Id") {
				t.Errorf("exposed: %q", exposed)
			}
			if vary := strings.Join(r.header.Values("Vary"), ", "); !strings.Contains(vary, "Origin") {
				t.Errorf("Vary is %q", vary)
			}
			for _, other := range []string{"https://evil.example", "https://dashboard.example.evil.example", "http://dashboard.example", page + ":8443", "null"} {
				r := send(t, tt.method, base+tt.path, tt.body, append(tt.head, "Origin", other)...)
				if got := corsOf(r.header); got != "" || !strings.Contains(strings.Join(r.header.Values("Vary"), ", "), "Origin") {
					t.Errorf("%s gets %q, Vary %q", other, got, r.header.Values("Vary"))
				}
				if name == "GET" && r.status != 403 {
					t.Errorf("%s gets %d", other, r.status)
				}
			}
		})
	}
	if r := send(t, "GET", base+"/graphql?query=%7Bmeta%7Bversion%7D%7D", "", "Sec-Fetch-Site", "cross-site"); r.status != 403 {
		t.Errorf("an element of a page, which names no origin, gets %d", r.status)
	}
	if r := send(t, "POST", base+"/graphql", question, "Content-Type", plainJSON, "Origin", page); r.header.Get("Vary") != "Accept, Accept-Language, Accept-Encoding, Origin" {
		t.Errorf("Vary is %q", r.header.Values("Vary"))
	}
}

// TestPreflights asks as browsers do what a page of another origin may send.
func TestPreflights(t *testing.T) {
	refuseAll := new(changing) // which admits nobody
	origins, err := transport.NewOrigins("https://dashboard.example", false)
	if err != nil {
		t.Fatal(err)
	}
	base := serve(t, newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Origins, d.Authenticator = origins, refuseAll }))
	for _, path := range []string{"/graphql", "/schema.graphql", "/scalars", "/version", "/session"} {
		ask := []string{"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type"}
		r := send(t, "OPTIONS", base+path, "", append(ask, "Origin", "https://dashboard.example")...)
		h := r.header
		if r.status != 204 || r.body != "" || h.Get("Access-Control-Allow-Origin") != "https://dashboard.example" || h.Get("Access-Control-Max-Age") == "" || h.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %d, %s", path, r.status, corsOf(h))
		}
		headers := strings.ToLower(h.Get("Access-Control-Allow-Headers"))
		for _, name := range []string{"content-type", "authorization", "accept-language", "if-none-match", "x-request-id", "graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name", "x-requested-with", "traceparent"} {
			if !strings.Contains(headers, name) {
				t.Errorf("%s: %s may not be sent", path, name)
			}
		}
		for _, method := range []string{"GET", "POST", "DELETE"} {
			if !strings.Contains(h.Get("Access-Control-Allow-Methods"), method) {
				t.Errorf("%s: %s may not be used", path, method)
			}
		}
		r = send(t, "OPTIONS", base+path, "", append(ask, "Origin", "https://evil.example")...)
		if got := corsOf(r.header); r.status != 405 || got != "" {
			t.Errorf("%s, another origin: %d, %s", path, r.status, got)
		}
	}
	if asked := refuseAll.asked.Load(); asked != 0 {
		t.Errorf("%d preflights were identified", asked)
	}
	if r := send(t, "OPTIONS", base+"/graphql", "", "Origin", "https://dashboard.example"); r.status != 405 || r.header.Get("Access-Control-Allow-Methods") != "" {
		t.Errorf("OPTIONS without a question: %d, %s", r.status, corsOf(r.header))
	}
	if r := send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON, "Origin", "https://dashboard.example"); r.status != 401 ||
		r.header.Get("Access-Control-Allow-Origin") == "" || !strings.Contains(r.header.Get("Access-Control-Expose-Headers"), "WWW-Authenticate") {
		t.Errorf("a page without a key: %d, %s", r.status, corsOf(r.header))
	}
}

// TestWithoutOrigins: nothing is granted by default.
func TestWithoutOrigins(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	r := send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON, "Origin", "https://dashboard.example")
	if got := corsOf(r.header); r.status != 200 || got != "" || strings.Contains(r.header.Get("Vary"), "Origin") {
		t.Errorf("%d, %s, Vary %q", r.status, got, r.header.Get("Vary"))
	}
	if r := send(t, "OPTIONS", base+"/graphql", "", "Origin", "https://dashboard.example", "Access-Control-Request-Method", "POST"); r.status != 405 || corsOf(r.header) != "" {
		t.Errorf("preflight: %d, %s", r.status, corsOf(r.header))
	}
}

// TestEveryOrigin: any page may ask with a key of its own, and none by a session.
func TestEveryOrigin(t *testing.T) {
	base := withOrigins(t, "*", false)
	r := send(t, "GET", base+"/graphql?query=%7Bmeta%7Bversion%7D%7D", "", "Origin", "https://any.example", "Sec-Fetch-Site", "cross-site")
	if r.status != 200 || r.header.Get("Access-Control-Allow-Origin") != "https://any.example" || r.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%d, %s", r.status, corsOf(r.header))
	}
}

// TestOriginsThatCannotBeMeant reads faulty lists.
func TestOriginsThatCannotBeMeant(t *testing.T) {
	for _, list := range []string{
		"dashboard.example", "https://dashboard.example/", "https://dashboard.example/path", "https://user@dashboard.example", "https://*.example",
		"ftp://dashboard.example", "null", "https://看板.example", "https://a.example?x", "* https://a.example", "https://", "https://a.example,https://b.example",
	} {
		if _, err := transport.NewOrigins(list, false); err == nil {
			t.Errorf("%q is taken", list)
		}
	}
	if _, err := transport.NewOrigins("*", true); err == nil {
		t.Error("every origin may use sessions")
	}
}
