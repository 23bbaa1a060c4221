package schema

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed kinds/*.yaml
var kindFiles embed.FS

// common holds the properties that every node kind or every edge kind has and
// the columns of a row. It is read from common.yaml beside the kinds.
type common struct {
	Node []*Property `yaml:"node"`
	Edge []*Property `yaml:"edge"`
	Row  []*Property `yaml:"row"`

	Words HeadWords `yaml:"words"`
}

// Default returns the model that the program ships. It panics when the
// embedded files are broken, which a test of this package rules out.
var Default = sync.OnceValue(func() *Model {
	sub, err := fs.Sub(kindFiles, "kinds")
	if err != nil {
		panic(err)
	}
	m, err := Read(sub)
	if err != nil {
		panic(err)
	}
	return m
})

// Read reads a model from the YAML files at the root of fsys, one kind a
// file, and the properties shared by all kinds from common.yaml. The error
// joins every fault found; use [Model.Check] for the faults of meaning.
func Read(fsys fs.FS) (*Model, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	m := &Model{byName: map[string]*Kind{}}
	var shared common
	var faults []error
	for _, name := range names {
		if path.Base(name) == "common.yaml" {
			faults = append(faults, decode(fsys, name, &shared))
			continue
		}
		k := new(Kind)
		if err := decode(fsys, name, k); err != nil {
			faults = append(faults, err)
			continue
		}
		if m.byName[k.Name] != nil {
			faults = append(faults, fmt.Errorf("%s: kind %q is declared twice", name, k.Name))
			continue
		}
		k.file = name
		m.byName[k.Name] = k
		if k.IsEdge() {
			m.Edges = append(m.Edges, k)
		} else {
			m.Nodes = append(m.Nodes, k)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	m.finish(shared)
	return m, nil
}

func decode(fsys fs.FS, name string, into any) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// finish sorts the kinds and gives each its own copy of the shared properties.
func (m *Model) finish(shared common) {
	byName := func(a, b *Kind) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(m.Nodes, byName)
	slices.SortFunc(m.Edges, byName)
	m.Row, m.Words = shared.Row, shared.Words
	complete(m.Row)
	for _, k := range m.byName {
		add := shared.Node
		if k.IsEdge() {
			add = shared.Edge
			k.Edge.fromPairs()
		}
		for _, p := range add {
			if k.Property(p.Name) == nil {
				own := *p
				k.Properties = append(k.Properties, &own)
			}
		}
		complete(k.Properties)
		if k.Sensitivity == "" {
			k.Sensitivity = Public
		}
		k.Identify = append(k.Identify, k.Fallback...)
		k.heads = k.headMap()
		k.properties = k.propertyMap()
	}
}

// complete makes the properties public whose sensitivity is not declared and
// prepares the look-up of enum values.
func complete(properties []*Property) {
	for _, p := range properties {
		if p.Sensitivity == "" {
			p.Sensitivity = Public
		}
		if p.Type == TypeEnum {
			p.byWord = p.words()
		}
	}
}

func (e *Ends) fromPairs() {
	for _, pair := range e.Pairs {
		if !slices.Contains(e.From, pair[0]) {
			e.From = append(e.From, pair[0])
		}
		if !slices.Contains(e.To, pair[1]) {
			e.To = append(e.To, pair[1])
		}
	}
}
