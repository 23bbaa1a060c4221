package erasure

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Store is the part of a store that is searched.
type Store interface {
	graph.Reader
	Loads(ctx context.Context, ids ...string) ([]graph.Load, error)
	Ledger(ctx context.Context, yield func(graph.Entry) error) error
}

// Scan searches for values. Each method adds to its report.
type Scan struct {
	model   *schema.Model
	values  []*Value
	own     map[string]bool // the id and keys of the node itself, as long as it exists
	scanned []Scanned
	traces  map[Trace]int
	shared  map[*Value]bool // that other elements have, too
	open    []hit           // that count as shared if their value is
}

// hit is a value in a place.
type hit struct {
	value *Value
	place string
	count int
}

// Scanned is a place that was searched.
type Scanned struct {
	Place string `json:"place"`
	Count int64  `json:"count"`
	Unit  string `json:"unit"` // elements, statements, loads or bytes
}

// Trace is a place where a value was found.
type Trace struct {
	Value string `json:"value"` // as Person.phone; never the value
	Place string `json:"place"`
	// Shared reports that the trace is a fact about another node, which stays: a
	// public property has the value, or the same property of another node of the
	// kind. A trace in a file, or in a part of that property, is shared if such a
	// fact explains it.
	Shared bool `json:"shared"`
	Count  int  `json:"count"`
}

// Report is what a scan found.
type Report struct {
	Values  int       `json:"values"` // searched for
	Scanned []Scanned `json:"scanned"`
	Found   []Trace   `json:"found"` // traces that are not shared first
	Left    int       `json:"left"`  // number of traces that are not shared
}

// New begins a scan for the values of a node. As long as the node exists, its own
// facts do not count as facts about others.
func New(model *schema.Model, n *graph.Node, values []*Value) *Scan {
	s := &Scan{model: model, values: values, own: map[string]bool{string(n.ID): true}, traces: map[Trace]int{}, shared: map[*Value]bool{}}
	for _, k := range n.Keys {
		s.own[plain(k)] = true
	}
	return s
}

// plain returns a key without the prefix of an id or a reference of the ledger.
func plain(k graph.Key) string { return strings.TrimPrefix(string(k), string(graph.IDKey(""))) }

func (s *Scan) isOwn(keys ...graph.Key) bool {
	return slices.ContainsFunc(keys, func(k graph.Key) bool { return s.own[plain(k)] })
}

func (s *Scan) found(v *Value, place string, shared bool) {
	s.traces[Trace{Value: v.Name(), Place: place, Shared: shared}]++
	s.shared[v] = s.shared[v] || shared
}

// Graph searches all that the store holds: the elements, the ledger and the list
// of loads.
func (s *Scan) Graph(ctx context.Context, store Store) error {
	elements := int64(0)
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		elements++
		if c.Node != nil {
			s.facts("the graph", c.Node.Kind, c.Node.Facts, s.isOwn(c.Node.Keys...))
			s.keys("the graph", c.Node.Keys...)
		}
		if c.Edge != nil {
			s.facts("the graph", c.Edge.Kind, c.Edge.Facts, s.own[string(c.Edge.From)] || s.own[string(c.Edge.To)])
		}
		return nil
	})
	if err != nil {
		return message.Errorf("searching the graph: %w", err)
	}
	s.scanned = append(s.scanned, Scanned{"the graph", elements, "elements"})
	drafts := int64(0)
	err = store.Ledger(ctx, func(e graph.Entry) error {
		drafts += int64(len(e.Batch.Nodes) + len(e.Batch.Edges))
		for _, d := range e.Batch.Nodes {
			s.facts("the ledger", d.Kind, d.Facts, s.isOwn(d.Keys...))
			s.keys("the ledger", d.Keys...)
		}
		for _, d := range e.Batch.Edges {
			s.facts("the ledger", d.Kind, d.Facts, s.isOwn(d.From, d.To))
			s.keys("the ledger", d.From, d.To)
		}
		return nil
	})
	if err != nil {
		return message.Errorf("searching the ledger: %w", err)
	}
	s.scanned = append(s.scanned, Scanned{"the ledger", drafts, "statements"})
	loads, err := store.Loads(ctx)
	if err != nil {
		return message.Errorf("searching the loads: %w", err)
	}
	for _, l := range loads {
		for _, text := range append(slices.Clone(l.Files), l.Source) {
			for _, v := range s.values {
				if v.in(text) {
					s.found(v, "the name of a file or source of the load "+l.ID, false)
				}
			}
		}
	}
	s.scanned = append(s.scanned, Scanned{"the list of loads", int64(len(loads)), "loads"})
	return nil
}

// facts searches the values of an element. A value in a public property, or one
// that is the whole of the same property of another node of the kind, is a fact
// about that node; a value in another property may be about the forgotten one.
func (s *Scan) facts(place, name string, facts []graph.Fact, own bool) {
	kind := s.model.Kind(name)
	for i := range facts {
		f := &facts[i]
		texts, ok := f.Value.([]string)
		if text, one := f.Value.(string); one {
			texts, ok = []string{text}, true
		}
		if !ok {
			continue
		}
		var p *schema.Property
		if kind != nil {
			p = kind.Property(f.Property)
		}
		for _, v := range s.values {
			for _, text := range texts {
				if !v.in(text) {
					continue
				}
				at := fmt.Sprintf("%s: %s.%s", place, name, f.Property)
				switch same := name == v.Kind && f.Property == v.Property; {
				case own:
					s.found(v, at, false)
				case same && text != v.text:
					s.open = append(s.open, hit{v, at, 1})
				default:
					s.found(v, at, same || p != nil && p.Sensitivity == schema.Public)
				}
			}
		}
	}
}

// keys searches for the keys of the node; values in the keys of others are in
// their facts, too.
func (s *Scan) keys(place string, keys ...graph.Key) {
	for _, v := range s.values {
		for _, k := range keys {
			if v.Property == "" && plain(k) == v.text {
				s.found(v, place+": a key", false)
			}
		}
	}
}

// Report returns what was found. Hits in files count as shared if the graph
// states the same about others.
func (s *Scan) Report() Report {
	for _, h := range s.open {
		s.traces[Trace{Value: h.value.Name(), Place: h.place, Shared: s.shared[h.value]}] += h.count
	}
	s.open = nil
	r := Report{Values: len(s.values), Scanned: s.scanned, Found: []Trace{}}
	for t, n := range s.traces {
		t.Count = n
		if !t.Shared {
			r.Left += n
		}
		r.Found = append(r.Found, t)
	}
	slices.SortFunc(r.Found, func(a, b Trace) int {
		left := func(t Trace) int {
			if t.Shared {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(left(a), left(b)), strings.Compare(a.Place, b.Place), strings.Compare(a.Value, b.Value))
	})
	return r
}
