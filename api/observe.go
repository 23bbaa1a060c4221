package api

import (
	"context"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"liantu/api/disclosure"
	"liantu/api/guard"
	"liantu/api/metrics"
)

// gauges are the metrics that are read from the server when they are requested.
func (s *Server) gauges() {
	m := s.metrics
	m.Constant("build_info", "What runs here.", map[string]string{"version": s.build.Version, "go": s.build.Go})
	m.Gauge("picture_version", "Version of the graph that answers are computed from.", func() float64 { return float64(s.take().Version()) })
	m.Gauge("picture_age_seconds", "Time since the store was last known to have nothing newer.", func() float64 { return s.take().Age.Seconds() })
	m.Gauge("picture_build_seconds", "Time that the last picture took to build.", func() float64 { return s.pictures.Status().BuildTime.Seconds() })
	m.Gauge("picture_stale", "1 when the store could not be reached at the last try.", func() float64 {
		if s.pictures.Status().Stale {
			return 1
		}
		return 0
	})
	m.Gauge("view_bytes", "Bytes of the views of scopes that are cached of the present picture.", func() float64 {
		p := s.pictures.Current()
		if p == nil {
			return 0
		}
		_, bytes := disclosure.ViewFigures(p, s.cfg.ViewBytes)
		return float64(bytes)
	})
	m.Gauge("requests_computing", "Requests that compute now.", func() float64 {
		computing, _ := s.gate.Counts()
		return float64(computing)
	})
	m.Gauge("requests_waiting", "Requests that wait for a place.", func() float64 {
		_, waiting := s.gate.Counts()
		return float64(waiting)
	})
}

// report counts and logs a request that has been answered.
func (s *Server) report(x *execution, r Request, answer *Response) {
	took := time.Since(x.start)
	outcome := metrics.OK
	if len(answer.Errors) > 0 {
		outcome = metrics.Failed
		if answer.Data == nil {
			outcome = metrics.Refused
		}
		s.refusedFor(answer)
	}
	s.metrics.Operation(answer.operation, outcome, took)
	if s.cfg.SlowOperation > 0 && took > s.cfg.SlowOperation {
		s.logSlow(x, r, answer, took)
	}
}

// refusedFor counts why a request got no data: by the reason of its first error, or
// by its code.
func (s *Server) refusedFor(answer *Response) {
	if answer.Data != nil || len(answer.Errors) == 0 {
		return
	}
	first := answer.Errors[0]
	if reason, ok := first.Extensions["reason"].(string); ok {
		s.metrics.Refused(reason)
		return
	}
	s.metrics.Refused(string(first.Code()))
}

// longestShape is the most bytes of a document in the log.
const longestShape = 2000

// logSlow writes the log line of a slow operation: its document without values, and
// where the time went.
func (s *Server) logSlow(x *execution, r Request, answer *Response, took time.Duration) {
	key := operationKeyOf(&r)
	attrs := []slog.Attr{
		slog.String("request_id", x.ID),
		slog.Duration("took", took),
		slog.Duration("waited", x.pass.Waited),
		slog.Float64("values", x.values),
		slog.Int64("work", x.budget.Spent()),
		slog.Int("bytes", len(answer.Data)),
		slog.String("document", hex.EncodeToString(key[:8])),
	}
	if answer.operation != "" {
		attrs = append(attrs, slog.String("operation", answer.operation))
	}
	if codes := answer.codes(); len(codes) > 0 {
		attrs = append(attrs, slog.Any("codes", codes))
	}
	// A document that was refused may have any length and content.
	if answer.Data != nil {
		attrs = append(attrs, slog.String("shape", guard.Shape(r.Query, longestShape, s.words)))
	}
	s.log.LogAttrs(x.Context, slog.LevelWarn, "slow operation", attrs...)
}

// span begins a step of a trace; the function ends it. Without a tracer it
// costs nothing.
func (s *Server) span(ctx context.Context, name string, attrs ...attribute.KeyValue) (context.Context, func(*Response)) {
	if s.tracer == nil {
		return ctx, func(*Response) {}
	}
	ctx, span := s.tracer.Start(ctx, name, trace.WithAttributes(attrs...))
	return ctx, func(answer *Response) {
		if answer != nil {
			if answer.operation != "" {
				span.SetAttributes(attribute.String("graphql.operation.name", answer.operation))
			}
			if list := answer.codes(); len(list) > 0 {
				span.SetAttributes(attribute.StringSlice("liantu.codes", list))
				if answer.Data == nil {
					span.SetStatus(otelcodes.Error, list[0])
				}
			}
		}
		span.End()
	}
}

// traceRequest makes a request over HTTP a span, below that of its client where it
// names one. The span holds nothing that a client sent.
func (s *Server) traceRequest(c *gin.Context) {
	if s.tracer == nil {
		return
	}
	path := c.FullPath()
	if path == "" {
		path = "(none)"
	}
	ctx := propagation.TraceContext{}.Extract(c.Request.Context(), propagation.MapCarrier{"traceparent": c.GetHeader("traceparent")})
	ctx, span := s.tracer.Start(ctx, methodOf(c.Request)+" "+path, trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("http.request.method", methodOf(c.Request)), attribute.String("http.route", path),
			attribute.String("liantu.request_id", c.GetString(requestIDKey))))
	defer span.End()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
	status := c.Writer.Status()
	span.SetAttributes(attribute.Int("http.response.status_code", status))
	if status >= 500 {
		span.SetStatus(otelcodes.Error, "")
	}
}
