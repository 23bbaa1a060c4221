package storetest

import (
	"bytes"
	"embed"
	"io/fs"
	"sync"
	"testing/fstest"

	"liantu/graph"
	"liantu/schema"
)

//go:embed vocabulary/*.yaml
var vocabulary embed.FS

// Model returns the vocabulary of the suite: the nodes Firm, Town and Contact, which
// personal values identify, and the edges SUPPLIES, SITED_IN, SEATED_IN and KNOWS. It is small and does not change when the
// product's vocabulary does.
var Model = sync.OnceValue(func() *schema.Model {
	files, err := fs.Sub(vocabulary, "vocabulary")
	if err != nil {
		panic(err)
	}
	m, err := schema.Read(files)
	if err != nil {
		panic(err)
	}
	return m
})

// personalModel is the vocabulary with names of firms that are personal.
var personalModel = sync.OnceValue(func() *schema.Model {
	all := fstest.MapFS{}
	entries, err := vocabulary.ReadDir("vocabulary")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		data, err := vocabulary.ReadFile("vocabulary/" + e.Name())
		if err != nil {
			panic(err)
		}
		if e.Name() == "Firm.yaml" {
			data = bytes.Replace(data, []byte("{name: name, type: text,"),
				[]byte("{name: name, type: text, sensitivity: personal, reason: {zh: 用于检验。, en: For tests.},"), 1)
		}
		all[e.Name()] = &fstest.MapFile{Data: data}
	}
	m, err := schema.Read(all)
	if err != nil {
		panic(err)
	}
	return m
})

// The provenances of most facts of the suite, the newer and better one last.
var (
	list     = graph.Provenance{Source: "list", AsOf: "2023-06-30", Grade: graph.GradeD}
	register = graph.Provenance{Source: "register", AsOf: "2024", Grade: graph.GradeA}
)

// fact makes a fact, with the provenance list unless another is given.
func fact(property string, value any, provenance ...graph.Provenance) graph.Fact {
	f := graph.Fact{Property: property, Value: value, Provenance: list}
	if len(provenance) > 0 {
		f.Provenance = provenance[0]
	}
	return f
}

// exists states that an element exists.
func exists(provenance ...graph.Provenance) graph.Fact { return fact("", nil, provenance...) }

func codeKey(code string) graph.Key { return graph.NewKey("Firm", []string{"code"}, []string{code}) }

func nameKey(name, town string) graph.Key {
	return graph.NewKey("Firm", []string{"name", "town"}, []string{name, town})
}

func townKey(code string) graph.Key { return graph.NewKey("Town", []string{"code"}, []string{code}) }

// firm drafts a firm with one code as its key.
func firm(code string, facts ...graph.Fact) graph.NodeDraft {
	return firmOf([]graph.Key{codeKey(code)}, facts...)
}

// firmOf drafts a firm with any keys.
func firmOf(keys []graph.Key, facts ...graph.Fact) graph.NodeDraft {
	return graph.NodeDraft{Kind: "Firm", Keys: keys, Facts: append([]graph.Fact{exists()}, facts...)}
}

func town(code string, facts ...graph.Fact) graph.NodeDraft {
	return graph.NodeDraft{Kind: "Town", Keys: []graph.Key{townKey(code)}, Facts: append([]graph.Fact{exists()}, facts...)}
}

func supplies(from, to graph.Key, facts ...graph.Fact) graph.EdgeDraft {
	return graph.EdgeDraft{Kind: "SUPPLIES", From: from, To: to, Facts: append([]graph.Fact{exists()}, facts...)}
}

func sitedIn(from, to graph.Key, use string, facts ...graph.Fact) graph.EdgeDraft {
	kind := Model().EdgeKind("SITED_IN")
	facts = append([]graph.Fact{exists(), fact("use", use)}, facts...)
	return graph.EdgeDraft{
		Kind: "SITED_IN", From: from, To: to, Facts: facts,
		Discriminator: graph.Discriminator(kind, map[string]any{"use": use}),
	}
}

// nodes and edges make batches of one sort.
func nodes(drafts ...graph.NodeDraft) graph.Batch { return graph.Batch{Nodes: drafts} }

func edges(drafts ...graph.EdgeDraft) graph.Batch { return graph.Batch{Edges: drafts} }

// join makes one batch out of several.
func join(batches ...graph.Batch) graph.Batch {
	var all graph.Batch
	for _, b := range batches {
		all.Nodes = append(all.Nodes, b.Nodes...)
		all.Edges = append(all.Edges, b.Edges...)
	}
	return all
}
