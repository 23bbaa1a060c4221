package mcp_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/access"
	"liantu/api"
	"liantu/api/mcp"
	"liantu/schema"
)

// keyed admits one key.
type keyed struct{ api.Authenticator }

func (keyed) Identify(r *http.Request, _ string) (*access.Identity, error) {
	if r.Header.Get("Authorization") == "Bearer right" {
		return &access.Identity{Subject: "user:wang", Role: schema.RoleSteward}, nil
	}
	return nil, access.ErrUnauthenticated
}

// TestAgentsPassTheDoor sends messages over HTTP until the rate of the caller is used up, with
// wrong keys beside them. Lists of tools, resources and prompts count as much as calls.
func TestAgentsPassTheDoor(t *testing.T) {
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	cfg := api.DefaultConfig()
	cfg.ClientRate, cfg.ClientBurst, cfg.MaxFields, cfg.DeniedRate, cfg.DeniedBurst = 1, 1700, 1700, 1, 2
	graphql, err := api.New(cfg, api.Deps{Pictures: live, Authenticator: keyed{}})
	if err != nil {
		t.Fatal(err)
	}
	agents, err := mcp.New(mcp.Config{Executor: graphql, Door: graphql, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(agents.Handler())
	t.Cleanup(server.Close)
	post := func(key, method string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+mcp.Path, strings.NewReader(fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":%q}`, method)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		r.Header.Set("Authorization", "Bearer "+key)
		res, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
		return res
	}
	methods := []string{"tools/list", "resources/list", "prompts/list", "resources/templates/list"}
	for i, want := range []int{200, 200, 200, 429} {
		if res := post("right", methods[i]); res.StatusCode != want || want == 429 && res.Header.Get("Retry-After") == "" {
			t.Errorf("message %d gets %d, want %d", i, res.StatusCode, want)
		}
	}
	for i, want := range []int{401, 401, 429} {
		res := post("wrong", "tools/list")
		if cache := res.Header.Get("Cache-Control"); res.StatusCode != want || cache != "no-store" {
			t.Errorf("wrong key %d gets %d, cached %q; want %d, not cached", i, res.StatusCode, cache, want)
		}
	}
}

// TestOneMessageARequest sends lists of messages, of which each would be as much work as a
// request of its own.
func TestOneMessageARequest(t *testing.T) {
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	graphql, err := api.New(api.DefaultConfig(), api.Deps{Pictures: live, Authenticator: keyed{}})
	if err != nil {
		t.Fatal(err)
	}
	agents, err := mcp.New(mcp.Config{Executor: graphql, Door: graphql, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	const one = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"one message":               {one, http.StatusOK},
		"one behind white space":    {"\n\t " + one, http.StatusOK},
		"a list of one":             {"[" + one + "]", http.StatusBadRequest},
		"a list of many":            {"[" + strings.Repeat(one+",", 99) + one + "]", http.StatusBadRequest},
		"a list behind white space": {" \r\n[" + one + "," + one + "]", http.StatusBadRequest},
		"much white space":          {strings.Repeat(" ", 10_000) + one, http.StatusBadRequest},
		"nothing":                   {"", http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost"+mcp.Path, strings.NewReader(c.body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
			r.Header.Set("Authorization", "Bearer right")
			w := httptest.NewRecorder()
			agents.Handler().ServeHTTP(w, r)
			if w.Code != c.want || (w.Code == http.StatusOK) != strings.Contains(w.Body.String(), "introductions") {
				t.Errorf("status %d, want %d: %.200s", w.Code, c.want, w.Body)
			}
		})
	}
}

// watching admits everybody as a viewer.
type watching struct{ api.Authenticator }

func (watching) Identify(*http.Request, string) (*access.Identity, error) {
	return &access.Identity{Subject: "user:kan", Role: schema.RoleViewer}, nil
}

// TestDeniedAgentsAreOnRecord calls a tool that the role may not use, beyond the limit, and
// looks for the tries in the audit log.
func TestDeniedAgentsAreOnRecord(t *testing.T) {
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	path, cfg := filepath.Join(t.TempDir(), "audit.jsonl"), api.DefaultConfig()
	cfg.DeniedRate, cfg.DeniedBurst = 1, 2
	graphql, err := api.New(cfg, api.Deps{Pictures: live, Authenticator: watching{}, Recorder: access.OpenLog(path)})
	if err != nil {
		t.Fatal(err)
	}
	agents, err := mcp.New(mcp.Config{Executor: graphql, Door: graphql, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	const call = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"introductions","arguments":{"region":"330100","companies":["x"]}}}`
	for i, want := range []int{200, 200, 429, 429, 429} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost"+mcp.Path, strings.NewReader(call))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		r.Header.Set("Authorization", "Bearer right")
		w := httptest.NewRecorder()
		agents.Handler().ServeHTTP(w, r)
		if w.Code != want || want == http.StatusOK && !strings.Contains(w.Body.String(), "FORBIDDEN") {
			t.Fatalf("call %d gets %d: %s", i, w.Code, w.Body)
		}
	}
	graphql.RecordDenied(t.Context())
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), "\n") != 3 || !strings.Contains(string(text), `"who":"user:kan","role":"viewer","action":"denied","count":3`) {
		t.Errorf("the log is not two tries and an entry about three more:\n%s", text)
	}
}

// TestViewersUseTools calls every tool that a viewer may use, brief and full: nothing in it is
// denied, since whoever is denied too often is not answered any more.
func TestViewersUseTools(t *testing.T) {
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	graphql, err := api.New(api.DefaultConfig(), api.Deps{Pictures: live, Authenticator: watching{}})
	if err != nil {
		t.Fatal(err)
	}
	agents, err := mcp.New(mcp.Config{Executor: graphql, Door: graphql, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(agents.Handler())
	t.Cleanup(server.Close)
	session := connect(t, &sdk.StreamableClientTransport{Endpoint: server.URL + mcp.Path, HTTPClient: server.Client(), MaxRetries: -1})
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	})
	for name, q := range questions {
		for _, detail := range []string{"brief", "full"} {
			arguments := map[string]any{"detail": detail}
			maps.Copy(arguments, q.arguments)
			text, failed := call(t, session, name, arguments)
			_, task := map[string]bool{"introductions": true, "match": true, "needs": true}[name]
			if failed != task || strings.Contains(text, "FORBIDDEN") != task {
				t.Errorf("%s, %s: %s", name, detail, text)
			}
		}
	}
}
