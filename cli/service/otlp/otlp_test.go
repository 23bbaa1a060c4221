package otlp

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	collector "go.opentelemetry.io/proto/slim/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

// receiver is a collector that answers the requests by turns.
type receiver struct {
	answers []http.HandlerFunc

	mu     sync.Mutex
	heads  []http.Header
	bodies [][]byte
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	n := len(r.bodies)
	r.heads, r.bodies = append(r.heads, request.Header), append(r.bodies, body)
	r.mu.Unlock()
	if n < len(r.answers) {
		r.answers[n](w, request)
	}
}

func (r *receiver) requests() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.bodies)
}

// status answers with a status and headers by turns.
func status(code int, head ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(head); i += 2 {
			w.Header().Set(head[i], head[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, "because\n")
	}
}

// message answers with an ExportTraceServiceResponse.
func message(t *testing.T, answer *collector.ExportTraceServiceResponse) http.HandlerFunc {
	t.Helper()
	body, err := proto.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		_, _ = w.Write(body)
	}
}

// exporter makes an exporter to a receiver that hardly waits between tries.
func exporter(t *testing.T, r *receiver) *Exporter {
	t.Helper()
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	e, err := New(server.URL + "/v1/traces")
	if err != nil {
		t.Fatal(err)
	}
	e.waits = waits{first: time.Millisecond, longest: 4 * time.Millisecond, total: 500 * time.Millisecond}
	t.Cleanup(e.stop)
	return e
}

// spans is a batch of one.
func spans(t *testing.T) []sdktrace.ReadOnlySpan {
	t.Helper()
	return tracetest.SpanStubs{remoteSpan(t)}.Snapshots()
}

func TestExport(t *testing.T) {
	r := new(receiver)
	e := exporter(t, r)
	if err := e.ExportSpans(t.Context(), nil); err != nil || r.requests() != 0 {
		t.Errorf("no spans: %v, %d requests", err, r.requests())
	}
	if err := e.ExportSpans(t.Context(), spans(t)); err != nil {
		t.Fatal(err)
	}
	if got := r.heads[0].Get("Content-Type"); got != "application/x-protobuf" {
		t.Errorf("content type %q", got)
	}
	if r.heads[0].Get("Content-Encoding") != "" || !bytes.Equal(r.bodies[0], encode(spans(t))) {
		t.Error("the body is not the request")
	}
}

func TestTriesAgain(t *testing.T) {
	for _, code := range []int{429, 502, 503, 504} {
		r := &receiver{answers: []http.HandlerFunc{status(code), status(code, "Retry-After", "0")}}
		if err := exporter(t, r).ExportSpans(t.Context(), spans(t)); err != nil || r.requests() != 3 {
			t.Errorf("status %d twice: %v after %d requests", code, err, r.requests())
		}
		if !bytes.Equal(r.bodies[0], r.bodies[2]) {
			t.Errorf("status %d: the third try sends another body", code)
		}
	}
	for _, code := range []int{400, 401, 404, 413, 500, 501} {
		r := &receiver{answers: []http.HandlerFunc{status(code)}}
		err := exporter(t, r).ExportSpans(t.Context(), spans(t))
		if err == nil || r.requests() != 1 || !strings.Contains(err.Error(), `"because"`) {
			t.Errorf("status %d: %v after %d requests", code, err, r.requests())
		}
	}
}

// TestRedirects sends to a collector that has moved: the spans arrive at the new
// place, or the error says that they did not.
func TestRedirects(t *testing.T) {
	for _, code := range []int{301, 302, 303, 307, 308} {
		r := &receiver{answers: []http.HandlerFunc{status(code, "Location", "/moved")}}
		err := exporter(t, r).ExportSpans(t.Context(), spans(t))
		if code >= 307 {
			if err != nil || r.requests() != 2 || !bytes.Equal(r.bodies[0], r.bodies[1]) {
				t.Errorf("status %d: %v after %d requests", code, err, r.requests())
			}
		} else if err == nil || r.requests() != 1 {
			t.Errorf("status %d: %v after %d requests, want an error", code, err, r.requests())
		}
	}
}

// TestLongRefusal gets a long page instead of a reason, of which the log needs
// only the beginning.
func TestLongRefusal(t *testing.T) {
	r := &receiver{answers: []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, strings.Repeat("page ", 10_000), http.StatusForbidden)
	}}}
	err := exporter(t, r).ExportSpans(t.Context(), spans(t))
	if err == nil {
		t.Fatal("a refusal is no error")
	}
	if !strings.Contains(err.Error(), "403 Forbidden: \"page page ") || len(err.Error()) > 700 {
		t.Errorf("an error of %d bytes: %.100s", len(err.Error()), err.Error())
	}
}

