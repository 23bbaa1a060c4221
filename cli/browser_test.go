package cli

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// browserPage serves the page of the browser test at an origin of its own.
func browserPage(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join("..", "api", "conformance", "page.html"))
	})
	mux.HandleFunc("GET /graphql-sse.js", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join("..", "examples", "clients", "node", "node_modules", "graphql-sse", "umd", "graphql-sse.js"))
	})
	page := httptest.NewServer(mux)
	t.Cleanup(page.Close)
	return page.URL
}

// attempted is what came of a call of a page.
type attempted struct {
	Got    json.RawMessage
	Failed string
}

// TestBrowser lets pages of other origins ask, page, change and subscribe in a real
// browser, by a key and by a session: one that the service permits, and one that it does
// not.
func TestBrowser(t *testing.T) {
	folder := filepath.Join("..", "api", "conformance")
	node := tool(t, "node", filepath.Join(folder, "node_modules"))
	tool(t, "node", filepath.Join("..", "examples", "clients", "node", "node_modules"))
	chromium := tool(t, "chromium", "")
	_, wang := closedGraph(t)
	permitted, other := browserPage(t), browserPage(t)
	t.Setenv("LIANTU_SERVER_CORS_ORIGINS", permitted)
	t.Setenv("LIANTU_SERVER_CORS_CREDENTIALS", "true")
	t.Setenv("LIANTU_SERVER_GET_QUERIES", "on") // for EventSource
	t.Setenv("LIANTU_SERVER_REFRESH", "10ms")
	s := serve(t, "serve")
	cmd := exec.CommandContext(t.Context(), node, filepath.Join(folder, "browser.mjs"), chromium, s.url, permitted, other, wang)
	cmd.Env = append(cmd.Environ(), "XDG_CONFIG_HOME="+t.TempDir(), "XDG_CACHE_HOME="+t.TempDir())
	out := output(t, cmd)
	var got struct{ Key, Session, OtherKey, OtherSession map[string]attempted }
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, part := range map[string]string{
		"ask": `"id":"page-1","tag":"\"`, "long": `-zstd\""`, "again": `-zstd\""`, "companies": `["`, "declare": `"status":200`, "followByFetch": `"event":{"version":`,
	} {
		for by, calls := range map[string]map[string]attempted{"a key": got.Key, "a session": got.Session} {
			if text := string(calls[name].Got); !strings.Contains(text, part) || strings.Contains(text, `"message"`) {
				t.Errorf("%s by %s: %s %s", name, by, text, calls[name].Failed)
			}
		}
	}
	if a := got.Session["openSession"]; string(a.Got) != "201" {
		t.Errorf("no session: %s %s", a.Got, a.Failed)
	}
	if a := got.Session["followByEventSource"]; !strings.Contains(string(a.Got), `"event":{"version":`) {
		t.Errorf("EventSource: %s %s", a.Got, a.Failed)
	}
	for _, calls := range []map[string]attempted{got.OtherKey, got.OtherSession} {
		if len(calls) < 4 {
			t.Errorf("the page that is not permitted made the calls %v", calls)
		}
		for name, a := range calls {
			if a.Got != nil || a.Failed == "" {
				t.Errorf("a page that is not permitted gets %s by %s", a.Got, name)
			}
		}
	}
	if status, body := post(t, s, `{ meta { version } }`, nil); status != http.StatusUnauthorized {
		t.Errorf("without a key: %d %s", status, body)
	}
}
