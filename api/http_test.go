package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"liantu/api"
	"liantu/graph"
	"liantu/graph/projection"
)

// reply is what came back over HTTP.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r reply) json(tb testing.TB) map[string]any {
	tb.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(r.body), &v); err != nil {
		tb.Fatalf("answer is not a JSON object: %v\n%s", err, r.body)
	}
	return v
}

// send makes a request; head holds header names and values alternately.
func send(tb testing.TB, method, url, body string, head ...string) reply {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 2*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; i+1 < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		tb.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		tb.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(text)}
}

const plainJSON = "application/json"

func TestHTTP(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxBodyBytes = 2000 }))
	good := `{"query":"{ region(id: \"330100\") { name } }"}`
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := io.WriteString(z, good); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, method, path, body string
		head                     []string
		status                   int
		code                     string
	}{
		{"a question", "POST", "/graphql", good, []string{"Content-Type", plainJSON}, 200, ""},
		{"with charset", "POST", "/graphql", good, []string{"Content-Type", "application/json; charset=UTF-8"}, 200, ""},
		{"an unknown name", "POST", "/graphql", `{"query":"{ region(id: \"nowhere\") { name } }"}`, []string{"Content-Type", plainJSON}, 200, "NOT_FOUND"},
		{"other charset", "POST", "/graphql", good, []string{"Content-Type", "application/json; charset=gbk"}, 415, "UNSUPPORTED_MEDIA"},
		{"no content type", "POST", "/graphql", good, nil, 415, "UNSUPPORTED_MEDIA"},
		{"form", "POST", "/graphql", "query={meta}", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "UNSUPPORTED_MEDIA"},
		{"zipped", "POST", "/graphql", zipped.String(), []string{"Content-Type", plainJSON, "Content-Encoding", "gzip"}, 415, "UNSUPPORTED_MEDIA"},
		{"too long", "POST", "/graphql", `{"query":"` + strings.Repeat(" ", 2000) + `"}`, []string{"Content-Type", plainJSON}, 413, "LIMIT_EXCEEDED"},
		{"no JSON", "POST", "/graphql", `{"query":`, []string{"Content-Type", plainJSON}, 400, "BAD_REQUEST"},
		{"empty", "POST", "/graphql", ``, []string{"Content-Type", plainJSON}, 400, "BAD_REQUEST"},
		{"a list", "POST", "/graphql", "[" + good + "]", []string{"Content-Type", plainJSON}, 400, "BAD_REQUEST"},
		{"two objects", "POST", "/graphql", good + good, []string{"Content-Type", plainJSON}, 400, "BAD_REQUEST"},
		{"no query", "POST", "/graphql", `{"variables":{}}`, []string{"Content-Type", plainJSON}, 400, "BAD_REQUEST"},
		{"query is a number", "POST", "/graphql", `{"query":1}`, []string{"Content-Type", plainJSON}, 400, "BAD_REQUEST"},
		{"variables are a list", "POST", "/graphql", `{"query":"{meta{version}}","variables":[]}`, []string{"Content-Type", plainJSON}, 400, "BAD_REQUEST"},
		{"deep JSON", "POST", "/graphql", strings.Repeat("[", 1000), []string{"Content-Type", plainJSON}, 400, "LIMIT_EXCEEDED"},
		{"patch", "PATCH", "/graphql", good, []string{"Content-Type", plainJSON}, 405, "METHOD_NOT_ALLOWED"},
		{"unknown path", "GET", "/nothing", "", nil, 404, "NO_SUCH_PATH"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := send(t, tt.method, base+tt.path, tt.body, tt.head...)
			if r.status != tt.status {
				t.Errorf("status %d, want %d: %s", r.status, tt.status, r.body)
			}
			answer := r.json(t)
			if code := firstCode(answer); code != tt.code {
				t.Errorf("code %q, want %q: %s", code, tt.code, r.body)
			}
			ext, _ := answer["extensions"].(map[string]any)
			if answer["data"] != nil && (ext["version"] != 1.0 || ext["dataDate"] != "2024-12-31") {
				t.Errorf("the answer does not state its picture: %s", r.body)
			}
			if got := r.header.Get("Content-Type"); got != "application/json; charset=utf-8" {
				t.Errorf("content type %q", got)
			}
		})
	}
	if allow := send(t, "PATCH", base+"/graphql", "").header.Get("Allow"); !strings.Contains(allow, "POST") {
		t.Errorf("Allow is %q, want POST in it", allow)
	}
}

