package metrics_test

import (
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"liantu/api/metrics"
)

// TestPage reads a family of each kind, with the sentence that explains it and
// its type above it, and values that need escaping.
func TestPage(t *testing.T) {
	m := metrics.New()
	m.Waited("heavy", 3*time.Millisecond)
	m.Waited("heavy", time.Minute)
	m.Refused("A")
	m.Gauge("picture_age_seconds", "Age of the picture.", func() float64 { return 1.5 })
	m.Constant("build_info", "Build.", map[string]string{"version": "1\"\\\n链", "go": "go1"})
	text := read(t, m)
	want := `# HELP liantu_build_info Build.
# TYPE liantu_build_info gauge
liantu_build_info{go="go1",version="1\"\\\n链"} 1
# HELP liantu_panics_total Panics that ended one request or field each.
# TYPE liantu_panics_total counter
liantu_panics_total 0
# HELP liantu_picture_age_seconds Age of the picture.
# TYPE liantu_picture_age_seconds gauge
liantu_picture_age_seconds 1.5
# HELP liantu_queue_wait_seconds Time that requests waited for a place to compute, by lane.
# TYPE liantu_queue_wait_seconds histogram
liantu_queue_wait_seconds_bucket{lane="heavy",le="0.0001"} 0
liantu_queue_wait_seconds_bucket{lane="heavy",le="0.001"} 0
liantu_queue_wait_seconds_bucket{lane="heavy",le="0.01"} 1
liantu_queue_wait_seconds_bucket{lane="heavy",le="0.1"} 1
liantu_queue_wait_seconds_bucket{lane="heavy",le="1"} 1
liantu_queue_wait_seconds_bucket{lane="heavy",le="10"} 1
liantu_queue_wait_seconds_bucket{lane="heavy",le="+Inf"} 2
liantu_queue_wait_seconds_sum{lane="heavy"} 60.003
liantu_queue_wait_seconds_count{lane="heavy"} 2
# HELP liantu_refusals_total Requests refused, by reason.
# TYPE liantu_refusals_total counter
liantu_refusals_total{reason="A"} 1
`
	if !strings.HasPrefix(text, want) {
		t.Errorf("got\n%.2000s\nwant\n%s", text, want)
	}
	for _, name := range []string{"go_goroutines", "go_memstats_heap_inuse_bytes", "process_cpu_seconds_total", "process_open_fds", "process_start_time_seconds"} {
		if !strings.Contains(text, "\n# TYPE "+name+" ") || !strings.Contains(text, "\n"+name+" ") {
			t.Errorf("the page lacks %s or its type", name)
		}
	}
}

func TestPageIsCompressed(t *testing.T) {
	m := metrics.New()
	for accepts, zipped := range map[string]bool{
		"gzip": true, "deflate, GZIP;q=0.5": true, "": false, "deflate": false, "gzip;q=0": false, "gzip; q=0.000": false, "x-gzip": false,
	} {
		request := httptest.NewRequest("GET", "/metrics", nil)
		request.Header.Set("Accept-Encoding", accepts)
		w := httptest.NewRecorder()
		m.Handler().ServeHTTP(w, request)
		body := io.Reader(w.Body)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != zipped {
			t.Errorf("%q: compressed %v", accepts, got)
			continue
		}
		if zipped {
			z, err := gzip.NewReader(body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		text, err := io.ReadAll(body)
		if err != nil || !strings.Contains(string(text), "liantu_panics_total 0") {
			t.Errorf("%q: %v, %.100q", accepts, err, text)
		}
	}
}

func TestGaugeTwice(t *testing.T) {
	m := metrics.New()
	m.Gauge("a", "A.", func() float64 { return 1 })
	defer func() {
		if recover() == nil {
			t.Error("a gauge was added twice")
		}
	}()
	m.Gauge("a", "A.", func() float64 { return 2 })
}

// BenchmarkOperation counts operations of one name, as each request does.
func BenchmarkOperation(b *testing.B) {
	m := metrics.New()
	b.ReportAllocs()
	for b.Loop() {
		m.Operation("Gaps", metrics.OK, time.Millisecond)
	}
}
