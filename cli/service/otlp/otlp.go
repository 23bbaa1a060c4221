// Package otlp sends finished spans to a collector in the form of OpenTelemetry,
// OTLP over HTTP with protobuf. It stands in for the exporter of
// go.opentelemetry.io, which links gRPC (see docs/adr/0022), and reads the same
// environment variables. Only cli/service may import it.
package otlp

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"google.golang.org/protobuf/encoding/protowire"
)

// mediaType is the media type of requests and of the answers to them.
const mediaType = "application/x-protobuf"

// maxAnswer limits what is read of a collector's answer.
const maxAnswer = 64 << 10

// Exporter sends spans to one collector. It is safe for use by several
// goroutines.
type Exporter struct {
	url     *url.URL
	header  http.Header
	zip     bool
	client  *http.Client
	waits   waits
	stopped context.Context
	stop    context.CancelFunc
}

var _ sdktrace.SpanExporter = (*Exporter)(nil)

// New makes an exporter to the URL at which a collector takes traces. Headers,
// certificates, compression and timeout come from the environment variables
// OTEL_EXPORTER_OTLP_HEADERS, _CERTIFICATE, _CLIENT_CERTIFICATE, _CLIENT_KEY,
// _COMPRESSION and _TIMEOUT, or from those that begin with
// OTEL_EXPORTER_OTLP_TRACES_, which take precedence. New connects to nothing.
func New(endpoint string) (*Exporter, error) {
	at, err := url.Parse(endpoint)
	if err != nil {
		var bad *url.Error // shows a password
		if errors.As(err, &bad) {
			err = bad.Err
		}
		return nil, fmt.Errorf("otlp: not a URL: %w", err)
	}
	if at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
		return nil, fmt.Errorf("otlp: %q is no URL of http or https", at.Redacted())
	}
	set, err := readEnvironment()
	if err != nil {
		return nil, fmt.Errorf("otlp: %w", err)
	}
	transport := newTransport()
	if set.tls != nil {
		if at.Scheme != "https" {
			return nil, fmt.Errorf("otlp: %q is not https, so that the certificates of the environment have no use", at.Redacted())
		}
		transport.TLSClientConfig = set.tls
	}
	set.header.Set("Content-Type", mediaType)
	if set.zip {
		set.header.Set("Content-Encoding", "gzip")
	}
	stopped, stop := context.WithCancel(context.Background())
	return &Exporter{
		url: at, header: set.header, zip: set.zip, waits: usualWaits,
		client:  &http.Client{Transport: transport, Timeout: set.timeout, CheckRedirect: onlyPosts},
		stopped: stopped, stop: stop,
	}, nil
}

// onlyPosts follows a redirect that keeps the method. Another would ask for a page
// without sending the spans, and its success would hide that they are lost.
func onlyPosts(next *http.Request, via []*http.Request) error {
	if next.Method != http.MethodPost || len(via) >= 10 {
		return http.ErrUseLastResponse
	}
	return nil
}

// ExportSpans sends the spans in one request, and again while the collector
// answers that a retry may succeed. A partial success is an error, too.
func (e *Exporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	// AfterFunc below cancels in a goroutine of its own, which a fast collector may
	// outrun.
	if err := e.stopped.Err(); err != nil {
		return fmt.Errorf("traces: %w", err)
	}
	body, err := e.pack(encode(spans))
	if err != nil {
		return fmt.Errorf("traces: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.stopped, cancel)()
	if err := e.waits.retry(ctx, func() error { return e.send(ctx, body) }); err != nil {
		return fmt.Errorf("traces: %w", err)
	}
	return nil
}

// Shutdown ends requests in flight. Later spans are not sent.
func (e *Exporter) Shutdown(ctx context.Context) error {
	e.stop()
	e.client.CloseIdleConnections()
	return ctx.Err()
}

// pack compresses a body where the settings say so.
func (e *Exporter) pack(body []byte) ([]byte, error) {
	if !e.zip {
		return body, nil
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(body)
	err = errors.Join(err, w.Close())
	return packed.Bytes(), err
}

// send makes one request.
func (e *Exporter) send(ctx context.Context, body []byte) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url.String(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header = e.header.Clone()
	response, err := e.client.Do(request)
	var failed *url.Error
	if errors.As(err, &failed) && failed.Temporary() {
		return again{error: err}
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return err
	}
	if response.StatusCode/100 == 2 {
		return partly(response.Header.Get("Content-Type"), answer)
	}
	refusal := fmt.Errorf("%s answers %s: %.500q", // a page of a proxy may be long
		e.url.Redacted(), response.Status, strings.TrimSpace(string(answer)))
	switch response.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return again{error: refusal, after: retryAfter(response.Header.Get("Retry-After"))}
	}
	return refusal
}

// partly returns an error where an answer, an ExportTraceServiceResponse, says
// that spans were rejected or carries a warning.
func partly(media string, answer []byte) error {
	if kind, _, err := mime.ParseMediaType(media); err != nil || kind != mediaType {
		return nil // nothing was said about the spans
	}
	var rejected uint64
	var message string
	err := eachField(answer, func(number protowire.Number, success []byte, _ uint64) error {
		if number != 1 { // partial_success
			return nil
		}
		return eachField(success, func(number protowire.Number, text []byte, n uint64) error {
			switch number {
			case 1:
				rejected = n
			case 2:
				message = string(text)
			}
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("answer of the collector: %w", err)
	}
	if rejected > 0 || message != "" {
		return fmt.Errorf("the collector rejected %d spans: %s", rejected, message)
	}
	return nil
}

// eachField calls do with the fields of a message, their bytes or number.
func eachField(message []byte, do func(number protowire.Number, text []byte, n uint64) error) error {
	for len(message) > 0 {
		number, kind, size := protowire.ConsumeTag(message)
		if size < 0 {
			return protowire.ParseError(size)
		}
		message = message[size:]
		var text []byte
		var n uint64
		switch kind {
		case protowire.BytesType:
			text, size = protowire.ConsumeBytes(message)
		case protowire.VarintType:
			n, size = protowire.ConsumeVarint(message)
		default:
			size = protowire.ConsumeFieldValue(number, kind, message)
		}
		if size < 0 {
			return protowire.ParseError(size)
		}
		message = message[size:]
		if err := do(number, text, n); err != nil {
			return err
		}
	}
	return nil
}
