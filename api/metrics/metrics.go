// Package metrics counts what a running service does, in the format of Prometheus.
// No metric names a person, a company or a value that a client sent, except the
// names of operations, of which it holds a limited number.
//
// Package api and the program itself may import metrics and report to it.
package metrics

import (
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// operationsNamed is the most operations that have a histogram of their own. Later
// ones are counted together as "other".
const operationsNamed = 100

// The labels of operations without a name, and of those beyond the limit.
const (
	Anonymous = "anonymous"
	Other     = "other"
)

// Metrics holds the numbers of one service. All methods are safe for use by
// several goroutines.
type Metrics struct {
	page       page
	operations *family[*metrics.PrometheusHistogram]
	waits      *family[*metrics.PrometheusHistogram]
	refusals   *family[*metrics.Counter]
	panics     *metrics.Counter
	store      *family[*metrics.PrometheusHistogram]
	caches     *family[*metrics.Counter]

	mu    sync.Mutex
	named map[string]string // the text itself
}

// New makes metrics without any counts.
func New() *Metrics {
	p := newPage()
	return &Metrics{
		page: p,
		operations: histograms(p, "liantu_operation_duration_seconds", "Time to answer a GraphQL operation, by its name and outcome: ok, failed or refused.",
			[]float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}, "operation", "outcome"),
		waits: histograms(p, "liantu_queue_wait_seconds", "Time that requests waited for a place to compute, by lane.",
			[]float64{.0001, .001, .01, .1, 1, 10}, "lane"),
		refusals: counters(p, "liantu_refusals_total", "Requests refused, by reason.", "reason"),
		panics:   counters(p, "liantu_panics_total", "Panics that ended one request or field each.").with(),
		store: histograms(p, "liantu_store_duration_seconds", "Time of a call to the store, by call and result: ok or failed.",
			[]float64{.001, .005, .01, .05, .1, .5, 1, 5, 10, 60}, "call", "result"),
		caches: counters(p, "liantu_cache_requests_total", "Look-ups in a cache, by cache and result: hit or miss.", "cache", "result"),
		named:  map[string]string{},
	}
}

// The outcomes of an operation.
const (
	OK      = "ok"      // data without errors
	Failed  = "failed"  // data with errors, or an error of the service
	Refused = "refused" // not begun
)

// Operation counts an operation that took so long. The name must be empty unless the
// operation is valid, so that invalid requests do not use up the names.
func (m *Metrics) Operation(name, outcome string, took time.Duration) {
	m.operations.with(m.label(name), outcome).Update(took.Seconds())
}

func (m *Metrics) label(name string) string {
	if name == "" {
		return Anonymous
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	own, known := m.named[name]
	if !known {
		if len(m.named) >= operationsNamed {
			return Other
		}
		own = ownText(name)
		m.named[own] = own
	}
	return own
}

// ownText copies a text to memory of its own. A name is a part of the document of the
// client, which would stay in memory with all its literals; and a short copy would
// share its block of memory with other texts.
func ownText(name string) string { return (name + "                ")[:len(name)] }

// Waited counts how long a request waited for a place in a lane.
func (m *Metrics) Waited(lane string, took time.Duration) {
	m.waits.with(lane).Update(took.Seconds())
}

// Refused counts a refusal. The reasons are those of the program, never text of a
// client.
func (m *Metrics) Refused(reason string) { m.refusals.with(reason).Inc() }

// Panicked counts a panic.
func (m *Metrics) Panicked() { m.panics.Inc() }

// Store counts a call to the store.
func (m *Metrics) Store(call string, took time.Duration, err error) {
	result := OK
	if err != nil {
		result = Failed
	}
	m.store.with(call, result).Update(took.Seconds())
}

// Cache counts a look-up in the cache of the given name.
func (m *Metrics) Cache(name string, hit bool) {
	result := "miss"
	if hit {
		result = "hit"
	}
	m.caches.with(name, result).Inc()
}

// Gauge adds a number that is computed when the metrics are read. The name is
// without the prefix liantu_. Adding a name twice is a programmer's mistake and
// panics.
func (m *Metrics) Gauge(name, help string, value func() float64) {
	m.page.explain("liantu_"+name, help)
	m.page.set.NewGauge("liantu_"+name, value)
}

// Constant adds a gauge that is always 1 and has its information in its labels.
func (m *Metrics) Constant(name, help string, labels map[string]string) {
	m.page.explain("liantu_"+name, help)
	var pairs []string
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		pairs = append(pairs, label, labels[label])
	}
	m.page.set.NewGauge(series("liantu_"+name, pairs...), func() float64 { return 1 })
}

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler { return m.page }
