package service

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/api"
	"liantu/cli/settings"
	"liantu/graph/filestore"
	"liantu/graph/tuning"
	"liantu/schema"
	"liantu/web"
)

// serving serves an empty graph with these settings of the server.
func serving(t *testing.T, server settings.Server) string {
	t.Helper()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	c := Config{Stdout: io.Discard, Stderr: io.Discard, Settings: settings.Settings{
		Limits: api.DefaultConfig(), Gaps: tuning.Default(), Access: settings.Access{Mode: settings.AccessNone}, Server: server,
	}}
	s, err := New(t.Context(), c, store)
	if err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(s.server.Handler())
	t.Cleanup(served.Close)
	return served.URL
}

// answered returns the status and the body of a request.
func answered(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// The page is at the root of a service and at each of its screens, unless it is turned off.
func TestThePageIsServed(t *testing.T) {
	on, off := serving(t, settings.Server{Page: "on"}), serving(t, settings.Server{Page: "off"})
	for _, path := range append([]string{"/"}, screens...) {
		if status, body := answered(t, http.MethodGet, on+path, ""); status != http.StatusOK || !strings.Contains(body, `<script type="module"`) {
			t.Errorf("%s: %d %.80s", path, status, body)
		}
		if status, _ := answered(t, http.MethodGet, off+path, ""); status != http.StatusNotFound {
			t.Errorf("%s of a service without the page: %d", path, status)
		}
	}
	if status, _ := answered(t, http.MethodGet, on+"/nothing", ""); status != http.StatusNotFound {
		t.Errorf("/nothing: %d", status)
	}
}

// Where known documents alone are answered, those of the page are, by text and by hash.
func TestDocumentsOfThePageAreTrusted(t *testing.T) {
	own := filepath.Join(t.TempDir(), "own.graphql")
	if err := os.WriteFile(own, []byte("{ meta { version } }"), 0o600); err != nil {
		t.Fatal(err)
	}
	url := serving(t, settings.Server{Page: "on", TrustedDocuments: filepath.Dir(own)}) + "/graphql"
	var documents map[string]string
	if err := json.Unmarshal(web.Documents, &documents); err != nil {
		t.Fatal(err)
	}
	if len(documents) < 10 {
		t.Fatalf("the page has %d documents", len(documents))
	}
	refused := func(request map[string]any) bool {
		body, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		_, answer := answered(t, http.MethodPost, url, string(body))
		return strings.Contains(answer, "PERSISTED_QUERY_NOT_FOUND") || strings.Contains(answer, "is not registered") || strings.Contains(answer, "no document is registered")
	}
	for hash, text := range documents {
		if refused(map[string]any{"query": text}) {
			t.Errorf("refused: %.60s", text)
		}
		if refused(map[string]any{"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}}) {
			t.Errorf("refused by its hash: %.60s", text)
		}
	}
	if !refused(map[string]any{"query": "{ meta { stale } }"}) {
		t.Error("a document of nobody is answered")
	}
}
