package graph_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
)

func plan(t *testing.T, s *state, b graph.Batch) *graph.Delta {
	t.Helper()
	d, err := graph.Plan(t.Context(), model(), b, s)
	if err != nil {
		t.Fatalf("planning: %v", err)
	}
	return d
}

// merging is a state with firms a to d in a ring, and a batch that makes a, b
// and c one.
func merging(t *testing.T) (*state, graph.Batch) {
	t.Helper()
	s := newState()
	d := plan(t, s, graph.Batch{
		Nodes: []graph.NodeDraft{firm("a"), firm("b"), firm("c"), firm("d")},
		Edges: []graph.EdgeDraft{supplies("a", "b"), supplies("b", "c"), supplies("c", "d"), supplies("d", "a")},
	})
	d.Stamp(1)
	s.write(d)
	return s, graph.Batch{
		Nodes: []graph.NodeDraft{firm("a b c", fact("note", "one", "list", "2024", graph.GradeD)), firm("e")},
		Edges: []graph.EdgeDraft{supplies("e", "b"), supplies("c", "d", fact("share", .5, "list", "2024", graph.GradeD))},
	}
}

func TestPlanDelta(t *testing.T) {
	s, b := merging(t)
	before := map[string]graph.ID{}
	for _, code := range []string{"a", "b", "c", "d"} {
		before[code] = s.keys[codeKey(code)]
	}
	d := plan(t, s, b)
	ids := []graph.ID{before["a"], before["b"], before["c"]}
	slices.Sort(ids)
	survivor := ids[0]

	var lost []graph.ID
	for _, n := range d.NodesRemoved {
		lost = append(lost, n.ID)
	}
	if !slices.Equal(lost, ids[1:]) {
		t.Errorf("the removed nodes are %q, want %q", lost, ids[1:])
	}
	wantKeys := map[graph.Key]graph.ID{
		graph.IDKey(ids[1]): survivor, graph.IDKey(ids[2]): survivor, codeKey("e"): namer().NodeID(codeKey("e")),
	}
	for code, id := range before {
		if code != "d" && id != survivor {
			wantKeys[codeKey(code)] = survivor
		}
	}
	if !maps.Equal(d.Keys, wantKeys) {
		t.Errorf("the keys are %q, want %q", d.Keys, wantKeys)
	}
	if len(d.Nodes) != 2 || !slices.IsSortedFunc(d.Nodes, func(a, b *graph.Node) int { return strings.Compare(string(a.ID), string(b.ID)) }) {
		t.Errorf("the nodes are %v, want the survivor and e by id", d.Nodes)
	}
	for _, n := range d.Nodes {
		if (n.Version == 1) != (n.ID == survivor) || (n.Version == 0) == (n.ID == survivor) {
			t.Errorf("the node %q has the version %d before it is stamped", n.ID, n.Version)
		}
	}
	for _, e := range d.EdgesRemoved {
		old := s.edges[e.ID]
		if old == nil || e.Kind != old.Kind || e.From != old.From || e.To != old.To || len(e.Facts) > 0 {
			t.Errorf("the removed edge is %+v, was %+v", e, old)
		}
	}
	d.Stamp(2)
	for _, e := range d.Edges {
		if e.Version != 2 || e.ID != firmEdge(e.Kind, e.From, e.To, e.Discriminator) {
			t.Errorf("the edge %+v is not stamped or not named after its ends", e)
		}
	}
	want := graph.Result{Version: 2, NodesCreated: 1, NodesUpdated: 1, NodesMerged: 2, EdgesCreated: 1, EdgesUpdated: 1}
	if d.Result != want {
		t.Errorf("the result is %+v, want %+v", d.Result, want)
	}
	s.write(d)
	if len(s.nodes) != 3 || len(s.edges) != 4 { // a loop, to d, from d, from e
		t.Errorf("there are %d nodes and %d edges, want 3 and 4", len(s.nodes), len(s.edges))
	}
	if again := plan(t, s, b); !again.Empty() {
		t.Errorf("the same batch again changes %+v", again)
	}
}

func TestPlanIsPure(t *testing.T) {
	s, b := merging(t)
	other, again := merging(t)
	first, second := plan(t, s, b), plan(t, s, b)
	if !reflect.DeepEqual(first, second) {
		t.Errorf("planning twice gives %+v and %+v", first, second)
	}
	s.asked, other.asked = nil, nil
	if !reflect.DeepEqual(s, other) {
		t.Error("planning changed what the view returned")
	}
	if !reflect.DeepEqual(b, again) {
		t.Error("planning changed the batch")
	}
}

