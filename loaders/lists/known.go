package lists

import (
	"slices"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// linkKinds are the kinds of which a scope names nodes.
var linkKinds = []string{"Ecosystem", "Chain", "Link"}

// Known is what is known of sources, and of what a scope may name.
type Known struct {
	populations map[string]bool     // sources that state one
	titled      map[string]bool     // sources that have a title beside their name
	codes       map[string]bool     // of ecosystems, chains and links
	byName      map[string][]string // their codes by their names, sorted
}

// NewKnown returns a Known of nothing.
func NewKnown() *Known {
	return &Known{populations: map[string]bool{}, titled: map[string]bool{}, codes: map[string]bool{}, byName: map[string][]string{}}
}

// IsLink reports whether a scope may name nodes of a kind.
func IsLink(kind string) bool { return slices.Contains(linkKinds, kind) }

// Add adds what facts of one node state.
func (k *Known) Add(kind string, facts []graph.Fact) {
	switch {
	case kind == SourceKind:
		name := text(facts, "name")
		if text(facts, population) != "" {
			k.populations[name] = true
		}
		if title := text(facts, "title"); title != "" && title != name {
			k.titled[name] = true
		}
	case IsLink(kind):
		code := text(facts, "code")
		if code == "" {
			return
		}
		k.codes[code] = true
		for i := range facts {
			switch v := facts[i].Value.(type) {
			case string:
				if facts[i].Property == "name" {
					k.name(v, code)
				}
			case []string:
				if facts[i].Property == "aliases" {
					for _, name := range v {
						k.name(name, code)
					}
				}
			}
		}
	}
}

func (k *Known) name(name, code string) {
	name = schema.NormalName(name)
	if at, found := slices.BinarySearch(k.byName[name], code); !found {
		k.byName[name] = slices.Insert(k.byName[name], at, code)
	}
}

// text returns the first text that facts state of a property.
func text(facts []graph.Fact, property string) string {
	for i := range facts {
		if v, ok := facts[i].Value.(string); ok && facts[i].Property == property {
			return v
		}
	}
	return ""
}

// HasPopulation reports whether a source states its population.
func (k *Known) HasPopulation(source string) bool { return k.populations[source] }

// Untitled reports whether a source has no title but its name.
func (k *Known) Untitled(source string) bool { return !k.titled[source] }

// Has reports whether an ecosystem, a chain or a link has a code.
func (k *Known) Has(code string) bool { return k.codes[code] }

// HasAll reports whether each text of a scope is a code or a name.
func (k *Known) HasAll(texts []string) bool {
	return !slices.ContainsFunc(texts, func(t string) bool { return !k.codes[t] && len(k.byName[schema.NormalName(t)]) == 0 })
}

// code returns the code of what a text means: itself, or that of the only one of its name.
func (k *Known) code(text string) (string, error) {
	if code, err := schema.ParseCode(text); err == nil && k.codes[code] {
		return code, nil
	}
	codes := k.byName[schema.NormalName(text)]
	switch len(codes) {
	case 0:
		return "", message.Errorf("no ecosystem, chain or link has the code or the name %q, in the graph or in the files", text)
	case 1:
		return codes[0], nil
	}
	return "", message.Errorf("%q names several of %s; give the code", text, message.ListOf(codes))
}
