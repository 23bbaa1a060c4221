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
}

// Summarise reads the whole store.
func Summarise(ctx context.Context, store graph.Store) (StoreSummary, error) {
	s := StoreSummary{Nodes: map[string]int{}, Edges: map[string]int{}}
	var err error
	s.Version, err = store.Changes(ctx, 0, func(c graph.Change) error {
		switch {
		case c.Node != nil:
			s.Nodes[c.Node.Kind]++
			s.Facts += len(c.Node.Facts)
		case c.Edge != nil:
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
	t.Add(Word("facts"), Count(s.Facts))
	t.Add(Word("digest"), Word(s.Digest))
	return t
}
