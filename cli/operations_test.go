package cli

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/schema"
)

// loaded makes a graph file of the invented chain.
func loaded(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "graph.db")
	if code, _, stderr := program(t, "load", filepath.Join("testdata", "mini"), "--file", file); code != exitOK {
		t.Fatalf("load: %d\n%s", code, stderr)
	}
	return file
}

// fetch makes a request with headers by turns and returns status and body.
func fetch(t *testing.T, method, url, body string, head ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(head); i += 2 {
		request.Header.Set(head[i], head[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// post asks a question with variables.
func post(t *testing.T, s *served, query string, variables map[string]any, head ...string) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return fetch(t, "POST", s.url+"/graphql", string(body), append(head, "Content-Type", "application/json")...)
}

var metricsAt = regexp.MustCompile(`metrics at (https?://\S+)/metrics`)

// adminOf is the address of the admin listener.
func (s *served) adminOf(t *testing.T) string {
	t.Helper()
	m := metricsAt.FindStringSubmatch(s.stdout.String())
	if m == nil {
		t.Fatalf("no admin listener: %s", s.stdout)
	}
	return m[1]
}

// TestAdminListener asks a served graph and reads what its operator sees.
func TestAdminListener(t *testing.T) {
	t.Setenv("LIANTU_ADMIN_LISTEN", "127.0.0.1:0")
	s := serve(t, "serve", "--file", loaded(t))
	admin := s.adminOf(t)
	for range 3 {
		if status, body := post(t, s, `query Cities { region(id: "330100") { name } }`, nil); status != 200 || !strings.Contains(body, "杭州") {
			t.Fatalf("%d: %s", status, body)
		}
	}
	post(t, s, `{ ...A } fragment A on Query { ...A }`, nil)
	if status, _ := fetch(t, "POST", s.url+"/graphql", "{", "Content-Type", "text/plain"); status != 415 {
		t.Errorf("a body in plain text gets %d", status)
	}
	if status, body := post(t, s, `mutation M { declareRole(clientMutationId: "1", link: "resist.resin", role: KEY) { version } }`, nil); status != 200 || strings.Contains(body, "errors") {
		t.Fatalf("a change gives %d: %s", status, body)
	}
	status, text := fetch(t, "GET", admin+"/metrics", "")
	if status != 200 {
		t.Fatalf("metrics: status %d", status)
	}
	for _, want := range []string{
		`liantu_operation_duration_seconds_bucket{operation="other",outcome="ok",le="10"} 4`,
		`liantu_operation_duration_seconds_count{operation="anonymous",outcome="refused"} 1`,
		`liantu_refusals_total{reason="FRAGMENT_CYCLE"} 1`,
		`liantu_refusals_total{reason="UNSUPPORTED_MEDIA"} 1`,
		`liantu_cache_requests_total{cache="operations",result="hit"} 2`,
		`liantu_cache_requests_total{cache="answers",result="hit"} 2`,
		`liantu_cache_requests_total{cache="answers",result="miss"} 1`,
		`liantu_store_duration_seconds_count{call="changes",result="ok"}`,
		`liantu_store_duration_seconds_count{call="apply",result="ok"} 1`,
		`liantu_store_duration_seconds_count{call="loads",result="ok"} 1`,
		`liantu_picture_version `,
		`liantu_picture_stale 0`,
		`liantu_panics_total 0`,
		`liantu_queue_wait_seconds_count{lane="light"}`,
		`liantu_requests_computing 0`,
		`go_goroutines`,
		`process_cpu_seconds_total`,
	} {
		if !strings.Contains(text, "\n"+want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	for _, name := range []string{"picture_age_seconds", "picture_build_seconds"} {
		if m := regexp.MustCompile(`\nliantu_` + name + ` (\S+)\n`).FindStringSubmatch(text); m == nil || m[1] == "0" || m[1][0] == '-' {
			t.Errorf("%s is %q, want a time", name, m)
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/debug/pprof/", "/debug/pprof/goroutine?debug=1", "/debug/pprof/heap", "/debug/pprof/cmdline"} {
		if status, body := fetch(t, "GET", admin+path, ""); status != 200 {
			t.Errorf("%s: %d, %.200s", path, status, body)
		}
	}
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap"} {
		if status, _ := fetch(t, "GET", s.url+path, ""); status != 404 {
			t.Errorf("%s is shown to callers: %d", path, status)
		}
	}
	if status, _ := post(t, &served{url: admin}, "{ meta { version } }", nil); status != 404 && status != 405 {
		t.Errorf("the admin listener answers questions: %d", status)
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("exit code %d: %s", code, s.stderr)
	}
	if response, err := http.Get(admin + "/metrics"); err == nil {
		t.Errorf("the admin listener outlives the service: %d, %v", response.StatusCode, response.Body.Close())
	}
}

// TestMetricsWithoutProfiles serves metrics to other machines.
func TestMetricsWithoutProfiles(t *testing.T) {
	t.Setenv("LIANTU_ADMIN_LISTEN", "0.0.0.0:0")
	t.Setenv("LIANTU_ADMIN_PPROF", "false")
	t.Setenv("LIANTU_ADMIN_TOKEN", "a-token-for-the-metrics")
	t.Setenv("LIANTU_SERVER_PLAIN_HTTP", "true")
	s := serve(t, "serve", "--file", loaded(t))
	admin := strings.Replace(s.adminOf(t), "[::]", "127.0.0.1", 1)
	for path, want := range map[string]int{"/metrics": 200, "/debug/pprof/": 404, "/debug/pprof/heap": 404} {
		if status, _ := fetch(t, "GET", admin+path, "", "Authorization", "Bearer a-token-for-the-metrics"); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
		for _, wrong := range []string{"", "Bearer ", "Bearer a-token-for-the-metric", "Basic a-token-for-the-metrics"} {
			if status, body := fetch(t, "GET", admin+path, "", "Authorization", wrong); status != 401 || body != "Unauthorized\n" {
				t.Errorf("%s with %q: %d %s", path, wrong, status, body)
			}
		}
	}
}

// collector is a receiver of traces by OTLP over HTTP.
type collector struct {
	*httptest.Server
	mu   sync.Mutex
	sent []string // method and path of what arrived
	text strings.Builder
}

func newCollector(t *testing.T) *collector {
	c := new(collector)
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.sent = append(c.sent, r.Method+" "+r.URL.Path+" "+r.Header.Get("Content-Type"))
		c.text.Write(body)
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(c.Close)
	return c
}

// TestTraces serves with and without a collector of traces. They name steps and
// operations and contain no values.
func TestTraces(t *testing.T) {
	file, c := loaded(t), newCollector(t)
	t.Setenv("LIANTU_TRACING_SAMPLE", "0")
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", c.URL) // which is no setting of this program
	const trace = "0123456789abcdef0123456789abcdef"
	ask := func() {
		t.Helper()
		s := serve(t, "serve", "--file", file)
		head := []string{"traceparent", "00-" + trace + "-0123456789abcdef-01", "X-Request-Id", "r-77"}
		if status, body := post(t, s, `query Where($id: ID!) { node(id: $id) { caption } region(id: "secret-2") { name } }`,
			map[string]any{"id": "secret-1"}, head...); status != 200 {
			t.Fatalf("%d: %s", status, body)
		}
		post(t, s, `query NotTraced { meta { version } }`, nil)
		fetch(t, "GET", s.url+"/secret-3?secret-4", "", head...)
		if code := s.stop(); code != exitOK {
			t.Fatalf("exit code %d: %s", code, s.stderr)
		}
	}
	ask()
	if len(c.sent) > 0 {
		t.Fatalf("without an endpoint it sends %q", c.sent)
	}
	t.Setenv("LIANTU_TRACING_ENDPOINT", c.URL)
	ask()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, what := range c.sent {
		if what != "POST /v1/traces application/x-protobuf" {
			t.Errorf("it sends %s", what)
		}
	}
	id, err := hex.DecodeString(trace)
	if err != nil {
		t.Fatal(err)
	}
	text := c.text.String()
	for _, want := range []string{
		"service.name", "liantu", "POST /graphql", "graphql.prepare", "graphql.run", "graphql.operation.name", "other",
		"NOT_FOUND", "r-77", "GET (none)", "http.response.status_code", string(id),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the traces lack %q", want)
		}
	}
	for _, never := range []string{"secret", "NotTraced", "Where"} {
		if strings.Contains(text, never) {
			t.Errorf("the traces hold %q", never)
		}
	}
}

// TestTracesWithoutACollector names one that is not there: requests are
// answered, and the service stops in good order.
func TestTracesWithoutACollector(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	t.Setenv("LIANTU_TRACING_ENDPOINT", gone.URL)
	t.Setenv("LIANTU_TRACING_SAMPLE", "1")
	s := serve(t, "serve", "--file", loaded(t))
	if status, body := post(t, s, `{ meta { version } }`, nil); status != 200 {
		t.Errorf("%d: %s", status, body)
	}
	if code := s.stop(); code != exitOK || !strings.Contains(s.stderr.String(), "traces not sent") {
		t.Errorf("exit code %d: %s", code, s.stderr)
	}
}

// TestSlowOperationsAreLogged calls everything slow. The log says which
// operation it was and what it cost, and none of the values.
func TestSlowOperationsAreLogged(t *testing.T) {
	t.Setenv("LIANTU_LIMITS_SLOW_OPERATION", "1ns")
	s := serve(t, "serve", "--file", loaded(t), "--log-format", "json")
	post(t, s, `query Slow($id: ID!) { # secret-0
		node(id: $id) { caption } region(id: "secret-1") { name } nodes(kind: Company, first: 77) { nodes { id } } block: region(id: """secret-2""") { name }
	}`, map[string]any{"id": "secret-3"}, "X-Request-Id", "r-5")
	post(t, s, `{ "secret-4" `, nil)
	post(t, s, `{ secretfive secretfive @secretfive }`, nil)
	s.stop()
	var slow map[string]any
	for line := range strings.Lines(s.stderr.String()) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if entry["msg"] == "slow operation" && entry["operation"] == "other" {
			slow = entry
		}
	}
	if slow == nil {
		t.Fatalf("no line on the operation: %s", s.stderr)
	}
	for _, name := range []string{"took", "waited", "values", "work", "bytes", "document", "shape"} {
		if slow[name] == nil {
			t.Errorf("the line lacks %q: %v", name, slow)
		}
	}
	for name, least := range map[string]float64{"values": 77, "work": 5} { // of the rows asked for, and of those there are
		if n, _ := slow[name].(float64); n < least {
			t.Errorf("%s: %v, want at least %v", name, slow[name], least)
		}
	}
	if slow["request_id"] != "r-5" || !strings.Contains(fmt.Sprint(slow["codes"]), "NOT_FOUND") {
		t.Errorf("the line is %v", slow)
	}
	if strings.Contains(s.stderr.String(), "secret") {
		t.Errorf("the log contains values: %s", s.stderr)
	}
}

// TestReadinessFollowsTheStore takes the graph file away from a service and
// gives it back. Meanwhile it answers from what it has, and says that it is not
// ready once that is older than the limit.
func TestReadinessFollowsTheStore(t *testing.T) {
	file := loaded(t)
	t.Setenv("LIANTU_SERVER_REFRESH", "10ms")
	t.Setenv("LIANTU_LIMITS_MAX_PICTURE_AGE", "500ms")
	t.Setenv("LIANTU_ADMIN_LISTEN", "127.0.0.1:0")
	s := serve(t, "serve", "--file", file)
	ready := func(want int, text string) func() bool {
		return func() bool {
			status, body := fetch(t, "GET", s.adminOf(t)+"/readyz", "")
			return status == want && strings.Contains(body, text)
		}
	}
	until(t, "the service to be ready", ready(200, `"status":"ready"`))
	var store *filestore.Store
	until(t, "the file to be free", func() (ok bool) {
		var err error
		store, err = filestore.Open(file, schema.Default())
		return err == nil
	})
	// A file that did not change is not opened; this one changes.
	props := map[string]any{"code": "990000", "name": "某地"}
	draft := graph.NodeDraft{Kind: "Chain", Keys: graph.KeysOf(schema.Default().Node("Chain"), props)}
	for name, value := range props {
		draft.Facts = append(draft.Facts, graph.Fact{Property: name, Value: value, Provenance: graph.Provenance{Source: "made-up", AsOf: "2026", Grade: graph.GradeD}})
	}
	result, err := store.Apply(t.Context(), graph.Batch{Nodes: []graph.NodeDraft{draft}})
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the store to be out of reach", ready(503, `"stale":true`))
	until(t, "the picture to be too old", ready(503, "not been heard of"))
	if status, body := post(t, s, `{ meta { version } }`, nil); status != 200 || !strings.Contains(body, `"stale":true`) {
		t.Errorf("it answers with %d: %s", status, body)
	}
	if status, _ := fetch(t, "GET", s.url+"/healthz", ""); status != 200 {
		t.Errorf("healthz: %d", status)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	until(t, "the service to be ready again", ready(200, fmt.Sprintf(`"version":%d,`, result.Version)))
}
