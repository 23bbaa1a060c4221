package cli

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// bearerOf is a client with a token.
type bearerOf string

func (b bearerOf) RoundTrip(r *http.Request) (*http.Response, error) {
	if b != "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+string(b))
	}
	return http.DefaultTransport.RoundTrip(r)
}

func connectAgent(ctx context.Context, transport mcp.Transport) (*mcp.ClientSession, error) {
	return mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, transport, nil)
}

// callTool returns the text of a tool and whether it is an error.
func callTool(t *testing.T, session *mcp.ClientSession, name string, arguments map[string]any) (string, bool) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	text, ok := result.Content[0].(*mcp.TextContent)
	if !ok {
		t.Fatalf("content %T", result.Content[0])
	}
	return text.Text, result.IsError
}

var askGaps = map[string]any{"region": "杭州", "states": []string{"ABSENT"}}

// TestMcpOverStreams starts the program as agents do, and calls a tool. The
// client fails on anything else on the standard output.
func TestMcpOverStreams(t *testing.T) {
	t.Setenv(smallPopulation, "1")
	file := filepath.Join(t.TempDir(), "graph.db")
	if code, _, stderr := program(t, "load", filepath.Join("testdata", "mini"), "--file", file); code != exitOK {
		t.Fatal(stderr)
	}
	agent := process(t, "mcp", "--file", file)
	var stderr lockedBuffer
	agent.Stderr = &stderr
	session, err := connectAgent(t.Context(), &mcp.CommandTransport{Command: agent})
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	if name := session.InitializeResult().ServerInfo.Name; name != "liantu" {
		t.Errorf("the server is called %q", name)
	}
	text, failed := callTool(t, session, "gaps", askGaps)
	if failed || !strings.Contains(text, `"resist.photoresist"`) || !strings.Contains(text, `"FILL"`) {
		t.Errorf("the answer does not say that photoresist is to be filled: %s", text)
	}
	if err := session.Close(); err != nil {
		t.Errorf("the program did not end well when its agent went: %v: %s", err, stderr.String())
	}
	if !strings.Contains(stderr.String(), "tool=gaps") || strings.Contains(stderr.String(), "杭州") {
		t.Errorf("the log is to name the tool and not its arguments: %s", stderr.String())
	}
}

// TestMcpOverHTTP asks as a user, as another, and as a caller that the service
// does not know: a service for agents alone, and one for GraphQL that answers them as well.
func TestMcpOverHTTP(t *testing.T) {
	for _, command := range []string{"mcp", "serve"} {
		t.Run(command, func(t *testing.T) { agentsPassTheDoor(t, command) })
	}
}

func agentsPassTheDoor(t *testing.T, command string) {
	t.Helper()
	t.Setenv(smallPopulation, "1")
	dir := t.TempDir()
	t.Setenv("LIANTU_ACCESS_MODE", "required")
	t.Setenv("LIANTU_ACCESS_USERS", filepath.Join(dir, "users.json"))
	t.Setenv("LIANTU_ACCESS_AUDIT", filepath.Join(dir, "audit.jsonl"))
	t.Setenv("LIANTU_STORE_PATH", filepath.Join(dir, "graph.db"))
	must := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := program(t, args...)
		if code != exitOK {
			t.Fatalf("%v: %s", args, stderr)
		}
		return strings.TrimSpace(stdout)
	}
	must("load", filepath.Join("testdata", "mini"))
	must("users", "add", "kan", "--role", "viewer")
	must("users", "add", "wang", "--role", "steward")
	viewer, steward := must("keys", "add", "kan"), must("keys", "add", "wang")
	// What trusted documents shut out for clients does not concern the tools.
	t.Setenv("LIANTU_SERVER_TRUSTED_DOCUMENTS", filepath.Dir(write(t, "meta.graphql", "query meta { meta { version } }")))
	s := serve(t, command)
	connect := func(key string) (*mcp.ClientSession, error) {
		return connectAgent(t.Context(), &mcp.StreamableClientTransport{
			Endpoint: s.url + "/mcp", HTTPClient: &http.Client{Transport: bearerOf(key)}, MaxRetries: -1,
		})
	}
	for name, key := range map[string]string{"nobody": "", "a wrong key": "lt_00000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a key that is cut": viewer[:40]} {
		if _, err := connect(key); err == nil || !strings.Contains(err.Error(), "Unauthorized") {
			t.Errorf("%s: error %v, want it refused", name, err)
		}
	}
	toOpen := map[string]any{"region": "杭州", "link": "resist.photoresist"}
	for name, c := range map[string]struct {
		key      string
		mayPaths bool
	}{"viewer": {viewer, false}, "steward": {steward, true}} {
		session, err := connect(c.key)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if text, failed := callTool(t, session, "gaps", askGaps); failed || strings.Contains(text, `"errors"`) || !strings.Contains(text, `"resist.photoresist"`) {
			t.Errorf("%s asks for gaps: %s", name, text)
		}
		if text, failed := callTool(t, session, "introductions", toOpen); failed == c.mayPaths || strings.Contains(text, "FORBIDDEN") == c.mayPaths {
			t.Errorf("%s asks for introductions: %s", name, text)
		}
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	}
	if record := must("audit", "show", "--format", "csv"); !strings.Contains(record, "introductions") || !strings.Contains(record, "kan") {
		t.Errorf("the refusal of the viewer is not recorded: %s", record)
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("exit code %d: %s", code, s.stderr)
	}
	if record := must("audit", "show", "--format", "csv"); !strings.Contains(record, "wrong credentials") {
		t.Errorf("the wrong keys are not recorded: %s", record)
	}
}

