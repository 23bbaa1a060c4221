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
	p = p.Shared(projection.Person, projection.Intermediary)
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