func TestRequestID(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for given, accepted := range map[string]bool{
		"abc-DEF_1.2": true, "": false, "two words": false, "a\"b": false, strings.Repeat("x", 65): false,
	} {
		got := send(t, "GET", base+"/healthz", "", "X-Request-Id", given).header.Get("X-Request-Id")
		if got == "" || (got == given) != accepted {
			t.Errorf("id %q came back as %q", given, got)
		}
	}
}

func TestPlainPages(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, nil)
	base := serve(t, s)
	if r := send(t, "GET", base+"/healthz", ""); r.status != 200 || r.json(t)["status"] != "ok" {
		t.Errorf("healthz: %+v", r)
	}
	if r := send(t, "GET", base+"/readyz", ""); r.status != 200 || r.json(t)["status"] != "ready" {
		t.Errorf("readyz: %+v", r)
	}
	if r := send(t, "GET", base+"/version", ""); r.status != 200 || r.json(t)["version"] != "1.2.3" {
		t.Errorf("version: %+v", r)
	}
	if r := send(t, "GET", base+"/schema.graphql", ""); r.status != 200 || r.body != s.SDL() {
		t.Errorf("schema.graphql: status %d, %d bytes", r.status, len(r.body))
	}
}

// noPicture is a service that has not read its store yet.
type noPicture struct{}

func (noPicture) Current() *projection.Projection { return nil }
func (noPicture) Status() projection.Status       { return projection.Status{} }
func (noPicture) Changed() <-chan struct{}        { return nil }
func (noPicture) OnRemoval(func())                {}
func (noPicture) Refresh(context.Context) (*projection.Projection, error) {
	return nil, graph.ErrUnavailable
}

func (noPicture) AtLeast(context.Context, graph.Version) (*projection.Projection, error) {
	return nil, graph.ErrUnavailable
}

func TestWithoutPicture(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Pictures = noPicture{} }))
	if r := send(t, "GET", base+"/readyz", ""); r.status != 503 {
		t.Errorf("readyz: %+v", r)
	}
	r := send(t, "POST", base+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON)
	if code := firstCode(r.json(t)); r.status != 200 || code != "UNAVAILABLE" {
		t.Errorf("status %d, code %q: %s", r.status, code, r.body)
	}
}

func TestOldPictureIsNotReady(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxPictureAge = 1 }))
	if r := send(t, "GET", base+"/readyz", ""); r.status != 503 || !strings.Contains(r.body, "not been heard of") {
		t.Errorf("readyz: %+v", r)
	}
}

// TestLog sends a request full of values and searches the log for them; it must
// contain only the request, the operation and the code.
func TestLog(t *testing.T) {
	var log strings.Builder
	s := newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Log = logTo(&log) })
	server := httptest.NewServer(s.Handler())
	send(t, "POST", server.URL+"/graphql",
		`{"query":"query Find($who: ID!) { node(id: $who) { caption } region(id: \"secret2\") { name } }","variables":{"who":"secret1"}}`,
		"Content-Type", plainJSON, "X-Request-Id", "r-7")
	send(t, "GET", server.URL+"/secret3?secret4", "")
	server.Close() // waits for the handlers, and so for their lines
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %s", len(lines), log.String())
	}
	for _, want := range []string{`"request_id":"r-7"`, `"operation":"other"`, `"status":200`, `"NOT_FOUND"`, `"path":"/graphql"`, `"took":`} {
		if !strings.Contains(lines[0], want) {
			t.Errorf("the line lacks %s: %s", want, lines[0])
		}
	}
	if strings.Contains(log.String(), "secret") {
		t.Errorf("the log contains values: %s", log.String())
	}
}
