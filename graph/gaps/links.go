package gaps

import "liantu/graph/projection"

// linkFacts are the parts of a verdict that do not depend on the region.
type linkFacts struct {
	chain, ecosystem projection.Vertex
	depth            int
	position         string
	declared         Class
}

// factsOf returns the facts of all links, computed once for a picture.
func factsOf(p *projection.Projection) []linkFacts {
	type key struct{}
	return p.Memo(key{}, func() any {
		first, end := p.Range(projection.Link)
		facts := make([]linkFacts, end-first)
		for link := first; link < end; link++ {
			chain := p.ChainOf(link)
			facts[link-first] = linkFacts{
				chain: chain, ecosystem: p.EcosystemOf(chain), depth: p.Depth(link),
				position: p.Text(link, "position"), declared: Class(p.Text(link, "declared_role")),
			}
		}
		return facts
	}).([]linkFacts)
}

// groupsOf returns for every link the chains and ecosystems that count it.
func groupsOf(p *projection.Projection) [][]projection.Vertex {
	type key struct{}
	return p.Memo(key{}, func() any {
		first, end := p.Range(projection.Link)
		groups := make([][]projection.Vertex, end-first)
		for link := first; link < end; link++ {
			seen := map[projection.Vertex]bool{}
			for _, chain := range p.ChainsOf(link) {
				for _, scope := range append([]projection.Vertex{chain}, p.EcosystemsOf(chain)...) {
					if !seen[scope] {
						seen[scope] = true
						groups[link-first] = append(groups[link-first], scope)
					}
				}
			}
		}
		return groups
	}).([][]projection.Vertex)
}
