package api_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"liantu/api"
	"liantu/api/metrics"
)

// TestStopLosesNoRequest stops a server with requests that compute, that wait
// for a place, and that come while it drains. Each is answered.
func TestStopLosesNoRequest(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for a server to drain")
	}
	const places, early, late = 4, 40, 5
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) {
		c.MaxConcurrent, c.DrainDelay = places, 3*time.Second
	})
	release := make(chan struct{})
	api.AddField(s, "slow", func() (any, error) {
		<-release
		return "done", nil
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	base := "http://" + l.Addr().String()
	served.Store(base, s)
	var all sync.WaitGroup
	ask := func(n int) {
		for range n {
			all.Go(func() {
				r := send(t, "POST", base+"/graphql", `{"query":"{ slow }"}`, "Content-Type", plainJSON)
				if r.status != 200 || !strings.Contains(r.body, "done") {
					t.Errorf("a request that was accepted gets %+v", r)
				}
			})
		}
	}
	// state is what an operator sees once so many wait.
	state := func(waiting float64) (int, map[string]any) {
		for {
			if ready := readiness(t, base); ready["waiting"] == waiting {
				return ready["code"].(int), ready
			}
		}
	}
	ask(early)
	if status, ready := state(early - places); status != 200 || ready["computing"] != float64(places) {
		t.Errorf("before: %d, %v", status, ready)
	}
	stop()
	for {
		if r := send(t, "GET", base+"/readyz", ""); r.status == 503 && r.json(t)["reason"] == "draining" {
			break
		}
	}
	ask(late)
	if status, ready := state(early + late - places); status != 503 || ready["status"] != "not ready" {
		t.Errorf("while draining: %d, %v", status, ready)
	}
	if r := send(t, "GET", base+"/healthz", ""); r.status != 200 {
		t.Errorf("healthz while draining: %+v", r)
	}
	close(release)
	all.Wait()
	if err := <-ended; err != nil {
		t.Errorf("serve: %v", err)
	}
	if response, err := http.Get(base + "/healthz"); err == nil {
		t.Errorf("a stopped server answers %d, %v", response.StatusCode, response.Body.Close())
	}
}

// TestPanicIsOneFailedRequest lets a resolver panic, alone and among many. The
// failed request has an id that the log has, too, and all others are answered.
func TestPanicIsOneFailedRequest(t *testing.T) {
	var log strings.Builder
	numbers := metrics.New()
	s := newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Log, d.Metrics = logTo(&log), numbers })
	api.AddField(s, "boom", func() (any, error) { panic("a secret") })
	server := httptest.NewServer(s.Handler())
	ask := func(query string, head ...string) reply {
		return send(t, "POST", server.URL+"/graphql", `{"query":"`+query+`"}`, append(head, "Content-Type", plainJSON)...)
	}
	failed := ask(`{ boom meta { version } }`, "X-Request-Id", "r-41")
	answer := failed.json(t)
	id := ""
	if errs, _ := answer["errors"].([]any); len(errs) == 1 {
		id, _ = errs[0].(map[string]any)["extensions"].(map[string]any)["requestId"].(string)
	}
	if failed.status != 200 || firstCode(answer) != "INTERNAL" || id != "r-41" || failed.header.Get("X-Request-Id") != id {
		t.Errorf("the request gets %+v", failed)
	}
	if strings.Contains(failed.body, "secret") || answer["data"].(map[string]any)["meta"] == nil {
		t.Errorf("the answer is %s", failed.body)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			query, code := `{ meta { version } }`, ""
			if i%2 == 0 {
				query, code = `{ boom }`, "INTERNAL"
			}
			if r := ask(query); r.status != 200 || firstCode(r.json(t)) != code {
				t.Errorf("%s gets %+v", query, r)
			}
		})
	}
	all.Wait()
	server.Close() // waits for the handlers, and so for their lines
	lines := 0
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, `"msg":"panic"`) {
			lines++
			if lines == 1 && (!strings.Contains(line, `"request_id":"r-41"`) || !strings.Contains(line, `"reason":"string"`) || !strings.Contains(line, "operations_test.go")) {
				t.Errorf("the line of the log is %s", line)
			}
		}
	}
	if lines != 11 {
		t.Errorf("%d panics in the log, want 11", lines)
	}
	w := httptest.NewRecorder()
	numbers.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(w.Body.String(), "\nliantu_panics_total 11\n") {
		t.Error("the panics are not counted")
	}
}
