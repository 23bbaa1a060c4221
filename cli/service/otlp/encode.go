package otlp

import (
	"math"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/encoding/protowire"
)

// group holds the spans of one scope, or the scopes of one resource, in the
// order of their first span.
type group[K comparable] struct {
	order []K
	body  map[K][]byte
}

func (g *group[K]) add(key K, field protowire.Number, message []byte) {
	if g.body == nil {
		g.body = map[K][]byte{}
	}
	if _, known := g.body[key]; !known {
		g.order = append(g.order, key)
	}
	g.body[key] = appendMessage(g.body[key], field, message)
}

// scopeOf is what groups spans: the same resource and the same scope.
type scopeOf struct {
	resource attribute.Distinct
	scope    instrumentation.Scope
}

// encode returns the spans as an ExportTraceServiceRequest. The numbers of the
// fields are those of opentelemetry/proto/trace/v1/trace.proto.
func encode(spans []sdktrace.ReadOnlySpan) []byte {
	var byScope group[scopeOf]
	first := map[attribute.Distinct]sdktrace.ReadOnlySpan{}
	for _, s := range spans {
		key := scopeOf{s.Resource().Equivalent(), s.InstrumentationScope()}
		byScope.add(key, 2, appendSpan(nil, s)) // ScopeSpans.spans
		if first[key.resource] == nil {
			first[key.resource] = s
		}
	}
	var byResource group[attribute.Distinct]
	for _, key := range byScope.order {
		scope := appendMessage(nil, 1, appendScope(nil, key.scope)) // ScopeSpans.scope
		scope = append(scope, byScope.body[key]...)
		scope = appendString(scope, 3, key.scope.SchemaURL)
		byResource.add(key.resource, 2, scope) // ResourceSpans.scope_spans
	}
	var request []byte
	for _, key := range byResource.order {
		res := first[key].Resource()
		body := appendMessage(nil, 1, appendAttributes(nil, 1, res.Attributes())) // ResourceSpans.resource
		body = append(body, byResource.body[key]...)
		request = appendMessage(request, 1, appendString(body, 3, res.SchemaURL()))
	}
	return request
}

func appendScope(b []byte, s instrumentation.Scope) []byte {
	b = appendString(b, 1, s.Name)
	b = appendString(b, 2, s.Version)
	return appendAttributes(b, 3, s.Attributes.ToSlice())
}

func appendSpan(b []byte, s sdktrace.ReadOnlySpan) []byte {
	own, parent := s.SpanContext(), s.Parent()
	b = appendIDs(b, own)
	if id := parent.SpanID(); id.IsValid() {
		b = appendMessage(b, 4, id[:])
	}
	b = appendString(b, 5, s.Name())
	b = appendNumber(b, 6, uint64(max(0, s.SpanKind()))) // both count from unspecified = 0
	b = appendTime(b, 7, s.StartTime())
	b = appendTime(b, 8, s.EndTime())
	b = appendAttributes(b, 9, s.Attributes())
	b = appendCount(b, 10, s.DroppedAttributes())
	for _, e := range s.Events() {
		b = appendMessage(b, 11, appendEvent(nil, e))
	}
	b = appendCount(b, 12, s.DroppedEvents())
	for _, l := range s.Links() {
		b = appendMessage(b, 13, appendLink(nil, l))
	}
	b = appendCount(b, 14, s.DroppedLinks())
	b = appendMessage(b, 15, appendStatus(nil, s.Status()))
	return appendFlags(b, 16, own.TraceFlags(), parent.IsRemote())
}

func appendEvent(b []byte, e sdktrace.Event) []byte {
	b = appendTime(b, 1, e.Time)
	b = appendString(b, 2, e.Name)
	b = appendAttributes(b, 3, e.Attributes)
	return appendCount(b, 4, e.DroppedAttributeCount)
}

func appendLink(b []byte, l sdktrace.Link) []byte {
	b = appendIDs(b, l.SpanContext)
	b = appendAttributes(b, 4, l.Attributes)
	b = appendCount(b, 5, l.DroppedAttributeCount)
	return appendFlags(b, 6, l.SpanContext.TraceFlags(), l.SpanContext.IsRemote())
}

func appendStatus(b []byte, s sdktrace.Status) []byte {
	b = appendString(b, 2, s.Description)
	switch s.Code { // OTLP numbers ok before error
	case codes.Ok:
		b = appendNumber(b, 3, 1)
	case codes.Error:
		b = appendNumber(b, 3, 2)
	}
	return b
}

