package show

import (
	"context"
	"maps"
	"slices"

	"liantu/graph"
	"liantu/schema"
)

// StoreSummary is what the whole store holds: counts by kind and a digest.
type StoreSummary struct {
	Version graph.Version  `json:"version"`
	Digest  string         `json:"digest"`
	Nodes   map[string]int `json:"nodes"` // by kind
	Edges   map[string]int `json:"edges"` // by kind
	Facts   int            `json:"facts"`

	Ties        map[string]int `json:"-"`                     // the edges of personal nodes, by kind
	Undisclosed []string       `json:"undisclosed,omitempty"` // kinds of which the caller may not learn the number
}

// Summarise reads the whole store.
func Summarise(ctx context.Context, store graph.Store, model *schema.Model) (StoreSummary, error) {
	s := StoreSummary{Nodes: map[string]int{}, Edges: map[string]int{}, Ties: map[string]int{}}
	personal := map[graph.ID]bool{}
	var err error
	s.Version, err = store.Changes(ctx, 0, func(c graph.Change) error {
		switch {
		case c.Node != nil:
			if k := model.Node(c.Node.Kind); k != nil && k.Sensitivity == schema.Personal {
				personal[c.Node.ID] = true
			}
			s.Nodes[c.Node.Kind]++
			s.Facts += len(c.Node.Facts)
		case c.Edge != nil:
			if personal[c.Edge.From] || personal[c.Edge.To] {
				s.Ties[c.Edge.Kind]++
			}
			s.Edges[c.Edge.Kind]++
			s.Facts += len(c.Edge.Facts)
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	s.Digest, err = graph.Digest(ctx, store)
	return s, err
}

// Table lists the counts and the digest.
func (s StoreSummary) Table() *Table {
	t := &Table{Columns: []Column{
		{Name: "what", Head: schema.Text{Zh: "项目", En: "WHAT"}},
		{Name: "value", Head: schema.Text{Zh: "值", En: "VALUE"}, Right: true},
	}}
	t.Add(Pair("revision", "version"), Count(int(s.Version)))
	for _, counts := range []map[string]int{s.Nodes, s.Edges} {
		for _, kind := range slices.Sorted(maps.Keys(counts)) {
			t.Add(Word(kind), Count(counts[kind]))
		}
	}
	for _, kind := range s.Undisclosed {
		t.Add(Word(kind), Word("*"))
	}
	t.Add(Word("facts"), Count(s.Facts))
	t.Add(Word("digest"), Word(s.Digest))
	return t
}
