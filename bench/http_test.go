package bench_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// body is the request body of a question.
func body(tb testing.TB, i int) []byte {
	tb.Helper()
	text, err := json.Marshal(map[string]any{"query": questions[i].document, "variables": questions[i].variables})
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// listen serves a handler on a free port of this machine until the test ends.
func listen(tb testing.TB, h http.Handler) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	tb.Cleanup(func() {
		if err := server.Shutdown(context.WithoutCancel(tb.Context())); err != nil {
			tb.Error(err)
		}
		<-done
	})
	return "http://" + l.Addr().String()
}

// constant answers every request with the same bytes from memory, as fast as
// gin can; the body is read, as every handler must.
func constant(answer []byte) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.POST("/graphql", func(c *gin.Context) {
		if _, err := io.Copy(io.Discard, c.Request.Body); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		c.Data(http.StatusOK, "application/json; charset=utf-8", answer)
	})
	return engine
}

// newClient is a client that asks for no coding of answers itself.
func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableCompression: true}}
}

// ask sends one question, whose answer is read into buf, and returns how long that took. The
// answer may have one coding; "" is for none.
func ask(tb testing.TB, client *http.Client, base, coding string, question []byte, buf *bytes.Buffer) time.Duration {
	start := time.Now()
	req, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, base+"/graphql", bytes.NewReader(question))
	if err != nil {
		tb.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if coding != "" {
		req.Header.Set("Accept-Encoding", coding)
	}
	res, err := client.Do(req)
	if err != nil {
		tb.Fatal(err)
	}
	buf.Reset()
	if _, err = buf.ReadFrom(res.Body); err != nil || res.StatusCode != http.StatusOK {
		tb.Fatal(res.Status, err)
	}
	if err := res.Body.Close(); err != nil {
		tb.Fatal(err)
	}
	return time.Since(start)
}

func median(of []time.Duration) time.Duration {
	slices.SortFunc(of, cmp.Compare[time.Duration])
	return of[len(of)/2]
}

// BenchmarkHTTP alternates between gin with the same bytes from memory and this
// service, and then between gin and this service with cached answers, on one
// connection each: what one computes would evict the others from the processor's
// cache. It reports the median of each and its ratio to that of gin.
func BenchmarkHTTP(b *testing.B) {
	for i, q := range questions {
		b.Run(q.name, func(b *testing.B) {
			question, buf, client := body(b, i), new(bytes.Buffer), newClient()
			bases := []string{"", listen(b, newServer(b, false).Handler()), listen(b, newServer(b, true).Handler())}
			ask(b, client, bases[1], "", question, buf)
			bases[0] = listen(b, constant(bytes.Clone(buf.Bytes())))
			b.ResetTimer()
			for k, name := range []string{1: "liantu", 2: "cached"} {
				if k == 0 {
					continue
				}
				var gin, took []time.Duration
				for range b.N {
					gin = append(gin, ask(b, client, bases[0], "", question, buf))
					took = append(took, ask(b, client, bases[k], "", question, buf))
				}
				usual, ours := float64(median(gin)), float64(median(took))
				b.ReportMetric(usual/1e3, "gin-µs-beside-"+name)
				b.ReportMetric(ours/1e3, name+"-µs")
				b.ReportMetric(ours/usual, name+"/gin")
			}
		})
	}
}

// BenchmarkLoad asks the question of 50 rows on 16 connections at once, as many
// requests as -benchtime says (as in 20000x), of each server in turn.
func BenchmarkLoad(b *testing.B) {
	const connections = 16
	question, buf := body(b, 1), new(bytes.Buffer)
	plain := listen(b, newServer(b, false).Handler())
	ask(b, newClient(), plain, "", question, buf)
	for _, server := range []struct{ name, base string }{
		{"gin", listen(b, constant(bytes.Clone(buf.Bytes())))},
		{"liantu", plain},
		{"cached", listen(b, newServer(b, true).Handler())},
	} {
		b.Run(server.name, func(b *testing.B) {
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
			took := make([][]time.Duration, connections)
			used, start := cpu(b), time.Now()
			var clients sync.WaitGroup
			for c := range connections {
				clients.Go(func() {
					buf := new(bytes.Buffer)
					for range b.N / connections {
						took[c] = append(took[c], ask(b, client, server.base, "", question, buf))
					}
				})
			}
			clients.Wait()
			all := slices.Concat(took...)
			if len(all) == 0 {
				return
			}
			b.ReportMetric(float64(len(all))/time.Since(start).Seconds(), "requests/s")
			b.ReportMetric(float64(cpu(b)-used)/float64(len(all))/1e3, "cpu-µs/request")
			b.ReportMetric(float64(median(all))/1e3, "p50-µs")
		})
	}
}

// BenchmarkCodings alternates between plain answers and the same compressed, of a service that
// computes each answer and then of one that has them in its cache. It reports the median of
// each coding, its ratio to plain, and the bytes. The client does not unpack them.
func BenchmarkCodings(b *testing.B) {
	for i, q := range questions {
		for _, cached := range []bool{false, true} {
			name := map[bool]string{false: "computed", true: "cached"}[cached]
			b.Run(q.name+"/"+name, func(b *testing.B) {
				question, buf, client := body(b, i), new(bytes.Buffer), newClient()
				base := listen(b, newServer(b, cached).Handler())
				codings, bytes := []string{"", "gzip", "zstd"}, map[string]int{}
				took := map[string][]time.Duration{}
				for range b.N {
					for _, coding := range codings {
						took[coding] = append(took[coding], ask(b, client, base, coding, question, buf))
						bytes[coding] = buf.Len()
					}
				}
				plain := float64(median(took[""]))
				b.ReportMetric(plain/1e3, "plain-µs")
				b.ReportMetric(float64(bytes[""]), "plain-bytes")
				for _, coding := range codings[1:] {
					b.ReportMetric(float64(median(took[coding]))/plain, coding+"/plain")
					b.ReportMetric(float64(bytes[coding]), coding+"-bytes")
				}
			})
		}
	}
}