func TestGivesUp(t *testing.T) {
	always := status(503)
	r := &receiver{answers: make([]http.HandlerFunc, 10_000)}
	for i := range r.answers {
		r.answers[i] = always
	}
	e := exporter(t, r)
	e.waits.total = 20 * time.Millisecond
	if err := e.ExportSpans(t.Context(), spans(t)); err == nil || !strings.Contains(err.Error(), "503") || r.requests() < 2 {
		t.Errorf("%v after %d requests", err, r.requests())
	}
	// A wait that the collector asks for and that is too long is not begun.
	r = &receiver{answers: []http.HandlerFunc{status(429, "Retry-After", "3600")}}
	if err := exporter(t, r).ExportSpans(t.Context(), spans(t)); err == nil || r.requests() != 1 {
		t.Errorf("an hour: %v after %d requests", err, r.requests())
	}
}

// TestEndsEarly ends the context, and then the exporter, within a wait and
// within a request.
func TestEndsEarly(t *testing.T) {
	arrived := make(chan struct{}, 1)
	slow := func(_ http.ResponseWriter, request *http.Request) {
		arrived <- struct{}{}
		<-request.Context().Done()
	}
	waiting := func(w http.ResponseWriter, request *http.Request) {
		status(503)(w, request)
		arrived <- struct{}{}
	}
	for name, answer := range map[string]http.HandlerFunc{"request": slow, "wait": waiting} {
		for _, by := range []string{"context", "shutdown"} {
			e := exporter(t, &receiver{answers: []http.HandlerFunc{answer}})
			e.waits = waits{first: time.Hour, longest: time.Hour, total: 24 * time.Hour}
			ctx, cancel := context.WithCancel(t.Context())
			result := make(chan error, 1)
			go func() { result <- e.ExportSpans(ctx, spans(t)) }()
			<-arrived
			if by == "context" {
				cancel()
			} else if err := e.Shutdown(t.Context()); err != nil {
				t.Error(err)
			}
			if err := <-result; !errors.Is(err, context.Canceled) {
				t.Errorf("%s ended by %s: %v", name, by, err)
			}
			cancel()
		}
	}
	e := exporter(t, new(receiver))
	if err := errors.Join(e.Shutdown(t.Context()), e.Shutdown(t.Context())); err != nil {
		t.Error(err)
	}
	for range 200 { // a goroutine that has to cancel first would lose at times
		if err := e.ExportSpans(t.Context(), spans(t)); !errors.Is(err, context.Canceled) {
			t.Fatalf("after the end: %v", err)
		}
	}
}

func TestPartlyTaken(t *testing.T) {
	answer := func(rejected int64, text string) http.HandlerFunc {
		return message(t, &collector.ExportTraceServiceResponse{
			PartialSuccess: &collector.ExportTracePartialSuccess{RejectedSpans: rejected, ErrorMessage: text},
		})
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"all":        {message(t, &collector.ExportTraceServiceResponse{}), ""},
		"none given": {answer(0, ""), ""},
		"rejected":   {answer(3, "too old"), "rejected 3 spans: too old"},
		"a warning":  {answer(0, "deprecated"), "rejected 0 spans: deprecated"},
		"broken": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mediaType)
			_, _ = io.WriteString(w, "\x0a\x7f")
		}, "answer of the collector"},
		"not protobuf": {status(200, "Content-Type", "text/plain"), ""},
	} {
		err := exporter(t, &receiver{answers: []http.HandlerFunc{c.answer}}).ExportSpans(t.Context(), spans(t))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	e, err := New(gone.URL)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.ExportSpans(t.Context(), spans(t)); err == nil {
		t.Error("spans were sent to nobody")
	}
	for _, wrong := range []string{"", "localhost:4318", "grpc://localhost", "http://", "http://a b"} {
		if _, err := New(wrong); err == nil {
			t.Errorf("%q is taken for a URL", wrong)
		}
	}
}

func TestEnvironment(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20a, tenant = b ")
	t.Setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
	t.Setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1500")
	r := new(receiver)
	e := exporter(t, r)
	if err := e.ExportSpans(t.Context(), spans(t)); err != nil {
		t.Fatal(err)
	}
	if h := r.heads[0]; h.Get("Authorization") != "Bearer a" || h.Get("Tenant") != "b" || h.Get("Content-Encoding") != "gzip" {
		t.Errorf("headers %v", h)
	}
	z, err := gzip.NewReader(bytes.NewReader(r.bodies[0]))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || !bytes.Equal(body, encode(spans(t))) {
		t.Errorf("the body is not the request: %v", err)
	}
	if e.client.Timeout != 1500*time.Millisecond {
		t.Errorf("timeout %v", e.client.Timeout)
	}
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "20")
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "tenant=c")
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "none")
	r = &receiver{answers: []http.HandlerFunc{func(_ http.ResponseWriter, request *http.Request) { <-request.Context().Done() }}}
	if err := exporter(t, r).ExportSpans(t.Context(), spans(t)); err != nil || r.requests() != 2 {
		t.Errorf("a collector that is slow once: %v after %d requests", err, r.requests())
	}
	if h := r.heads[0]; h.Get("Authorization") != "" || h.Get("Tenant") != "c" || h.Get("Content-Encoding") != "" {
		t.Errorf("headers for traces alone: %v", h)
	}
}

