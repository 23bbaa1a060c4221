package storetest

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
)

// drawKeys draws one or two keys of a firm. There are few different ones, so
// that nodes merge.
func drawKeys(t *rapid.T) []graph.Key {
	code := rapid.Map(rapid.IntRange(0, 7), func(i int) graph.Key { return codeKey(fmt.Sprint("f", i)) })
	name := rapid.Map(rapid.IntRange(0, 7), func(i int) graph.Key { return nameKey(fmt.Sprint("厂", i%4), []string{"", "青山"}[i/4]) })
	return rapid.SliceOfN(rapid.OneOf(code, code, name), 1, 2).Draw(t, "keys")
}

func drawProvenance(t *rapid.T) graph.Provenance {
	return graph.Provenance{
		Source:  rapid.SampledFrom([]string{"s1", "s2"}).Draw(t, "source"),
		AsOf:    rapid.SampledFrom([]string{"2022", "2022-07", "2023-01-31"}).Draw(t, "as of"),
		Grade:   rapid.SampledFrom([]graph.Grade{graph.GradeA, graph.GradeC}).Draw(t, "grade"),
		Assumed: rapid.IntRange(0, 3).Draw(t, "assumed") == 0,
	}
}

func drawFacts(t *rapid.T, values map[string][]any) []graph.Fact {
	properties := make([]string, 0, len(values))
	for p := range values {
		properties = append(properties, p)
	}
	slices.Sort(properties)
	facts := make([]graph.Fact, 0, 3)
	for range rapid.IntRange(0, 3).Draw(t, "facts") {
		p := rapid.SampledFrom(properties).Draw(t, "property")
		facts = append(facts, fact(p, rapid.SampledFrom(values[p]).Draw(t, "value"), drawProvenance(t)))
	}
	return append(facts, exists(drawProvenance(t)))
}

var (
	firmValues = map[string][]any{
		"staff": {int64(1), int64(2)}, "note": {"x", "y"}, "listed": {true, false},
		"size": {"SMALL", "LARGE"}, "score": {.5, 2.0}, "tags": {[]string{"a"}, []string{"a", "b"}},
	}
	supplyValues = map[string][]any{"share": {.1, .2, .3}}
	siteValues   = map[string][]any{"staff": {int64(1), int64(2)}}
)

// drawBatch draws drafts of nodes, and of edges between them.
func drawBatch(t *rapid.T) graph.Batch {
	b := nodes(town("t0"), town("t1"))
	var keys []graph.Key
	for range rapid.IntRange(1, 12).Draw(t, "nodes") {
		d := graph.NodeDraft{Kind: "Firm", Keys: drawKeys(t), Facts: drawFacts(t, firmValues)}
		keys = append(keys, d.Keys...)
		b.Nodes = append(b.Nodes, d)
	}
	for range rapid.IntRange(0, 12).Draw(t, "edges") {
		from := rapid.SampledFrom(keys).Draw(t, "from")
		if rapid.Bool().Draw(t, "to a firm") {
			to := rapid.SampledFrom(keys).Draw(t, "to")
			b.Edges = append(b.Edges, graph.EdgeDraft{Kind: "SUPPLIES", From: from, To: to, Facts: drawFacts(t, supplyValues)})
			continue
		}
		use := rapid.SampledFrom([]string{"office", "plant"}).Draw(t, "use")
		to := rapid.SampledFrom([]graph.Key{townKey("t0"), townKey("t1")}).Draw(t, "to")
		d := sitedIn(from, to, use)
		d.Facts = append(drawFacts(t, siteValues), d.Facts[1:]...)
		b.Edges = append(b.Edges, d)
	}
	return b
}

// drawPortions splits a batch into portions in any order, some of them twice.
// An edge is in the same portion as a draft that has its keys, or a later one.
func drawPortions(t *rapid.T, all graph.Batch) []graph.Batch {
	portions := make([]graph.Batch, rapid.IntRange(1, 6).Draw(t, "portions"))
	first := map[graph.Key]int{} // the first portion with a key
	for _, d := range rapid.Permutation(all.Nodes).Draw(t, "order of nodes") {
		i := rapid.IntRange(0, len(portions)-1).Draw(t, "portion")
		portions[i].Nodes = append(portions[i].Nodes, d)
		for _, k := range d.Keys {
			if at, ok := first[k]; !ok || i < at {
				first[k] = i
			}
		}
	}
	for _, d := range rapid.Permutation(all.Edges).Draw(t, "order of edges") {
		i := rapid.IntRange(max(first[d.From], first[d.To]), len(portions)-1).Draw(t, "portion")
		portions[i].Edges = append(portions[i].Edges, d)
	}
	for i := len(portions) - 1; i >= 0; i-- {
		if rapid.IntRange(0, 3).Draw(t, "again") == 0 {
			at := rapid.IntRange(i+1, len(portions)).Draw(t, "where")
			portions = slices.Insert(portions, at, portions[i])
		}
	}
	return portions
}

// anyOrder applies a random graph at once and in random portions, and compares
// both with the naive graph and with each other.
func anyOrder(t *testing.T, place func() Opener) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawBatch(t)
		f := start(t, place())
		for _, b := range drawPortions(t, all) {
			f.apply(b)
		}
		f.wantContents(all)
		digest := f.digest()
		if err := f.store.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
		whole := start(t, place())
		whole.apply(all)
		whole.wantContents(all)
		if got := whole.digest(); got != digest {
			t.Errorf("the digest of the graph is %s at once and %s in portions", got, digest)
		}
	})
}

// followChanges maintains a copy of a graph from its changes alone, reads them
// after some of the batches, and compares the copy with the graph.
func followChanges(t *testing.T, place func() Opener) {
	rapid.Check(t, func(t *rapid.T) {
		f := start(t, place())
		follow := newFollower()
		for _, b := range drawPortions(t, drawBatch(t)) {
			f.apply(b)
			if rapid.Bool().Draw(t, "check") {
				follow.check(f)
			}
		}
	})
}