// TestMcpAnswersNoPages sends what a page of another site would send.
func TestMcpAnswersNoPages(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph.db")
	if code, _, stderr := program(t, "load", filepath.Join("testdata", "mini"), "--file", file); code != exitOK {
		t.Fatal(stderr)
	}
	for _, command := range []string{"mcp", "serve"} {
		t.Run(command, func(t *testing.T) { agentsAreNoPages(t, serve(t, command, "--file", file)) })
	}
	code, _, stderr := program(t, "mcp", "--file", file, "--listen", "0.0.0.0:0")
	if code != exitFailed || !strings.Contains(stderr, "access.mode is none") {
		t.Errorf("listening for other machines without authentication: %d %s", code, stderr)
	}
}

const listTools = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`

// postTools sends the question which tools there are.
func postTools(t *testing.T, s *served, header, value string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/mcp", strings.NewReader(listTools))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	if header == "Host" {
		r.Host = value
	} else {
		r.Header.Set(header, value)
	}
	return send(t, http.DefaultClient, r)
}

// TestServeWithoutAgents turns the tools off beside GraphQL.
func TestServeWithoutAgents(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph.db")
	if code, _, stderr := program(t, "load", filepath.Join("testdata", "mini"), "--file", file); code != exitOK {
		t.Fatal(stderr)
	}
	t.Setenv("LIANTU_SERVER_MCP", "off")
	if status, body := postTools(t, serve(t, "serve", "--file", file), "Accept-Language", "en"); status != http.StatusNotFound || !strings.Contains(body, "NO_SUCH_PATH") {
		t.Errorf("the tools are off: %d %s", status, body)
	}
}

func agentsAreNoPages(t *testing.T, s *served) {
	t.Helper()
	for name, header := range map[string][2]string{
		"another site": {"Sec-Fetch-Site", "cross-site"}, "another name": {"Host", "evil.example"}, "an origin": {"Origin", "http://evil.example"},
	} {
		want := http.StatusForbidden
		if header[0] == "Host" {
			want = http.StatusMisdirectedRequest
		}
		if status, body := postTools(t, s, header[0], header[1]); status != want || strings.Contains(body, "tools") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, body := postTools(t, s, "Accept-Language", "en"); status != http.StatusOK || !strings.Contains(body, "introductions") {
		t.Errorf("an agent of this machine: %d %s", status, body)
	}
}

// TestAgentsOfListedOrigins lets a page of a listed origin use the tools, and no other one.
func TestAgentsOfListedOrigins(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph.db")
	if code, _, stderr := program(t, "load", filepath.Join("testdata", "mini"), "--file", file); code != exitOK {
		t.Fatal(stderr)
	}
	t.Setenv("LIANTU_SERVER_CORS_ORIGINS", "https://agents.example")
	for _, command := range []string{"mcp", "serve"} {
		s := serve(t, command, "--file", file)
		if status, body := postTools(t, s, "Origin", "https://agents.example"); status != http.StatusOK {
			t.Errorf("%s, a listed origin: %d %s", command, status, body)
		}
		if status, body := postTools(t, s, "Origin", "https://other.example"); status != http.StatusForbidden {
			t.Errorf("%s, another origin: %d %s", command, status, body)
		}
		response, _ := exchange(t, http.DefaultClient, http.MethodOptions, s.url+"/mcp", "", "Origin", "https://agents.example", "Access-Control-Request-Method", "POST")
		if response.StatusCode != http.StatusNoContent || response.Header.Get("Access-Control-Allow-Origin") != "https://agents.example" {
			t.Errorf("%s, the question of a browser: %d %v", command, response.StatusCode, response.Header)
		}
	}
}