func TestWrongEnvironment(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, set := range [][]string{
		{"OTEL_EXPORTER_OTLP_TIMEOUT", "10s"},
		{"OTEL_EXPORTER_OTLP_COMPRESSION", "zstd"},
		{"OTEL_EXPORTER_OTLP_HEADERS", "secret"},
		{"OTEL_EXPORTER_OTLP_HEADERS", "a=1,=secret"},
		{"OTEL_EXPORTER_OTLP_HEADERS", "a b=secret"},
		{"OTEL_EXPORTER_OTLP_HEADERS", "a=%secret"},
		{"OTEL_EXPORTER_OTLP_HEADERS", "a=secret%0Ab"},
		{"OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", filepath.Join(t.TempDir(), "none.pem")},
		{"OTEL_EXPORTER_OTLP_CERTIFICATE", empty},
		{"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", empty},
		{"OTEL_EXPORTER_OTLP_CLIENT_KEY", empty},
		{"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", empty, "OTEL_EXPORTER_OTLP_CLIENT_KEY", empty},
	} {
		t.Run(strings.Join(set[:2], "="), func(t *testing.T) {
			for i := 0; i+1 < len(set); i += 2 {
				t.Setenv(set[i], set[i+1])
			}
			_, err := New("https://localhost:4318")
			if err == nil || !strings.Contains(err.Error(), set[0]) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%v, want %s named and no value", err, set[0])
			}
		})
	}
}

// TestCertificates sends to a collector whose certificate only the environment
// knows.
func TestCertificates(t *testing.T) {
	r := new(receiver)
	server := httptest.NewUnstartedServer(r)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it logs the client that knows it not
	server.StartTLS()
	t.Cleanup(server.Close)
	unknown, err := New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if err := unknown.ExportSpans(t.Context(), spans(t)); err == nil {
		t.Error("an unknown certificate is trusted")
	}
	file := filepath.Join(t.TempDir(), "collector.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("OTEL_EXPORTER_OTLP_CERTIFICATE", file)
	known, err := New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if err := known.ExportSpans(t.Context(), spans(t)); err != nil || r.requests() != 1 {
		t.Errorf("%v after %d requests", err, r.requests())
	}
	if _, err := New("http://localhost"); err == nil {
		t.Error("certificates are taken without https")
	}
}

// TestClientCertificate sends to a collector that takes only clients with a
// certificate.
func TestClientCertificate(t *testing.T) {
	r := new(receiver)
	server := httptest.NewUnstartedServer(r)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it logs the client without a certificate
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	key, err := x509.MarshalPKCS8PrivateKey(server.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, kind string, content []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	certificate := write("certificate.pem", "CERTIFICATE", server.Certificate().Raw)
	t.Setenv("OTEL_EXPORTER_OTLP_CERTIFICATE", certificate)
	send := func() error {
		e, err := New(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(e.stop)
		return e.ExportSpans(t.Context(), spans(t))
	}
	if err := send(); err == nil {
		t.Error("the collector takes a client without a certificate")
	}
	t.Setenv("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", certificate)
	t.Setenv("OTEL_EXPORTER_OTLP_CLIENT_KEY", write("key.pem", "PRIVATE KEY", key))
	if err := send(); err != nil || r.requests() != 1 {
		t.Errorf("%v after %d requests", err, r.requests())
	}
}

// TestPasswordIsNotShown makes every error that names the URL of a collector.
func TestPasswordIsNotShown(t *testing.T) {
	server := httptest.NewServer(status(400))
	t.Cleanup(server.Close)
	address := strings.Replace(server.URL, "//", "//user:secret@", 1)
	e, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.stop)
	_, scheme := New("grpc://user:secret@localhost")
	_, form := New("http://user:secret@local host")
	t.Setenv("OTEL_EXPORTER_OTLP_CERTIFICATE", certificateFile(t))
	_, plain := New(address)
	for name, err := range map[string]error{
		"refused": e.ExportSpans(t.Context(), spans(t)), "scheme": scheme, "form": form, "no TLS": plain,
	} {
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want an error without the password", name, err)
		}
	}
}

// certificateFile writes a certificate that can be trusted.
func certificateFile(t *testing.T) string {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	file := filepath.Join(t.TempDir(), "trusted.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
