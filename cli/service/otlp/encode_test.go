package otlp

import (
	"slices"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	collector "go.opentelemetry.io/proto/slim/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/slim/otlp/common/v1"
	resources "go.opentelemetry.io/proto/slim/otlp/resource/v1"
	traces "go.opentelemetry.io/proto/slim/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
)

// decode reads a request as a collector does, by the published definitions, and
// checks that nothing was written that they leave out.
func decode(t *testing.T, body []byte) *collector.ExportTraceServiceRequest {
	t.Helper()
	request := new(collector.ExportTraceServiceRequest)
	if err := proto.Unmarshal(body, request); err != nil {
		t.Fatal(err)
	}
	if size := proto.Size(request); size != len(body) {
		t.Errorf("the request has %d bytes, as a collector writes it %d", len(body), size)
	}
	return request
}

func compare(t *testing.T, got, want proto.Message) {
	t.Helper()
	if !proto.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", prototext.Format(got), prototext.Format(want))
	}
}

func text(s string) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: s}}
}

func integer(n int64) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_IntValue{IntValue: n}}
}

func double(x float64) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_DoubleValue{DoubleValue: x}}
}

func boolean(b bool) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_BoolValue{BoolValue: b}}
}

func list(values ...*common.AnyValue) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_ArrayValue{ArrayValue: &common.ArrayValue{Values: values}}}
}

func pair(key string, value *common.AnyValue) *common.KeyValue {
	return &common.KeyValue{Key: key, Value: value}
}

// moment is a time with nanoseconds.
var moment = time.Unix(1_585_674_086, 1234)

// remoteSpan is a span with every field set.
func remoteSpan(t *testing.T) tracetest.SpanStub {
	t.Helper()
	state, err := trace.ParseTraceState("key1=val1,key2=val2")
	if err != nil {
		t.Fatal(err)
	}
	return tracetest.SpanStub{
		SpanContext: trace.NewSpanContext(trace.SpanContextConfig{
			TraceID: trace.TraceID{0, 1, 2, 15: 255}, SpanID: trace.SpanID{255, 254}, TraceFlags: trace.FlagsSampled, TraceState: state,
		}),
		Parent:    trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{0, 1, 2, 15: 255}, SpanID: trace.SpanID{7}, Remote: true}),
		SpanKind:  trace.SpanKindServer,
		Name:      "POST /graphql",
		StartTime: moment,
		EndTime:   moment.Add(time.Second),
		Events: []sdktrace.Event{
			{Name: "sent", Time: moment, Attributes: []attribute.KeyValue{attribute.Int("bytes", 512)}, DroppedAttributeCount: 4},
			{Name: "before 1970", Time: time.Unix(-5, 0)},
		},
		Links: []sdktrace.Link{{
			SpanContext: trace.NewSpanContext(trace.SpanContextConfig{
				TraceID: trace.TraceID{9}, SpanID: trace.SpanID{8}, TraceFlags: trace.FlagsSampled, TraceState: state, Remote: true,
			}),
			Attributes: []attribute.KeyValue{attribute.String("why", "follows")}, DroppedAttributeCount: 5,
		}},
		Status:            sdktrace.Status{Code: codes.Error, Description: "NOT_FOUND"},
		Attributes:        []attribute.KeyValue{attribute.String("operation", "链")},
		DroppedAttributes: 1, DroppedEvents: 2, DroppedLinks: -3,
		Resource:             resource.NewWithAttributes("https://example.com/resource", attribute.String("service.name", "liantu")),
		InstrumentationScope: instrumentation.Scope{Name: "liantu", Version: "1.2", SchemaURL: "https://example.com/scope", Attributes: attribute.NewSet(attribute.Bool("own", true))},
	}
}

func TestSpan(t *testing.T) {
	got := decode(t, encode(tracetest.SpanStubs{remoteSpan(t)}.Snapshots()))
	compare(t, got, &collector.ExportTraceServiceRequest{ResourceSpans: []*traces.ResourceSpans{{
		Resource:  &resources.Resource{Attributes: []*common.KeyValue{pair("service.name", text("liantu"))}},
		SchemaUrl: "https://example.com/resource",
		ScopeSpans: []*traces.ScopeSpans{{
			Scope:     &common.InstrumentationScope{Name: "liantu", Version: "1.2", Attributes: []*common.KeyValue{pair("own", boolean(true))}},
			SchemaUrl: "https://example.com/scope",
			Spans: []*traces.Span{{
				TraceId: []byte{0, 1, 2, 15: 255}, SpanId: []byte{255, 254, 7: 0}, ParentSpanId: []byte{7, 7: 0},
				TraceState: "key1=val1,key2=val2", Flags: 0x301, Name: "POST /graphql", Kind: traces.Span_SPAN_KIND_SERVER,
				StartTimeUnixNano: 1_585_674_086_000_001_234, EndTimeUnixNano: 1_585_674_087_000_001_234,
				Attributes:             []*common.KeyValue{pair("operation", text("链"))},
				DroppedAttributesCount: 1, DroppedEventsCount: 2,
				Events: []*traces.Span_Event{
					{Name: "sent", TimeUnixNano: 1_585_674_086_000_001_234, Attributes: []*common.KeyValue{pair("bytes", integer(512))}, DroppedAttributesCount: 4},
					{Name: "before 1970"},
				},
				Links: []*traces.Span_Link{{
					TraceId: []byte{9, 15: 0}, SpanId: []byte{8, 7: 0}, TraceState: "key1=val1,key2=val2", Flags: 0x301,
					Attributes: []*common.KeyValue{pair("why", text("follows"))}, DroppedAttributesCount: 5,
				}},
				Status: &traces.Status{Code: traces.Status_STATUS_CODE_ERROR, Message: "NOT_FOUND"},
			}},
		}},
	}}})
}

