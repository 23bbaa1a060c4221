package storetest

import (
	"slices"
	"sort"
	"strings"

	"liantu/graph"
)

// plain is a graph in the most naive form: lists that are searched from the
// start, and sets of facts by their text. It shares no code with [graph.Plan]
// and is what the suite compares stores with. It takes only batches without
// faults, and no keys that are ids.
type plain struct {
	nodes []*plainNode
	edges []*plainEdge
}

type plainNode struct {
	kind  string
	keys  map[graph.Key]bool
	facts map[string]graph.Fact
}

type plainEdge struct {
	kind          string
	from, to      *plainNode
	discriminator string
	facts         map[string]graph.Fact
}

// naive makes a plain graph from batches.
func naive(batches ...graph.Batch) *plain {
	p := new(plain)
	for _, b := range batches {
		for _, d := range b.Nodes {
			p.addNode(d)
		}
		for _, d := range b.Edges {
			p.addEdge(d)
		}
	}
	return p
}

func (p *plain) find(k graph.Key) *plainNode {
	for _, n := range p.nodes {
		if n.keys[k] {
			return n
		}
	}
	return nil
}

func (p *plain) addNode(d graph.NodeDraft) {
	n := &plainNode{kind: d.Kind, keys: map[graph.Key]bool{}, facts: map[string]graph.Fact{}}
	p.nodes = append(p.nodes, n)
	for _, k := range d.Keys {
		if same := p.find(k); same != nil && same != n {
			p.merge(n, same)
		}
		n.keys[k] = true
	}
	for _, f := range d.Facts {
		n.facts[factText(f)] = f
	}
}

// merge merges lost into n.
func (p *plain) merge(n, lost *plainNode) {
	for k := range lost.keys {
		n.keys[k] = true
	}
	for text, f := range lost.facts {
		n.facts[text] = f
	}
	p.nodes = slices.DeleteFunc(p.nodes, func(m *plainNode) bool { return m == lost })
	old := p.edges
	p.edges = nil
	for _, e := range old {
		if e.from == lost {
			e.from = n
		}
		if e.to == lost {
			e.to = n
		}
		to := p.edge(e.kind, e.from, e.to, e.discriminator)
		for text, f := range e.facts {
			to.facts[text] = f
		}
	}
}

// edge returns the edge with these identifying values, a new one if there is
// none.
func (p *plain) edge(kind string, from, to *plainNode, discriminator string) *plainEdge {
	for _, e := range p.edges {
		if e.kind == kind && e.from == from && e.to == to && e.discriminator == discriminator {
			return e
		}
	}
	e := &plainEdge{kind, from, to, discriminator, map[string]graph.Fact{}}
	p.edges = append(p.edges, e)
	return e
}

func (p *plain) addEdge(d graph.EdgeDraft) {
	e := p.edge(d.Kind, p.find(d.From), p.find(d.To), d.Discriminator)
	for _, f := range d.Facts {
		e.facts[factText(f)] = f
	}
}

// String describes the graph as a fixture describes a store's.
func (p *plain) String() string {
	var lines []string
	for _, n := range p.nodes {
		lines = append(lines, nodeLine(n.kind, n.sortedKeys(), sortedFacts(n.facts)))
	}
	for _, e := range p.edges {
		lines = append(lines, edgeLine(e.kind, graph.Key(e.from.sortedKeys()[0]), graph.Key(e.to.sortedKeys()[0]),
			e.discriminator, sortedFacts(e.facts)))
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

// sortedKeys puts codes before names, as the vocabulary ranks them, which is
// also the order of the alphabet.
func (n *plainNode) sortedKeys() []string {
	var keys []string
	for k := range n.keys {
		keys = append(keys, string(k))
	}
	sort.Strings(keys)
	return keys
}

// sortedFacts orders facts as [graph.FactOrder] says, implemented again: of all
// properties of the vocabulary only size has a tie break, and only note is
// verified first.
func sortedFacts(set map[string]graph.Fact) []graph.Fact {
	var facts []graph.Fact
	for _, f := range set {
		facts = append(facts, f)
	}
	sort.Slice(facts, func(i, j int) bool {
		a, b := facts[i], facts[j]
		switch {
		case a.Property != b.Property:
			return a.Property < b.Property
		case a.Property == "note" && (a.Grade == graph.GradeD) != (b.Grade == graph.GradeD):
			return b.Grade == graph.GradeD
		case a.Assumed != b.Assumed:
			return b.Assumed
		case a.AsOf != b.AsOf:
			return a.AsOf > b.AsOf
		case a.Grade != b.Grade:
			return a.Grade < b.Grade
		case a.Property == "size" && a.Value != b.Value:
			return a.Value == "SMALL"
		case a.Source != b.Source:
			return a.Source < b.Source
		}
		return lessValue(a.Value, b.Value)
	})
	return facts
}

func lessValue(a, b any) bool {
	switch a := a.(type) {
	case string:
		return a < b.(string)
	case int64:
		return a < b.(int64)
	case float64:
		return a < b.(float64)
	case bool:
		return !a && b.(bool)
	case []string:
		return slices.Compare(a, b.([]string)) < 0
	}
	return false
}
