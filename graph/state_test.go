package graph_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing/fstest"

	"liantu/graph"
	"liantu/schema"
)

// model is the vocabulary of these tests.
var model = sync.OnceValue(func() *schema.Model {
	m, err := schema.Read(fstest.MapFS{
		"Firm.yaml": {Data: []byte(`
name: Firm
identify: [[code]]
fallback: [[name, town]]
properties:
  - {name: code, type: text}
  - {name: name, type: text}
  - {name: town, type: text}
  - {name: note, type: text}
  - {name: staff, type: int}
  - {name: score, type: float}
`)},
		"Town.yaml": {Data: []byte(`
name: Town
identify: [[code]]
properties:
  - {name: code, type: text}
`)},
		"SUPPLIES.yaml": {Data: []byte(`
name: SUPPLIES
edge: {from: [Firm], to: [Firm]}
properties:
  - {name: share, type: percent}
`)},
		"SITED_IN.yaml": {Data: []byte(`
name: SITED_IN
edge: {from: [Firm], to: [Town]}
key: [use]
properties:
  - {name: use, type: text}
`)},
	})
	if err != nil {
		panic(err)
	}
	return m
})

func codeKey(code string) graph.Key { return graph.NewKey("Firm", []string{"code"}, []string{code}) }

func firm(codes string, facts ...graph.Fact) graph.NodeDraft {
	d := graph.NodeDraft{Kind: "Firm", Facts: append([]graph.Fact{fact("", nil, "list", "2023", graph.GradeD)}, facts...)}
	for code := range strings.FieldsSeq(codes) {
		d.Keys = append(d.Keys, codeKey(code))
	}
	return d
}

func supplies(from, to string, facts ...graph.Fact) graph.EdgeDraft {
	facts = append([]graph.Fact{fact("", nil, "list", "2023", graph.GradeD)}, facts...)
	return graph.EdgeDraft{Kind: "SUPPLIES", From: codeKey(from), To: codeKey(to), Facts: facts}
}

// state is a graph in maps: the view of these tests, into which deltas are
// written.
type state struct {
	keys  map[graph.Key]graph.ID
	nodes map[graph.ID]*graph.Node
	edges map[graph.ID]*graph.Edge
	fail  string // the method that fails
	asked []string

	version graph.Version
}

// Naming implements [graph.View].
func (s *state) Naming() *graph.Namer { return namer() }

// Namer implements [graph.Reader].
func (s *state) Namer(context.Context) (*graph.Namer, error) { return namer(), nil }

// namer makes the ids of these tests.
var namer = sync.OnceValue(func() *graph.Namer { return graph.NewNamer(model(), secret) })

// secret is that of all graphs of these tests.
var secret, _ = graph.SecretOf([]byte("the secret of all graphs in test"))

// firmEdge returns the id of an edge between firms.
func firmEdge(kind string, from, to graph.ID, discriminator string) graph.ID {
	return namer().EdgeID(kind, graph.End{Kind: "Firm", ID: from}, graph.End{Kind: "Firm", ID: to}, discriminator)
}

func newState() *state {
	return &state{keys: map[graph.Key]graph.ID{}, nodes: map[graph.ID]*graph.Node{}, edges: map[graph.ID]*graph.Edge{}}
}

var errView = errors.New("view failed")

func (s *state) ask(method string) error {
	s.asked = append(s.asked, method)
	if s.fail == method {
		return errView
	}
	return nil
}

func (s *state) NodeIDs(_ context.Context, keys []graph.Key) (map[graph.Key]graph.ID, error) {
	found := map[graph.Key]graph.ID{}
	for _, k := range keys {
		if id, ok := s.keys[k]; ok {
			found[k] = id
		}
	}
	return found, s.ask("NodeIDs")
}

func (s *state) Nodes(_ context.Context, ids []graph.ID) (map[graph.ID]*graph.Node, error) {
	found := map[graph.ID]*graph.Node{}
	for _, id := range ids {
		if n, ok := s.nodes[id]; ok {
			found[id] = n
		}
	}
	return found, s.ask("Nodes")
}

func (s *state) Edges(_ context.Context, wanted []*graph.Edge) (map[graph.ID]*graph.Edge, error) {
	found := map[graph.ID]*graph.Edge{}
	for _, w := range wanted {
		if e, ok := s.edges[w.ID]; ok {
			found[w.ID] = e
		}
	}
	return found, s.ask("Edges")
}

func (s *state) Tombstones(context.Context, []graph.Key) (map[graph.Key]graph.Tombstone, error) {
	return nil, s.ask("Tombstones")
}

func (s *state) EdgesOf(_ context.Context, ids []graph.ID) ([]*graph.Edge, error) {
	var found []*graph.Edge
	for _, e := range s.edges {
		if slices.Contains(ids, e.From) || slices.Contains(ids, e.To) {
			found = append(found, e)
		}
	}
	return found, s.ask("EdgesOf")
}

func (s *state) write(d *graph.Delta) {
	for _, n := range d.NodesRemoved {
		delete(s.nodes, n.ID)
	}
	for _, e := range d.EdgesRemoved {
		delete(s.edges, e.ID)
	}
	for _, n := range d.Nodes {
		s.nodes[n.ID] = n
	}
	for _, e := range d.Edges {
		s.edges[e.ID] = e
	}
	maps.Copy(s.keys, d.Keys)
}

// Apply, with the methods below, makes a state a store that fulfils just enough
// of the contract for a digest.
func (s *state) Apply(ctx context.Context, b graph.Batch) (graph.Result, error) {
	d, err := graph.Plan(ctx, model(), b, s)
	if err != nil {
		return graph.Result{}, err
	}
	s.version++
	d.Stamp(s.version)
	s.write(d)
	return d.Result, nil
}

// Changes yields the nodes and then the edges, in any order.
func (s *state) Changes(_ context.Context, _ graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	for _, n := range s.nodes {
		if err := yield(graph.Change{Node: n}); err != nil {
			return 0, err
		}
	}
	for _, e := range s.edges {
		if err := yield(graph.Change{Edge: e}); err != nil {
			return 0, err
		}
	}
	return s.version, nil
}

// Version returns how many batches were applied.
func (s *state) Version(context.Context) (graph.Version, error) { return s.version, nil }

// Close does nothing.
func (s *state) Close() error { return nil }
