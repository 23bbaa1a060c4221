package metrics_test

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"liantu/api/metrics"
)

func read(tb testing.TB, m *metrics.Metrics) string {
	tb.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		tb.Fatalf("status %d", w.Code)
	}
	return w.Body.String()
}

func TestNumbers(t *testing.T) {
	m := metrics.New()
	m.Operation("Gaps", metrics.OK, 3*time.Millisecond)
	m.Operation("", metrics.Refused, time.Microsecond)
	m.Waited("heavy", time.Millisecond)
	m.Refused("TOO_MANY_TOKENS")
	m.Refused("TOO_MANY_TOKENS")
	m.Panicked()
	m.Store("changes", time.Second, nil)
	m.Store("changes", time.Second, errors.New("gone"))
	m.Cache("operations", true)
	m.Cache("operations", false)
	m.Gauge("picture_age_seconds", "Age.", func() float64 { return 1.5 })
	m.Constant("build_info", "Build.", map[string]string{"version": "1.2.3"})
	text := read(t, m)
	for _, want := range []string{
		`liantu_operation_duration_seconds_bucket{operation="Gaps",outcome="ok",le="0.0025"} 0`,
		`liantu_operation_duration_seconds_bucket{operation="Gaps",outcome="ok",le="0.005"} 1`,
		`liantu_operation_duration_seconds_count{operation="anonymous",outcome="refused"} 1`,
		`liantu_queue_wait_seconds_count{lane="heavy"} 1`,
		`liantu_refusals_total{reason="TOO_MANY_TOKENS"} 2`,
		`liantu_panics_total 1`,
		`liantu_store_duration_seconds_count{call="changes",result="ok"} 1`,
		`liantu_store_duration_seconds_count{call="changes",result="failed"} 1`,
		`liantu_cache_requests_total{cache="operations",result="hit"} 1`,
		`liantu_cache_requests_total{cache="operations",result="miss"} 1`,
		`liantu_picture_age_seconds 1.5`,
		`liantu_build_info{version="1.2.3"} 1`,
		`go_goroutines `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

// TestNamesAreBounded reports more names than the limit, in several goroutines.
func TestNamesAreBounded(t *testing.T) {
	m := metrics.New()
	var all sync.WaitGroup
	for g := range 4 {
		all.Go(func() {
			for i := range 500 {
				m.Operation(fmt.Sprintf("Op%d_%d", g, i), metrics.OK, time.Millisecond)
			}
		})
	}
	all.Wait()
	text := read(t, m)
	if n := strings.Count(text, "liantu_operation_duration_seconds_count{"); n != 101 {
		t.Errorf("%d series, want 100 names and the others", n)
	}
	if !strings.Contains(text, `liantu_operation_duration_seconds_count{operation="other",outcome="ok"} 1900`) {
		t.Error("the others are not counted together")
	}
}
