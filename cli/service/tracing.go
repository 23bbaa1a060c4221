package service

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"liantu/cli/service/otlp"
)

// flushTraces is how long a stopping server waits at most for a collector to
// accept the last traces.
const flushTraces = 3 * time.Second

// tracer makes the tracer of the server and a function that ends it. Without
// an endpoint in the settings nothing is traced. A collector that cannot be
// reached costs log lines and no requests.
func (c *Config) tracer(ctx context.Context) (trace.Tracer, func(), error) {
	const name = "liantu"
	if c.Settings.Tracing.Endpoint == "" {
		return nil, func() {}, nil
	}
	exporter, err := otlp.New(tracesAt(c.Settings.Tracing.Endpoint))
	if err != nil {
		return nil, nil, err
	}
	log := c.logger()
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		log.Warn("traces not sent", slog.Any("error", err))
	}))
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(c.Settings.Tracing.Sample))),
		sdktrace.WithResource(resource.NewSchemaless(
			attribute.String("service.name", name), attribute.String("service.version", c.Version))),
	)
	end := func() {
		// The context of the server has ended by then.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTraces)
		defer cancel()
		if err := provider.Shutdown(ctx); err != nil {
			log.Warn("last traces not sent", slog.Any("error", err))
		}
	}
	return provider.Tracer(name), end, nil
}

// tracesAt is where a collector takes traces: the path that OTLP over HTTP lays
// down, below that of its address.
func tracesAt(endpoint string) string {
	const path = "/v1/traces"
	return strings.TrimSuffix(strings.TrimSuffix(endpoint, "/"), path) + path
}
