package metrics

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"sync"

	"github.com/VictoriaMetrics/metrics"
)

func init() { metrics.ExposeMetadata(true) } // writes the type above each family

// page is the page of metrics: the families of a set, each with a sentence that says
// what it counts, and those of Go and the process.
type page struct {
	set  *metrics.Set
	help map[string]string // by family
	mu   *sync.RWMutex     // guards help
}

func newPage() page {
	return page{set: metrics.NewSet(), help: map[string]string{}, mu: new(sync.RWMutex)}
}

// explain notes what a family counts.
func (p page) explain(name, help string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.help[name] = help
}

// ServeHTTP writes the page in the text format of Prometheus, compressed for readers
// that accept it.
func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var text bytes.Buffer
	p.write(&text)
	metrics.WriteProcessMetrics(&text)
	metrics.WriteFDMetrics(&text)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Add("Vary", "Accept-Encoding")
	if !acceptsGzip(r.Header) {
		_, _ = w.Write(text.Bytes()) // a reader that has gone needs no answer
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_, _ = z.Write(text.Bytes())
	_ = z.Close()
}

// write writes the families of the set, with the sentences where the set writes
// the name alone.
func (p page) write(to *bytes.Buffer) {
	var plain bytes.Buffer
	p.set.WritePrometheus(&plain)
	p.mu.RLock()
	defer p.mu.RUnlock()
	for line := range bytes.Lines(plain.Bytes()) {
		name, explains := strings.CutPrefix(strings.TrimSpace(string(line)), "# HELP ")
		if explains {
			line = []byte("# HELP " + name + " " + p.help[name] + "\n")
		}
		to.Write(line)
	}
}

// acceptsGzip reports whether a reader names gzip and does not refuse it.
func acceptsGzip(head http.Header) bool {
	for _, list := range head.Values("Accept-Encoding") {
		for part := range strings.SplitSeq(list, ",") {
			coding, weight, _ := strings.Cut(part, ";")
			if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
				zero := strings.Trim(strings.TrimPrefix(strings.TrimSpace(weight), "q="), "0.") == ""
				return weight == "" || !zero
			}
		}
	}
	return false
}

// family is the series of one name, which differ in the values of one or two
// labels, or the one series that has none.
type family[M any] struct {
	name   string
	labels []string
	make   func(series string) M

	mu     sync.RWMutex
	series map[[2]string]M
}

func histograms(p page, name, help string, buckets []float64, labels ...string) *family[*metrics.PrometheusHistogram] {
	p.explain(name, help)
	return &family[*metrics.PrometheusHistogram]{
		name: name, labels: labels, series: map[[2]string]*metrics.PrometheusHistogram{},
		make: func(series string) *metrics.PrometheusHistogram {
			return p.set.NewPrometheusHistogramExt(series, buckets)
		},
	}
}

func counters(p page, name, help string, labels ...string) *family[*metrics.Counter] {
	p.explain(name, help)
	return &family[*metrics.Counter]{
		name: name, labels: labels, series: map[[2]string]*metrics.Counter{}, make: p.set.NewCounter,
	}
}

// with returns the series with the values of the labels, which it adds if it is new.
func (f *family[M]) with(values ...string) M {
	var key [2]string
	copy(key[:], values)
	f.mu.RLock()
	m, known := f.series[key]
	f.mu.RUnlock()
	if known {
		return m
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if m, known = f.series[key]; !known {
		var pairs []string
		for i, label := range f.labels {
			pairs = append(pairs, label, key[i])
		}
		m = f.make(series(f.name, pairs...))
		f.series[key] = m
	}
	return m
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// series is the name of a series: of a family, and labels and values alternately.
func series(name string, pairs ...string) string {
	if len(pairs) == 0 {
		return name
	}
	var b strings.Builder
	b.WriteString(name)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(pairs[i] + `="` + escapes.Replace(strings.ToValidUTF8(pairs[i+1], "\uFFFD")) + `"`)
	}
	b.WriteByte('}')
	return b.String()
}