// TestRoot encodes a span without a parent, which has no id of one.
func TestRoot(t *testing.T) {
	stub := tracetest.SpanStub{SpanContext: trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}})}
	for code, want := range map[codes.Code]traces.Status_StatusCode{
		codes.Unset: traces.Status_STATUS_CODE_UNSET, codes.Ok: traces.Status_STATUS_CODE_OK, codes.Error: traces.Status_STATUS_CODE_ERROR,
	} {
		stub.Status.Code = code
		got := decode(t, encode(tracetest.SpanStubs{stub}.Snapshots())).GetResourceSpans()[0].GetScopeSpans()[0].GetSpans()[0]
		if got.ParentSpanId != nil || got.Flags != 0x100 || got.GetStatus().GetCode() != want {
			t.Errorf("%v: parent %v, flags %x, status %v", code, got.ParentSpanId, got.Flags, got.GetStatus())
		}
	}
	for kind, want := range map[trace.SpanKind]traces.Span_SpanKind{
		-1: traces.Span_SPAN_KIND_UNSPECIFIED, trace.SpanKindUnspecified: traces.Span_SPAN_KIND_UNSPECIFIED,
		trace.SpanKindInternal: traces.Span_SPAN_KIND_INTERNAL, trace.SpanKindServer: traces.Span_SPAN_KIND_SERVER,
		trace.SpanKindClient: traces.Span_SPAN_KIND_CLIENT, trace.SpanKindProducer: traces.Span_SPAN_KIND_PRODUCER,
		trace.SpanKindConsumer: traces.Span_SPAN_KIND_CONSUMER,
	} {
		stub.SpanKind = kind
		got := decode(t, encode(tracetest.SpanStubs{stub}.Snapshots())).GetResourceSpans()[0].GetScopeSpans()[0].GetSpans()[0]
		if got.Kind != want {
			t.Errorf("kind %d is sent as %v, want %v", kind, got.Kind, want)
		}
	}
}

func TestValues(t *testing.T) {
	for name, c := range map[string]struct {
		value attribute.Value
		want  *common.AnyValue
	}{
		"text":       {attribute.StringValue("a\x00b"), text("a\x00b")},
		"no text":    {attribute.StringValue(""), text("")},
		"not UTF-8":  {attribute.StringValue("a\xff\xfeb"), text("a\uFFFDb")},
		"true":       {attribute.BoolValue(true), boolean(true)},
		"false":      {attribute.BoolValue(false), boolean(false)},
		"negative":   {attribute.Int64Value(-1 << 63), integer(-1 << 63)},
		"zero":       {attribute.IntValue(0), integer(0)},
		"double":     {attribute.Float64Value(-.125), double(-.125)},
		"zero point": {attribute.Float64Value(0), double(0)},
		"bytes":      {attribute.ByteSliceValue([]byte{0, 255}), &common.AnyValue{Value: &common.AnyValue_BytesValue{BytesValue: []byte{0, 255}}}},
		"texts":      {attribute.StringSliceValue([]string{"", "b"}), list(text(""), text("b"))},
		"no texts":   {attribute.StringSliceValue(nil), list()},
		"booleans":   {attribute.BoolSliceValue([]bool{false, true}), list(boolean(false), boolean(true))},
		"integers":   {attribute.Int64SliceValue([]int64{0, -7}), list(integer(0), integer(-7))},
		"doubles":    {attribute.Float64SliceValue([]float64{0, .5}), list(double(0), double(.5))},
		"mixed":      {attribute.SliceValue(attribute.IntValue(1), attribute.SliceValue(attribute.StringValue("x")), attribute.Value{}), list(integer(1), list(text("x")), &common.AnyValue{})},
		"map": {attribute.MapValue(attribute.String("k", "v")), &common.AnyValue{Value: &common.AnyValue_KvlistValue{
			KvlistValue: &common.KeyValueList{Values: []*common.KeyValue{pair("k", text("v"))}},
		}}},
		"nothing": {attribute.Value{}, &common.AnyValue{}},
	} {
		got := new(common.AnyValue)
		if err := proto.Unmarshal(appendValue(nil, c.value), got); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		compare(t, got, c.want)
	}
}

// TestGroups sends spans of two resources and two scopes by turns. Each group
// is sent once, with its spans in their order.
func TestGroups(t *testing.T) {
	var stubs tracetest.SpanStubs
	for _, of := range []string{"a1 one", "b1 two", "a2 three", "a1 four"} {
		stubs = append(stubs, tracetest.SpanStub{
			Name: of[3:], InstrumentationScope: instrumentation.Scope{Name: of[1:2]},
			Resource: resource.NewSchemaless(attribute.String("service.name", of[:1])),
		})
	}
	var got []string
	for _, r := range decode(t, encode(stubs.Snapshots())).GetResourceSpans() {
		for _, s := range r.GetScopeSpans() {
			for _, span := range s.GetSpans() {
				got = append(got, r.GetResource().GetAttributes()[0].GetValue().GetStringValue()+s.GetScope().GetName()+" "+span.GetName())
			}
		}
	}
	want := []string{"a1 one", "a1 four", "a2 three", "b1 two"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
