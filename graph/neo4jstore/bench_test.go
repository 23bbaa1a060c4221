package neo4jstore_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/neo4jstore"
	"liantu/schema"
	"liantu/testcontainers"
)

// The size of the graph of the benchmarks, and of a batch.
const (
	benchNodes = 20_000
	benchEdges = 60_000
	benchBatch = 5_000
)

func productKey(i int) graph.Key {
	return key("Product", "name", fmt.Sprintf("产品%d", i))
}

// benchBatches returns batches of products, and batches of edges between them.
func benchBatches() (nodes, edges []graph.Batch) {
	provenance := graph.Provenance{Source: "list", AsOf: "2016-12-31", Grade: graph.GradeD}
	exists := graph.Fact{Provenance: provenance}
	all := graph.Batch{}
	for i := range benchNodes {
		name := graph.Fact{Property: "name", Value: fmt.Sprintf("产品%d", i), Provenance: provenance}
		all.Nodes = append(all.Nodes, graph.NodeDraft{Kind: "Product", Keys: []graph.Key{productKey(i)}, Facts: []graph.Fact{exists, name}})
	}
	dice := rand.New(rand.NewPCG(1, 2))
	layer := graph.Fact{Property: "layer", Value: "INDUSTRY", Provenance: provenance}
	for range benchEdges {
		all.Edges = append(all.Edges, graph.EdgeDraft{
			Kind: "FEEDS", From: productKey(dice.IntN(benchNodes)), To: productKey(dice.IntN(benchNodes)),
			Discriminator: graph.Discriminator(schema.Default().EdgeKind("FEEDS"), map[string]any{"layer": "INDUSTRY"}),
			Facts:         []graph.Fact{exists, layer},
		})
	}
	for part := range slices.Chunk(all.Nodes, benchBatch) {
		nodes = append(nodes, graph.Batch{Nodes: part})
	}
	for part := range slices.Chunk(all.Edges, benchBatch) {
		edges = append(edges, graph.Batch{Edges: part})
	}
	return nodes, edges
}

func benchStore(b *testing.B) *neo4jstore.Store {
	s, err := neo4jstore.Open(b.Context(), neo4jstore.Config{URI: testcontainers.Neo4j(b)}, schema.Default())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeStore(b, s) })
	return s
}

func applyAll(b *testing.B, s *neo4jstore.Store, batches []graph.Batch) {
	for _, batch := range batches {
		if _, err := s.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkApply measures how fast new nodes and new edges are applied, and how
// fast edges that are there already are recognised.
func BenchmarkApply(b *testing.B) {
	nodes, edges := benchBatches()
	rate := func(b *testing.B, n int, what string) {
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), what+"/s")
		b.ReportMetric(0, "ns/op")
	}
	b.Run("nodes", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			s := benchStore(b)
			b.StartTimer()
			applyAll(b, s, nodes)
		}
		rate(b, benchNodes, "nodes")
	})
	b.Run("edges", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			s := benchStore(b)
			applyAll(b, s, nodes)
			b.StartTimer()
			applyAll(b, s, edges)
		}
		rate(b, benchEdges, "edges")
	})
	b.Run("again", func(b *testing.B) {
		s := benchStore(b)
		applyAll(b, s, nodes)
		applyAll(b, s, edges)
		for b.Loop() {
			applyAll(b, s, edges)
		}
		rate(b, benchEdges, "edges")
	})
}

// BenchmarkChanges measures how fast the whole graph is read.
func BenchmarkChanges(b *testing.B) {
	nodes, edges := benchBatches()
	s := benchStore(b)
	applyAll(b, s, nodes)
	applyAll(b, s, edges)
	read := 0
	for b.Loop() {
		if _, err := s.Changes(b.Context(), 0, func(c graph.Change) error {
			if c.Edge != nil {
				read++
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "edges/s")
}
