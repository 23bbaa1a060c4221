package filestore_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/storetest"
)

// The graph of the benchmarks is like a product catalogue: nodes with a long
// name and a few facts, and edges between any two of them.
const (
	benchNodes = 100_000
	benchEdges = 160_000
	benchBatch = 10_000
)

var benchProvenance = graph.Provenance{Source: "bench", AsOf: "2016-12-31", Grade: graph.GradeD}

func benchFact(property string, value any) graph.Fact {
	return graph.Fact{Property: property, Value: value, Provenance: benchProvenance}
}

func benchKey(i int) graph.Key {
	return graph.NewKey("Firm", []string{"name", "town"}, []string{fmt.Sprintf("第 %06d 精密光电材料制品", i), "青山镇"})
}

func benchBatches() []graph.Batch {
	var all []graph.Batch
	for start := 0; start < benchNodes; start += benchBatch {
		var b graph.Batch
		for i := start; i < start+benchBatch; i++ {
			b.Nodes = append(b.Nodes, graph.NodeDraft{Kind: "Firm", Keys: []graph.Key{benchKey(i)}, Facts: []graph.Fact{
				benchFact("", nil), benchFact("name", fmt.Sprintf("第 %06d 精密光电材料制品", i)), benchFact("staff", int64(i)),
			}})
		}
		all = append(all, b)
	}
	for start := 0; start < benchEdges; start += benchBatch {
		var b graph.Batch
		for i := start; i < start+benchBatch; i++ {
			b.Edges = append(b.Edges, graph.EdgeDraft{
				Kind: "SUPPLIES", From: benchKey(i / 2), To: benchKey(i * 7919 % benchNodes),
				Facts: []graph.Fact{benchFact("", nil), benchFact("share", .25)},
			})
		}
		all = append(all, b)
	}
	return all
}

func openBench(b *testing.B) *filestore.Store {
	b.Helper()
	s, err := filestore.Open(filepath.Join(b.TempDir(), "graph.liantu"), storetest.Model())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

func load(b *testing.B, s *filestore.Store, batches []graph.Batch) {
	b.Helper()
	for _, batch := range batches {
		if _, err := s.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkApply loads 260,000 new rows into an empty file.
func BenchmarkApply(b *testing.B) {
	batches := benchBatches()
	for b.Loop() {
		load(b, openBench(b), batches)
	}
	b.ReportMetric(float64(benchNodes+benchEdges)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkApplyAgain loads 260,000 rows that the graph has already.
func BenchmarkApplyAgain(b *testing.B) {
	batches := benchBatches()
	s := openBench(b)
	load(b, s, batches)
	for b.Loop() {
		load(b, s, batches)
	}
	b.ReportMetric(float64(benchNodes+benchEdges)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkChanges reads a whole graph of 260,000 elements.
func BenchmarkChanges(b *testing.B) {
	s := openBench(b)
	load(b, s, benchBatches())
	for b.Loop() {
		if _, err := s.Changes(b.Context(), 0, func(graph.Change) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(benchNodes+benchEdges)*float64(b.N)/b.Elapsed().Seconds(), "elements/s")
}
