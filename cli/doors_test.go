package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"strings"
	"testing"
)

// guarded is a program that serves the sample pack with authentication.
type guarded struct {
	*served
	keys  map[string]string // by user
	audit string            // the file of the audit log
}

func serveGuarded(t *testing.T) *guarded {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("LIANTU_ACCESS_MODE", "required")
	t.Setenv("LIANTU_ACCESS_USERS", filepath.Join(dir, "users.json"))
	t.Setenv("LIANTU_ACCESS_AUDIT", filepath.Join(dir, "audit.jsonl"))
	t.Setenv("LIANTU_STORE_PATH", sampleFile(t))
	g := &guarded{keys: map[string]string{}, audit: filepath.Join(dir, "audit.jsonl")}
	must := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := program(t, args...)
		if code != 0 {
			t.Fatalf("%v: %s", args, stderr)
		}
		return strings.TrimSpace(stdout)
	}
	must("users", "add", "kan", "--role", "viewer")
	must("users", "add", "li", "--role", "strategist", "--regions", "330100", "--ecosystems", "*")
	must("users", "add", "wang", "--role", "steward")
	for _, user := range []string{"kan", "li", "wang"} {
		g.keys[user] = must("keys", "add", user)
	}
	g.served = serve(t, "serve")
	return g
}

// ask sends a question and returns status and body. A purpose may be stated.
func (g *guarded) ask(t *testing.T, client *http.Client, authorization, query, purpose string) (int, string) {
	t.Helper()
	return g.post(t, client, authorization, query, map[string]any{"purpose": purpose})
}

// askFrom asks of a version of the graph, or a later one.
func (g *guarded) askFrom(t *testing.T, key, query string, version int) (int, string) {
	t.Helper()
	return g.post(t, http.DefaultClient, "Bearer "+key, query, map[string]any{"minVersion": version})
}

func (g *guarded) post(t *testing.T, client *http.Client, authorization, query string, extensions map[string]any) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "extensions": extensions})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	return send(t, client, r)
}

func send(t *testing.T, client *http.Client, r *http.Request) (int, string) {
	t.Helper()
	response, err := client.Do(r)
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
	return response.StatusCode, string(text)
}

const askPersons = `{ nodes(kind: Person, first: 50) { nodes { ... on Person { name phone } } } }`

// TestDoors serves the sample pack with authentication, and asks as each role.
func TestDoors(t *testing.T) {
	g := serveGuarded(t)
	for name, authorization := range map[string]string{
		"nobody": "", "a wrong key": "Bearer lt_00000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"another scheme": "Basic " + g.keys["wang"], "a key that is cut": "Bearer " + g.keys["wang"][:40], "a token": "Bearer a.b.c",
	} {
		if status, body := g.ask(t, http.DefaultClient, authorization, `{ meta { version } }`, ""); status != http.StatusUnauthorized || !strings.Contains(body, "UNAUTHENTICATED") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if response, err := http.Get(g.url + path); err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("%s: %v, error %v; want it open", path, response, err)
		}
	}
	as := func(user, query, purpose string) string {
		t.Helper()
		status, body := g.ask(t, http.DefaultClient, "Bearer "+g.keys[user], query, purpose)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", user, status, body)
		}
		return body
	}
	if got := as("kan", `{ gaps(region: "330100", first: 1) { totalCount nodes { state } } }`, ""); !strings.Contains(got, `"state"`) || strings.Contains(got, "errors") {
		t.Errorf("a viewer asks for gaps: %s", got)
	}
	if got := as("kan", askPersons, ""); !strings.Contains(got, "FORBIDDEN") {
		t.Errorf("a viewer asks for persons: %s", got)
	}
	if got := as("kan", `{ __schema { queryType { name } } }`, ""); !strings.Contains(got, "errors") {
		t.Errorf("introspection is on: %s", got)
	}
	if got := as("wang", askPersons, ""); !strings.Contains(got, "****") {
		t.Errorf("a steward without a purpose: %s", got)
	}
	if got := as("wang", askPersons, "约见"); !strings.Contains(got, "BAD_INPUT") || !strings.Contains(got, "VISIT") {
		t.Errorf("a steward with a purpose in free words: %s", got)
	}
	if got := as("wang", askPersons, "核对信息"); !strings.Contains(got, "LIMIT_EXCEEDED") || strings.Contains(got, `"phone"`) {
		t.Errorf("a steward asks for everybody: %s", got)
	}
	few := strings.Replace(askPersons, "50", "5", 1)
	all, own := as("wang", few, "核对信息"), as("li", few, "CONSENT")
	if !strings.Contains(all, `"phone"`) || !strings.Contains(all, "CONSENT_") && strings.Contains(all, "****") {
		t.Errorf("a steward with a purpose: %s", all)
	}
	if !strings.Contains(own, `"name"`) {
		t.Errorf("a strategist with a purpose: %s", own)
	}
	code, stdout, stderr := program(t, "audit", "show", "--format", "csv")
	if code != 0 || !strings.Contains(stdout, "user:wang,steward,reveal,Person.name Person.phone,") || !strings.Contains(stdout, ",VERIFICATION,") || !strings.Contains(stdout, "user:kan,viewer,denied,Query.nodes,") {
		t.Errorf("the record:\n%s%s", stdout, stderr)
	}
	withdrawConsent(t, g)
	judgeNames(t, g)
}

// TestSessionOfAPage opens a session with a key, asks with the cookie alone, and
// revokes the key.
func TestSessionOfAPage(t *testing.T) {
	g := serveGuarded(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	page := &http.Client{Jar: jar}
	open := func(key, contentType string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.url+"/session", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Authorization", "Bearer "+key)
		if contentType == "text/plain" {
			r.Header.Set("Sec-Fetch-Site", "cross-site") // as a browser does
		}
		return send(t, page, r)
	}
	if status, body := open(g.keys["wang"], "text/plain"); status != http.StatusForbidden {
		t.Errorf("a form of another site: %d %s", status, body)
	}
	if status, body := open("lt_x", "application/json"); status != http.StatusUnauthorized {
		t.Errorf("a wrong key: %d %s", status, body)
	}
	if status, body := open(g.keys["wang"], "application/json"); status != http.StatusCreated {
		t.Fatalf("a key: %d %s", status, body)
	}
	if status, body := g.ask(t, page, "", `{ meta { version } }`, ""); status != http.StatusOK {
		t.Errorf("with the cookie: %d %s", status, body)
	}
	prefix := strings.Split(g.keys["wang"], "_")[1]
	if code, _, stderr := program(t, "keys", "revoke", prefix); code != 0 {
		t.Fatal(stderr)
	}
	until(t, "the session of a revoked key to end", func() bool {
		status, _ := g.ask(t, page, "", `{ meta { version } }`, "")
		return status == http.StatusUnauthorized
	})
}
