// Package metrics counts what a running service does, in the form of
// Prometheus. Package api and the program itself report to it; no number in it
// names a person, a company or a value that a client sent, apart from the names
// of operations, of which it keeps a bounded number.
package metrics

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// operationsNamed bounds the operations that have a histogram of their own.
// Those that come later are counted together as "other".
const operationsNamed = 100

// The labels of operations without a name, and of those beyond the bound.
const (
	Anonymous = "anonymous"
	Other     = "other"
)

// Metrics holds the numbers of one service. All methods are safe for use by
// several goroutines.
type Metrics struct {
	registry   *prometheus.Registry
	operations *prometheus.HistogramVec
	waits      *prometheus.HistogramVec
	refusals   *prometheus.CounterVec
	panics     prometheus.Counter
	store      *prometheus.HistogramVec
	caches     *prometheus.CounterVec

	mu    sync.Mutex
	named map[string]bool
}

// New makes metrics that nothing has been reported to.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		operations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "liantu_operation_duration_seconds", Help: "Time to answer a GraphQL operation, by its name and outcome: ok, failed or refused.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"operation", "outcome"}),
		waits: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "liantu_queue_wait_seconds", Help: "Time that requests waited for a place to compute, by lane.",
			Buckets: []float64{.0001, .001, .01, .1, 1, 10},
		}, []string{"lane"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "liantu_refusals_total", Help: "Requests refused, by reason.",
		}, []string{"reason"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "liantu_panics_total", Help: "Panics that ended one request or field each.",
		}),
		store: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "liantu_store_duration_seconds", Help: "Time of a call to the store, by call and result: ok or failed.",
			Buckets: []float64{.001, .005, .01, .05, .1, .5, 1, 5, 10, 60},
		}, []string{"call", "result"}),
		caches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "liantu_cache_requests_total", Help: "Look-ups in a cache, by cache and result: hit or miss.",
		}, []string{"cache", "result"}),
		named: map[string]bool{},
	}
	m.registry.MustRegister(m.operations, m.waits, m.refusals, m.panics, m.store, m.caches,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// The outcomes of an operation.
const (
	OK      = "ok"      // data without errors
	Failed  = "failed"  // data with errors, or an error of the service
	Refused = "refused" // not begun
)

// Operation counts an operation that took so long. Names that are not of a
// valid operation must be left empty, so that junk does not use up the names.
func (m *Metrics) Operation(name, outcome string, took time.Duration) {
	m.operations.WithLabelValues(m.label(name), outcome).Observe(took.Seconds())
}

func (m *Metrics) label(name string) string {
	if name == "" {
		return Anonymous
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.named[name] {
		if len(m.named) >= operationsNamed {
			return Other
		}
		m.named[name] = true
	}
	return name
}

// Waited counts how long a request waited for a place in a lane.
func (m *Metrics) Waited(lane string, took time.Duration) {
	m.waits.WithLabelValues(lane).Observe(took.Seconds())
}

// Refused counts a refusal. The reasons are those of the program, never words
// of a client.
func (m *Metrics) Refused(reason string) { m.refusals.WithLabelValues(reason).Inc() }

// Panicked counts a panic.
func (m *Metrics) Panicked() { m.panics.Inc() }

// Store counts a call to the store.
func (m *Metrics) Store(call string, took time.Duration, err error) {
	result := OK
	if err != nil {
		result = Failed
	}
	m.store.WithLabelValues(call, result).Observe(took.Seconds())
}

// Cache counts a look-up in the cache of the given name.
func (m *Metrics) Cache(name string, hit bool) {
	result := "miss"
	if hit {
		result = "hit"
	}
	m.caches.WithLabelValues(name, result).Inc()
}

// Gauge adds a number that is asked for when the metrics are read. The name is
// without the prefix liantu_. Adding a name twice is a programmer's mistake and
// panics.
func (m *Metrics) Gauge(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "liantu_" + name, Help: help}, value))
}

// Constant adds a gauge that is always 1 and says something in its labels.
func (m *Metrics) Constant(name, help string, labels map[string]string) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(
		prometheus.GaugeOpts{Name: "liantu_" + name, Help: help, ConstLabels: labels}, func() float64 { return 1 }))
}

// Handler answers the readers of the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