func TestPlanShuffled(t *testing.T) {
	for seed := range uint64(20) {
		s, b := merging(t)
		want := plan(t, s, b)
		random := rand.New(rand.NewPCG(seed, 0))
		random.Shuffle(len(b.Nodes), func(i, j int) { b.Nodes[i], b.Nodes[j] = b.Nodes[j], b.Nodes[i] })
		random.Shuffle(len(b.Edges), func(i, j int) { b.Edges[i], b.Edges[j] = b.Edges[j], b.Edges[i] })
		for _, d := range b.Nodes {
			random.Shuffle(len(d.Keys), func(i, j int) { d.Keys[i], d.Keys[j] = d.Keys[j], d.Keys[i] })
			random.Shuffle(len(d.Facts), func(i, j int) { d.Facts[i], d.Facts[j] = d.Facts[j], d.Facts[i] })
		}
		if got := plan(t, s, b); !reflect.DeepEqual(got, want) {
			t.Errorf("the order of drafts, keys and facts changes the delta:\n%+v\n%+v", got, want)
		}
	}
}

func TestPlanViewErrors(t *testing.T) {
	for _, method := range []string{"NodeIDs", "Nodes", "Edges", "EdgesOf", "Tombstones"} {
		s, b := merging(t)
		s.fail = method
		if d, err := graph.Plan(t.Context(), model(), b, s); !errors.Is(err, errView) || d != nil {
			t.Errorf("when %s fails Plan gives %v, %v", method, d, err)
		}
	}
	s, b := merging(t)
	delete(s.nodes, s.keys[codeKey("a")])
	if _, err := graph.Plan(t.Context(), model(), b, s); err == nil || errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a key that finds a missing node gives %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s, b = merging(t)
	if _, err := graph.Plan(ctx, model(), b, s); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gives %v", err)
	}
}

func TestPlanAsksForEdgesOnlyWhenNodesMerge(t *testing.T) {
	s := newState()
	s.write(plan(t, s, graph.Batch{Nodes: []graph.NodeDraft{firm("a"), firm("a b"), firm("c")}}))
	if slices.Contains(s.asked, "EdgesOf") {
		t.Error("EdgesOf was called although no node of the store merges")
	}
}

func TestInvalidErrorIsBounded(t *testing.T) {
	var b graph.Batch
	for i := range 1000 {
		b.Nodes = append(b.Nodes, firm(fmt.Sprint(i), fact("note", strings.Repeat("\x00", 10_000), "list", "2023", graph.GradeD)))
	}
	_, err := graph.Plan(t.Context(), model(), b, newState())
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Faults) != 1000 {
		t.Fatalf("a batch of 1000 faults gives %.200v", err)
	}
	text := err.Error()
	if len(text) > 20_000 || !strings.HasPrefix(text, "invalid batch: 1000 faults; node draft 0 (Firm): property \"note\": ") ||
		!strings.HasSuffix(text, "; and 980 more") {
		t.Errorf("its text has %d bytes: %.300s", len(text), text)
	}
}

// TestPlanOfManyDrafts plans batches in which many drafts become one node,
// where a careless plan takes time quadratic in their number.
func TestPlanOfManyDrafts(t *testing.T) {
	if testing.Short() {
		t.Skip("it plans a large batch")
	}
	var b graph.Batch
	const n = 20_000
	for i := range n {
		b.Nodes = append(b.Nodes, firm(fmt.Sprint("hub ", i), fact("staff", int64(i), "list", "2023", graph.GradeD)))
		b.Edges = append(b.Edges, supplies("hub", fmt.Sprint(i), fact("share", 1/float64(i+1), "list", "2023", graph.GradeD)))
	}
	s := newState()
	d := plan(t, s, b)
	if len(d.Nodes) != 1 || len(d.Nodes[0].Keys) != n+1 || len(d.Nodes[0].Facts) != n+1 || len(d.Edges) != 1 {
		t.Errorf("the batch gives %d nodes and %d edges", len(d.Nodes), len(d.Edges))
	}
	s.write(d)
	if again := plan(t, s, b); !again.Empty() {
		t.Error("the same batch again changes something")
	}
}

func BenchmarkPlan(b *testing.B) {
	var batch graph.Batch
	const n = 10_000
	for i := range n {
		batch.Nodes = append(batch.Nodes, firm(fmt.Sprint(i), fact("staff", int64(i), "list", "2023", graph.GradeD),
			fact("note", "光刻胶", "list", "2023", graph.GradeD)))
		batch.Edges = append(batch.Edges, supplies(fmt.Sprint(i), fmt.Sprint(i*7%n), fact("share", .5, "list", "2023", graph.GradeD)))
	}
	run := func(name string, s *state) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := graph.Plan(b.Context(), model(), batch, s); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(2*n*b.N)/b.Elapsed().Seconds(), "drafts/s")
		})
	}
	run("new", newState())
	s := newState()
	d, err := graph.Plan(b.Context(), model(), batch, s)
	if err != nil {
		b.Fatal(err)
	}
	s.write(d)
	run("known", s)
}
