package area

import (
	"slices"

	"liantu/graph/projection"
)

// LookupAll finds nodes of the given kinds by codes, ids or names, and returns
// them ascending, each once.
func LookupAll(p *projection.Projection, texts []string, kinds ...string) ([]projection.Vertex, error) {
	found := make([]projection.Vertex, 0, len(texts))
	for _, text := range texts {
		v, err := p.Lookup(text, kinds...)
		if err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// LinksOf returns the links in a scope, ascending; all links for an empty one.
func LinksOf(p *projection.Projection, scope []projection.Vertex) []projection.Vertex {
	var links []projection.Vertex
	if len(scope) == 0 {
		first, end := p.Range(projection.Link)
		for v := first; v < end; v++ {
			links = append(links, v)
		}
		return links
	}
	for _, v := range scope {
		switch p.Kind(v) {
		case projection.Link:
			links = append(links, p.LinksBelow(v)...)
		case projection.Chain:
			links = append(links, p.LinksIn(v)...)
		case projection.Ecosystem:
			for _, chain := range p.ChainsIn(v) {
				links = append(links, p.LinksIn(chain)...)
			}
		}
	}
	slices.Sort(links)
	return slices.Compact(links)
}

// InOrder finds nodes of the given kinds, each once, in the order of the texts.
func InOrder(p *projection.Projection, texts []string, kinds ...string) ([]projection.Vertex, error) {
	var found []projection.Vertex
	for _, text := range texts {
		v, err := p.Lookup(text, kinds...)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(found, v) {
			found = append(found, v)
		}
	}
	return found, nil
}
