// Package questiontest helps to test the questions: a graph in a few readable
// lines, random small graphs and large ones, oracles that answer by other methods,
// a comparison of two answers, and the runner of text scripts. Only tests import
// it; it may import every question.
package questiontest

import (
	"slices"

	"liantu/graph"
	"liantu/schema"
)

// Builder collects a batch. The zero Builder is not usable; make one with
// [NewBuilder].
type Builder struct {
	model      *schema.Model
	Provenance graph.Provenance // the provenance of what is added next
	batch      graph.Batch
}

// Props are the values of properties in their Go form.
type Props map[string]any

// NewBuilder returns a builder for the default vocabulary. What it adds is
// stated by "test" as of 2024-06-30 with grade A, unless Provenance is changed.
func NewBuilder() *Builder {
	return &Builder{model: schema.Default(), Provenance: graph.Provenance{Source: "test", AsOf: "2024-06-30", Grade: graph.GradeA}}
}

// Node adds a node and returns its strongest key. It panics if nothing
// identifies the node.
func (b *Builder) Node(kind string, props Props) graph.Key {
	keys := graph.KeysOf(b.model.Node(kind), props)
	b.batch.Nodes = append(b.batch.Nodes, graph.NodeDraft{Kind: kind, Keys: keys, Facts: b.facts(props)})
	return keys[0]
}

// Edge adds an edge.
func (b *Builder) Edge(kind string, from, to graph.Key, props Props) {
	b.batch.Edges = append(b.batch.Edges, graph.EdgeDraft{
		Kind: kind, From: from, To: to, Facts: b.facts(props),
		Discriminator: graph.Discriminator(b.model.EdgeKind(kind), props),
	})
}

// Source adds the node of a source, with the name by which facts cite it; texts
// are put in order. Of a list with a population that is complete somewhere:
//
//	b.Source(Props{"name": "list", "population": "LISTED", "complete_in": []string{"100000"}})
func (b *Builder) Source(props Props) graph.Key {
	ordered := Props{}
	for name, value := range props {
		if texts, ok := value.([]string); ok {
			texts = slices.Clone(texts)
			slices.Sort(texts)
			value = slices.Compact(texts)
		}
		ordered[name] = value
	}
	return b.Node("Source", ordered)
}

// As adds something that a source states as of a day; "" is the source or the day
// of what is added otherwise.
func (b *Builder) As(source, day string, add func()) {
	usual := b.Provenance
	defer func() { b.Provenance = usual }()
	if source != "" {
		b.Provenance.Source = source
	}
	if day != "" {
		b.Provenance.AsOf, b.Provenance.Assumed = graph.SplitDate(day)
	}
	add()
}

// Batch returns what was added.
func (b *Builder) Batch() graph.Batch { return b.batch }

func (b *Builder) facts(props Props) []graph.Fact {
	facts := []graph.Fact{{Provenance: b.Provenance}}
	for property, value := range props {
		facts = append(facts, graph.Fact{Property: property, Value: value, Provenance: b.Provenance})
	}
	slices.SortFunc(facts, graph.CompareFacts)
	return facts
}