// appendIDs appends the trace, the span and the state, which are the first
// three fields of both a span and a link.
func appendIDs(b []byte, c trace.SpanContext) []byte {
	traceID, spanID := c.TraceID(), c.SpanID()
	b = appendMessage(b, 1, traceID[:])
	b = appendMessage(b, 2, spanID[:])
	return appendString(b, 3, c.TraceState().String())
}

// appendFlags appends the flags of the trace with the two bits by which OTLP
// says that it is known whether a context came from another process, and
// whether it did.
func appendFlags(b []byte, field protowire.Number, flags trace.TraceFlags, remote bool) []byte {
	bits := uint32(flags) | 1<<8
	if remote {
		bits |= 1 << 9
	}
	return protowire.AppendFixed32(protowire.AppendTag(b, field, protowire.Fixed32Type), bits)
}

func appendAttributes(b []byte, field protowire.Number, attributes []attribute.KeyValue) []byte {
	for _, kv := range attributes {
		pair := appendString(nil, 1, string(kv.Key))
		b = appendMessage(b, field, appendMessage(pair, 2, appendValue(nil, kv.Value)))
	}
	return b
}

// appendValue appends an AnyValue. Here a zero is written, since the field says
// of which type the value is.
func appendValue(b []byte, v attribute.Value) []byte {
	switch v.Type() {
	case attribute.EMPTY:
		return b
	case attribute.STRING:
		return appendMessage(b, 1, []byte(valid(v.AsString())))
	case attribute.BOOL:
		return protowire.AppendVarint(protowire.AppendTag(b, 2, protowire.VarintType), protowire.EncodeBool(v.AsBool()))
	case attribute.INT64:
		return protowire.AppendVarint(protowire.AppendTag(b, 3, protowire.VarintType), uint64(v.AsInt64()))
	case attribute.FLOAT64:
		return protowire.AppendFixed64(protowire.AppendTag(b, 4, protowire.Fixed64Type), math.Float64bits(v.AsFloat64()))
	case attribute.BYTESLICE:
		return appendMessage(b, 7, v.AsByteSlice())
	case attribute.MAP:
		return appendMessage(b, 6, appendAttributes(nil, 1, v.AsMap()))
	case attribute.SLICE:
		return appendList(b, v.AsSlice(), func(v attribute.Value) attribute.Value { return v })
	case attribute.STRINGSLICE:
		return appendList(b, v.AsStringSlice(), attribute.StringValue)
	case attribute.BOOLSLICE:
		return appendList(b, v.AsBoolSlice(), attribute.BoolValue)
	case attribute.INT64SLICE:
		return appendList(b, v.AsInt64Slice(), attribute.Int64Value)
	case attribute.FLOAT64SLICE:
		return appendList(b, v.AsFloat64Slice(), attribute.Float64Value)
	default: // a type that a later SDK adds
		return appendMessage(b, 1, []byte(valid(v.String())))
	}
}

func appendList[T any](b []byte, items []T, value func(T) attribute.Value) []byte {
	var list []byte
	for _, item := range items {
		list = appendMessage(list, 1, appendValue(nil, value(item)))
	}
	return appendMessage(b, 5, list)
}

// appendMessage appends a field of bytes: a message, an id or a text.
func appendMessage(b []byte, field protowire.Number, message []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), message)
}

// appendString, appendNumber, appendCount and appendTime leave a zero out, as
// proto3 does.
func appendString(b []byte, field protowire.Number, text string) []byte {
	if text == "" {
		return b
	}
	return protowire.AppendString(protowire.AppendTag(b, field, protowire.BytesType), valid(text))
}

// valid returns a text that a collector takes: it refuses a whole request for
// one byte that is not UTF-8.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

func appendNumber(b []byte, field protowire.Number, n uint64) []byte {
	if n == 0 {
		return b
	}
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), n)
}

func appendCount(b []byte, field protowire.Number, n int) []byte {
	return appendNumber(b, field, uint64(min(max(0, n), math.MaxUint32)))
}

func appendTime(b []byte, field protowire.Number, t time.Time) []byte {
	nanos := max(0, t.UnixNano())
	if nanos == 0 {
		return b
	}
	return protowire.AppendFixed64(protowire.AppendTag(b, field, protowire.Fixed64Type), uint64(nanos))
}
