package bench_test

import (
	"encoding/json"
	"testing"

	"liantu/api"
)

// questions are the questions asked in process: the document, its variables and
// the least number of rows of the answer.
var questions = []struct {
	name, document string
	variables      map[string]any
}{
	{"small", small, map[string]any{"id": "330100"}},
	{"50x20", fifty, map[string]any{"region": "330100"}},
	{"1000x10", thousand, map[string]any{"region": "330100"}},
}

// BenchmarkInProcess answers each question without a cached answer.
func BenchmarkInProcess(b *testing.B) {
	s := newServer(b, false)
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) { run(b, s, api.Request{Query: q.document, Variables: q.variables}) })
	}
}

// BenchmarkCached answers each question from the cached answers.
func BenchmarkCached(b *testing.B) {
	s := newServer(b, true)
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) { run(b, s, api.Request{Query: q.document, Variables: q.variables}) })
	}
}

// run asks one question repeatedly and reports, besides wall time, the processor
// time, which is meaningful on a busy machine too.
func run(b *testing.B, s *api.Server, r api.Request) {
	r.ID = "bench"
	answer := s.Execute(b.Context(), r)
	if len(answer.Errors) > 0 {
		b.Fatal(answer.Errors)
	}
	b.ReportAllocs()
	b.ResetTimer()
	start := cpu(b)
	buf := answer.Data[:0] // used again, as the server does
	for range b.N {
		buf = s.Append(b.Context(), r, buf).Data[:0]
	}
	b.ReportMetric(float64(cpu(b)-start)/float64(b.N), "cpu-ns/op")
	b.ReportMetric(float64(len(answer.Data)), "bytes")
	var data struct {
		Gaps struct{ Nodes []json.RawMessage }
	}
	if err := json.Unmarshal(answer.Data, &data); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(data.Gaps.Nodes)), "rows")
}
